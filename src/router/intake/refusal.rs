//! Why a message goes no further before any fagsystem has judged it.

use super::header_budget::BudgetSpent;
use super::incoming::IncomingError;
use crate::memo::MemoError;
use crate::store::{Outcome, Reason};

/// Why a message goes no further, before any fagsystem has judged it.
#[derive(Debug, Clone)]
pub(in crate::router) struct Refused {
    pub outcome: Outcome,
    pub reason: Option<Reason>,
    /// For people, and for the receipt.
    pub words: String,
}

impl Refused {
    pub fn new(outcome: Outcome, words: impl Into<String>) -> Self {
        Self { outcome, reason: None, words: words.into() }
    }

    pub fn unavailable(reason: Reason, detail: Option<&str>) -> Self {
        Self { outcome: Outcome::Unavailable, reason: Some(reason), words: reason.with_detail(detail) }
    }
}

/// What is wrong with a message, or with the call that brings it, once its header has been read. Whatever a fagsystem says of
/// such a message, it is not delivered.
#[derive(Debug)]
pub(in crate::router) enum MessageError {
    Memo(MemoError),
    Call(IncomingError),
}

impl From<MemoError> for MessageError {
    fn from(error: MemoError) -> Self {
        Self::Memo(error)
    }
}

impl From<IncomingError> for MessageError {
    fn from(error: IncomingError) -> Self {
        Self::Call(error)
    }
}

impl From<MessageError> for Refused {
    fn from(error: MessageError) -> Self {
        match error {
            MessageError::Memo(error) => error.into(),
            MessageError::Call(error) => error.into(),
        }
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

impl From<BudgetSpent> for Refused {
    fn from(error: BudgetSpent) -> Self {
        Self::new(Outcome::Busy, error.to_string())
    }
}
