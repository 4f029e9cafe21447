//! What is read from files and kept of the registers that all authorities share.

use std::path::PathBuf;
use std::sync::Arc;
use std::{fs, io};

use tokio::task::spawn_blocking;

use super::{Services, Trouble};
use crate::exchange::{KlePlanRead, KleTrouble, LARGEST_KLE_PLAN, Progress, read_kle_plan};
use crate::rules::KlePlan;
use crate::store::{Store, StoreError};

/// What KLE numbers mean, as the store has it.
#[derive(Debug, Clone)]
pub struct KeptKlePlan {
    /// Grows whenever another plan is kept.
    pub revision: i64,
    /// The plan.
    pub plan: Arc<KlePlan>,
}

impl KeptKlePlan {
    /// A plan that cannot be read any more is none: KL's file brings it back.
    pub(super) fn find(store: &Store) -> Result<Self, Trouble> {
        let revision = store.kle_plan_revision()?;
        let plan = match store.kle_plan() {
            Err(StoreError::Damaged { .. }) => None,
            found => found?,
        };
        Ok(Self { revision, plan: Arc::new(plan.unwrap_or_default()) })
    }
}

impl Services {
    /// Reads KL's plan from a file. Nothing is kept of it yet.
    #[expect(dead_code, reason = "the screen of files will ask for it")]
    pub async fn read_kle_file(path: PathBuf, progress: Arc<Progress>) -> Result<KlePlanRead, Trouble> {
        let read = move || {
            let failed =
                |error: io::Error| Trouble::File { path: path.display().to_string(), reason: error.to_string() };
            if fs::metadata(&path).map_err(failed)?.len() > LARGEST_KLE_PLAN {
                return Err(KleTrouble::TooLarge.into());
            }
            let bytes = fs::read(&path).map_err(failed)?;
            Ok(read_kle_plan(&bytes, &progress)?)
        };
        spawn_blocking(read).await.unwrap_or(Err(Trouble::Lost))
    }

    #[expect(dead_code, reason = "the screen of files will ask for it")]
    /// Keeps a plan, for every window on the data directory; without one, the main groups that are built in count again.
    pub async fn keep_kle_plan(self: Arc<Self>, plan: Option<Arc<KlePlan>>) -> Result<KeptKlePlan, Trouble> {
        self.with_store(move |store| {
            let revision = match &plan {
                Some(plan) => store.save_kle_plan(plan)?,
                None => store.forget_kle_plan()?,
            };
            Ok(KeptKlePlan { revision, plan: plan.unwrap_or_default() })
        })
        .await
    }
}
