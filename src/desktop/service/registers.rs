//! What is read from files and kept of the registers that all authorities share.

use std::sync::Arc;

use super::services::Services;
use crate::desktop::model::error::Error;
use crate::rules::KlePlan;
use crate::store::{Store, StoreError};

/// What KLE numbers mean, as the store has it.
#[derive(Debug, Clone)]
pub struct SavedKlePlan {
    /// Grows whenever another plan is kept.
    pub revision: i64,
    /// The plan.
    pub plan: Arc<KlePlan>,
}

impl SavedKlePlan {
    /// A plan that cannot be read any more is none: KL's file brings it back.
    pub fn find(store: &Store) -> Result<Self, Error> {
        let revision = store.kle_plan_revision()?;
        let plan = match store.kle_plan() {
            Err(StoreError::Damaged { .. }) => None,
            found => found?,
        };
        Ok(Self { revision, plan: Arc::new(plan.unwrap_or_default()) })
    }
}

impl Services {
    /// Keeps a plan, for every window on the data directory; without one, the main groups that are built in count again.
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
