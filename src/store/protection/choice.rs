use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::rules::Cvr;

/// How the router identifies itself, and which certificates it requires of those who deliver. Only names of files are stored
/// here, never a key or a password. Every part must be present when it is read: text that is cut short or misspelt would
/// require nothing of callers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protection {
    /// The router's own certificate.
    pub certificate: CertificateChoice,
    /// A PEM file with the certificates that issue client certificates. Those who deliver must then present a certificate of
    /// theirs.
    #[serde(deserialize_with = "Option::deserialize")]
    pub client_issuers: Option<PathBuf>,
    /// The organisations whose client certificates are accepted. Empty: any from those issuers.
    pub client_cvrs: Vec<Cvr>,
}

impl Protection {
    /// Whether the router has a certificate, so that what is sent to it is encrypted.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.certificate != CertificateChoice::None
    }
}

/// Where the router's own certificate comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum CertificateChoice {
    /// It has none: what is sent to it is not encrypted (HTTP without TLS).
    #[default]
    None,
    /// The program makes one itself, for a pilot, and stores it in the data directory.
    SelfSigned,
    /// PEM files.
    Pem {
        /// The certificate, and the ones that issued it.
        certificate: PathBuf,
        /// Its key, not encrypted.
        key: PathBuf,
    },
    /// A PKCS#12 file (.p12, .pfx) with certificate and key.
    Pkcs12 {
        /// The file.
        file: PathBuf,
        /// A file that holds its password and nothing else. `None`: the password is in the environment variable
        /// `POSTFORDELER_PKCS12_PASSWORD`, or there is none.
        password_file: Option<PathBuf>,
    },
}
