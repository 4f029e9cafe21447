//! What the journal says of the past as a whole.

use std::sync::Arc;

use jiff::Timestamp;

use super::services::Services;
use crate::desktop::model::error::Error;
use crate::desktop::model::journal_summary::JournalSummary;
use crate::store::{Overview, OverviewPeriod, Publication};

/// Which part of the journal is to be summarised.
#[derive(Debug, Clone, Copy)]
pub struct SummaryRequest {
    /// The number of the newest message that is known: only newer ones are read.
    pub newest: i64,
    /// Messages and hits count from then on.
    pub since: Timestamp,
}

impl Services {
    /// The figures of a period, and how each fagsystem answered.
    pub async fn overview(self: Arc<Self>, period: OverviewPeriod, now: Timestamp) -> Result<Overview, Error> {
        self.with_store(move |store| Ok(store.overview(period, now)?)).await
    }

    /// Confirms that the machine's clock is right after a jump, so that the journal forgets old messages again.
    pub async fn confirm_clock(self: Arc<Self>, now: Timestamp) -> Result<(), Error> {
        // On a connection of its own, so that polling notices the write.
        self.with_store(move |store| Ok(store.reopen()?.confirm_clock(now)?)).await
    }

    /// Reads the messages that are not known yet, and counts the hits of all rules anew.
    pub async fn read_journal(
        self: Arc<Self>,
        known: SummaryRequest,
        newest: Arc<Publication>,
    ) -> Result<JournalSummary, Error> {
        let this = Arc::clone(&self);
        self.with_store(move |store| {
            // On a connection of its own: a million rows take a while, and nothing else should wait for them.
            let own = store.reopen()?;
            let traffic = own.traffic(known.since, known.newest)?;
            let hits = this.hits.count(&own, known.since, &newest)?;
            Ok(JournalSummary { traffic: Arc::new(traffic), since: Some(known.since), hits, version: 0 })
        })
        .await
    }
}
