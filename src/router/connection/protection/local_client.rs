use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use rustls::pki_types::CertificateDer;

use super::certificate::{OwnCertificate, RouterCertificate};
use super::chosen::own_certificate;
use crate::store::{ApiKey, RouterSettings};

/// How the program itself reaches a router on this machine, and makes sure that it is that router.
#[derive(Debug, Clone)]
pub struct LocalClient {
    address: SocketAddr,
    certificate: Option<CertificateDer<'static>>,
    key: Option<ApiKey>,
}

impl LocalClient {
    pub(in crate::router) fn new(address: SocketAddr, certificate: Option<&RouterCertificate>, key: &ApiKey) -> Self {
        Self { address, certificate: certificate.map(|it| it.der.clone()), key: Some(key.clone()) }
    }

    /// Where to find a router with those settings that another process runs; `None` when its certificate cannot be read.
    /// There is no key for it, so a router that requires one refuses what is delivered.
    #[must_use]
    pub fn expected(settings: &RouterSettings, data: &Path) -> Option<Self> {
        let own = own_certificate(&settings.protection.certificate, data).ok()?;
        let certificate = own.as_ref().map(OwnCertificate::public).transpose().ok()?;
        Some(Self { address: settings.listen, certificate: certificate.map(|it| it.der), key: None })
    }

    /// The router's address, as reached from this machine.
    #[must_use]
    pub fn url(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(if address.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
        }
        url_of(address, self.certificate.is_some())
    }

    /// The certificate that the router must show; `None` when it has none.
    #[must_use]
    pub fn certificate(&self) -> Option<&CertificateDer<'static>> {
        self.certificate.as_ref()
    }

    /// The key that lets the program in.
    #[must_use]
    pub fn key(&self) -> Option<&ApiKey> {
        self.key.as_ref()
    }
}

/// The URL for deliveries to a router at that address.
pub(in crate::router) fn url_of(address: SocketAddr, is_encrypted: bool) -> String {
    format!("{}://{address}/memo", if is_encrypted { "https" } else { "http" })
}
