use crate::rules::{Cvr, FagsystemId, Priority, SenderKind};
use crate::store::{JournalRow, Outcome, PublicationNumber};

/// What became of a message, as far as the map tells it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// The fagsystem has not answered yet.
    UnderWay,
    Accepted,
    Rejected,
    /// The fagsystem certainly does not have it.
    Unavailable,
    /// The fagsystem may have it or not.
    Unknown,
    /// The router refused it, whatever the rules say.
    Refused,
}

impl Fate {
    pub const ALL: [Self; 6] =
        [Self::UnderWay, Self::Accepted, Self::Rejected, Self::Unavailable, Self::Unknown, Self::Refused];

    pub fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::UnderWay => Self::UnderWay,
            Outcome::Accepted => Self::Accepted,
            Outcome::Rejected => Self::Rejected,
            Outcome::Unavailable | Outcome::Busy => Self::Unavailable,
            Outcome::Unknown => Self::Unknown,
            Outcome::NotWritten
            | Outcome::Invalid
            | Outcome::NemSms
            | Outcome::TooLarge
            | Outcome::UnknownRecipient
            | Outcome::Reused
            | Outcome::NotAllowed
            | Outcome::BrokenOff => Self::Refused,
        }
    }
}

/// Why a message has no way on the map that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoWay {
    /// The map is of another day than the one on which it came.
    OtherDay,
    OtherAuthority,
    /// No rule was asked: the router refused it before.
    Undecided,
    /// Another publication decided than the one that the map is drawn by.
    OtherPublication,
    /// The rule, or its fagsystem, is another one or none on the map.
    OtherRules,
    /// What is looked into is another part of the map.
    OutOfSight,
}

/// A message that travels, or several of one kind that travel as one.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// The latest of them.
    pub row: JournalRow,
    pub count: u64,
    /// Whether its outcome can no longer be followed.
    pub is_lost: bool,
}

/// Messages for which that is the same can travel as one.
#[derive(PartialEq)]
struct Kind<'a> {
    authority: Option<Cvr>,
    sender: Option<SenderKind>,
    publication: Option<PublicationNumber>,
    rule: Option<Priority>,
    fagsystem: Option<&'a FagsystemId>,
    fate: Fate,
}

impl Parcel {
    pub fn of(row: JournalRow) -> Self {
        Self { row, count: 1, is_lost: false }
    }

    pub fn fate(&self) -> Fate {
        Fate::of(self.row.outcome)
    }

    /// Whether it waits for the answer of its fagsystem.
    pub fn is_unanswered(&self) -> bool {
        self.fate() == Fate::UnderWay && !self.is_lost
    }

    pub fn is_like(&self, row: &JournalRow) -> bool {
        kind(&self.row) == kind(row)
    }
}

fn kind(row: &JournalRow) -> Kind<'_> {
    Kind {
        authority: row.authority,
        sender: row.sender,
        publication: row.publication,
        rule: row.priority,
        fagsystem: row.fagsystem.as_ref(),
        fate: Fate::of(row.outcome),
    }
}
