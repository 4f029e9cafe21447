use std::fmt;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::criterion::Criterion;
use super::fagsystem::FagsystemId;
use super::validity::Validity;
use crate::rules::facts::SenderKind;

/// One condition, one fagsystem, a priority and a validity (*regel*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its place in the order, unique within the authority.
    #[serde(rename = "prioritet")]
    pub priority: Priority,
    /// The fagsystem that gets the messages the rule decides.
    pub fagsystem: FagsystemId,
    /// The senders whose messages it matches.
    pub segment: Segment,
    /// The one fact of the message that it looks at, and the value it requires.
    #[serde(flatten)]
    pub criterion: Criterion,
    /// The days on which it applies.
    #[serde(flatten)]
    pub validity: Validity,
    /// Whether it is switched on. One that is switched off matches nothing.
    #[serde(rename = "aktiv")]
    pub active: bool,
    /// A note to colleagues; plays no part in decisions.
    pub note: String,
}

impl Rule {
    /// A rule for every sender, switched on and without a note.
    #[must_use]
    pub fn new(priority: Priority, criterion: Criterion, fagsystem: FagsystemId, validity: Validity) -> Self {
        Self { priority, fagsystem, segment: Segment::Everyone, criterion, validity, active: true, note: String::new() }
    }
}

/// A rule's place in the order of evaluation (*prioritet*): a whole number from 1. The lowest number comes first, and of
/// several rules that match, it decides.
///
/// ```
/// use postfordeler::rules::Priority;
/// assert!(Priority::new(1) < Priority::new(25));
/// assert_eq!(Priority::new(0), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Priority(NonZeroU32);

impl Priority {
    /// The priority with that number; `None` for 0.
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        NonZeroU32::new(number).map(Self)
    }

    /// The number, 1 or more.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which senders a rule is for (*segment*). [`SenderKind`] says how the kind of a sender is determined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Segment {
    /// Every sender (*alle*).
    #[serde(rename = "alle")]
    Everyone,
    /// Citizens (*person*).
    #[serde(rename = "person")]
    Person,
    /// Companies (*virksomhed*).
    #[serde(rename = "virksomhed")]
    Company,
    /// Authorities (*myndighed*).
    #[serde(rename = "myndighed")]
    Authority,
}

impl Segment {
    /// Each with its word in files.
    pub const WORDS: [(&str, Self); 4] = [
        ("alle", Self::Everyone),
        ("person", Self::Person),
        ("virksomhed", Self::Company),
        ("myndighed", Self::Authority),
    ];

    /// All of them.
    pub const ALL: [Self; 4] = [Self::Everyone, Self::Person, Self::Company, Self::Authority];

    /// Whether a sender of that kind belongs to the segment. A sender of no known kind belongs to `Everyone` alone.
    #[must_use]
    pub fn includes(self, sender: SenderKind) -> bool {
        match self {
            Self::Everyone => true,
            Self::Person => sender == SenderKind::Person,
            Self::Company => sender == SenderKind::Company,
            Self::Authority => sender == SenderKind::Authority,
        }
    }
}
