//! One call of a trial.

use crate::memo::MessageUuid;
use crate::router::{Judgement, RecordedAnswer, TrialOutcome, Verdict};
use crate::store::Reason;

/// One call, and what came of it.
#[derive(Debug, Clone)]
pub struct CallResult {
    /// The letter's messageUUID.
    pub uuid: MessageUuid,
    /// The size of the whole letter.
    pub bytes: u64,
    /// Whether it was cut off on purpose.
    pub is_cut: bool,
    /// The result.
    pub tried: TrialOutcome,
}

impl CallResult {
    /// How the router understands the answer; `None` for a letter that was cut off.
    #[must_use]
    pub fn verdict(&self) -> Option<&Verdict> {
        self.tried.result.as_ref().ok()
    }

    /// Whether the router regards the letter as accepted.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.verdict().is_some_and(|verdict| verdict.judgement == Judgement::Accepted)
    }

    /// Whether the endpoint rejected the letter.
    pub(super) fn is_rejected(&self) -> bool {
        self.verdict().is_some_and(|verdict| verdict.judgement == Judgement::Rejected)
    }

    /// The answer, if there was one.
    #[must_use]
    pub fn seen(&self) -> Option<&RecordedAnswer> {
        self.tried.seen.as_ref()
    }

    /// Whether the router would send the letter again with its length.
    pub(super) fn was_not_read(&self) -> bool {
        let is_unread = self.verdict().and_then(|verdict| verdict.reason) == Some(Reason::Unread);
        self.tried.in_chunks == Some(true) && !self.is_cut && (is_unread || self.seen().is_none())
    }
}
