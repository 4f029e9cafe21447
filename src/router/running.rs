use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::connection::protection::{Authorizer, LocalClient, Protected, RouterCertificate, Tls, url_of};
use super::connection::server::{ConnectionLimits, Server, listen_at};
use super::error::RouterError;
use super::flow::Flow;
use super::flow::conclusion::Conclusions;
use super::flow::dispatch::Dispatcher;
use super::flow::limits::ConcurrencyLimits;
use super::flow::message_locks::MessageLocks;
use super::intake::header_budget::HeaderBudget;
use super::preparation::{Prepared, prepare};
use super::routes::Intake;
use super::rules_in_force::RulesInForce;
use super::upkeep::api_keys::follow_keys;
use super::upkeep::certificates::CertificatesInForce;
use super::upkeep::journal_pruning::prune_journal;
use super::upkeep::renewal::RenewalTargets;
use super::watch::callers::{ConnectionWatch, RefusedCallers};
use super::watch::hindrances::{CurrentHindrances, Hindrance};
use super::watch::metrics::Metrics;
use super::watch::pulse::Pulse;
use super::watch::records::Records;
use super::watch::refusal_budget::RefusalBudget;
use super::watch::watching::HindranceWatch;
use crate::clock::Clock;
use crate::secrets::Secrets;
use crate::store::{RouterLock, Settings, Store};

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
        let Prepared {
            data,
            protected,
            kept_keys,
            renewal,
            metrics,
            rules,
            courier,
            lock,
            journal,
            journal_end,
            connections,
        } = prepare(store, listen, settings, Arc::clone(&secrets)).await?;
        let Protected { tls, authorizer } = protected;
        let (listener, address) = open(listen).map_err(|source| RouterError::Listen { address: listen, source })?;
        lock.receives(address, tls.is_some(), rules.publication())?;
        let [stop, cut_off, abandon] = std::array::from_fn(|_| CancellationToken::new());
        let records =
            Records { journal, rules: Arc::clone(&rules), metrics: Arc::clone(&metrics), refusals: Arc::default() };
        let shown = tls.as_ref().map(|tls| tls.certificate());
        let local_client = LocalClient::new(address, shown.as_ref(), authorizer.internal_key());
        let (pulse, answering) = Pulse::new(local_client, records.journal.clone(), stop.clone());
        let certificates = CertificatesInForce::new(tls.clone(), &settings.protection, Arc::clone(&courier));
        let hindrances = CurrentHindrances::default();

        let background = TaskTracker::new();
        background.spawn(answering);
        background.spawn(Arc::clone(&rules).follow(connections.rules, records.journal.clone(), stop.clone()));
        background.spawn(prune_journal(connections.pruning, clock.clone(), stop.clone()));
        background.spawn(Arc::clone(&records.refusals).tell(stop.clone()));
        let followed =
            follow_keys(Arc::clone(&authorizer), connections.keys, kept_keys, Arc::clone(&metrics), stop.clone());
        background.spawn(followed);
        let watch = HindranceWatch {
            store: connections.hindrances,
            settings: Settings { listen, ..settings.clone() },
            data,
            secrets: Arc::clone(&secrets),
            rules: Arc::clone(&rules),
            metrics: Arc::clone(&metrics),
            current: Arc::clone(&hindrances),
            clock: clock.clone(),
        };
        background.spawn(watch.run(stop.clone()));
        let targets =
            RenewalTargets { tls: tls.clone(), courier: Arc::clone(&courier), secrets, metrics: Arc::clone(&metrics) };
        background.spawn(renewal.follow(targets, stop.clone()));

        let concurrency = ConcurrencyLimits::new(settings, Arc::clone(&metrics));
        let callers = Arc::new(RefusedCallers { records: records.clone(), clock: clock.clone() });
        let flow = Flow {
            rules: Arc::clone(&rules),
            courier,
            dispatcher: Dispatcher { records: records.clone(), limits: Arc::clone(&concurrency) },
            conclusions: Conclusions { records: records.clone() },
            limits: concurrency,
            locks: MessageLocks::default(),
            headers: HeaderBudget::new(),
            first_byte: limits.first_byte,
            clock,
            _lock: Arc::clone(&lock),
        };
        let (under_way, refusals) = (TaskTracker::new(), records.refusals);
        let intake = Intake {
            flow: Arc::new(flow),
            callers: Arc::clone(&callers),
            authorizer: Arc::clone(&authorizer),
            under_way: under_way.clone(),
            abandon: abandon.clone(),
            listens_on: address.ip(),
        };
        let observer =
            ConnectionWatch { metrics: Arc::clone(&metrics), refusals: Arc::clone(&refusals), callers: Some(callers) };
        let (answer_timeout, grace) = (settings.answer_timeout(), limits.grace);
        let server = Server {
            routes: intake.routes(),
            tls: tls.clone(),
            limits,
            observer,
            stop: stop.clone(),
            cut_off: cut_off.clone(),
        };
        let ending = connections.ending;
        let abandoned = abandon.clone();
        let serving =
            Serving { server, listener, under_way, background, refusals, journal_end, abandoned, ending, lock };
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

/// Listens there, and says where that is: with port 0 the system has chosen one.
fn open(listen: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = listen_at(listen)?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// All that a router does until nothing of it is left.
struct Serving<JournalEnd> {
    server: Server<ConnectionWatch>,
    listener: TcpListener,
    under_way: TaskTracker,
    background: TaskTracker,
    refusals: Arc<RefusalBudget>,
    journal_end: JournalEnd,
    abandoned: CancellationToken,
    ending: Store,
    lock: Arc<RouterLock>,
}

impl<JournalEnd: Future<Output = ()>> Serving<JournalEnd> {
    async fn until_it_ends(self) {
        let messages = async {
            self.under_way.close();
            self.under_way.wait().await;
        };
        self.server.run(self.listener, messages).await;
        for tasks in [&self.under_way, &self.background] {
            tasks.close();
            tasks.wait().await;
        }
        self.refusals.tell_rest();
        // The last that could write has ended, and with it the journal, once it has written what it was given.
        self.journal_end.await;
        if self.abandoned.is_cancelled() {
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
