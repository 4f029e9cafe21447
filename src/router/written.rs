//! Wakes what a router does beside its messages when something may have been written to its data, and once a second.

use std::thread;
use std::time::Duration;

use tokio::sync::watch::{Receiver, channel};
use tokio_util::sync::CancellationToken;

use crate::store::Store;

/// How often to look where the system does not tell of writes: a publication is in force within a second.
const UNTOLD: Duration = Duration::from_millis(500);

/// What waits for writes. Each clone waits for itself.
#[derive(Debug, Clone)]
pub(super) struct Written(Receiver<()>);

impl Written {
    /// What waits for writes to the data of that store, until `stop`.
    pub fn to(store: &Store, stop: CancellationToken) -> Self {
        let (sender, mut receiver) = channel(());
        receiver.mark_changed();
        let mut watch = store.watch().if_untold(UNTOLD);
        let wake = move || {
            while !stop.is_cancelled() {
                watch.wait();
                sender.send_replace(());
            }
        };
        if let Err(error) = thread::Builder::new().name("written".to_owned()).spawn(wake) {
            tracing::warn!(%error, "the router looks for changes again and again");
        }
        Self(receiver)
    }

    /// Waits until something may have been written since the last wait. The first one ends at once.
    pub async fn wait(&mut self) {
        if self.0.changed().await.is_err() {
            tokio::time::sleep(UNTOLD).await;
        }
    }
}
