use std::time::Duration;

use super::{JournalEntry, Outcome};
use crate::reasons::Reason;
use crate::rules::{Cvr, FagsystemId};
use crate::store::engine::{self, Row};
use crate::store::time::nanoseconds;

/// What is counted of a call that has ended.
#[derive(Debug)]
pub(super) struct EndedCall {
    /// When it came.
    pub received_at: i64,
    /// The fagsystem that it went to.
    pub to: Option<(Cvr, FagsystemId)>,
    /// Whether it went there because no rule decided.
    pub is_by_default: bool,
    pub outcome: Outcome,
    pub reason: Option<Reason>,
    pub bytes: u64,
    pub total: Duration,
    /// Whether it was answered with what became of an earlier one.
    pub is_repeat: bool,
}

impl EndedCall {
    /// The columns that [`EndedCall::read`] reads.
    pub const COLUMNS: &str = "received_at, authority, fagsystem, priority, outcome, reason, bytes, total_us, repeats";

    pub fn of(entry: &JournalEntry) -> Self {
        let routed = entry.routed.as_ref();
        Self {
            received_at: nanoseconds(entry.received_at),
            to: routed.map(|routed| (routed.authority, routed.fagsystem.clone())),
            is_by_default: routed.is_some_and(|routed| routed.priority.is_none()),
            outcome: entry.outcome,
            reason: entry.reason,
            bytes: entry.bytes,
            total: entry.timing.total,
            is_repeat: entry.repeats.is_some(),
        }
    }

    /// The call of that row; `None` where its outcome is a word that this version does not know.
    pub fn read(row: &Row<'_>) -> engine::Result<Option<Self>> {
        let text = |column: usize| row.get_ref(column).map(|value| value.as_str().ok());
        let Some(outcome) = text(4)?.and_then(Outcome::from_code) else { return Ok(None) };
        let authority = text(1)?.and_then(|cvr| cvr.parse().ok());
        let to = authority.zip(text(2)?.and_then(FagsystemId::new));
        Ok(Some(Self {
            received_at: row.get(0)?,
            is_by_default: to.is_some() && row.get::<Option<i64>>(3)?.is_none(),
            to,
            outcome,
            reason: text(5)?.and_then(Reason::from_code),
            bytes: u64::try_from(row.get::<i64>(6)?).unwrap_or_default(),
            total: Duration::from_micros(u64::try_from(row.get::<i64>(7)?).unwrap_or_default()),
            is_repeat: row.get::<Option<i64>>(8)?.is_some(),
        }))
    }

    /// Whether it says nothing of its fagsystem that this got no proper answer: it was never sent there, or the router ended
    /// meanwhile.
    pub fn was_not_tried(&self) -> bool {
        matches!(
            self.reason,
            Some(
                Reason::Paused
                    | Reason::Removed
                    | Reason::Busy
                    | Reason::OtherContent
                    | Reason::BeyondTraining
                    | Reason::NoAccess
                    | Reason::Unencrypted
                    | Reason::Ended
            )
        )
    }
}
