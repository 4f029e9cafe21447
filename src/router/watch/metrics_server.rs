use std::future::ready;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::callers::ConnectionWatch;
use super::health;
use super::metrics::Metrics;
use crate::router::connection::head;
use crate::router::connection::server::{ConnectionLimits, Server};
use crate::router::connection::workers::Places;
use crate::router::rules_in_force::RulesInForce;

/// The most connections at once.
const MAX_CONNECTIONS: usize = 16;

/// Serves `GET /metrics` for Prometheus, and `GET /sundhed` as the router's own port does.
///
/// It authenticates nobody, so it listens on loopback addresses only.
#[derive(Debug)]
pub struct MetricsServer {
    listener: TcpListener,
    address: SocketAddr,
}

/// Why metrics cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum MetricsServerError {
    /// The address could be reached from elsewhere.
    #[error("metrics are only offered on this machine (127.0.0.1 or ::1); {0} could be reached by others")]
    NotLoopback(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot offer metrics at {address}: {source}; choose another address, or stop what listens there")]
    Listen {
        /// The requested address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
}

#[derive(Debug, Clone)]
struct ShownRouter {
    metrics: Arc<Metrics>,
    rules: Arc<RulesInForce>,
}

impl MetricsServer {
    /// Listens at that address. Calls are answered once it [shows](MetricsServer::show) a router.
    ///
    /// # Errors
    ///
    /// The address is not a loopback address, or is in use.
    pub async fn listen(address: SocketAddr) -> Result<Self, MetricsServerError> {
        if !address.ip().is_loopback() {
            return Err(MetricsServerError::NotLoopback(address));
        }
        let failed = |source| MetricsServerError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address })
    }

    /// The address that it listens at.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves those metrics and that router's health until `stop`. The task ends when the last call has been answered.
    pub fn show(self, metrics: Arc<Metrics>, rules: Arc<RulesInForce>, stop: CancellationToken) -> JoinHandle<()> {
        let shown = ShownRouter { metrics, rules };
        let routes = axum::Router::new().route("/metrics", get(metrics_text)).route("/sundhed", get(health_of));
        let routes = routes.layer(from_fn_with_state(self.address.ip(), check_head)).with_state(shown);
        let listening = Server {
            routes,
            tls: None,
            limits: ConnectionLimits { most: MAX_CONNECTIONS, ..ConnectionLimits::default() },
            // Calls for metrics do not count in them.
            observer: ConnectionWatch::default(),
            stop,
            cut_off: CancellationToken::new(),
        };
        tokio::spawn(listening.run(self.listener, Places::default(), ready(())))
    }
}

async fn check_head(State(listens_on): State<IpAddr>, request: Request, next: Next) -> Response {
    match head::check(&request, listens_on) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

async fn metrics_text(State(shown): State<ShownRouter>) -> Response {
    shown.metrics.update(&shown.rules);
    ([(header::CONTENT_TYPE, prometheus::TEXT_FORMAT)], shown.metrics.text()).into_response()
}

async fn health_of(State(shown): State<ShownRouter>) -> Response {
    health::answer(&shown.rules)
}
