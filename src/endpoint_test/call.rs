//! One call of a trial.

use crate::memo::MessageUuid;
use crate::router::{Judgement, RecordedAnswer, TrialOutcome, Verdict};
use crate::store::Reason;

/// One call, and what came of it.
#[derive(Debug, Clone)]
pub struct CallResult {
    /// The letter's messageUUID.
    pub uuid: MessageUuid,
    /// How large the whole letter is.
    pub bytes: u64,
    /// Whether it was broken off.
    pub is_cut: bool,
    /// What became of it.
    pub tried: TrialOutcome,
}

impl CallResult {
    /// How the router understands the answer; `None` for a letter that was broken off.
    #[must_use]
    pub fn verdict(&self) -> Option<&Verdict> {
        self.tried.result.as_ref().ok()
    }

    /// Whether the router takes it that the endpoint has the letter.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.verdict().is_some_and(|verdict| verdict.judgement == Judgement::Accepted)
    }

    /// Whether the endpoint rejected the letter.
    pub(super) fn is_rejected(&self) -> bool {
        self.verdict().is_some_and(|verdict| verdict.judgement == Judgement::Rejected)
    }

    /// What came.
    #[must_use]
    pub fn seen(&self) -> Option<&RecordedAnswer> {
        self.tried.seen.as_ref()
    }

    /// Whether the router would send the letter once more with its length.
    pub(super) fn was_not_read(&self) -> bool {
        let is_unread = self.verdict().and_then(|verdict| verdict.reason) == Some(Reason::Unread);
        self.tried.in_chunks == Some(true) && !self.is_cut && (is_unread || self.seen().is_none())
    }
}
