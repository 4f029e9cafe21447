use tokio::sync::oneshot;

use super::{EarlierDelivery, JournalEntry, JournalError};

/// The result of entering a message's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// It is on disk, under that number.
    Written(i64),
    /// A fagsystem has accepted the message before: nothing was written.
    Accepted(EarlierDelivery),
    /// No earlier row is about the message, and it is beyond the limit: nothing was written.
    LeftOut,
    /// Whether its fagsystem has the message is unknown, so that no other may get it: nothing was written.
    Bound(EarlierDelivery),
    /// A fagsystem has accepted another message with the same messageUUID and the same facts, so that no other fagsystem
    /// may get this one: nothing was written.
    Differs(EarlierDelivery),
    /// Fagsystems have accepted messages with the same messageUUID and the same facts. Whether this is one of them is only
    /// known once all of it has come: nothing was written.
    Undecided {
        /// The accepted ones, at least one, in order.
        accepted: Vec<EarlierDelivery>,
        /// Whether other content has come before and was not delivered.
        has_differed: bool,
    },
    /// The messageUUID was used for a message with other facts, first in that row: nothing was written.
    Reused(i64),
}

/// What to write, and where to report the result once it is on disk.
#[derive(Debug)]
pub(super) struct JournalCommand {
    pub work: Work,
    pub answer: oneshot::Sender<Written>,
}

/// What became of a command.
pub(super) type Written = Result<Entered, JournalError>;

#[derive(Debug)]
pub(super) enum Work {
    /// A row that is written regardless of earlier rows.
    Record(Box<JournalEntry>),
    /// A row unless earlier ones forbid it.
    Enter(Box<JournalEntry>),
    /// The outcome of the row with that number.
    Conclude(i64, Box<JournalEntry>),
    /// A row that is deleted at once, to find out whether one could be written.
    Probe,
}
