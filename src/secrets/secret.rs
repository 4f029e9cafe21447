use std::fmt;
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use zeroize::Zeroizing;

use super::invalid::InvalidSecret;
use super::pkcs12;
use super::validity::{CertificateFacts, CertificateValidity};
use crate::rules::{Access, Cvr, FagsystemId};

/// The longest secret, in bytes.
pub(super) const MAX_BYTES: usize = 256 * 1024;

/// What a secret is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SecretName {
    /// Whose fagsystem it is.
    pub authority: Cvr,
    /// Who knows the router by it.
    pub fagsystem: FagsystemId,
    /// What it is.
    pub kind: SecretKind,
}

impl SecretName {
    /// The secret that a fagsystem requires by its access; `None` when it requires none.
    #[must_use]
    pub fn wanted(authority: Cvr, fagsystem: &FagsystemId, access: &Access) -> Option<Self> {
        let kind = match access {
            Access::Open => return None,
            Access::Header { .. } => SecretKind::HeaderValue,
            Access::ClientCertificate => SecretKind::ClientCertificate,
        };
        Some(Self { authority, fagsystem: fagsystem.clone(), kind })
    }
}

/// What a secret is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SecretKind {
    /// The whole value of a header.
    HeaderValue,
    /// A client certificate with its private key and the issuers between it and the root, as PEM text.
    ClientCertificate,
}

impl fmt::Display for SecretKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HeaderValue => "header value",
            Self::ClientCertificate => "client certificate",
        })
    }
}

/// A secret that is fit for its kind. It shows itself only when [asked to](Secret::reveal), and is wiped from memory when
/// nobody needs it any more.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<Zeroizing<String>>);

impl Secret {
    /// Takes a text as a secret of that kind; white space around it does not belong to it.
    ///
    /// # Errors
    ///
    /// See [`InvalidSecret`].
    pub fn new(kind: SecretKind, text: &str) -> Result<Self, InvalidSecret> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidSecret::Empty);
        }
        if text.len() > MAX_BYTES {
            return Err(InvalidSecret::TooLong);
        }
        match kind {
            SecretKind::HeaderValue if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) => {
                return Err(InvalidSecret::NotAHeaderValue);
            }
            SecretKind::HeaderValue => {}
            SecretKind::ClientCertificate => drop(certified_key(text)?),
        }
        Ok(Self(Arc::new(Zeroizing::new(text.to_owned()))))
    }

    /// Reads a file as a client certificate: PEM text, or PKCS#12 with that password.
    ///
    /// # Errors
    ///
    /// See [`InvalidSecret`].
    pub fn certificate(file: &[u8], password: &str) -> Result<Self, InvalidSecret> {
        if pkcs12::is_pkcs12(file) {
            return Self::new(SecretKind::ClientCertificate, &pkcs12::pem(file, password)?);
        }
        let text = std::str::from_utf8(file).map_err(|_| InvalidSecret::NoCertificate)?;
        Self::new(SecretKind::ClientCertificate, text)
    }

    /// When its certificate counts, and those between it and the root; `None` when there is none in it.
    #[must_use]
    pub fn validity(&self) -> Option<CertificateValidity> {
        let chain = CertificateDer::pem_slice_iter(self.0.as_bytes());
        CertificateValidity::of_all(
            chain.map_while(Result::ok).map(|certificate| CertificateValidity::of(&certificate)),
        )
    }

    /// What may be shown of its certificate; `None` when there is none in it.
    #[must_use]
    pub fn certificate_facts(&self) -> Option<CertificateFacts> {
        CertificateFacts::of(&CertificateDer::pem_slice_iter(self.0.as_bytes()).next()?.ok()?)
    }

    /// The certificate with its key, ready to be shown; `None` when there is none in it.
    #[must_use]
    pub fn certified_key(&self) -> Option<CertifiedKey> {
        certified_key(&self.0).ok()
    }

    /// The secret itself, for the fagsystem that it belongs to alone.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

fn certified_key(pem: &str) -> Result<CertifiedKey, InvalidSecret> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or(InvalidSecret::NoCertificate)?;
    let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| InvalidSecret::NoPrivateKey)?;
    CertifiedKey::from_der(chain, key, &ring::default_provider()).map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => InvalidSecret::OtherKey,
        rustls::Error::InvalidCertificate(_) => InvalidSecret::NoCertificate,
        _ => InvalidSecret::NoPrivateKey,
    })
}
