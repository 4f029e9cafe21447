//! How far the service agreement is kept, and the service windows that do not count.

use std::sync::Arc;

use jiff::Timestamp;

use super::services::Services;
use crate::desktop::model::error::Error;
use crate::service_level::{Part, ServiceWindow};
use crate::store::PartLevels;

impl Services {
    /// What was kept in each of those parts, and every service window.
    pub async fn service_levels(
        self: Arc<Self>,
        parts: Vec<Part>,
        now: Timestamp,
    ) -> Result<(Vec<PartLevels>, Vec<ServiceWindow>), Error> {
        self.with_store(move |store| Ok((store.service_levels(&parts, false, now)?, store.service_windows()?))).await
    }

    /// The same for one month, day by day, with what was lost.
    pub async fn days_of_service(self: Arc<Self>, month: Part, now: Timestamp) -> Result<Vec<PartLevels>, Error> {
        self.with_store(move |store| Ok(store.service_levels(&month.days(), true, now)?)).await
    }

    /// Enters a service window. Returns false, and enters nothing, if there are as many as there may be.
    pub async fn enter_service_window(self: Arc<Self>, window: ServiceWindow) -> Result<bool, Error> {
        // On a connection of its own, so that polling notices the write.
        self.with_store(move |store| Ok(store.reopen()?.enter_service_window(&window)?.is_some())).await
    }

    /// Deletes a service window.
    pub async fn delete_service_window(self: Arc<Self>, number: i64) -> Result<(), Error> {
        self.with_store(move |store| Ok(store.reopen()?.delete_service_window(number)?)).await
    }
}
