use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::delivery::{Courier, CourierError};
use super::flow::Flow;
use super::following::{RulesInForce, tidy};
use super::intake;
use super::listening::{ConnectionLimits, hold_connections};
use super::metrics::Metrics;
use super::places::Places;
use super::protection::{Doorway, Protected, ProtectionError, RouterCertificate, url_of};
use super::strangers::Strangers;
use super::turns::Turns;
use crate::clock::Clock;
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
    certificate: Option<RouterCertificate>,
    doorway: Doorway,
    /// How long fagsystems have to answer that have no limit of their own.
    answer_timeout: Duration,
}

/// Why a router cannot run.
#[derive(Debug, thiserror::Error)]
pub enum RouterError {
    /// It would not be protected as it should.
    #[error(transparent)]
    Protection(#[from] ProtectionError),
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
    /// Others can reach the address and the settings do not protect it, the address is taken, or the store or the
    /// settings for delivery cannot be used.
    pub async fn start(
        store: &Store,
        listen: SocketAddr,
        settings: &Settings,
        secrets: Arc<Secrets>,
    ) -> Result<Self, RouterError> {
        Self::start_with(store, listen, settings, secrets, ConnectionLimits::default()).await
    }

    /// Starts a router that holds connections within other limits.
    ///
    /// # Errors
    ///
    /// As [`Router::start`].
    pub async fn start_with(
        store: &Store,
        listen: SocketAddr,
        settings: &Settings,
        secrets: Arc<Secrets>,
        limits: ConnectionLimits,
    ) -> Result<Self, RouterError> {
        Self::start_by(store, listen, settings, secrets, limits, Clock::default()).await
    }

    /// Starts a router that goes by another clock than the machine's.
    ///
    /// # Errors
    ///
    /// As [`Router::start`].
    pub async fn start_by(
        store: &Store,
        listen: SocketAddr,
        settings: &Settings,
        secrets: Arc<Secrets>,
        limits: ConnectionLimits,
        clock: Clock,
    ) -> Result<Self, RouterError> {
        let data = store.path().parent().unwrap_or(Path::new("."));
        let Protected { tls, certificate, doorkeeper } = Protected::prepare(settings, listen, data)?;
        let failed = |source| RouterError::Listen { address: listen, source };
        let rules = Arc::new(RulesInForce::load(store)?);
        let courier = Courier::new(settings, secrets)?;
        // Before the journal: the lock's holder settles which key its digests are made with.
        let lock = store.lock_router()?;
        let journal = Journal::start(store)?;
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let stop = CancellationToken::new();
        tokio::spawn(Arc::clone(&rules).follow(store.reopen()?, journal.clone(), stop.clone()));
        tokio::spawn(tidy(store.reopen()?, clock.clone(), stop.clone()));
        let metrics = Arc::<Metrics>::default();
        let places = Places::new(settings, Arc::clone(&metrics));
        let flow = Flow {
            rules: Arc::clone(&rules),
            courier,
            journal,
            places,
            metrics: Arc::clone(&metrics),
            turns: Turns::default(),
            strangers: Strangers::default(),
            clock,
            _lock: lock,
        };
        let doorway = Doorway::new(address, certificate.as_ref(), doorkeeper.house_key());
        let under_way = TaskTracker::new();
        let routes = intake::routes(Arc::new(flow), doorkeeper, under_way.clone(), address.ip());
        let holding = hold_connections(listener, routes, tls, limits, Arc::clone(&metrics), stop.clone());
        let serving = tokio::spawn(async move {
            holding.await;
            under_way.close();
            under_way.wait().await;
        });
        let answer_timeout = settings.answer_timeout();
        Ok(Self { address, rules, metrics, stop, serving, certificate, doorway, answer_timeout })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where messages are delivered to it.
    #[must_use]
    pub fn url(&self) -> String {
        url_of(self.address, self.certificate.is_some())
    }

    /// The certificate that it shows; `None`: what comes is not encrypted.
    #[must_use]
    pub fn certificate(&self) -> Option<&RouterCertificate> {
        self.certificate.as_ref()
    }

    /// How this program itself delivers to it, whatever is demanded of others.
    #[must_use]
    pub fn doorway(&self) -> Doorway {
        self.doorway.clone()
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
        let patience = self.answer_timeout.max(self.rules.longest_answer()) + GRACE;
        match timeout(patience, self.serving).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the router did not stop as it should"),
            Err(_) => tracing::warn!("messages that had not come to their end were cut off"),
        }
    }
}
