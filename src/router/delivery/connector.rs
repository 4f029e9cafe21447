//! Makes connections to fagsystems: straight to them, or through the proxy of the settings.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use std::vec;

use axum::http::uri::Scheme;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use hyper::rt::{Read, Write};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio_rustls::TlsConnector;
use tower_service::Service;

use crate::reasons::Reason;
use crate::store::Reach;

/// How this program names itself to fagsystems and proxies.
pub(super) const USER_AGENT: HeaderValue =
    HeaderValue::from_static(concat!("Postfordeler/", env!("CARGO_PKG_VERSION")));

/// How long a connection is silent until TCP checks that the other machine is still there.
const SILENCE_BEFORE_PROBES: Duration = Duration::from_secs(15);
/// How often TCP checks that the machine of a slow fagsystem is still there, so that no firewall in between forgets the
/// connection.
const PROBE_INTERVAL: Duration = Duration::from_secs(30);
/// How many of those checks may go unanswered: an hour of them, because no fagsystem has longer to answer. Only its own limit
/// decides how long it has.
const UNANSWERED_PROBES: u32 = 120;

pub(super) type BoxError = Box<dyn Error + Send + Sync>;

/// What carries a connection's bytes: TCP, or TLS upon it.
pub(super) trait Wire: Read + Write + Send + Unpin {}

impl<T: Read + Write + Send + Unpin> Wire for T {}

/// Makes connections.
#[derive(Clone)]
pub(super) struct Connector {
    tcp: HttpConnector<Names>,
    tls: Arc<ClientConfig>,
    /// The same, without a word on what is spoken within: a proxy that is asked for a tunnel may not know.
    tls_to_proxy: Arc<ClientConfig>,
    /// The proxy to other machines, if any.
    proxy: Option<Uri>,
}

impl Connector {
    pub fn new(reach: Reach, proxy: Option<Uri>, tls: ClientConfig) -> Self {
        let mut tcp = HttpConnector::new_with_resolver(Names { reach, all: GaiResolver::new() });
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(SILENCE_BEFORE_PROBES));
        tcp.set_keepalive_interval(Some(PROBE_INTERVAL));
        tcp.set_keepalive_retries(Some(UNANSWERED_PROBES));
        // Otherwise the system would cut off a fagsystem that takes nothing for a while, whatever its limit.
        #[cfg(target_os = "linux")]
        tcp.set_tcp_user_timeout(None);
        let mut tls_to_proxy = tls.clone();
        tls_to_proxy.alpn_protocols.clear();
        Self { tcp, tls: Arc::new(tls), tls_to_proxy: Arc::new(tls_to_proxy), proxy }
    }

    /// Whether there is a proxy to other machines.
    pub fn has_proxy(&self) -> bool {
        self.proxy.is_some()
    }

    /// A connection to whoever is at that address, or to the proxy if that is wanted and there is one: for an `https` address a
    /// tunnel through it. Where a name has several addresses, each has its share of the limit.
    pub async fn connect(mut self, to: Uri, by_proxy: bool, limit: Duration) -> Result<Box<dyn Wire>, BoxError> {
        self.tcp.set_connect_timeout(Some(limit));
        let Some(proxy) = self.proxy.filter(|_| by_proxy) else {
            return Ok(Box::new(HttpsConnector::from((self.tcp, self.tls)).call(to).await?));
        };
        if to.scheme() != Some(&Scheme::HTTPS) {
            return Ok(Box::new(HttpsConnector::from((self.tcp, self.tls)).call(proxy).await?));
        }
        let host = to.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(host.to_owned())?;
        let headers = HeaderMap::from_iter([(header::USER_AGENT, USER_AGENT)]);
        let mut tunnel = Tunnel::new(proxy, HttpsConnector::from((self.tcp, self.tls_to_proxy))).with_headers(headers);
        let through = tunnel.call(to).await?;
        let stream = TlsConnector::from(self.tls).connect(name, TokioIo::new(through)).await?;
        Ok(Box::new(TokioIo::new(stream)))
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector").field("proxy", &self.proxy).finish_non_exhaustive()
    }
}

/// Resolves names, on threads of their own. In training to loopback addresses alone, whatever else the system knows of them.
#[derive(Clone)]
struct Names {
    reach: Reach,
    all: GaiResolver,
}

impl Service<Name> for Names {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let (reach, resolving) = (self.reach, self.all.call(name));
        Box::pin(async move {
            let mut found: Vec<SocketAddr> = resolving.await?.collect();
            if reach == Reach::ThisMachine {
                found.retain(|address| address.ip().is_loopback());
                if found.is_empty() {
                    return Err(io::Error::other(Reason::BeyondTraining.words()));
                }
            }
            Ok(found.into_iter())
        })
    }
}
