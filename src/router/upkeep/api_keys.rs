use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::task::spawn_blocking;

use crate::router::connection::protection::Authorizer;
use crate::router::watch::metrics::Metrics;
use crate::router::written::Written;
use crate::store::{ApiKeyUses, ApiKeys, Store, StoreError};

/// How precisely the last use of a key is stored.
const USE_INTERVAL: Duration = Duration::from_mins(1);

/// Has the authorizer require the keys of the store, once they differ from those at the start, and stores when they are used,
/// until the router stops.
pub(in crate::router) async fn follow_keys(
    authorizer: Arc<Authorizer>,
    store: Store,
    kept: Option<ApiKeys>,
    metrics: Arc<Metrics>,
    mut written: Written,
) {
    let mut keys =
        KeysFollowed { authorizer, store, metrics, seen: None, kept, written: BTreeMap::new(), is_damaged: false };
    let mut is_over = false;
    while !is_over {
        is_over = !written.wait().await;
        let looked = spawn_blocking(move || {
            keys.look(is_over);
            keys
        });
        match looked.await {
            Ok(this) => keys = this,
            Err(error) => {
                tracing::error!(%error, "API keys are not looked after any more");
                return;
            }
        }
    }
}

struct KeysFollowed {
    authorizer: Arc<Authorizer>,
    store: Store,
    metrics: Arc<Metrics>,
    /// The version of the store when it was last checked.
    seen: Option<i64>,
    /// The keys of the store when it was last checked. A router may have been started with keys that the store does not have,
    /// which must not open it to everybody.
    kept: Option<ApiKeys>,
    /// The uses that have been stored.
    written: ApiKeyUses,
    is_damaged: bool,
}

impl KeysFollowed {
    fn look(&mut self, is_over: bool) {
        match self.store.data_version() {
            Ok(version) if self.seen != Some(version) => {
                let keys = self.store.api_keys();
                // What cannot be read now is tried again.
                self.seen = (!matches!(keys, Err(StoreError::Database(_)))).then_some(version);
                self.apply(keys);
            }
            // That the database cannot be read is reported elsewhere.
            _ => {}
        }
        self.store_uses(is_over);
    }

    fn apply(&mut self, keys: Result<Option<ApiKeys>, StoreError>) {
        match keys {
            Ok(keys) => {
                self.metrics.file_in_force("api_keys", true);
                let count = keys.as_ref().map(ApiKeys::len);
                if std::mem::take(&mut self.is_damaged) {
                    tracing::info!("the API keys can be read again");
                }
                let is_changed = std::mem::replace(&mut self.kept, keys.clone()) != keys;
                if !is_changed || !self.authorizer.require(keys) {
                    return;
                }
                match count {
                    _ if self.authorizer.is_shut() => tracing::error!(
                        "no API key counts any more: nobody can deliver until one is made with 'postfordeler api-key --add'"
                    ),
                    Some(count) => tracing::info!(count, "other API keys count from now on"),
                    None => tracing::info!("no API key is demanded any more"),
                }
            }
            Err(StoreError::Guards(damaged)) => {
                self.metrics.file_in_force("api_keys", false);
                if !std::mem::replace(&mut self.is_damaged, true) {
                    tracing::error!(trouble = %damaged, "the API keys cannot be read; those before count until they can");
                }
            }
            Err(_) => {}
        }
    }

    /// Stores when keys were used, at most once a minute for each.
    fn store_uses(&mut self, is_over: bool) {
        let is_due = |id: &String, used: &Timestamp| match self.written.get(id) {
            None => true,
            Some(written) => {
                used != written && (is_over || used.duration_since(*written).unsigned_abs() >= USE_INTERVAL)
            }
        };
        let due: ApiKeyUses = self.authorizer.used().into_iter().filter(|(id, used)| is_due(id, used)).collect();
        if !due.is_empty() && self.store.note_api_key_uses(&due).is_ok() {
            self.written.extend(due);
        }
    }
}
