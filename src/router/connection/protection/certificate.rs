use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use ring::digest::{SHA256, digest};
use rustls::pki_types::pem::{Error as PemError, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::fault::ProtectionError;
use crate::clock;
use crate::secrets::{CertificateValidity, Pkcs12, Pkcs12Error, open_pkcs12};

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;
/// The environment variable with the password of the PKCS#12 file, where no file has it.
const PASSWORD_VARIABLE: &str = "POSTFORDELER_PKCS12_PASSWORD";

/// The router's own certificate with its key.
pub(super) struct OwnCertificate {
    /// The certificate itself first, then its issuers.
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
    /// The file that it was read from.
    pub source: PathBuf,
}

/// What is public of the router's own certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouterCertificate {
    pub(super) der: CertificateDer<'static>,
    /// The file that it was read from.
    pub source: PathBuf,
    /// Its SHA-256 fingerprint: pairs of hexadecimal digits, separated by colons.
    pub fingerprint: String,
    /// Its last day, in Denmark.
    pub valid_until: Date,
    /// The moment it expires.
    pub not_after: Timestamp,
}

impl OwnCertificate {
    /// Reads two PEM files, which may be the same.
    pub fn from_pem(certificate: &Path, key: &Path) -> Result<Self, ProtectionError> {
        let chain = read_certificates(certificate)?;
        let pem = read_secret(key)?;
        let key = PrivateKeyDer::from_pem_slice(&pem).map_err(|_| ProtectionError::NoKey(key.to_owned()))?;
        Ok(Self { chain, key, source: certificate.to_owned() })
    }

    /// Reads a PKCS#12 file, with that password if it has one.
    pub fn from_pkcs12(file: &Path, password: Option<&str>) -> Result<Self, ProtectionError> {
        let bytes = read(file)?;
        let damaged = |reason: &str| ProtectionError::NotPkcs12 { path: file.to_owned(), reason: reason.to_owned() };
        let opened = open_pkcs12(&bytes, password.unwrap_or_default());
        let Pkcs12 { chain, key } = opened.map_err(|error| match (error, password) {
            (Pkcs12Error::WrongPassword, None) => ProtectionError::NoPassword(file.to_owned()),
            (Pkcs12Error::WrongPassword, Some(_)) => ProtectionError::WrongPassword(file.to_owned()),
            (error, _) => damaged(&error.to_string()),
        })?;
        let key = PrivateKeyDer::try_from(key.to_vec()).map_err(damaged)?;
        Ok(Self { chain, key, source: file.to_owned() })
    }

    /// The public part. Fails when the certificate is not valid today.
    pub fn public(&self) -> Result<RouterCertificate, ProtectionError> {
        let unusable = || ProtectionError::NoCertificate(self.source.clone());
        let der = self.chain.first().ok_or_else(unusable)?;
        let CertificateValidity { from, until } = CertificateValidity::of(der).ok_or_else(unusable)?;
        let (now, path) = (Timestamp::now(), self.source.clone());
        let day = |moment| clock::in_denmark(moment).date();
        if until < now {
            return Err(ProtectionError::Expired { path, until: day(until) });
        }
        if now < from {
            return Err(ProtectionError::NotYetValid { path, from: day(from) });
        }
        let (fingerprint, valid_until) = (fingerprint(der), day(until));
        Ok(RouterCertificate { der: der.clone(), source: path, fingerprint, valid_until, not_after: until })
    }
}

fn fingerprint(der: &[u8]) -> String {
    let pairs = digest(&SHA256, der).as_ref().iter().fold(String::new(), |mut pairs, byte| {
        let _ = write!(pairs, ":{byte:02X}");
        pairs
    });
    pairs.trim_start_matches(':').to_owned()
}

/// All certificates of a PEM file; at least one.
pub(in crate::router) fn read_certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, ProtectionError> {
    let pem = read(file)?;
    let found: Result<Vec<_>, PemError> = CertificateDer::pem_slice_iter(&pem).collect();
    found.ok().filter(|found| !found.is_empty()).ok_or_else(|| ProtectionError::NoCertificate(file.to_owned()))
}

/// The password of a PKCS#12 file: from a file that contains nothing else, or from the environment.
pub(super) fn pkcs12_password(file: Option<&Path>) -> Result<Option<String>, ProtectionError> {
    let Some(file) = file else { return Ok(std::env::var(PASSWORD_VARIABLE).ok()) };
    let bytes = read_secret(file)?;
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()))
}

fn read_secret(file: &Path) -> Result<Vec<u8>, ProtectionError> {
    let bytes = read(file)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        const EVERYBODY: u32 = 0o007;
        let unreadable = |source| ProtectionError::Unreadable { path: file.to_owned(), source };
        if std::fs::metadata(file).map_err(unreadable)?.permissions().mode() & EVERYBODY != 0 {
            return Err(ProtectionError::NotPrivate(file.to_owned()));
        }
    }
    Ok(bytes)
}

fn read(file: &Path) -> Result<Vec<u8>, ProtectionError> {
    let mut bytes = Vec::new();
    let read = File::open(file).and_then(|opened| opened.take(MAX_BYTES).read_to_end(&mut bytes));
    read.map_err(|source| ProtectionError::Unreadable { path: file.to_owned(), source })?;
    Ok(bytes)
}
