//! One connection to a fagsystem. No task of its own carries it: it is carried on by whoever waits for what comes over it, so
//! that a message needs no other task than its own.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{Builder, Connection, SendRequest};
use tokio::time::{Instant, timeout};

use super::connector::Wire;
use super::outgoing_body::OutgoingBody;

/// How long the other side has to hear that a connection is closed.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// An open connection.
pub(super) struct Line {
    sender: SendRequest<OutgoingBody>,
    /// `None` once it has ended.
    connection: Option<Connection<Box<dyn Wire>, OutgoingBody>>,
    /// Since when it has waited for a call.
    pub free_since: Instant,
}

impl Line {
    /// Begins to speak HTTP. Returns once a call can be made.
    pub async fn open(wire: Box<dyn Wire>) -> Result<Self, hyper::Error> {
        let mut http = Builder::new();
        // Old servers write such headers, and that is no reason to lose their receipt.
        http.allow_obsolete_multiline_headers_in_responses(true);
        http.allow_spaces_after_header_name_in_responses(true);
        let (sender, connection) = http.handshake(wire).await?;
        let mut line = Self { sender, connection: Some(connection), free_since: Instant::now() };
        poll_fn(|context| line.poll_ready(context)).await?;
        Ok(line)
    }

    /// Whether a call can be made. Finds out whether the other side has hung up.
    pub async fn is_usable(&mut self) -> bool {
        poll_fn(|context| Poll::Ready(matches!(self.poll_ready(context), Poll::Ready(Ok(()))))).await
    }

    /// Waits until the last call and its answer have come to their end; `false`: the connection has ended.
    pub async fn is_done(&mut self) -> bool {
        poll_fn(|context| self.poll_ready(context)).await.is_ok()
    }

    /// Makes a call, and returns the beginning of its answer. An error holds the call itself where nothing of it was sent.
    pub async fn call(
        &mut self,
        request: Request<OutgoingBody>,
    ) -> Result<Response<Incoming>, TrySendError<Request<OutgoingBody>>> {
        let mut answering = pin!(self.sender.try_send_request(request));
        let connection = &mut self.connection;
        poll_fn(|context| {
            // Whatever goes wrong, the call's own future says so.
            let _ = carry_on(connection, context);
            answering.as_mut().poll(context)
        })
        .await
    }

    /// Sends and receives what can be now.
    pub fn carry_on(&mut self, context: &mut Context<'_>) {
        let _ = carry_on(&mut self.connection, context);
    }

    /// Ready when the last call and its answer have come to their end.
    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), hyper::Error>> {
        carry_on(&mut self.connection, context)?;
        self.sender.poll_ready(context)
    }

    /// Whether the last call and its answer have come to their end.
    pub fn is_ready(&self) -> bool {
        self.connection.is_some() && self.sender.is_ready()
    }

    /// Whether it has ended.
    pub fn is_closed(&self) -> bool {
        self.connection.is_none() || self.sender.is_closed()
    }

    /// Hangs up, as TLS wants it: the other side is told.
    pub async fn close(self) {
        drop(self.sender);
        if let Some(connection) = self.connection {
            let _ = timeout(CLOSE_TIMEOUT, connection).await;
        }
    }
}

fn carry_on(
    connection: &mut Option<Connection<Box<dyn Wire>, OutgoingBody>>,
    context: &mut Context<'_>,
) -> Result<(), hyper::Error> {
    let Some(carried) = connection else { return Ok(()) };
    let Poll::Ready(end) = Pin::new(carried).poll(context) else { return Ok(()) };
    *connection = None;
    end
}
