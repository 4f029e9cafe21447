use std::sync::mpsc::{self, Receiver, RecvError, RecvTimeoutError};
use std::thread;
use std::time::Instant;

use tokio::sync::oneshot;

use super::claims::{Claim, Lease};
use super::command::{JournalCommand, Work};
use super::heartbeat::Heartbeats;
use super::writing::Writer;
use super::{DigestKey, Entered, JournalEntry, JournalError};
use crate::store::{Store, StoreError};

/// The most commands that share a commit.
const MAX_BATCH: usize = 256;

/// Writes on a thread of its own; commands that come together share one commit.
#[derive(Debug, Clone)]
pub struct Journal {
    commands: mpsc::Sender<JournalCommand>,
    key: DigestKey,
    lease: Option<Lease>,
    heartbeats: Option<Heartbeats>,
}

impl Journal {
    /// Starts the thread. It ends with the last handle.
    ///
    /// # Errors
    ///
    /// The database cannot be opened any more, or the system cannot start a thread.
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
        let (lease, heartbeats) = (writer.lease(), writer.heartbeats());
        let (commands, incoming) = mpsc::channel::<JournalCommand>();
        let (end, ended) = oneshot::channel::<()>();
        let work = move || {
            let _end = end;
            // Dropped before `_end`, so that the database is closed when the end is reported.
            let mut writer = writer;
            while let Ok(first) = next(&incoming, writer.next_chore()) {
                if let Some(first) = first {
                    let others = incoming.try_iter().take(MAX_BATCH - 1);
                    writer.execute(std::iter::once(first).chain(others).collect());
                }
                writer.do_chores();
            }
        };
        thread::Builder::new().name("journal".to_owned()).spawn(work).map_err(StoreError::NoThread)?;
        let ended = async move {
            let _ = ended.await;
        };
        Ok((Self { commands, key, lease, heartbeats }, ended))
    }

    /// The key that its digests are made with.
    #[must_use]
    pub fn digest_key(&self) -> &DigestKey {
        &self.key
    }

    /// What its thread learns of the database where several routers share it; `None` where this one has it alone. They do not keep
    /// the thread from ending.
    #[must_use]
    pub fn heartbeats(&self) -> Option<Heartbeats> {
        self.heartbeats.clone()
    }

    /// The claim on a message whose row is about to be entered.
    #[must_use]
    pub fn claim(&self) -> Claim {
        Claim::begin(self.lease.clone())
    }

    /// Writes a row that already has its outcome, regardless of earlier rows; returns once it is on disk.
    ///
    /// # Errors
    ///
    /// It is not on disk, and why.
    pub async fn record(&self, entry: JournalEntry) -> Result<(), JournalError> {
        self.ask(Work::Record(Box::new(entry))).await.map(|_| ())
    }

    /// Writes a message's row, and returns once it is on disk: only then may the message be delivered.
    ///
    /// Nothing is written where earlier rows with the same messageUUID say that a fagsystem has the message, that they are of
    /// another message, or that only the fagsystem of an earlier row may get it; but a row that
    /// [follows](JournalEntry::follows) that one is written.
    ///
    /// # Errors
    ///
    /// Why the row is not on disk. Then nothing may be delivered.
    ///
    /// # Examples
    ///
    /// A message that a fagsystem has accepted is recognised when it comes again:
    ///
    /// ```
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// use jiff::Timestamp;
    /// use postfordeler::rules::FagsystemId;
    /// use postfordeler::store::{Entered, Journal, JournalEntry, Outcome, Routed, Store};
    /// use postfordeler::training::sample_book;
    ///
    /// # let directory = tempfile::tempdir()?;
    /// # let data = directory.path();
    /// let store = Store::open(data)?;
    /// let rules = sample_book(([127, 0, 0, 1], 9101).into()).compile().expect("the sample has no fault");
    /// let publication = store.publish(&rules, "The first rules", None)?;
    /// let journal = Journal::start(&store)?;
    ///
    /// let uuid = "8c2ea15d-61fb-4ba9-9366-42f8b194c114";
    /// let message = JournalEntry {
    ///     message_uuid: Some(uuid.to_owned()),
    ///     digest: Some(journal.digest_key().message(b"<Message/>", uuid).digest()),
    ///     routed: Some(Routed {
    ///         publication,
    ///         authority: "66137112".parse()?,
    ///         fagsystem: FagsystemId::new("esdh").expect("an id"),
    ///         priority: None,
    ///         element: None,
    ///     }),
    ///     ..JournalEntry::new(Timestamp::now(), Outcome::UnderWay)
    /// };
    /// let Entered::Written(number) = journal.enter(message.clone()).await? else { panic!("it is new") };
    /// // … the fagsystem accepts it …
    /// journal.conclude(number, JournalEntry { outcome: Outcome::Accepted, ..message.clone() }).await?;
    ///
    /// let Entered::Accepted(earlier) = journal.enter(message).await? else { panic!("it is known") };
    /// assert_eq!(earlier.number, number);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub async fn enter(&self, entry: JournalEntry) -> Result<Entered, JournalError> {
        self.ask(Work::Enter(Box::new(entry))).await
    }

    /// Gives the row with that number its outcome; returns once it is on disk.
    ///
    /// # Errors
    ///
    /// Why it is not on disk. It is written as soon as the journal can be, while the program runs.
    pub async fn conclude(&self, number: i64, entry: JournalEntry) -> Result<(), JournalError> {
        self.ask(Work::Conclude(number, Box::new(entry))).await.map(|_| ())
    }

    /// Whether a message's row could be written. If so, outcomes that could not be written before are written too.
    ///
    /// # Errors
    ///
    /// Why not.
    pub async fn try_again(&self) -> Result<(), JournalError> {
        self.ask(Work::Probe).await.map(|_| ())
    }

    async fn ask(&self, work: Work) -> Result<Entered, JournalError> {
        let (answer, answered) = oneshot::channel();
        self.commands.send(JournalCommand { work, answer }).map_err(|_| JournalError::Ended)?;
        answered.await.unwrap_or(Err(JournalError::Ended))
    }
}

/// The next command; `None` where none has come by then.
fn next(commands: &Receiver<JournalCommand>, until: Option<Instant>) -> Result<Option<JournalCommand>, RecvError> {
    let Some(until) = until else { return commands.recv().map(Some) };
    match commands.recv_timeout(until.saturating_duration_since(Instant::now())) {
        Ok(command) => Ok(Some(command)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => Err(RecvError),
    }
}
