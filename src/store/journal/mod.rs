//! One row a call: which message, what of it rules could look at, where it was sent, and what came of it.
//!
//! The journal is also what makes the router deliver to one fagsystem and no other: a row is on disk before a body goes
//! out, and what earlier rows say of a message decides what may still be done with it.

mod entry;
mod hours;
mod memory;
mod reading;
mod standing;
mod writing;

use std::sync::mpsc;
use std::thread;

use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_WRITE;
use tokio::sync::oneshot;

pub use entry::{JournalEntry, Outcome, OwnNames, RefusedCaller, Routed, Timing};
pub(super) use entry::{post_type_from_word, post_type_word};
pub(super) use hours::LIMITS;
pub use memory::Earlier;
pub use reading::JournalRow;
pub(super) use reading::{ROW, journal_row};
pub use writing::Entered;

use self::writing::Writer;
use super::{DigestKey, Store, StoreError};

/// The most commands that share a commit.
const MOST_TOGETHER: usize = 256;

/// Writes on a thread of its own; what comes together shares one commit.
#[derive(Debug, Clone)]
pub struct Journal {
    commands: mpsc::Sender<Command>,
    key: DigestKey,
}

/// Why the journal could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// The database's file is no longer where it was.
    #[error(
        "the database has been deleted, moved or replaced; put it back, or start the router again on what is there now"
    )]
    Gone,
    /// There is no room left, on the disk or within what the system lets a file grow to.
    #[error("the disk is full; make room where the database is, or lift the limit on the size of files (ulimit -f)")]
    DiskFull,
    /// Another program keeps the database to itself.
    #[error("the database is locked by another program; end that program")]
    Locked,
    /// The database cannot be written for another reason.
    #[error("the journal cannot be written: {0}")]
    Refused(String),
    /// Its thread is no more.
    #[error("the journal has ended; start the router again")]
    Ended,
}

impl From<rusqlite::Error> for JournalError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::SystemIoFailure) if has_outgrown_limit(&error) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            _ => Self::Refused(error.to_string()),
        }
    }
}

/// SQLite tells a full disk from other failures to write, but not a file that may grow no further.
fn has_outgrown_limit(error: &rusqlite::Error) -> bool {
    #[cfg(unix)]
    let is_limited = {
        use rustix::process::{Resource, getrlimit};
        getrlimit(Resource::Fsize).current.is_some()
    };
    #[cfg(not(unix))]
    let is_limited = false;
    is_limited && error.sqlite_error().is_some_and(|error| error.extended_code == SQLITE_IOERR_WRITE)
}

/// What is to be written, and whom to tell when it is on disk.
#[derive(Debug)]
struct Command {
    work: Work,
    answer: oneshot::Sender<Result<Entered, JournalError>>,
}

#[derive(Debug)]
enum Work {
    /// A row that earlier ones have no say in.
    Record(Box<JournalEntry>),
    /// A row unless earlier ones forbid it.
    Enter(Box<JournalEntry>),
    /// The outcome of the row with that number.
    Conclude(i64, Box<JournalEntry>),
    /// A row that is taken back at once, to see whether one could be written.
    TryOut,
}

impl Journal {
    /// Starts the thread. It ends with the last handle.
    ///
    /// # Errors
    ///
    /// The database cannot be opened any more, or the system has no thread to give.
    pub fn start(store: &Store) -> Result<Self, StoreError> {
        Self::start_with_end(store).map(|(journal, _)| journal)
    }

    /// The same, with a future that waits for the end of the thread: everything it was given is written then, or owed for
    /// ever.
    ///
    /// # Errors
    ///
    /// As [`Journal::start`].
    pub(crate) fn start_with_end(store: &Store) -> Result<(Self, impl Future<Output = ()> + use<>), StoreError> {
        let key = store.digest_key()?;
        let writer = Writer::new(store, key.clone())?;
        let (commands, incoming) = mpsc::channel::<Command>();
        let (end, ended) = oneshot::channel::<()>();
        let work = move || {
            let _end = end;
            // Dropped first: the database is closed when the end is told.
            let mut writer = writer;
            while let Ok(first) = incoming.recv() {
                let others = incoming.try_iter().take(MOST_TOGETHER - 1);
                writer.obey(std::iter::once(first).chain(others).collect());
            }
        };
        thread::Builder::new().name("journal".to_owned()).spawn(work).map_err(StoreError::NoThread)?;
        let ended = async move {
            let _ = ended.await;
        };
        Ok((Self { commands, key }, ended))
    }

    /// The key that its digests are made with.
    #[must_use]
    pub fn digest_key(&self) -> &DigestKey {
        &self.key
    }

    /// Writes what is at its end already, whatever earlier rows say; done when it is on disk.
    ///
    /// # Errors
    ///
    /// It is not on disk, and why.
    pub async fn record(&self, entry: JournalEntry) -> Result<(), JournalError> {
        self.ask(Work::Record(Box::new(entry))).await.map(|_| ())
    }

    /// Writes a message's row, unless earlier rows with its messageUUID say that a fagsystem has the message, that they are
    /// of another message, or that only the fagsystem of an earlier row may get it; a row that
    /// [follows](JournalEntry::follows) that one is written all the same. Done when it is on disk.
    ///
    /// # Errors
    ///
    /// It is not on disk, and why. Then nothing may be delivered.
    pub async fn enter(&self, entry: JournalEntry) -> Result<Entered, JournalError> {
        self.ask(Work::Enter(Box::new(entry))).await
    }

    /// Gives the row with that number its outcome; done when it is on disk.
    ///
    /// # Errors
    ///
    /// It is not on disk, and why. It is written as soon as anything can be, for as long as the program runs.
    pub async fn conclude(&self, number: i64, entry: JournalEntry) -> Result<(), JournalError> {
        self.ask(Work::Conclude(number, Box::new(entry))).await.map(|_| ())
    }

    /// Whether a message's row could be written; what could not be written before is, when it can.
    ///
    /// # Errors
    ///
    /// Why not.
    pub async fn try_again(&self) -> Result<(), JournalError> {
        self.ask(Work::TryOut).await.map(|_| ())
    }

    async fn ask(&self, work: Work) -> Result<Entered, JournalError> {
        let (answer, answered) = oneshot::channel();
        self.commands.send(Command { work, answer }).map_err(|_| JournalError::Ended)?;
        answered.await.unwrap_or(Err(JournalError::Ended))
    }
}
