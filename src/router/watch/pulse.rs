use std::error::Error;
use std::io;
use std::time::Duration;

use reqwest::Client;
use reqwest::redirect::Policy;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use crate::router::connection::protection::LocalClient;
use crate::store::Journal;

/// How long the router itself may take to answer, if nobody else has less patience.
const PATIENCE: Duration = Duration::from_mins(1);

/// Shows whether a router is alive: whether it takes a connection and answers on it, and whether its journal does. What it
/// answers makes no difference: a full disk, say, is no reason to start it anew.
#[derive(Debug, Clone)]
pub struct Pulse {
    journal: mpsc::Sender<oneshot::Sender<()>>,
    local_client: LocalClient,
}

/// Why a router shows no sign of life.
#[derive(Debug, thiserror::Error)]
pub enum NoPulse {
    /// Nothing answers at its address.
    #[error("nothing answers at {url}: {source}")]
    Silent {
        /// Its address.
        url: String,
        /// Why.
        source: reqwest::Error,
    },
    /// The journal has ended.
    #[error("the journal has ended")]
    NoJournal,
}

impl Pulse {
    /// One that asks the journal until told to stop, so that it does not hold up the journal's end.
    pub(in crate::router) fn new(
        local_client: LocalClient,
        journal: Journal,
        stop: CancellationToken,
    ) -> (Self, impl Future<Output = ()>) {
        let (asking, mut asked) = mpsc::channel::<oneshot::Sender<()>>(1);
        let answering = async move {
            let answer = async {
                while let Some(answer) = asked.recv().await {
                    // Why it cannot be written is told elsewhere.
                    let _ = journal.try_again().await;
                    let _ = answer.send(());
                }
            };
            stop.run_until_cancelled(answer).await;
        };
        (Self { journal: asking, local_client }, answering)
    }

    /// Waits for a sign of life of each part.
    ///
    /// # Errors
    ///
    /// One is dead. One that hangs keeps the caller waiting.
    pub async fn check(&self) -> Result<(), NoPulse> {
        let (answer, answered) = oneshot::channel();
        self.journal.send(answer).await.map_err(|_| NoPulse::NoJournal)?;
        answered.await.map_err(|_| NoPulse::NoJournal)?;
        self.connect().await
    }

    /// Opens a connection as any caller does. Whose certificate stands there makes no difference: it may just have been
    /// renewed.
    async fn connect(&self) -> Result<(), NoPulse> {
        let url = self.local_client.url().replace("/memo", "/sundhed");
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .tls_danger_accept_invalid_certs(true)
            .timeout(PATIENCE);
        let asked = async { client.build()?.get(&url).send().await };
        match asked.await {
            Err(source) if source.is_timeout() || is_refused(&source) => Err(NoPulse::Silent { url, source }),
            // It has answered, or this program has no file descriptor to spare.
            Ok(_) | Err(_) => Ok(()),
        }
    }
}

fn is_refused(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused) {
            return true;
        }
        cause = error.source();
    }
    false
}
