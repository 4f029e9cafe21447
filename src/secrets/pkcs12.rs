use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use p12_keystore::error::Error;
use p12_keystore::{KeyStore, Pkcs12ImportPolicy};
use zeroize::Zeroizing;

use super::InvalidSecret;

/// Whether a file is in PKCS#12 (`.p12`, `.pfx`) rather than text: it begins as every DER sequence does.
#[must_use]
pub fn is_pkcs12(file: &[u8]) -> bool {
    file.first() == Some(&0x30)
}

/// The certificate, its key and the issuers of a PKCS#12 file, as PEM text.
pub(super) fn pem(file: &[u8], password: &str) -> Result<Zeroizing<String>, InvalidSecret> {
    let opened = KeyStore::from_pkcs12(file, password, Pkcs12ImportPolicy::Strict);
    let store = opened.map_err(|error| match error {
        Error::MacError(_) => InvalidSecret::WrongPassword,
        _ => InvalidSecret::NoCertificate,
    })?;
    let (_, held) = store.private_key_chain().ok_or(InvalidSecret::NoPrivateKey)?;
    let mut text = Zeroizing::new(String::new());
    for certificate in held.certs() {
        add(&mut text, "CERTIFICATE", certificate.as_der());
    }
    add(&mut text, "PRIVATE KEY", held.key().as_der());
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
