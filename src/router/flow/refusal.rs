//! Why a message goes no further before any fagsystem has judged it.

use crate::memo::MemoError;
use crate::router::delivery::handover::Flaw;
use crate::router::intake::header_budget::BudgetSpent;
use crate::router::intake::incoming::IncomingError;
use crate::store::{JournalError, Outcome, Reason};

/// Why a message goes no further, before any fagsystem has judged it.
#[derive(Debug, Clone)]
pub(in crate::router) struct Refused {
    pub outcome: Outcome,
    pub reason: Option<Reason>,
    pub words: String,
}

impl Refused {
    pub fn new(outcome: Outcome, words: impl Into<String>) -> Self {
        Self { outcome, reason: None, words: words.into() }
    }

    pub fn unavailable(reason: Reason, detail: Option<&str>) -> Self {
        Self { outcome: Outcome::Unavailable, reason: Some(reason), words: reason.told(detail) }
    }
}

impl From<BudgetSpent> for Refused {
    fn from(error: BudgetSpent) -> Self {
        Self::new(Outcome::Busy, error.to_string())
    }
}

impl From<MemoError> for Refused {
    fn from(error: MemoError) -> Self {
        Self::new(Outcome::from(&error), error.to_string())
    }
}

impl From<IncomingError> for Refused {
    fn from(error: IncomingError) -> Self {
        let outcome = if error == IncomingError::BrokenOff { Outcome::BrokenOff } else { Outcome::Invalid };
        Self::new(outcome, error.to_string())
    }
}

impl From<Flaw> for Refused {
    fn from(flaw: Flaw) -> Self {
        match flaw {
            Flaw::Memo(error) => error.into(),
            Flaw::Call(error) => error.into(),
        }
    }
}

/// Where a message came to its end without being handed over whole.
#[derive(Debug)]
pub(in crate::router) enum Ending {
    /// It went no further, which the journal does not know yet.
    Refused(Refused),
    /// It went no further, and its row says so.
    RefusedAndRecorded(Refused),
    /// It went no further, and is one of so many that it has no row.
    RefusedUnrecorded(Refused),
    /// Nothing was done, since the journal could not be written.
    NotWritten(JournalError),
}

impl Ending {
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Refused(Refused { outcome: Outcome::Busy, .. }))
    }
}

impl<R: Into<Refused>> From<R> for Ending {
    fn from(refused: R) -> Self {
        Self::Refused(refused.into())
    }
}
