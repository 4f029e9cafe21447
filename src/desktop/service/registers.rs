//! The registers that all authorities share: the KLE plan.

use std::sync::Arc;

use super::services::Services;
use crate::desktop::model::error::Error;
use crate::rules::KlePlan;
use crate::store::{Store, StoreError};

/// What KLE numbers mean, as the store has it.
#[derive(Debug, Clone)]
pub struct SavedKlePlan {
    /// Grows with every plan that is saved.
    pub revision: i64,
    /// The plan; empty where only the main groups that are built in count.
    pub plan: Arc<KlePlan>,
}

impl SavedKlePlan {
    /// A stored plan that can no longer be read counts as none: importing KL's file again brings it back.
    pub(super) fn find(store: &Store) -> Result<Self, Error> {
        let revision = store.kle_plan_revision()?;
        let plan = match store.kle_plan() {
            Err(StoreError::Damaged { .. }) => None,
            found => found?,
        };
        Ok(Self { revision, plan: Arc::new(plan.unwrap_or_default()) })
    }
}

impl Services {
    /// Saves a plan for every window on the data directory. `None` goes back to the main groups that are built in.
    pub async fn save_kle_plan(self: Arc<Self>, plan: Option<Arc<KlePlan>>) -> Result<SavedKlePlan, Error> {
        self.with_store(move |store| {
            let revision = match &plan {
                Some(plan) => store.save_kle_plan(plan)?,
                None => store.forget_kle_plan()?,
            };
            Ok(SavedKlePlan { revision, plan: plan.unwrap_or_default() })
        })
        .await
    }
}
