use std::collections::{BTreeMap, HashMap};

use super::ended::EndedCall;
use super::{JournalEntry, Outcome};
use crate::reasons::Reason;
use crate::rules::{Cvr, FagsystemId};
use crate::store::OutcomeGroup;
use crate::store::engine::{self, Connection, params};

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

    pub fn write(self, connection: &Connection) -> engine::Result<()> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO standings AS known VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (authority, fagsystem) DO UPDATE
             SET last_accepted = coalesce(max(known.last_accepted, excluded.last_accepted), excluded.last_accepted,
                                          known.last_accepted),
                 failures = excluded.failures + CASE WHEN excluded.last_accepted IS NULL THEN known.failures ELSE 0 END,
                 first_failure = coalesce(CASE WHEN excluded.last_accepted IS NULL THEN known.first_failure END,
                                          excluded.first_failure),
                 last_outcome = CASE WHEN excluded.last_failure IS NULL THEN known.last_outcome
                                     ELSE excluded.last_outcome END,
                 last_reason = CASE WHEN excluded.last_failure IS NULL THEN known.last_reason
                                    ELSE excluded.last_reason END,
                 last_failure = coalesce(excluded.last_failure, known.last_failure)",
        )?;
        // Always in the same order, so that no two routers wait for each other.
        let in_words = |(authority, fagsystem): (Cvr, FagsystemId)| (authority.to_string(), fagsystem.to_string());
        let changes: BTreeMap<_, _> = self.0.into_iter().map(|(to, change)| (in_words(to), change)).collect();
        for ((authority, fagsystem), change) in changes {
            statement.execute(params![
                authority,
                fagsystem,
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
