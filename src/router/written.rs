//! Wakes what a router does beside its messages when something may have been written to its data, and once a second.

use std::thread;
use std::time::Duration;

use tokio::sync::watch::{Receiver, channel};
use tokio_util::sync::CancellationToken;

use crate::store::Store;

/// How often to look where the system does not tell of writes: a publication is in force within a second.
const UNTOLD: Duration = Duration::from_millis(500);

/// What waits for writes, until the router stops. Each clone waits for itself.
#[derive(Debug, Clone)]
pub(super) struct Written {
    told: Receiver<()>,
    stop: CancellationToken,
}

impl Written {
    /// What waits for writes to the data of that store, until `stop`.
    pub fn to(store: &Store, stop: &CancellationToken) -> Self {
        let (sender, mut told) = channel(());
        told.mark_changed();
        let (mut watch, stopped) = (store.watch().if_untold(UNTOLD), stop.clone());
        let wake = move || {
            while !stopped.is_cancelled() {
                watch.wait();
                sender.send_replace(());
            }
        };
        if let Err(error) = thread::Builder::new().name("written".to_owned()).spawn(wake) {
            tracing::warn!(%error, "the router looks for changes again and again");
        }
        Self { told, stop: stop.clone() }
    }

    /// Waits until something may have been written since the last wait. The first one ends at once. Returns false when the router
    /// stops.
    pub async fn wait(&mut self) -> bool {
        match self.stop.run_until_cancelled(self.told.changed()).await {
            Some(Ok(())) => true,
            Some(Err(_)) => self.sleep(UNTOLD).await,
            None => false,
        }
    }

    /// Waits for that long, whatever is written. Returns false when the router stops.
    pub async fn sleep(&self, time: Duration) -> bool {
        self.stop.run_until_cancelled(tokio::time::sleep(time)).await.is_some()
    }
}
