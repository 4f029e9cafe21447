//! How a message ends, whether it has been handed over or not.

use crate::router::delivery::verdict::Verdict;
use crate::router::intake::refusal::Refused;
use crate::store::{JournalError, Outcome};

/// A message that was handed over whole.
#[derive(Debug)]
pub(super) enum Delivery {
    /// By this call: its fagsystem has judged it.
    Now(Verdict),
    /// By an earlier call: its fagsystem has accepted it, as the journal's row with this number says.
    Before(i64),
}

/// Why a message was not handed over whole, and whether the journal knows.
#[derive(Debug)]
pub(super) enum Ending {
    /// It was refused, which has not been recorded yet.
    Refused(Refused),
    /// It was refused, and its row says so.
    RefusedAndRecorded(Refused),
    /// It was refused, and gets no row: too many of its kind were refused lately.
    RefusedUnrecorded(Refused),
    /// Nothing was done with it, because the journal could not be written.
    NotWritten(JournalError),
}

impl Ending {
    /// Whether the router has too much to do, so that the answer must not wait for the rest of the message.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Refused(Refused { outcome: Outcome::Busy, .. }))
    }
}

impl<R: Into<Refused>> From<R> for Ending {
    fn from(refused: R) -> Self {
        Self::Refused(refused.into())
    }
}
