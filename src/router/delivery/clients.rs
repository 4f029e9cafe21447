//! The HTTP clients by which fagsystems are called.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Certificate, Client, Identity, Proxy, redirect};
use tokio::net::lookup_host;
use tokio::sync::OnceCell;
use url::Url;

use super::causes;
use crate::reasons::Reason;
use crate::rules::{Endpoint, is_loopback};
use crate::secrets::{Secret, SecretName};
use crate::store::Reach;

/// Shorter than the time after which servers commonly close idle connections, so that no message goes into a closed one.
const IDLE_TIMEOUT: Duration = Duration::from_secs(3);
/// How often TCP checks that the machine of a slow fagsystem is still there, so that no firewall in between forgets the
/// connection.
const PROBE_INTERVAL: Duration = Duration::from_secs(30);
/// How many of those checks may go unanswered: an hour of them, because no fagsystem has longer to answer. Only its own limit
/// decides how long it has.
const UNANSWERED_PROBES: u32 = 120;
/// How long a client and the certificate that it shows are cached without being used.
const UNUSED_TIMEOUT: Duration = Duration::from_mins(10);

/// The HTTP clients, for as long as the same issuers are trusted.
#[derive(Debug)]
pub(super) struct Clients {
    pub plan: ClientPlan,
    /// Shows no certificate and has the router's own connect timeout.
    pub plain: Client,
    /// Clients that show a certificate or have another connect timeout.
    cached: Mutex<HashMap<ClientKind, CachedClient>>,
}

impl Clients {
    pub fn by(plan: ClientPlan) -> Result<Self, reqwest::Error> {
        Ok(Self { plain: plan.client(None)?, plan, cached: Mutex::default() })
    }

    /// The client of that kind, if it still shows the same certificate, or else a new one.
    pub fn cached(&self, kind: ClientKind, shown: Option<&Secret>) -> Arc<OnceCell<Client>> {
        let mut cached = self.cached.lock().unwrap_or_else(PoisonError::into_inner);
        cached.retain(|_, client| client.last_used.elapsed() < UNUSED_TIMEOUT);
        let fresh = || CachedClient { shown: shown.cloned(), client: Arc::default(), last_used: Instant::now() };
        let client = cached.entry(kind).or_insert_with(fresh);
        if client.shown.as_ref() != shown {
            *client = fresh();
        }
        client.last_used = Instant::now();
        Arc::clone(&client.client)
    }
}

/// The certificate that a client shows, and its connect timeout.
pub(super) type ClientKind = (Option<SecretName>, Duration);

/// A client that was needed lately.
#[derive(Debug)]
struct CachedClient {
    /// The certificate that it shows.
    shown: Option<Secret>,
    /// Empty until it has been made: that takes a while, and only those who need this client wait for it.
    client: Arc<OnceCell<Client>>,
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
    certificates: Vec<Certificate>,
    pub pem: Arc<[u8]>,
}

/// Why messages cannot be delivered with those settings.
#[derive(Debug, thiserror::Error)]
pub enum CourierError {
    /// The HTTP client cannot be set up.
    #[error("{}", causes::innermost(.0))]
    Client(#[from] reqwest::Error),
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
    pub fn client(&self, certificate: Option<&Secret>) -> Result<Client, reqwest::Error> {
        let mut client = Client::builder()
            .connect_timeout(self.connect_timeout)
            .redirect(redirect::Policy::none())
            // Old servers write such headers, and that is no reason to lose their receipt.
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .no_proxy()
            .tls_certs_merge(self.issuers.certificates.iter().cloned())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .tcp_keepalive_interval(PROBE_INTERVAL)
            .tcp_keepalive_retries(UNANSWERED_PROBES)
            .user_agent(concat!("Postfordeler/", env!("CARGO_PKG_VERSION")));
        // Otherwise the system would cut off a fagsystem that takes nothing for 30 seconds, whatever its limit.
        #[cfg(target_os = "linux")]
        {
            client = client.tcp_user_timeout(None);
        }
        if self.reach == Reach::ThisMachine {
            client = client.dns_resolver(Arc::new(LoopbackNames));
        }
        if let Some(proxy) = self.proxy.clone() {
            client = client.proxy(Proxy::custom(move |url| (!is_loopback(url)).then(|| proxy.clone())));
        }
        if let Some(certificate) = certificate {
            client = client.identity(Identity::from_pem(certificate.reveal().as_bytes())?);
        }
        client.build()
    }
}

/// Resolves names to loopback addresses alone, whatever else the system knows of them.
#[derive(Debug)]
struct LoopbackNames;

impl Resolve for LoopbackNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = lookup_host((name.as_str(), 0)).await?;
            let own: Vec<_> = found.filter(|address| address.ip().is_loopback()).collect();
            if own.is_empty() {
                return Err(Reason::BeyondTraining.words().into());
            }
            Ok(Box::new(own.into_iter()) as Addrs)
        })
    }
}

pub(super) fn issuers(path: &Path) -> Result<Issuers, CourierError> {
    let failed = |reason: String| CourierError::Issuers { path: path.to_owned(), reason };
    let pem = fs::read(path).map_err(|error| failed(error.to_string()))?;
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|error| failed(causes::innermost(&error)))?;
    if certificates.is_empty() {
        return Err(failed("there is no certificate in it".to_owned()));
    }
    Ok(Issuers { certificates, pem: pem.into() })
}

/// The same rules as for a fagsystem's address.
pub(super) fn proxy(text: &str) -> Result<Url, CourierError> {
    let endpoint: Endpoint = text.parse().map_err(|_| CourierError::Proxy)?;
    Url::parse(endpoint.as_str()).map_err(|_| CourierError::Proxy)
}
