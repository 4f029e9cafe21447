use std::time::Duration;

use jiff::Timestamp;

use crate::rules::{CriterionKind, Cvr, FagsystemId, Priority};
use crate::store::{MessageConcern, MessageSubject, Outcome, OutcomeGroup, Reason};

/// Something that a listed message must be. Of several of one kind, one is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageFilter {
    Outcome(Outcome),
    /// Its fagsystem was unavailable, for that reason.
    Reason(Reason),
    Group(OutcomeGroup),
    /// It counts in *Overblik*: it has come to its end, and is no acceptance that was only told again.
    Counted,
    Fagsystem(Cvr, FagsystemId),
    /// It went to the default recipient.
    Default,
    Rule(Cvr, Priority),
    CriterionKind(CriterionKind),
    /// It said that.
    Subject(MessageSubject),
    /// It came at the first time or later, and before the second.
    Between(Timestamp, Timestamp),
    Since(Timestamp),
    /// It was answered within that time.
    Within(Duration),
    /// It took longer.
    LongerThan(Duration),
    /// It took that long, or longer.
    AtLeast(Duration),
    Concern(MessageConcern),
}

impl MessageFilter {
    /// Whether it says when a message came.
    pub fn is_of_time(&self) -> bool {
        matches!(self, Self::Between(..) | Self::Since(_))
    }
}
