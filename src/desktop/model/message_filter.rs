use std::time::Duration;

use jiff::Timestamp;

use crate::rules::{CriterionKind, Cvr, FagsystemId, Priority};
use crate::store::{MessageConcern, MessageSubject, Outcome, OutcomeGroup, Reason};

/// A filter of the list of messages. A message is listed if it passes a filter of each kind that is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageFilter {
    Outcome(Outcome),
    /// Its fagsystem was unavailable, for that reason.
    Reason(Reason),
    Group(OutcomeGroup),
    /// It counts in *Overblik*: it has an outcome, and does not merely repeat an earlier acceptance.
    Counted,
    Fagsystem(Cvr, FagsystemId),
    /// It went to the default recipient.
    Default,
    Rule(Cvr, Priority),
    CriterionKind(CriterionKind),
    /// It was about that.
    Subject(MessageSubject),
    /// It was received at the first time or later, and before the second.
    Between(Timestamp, Timestamp),
    /// It was received at that time or later.
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
    /// Whether it filters by the time of receipt.
    pub fn is_of_time(&self) -> bool {
        matches!(self, Self::Between(..) | Self::Since(_))
    }
}
