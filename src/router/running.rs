use std::io;
use std::net::SocketAddr;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::connection::protection::{
    Authorizer, LocalClient, Protected, ProtectionError, RouterCertificate, Tls, url_of,
};
use super::connection::server::{ConnectionLimits, Server, listen_at};
use super::delivery::courier::{Courier, CourierError};
use super::flow::limits::ConcurrencyLimits;
use super::flow::message_locks::MessageLocks;
use super::intake::header_budget::HeaderBudget;
use super::routes;
use super::rules_in_force::{RulesInForce, tidy};
use super::upkeep::renewal::{CertificatesInForce, Renewal, RenewalTargets, follow_keys};
use super::watch::hindrances::{CurrentHindrances, Hindrance};
use super::watch::metrics::Metrics;
use super::watch::pulse::Pulse;
use super::watch::refusal_budget::RefusalBudget;
use super::watch::watching::HindranceWatch;
use crate::clock::Clock;
use crate::router::flow::Flow;
use crate::secrets::Secrets;
use crate::store::{Journal, RouterLock, Settings, Store, StoreError};

/// How long messages have to be concluded whose callers have been cut off.
const CONCLUSION: Duration = Duration::from_secs(2);
/// How long the end may take of what has been abandoned, the journal's last write included.
const END: Duration = Duration::from_secs(20);

/// A router that runs until it is [stopped](Router::stop).
#[derive(Debug)]
pub struct Router {
    address: SocketAddr,
    rules: Arc<RulesInForce>,
    metrics: Arc<Metrics>,
    stop: CancellationToken,
    /// Connections that have not ended by themselves end now, and with them what still comes in.
    cut_off: CancellationToken,
    /// Messages that have not ended by then end now.
    abandon: CancellationToken,
    /// Ends when nothing of the router is left, and the data directory is free for another.
    serving: JoinHandle<()>,
    tls: Option<Arc<Tls>>,
    authorizer: Arc<Authorizer>,
    certificates: CertificatesInForce,
    hindrances: CurrentHindrances,
    pulse: Pulse,
    /// How long fagsystems have to answer that have no limit of their own.
    answer_timeout: Duration,
    /// How long messages under way have to come in besides, when it is stopped.
    grace: Duration,
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
    /// Others can reach the address and the settings do not protect it, settings that guard are damaged, the address is
    /// taken, or the store or the settings for delivery cannot be used.
    pub async fn start(
        store: &Store,
        listen: SocketAddr,
        settings: &Settings,
        secrets: Arc<Secrets>,
    ) -> Result<Self, RouterError> {
        let limits = ConnectionLimits::beside(settings.most_under_way);
        Self::start_with(store, listen, settings, secrets, limits).await
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
        let data = store.path().parent().unwrap_or(Path::new(".")).to_owned();
        // What the settings hold counts until the store is seen to keep others: a key may have been revoked since they were read.
        let kept_keys = store.api_keys().ok().flatten().and_then(|_| settings.api_key.clone());
        // Before the files are read, so that nothing is missed that changes meanwhile.
        let mut renewal = Renewal::begin(settings, &secrets, &data);
        let Protected { tls, authorizer } = prepare_protection(&data, listen, settings).await?;
        renewal.expect_what_was_made();
        let metrics = Arc::<Metrics>::default();
        let rules = Arc::new(RulesInForce::load(store, Arc::clone(&metrics))?);
        metrics.begin_with(store.standings()?);
        let courier = Arc::new(Courier::new(settings, Arc::clone(&secrets))?);
        // Before the journal: the lock's holder settles which key its digests are made with.
        let lock = Arc::new(store.lock_router()?);
        let (journal, journal_end) = Journal::start_with_end(store)?;
        let [following, tidying, keeping, watching, ending] =
            [store.reopen()?, store.reopen()?, store.reopen()?, store.reopen()?, store.reopen()?];
        let (listener, address) = open(listen).map_err(|source| RouterError::Listen { address: listen, source })?;
        lock.receives(address, tls.is_some(), rules.publication())?;
        let [stop, cut_off, abandon] = std::array::from_fn(|_| CancellationToken::new());
        let (refusals, background) = (Arc::<RefusalBudget>::default(), TaskTracker::new());
        background.spawn(Arc::clone(&rules).follow(following, journal.clone(), stop.clone()));
        background.spawn(tidy(tidying, clock.clone(), stop.clone()));
        background.spawn(Arc::clone(&refusals).tell(stop.clone()));
        let shown = tls.as_ref().map(|tls| tls.certificate());
        let local_client = LocalClient::new(address, shown.as_ref(), authorizer.internal_key());
        let (pulse, answering) = Pulse::new(local_client, journal.clone(), stop.clone());
        background.spawn(answering);
        let hindrances = CurrentHindrances::default();
        let watch = HindranceWatch {
            store: watching,
            settings: Settings { listen, ..settings.clone() },
            data,
            secrets: Arc::clone(&secrets),
            rules: Arc::clone(&rules),
            metrics: Arc::clone(&metrics),
            current: Arc::clone(&hindrances),
            clock: clock.clone(),
        };
        background.spawn(watch.run(stop.clone()));
        let keys = follow_keys(Arc::clone(&authorizer), keeping, kept_keys, Arc::clone(&metrics), stop.clone());
        background.spawn(keys);
        let targets =
            RenewalTargets { tls: tls.clone(), courier: Arc::clone(&courier), secrets, metrics: Arc::clone(&metrics) };
        background.spawn(renewal.follow(targets, stop.clone()));
        let certificates = CertificatesInForce::new(tls.clone(), &settings.protection, Arc::clone(&courier));
        let concurrency = ConcurrencyLimits::new(settings, Arc::clone(&metrics));
        let flow = Flow {
            rules: Arc::clone(&rules),
            courier,
            journal,
            limits: concurrency,
            metrics: Arc::clone(&metrics),
            headers: HeaderBudget::new(),
            first_byte: limits.first_byte,
            locks: MessageLocks::default(),
            refusals: Arc::clone(&refusals),
            clock,
            _lock: Arc::clone(&lock),
        };
        let (flow, under_way) = (Arc::new(flow), TaskTracker::new());
        let to_authorizer = Arc::clone(&authorizer);
        let routes = routes::routes(Arc::clone(&flow), to_authorizer, under_way.clone(), abandon.clone(), address.ip());
        let (answer_timeout, grace) = (settings.answer_timeout(), limits.grace);
        let listening = Server {
            routes,
            tls: tls.clone(),
            limits,
            metrics: Arc::clone(&metrics),
            refusals: Arc::clone(&refusals),
            gate: Some(flow),
            stop: stop.clone(),
            cut_off: cut_off.clone(),
        };
        let serving = Serving {
            listening,
            listener,
            under_way,
            background,
            refusals,
            journal_end,
            abandon: abandon.clone(),
            ending,
            lock,
        };
        let serving = tokio::spawn(serving.until_it_ends());
        Ok(Self {
            address,
            rules,
            metrics,
            stop,
            cut_off,
            abandon,
            serving,
            tls,
            authorizer,
            certificates,
            hindrances,
            pulse,
            answer_timeout,
            grace,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where messages are delivered to it.
    #[must_use]
    pub fn url(&self) -> String {
        url_of(self.address, self.tls.is_some())
    }

    /// The certificate that it shows; `None`: what comes is not encrypted.
    #[must_use]
    pub fn certificate(&self) -> Option<RouterCertificate> {
        self.tls.as_ref().map(|tls| tls.certificate())
    }

    /// The certificates that it goes by, whatever is read again meanwhile.
    #[must_use]
    pub fn certificates(&self) -> CertificatesInForce {
        self.certificates.clone()
    }

    /// What will not work, as found when it was last looked for.
    #[must_use]
    pub fn hindrances(&self) -> Arc<Vec<Hindrance>> {
        self.hindrances.load_full()
    }

    /// How this program itself delivers to it, whatever is demanded of others.
    #[must_use]
    pub fn local_client(&self) -> LocalClient {
        LocalClient::new(self.address, self.certificate().as_ref(), self.authorizer.internal_key())
    }

    /// What shows whether it is alive, until it is stopped.
    #[must_use]
    pub fn pulse(&self) -> Pulse {
        self.pulse.clone()
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

    /// Takes no more messages, and returns when those under way have come to their end; whoever asks meanwhile how it fares
    /// is answered. That may take as long as their
    /// fagsystems have for an answer, and not much longer: then what still comes in is cut off, and what a fagsystem has
    /// whole without an answer has an unknown outcome. When this returns another router may run on the data directory.
    pub async fn stop(mut self) {
        self.rules.begin_stopping();
        self.stop.cancel();
        let patience = self.answer_timeout.max(self.rules.longest_answer()) + self.grace;
        let mut ended = timeout(patience, &mut self.serving).await;
        if ended.is_err() {
            tracing::warn!("messages that have not come to their end are cut off");
            self.cut_off.cancel();
            ended = timeout(CONCLUSION, &mut self.serving).await;
        }
        if ended.is_err() {
            self.abandon.cancel();
            ended = timeout(END, &mut self.serving).await;
        }
        match ended {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the router did not stop as it should"),
            Err(_) => tracing::error!("the router has not ended: its database does not answer"),
        }
    }
}

/// Reads files, and may make a certificate, so not among what must not wait.
async fn prepare_protection(data: &Path, listen: SocketAddr, settings: &Settings) -> Result<Protected, RouterError> {
    if !settings.damaged.is_empty() {
        return Err(StoreError::Guards(settings.damaged.clone()).into());
    }
    let (settings, data) = (settings.clone(), data.to_owned());
    let prepared = spawn_blocking(move || Protected::prepare(&settings, listen, &data)).await;
    Ok(prepared.unwrap_or_else(|failed| resume_unwind(failed.into_panic()))?)
}

/// Listens there, and says where that is: with port 0 the system has chosen one.
fn open(listen: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = listen_at(listen)?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// All that a router does until nothing of it is left.
struct Serving<JournalEnd> {
    listening: Server,
    listener: TcpListener,
    under_way: TaskTracker,
    background: TaskTracker,
    refusals: Arc<RefusalBudget>,
    journal_end: JournalEnd,
    abandon: CancellationToken,
    ending: Store,
    lock: Arc<RouterLock>,
}

impl<JournalEnd: Future<Output = ()>> Serving<JournalEnd> {
    async fn until_it_ends(self) {
        let messages = async {
            self.under_way.close();
            self.under_way.wait().await;
        };
        self.listening.run(self.listener, messages).await;
        for tasks in [&self.under_way, &self.background] {
            tasks.close();
            tasks.wait().await;
        }
        self.refusals.tell_rest();
        // The last that could write has ended, and with it the journal, once it has written what it was given.
        self.journal_end.await;
        if self.abandon.is_cancelled() {
            conclude_abandoned(self.ending).await;
        }
        drop(self.lock);
    }
}

/// Says of the messages that were abandoned on their way that nobody knows whether they were taken.
async fn conclude_abandoned(store: Store) {
    let concluded = spawn_blocking(move || store.conclude_left_under_way()).await;
    if let Ok(Err(error)) = concluded {
        tracing::error!(%error, "the journal does not say yet that messages were cut off; the next start will");
    }
}
