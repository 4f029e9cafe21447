use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::time::Duration;

use arc_swap::{ArcSwap, ArcSwapOption};
use tokio_util::sync::CancellationToken;

use crate::rules::{Distributor, RuleBook, Seconds};
use crate::store::{Journal, JournalError, PublicationNumber, Store, StoreError};

/// How often the store is asked whether anything was published.
const INTERVAL: Duration = Duration::from_millis(200);

/// The rules that messages go by now. A new publication takes their place between two messages.
#[derive(Debug)]
pub struct RulesInForce {
    now: ArcSwap<InForce>,
    /// Why the journal could not be written when it was last tried.
    journal_error: ArcSwapOption<JournalError>,
    publications_are_read: AtomicBool,
    is_stopping: AtomicBool,
    /// The most seconds that a fagsystem has had of its own to answer, by any publication since the start: messages under
    /// way go by the one that decided them.
    longest_answer: AtomicU16,
    /// Hears of each publication before a message can go by it.
    prepare: Prepare,
}

/// What is done with the rules of a publication before they decide about a message.
struct Prepare(Box<dyn Fn(&RuleBook) + Send + Sync>);

impl fmt::Debug for Prepare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Prepare")
    }
}

/// A publication made ready to decide.
#[derive(Debug)]
pub(super) struct InForce {
    /// `None` before the first publication: then there are no authorities.
    pub publication: Option<PublicationNumber>,
    pub distributor: Distributor,
}

impl InForce {
    fn longest_answer(&self) -> u16 {
        let fagsystems = self.distributor.book().authorities.iter().flat_map(|authority| &authority.fagsystems);
        fagsystems.filter_map(|fagsystem| fagsystem.limits.answer).map(Seconds::get).max().unwrap_or_default()
    }
}

/// Why the router cannot take messages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotReady {
    /// There are no rules.
    #[error("no configuration has been published")]
    NothingPublished,
    /// What it does could not be kept.
    #[error(transparent)]
    Journal(JournalError),
    /// The router is coming to its end.
    #[error("stopping")]
    Stopping,
    /// Nobody knows whether the rules have changed.
    #[error("the newest publication cannot be read")]
    PublicationNotRead,
}

impl RulesInForce {
    /// Takes the newest publication from the store. `prepare` hears of it, and of each later one before it is in force.
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
        })
    }

    /// How long the most patient fagsystem of any publication since the start has to answer, of those with a limit of
    /// their own.
    pub(super) fn longest_answer(&self) -> Duration {
        Duration::from_secs(self.longest_answer.load(Ordering::Relaxed).into())
    }

    /// What is in force; it stays so for as long as the caller holds it.
    pub(super) fn now(&self) -> Arc<InForce> {
        self.now.load_full()
    }

    /// The publication in force.
    #[must_use]
    pub fn publication(&self) -> Option<PublicationNumber> {
        self.now.load().publication
    }

    /// Puts the newest publication in force now, without waiting to find it.
    ///
    /// # Errors
    ///
    /// The store cannot be read.
    pub fn refresh(&self, store: &Store) -> Result<(), StoreError> {
        self.look(store, None).map(|_| ())
    }

    /// Takes note of whether the journal could be written, or why not.
    pub(super) fn note_journal_result(&self, error: Option<&JournalError>) {
        match error {
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

    /// Why the journal could not be written when it was last tried.
    pub(super) fn journal_error(&self) -> Option<JournalError> {
        self.journal_error.load().as_deref().cloned()
    }

    /// Whether messages can be taken, and by which publication they would go.
    ///
    /// # Errors
    ///
    /// Why they cannot.
    pub fn ready(&self) -> Result<PublicationNumber, NotReady> {
        if self.is_stopping() {
            return Err(NotReady::Stopping);
        }
        if let Some(error) = self.journal_error() {
            return Err(NotReady::Journal(error));
        }
        if !self.publications_are_read.load(Ordering::Relaxed) {
            return Err(NotReady::PublicationNotRead);
        }
        self.publication().ok_or(NotReady::NothingPublished)
    }

    /// From now on no message is taken any more.
    pub(super) fn begin_stopping(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }

    /// Puts each new publication in force, until told to stop.
    pub(super) async fn follow(self: Arc<Self>, store: Store, journal: Journal, stop: CancellationToken) {
        let store = Arc::new(store);
        let (mut seen, mut told) = (None, None);
        while stop.run_until_cancelled(tokio::time::sleep(INTERVAL)).await.is_some() {
            // A caller that waits for the router to be ready sends no message that would show it.
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
                // What was not written is tried again the next time.
                let is_told = told == Some(follows) || store.router_follows(follows).is_ok();
                looked.map(|version| (version, if is_told { Some(follows) } else { told }))
            });
            match looked.await {
                Ok(Ok((version, follows))) => {
                    (seen, told) = (Some(version), follows);
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

    /// Looks for a new publication when anything has been written since the version seen last.
    fn look(&self, store: &Store, seen: Option<i64>) -> Result<i64, StoreError> {
        let version = store.data_version()?;
        if seen != Some(version) && store.newest_publication_number()? != self.publication() {
            let newest = newest(store)?;
            tracing::info!(publication = newest.publication.map(PublicationNumber::get), "publication in force");
            // Before any message can go by it.
            self.longest_answer.fetch_max(newest.longest_answer(), Ordering::Relaxed);
            (self.prepare.0)(newest.distributor.book());
            let newest = Arc::new(newest);
            // Whoever read an older one must not put it in the place of a newer.
            self.now.rcu(|now| Arc::clone(if now.publication < newest.publication { &newest } else { now }));
        }
        Ok(version)
    }
}

fn newest(store: &Store) -> Result<InForce, StoreError> {
    let publication = store.newest_publication()?;
    let number = publication.as_ref().map(|publication| publication.number);
    let book = publication.map(|publication| publication.book).unwrap_or_default();
    let distributor = book.compile().map_err(|faults| StoreError::Damaged {
        path: store.path().to_owned(),
        reason: format!("the newest publication cannot decide: {faults}"),
    })?;
    Ok(InForce { publication: number, distributor })
}
