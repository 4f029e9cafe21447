use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::mpsc::unbounded_channel;
use tokio::time::{sleep, timeout};
use tokio_postgres::AsyncMessage;

use super::address::Address;
use super::error::PostgresError;
use super::session::driver;

/// How long to wait before the server is tried again, and how often to look whether anybody still listens.
const PAUSE: Duration = Duration::from_secs(1);

/// Is told by the server when something is written that others are to see at once. That is no promise: while the connection is
/// broken nobody is told, so whoever waits looks now and then without having been told.
#[derive(Debug)]
pub(in crate::store) struct Listener(Arc<Bell>);

#[derive(Debug, Default)]
struct Bell {
    has_rung: Mutex<bool>,
    rings: Condvar,
}

impl Listener {
    /// Listens on that channel until it is dropped, whatever becomes of the connection meanwhile.
    pub fn begin(address: &Address, name: &str, channel: &'static str) -> Result<Self, PostgresError> {
        let bell = Arc::<Bell>::default();
        let (address, name, told) = (address.clone(), name.to_owned(), Arc::downgrade(&bell));
        driver()?.spawn(async move {
            while told.strong_count() > 0 {
                if let Err(error) = listen(&address, &name, channel, &told).await {
                    tracing::debug!(%error, "the database does not tell of what is written");
                }
                sleep(PAUSE).await;
            }
        });
        Ok(Self(bell))
    }

    /// Waits until it is told, or for that long. Returns whether it was told.
    pub fn wait(&self, longest: Duration) -> bool {
        let has_rung = self.0.has_rung.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.rings.wait_timeout_while(has_rung, longest, |has_rung| !*has_rung);
        let (mut has_rung, _) = waited.unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut has_rung)
    }
}

impl Bell {
    fn ring(&self) {
        *self.has_rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.rings.notify_all();
    }
}

/// Listens until the connection breaks, or nobody is there any more who is to be told.
async fn listen(address: &Address, name: &str, channel: &str, told: &Weak<Bell>) -> Result<(), PostgresError> {
    let (sender, mut messages) = unbounded_channel();
    let pass_on = move |message| {
        let _ = sender.send(message);
    };
    let line = address.connect_with(name, pass_on).await?;
    line.client.batch_execute(&format!("LISTEN {channel}")).await?;
    // Something may have been written before it listened.
    let mut is_news = true;
    while let Some(bell) = told.upgrade() {
        if is_news {
            bell.ring();
        }
        drop(bell);
        match timeout(PAUSE, messages.recv()).await {
            Ok(Some(message)) => is_news = matches!(message, AsyncMessage::Notification(_)),
            Ok(None) => return Err(PostgresError::Lost),
            Err(_) => is_news = false,
        }
    }
    Ok(())
}
