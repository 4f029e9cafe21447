//! Reads what a router needs from files and the database.

use std::net::SocketAddr;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::connection::protection::Protected;
use super::delivery::courier::Courier;
use super::error::RouterError;
use super::rules_in_force::RulesInForce;
use super::upkeep::renewal::Renewal;
use super::watch::metrics::Metrics;
use crate::rules::RuleBook;
use crate::secrets::Secrets;
use crate::store::{ApiKeys, Journal, Reach, RouterLock, RouterSettings, Store, StoreError};

/// All that a router needs before it can listen.
pub(super) struct Prepared<JournalEnd> {
    pub data: PathBuf,
    pub protected: Protected,
    /// The API keys that the store held when it was read.
    pub kept_keys: Option<ApiKeys>,
    pub renewal: Renewal,
    pub metrics: Arc<Metrics>,
    pub rules: Arc<RulesInForce>,
    pub courier: Arc<Courier>,
    pub lock: Arc<RouterLock>,
    pub journal: Journal,
    /// Done when the journal has written all that it was given.
    pub journal_end: JournalEnd,
    pub connections: StoreConnections,
}

/// A connection to the database for each of those who work beside each other.
pub(super) struct StoreConnections {
    pub rules: Store,
    pub pruning: Store,
    pub keys: Store,
    pub hindrances: Store,
    pub attendance: Store,
    pub ending: Store,
}

/// Prepares a router. Disks may be slow and databases locked, so this runs on a thread that may wait.
pub(super) async fn prepare(
    store: &Store,
    listen: SocketAddr,
    settings: &RouterSettings,
    secrets: Arc<Secrets>,
) -> Result<Prepared<impl Future<Output = ()> + use<>>, RouterError> {
    let (store, mut settings) = (store.reopen()?, settings.clone());
    if !store.listening().allows(listen) {
        return Err(RouterError::NotAllowed { address: listen, listening: store.listening() });
    }
    // Whatever the caller's settings say.
    settings.reach = store.reach()?;
    if settings.reach == Reach::ThisMachine && !listen.ip().is_loopback() {
        return Err(RouterError::ListensBeyondTraining(listen));
    }
    let prepared = spawn_blocking(move || read(&store, listen, &settings, &secrets)).await;
    prepared.unwrap_or_else(|failed| resume_unwind(failed.into_panic()))
}

fn read(
    store: &Store,
    listen: SocketAddr,
    settings: &RouterSettings,
    secrets: &Arc<Secrets>,
) -> Result<Prepared<impl Future<Output = ()> + use<>>, RouterError> {
    let data = store.path().parent().unwrap_or(Path::new(".")).to_owned();
    // The keys of the settings count until the store is seen to hold others: one may have been revoked since they were read.
    let kept_keys = store.api_keys().ok().flatten().and_then(|_| settings.api_key.clone());
    // Before the files are read, so that no change meanwhile is missed.
    let mut renewal = Renewal::begin(settings, secrets, &data);
    if !settings.damaged.is_empty() {
        return Err(StoreError::Guards(settings.damaged.clone()).into());
    }
    let protected = Protected::prepare(settings, listen, &data)?;
    renewal.expect_what_was_made();
    let metrics = Arc::<Metrics>::default();
    let registered = Arc::clone(&metrics);
    let prepare = move |book: &RuleBook| registered.register_fagsystems(book);
    let rules = Arc::new(RulesInForce::load(store, prepare)?);
    metrics.begin_with(store.delivery_records()?);
    let courier = Arc::new(Courier::new(settings, Arc::clone(secrets))?);
    // Before the journal: the holder of the lock settles the key that digests are made with.
    let lock = Arc::new(store.lock_router()?);
    let (journal, journal_end) = Journal::start_with_end(store)?;
    if let Some(heartbeats) = journal.heartbeats() {
        heartbeats.ended(lock.lapsed());
        rules.tell_of(heartbeats);
    }
    let connections = StoreConnections {
        rules: store.reopen()?,
        pruning: store.reopen()?,
        keys: store.reopen()?,
        hindrances: store.reopen()?,
        attendance: store.reopen()?,
        ending: store.reopen()?,
    };
    Ok(Prepared {
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
    })
}
