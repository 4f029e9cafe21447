//! Replays the journal's messages by other rules.

use std::sync::Arc;

use super::services::Services;
use crate::desktop::model::error::Error;
use crate::exchange::Progress;
use crate::rules::{Distributor, Replay};
use crate::store::{JournalRow, ReplayQuestion};

/// Which messages are replayed, and by which rules.
#[derive(Debug, Clone)]
pub struct ReplayRequest {
    pub rules: Arc<Distributor>,
    pub question: ReplayQuestion,
    pub progress: Arc<Progress>,
}

impl Services {
    /// Where the messages would go; `None` when it was stopped.
    pub async fn replay(self: Arc<Self>, request: ReplayRequest) -> Result<Option<Replay>, Error> {
        let ReplayRequest { rules, question, progress } = request;
        self.with_store(move |store| Ok(store.replay(&rules, &question, &progress)?)).await
    }

    /// The journal's rows with those numbers.
    pub async fn journal_rows(self: Arc<Self>, numbers: Vec<i64>) -> Result<Vec<JournalRow>, Error> {
        self.with_store(move |store| Ok(store.journal_rows(&numbers)?)).await
    }
}
