use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::file_use::FileUse;
use crate::router::connection::protection::Tls;
use crate::router::delivery::courier::Courier;
use crate::secrets::CertificateValidity;
use crate::store::Protection;

/// A certificate that a router uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateInForce {
    /// What it is for.
    pub used_as: FileUse,
    /// The file that it was read from.
    pub source: PathBuf,
    /// The moment it expires.
    pub not_after: Timestamp,
}

/// The certificates that a router uses, for as long as it runs.
#[derive(Debug, Clone)]
pub struct CertificatesInForce {
    tls: Option<Arc<Tls>>,
    client_issuers: Option<PathBuf>,
    courier: Arc<Courier>,
}

impl CertificatesInForce {
    pub(in crate::router) fn new(tls: Option<Arc<Tls>>, protection: &Protection, courier: Arc<Courier>) -> Self {
        Self { tls, client_issuers: protection.client_issuers.clone(), courier }
    }

    /// The router's own certificate, the issuers of client certificates, and the trusted issuers of fagsystems, without the
    /// system's own.
    #[must_use]
    pub fn list(&self) -> Vec<CertificateInForce> {
        let mut found = Vec::new();
        if let Some(tls) = &self.tls {
            let own = tls.certificate();
            let used_as = FileUse::Certificate;
            found.push(CertificateInForce { used_as, source: own.source, not_after: own.not_after });
            if let Some(source) = &self.client_issuers {
                let issuers = tls.issuers();
                let ends = issuers.iter().filter_map(|der| Some(CertificateValidity::of(der)?.until));
                found.extend(ends.map(|not_after| CertificateInForce {
                    used_as: FileUse::ClientIssuers,
                    source: source.clone(),
                    not_after,
                }));
            }
        }
        if let Some((source, pem)) = self.courier.trusted() {
            let ders = CertificateDer::pem_slice_iter(&pem).filter_map(Result::ok).collect::<Vec<_>>();
            let ends = ders.iter().filter_map(|der| Some(CertificateValidity::of(der)?.until));
            found.extend(ends.map(|not_after| CertificateInForce {
                used_as: FileUse::TrustedIssuers,
                source: source.clone(),
                not_after,
            }));
        }
        found
    }
}
