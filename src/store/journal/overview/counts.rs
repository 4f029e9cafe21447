use std::time::Duration;

use crate::store::engine::{self, Row};
use crate::store::journal::entry::Outcome;
use crate::store::journal::limits::LIMITS;

/// How the overview classifies an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutcomeGroup {
    /// The fagsystem accepted.
    Accepted,
    /// The fagsystem rejected.
    Rejected,
    /// The fagsystem did not get it, or it is unknown whether it did.
    Unavailable,
    /// It never reached a fagsystem.
    Refused,
}

impl OutcomeGroup {
    /// The final outcomes that belong to this group.
    pub fn outcomes(self) -> impl Iterator<Item = Outcome> {
        Outcome::all().filter(move |outcome| Self::of(*outcome) == self && *outcome != Outcome::UnderWay)
    }

    /// Every group, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Accepted, Self::Rejected, Self::Unavailable, Self::Refused];

    /// The group of an outcome; what is still under way counts as not accepted.
    #[must_use]
    pub fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Accepted => Self::Accepted,
            Outcome::Rejected => Self::Rejected,
            Outcome::Unavailable | Outcome::UnderWay | Outcome::Unknown => Self::Unavailable,
            Outcome::Busy
            | Outcome::NotWritten
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

/// Counts of messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// By their outcome, in the order of [`OutcomeGroup::ALL`].
    by_group: [u64; OutcomeGroup::ALL.len()],
    /// How many went to a default recipient because no rule matched.
    pub by_default: u64,
    /// The response times of those that a fagsystem was found for.
    pub answers: Answers,
}

/// The response times of messages that a fagsystem was found for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers {
    /// How many there are.
    pub count: u64,
    /// The longest that any of them took.
    pub slowest: Duration,
    within: [u64; LIMITS.len()],
}

impl Answers {
    /// How many were answered within that time; `None` unless it is one of 100 ms, 300 ms, 1 s, 1.5 s and 4 s.
    #[must_use]
    pub fn within(&self, limit: Duration) -> Option<u64> {
        LIMITS.iter().position(|it| *it == limit).map(|at| self.within[at])
    }

    /// The shortest of those times that half of the messages were answered within: `None` when there are none, or when
    /// it took more than 4 s.
    #[must_use]
    pub fn median_within(&self) -> Option<Duration> {
        let at = self.within.iter().position(|count| self.count > 0 && count * 2 >= self.count);
        at.map(|at| LIMITS[at])
    }

    fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.slowest = self.slowest.max(other.slowest);
        for (count, more) in self.within.iter_mut().zip(other.within) {
            *count += more;
        }
    }
}

impl Counts {
    /// How many there are.
    #[must_use]
    pub fn messages(&self) -> u64 {
        self.by_group.iter().sum()
    }

    /// How many messages belong to that group.
    #[must_use]
    pub fn of(&self, group: OutcomeGroup) -> u64 {
        self.by_group[group as usize]
    }

    /// How many a fagsystem was found for and did not accept.
    #[must_use]
    pub fn failed(&self) -> u64 {
        self.of(OutcomeGroup::Rejected) + self.of(OutcomeGroup::Unavailable)
    }

    pub(super) fn add(&mut self, other: &Self) {
        for (count, more) in self.by_group.iter_mut().zip(other.by_group) {
            *count += more;
        }
        self.by_default += other.by_default;
        self.answers.add(&other.answers);
    }

    /// Reads a row of `hours` from its column `by_default` on.
    pub(super) fn of_row(row: &Row<'_>, outcome: Outcome, has_receiver: bool) -> engine::Result<Self> {
        const BY_DEFAULT: usize = 4;
        let messages = whole(row, BY_DEFAULT + 1)?;
        let mut counts = Self::default();
        counts.by_group[OutcomeGroup::of(outcome) as usize] = messages;
        if has_receiver {
            if row.get(BY_DEFAULT)? {
                counts.by_default = messages;
            }
            counts.answers.count = messages;
            for (count, column) in counts.answers.within.iter_mut().zip(BY_DEFAULT + 2..) {
                *count = whole(row, column)?;
            }
            counts.answers.slowest = Duration::from_micros(whole(row, BY_DEFAULT + 2 + LIMITS.len())?);
        }
        Ok(counts)
    }
}

pub(super) fn whole(row: &Row<'_>, column: usize) -> engine::Result<u64> {
    Ok(u64::try_from(row.get::<i64>(column)?).unwrap_or_default())
}
