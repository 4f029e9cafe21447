use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::AbortHandle;
use tokio_postgres::error::SqlState;
use tokio_postgres::{AsyncMessage, Client, Connection};

/// One connection to the server, and what drives it.
pub(super) struct Line {
    pub client: Client,
    pub warnings: Warnings,
    driving: AbortHandle,
}

/// What the server has warned of since it was last forgotten.
#[derive(Debug, Clone, Default)]
pub(super) struct Warnings(Arc<AtomicBool>);

impl Line {
    /// Drives a connection until it ends. `told` gets what the server says unasked.
    pub fn drive<S, T>(
        client: Client,
        mut connection: Connection<S, T>,
        mut told: impl FnMut(AsyncMessage) + Send + 'static,
    ) -> Self
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
        T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let warnings = Warnings::default();
        let heard = warnings.clone();
        let driving = tokio::spawn(async move {
            while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
                heard.hear(&message);
                told(message);
            }
        });
        Self { client, warnings, driving: driving.abort_handle() }
    }

    /// Ends it, whatever is still to be answered.
    pub fn end(&self) {
        self.driving.abort();
    }
}

impl Warnings {
    fn hear(&self, message: &AsyncMessage) {
        // Of a commit whose wait for the standby was broken off: "the transaction has already committed locally". It comes before
        // the commit is answered.
        if let AsyncMessage::Notice(notice) = message
            && *notice.code() == SqlState::WARNING
        {
            self.0.store(true, Ordering::Release);
        }
    }

    pub fn forget(&self) {
        self.0.store(false, Ordering::Release);
    }

    /// Whether a commit was not waited for until the standby had it.
    pub fn tell_of_a_local_commit(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}
