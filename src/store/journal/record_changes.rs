use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::ended::EndedCall;
use super::{JournalEntry, Outcome};
use crate::reasons::Reason;
use crate::rules::{Cvr, FagsystemId};
use crate::store::OutcomeGroup;

/// The changes to delivery records by calls, counted in the order in which they ended.
#[derive(Debug, Default)]
pub(super) struct RecordChanges(HashMap<(Cvr, FagsystemId), RecordChange>);

#[derive(Debug, Default)]
struct RecordChange {
    accepted: Option<i64>,
    /// Since then.
    failures: i64,
    first_failure: Option<i64>,
    last_failure: Option<(i64, Outcome, Option<Reason>)>,
}

impl JournalEntry {
    /// What the outcome of a message says about its fagsystem; nothing when the message was never sent to it.
    #[must_use]
    pub fn says_of_fagsystem(&self) -> Option<OutcomeGroup> {
        let was_sent = self.routed.is_some() && self.repeats.is_none();
        what_is_said(self.outcome, self.reason).filter(|_| was_sent)
    }
}

/// What an outcome says about a fagsystem that a call was to go to.
fn what_is_said(outcome: Outcome, reason: Option<Reason>) -> Option<OutcomeGroup> {
    let group = OutcomeGroup::of(outcome);
    (group != OutcomeGroup::Refused && reason != Some(Reason::OtherContent)).then_some(group)
}

impl RecordChanges {
    /// Counts a call that has ended and repeated no other.
    pub fn count(&mut self, call: &EndedCall) {
        let Some((to, group)) = call.to.clone().zip(what_is_said(call.outcome, call.reason)) else { return };
        let change = self.0.entry(to).or_default();
        let at = call.received_at;
        if group == OutcomeGroup::Accepted {
            change.accepted = change.accepted.max(Some(at));
            (change.failures, change.first_failure) = (0, None);
        } else {
            change.failures += 1;
            change.first_failure.get_or_insert(at);
            change.last_failure = Some((at, call.outcome, call.reason));
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
                change.accepted,
                change.failures,
                change.first_failure,
                change.last_failure.map(|(at, _, _)| at),
                change.last_failure.map(|(_, outcome, _)| outcome.code()),
                change.last_failure.and_then(|(_, _, reason)| reason).map(Reason::code),
            ])?;
        }
        Ok(())
    }
}
