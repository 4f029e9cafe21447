use tokio::sync::oneshot;

use super::{Entered, JournalEntry, JournalError};

/// What is to be written, and whom to tell when it is on disk.
#[derive(Debug)]
pub(super) struct Command {
    pub work: Work,
    pub answer: oneshot::Sender<Result<Entered, JournalError>>,
}

#[derive(Debug)]
pub(super) enum Work {
    /// A row that earlier ones have no say in.
    Record(Box<JournalEntry>),
    /// A row unless earlier ones forbid it.
    Enter(Box<JournalEntry>),
    /// The outcome of the row with that number.
    Conclude(i64, Box<JournalEntry>),
    /// A row that is taken back at once, to see whether one could be written.
    Probe,
}
