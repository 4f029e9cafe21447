use std::error::Error;
use std::io;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Certificate, Client, ClientBuilder, Identity, Response, StatusCode, Url, redirect};
use tokio::time::timeout;

use super::pinned::tls_to;
use crate::router::{LocalClient, Receipt};
use crate::rules::Seconds;

/// How long a connection may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// The fewest bytes a second that a message is sent at before it counts as stuck; a router puts up with no fewer.
const SLOWEST: u32 = 200_000;
/// How long a router may take besides its fagsystem's time to answer: waiting for its turn, and reading to the end.
const ROUTERS_OWN: Duration = Duration::from_mins(1);
/// The most bytes of an answer that are read; a receipt has less than one thousand.
const MAX_ANSWER_BYTES: usize = 64 * 1024;

/// Plays Digital Post's part: delivers messages to a router.
#[derive(Debug, Clone)]
pub struct Postman {
    client: Client,
    router: Url,
    patience: Duration,
}

/// By what a postman is let in, and which routers it trusts.
#[derive(Clone, Default)]
pub struct Credentials {
    /// The API key.
    pub api_key: Option<String>,
    /// A client certificate and its key, both in PEM form.
    pub certificate: Option<Vec<u8>>,
    /// Certificates in PEM form: the router must show one of them, or one that they have issued. `None`: one that the
    /// system trusts.
    pub trusted: Option<Vec<u8>>,
}

/// Why no receipt came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// The postman cannot be set up.
    #[error("cannot prepare for delivery: {0}")]
    NotPrepared(String),
    /// No connection could be made.
    #[error("nobody answers at {0}")]
    Nobody(Url),
    /// The router could not be trusted, or did not trust the postman.
    #[error("no TLS connection to {router}: {reason}")]
    NoTrust {
        /// Who answered.
        router: Url,
        /// What TLS says of it.
        reason: String,
    },
    /// The connection broke.
    #[error("the connection broke before a receipt came from {0}")]
    Broken(Url),
    /// What answered is no router.
    #[error("{router} is no router: it answered with {status} and no receipt")]
    NoRouter {
        /// Who answered.
        router: Url,
        /// With what.
        status: StatusCode,
    },
    /// No receipt came in time.
    #[error("no receipt came from {router} within {} s; whether the message was delivered is unknown", limit.as_secs())]
    Silent {
        /// Who was to answer.
        router: Url,
        /// How long it had.
        limit: Duration,
    },
}

impl Postman {
    /// How long a postman waits for a receipt unless [told](Postman::waiting) otherwise, besides the time that a slow
    /// line takes for the message: enough for a router whose fagsystems have the usual 30 seconds to answer.
    pub const PATIENCE: Duration = Duration::from_mins(1);

    /// A postman for that router; without a path, `/memo` is meant.
    ///
    /// # Errors
    ///
    /// [`DeliveryError::NotPrepared`].
    pub fn new(router: Url) -> Result<Self, DeliveryError> {
        Self::with(router, &Credentials::default())
    }

    /// A postman for that router who has something to show; without a path, `/memo` is meant.
    ///
    /// # Errors
    ///
    /// [`DeliveryError::NotPrepared`]: the credentials cannot be used.
    pub fn with(router: Url, credentials: &Credentials) -> Result<Self, DeliveryError> {
        let mut client = client();
        if let Some(key) = &credentials.api_key {
            client = client.default_headers(showing(key)?);
        }
        if let Some(pem) = &credentials.certificate {
            client = client.identity(Identity::from_pem(pem).map_err(not_prepared)?);
        }
        if let Some(pem) = &credentials.trusted {
            client = client.tls_certs_only(Certificate::from_pem_bundle(pem).map_err(not_prepared)?);
        }
        Self::at(router, client)
    }

    /// A postman for a router of this program on this machine.
    ///
    /// # Errors
    ///
    /// [`DeliveryError::NotPrepared`].
    pub fn through(local_client: &LocalClient) -> Result<Self, DeliveryError> {
        let mut client = client();
        if let Some(key) = local_client.key() {
            client = client.default_headers(showing(key.reveal())?);
        }
        if let Some(certificate) = local_client.certificate() {
            client = client.tls_backend_preconfigured(tls_to(certificate.clone()).map_err(not_prepared)?);
        }
        let postman = Self::at(local_client.url().parse().map_err(not_prepared)?, client)?;
        let longest = Duration::from_secs(Seconds::MOST.into()) + ROUTERS_OWN;
        // A router with that key runs in this very program: it answers, however patient its fagsystems' limits are.
        Ok(if local_client.key().is_some() { postman.waiting(longest) } else { postman })
    }

    /// The same, who waits that long for a receipt.
    #[must_use]
    pub fn waiting(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    fn at(mut router: Url, client: ClientBuilder) -> Result<Self, DeliveryError> {
        if router.path() == "/" {
            router.set_path("/memo");
        }
        Ok(Self { client: client.build().map_err(not_prepared)?, router, patience: Self::PATIENCE })
    }

    /// Delivers a message in the shape of Digital Post's REST push: the part `file`, named with the bare message UUID.
    ///
    /// # Errors
    ///
    /// No receipt came; a receipt that refuses the message is none.
    pub async fn deliver(&self, message: impl Into<Body>, length: u64, name: String) -> Result<Receipt, DeliveryError> {
        let part = Part::stream_with_length(message, length).file_name(name).mime_str("application/xml");
        let form = Form::new().part("file", part.map_err(|error| DeliveryError::NotPrepared(error.to_string()))?);
        let delivering = async {
            let response = self.client.post(self.router.clone()).multipart(form).send().await?;
            Ok((response.status(), limited_body(response).await?))
        };
        let limit = self.patience + Duration::from_secs(length) / SLOWEST;
        let router = || self.router.clone();
        let delivered =
            timeout(limit, delivering).await.map_err(|_| DeliveryError::Silent { router: router(), limit })?;
        let (status, answer) = delivered.map_err(|error| no_answer(&error, router()))?;
        let receipt = answer.and_then(|answer| serde_json::from_slice(&answer).ok());
        receipt.ok_or_else(|| DeliveryError::NoRouter { router: router(), status })
    }
}

fn client() -> ClientBuilder {
    // The first provider stays when there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().redirect(redirect::Policy::none()).connect_timeout(CONNECT_LIMIT)
}

/// What an answer holds; `None` when that is more than any router of this program has to say.
async fn limited_body(mut response: Response) -> reqwest::Result<Option<Vec<u8>>> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await? {
        if body.len() + piece.len() > MAX_ANSWER_BYTES {
            return Ok(None);
        }
        body.extend_from_slice(&piece);
    }
    Ok(Some(body))
}

fn no_answer(error: &reqwest::Error, router: Url) -> DeliveryError {
    match distrust(error) {
        Some(reason) => DeliveryError::NoTrust { router, reason },
        None if error.is_connect() => DeliveryError::Nobody(router),
        None => DeliveryError::Broken(router),
    }
}

fn showing(key: &str) -> Result<HeaderMap, DeliveryError> {
    let mut key: HeaderValue = key.parse().map_err(not_prepared)?;
    key.set_sensitive(true);
    Ok(HeaderMap::from_iter([("x-api-key".parse().map_err(not_prepared)?, key)]))
}

fn not_prepared(error: impl Error) -> DeliveryError {
    let mut words = error.to_string();
    if let Some(cause) = error.source() {
        words = format!("{words}: {cause}");
    }
    DeliveryError::NotPrepared(words)
}

/// What TLS says, when that is what went wrong.
fn distrust(error: &reqwest::Error) -> Option<String> {
    let mut deeper: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = deeper {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return Some(tls.to_string());
        }
        // What such an error holds, it does not give as its source.
        let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        deeper = held.map_or_else(|| error.source(), |held| Some(held));
    }
    None
}
