use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use p12_keystore::error::Error;
use p12_keystore::{KeyStore, Pkcs12ImportPolicy};
use rustls::pki_types::CertificateDer;
use zeroize::Zeroizing;

use super::invalid::InvalidSecret;

/// Whether a file is in PKCS#12 (`.p12`, `.pfx`) rather than text: it begins as every DER sequence does.
#[must_use]
pub fn is_pkcs12(file: &[u8]) -> bool {
    file.first() == Some(&0x30)
}

/// What a PKCS#12 file holds: a certificate with its private key, in DER.
pub struct Pkcs12 {
    /// The certificate, followed by the issuers between it and the root.
    pub chain: Vec<CertificateDer<'static>>,
    /// The private key, in PKCS#8.
    pub key: Zeroizing<Vec<u8>>,
}

/// Why a PKCS#12 file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Pkcs12Error {
    /// It is protected by another password, or by one where none was given.
    #[error("its password is another one")]
    WrongPassword,
    /// It cannot be read.
    #[error("{0}")]
    Damaged(String),
    /// No certificate in it has its private key there too.
    #[error("it holds no certificate with its key")]
    NoKey,
}

/// Opens a PKCS#12 file with that password, which is empty where there is none.
///
/// # Errors
///
/// See [`Pkcs12Error`].
pub fn open_pkcs12(file: &[u8], password: &str) -> Result<Pkcs12, Pkcs12Error> {
    let opened = KeyStore::from_pkcs12(file, password, Pkcs12ImportPolicy::Strict);
    let store = opened.map_err(|error| match error {
        Error::MacError(_) => Pkcs12Error::WrongPassword,
        error => Pkcs12Error::Damaged(error.to_string()),
    })?;
    let (_, held) = store.private_key_chain().ok_or(Pkcs12Error::NoKey)?;
    let chain = held.certs().iter().map(|certificate| certificate.as_der().to_vec().into()).collect();
    Ok(Pkcs12 { chain, key: Zeroizing::new(held.key().as_der().to_vec()) })
}

/// The certificate, its key and the issuers of a PKCS#12 file, as PEM text.
pub(super) fn pem(file: &[u8], password: &str) -> Result<Zeroizing<String>, InvalidSecret> {
    let Pkcs12 { chain, key } = open_pkcs12(file, password).map_err(|error| match error {
        Pkcs12Error::WrongPassword => InvalidSecret::WrongPassword,
        Pkcs12Error::Damaged(_) => InvalidSecret::NoCertificate,
        Pkcs12Error::NoKey => InvalidSecret::NoPrivateKey,
    })?;
    let mut text = Zeroizing::new(String::new());
    for certificate in &chain {
        add(&mut text, "CERTIFICATE", certificate);
    }
    add(&mut text, "PRIVATE KEY", &key);
    Ok(text)
}

fn add(text: &mut String, label: &str, der: &[u8]) {
    /// Of bytes, as many as fill a line of 64 letters.
    const LINE: usize = 48;
    let _ = writeln!(text, "-----BEGIN {label}-----");
    for line in der.chunks(LINE) {
        STANDARD.encode_string(line, text);
        text.push('\n');
    }
    let _ = writeln!(text, "-----END {label}-----");
}
