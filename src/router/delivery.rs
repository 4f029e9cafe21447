use std::time::{Duration, Instant};

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Method, Response, redirect};

use super::parcel::Parcel;
use crate::rules::Endpoint;
use crate::store::Settings;

/// Shorter than the time after which servers commonly close an idle connection, lest a message goes into a closed one.
const MOST_IDLE: Duration = Duration::from_secs(3);

/// Takes messages to fagsystems.
#[derive(Debug, Clone)]
pub struct Courier {
    client: Client,
    /// How long a fagsystem has to take the next piece of a message, and to answer the whole.
    pub(super) answer_timeout: Duration,
}

/// What came of asking a fagsystem whether it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// What it came to.
    pub answer: ProbeAnswer,
    /// How long it took.
    pub took: Duration,
}

/// What a fagsystem said to being asked whether it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProbeAnswer {
    /// It answered, with that HTTP status. Any status shows that somebody is there.
    Answered(u16),
    /// No connection could be made, or it broke.
    Unreachable(String),
    /// Nothing came in time.
    TooSlow,
}

impl Courier {
    /// A courier with the timeouts of those settings.
    ///
    /// Redirects are not followed and no proxy is used: a message goes to the endpoint and nowhere else.
    ///
    /// # Errors
    ///
    /// The system's certificates cannot be read.
    pub fn new(settings: &Settings) -> Result<Self, reqwest::Error> {
        // The first provider stays when there is one already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .connect_timeout(settings.connect_timeout())
            .redirect(redirect::Policy::none())
            .no_proxy()
            .pool_idle_timeout(MOST_IDLE)
            .user_agent(concat!("Postfordeler/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, answer_timeout: settings.answer_timeout() })
    }

    /// Sends a message to where a fagsystem receives, and waits for the beginning of its answer.
    pub(super) async fn send(&self, endpoint: &Endpoint, parcel: Parcel) -> Result<Response, reqwest::Error> {
        let request = self.client.post(endpoint.as_str()).header(CONTENT_TYPE, "application/xml");
        request.body(reqwest::Body::wrap(parcel)).send().await
    }

    /// Asks whether a fagsystem is there, without delivering anything.
    pub async fn probe(&self, endpoint: &Endpoint) -> Probe {
        let begun = Instant::now();
        let asked = self.client.request(Method::OPTIONS, endpoint.as_str()).timeout(self.answer_timeout).send().await;
        let answer = match asked {
            Ok(response) => ProbeAnswer::Answered(response.status().as_u16()),
            Err(error) if error.is_timeout() => ProbeAnswer::TooSlow,
            Err(error) => ProbeAnswer::Unreachable(innermost(&error)),
        };
        Probe { answer, took: begun.elapsed() }
    }
}

/// What went wrong with a request, in the words of what is deepest.
pub(super) fn innermost(error: &reqwest::Error) -> String {
    let mut deepest: &dyn std::error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}
