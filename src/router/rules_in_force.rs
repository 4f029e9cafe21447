use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};

use super::written::Written;
use crate::rules::{Distributor, RuleBook, Seconds};
use crate::store::{Heartbeat, Heartbeats, Journal, JournalError, PublicationNumber, Store, StoreError};

/// How often what failed is tried again.
const RETRYING: Duration = Duration::from_millis(200);

/// The rules that messages are routed by. A new publication replaces them between two messages.
#[derive(Debug)]
pub struct RulesInForce {
    now: ArcSwap<PublicationInForce>,
    /// Why the last write to the journal failed.
    journal_error: ArcSwapOption<JournalError>,
    publications_are_read: AtomicBool,
    is_stopping: AtomicBool,
    /// The longest time, in seconds, that a fagsystem had to answer by its own limit in any publication since the start:
    /// messages under way follow the publication that decided them.
    longest_answer: AtomicU16,
    /// Called with each publication before it is in force.
    prepare: Prepare,
    /// What is learnt of a database that several routers share.
    heartbeats: OnceLock<Heartbeats>,
}

/// What is done with the rules of a publication before they decide about a message.
struct Prepare(Box<dyn Fn(&RuleBook) + Send + Sync>);

impl fmt::Debug for Prepare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Prepare")
    }
}

/// A publication, compiled.
#[derive(Debug)]
pub(super) struct PublicationInForce {
    /// `None` before the first publication, when there are no authorities.
    pub publication: Option<PublicationNumber>,
    pub distributor: Distributor,
}

impl PublicationInForce {
    fn longest_answer(&self) -> u16 {
        let fagsystems = self.distributor.book().authorities.iter().flat_map(|authority| &authority.fagsystems);
        fagsystems.filter_map(|fagsystem| fagsystem.limits.answer).map(Seconds::get).max().unwrap_or_default()
    }
}

/// Why the router cannot take messages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotReady {
    /// Nothing has been published.
    #[error("no configuration has been published")]
    NothingPublished,
    /// The journal cannot be written.
    #[error(transparent)]
    Journal(JournalError),
    /// The router is stopping.
    #[error("stopping")]
    Stopping,
    /// It is unknown whether something new was published.
    #[error("the newest publication cannot be read")]
    PublicationNotRead,
}

impl RulesInForce {
    /// Loads the newest publication. `prepare` is called with it, and with each later one before that is in force.
    ///
    /// # Errors
    ///
    /// The store cannot be read.
    pub(super) fn load(store: &Store, prepare: impl Fn(&RuleBook) + Send + Sync + 'static) -> Result<Self, StoreError> {
        let newest = newest(store)?;
        prepare(newest.distributor.book());
        let longest_answer = AtomicU16::new(newest.longest_answer());
        Ok(Self {
            now: ArcSwap::from_pointee(newest),
            journal_error: ArcSwapOption::empty(),
            publications_are_read: AtomicBool::new(true),
            is_stopping: AtomicBool::new(false),
            longest_answer,
            prepare: Prepare(Box::new(prepare)),
            heartbeats: OnceLock::new(),
        })
    }

    /// Lets it tell what is learnt of a database that several routers share.
    pub(super) fn tell_of(&self, heartbeats: Heartbeats) {
        let _ = self.heartbeats.set(heartbeats);
    }

    /// How the router stands with the database that it shares with others, as of its last heartbeat; `None` where it shares none. Never
    /// waits for the database.
    #[must_use]
    pub fn heartbeat(&self) -> Option<Heartbeat> {
        self.heartbeats.get().map(Heartbeats::last)
    }

    /// The longest time that a fagsystem had to answer by its own limit, in any publication since the start.
    pub(super) fn longest_answer(&self) -> Duration {
        Duration::from_secs(self.longest_answer.load(Ordering::Relaxed).into())
    }

    /// The rules in force. They do not change for as long as the caller holds them.
    pub(super) fn now(&self) -> Arc<PublicationInForce> {
        self.now.load_full()
    }

    /// The number of the publication in force.
    #[must_use]
    pub fn publication(&self) -> Option<PublicationNumber> {
        self.now.load().publication
    }

    /// Puts the newest publication in force now, rather than when it is noticed.
    ///
    /// # Errors
    ///
    /// The store cannot be read.
    pub fn refresh(&self, store: &Store) -> Result<(), StoreError> {
        self.look(store, None).map(|_| ())
    }

    /// Records whether the last write to the journal succeeded.
    pub(super) fn note_journal_result(&self, error: Option<&JournalError>) {
        match error.filter(|error| !error.is_of_one_message()) {
            None if self.journal_error.load().is_none() => {}
            None => {
                tracing::info!("the journal can be written again");
                self.journal_error.store(None);
            }
            Some(error) => {
                if self.journal_error.load().as_deref() != Some(error) {
                    tracing::error!(trouble = %error, "the journal cannot be written; messages are refused until it can");
                }
                self.journal_error.store(Some(Arc::new(error.clone())));
            }
        }
    }

    /// Why the last write to the journal failed.
    pub(super) fn journal_error(&self) -> Option<JournalError> {
        self.journal_error.load().as_deref().cloned()
    }

    /// The publication that messages are routed by, if the router can take any.
    ///
    /// # Errors
    ///
    /// Why it cannot.
    pub fn ready(&self) -> Result<PublicationNumber, NotReady> {
        if self.is_stopping() {
            return Err(NotReady::Stopping);
        }
        if let Some(error) = self.journal_error() {
            return Err(NotReady::Journal(error));
        }
        // While no message comes, the heartbeat alone shows that nothing can be written.
        if let Some(error) = self.heartbeat().and_then(|heartbeat| heartbeat.error) {
            return Err(NotReady::Journal(error));
        }
        if !self.publications_are_read.load(Ordering::Relaxed) {
            return Err(NotReady::PublicationNotRead);
        }
        self.publication().ok_or(NotReady::NothingPublished)
    }

    /// Lets the router take no more messages.
    pub(super) fn begin_stopping(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }

    /// Puts each new publication in force, until the router stops.
    pub(super) async fn follow(self: Arc<Self>, store: Store, journal: Journal, mut written: Written) {
        let store = Arc::new(store);
        let (mut seen, mut announced) = (None, None);
        while self.wait(&mut written).await {
            // Tried here too, because a caller that waits for the router to be ready sends no message that would show it.
            if self.journal_error().is_some() {
                self.note_journal_result(journal.try_again().await.err().as_ref());
            }
            let (rules, store) = (Arc::clone(&self), Arc::clone(&store));
            let looked = tokio::task::spawn_blocking(move || {
                if let Err(gone) = store.check_place() {
                    rules.note_journal_result(Some(&gone));
                }
                let looked = rules.look(&store, seen);
                let follows = rules.publication();
                // Where this fails it is tried again the next time.
                let is_announced = announced == Some(follows) || store.router_follows(follows).is_ok();
                looked.map(|version| (version, if is_announced { Some(follows) } else { announced }))
            });
            match looked.await {
                Ok(Ok((version, follows))) => {
                    (seen, announced) = (Some(version), follows);
                    self.publications_are_read.store(true, Ordering::Relaxed);
                }
                Ok(Err(error)) => {
                    if self.publications_are_read.swap(false, Ordering::Relaxed) {
                        tracing::error!(%error, "new publications cannot be read; the old one stays in force");
                    }
                }
                Err(error) => tracing::error!(%error, "new publications cannot be looked for"),
            }
        }
    }

    async fn wait(&self, written: &mut Written) -> bool {
        let is_failing = self.journal_error().is_some() || !self.publications_are_read.load(Ordering::Relaxed);
        if is_failing { written.sleep(RETRYING).await } else { written.wait().await }
    }

    /// Looks for a new publication when anything has been written since version `seen`.
    fn look(&self, store: &Store, seen: Option<i64>) -> Result<i64, StoreError> {
        let version = store.data_version()?;
        if seen != Some(version) && store.newest_publication_number()? != self.publication() {
            let newest = newest(store)?;
            tracing::info!(publication = newest.publication.map(PublicationNumber::get), "publication in force");
            // Before any message is routed by it.
            self.longest_answer.fetch_max(newest.longest_answer(), Ordering::Relaxed);
            (self.prepare.0)(newest.distributor.book());
            let newest = Arc::new(newest);
            // A call that read an older publication must not replace a newer one.
            self.now.rcu(|now| Arc::clone(if now.publication < newest.publication { &newest } else { now }));
        }
        Ok(version)
    }
}

fn newest(store: &Store) -> Result<PublicationInForce, StoreError> {
    let publication = store.newest_publication()?;
    let number = publication.as_ref().map(|publication| publication.number);
    let book = publication.map(|publication| publication.book).unwrap_or_default();
    let distributor = book.compile().map_err(|faults| StoreError::Damaged {
        path: store.path().to_owned(),
        reason: format!("the newest publication cannot decide: {faults}"),
    })?;
    // No message waits for the indexes.
    Ok(PublicationInForce { publication: number, distributor: distributor.indexed() })
}
