//! Whether a fagsystem is there: a question that delivers nothing.

use std::error::Error;
use std::io;
use std::time::{Duration, Instant};

use reqwest::Method;
use rustls::CertificateError;

use super::delivery::{Courier, Limits, SendError, innermost};
use crate::rules::{Endpoint, TimeLimits};
use crate::secrets::{SecretName, SecretsError};

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
            Ok(client) => {
                let asked = client.request(Method::OPTIONS, endpoint.as_str()).timeout(answer_limit).send().await;
                asked.map_or_else(|error| why(&error), |response| ProbeAnswer::Answered(response.status().as_u16()))
            }
        };
        Probe {
            answer,
            took: begun.elapsed(),
            proxy: self.proxy_to(endpoint).map(ToString::to_string),
            shows_certificate: certificate.is_some(),
            connect_limit: connect,
            answer_limit,
        }
    }
}

/// Why a question came to nothing.
fn why(error: &reqwest::Error) -> ProbeAnswer {
    if error.is_timeout() {
        return if error.is_connect() { ProbeAnswer::NotConnectedInTime } else { ProbeAnswer::Silent };
    }
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<rustls::Error>() {
            return why_not_tls(error);
        }
        let io = error.downcast_ref::<io::Error>();
        if io.is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused) {
            return ProbeAnswer::Refused;
        }
        // There is no type to know it by.
        if error.to_string() == "dns error" {
            return ProbeAnswer::NoSuchName;
        }
        // What an I/O error was made of does not count as its source.
        let made_of = io.and_then(io::Error::get_ref).map(|error| error as &(dyn Error + 'static));
        cause = made_of.or_else(|| error.source());
    }
    ProbeAnswer::Unreachable(innermost(error))
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
