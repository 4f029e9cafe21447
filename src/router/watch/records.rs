use std::sync::Arc;

use super::metrics::Metrics;
use super::refusal_budget::RefusalBudget;
use crate::router::rules_in_force::RulesInForce;
use crate::store::{Journal, JournalEntry, JournalError};

/// Where it is recorded what becomes of messages and callers.
#[derive(Clone)]
pub(in crate::router) struct Records {
    pub journal: Journal,
    /// Knows whether the journal can be written, and so whether the router can take messages.
    pub rules: Arc<RulesInForce>,
    pub metrics: Arc<Metrics>,
    /// How many refusals of a kind are reported.
    pub refusals: Arc<RefusalBudget>,
}

impl Records {
    /// Writes a row of its own to the journal.
    pub async fn write(&self, entry: &JournalEntry) -> Result<(), JournalError> {
        let written = self.journal.record(entry.clone()).await;
        self.rules.note_journal_result(written.as_ref().err());
        written
    }
}
