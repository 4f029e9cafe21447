use tokio::sync::oneshot;

use super::{Entered, JournalEntry, JournalError};

/// What to write, and where to report the result once it is on disk.
#[derive(Debug)]
pub(super) struct Command {
    pub work: Work,
    pub answer: oneshot::Sender<Result<Entered, JournalError>>,
}

#[derive(Debug)]
pub(super) enum Work {
    /// A row that is written whatever earlier rows say.
    Record(Box<JournalEntry>),
    /// A row unless earlier ones forbid it.
    Enter(Box<JournalEntry>),
    /// The outcome of the row with that number.
    Conclude(i64, Box<JournalEntry>),
    /// A row that is deleted at once, to find out whether one could be written.
    Probe,
}
