//! Whether a fagsystem is there: a question that delivers nothing.

use std::time::{Duration, Instant};

use reqwest::{Client, Method};

use super::causes::{self, Cause};
use super::courier::{Courier, SendError, Timeouts};
use super::tls_check::CheckTls;
use crate::rules::{Endpoint, TimeLimits};
use crate::secrets::{SecretName, SecretsError};

/// How many connections a question is tried on that is not taken before the connection is closed.
const MOST_TRIES: usize = 5;

/// What came of asking a fagsystem whether it is there, and how it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// What it came to.
    pub answer: ProbeAnswer,
    /// How long it took.
    pub took: Duration,
    /// The proxy that the question went through; `None`: it went straight there.
    pub proxy: Option<String>,
    /// Whether a client certificate was shown.
    pub shows_certificate: bool,
    /// How long there was to make a connection.
    pub connect_limit: Duration,
    /// How long there was for all of it.
    pub answer_limit: Duration,
}

/// What a fagsystem said to being asked whether it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProbeAnswer {
    /// It answered, with that HTTP status. Any status shows that somebody is there.
    Answered(u16),
    /// Nothing was asked: the certificate that is to be shown cannot be had.
    NoSecret(SecretsError),
    /// A connection was made, and no answer came in time.
    Silent,
    /// No answer came, for the same reasons as messages are not delivered.
    NotReached(Cause),
}

impl Courier {
    /// Asks whether somebody is there, without delivering anything, within the limits that are the fagsystem's own and
    /// the router's where it has none. A certificate is shown when one is named, since no connection may come about
    /// without it; a header's secret is never sent.
    pub async fn probe(&self, endpoint: &Endpoint, certificate: Option<&SecretName>, own: TimeLimits) -> Probe {
        let begun = Instant::now();
        let Timeouts { connect, answer: answer_limit } = self.timeouts(own);
        let answer = match self.client(certificate, connect).await {
            Err(SendError::NoSecret(error)) => ProbeAnswer::NoSecret(error),
            Err(error) => ProbeAnswer::NotReached(error.cause()),
            Ok(client) => match ask(&client, endpoint, answer_limit).await {
                Ok(status) => ProbeAnswer::Answered(status),
                Err(error) if error.is_timeout() && !error.is_connect() => ProbeAnswer::Silent,
                Err(error) => {
                    let looks = CheckTls::Always(connect);
                    ProbeAnswer::NotReached(self.explain(&error, endpoint, certificate, looks).await.cause())
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

/// Asks until the question is taken. With TLS 1.3 a fagsystem that wants a certificate says so when the connection is
/// made already; when that is heard before the question goes out, the reason is lost with the connection.
async fn ask(client: &Client, endpoint: &Endpoint, limit: Duration) -> Result<u16, reqwest::Error> {
    let begun = Instant::now();
    let mut tries = 0;
    loop {
        let left = limit.saturating_sub(begun.elapsed());
        tries += 1;
        match client.request(Method::OPTIONS, endpoint.as_str()).timeout(left).send().await {
            Ok(response) => return Ok(response.status().as_u16()),
            Err(error) if causes::was_not_begun(&error) && tries < MOST_TRIES => {}
            Err(error) => return Err(error),
        }
    }
}
