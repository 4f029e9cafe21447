use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::delivery::{Courier, CourierError};
use super::flow::Flow;
use super::following::RulesInForce;
use super::intake;
use super::metrics::Metrics;
use super::places::Places;
use super::turns::Turns;
use crate::secrets::Secrets;
use crate::store::{Journal, Settings, Store, StoreError};

/// How long messages under way have to come in, besides their fagsystem's time to answer, when the router is stopped.
const GRACE: Duration = Duration::from_secs(30);

/// A router that runs until it is [stopped](Router::stop).
#[derive(Debug)]
pub struct Router {
    address: SocketAddr,
    rules: Arc<RulesInForce>,
    metrics: Arc<Metrics>,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    /// How long messages under way have when it is stopped.
    patience: Duration,
}

/// Why a router cannot run.
#[derive(Debug, thiserror::Error)]
pub enum RouterError {
    /// Others could reach it, and it cannot yet tell who may deliver.
    #[error(
        "the router only listens on this machine (127.0.0.1 or ::1), since it does not yet check who delivers; {0} could \
         be reached by others"
    )]
    NotLoopback(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}; choose another address, or stop what listens there")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What delivers cannot be set up.
    #[error("cannot prepare for delivery: {0}")]
    Courier(#[from] CourierError),
}

impl Router {
    /// Starts a router at that address, going by the store's newest publication and each new one, with those secrets for
    /// the fagsystems that want one.
    ///
    /// # Errors
    ///
    /// The address is no loopback address or is taken, or the store or the settings for delivery cannot be used.
    pub async fn start(
        store: &Store,
        listen: SocketAddr,
        settings: &Settings,
        secrets: Arc<Secrets>,
    ) -> Result<Self, RouterError> {
        if !listen.ip().is_loopback() {
            return Err(RouterError::NotLoopback(listen));
        }
        let failed = |source| RouterError::Listen { address: listen, source };
        let rules = Arc::new(RulesInForce::load(store)?);
        let journal = Journal::start(store)?;
        let courier = Courier::new(settings, secrets)?;
        let lock = store.lock_router()?;
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let stop = CancellationToken::new();
        tokio::spawn(Arc::clone(&rules).follow(store.reopen()?, journal.clone(), stop.clone()));
        let metrics = Arc::<Metrics>::default();
        let (places, turns) = (Places::new(settings, Arc::clone(&metrics)), Turns::default());
        let flow = Flow {
            rules: Arc::clone(&rules),
            courier,
            journal,
            places,
            metrics: Arc::clone(&metrics),
            turns,
            _lock: lock,
        };
        let serving = tokio::spawn(serve(listener, Arc::new(flow), stop.clone()));
        Ok(Self { address, rules, metrics, stop, serving, patience: settings.answer_timeout() + GRACE })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The rules it goes by.
    #[must_use]
    pub fn rules(&self) -> Arc<RulesInForce> {
        Arc::clone(&self.rules)
    }

    /// What is counted of its work.
    #[must_use]
    pub fn metrics(&self) -> Arc<Metrics> {
        Arc::clone(&self.metrics)
    }

    /// Takes no more messages, and returns when those under way have come to their end. That may take as long as their
    /// fagsystems have for an answer, and not much longer: what has not ended then is cut off.
    pub async fn stop(self) {
        self.stop.cancel();
        match timeout(self.patience, self.serving).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the router did not stop as it should"),
            Err(_) => tracing::warn!("messages that had not come to their end were cut off"),
        }
    }
}

async fn serve(listener: TcpListener, flow: Arc<Flow>, stop: CancellationToken) {
    let under_way = TaskTracker::new();
    let routes = intake::routes(flow, under_way.clone());
    if let Err(error) = axum::serve(listener, routes).with_graceful_shutdown(stop.cancelled_owned()).await {
        tracing::error!(%error, "the router no longer listens");
    }
    under_way.close();
    under_way.wait().await;
}
