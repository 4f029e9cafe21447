//! The clients by which fagsystems are called.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::Uri;
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{self, PemObject};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls_platform_verifier::Verifier;
use url::Url;

use super::client::Client;
use super::connector::Connector;
use crate::rules::Endpoint;
use crate::secrets::{Secret, SecretName, SecretsError};
use crate::store::Reach;

/// How long a client and the certificate that it shows are cached without being used.
const UNUSED_TIMEOUT: Duration = Duration::from_mins(10);

/// The clients, for as long as the same issuers are trusted.
#[derive(Debug)]
pub(super) struct Clients {
    pub plan: ClientPlan,
    /// What decides whether a fagsystem's certificate is trusted.
    trust: Arc<Verifier>,
    /// Shows no certificate.
    pub plain: Arc<Client>,
    /// Clients that show a certificate.
    cached: Mutex<HashMap<SecretName, CachedClient>>,
}

impl Clients {
    pub fn by(plan: ClientPlan) -> Result<Self, rustls::Error> {
        let (issuers, provider) = (plan.issuers.certificates.iter().cloned(), Arc::new(ring::default_provider()));
        let trust = Arc::new(if plan.issuers.certificates.is_empty() {
            Verifier::new(provider)?
        } else {
            Verifier::new_with_extra_roots(issuers, provider)?
        });
        let plain = Arc::new(plan.client(&trust, None)?);
        Ok(Self { plan, trust, plain, cached: Mutex::default() })
    }

    /// The client that shows that certificate: the one there is, unless the certificate has been replaced meanwhile.
    pub fn showing(&self, name: &SecretName, certificate: &Secret) -> Result<Arc<Client>, SecretsError> {
        let mut cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        cached.retain(|_, client| client.last_used.elapsed() < UNUSED_TIMEOUT);
        if let Some(known) = cached.get_mut(name).filter(|known| known.shown == *certificate) {
            known.last_used = Instant::now();
            return Ok(Arc::clone(&known.client));
        }
        let unusable = || SecretsError::Unusable(name.clone());
        let key = certificate.certified_key().ok_or_else(unusable)?;
        let client = Arc::new(self.plan.client(&self.trust, Some(key)).map_err(|_| unusable())?);
        let made = CachedClient { shown: certificate.clone(), client: Arc::clone(&client), last_used: Instant::now() };
        cached.insert(name.clone(), made);
        Ok(client)
    }
}

/// A client that was needed lately.
#[derive(Debug)]
struct CachedClient {
    /// The certificate that it shows.
    shown: Secret,
    client: Arc<Client>,
    last_used: Instant,
}

/// The settings of every client.
#[derive(Debug, Clone)]
pub(super) struct ClientPlan {
    pub connect_timeout: Duration,
    pub issuers: Issuers,
    pub proxy: Option<Url>,
    pub reach: Reach,
}

/// The issuers that are trusted besides the system's, and the PEM text that they were read from.
#[derive(Debug, Clone, Default)]
pub(super) struct Issuers {
    certificates: Vec<CertificateDer<'static>>,
    pub pem: Arc<[u8]>,
}

/// Why messages cannot be delivered with those settings.
#[derive(Debug, thiserror::Error)]
pub enum CourierError {
    /// Nothing can be set up to trust or to be shown.
    #[error("{0}")]
    Client(#[from] rustls::Error),
    /// The file with the trusted issuers cannot be used.
    #[error("the trusted issuers in {path} cannot be used: {reason}; name a PEM file with their certificates")]
    Issuers {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The text is not the address of a proxy.
    #[error("the proxy must be an address that begins with http:// or https://, and holds no user name or password")]
    Proxy,
}

impl ClientPlan {
    fn client(&self, trust: &Arc<Verifier>, shown: Option<CertifiedKey>) -> Result<Client, rustls::Error> {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(trust) as _);
        let mut tls = match shown {
            None => config.with_no_client_auth(),
            Some(key) => config.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(key))),
        };
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let proxy = self
            .proxy
            .as_ref()
            .map(|proxy| Uri::try_from(proxy.as_str()).map_err(|error| rustls::Error::General(error.to_string())));
        Ok(Client::new(Connector::new(self.reach, proxy.transpose()?, tls)))
    }
}

pub(super) fn issuers(path: &Path) -> Result<Issuers, CourierError> {
    let failed = |reason: String| CourierError::Issuers { path: path.to_owned(), reason };
    let pem = fs::read(path).map_err(|error| failed(error.to_string()))?;
    let certificates: Result<Vec<_>, pem::Error> = CertificateDer::pem_slice_iter(&pem).collect();
    let certificates = certificates.map_err(|error| failed(error.to_string()))?;
    if certificates.is_empty() {
        return Err(failed("there is no certificate in it".to_owned()));
    }
    Ok(Issuers { certificates, pem: pem.into() })
}

/// The same rules as for a fagsystem's address.
pub(super) fn proxy(text: &str) -> Result<Url, CourierError> {
    let endpoint: Endpoint = text.parse().map_err(|_| CourierError::Proxy)?;
    Ok(endpoint.url().clone())
}
