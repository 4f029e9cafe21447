use std::error::Error;
use std::io;
use std::time::Duration;

use reqwest::Client;
use reqwest::redirect::Policy;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use crate::router::connection::protection::LocalClient;
use crate::store::Journal;

/// How long the router may take to answer its own call, unless the caller of [`Pulse::check`] gives up before.
const CALL_TIMEOUT: Duration = Duration::from_mins(1);

/// Checks whether a router is alive: whether it accepts a connection and answers on it, and whether its journal answers. What
/// they answer does not matter: a full disk, say, is no reason for a restart.
#[derive(Debug, Clone)]
pub struct Pulse {
    journal: mpsc::Sender<oneshot::Sender<()>>,
    local_client: LocalClient,
}

/// Why a router counts as dead.
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
    /// A pulse that checks the journal until `stop`, so that it does not delay the journal's end.
    pub(in crate::router) fn new(
        local_client: LocalClient,
        journal: Journal,
        stop: CancellationToken,
    ) -> (Self, impl Future<Output = ()>) {
        let (asking, mut asked) = mpsc::channel::<oneshot::Sender<()>>(1);
        let answering = async move {
            let answer = async {
                while let Some(answer) = asked.recv().await {
                    // Why the journal cannot be written is reported elsewhere.
                    let _ = journal.try_again().await;
                    let _ = answer.send(());
                }
            };
            stop.run_until_cancelled(answer).await;
        };
        (Self { journal: asking, local_client }, answering)
    }

    /// Waits until each part has answered.
    ///
    /// # Errors
    ///
    /// A part is dead. While a part hangs, this waits.
    pub async fn check(&self) -> Result<(), NoPulse> {
        let (answer, answered) = oneshot::channel();
        self.journal.send(answer).await.map_err(|_| NoPulse::NoJournal)?;
        answered.await.map_err(|_| NoPulse::NoJournal)?;
        self.connect().await
    }

    /// Opens a connection as any caller does. The certificate is not checked: it may just have been renewed.
    async fn connect(&self) -> Result<(), NoPulse> {
        let url = self.local_client.url().replace("/memo", "/sundhed");
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .tls_danger_accept_invalid_certs(true)
            .timeout(CALL_TIMEOUT);
        let asked = async { client.build()?.get(&url).send().await };
        match asked.await {
            Err(source) if source.is_timeout() || is_refused(&source) => Err(NoPulse::Silent { url, source }),
            // The router has answered, or this process has no file descriptor to spare.
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
