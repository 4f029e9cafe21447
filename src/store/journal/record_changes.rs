use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::{JournalEntry, Outcome};
use crate::reasons::Reason;
use crate::rules::{Cvr, FagsystemId};
use crate::store::OutcomeGroup;
use crate::store::time::nanoseconds;

/// The changes to delivery records since the last commit, in the order of the outcomes.
#[derive(Debug, Default)]
pub(super) struct RecordChanges(HashMap<(Cvr, FagsystemId), RecordChange>);

#[derive(Debug, Default)]
struct RecordChange {
    accepted: Option<Timestamp>,
    /// Since then.
    failures: i64,
    first_failure: Option<Timestamp>,
    last_failure: Option<(Timestamp, Outcome, Option<Reason>)>,
}

impl JournalEntry {
    /// What the outcome of a message says about its fagsystem; nothing when the message was never sent to it.
    #[must_use]
    pub fn says_of_fagsystem(&self) -> Option<OutcomeGroup> {
        let group = OutcomeGroup::of(self.outcome);
        let was_sent = group != OutcomeGroup::Refused && self.reason != Some(Reason::OtherContent);
        (was_sent && self.routed.is_some() && self.repeats.is_none()).then_some(group)
    }
}

impl RecordChanges {
    /// Counts a message that has an outcome.
    pub fn count(&mut self, entry: &JournalEntry) {
        let Some((routed, group)) = entry.routed.as_ref().zip(entry.says_of_fagsystem()) else { return };
        let change = self.0.entry((routed.authority, routed.fagsystem.clone())).or_default();
        if group == OutcomeGroup::Accepted {
            change.accepted = change.accepted.max(Some(entry.received_at));
            (change.failures, change.first_failure) = (0, None);
        } else {
            change.failures += 1;
            change.first_failure.get_or_insert(entry.received_at);
            change.last_failure = Some((entry.received_at, entry.outcome, entry.reason));
        }
    }

    pub fn write(self, connection: &Connection) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO standings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT DO UPDATE
             SET last_accepted = coalesce(max(last_accepted, excluded.last_accepted), excluded.last_accepted,
                                          last_accepted),
                 failures = excluded.failures + iif(excluded.last_accepted IS NULL, failures, 0),
                 first_failure = coalesce(iif(excluded.last_accepted IS NULL, first_failure, NULL),
                                          excluded.first_failure),
                 last_outcome = iif(excluded.last_failure IS NULL, last_outcome, excluded.last_outcome),
                 last_reason = iif(excluded.last_failure IS NULL, last_reason, excluded.last_reason),
                 last_failure = coalesce(excluded.last_failure, last_failure)",
        )?;
        for ((authority, fagsystem), change) in self.0 {
            statement.execute(params![
                authority.to_string(),
                fagsystem.as_str(),
                change.accepted.map(nanoseconds),
                change.failures,
                change.first_failure.map(nanoseconds),
                change.last_failure.map(|(at, _, _)| nanoseconds(at)),
                change.last_failure.map(|(_, outcome, _)| outcome.code()),
                change.last_failure.and_then(|(_, _, reason)| reason).map(Reason::code),
            ])?;
        }
        Ok(())
    }
}
