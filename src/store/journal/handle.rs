use std::sync::mpsc;
use std::thread;

use tokio::sync::oneshot;

use super::command::{Command, Work};
use super::writing::Writer;
use super::{DigestKey, Entered, JournalEntry, JournalError};
use crate::store::{Store, StoreError};

/// The most commands that share a commit.
const MOST_TOGETHER: usize = 256;

/// Writes on a thread of its own; what comes together shares one commit.
#[derive(Debug, Clone)]
pub struct Journal {
    commands: mpsc::Sender<Command>,
    key: DigestKey,
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
