use jiff::Timestamp;
use uuid::Uuid;

use crate::router::Receipt;
use crate::rules::FagsystemId;
use crate::store::Outcome;
use crate::training::{Subject, Writer};

/// What became of a message, as its sender knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentFate {
    /// No answer has come yet.
    UnderWay,
    /// The router's receipt says so.
    Answered(Outcome),
    /// No receipt came: the connection broke, or it took too long. Whether it was delivered is unknown.
    Unanswered,
    /// Nobody was there to take it.
    NotSent,
}

/// A message that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentMessage {
    /// Which of all times that a message was sent it is, from 0 on.
    pub turn: u64,
    /// The message's number among those of its seed, from 0 on.
    pub number: u64,
    /// How often it had been sent before.
    pub before: u32,
    /// When it was sent.
    pub at: Timestamp,
    /// Who writes.
    pub writer: Writer,
    /// What about.
    pub subject: Subject,
    /// How many bytes it has.
    pub bytes: u64,
    /// What it calls itself.
    pub message_uuid: String,
    /// The receipt's id, by which the journal knows this call; `None` until a receipt has come.
    pub transmission_id: Option<Uuid>,
    /// The fagsystem that the rules chose; `None` until that is known, and where none was.
    pub fagsystem: Option<FagsystemId>,
    /// What became of it.
    pub fate: SentFate,
}

/// How many were sent, and what became of them. One that is sent again counts again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TrafficCounts {
    /// Sent, for the first time or again.
    pub sent: u64,
    /// Of these, sent again.
    pub again: u64,
    /// Accepted.
    pub accepted: u64,
    /// Refused for good: Digital Post does not send them again.
    pub rejected: u64,
    /// Refused for now.
    pub unavailable: u64,
    /// Without a receipt.
    pub unanswered: u64,
    /// Not kept for another time, as too many were kept already.
    pub dropped: u64,
}

impl SentFate {
    /// What a receipt says.
    #[must_use]
    pub fn of(receipt: &Receipt) -> Self {
        if receipt.accepts() {
            return Self::Answered(Outcome::Accepted);
        }
        let code = receipt.error_code.as_deref();
        let outcome = Outcome::all().find(|outcome| Some(outcome.code()) == code);
        // A router of this program gives no other code; a refusal of which nothing is known is one for good.
        Self::Answered(outcome.unwrap_or(Outcome::Rejected))
    }

    /// Whether Digital Post sends such a message again.
    #[must_use]
    pub fn is_for_now(self) -> bool {
        match self {
            Self::Answered(outcome) => matches!(
                outcome,
                Outcome::Unavailable | Outcome::Unknown | Outcome::UnderWay | Outcome::Busy | Outcome::NotWritten
            ),
            Self::Unanswered | Self::NotSent => true,
            Self::UnderWay => false,
        }
    }
}

impl TrafficCounts {
    pub(super) fn add(&mut self, fate: SentFate) {
        match fate {
            SentFate::Answered(Outcome::Accepted) => self.accepted += 1,
            SentFate::Answered(_) if fate.is_for_now() => self.unavailable += 1,
            SentFate::Answered(_) => self.rejected += 1,
            SentFate::Unanswered | SentFate::NotSent => self.unanswered += 1,
            SentFate::UnderWay => {}
        }
    }
}
