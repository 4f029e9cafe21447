use jiff::civil::Time;
use uuid::Uuid;

use crate::rules::{Facts, RuleBook};
use crate::store::{Outcome, Reason};

/// Rules to begin training with, and what goes with them. It holds no secret, no access, and no address beyond this machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrainingPackage {
    /// What people call it; may be empty.
    pub name: String,
    /// The rules.
    pub book: RuleBook,
    /// A lesson, as its file says it. What it says is not looked at.
    pub lesson: Option<String>,
    /// Messages to be sent.
    pub messages: Vec<PackedMessage>,
    /// The calls of a journal, in the order of time.
    pub calls: Vec<TrainingCall>,
}

/// A message in a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedMessage {
    /// The name of its file, ending in `.xml`.
    pub name: String,
    /// The message, byte for byte.
    pub bytes: Vec<u8>,
}

/// A call in the journal of a package: on a weekday at a time of day, but on no date.
///
/// It does not say where the message was sent: that is decided anew, by the package's rules, when it is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingCall {
    /// How many days after the Monday of the journal's first week.
    pub day: u16,
    /// The time that clocks in Denmark showed, in whole seconds.
    pub time: Time,
    /// The message's own number, which it has in each call; `None` where its header could not be read.
    pub message: Option<Uuid>,
    /// About how many bytes of it came.
    pub bytes: u64,
    /// What rules could look at; `None` where its header could not be read.
    pub facts: Option<Facts>,
    /// Whether it was sent to a fagsystem, or was to be.
    pub was_routed: bool,
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub reason: Option<Reason>,
    /// The fagsystem's HTTP status.
    pub status: Option<u16>,
    /// Which of the fagsystems' error codes it answered with: each has a number, from 1.
    pub code: Option<u16>,
    /// About how many milliseconds the fagsystem took to answer.
    pub answer_ms: Option<u32>,
    /// About how many milliseconds the call took.
    pub total_ms: u32,
    /// The call, by its place in the journal from 1, whose acceptance this one was answered with.
    pub repeats: Option<u32>,
    /// The call whose fagsystem alone may get the message.
    pub follows: Option<u32>,
    /// The call of another message with the same number.
    pub differs_from: Option<u32>,
}
