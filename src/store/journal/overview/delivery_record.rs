use jiff::{SignedDuration, Timestamp};

use super::counts::whole;
use crate::store::engine::{self, Row};
use crate::store::time::timestamp;
use crate::store::{Outcome, Reason};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Digital Post deactivates a system after this many days without success.
const DEACTIVATED_AFTER: i32 = 7;

/// What a fagsystem accepted last, and what it has not accepted since.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// When the last message came that it accepted; `None` when it never accepted any.
    pub last_accepted: Option<Timestamp>,
    /// How many messages it has not accepted since.
    pub failures: u64,
    /// When the first of them came.
    pub failing_since: Option<Timestamp>,
    /// The last message that it did not accept, however long ago.
    pub last_failure: Option<DeliveryFailure>,
}

/// A message that a fagsystem did not accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryFailure {
    /// When it came.
    pub at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, if the fagsystem did not get it or gave no proper answer.
    pub reason: Option<Reason>,
}

/// How soon Digital Post deactivates a fagsystem, which it does after seven days without success.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Less than five days have passed.
    Calm,
    /// Five days have passed.
    Soon,
    /// Six days have passed.
    VerySoon,
    /// Seven days have passed.
    Over,
}

impl DeliveryRecord {
    /// Whether any message was ever sent to it.
    #[must_use]
    pub fn was_tried(&self) -> bool {
        self.last_accepted.is_some() || self.last_failure.is_some()
    }

    /// Since when it has had no success: since the last message that it accepted, or, when it never accepted any, since
    /// the first that it did not. `None` when no message was ever sent to it.
    #[must_use]
    pub fn without_success_since(&self) -> Option<Timestamp> {
        self.last_accepted.or(self.failing_since)
    }

    /// When Digital Post deactivates it, unless it accepts a message before. `None` when no message was ever sent to it.
    #[must_use]
    pub fn deactivation(&self) -> Option<Timestamp> {
        self.without_success_since()?.checked_add(DAY * DEACTIVATED_AFTER).ok()
    }

    /// How soon that is. `None` when no message was ever sent to it.
    #[must_use]
    pub fn urgency(&self, now: Timestamp) -> Option<Urgency> {
        let passed = now.duration_since(self.without_success_since()?);
        let days = passed.as_secs().div_euclid(DAY.as_secs());
        Some(match days {
            ..=4 => Urgency::Calm,
            5 => Urgency::Soon,
            6 => Urgency::VerySoon,
            _ => Urgency::Over,
        })
    }

    /// Reads a row of `standings`.
    pub(super) fn of_row(row: &Row<'_>) -> engine::Result<Self> {
        let text = |column: usize| row.get_ref(column).map(|value| value.as_str().ok());
        let moment = |column: usize| row.get::<Option<i64>>(column).map(|at| at.map(timestamp));
        let outcome = text(6)?.and_then(Outcome::from_code);
        let reason = text(7)?.and_then(Reason::from_code);
        let last_failure = moment(5)?.zip(outcome).map(|(at, outcome)| DeliveryFailure { at, outcome, reason });
        Ok(Self { last_accepted: moment(2)?, failures: whole(row, 3)?, failing_since: moment(4)?, last_failure })
    }
}
