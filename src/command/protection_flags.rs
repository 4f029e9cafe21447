use std::path::PathBuf;

use clap::Args;

use crate::rules::Cvr;
use crate::store::{CertificateChoice, Protection};

/// Overrides the settings for this run.
#[derive(Debug, Clone, Args)]
pub(super) struct ProtectionFlags {
    /// The router's certificate for TLS, and those that issued it (PEM)
    #[arg(long, value_name = "FILE", requires = "key")]
    certificate: Option<PathBuf>,
    /// The certificate's private key (PEM, not encrypted)
    #[arg(long, value_name = "FILE", requires = "certificate")]
    key: Option<PathBuf>,
    /// A PKCS#12 file (.p12, .pfx) with the router's certificate and key
    #[arg(long, value_name = "FILE", conflicts_with = "certificate")]
    pkcs12: Option<PathBuf>,
    /// A file that holds the PKCS#12 file's password; without it, `POSTFORDELER_PKCS12_PASSWORD` is read
    #[arg(long, value_name = "FILE", requires = "pkcs12")]
    pkcs12_password_file: Option<PathBuf>,
    /// Use a certificate for TLS that the program makes itself and keeps in the data directory
    #[arg(long, conflicts_with_all = ["certificate", "pkcs12"])]
    self_signed: bool,
    /// Certificates (PEM) that issue client certificates; those who deliver must then show one of theirs
    #[arg(long, value_name = "FILE")]
    client_issuers: Option<PathBuf>,
    /// Whose client certificates are taken (several: give it several times)
    #[arg(long, value_name = "CVR")]
    client_cvr: Vec<Cvr>,
}

impl ProtectionFlags {
    /// Whether the flags cover all of the protection, so that the stored settings do not matter.
    pub fn is_whole(&self) -> bool {
        let has_certificate = self.self_signed || self.pkcs12.is_some() || self.certificate.is_some();
        has_certificate && self.client_issuers.is_some() && !self.client_cvr.is_empty()
    }

    /// The stored settings, overridden by the flags.
    pub fn over(self, kept: Protection) -> Protection {
        let certificate = match (self.certificate.zip(self.key), self.pkcs12, self.self_signed) {
            (Some((certificate, key)), ..) => CertificateChoice::Pem { certificate, key },
            (_, Some(file), _) => CertificateChoice::Pkcs12 { file, password_file: self.pkcs12_password_file },
            (.., true) => CertificateChoice::SelfSigned,
            _ => kept.certificate,
        };
        Protection {
            certificate,
            client_issuers: self.client_issuers.or(kept.client_issuers),
            client_cvrs: if self.client_cvr.is_empty() { kept.client_cvrs } else { self.client_cvr },
        }
    }
}
