//! Checks whether a fagsystem is there, without delivering anything.

use std::time::{Duration, Instant};

use axum::http::{Method, Request};
use tokio::time::timeout;

use super::causes::Cause;
use super::client::{CallError, Client};
use super::courier::{Courier, SendError, Timeouts};
use super::outgoing_body::OutgoingBody;
use super::tls_check::CheckTls;
use crate::rules::{Endpoint, TimeLimits};
use crate::secrets::{SecretName, SecretsError};

/// How many connections are tried when each is closed before the request is sent.
const MAX_TRIES: usize = 5;

/// The result of a check, and how it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// What it showed.
    pub answer: ProbeAnswer,
    /// How long it took.
    pub took: Duration,
    /// The proxy that it went through; `None`: none.
    pub proxy: Option<String>,
    /// Whether a client certificate was shown.
    pub shows_certificate: bool,
    /// The time limit for the connection.
    pub connect_limit: Duration,
    /// The time limit for all of it.
    pub answer_limit: Duration,
}

/// What a check showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProbeAnswer {
    /// An answer with that HTTP status. Any status shows that somebody is there.
    Answered(u16),
    /// Nothing was sent: the certificate to be shown is missing or unusable.
    NoSecret(SecretsError),
    /// A connection, and no answer in time.
    Silent,
    /// No answer, for one of the reasons why messages are not delivered.
    NotReached(Cause),
}

impl Courier {
    /// Checks whether somebody is there, without delivering anything, within the fagsystem's own limits and the router's
    /// where it has none. Shows a certificate when one is named, because there may be no connection without it; never sends
    /// the secret of a header.
    pub async fn probe(&self, endpoint: &Endpoint, certificate: Option<&SecretName>, own: TimeLimits) -> Probe {
        let begun = Instant::now();
        let Timeouts { connect, answer: answer_limit } = self.timeouts(own);
        let client = match self.check_reach(endpoint) {
            Ok(()) => self.client(certificate).await,
            Err(error) => Err(error),
        };
        let answer = match client {
            Err(SendError::NoSecret(error)) => ProbeAnswer::NoSecret(error),
            Err(error) => ProbeAnswer::NotReached(error.cause()),
            Ok(client) => match timeout(answer_limit, ask(&client, endpoint, connect)).await {
                Ok(Ok(status)) => ProbeAnswer::Answered(status),
                Err(_) => ProbeAnswer::Silent,
                Ok(Err(error)) => {
                    let check = CheckTls::Always(connect);
                    ProbeAnswer::NotReached(self.explain(&error, endpoint, certificate, check).await.cause())
                }
            },
        };
        Probe {
            answer,
            took: begun.elapsed(),
            proxy: self.proxy_to(endpoint).map(|proxy| proxy.to_string()),
            shows_certificate: certificate.is_some(),
            connect_limit: connect,
            answer_limit,
        }
    }
}

/// Repeats the request until one is sent. With TLS 1.3 a fagsystem demands a certificate once the connection is made; if that
/// is received before the request is sent, the reason is lost with the connection.
async fn ask(client: &Client, endpoint: &Endpoint, connect_limit: Duration) -> Result<u16, CallError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let mut request = Request::new(OutgoingBody::none());
        *request.method_mut() = Method::OPTIONS;
        match client.call(endpoint, request, connect_limit).await {
            Ok(answer) => return Ok(answer.status().as_u16()),
            Err(CallError::NotBegun(_)) if tries < MAX_TRIES => {}
            Err(error) => return Err(error),
        }
    }
}
