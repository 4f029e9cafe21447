//! Starts a router from its settings, and stops it without losing the outcome of a message that is under way.

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
use super::connection::workers::Workers;
use super::error::RouterError;
use super::flow::Flow;
use super::flow::limits::ConcurrencyLimits;
use super::preparation::{Prepared, prepare};
use super::routes::Entrance;
use super::rules_in_force::RulesInForce;
use super::upkeep::api_keys::follow_keys;
use super::upkeep::certificates::CertificatesInForce;
use super::upkeep::journal_pruning::prune_journal;
use super::upkeep::renewal::RenewalTargets;
use super::watch::attendance::AttendanceWatch;
use super::watch::callers::{ConnectionWatch, RefusedCallers};
use super::watch::hindrances::{CurrentHindrances, Hindrance};
use super::watch::metrics::Metrics;
use super::watch::pulse::Pulse;
use super::watch::records::Records;
use super::watch::refusal_budget::RefusalBudget;
use super::watch::watching::HindranceWatch;
use super::written::Written;
use crate::clock::Clock;
use crate::secrets::Secrets;
use crate::store::{RouterLock, RouterSettings, Store};

/// How long the outcomes of messages may take to be written once their callers have been cut off.
const CONCLUSION_TIMEOUT: Duration = Duration::from_secs(2);
/// How long abandoned work may take to end, including the last write of the journal.
const END_TIMEOUT: Duration = Duration::from_secs(20);

/// A running router, until it is [stopped](Router::stop).
#[derive(Debug)]
pub struct Router {
    address: SocketAddr,
    rules: Arc<RulesInForce>,
    metrics: Arc<Metrics>,
    stop: CancellationToken,
    /// Ends the connections that are left, and with them what still comes in.
    cut_off: CancellationToken,
    /// Ends the messages that are left.
    abandon: CancellationToken,
    /// Ends when nothing of the router is left and the data directory is free for another.
    serving: JoinHandle<()>,
    tls: Option<Arc<Tls>>,
    authorizer: Arc<Authorizer>,
    certificates: CertificatesInForce,
    hindrances: CurrentHindrances,
    pulse: Pulse,
    /// How long a fagsystem without a limit of its own has to answer.
    answer_timeout: Duration,
    /// How long messages under way may take to come in on top of that when the router is stopped.
    grace: Duration,
}

impl Router {
    /// Starts a router at that address, with those secrets. It follows the newest publication in the store.
    ///
    /// # Errors
    ///
    /// The address can be reached from elsewhere and the settings do not protect it; settings that guard are damaged; the
    /// address is in use; or the store or the settings for delivery cannot be used.
    pub async fn start(
        store: &Store,
        listen: SocketAddr,
        settings: &RouterSettings,
        secrets: Arc<Secrets>,
    ) -> Result<Self, RouterError> {
        let limits = ConnectionLimits::beside(settings.most_under_way);
        Self::start_with(store, listen, settings, secrets, limits).await
    }

    /// Starts a router with other limits on connections.
    ///
    /// # Errors
    ///
    /// As [`Router::start`].
    pub async fn start_with(
        store: &Store,
        listen: SocketAddr,
        settings: &RouterSettings,
        secrets: Arc<Secrets>,
        limits: ConnectionLimits,
    ) -> Result<Self, RouterError> {
        Self::start_by(store, listen, settings, secrets, limits, Clock::default()).await
    }

    /// Starts a router with a clock other than the machine's.
    ///
    /// # Errors
    ///
    /// As [`Router::start`].
    pub async fn start_by(
        store: &Store,
        listen: SocketAddr,
        settings: &RouterSettings,
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
        let written = Written::to(store, &stop);
        background.spawn(answering);
        background.spawn(Arc::clone(&rules).follow(connections.rules, records.journal.clone(), written.clone()));
        background.spawn(prune_journal(connections.pruning, clock.clone(), stop.clone()));
        background.spawn(Arc::clone(&records.refusals).report(stop.clone()));
        let followed =
            follow_keys(Arc::clone(&authorizer), connections.keys, kept_keys, Arc::clone(&metrics), written.clone());
        background.spawn(followed);
        let watch = HindranceWatch {
            store: connections.hindrances,
            settings: RouterSettings { listen, ..settings.clone() },
            data,
            secrets: Arc::clone(&secrets),
            rules: Arc::clone(&rules),
            metrics: Arc::clone(&metrics),
            current: Arc::clone(&hindrances),
            clock: clock.clone(),
        };
        background.spawn(watch.run(written));
        let attendance = AttendanceWatch {
            store: connections.attendance,
            rules: Arc::clone(&rules),
            metrics: Arc::clone(&metrics),
            clock: clock.clone(),
        };
        background.spawn(attendance.run(stop.clone()));
        let targets =
            RenewalTargets { tls: tls.clone(), courier: Arc::clone(&courier), secrets, metrics: Arc::clone(&metrics) };
        background.spawn(renewal.follow(targets, stop.clone()));

        let concurrency = ConcurrencyLimits::new(settings, Arc::clone(&metrics));
        let callers = Arc::new(RefusedCallers { records: records.clone(), clock: clock.clone() });
        let flow = Flow::new(&records, courier, concurrency, limits.first_byte, clock, Arc::clone(&lock));
        let (under_way, refusals) = (TaskTracker::new(), records.refusals);
        let entrance = Entrance {
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
            routes: entrance.routes(),
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

    /// The address that it listens at.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL for deliveries.
    #[must_use]
    pub fn url(&self) -> String {
        url_of(self.address, self.tls.is_some())
    }

    /// The certificate that it shows; `None`: connections are not encrypted.
    #[must_use]
    pub fn certificate(&self) -> Option<RouterCertificate> {
        self.tls.as_ref().map(|tls| tls.certificate())
    }

    /// The certificates that it uses, kept up to date.
    #[must_use]
    pub fn certificates(&self) -> CertificatesInForce {
        self.certificates.clone()
    }

    /// What will not work, as last looked for.
    #[must_use]
    pub fn hindrances(&self) -> Arc<Vec<Hindrance>> {
        self.hindrances.load_full()
    }

    /// How this program itself delivers to it, whatever is required of others.
    #[must_use]
    pub fn local_client(&self) -> LocalClient {
        LocalClient::new(self.address, self.certificate().as_ref(), self.authorizer.internal_key())
    }

    /// Checks whether it is alive, until it is stopped.
    #[must_use]
    pub fn pulse(&self) -> Pulse {
        self.pulse.clone()
    }

    /// The rules that it routes by.
    #[must_use]
    pub fn rules(&self) -> Arc<RulesInForce> {
        Arc::clone(&self.rules)
    }

    /// Its metrics.
    #[must_use]
    pub fn metrics(&self) -> Arc<Metrics> {
        Arc::clone(&self.metrics)
    }

    /// Takes no more messages, and returns when those under way have ended. Health checks are answered meanwhile. That takes
    /// as long as their fagsystems have to answer, and not much longer: then what still comes in is cut off, and a message
    /// that its fagsystem has whole and has not answered gets an unknown outcome. Another router may run on the data
    /// directory afterwards.
    pub async fn stop(mut self) {
        self.rules.begin_stopping();
        self.stop.cancel();
        let wait_limit = self.answer_timeout.max(self.rules.longest_answer()) + self.grace;
        let mut ended = timeout(wait_limit, &mut self.serving).await;
        if ended.is_err() {
            tracing::warn!("messages that have not come to their end are cut off");
            self.cut_off.cancel();
            ended = timeout(CONCLUSION_TIMEOUT, &mut self.serving).await;
        }
        if ended.is_err() {
            self.abandon.cancel();
            ended = timeout(END_TIMEOUT, &mut self.serving).await;
        }
        match ended {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the router did not stop as it should"),
            Err(_) => tracing::error!("the router has not ended: its database does not answer"),
        }
    }
}

/// Listens at that address, and returns which that is: for port 0 the system chooses one.
fn open(listen: SocketAddr) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = listen_at(listen)?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// What runs until nothing of the router is left.
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
        let (workers, places) = Workers::start();
        self.server.run(self.listener, places, messages).await;
        for tasks in [&self.under_way, &self.background] {
            tasks.close();
            tasks.wait().await;
        }
        workers.end().await;
        self.refusals.report_rest();
        // Everything that writes has ended, so the journal ends once it has written what it was given.
        self.journal_end.await;
        if self.abandoned.is_cancelled() {
            conclude_abandoned(self.ending).await;
        }
        drop(self.lock);
    }
}

/// Gives the messages that were abandoned an unknown outcome.
async fn conclude_abandoned(store: Store) {
    let concluded = spawn_blocking(move || store.conclude_left_under_way()).await;
    if let Ok(Err(error)) = concluded {
        tracing::error!(%error, "the journal does not say yet that messages were cut off; the next start will");
    }
}
