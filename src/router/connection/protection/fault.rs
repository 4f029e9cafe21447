use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use jiff::civil::Date;

/// Why a router does not start with those settings of its protection.
#[derive(Debug, thiserror::Error)]
pub enum ProtectionError {
    /// Others could reach the router, and it is not protected.
    #[error("{}", open_words(*.address, *.lacks_tls, *.lacks_callers))]
    Open {
        /// The address that it should listen at.
        address: SocketAddr,
        /// It has no certificate.
        lacks_tls: bool,
        /// It has no way to identify who delivers.
        lacks_callers: bool,
    },
    /// Client certificates are shown in TLS only.
    #[error(
        "client certificates can only be checked when the router has a certificate itself; choose one (--self-signed, \
         --certificate or --pkcs12)"
    )]
    ClientsWithoutTls,
    /// No issuer vouches for the CVR numbers.
    #[error("CVR numbers are read in client certificates; say who issues those (--client-issuers)")]
    CvrsWithoutIssuers,
    /// A file cannot be read.
    #[error("cannot read {path}: {source}; name a file that is there and may be read")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Every user of the machine may read a secret.
    #[error("every user of this machine may read {0}, which is secret; take that away with 'chmod o-rwx'")]
    NotPrivate(PathBuf),
    /// A file holds no certificate.
    #[error("{0} holds no certificate that can be used (PEM: -----BEGIN CERTIFICATE-----)")]
    NoCertificate(PathBuf),
    /// A file holds no private key.
    #[error("{0} holds no private key that can be used (PEM, not encrypted: -----BEGIN PRIVATE KEY-----)")]
    NoKey(PathBuf),
    /// The key belongs to another certificate.
    #[error("the private key does not fit the certificate in {0}; name the two files that belong together")]
    KeyDoesNotFit(PathBuf),
    /// The file has a password, and none was given.
    #[error(
        "{0} has a password; put it in a file and name that (--pkcs12-password-file), or in the environment variable \
         POSTFORDELER_PKCS12_PASSWORD"
    )]
    NoPassword(PathBuf),
    /// The password does not open the file.
    #[error("the password does not open {0}")]
    WrongPassword(PathBuf),
    /// The file is damaged, or no PKCS#12 file.
    #[error("{path} is no PKCS#12 file with a certificate and its key that can be read: {reason}")]
    NotPkcs12 {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The certificate has expired.
    #[error("the certificate in {path} was valid until {until}; get a new one")]
    Expired {
        /// The file.
        path: PathBuf,
        /// Its last day, in Denmark.
        until: Date,
    },
    /// The certificate is not valid yet.
    #[error("the certificate in {path} is not valid before {from}; wait, or correct this machine's clock")]
    NotYetValid {
        /// The file.
        path: PathBuf,
        /// Its first day, in Denmark.
        from: Date,
    },
    /// The self-signed certificate could not be created.
    #[error("cannot make a self-signed certificate in {path}: {reason}")]
    NotMade {
        /// The directory.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The system provides no random numbers.
    #[error("the system gives no random numbers, without which nothing is safe")]
    NoRandomness,
    /// The certificates cannot be used for TLS.
    #[error("the certificates cannot be used for TLS: {0}")]
    Tls(String),
}

fn open_words(address: SocketAddr, lacks_tls: bool, lacks_callers: bool) -> String {
    let certificate = "a certificate (--self-signed, --certificate or --pkcs12)";
    let callers = "a way to tell who delivers (--client-issuers, or an API key from 'postfordeler api-key')";
    let lacks = match (lacks_tls, lacks_callers) {
        (true, true) => format!("{certificate} and {callers}"),
        (true, false) => certificate.to_owned(),
        (false, _) => callers.to_owned(),
    };
    format!("others can reach {address}, so the router needs {lacks}; or let it listen on 127.0.0.1 alone")
}
