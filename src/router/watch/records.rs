use std::sync::Arc;

use super::metrics::Metrics;
use super::refusal_budget::RefusalBudget;
use crate::router::rules_in_force::RulesInForce;
use crate::store::{Journal, JournalEntry, JournalError};

/// Where the outcomes of messages and callers are recorded.
#[derive(Clone)]
pub(in crate::router) struct Records {
    pub journal: Journal,
    /// Learns whether the journal can be written, and so whether the router can take messages.
    pub rules: Arc<RulesInForce>,
    pub metrics: Arc<Metrics>,
    /// Limits how many refusals of a kind are reported.
    pub refusals: Arc<RefusalBudget>,
}

impl Records {
    /// Writes a row to the journal that belongs to no message under way.
    pub async fn write(&self, entry: &JournalEntry) -> Result<(), JournalError> {
        let written = self.journal.record(entry.clone()).await;
        self.rules.note_journal_result(written.as_ref().err());
        written
    }
}
