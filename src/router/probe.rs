//! Whether a fagsystem is there: a question that delivers nothing.

use std::error::Error;
use std::io;
use std::iter::successors;
use std::time::{Duration, Instant};

use reqwest::{Client, Method};
use rustls::CertificateError;

use super::delivery::{Courier, Limits, SendError, innermost};
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
    /// No machine has that name.
    NoSuchName,
    /// The machine is there, and nobody listens at that port.
    Refused,
    /// No connection could be made in time.
    NotConnectedInTime,
    /// A connection was made, and no answer came in time.
    Silent,
    /// Its certificate was not believed.
    Distrusted(Distrust),
    /// It wants a client certificate, or another one.
    WantsCertificate,
    /// Somebody is there who does not speak TLS, as an `https` address promises.
    NotTls,
    /// It did not work for another reason.
    Unreachable(String),
}

/// Why a fagsystem's certificate was not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Distrust {
    /// Nobody who is trusted has issued it.
    UnknownIssuer,
    /// It has expired, or does not count yet.
    OutOfDate,
    /// It was issued to another name than the address has.
    OtherName,
    /// For another reason.
    Other(String),
}

impl Courier {
    /// Asks whether somebody is there, without delivering anything, within the limits that are the fagsystem's own and
    /// the router's where it has none. A certificate is shown when one is named, since no connection may come about
    /// without it; a header's secret is never sent.
    pub async fn probe(&self, endpoint: &Endpoint, certificate: Option<&SecretName>, own: TimeLimits) -> Probe {
        let begun = Instant::now();
        let Limits { connect, answer: answer_limit } = self.limits(own);
        let answer = match self.client(certificate, connect).await {
            Err(SendError::NoSecret(error)) => ProbeAnswer::NoSecret(error),
            Err(error) => ProbeAnswer::Unreachable(error.to_string()),
            Ok(client) => ask(&client, endpoint, answer_limit).await,
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
async fn ask(client: &Client, endpoint: &Endpoint, limit: Duration) -> ProbeAnswer {
    let begun = Instant::now();
    let mut tries = 0;
    loop {
        let left = limit.saturating_sub(begun.elapsed());
        tries += 1;
        match client.request(Method::OPTIONS, endpoint.as_str()).timeout(left).send().await {
            Ok(response) => return ProbeAnswer::Answered(response.status().as_u16()),
            Err(error) if was_not_taken(&error) && tries < MOST_TRIES => {}
            Err(error) => return why(&error),
        }
    }
}

/// Whether the connection was closed before the question went out.
fn was_not_taken(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| cause.downcast_ref().is_some_and(hyper::Error::is_canceled))
}

/// Why a question came to nothing.
fn why(error: &reqwest::Error) -> ProbeAnswer {
    if error.is_timeout() {
        return if error.is_connect() { ProbeAnswer::NotConnectedInTime } else { ProbeAnswer::Silent };
    }
    let known = causes(error).find_map(|cause| {
        if let Some(error) = cause.downcast_ref() {
            return Some(why_not_tls(error));
        }
        let is_refused = |error: &io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
        if cause.downcast_ref().is_some_and(is_refused) {
            return Some(ProbeAnswer::Refused);
        }
        // There is no type to know it by.
        (cause.to_string() == "dns error").then_some(ProbeAnswer::NoSuchName)
    });
    known.unwrap_or_else(|| ProbeAnswer::Unreachable(innermost(error)))
}

/// The error, what it came from, and what that came from.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    successors(Some(error as &(dyn Error + 'static)), |&error| {
        // What an I/O error was made of does not count as its source.
        let made_of = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        made_of.map(|error| error as &(dyn Error + 'static)).or_else(|| error.source())
    })
}

fn why_not_tls(error: &rustls::Error) -> ProbeAnswer {
    use rustls::AlertDescription as Alert;
    match error {
        rustls::Error::InvalidCertificate(error) => ProbeAnswer::Distrusted(match error {
            CertificateError::UnknownIssuer => Distrust::UnknownIssuer,
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => Distrust::OutOfDate,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Distrust::OtherName,
            error => Distrust::Other(error.to_string()),
        }),
        rustls::Error::AlertReceived(
            Alert::CertificateRequired
            | Alert::NoCertificate
            | Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::UnknownCA
            | Alert::AccessDenied,
        ) => ProbeAnswer::WantsCertificate,
        rustls::Error::InvalidMessage(_) => ProbeAnswer::NotTls,
        error => ProbeAnswer::Unreachable(error.to_string()),
    }
}
