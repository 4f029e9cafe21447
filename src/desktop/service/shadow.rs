//! Follows the mail with a draft, without delivering anything: all of it is read from the journal, so that the router does
//! nothing for it.

use std::sync::Arc;

use jiff::Timestamp;

use super::services::Services;
use crate::desktop::model::error::Error;
use crate::desktop::model::shadow::ShadowReport;
use crate::rules::Distributor;
use crate::store::{ShadowRun, Store, WindowSettings};

impl Services {
    /// Begins to follow the mail that comes from now on with the draft of that revision.
    pub async fn begin_shadow(self: Arc<Self>, revision: i64, now: Timestamp) -> Result<(), Error> {
        self.with_store(move |store| {
            let run = ShadowRun { after: store.newest_message_number()?, revision, begun_at: now };
            save(store, Some(run))
        })
        .await
    }

    /// Follows it no longer.
    pub async fn drop_shadow(self: Arc<Self>) -> Result<(), Error> {
        self.with_store(|store| save(store, None)).await
    }

    /// What a draft would have done with the mail since the run began, or since a row of it that is known; `None` when
    /// nothing is being followed.
    pub async fn shadow(
        self: Arc<Self>,
        draft: Arc<Distributor>,
        known: Option<(ShadowRun, i64)>,
    ) -> Result<Option<(ShadowRun, ShadowReport)>, Error> {
        self.with_store(move |store| {
            let Some(run) = store.window_settings()?.shadow else { return Ok(None) };
            let after = known.filter(|(known, _)| *known == run).map_or(run.after, |(_, newest)| newest);
            let mut report = ShadowReport::default();
            report.newest = store.routed_messages(after, |message| report.follow(message, &draft))?;
            Ok(Some((run, report)))
        })
        .await
    }
}

/// On a connection of its own, so that polling notices the write, in this window too.
fn save(store: &Store, shadow: Option<ShadowRun>) -> Result<(), Error> {
    let own = store.reopen()?;
    let before = own.window_settings()?;
    Ok(own.save_changed_window_settings(before, WindowSettings { shadow, ..before })?)
}
