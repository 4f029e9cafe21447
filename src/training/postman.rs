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

/// The time limit for making a connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// Bytes per second: a slower delivery counts as stuck. Routers accept no slower ones either.
const MIN_BYTES_PER_SECOND: u32 = 200_000;
/// The time that a router may need on top of its fagsystem's limit: to wait for other messages and to read to the end.
const ROUTERS_OWN: Duration = Duration::from_mins(1);
/// The most bytes of an answer that are read; a receipt has less than one thousand.
const MAX_ANSWER_BYTES: usize = 64 * 1024;

/// Delivers messages to a router as Digital Post does.
#[derive(Debug, Clone)]
pub struct Postman {
    client: Client,
    router: Url,
    timeout: Duration,
}

/// How a postman authenticates, and which routers it trusts.
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
    /// The credentials or the address cannot be used.
    #[error("cannot prepare for delivery: {0}")]
    NotPrepared(String),
    /// No connection could be made.
    #[error("nobody answers at {0}")]
    Nobody(Url),
    /// The router could not be trusted, or did not trust the postman.
    #[error("no TLS connection to {router}: {reason}")]
    NoTrust {
        /// The router's address.
        router: Url,
        /// The TLS error.
        reason: String,
    },
    /// The connection broke.
    #[error("the connection broke before a receipt came from {0}")]
    Broken(Url),
    /// The answer is not a receipt.
    #[error("{router} is no router: it answered with {status} and no receipt")]
    NoRouter {
        /// The router's address.
        router: Url,
        /// The HTTP status.
        status: StatusCode,
    },
    /// No receipt came in time.
    #[error("no receipt came from {router} within {} s; whether the message was delivered is unknown", limit.as_secs())]
    Silent {
        /// The router's address.
        router: Url,
        /// The time limit.
        limit: Duration,
    },
}

impl Postman {
    /// How long an answer is waited for unless [`waiting`](Postman::waiting) says otherwise: enough for a router whose
    /// fagsystems have the usual 30 seconds to answer.
    pub const DEFAULT_TIMEOUT: Duration = Duration::from_mins(1);

    /// A postman for that router; an address without a path means `/memo`.
    ///
    /// # Errors
    ///
    /// [`DeliveryError::NotPrepared`].
    pub fn new(router: Url) -> Result<Self, DeliveryError> {
        Self::with(router, &Credentials::default())
    }

    /// A postman for that router with credentials; an address without a path means `/memo`.
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
        let longest = Duration::from_secs(Seconds::MAX.into()) + ROUTERS_OWN;
        // A router with that key runs in this process and is sure to answer, whatever the limits of its fagsystems.
        Ok(if local_client.key().is_some() { postman.waiting(longest) } else { postman })
    }

    /// Sets how long to wait for each receipt, besides the time that a slow line takes for the message.
    #[must_use]
    pub fn waiting(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    fn at(mut router: Url, client: ClientBuilder) -> Result<Self, DeliveryError> {
        if router.path() == "/" {
            router.set_path("/memo");
        }
        Ok(Self { client: client.build().map_err(not_prepared)?, router, timeout: Self::DEFAULT_TIMEOUT })
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
        let limit = self.timeout + Duration::from_secs(length) / MIN_BYTES_PER_SECOND;
        let router = || self.router.clone();
        let delivered =
            timeout(limit, delivering).await.map_err(|_| DeliveryError::Silent { router: router(), limit })?;
        let (status, answer) = delivered.map_err(|error| no_answer(&error, router()))?;
        let receipt = answer.and_then(|answer| serde_json::from_slice(&answer).ok());
        receipt.ok_or_else(|| DeliveryError::NoRouter { router: router(), status })
    }
}

fn client() -> ClientBuilder {
    // An error means that a provider is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().redirect(redirect::Policy::none()).connect_timeout(CONNECT_LIMIT)
}

/// The body of an answer; `None` if it is larger than any receipt.
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

/// The TLS error, if there is one among the causes.
fn distrust(error: &reqwest::Error) -> Option<String> {
    let mut deeper: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = deeper {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return Some(tls.to_string());
        }
        // An I/O error does not return the error inside it as its source.
        let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        deeper = held.map_or_else(|| error.source(), |held| Some(held));
    }
    None
}
