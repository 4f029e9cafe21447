//! On which days rules decide, worked out away from the window: for ten thousand rules it takes noticeable time.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::services::Services;
use crate::rules::{Cvr, RuleBook, Schedule};

impl Services {
    /// On which days the rules of an authority decide; `None` when the book has no such authority.
    pub async fn schedule(self: Arc<Self>, book: Arc<RuleBook>, authority: Cvr) -> Option<Arc<Schedule>> {
        spawn_blocking(move || book.schedule(authority).map(Arc::new)).await.unwrap_or_default()
    }
}
