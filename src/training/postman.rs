use std::error::Error;
use std::io;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Certificate, Client, ClientBuilder, Identity, StatusCode, Url, redirect};

use super::pinned::tls_to;
use crate::router::{Doorway, Receipt};

/// How long a router has to say how it is.
const PATIENCE: Duration = Duration::from_secs(2);

/// Plays Digital Post's part: delivers messages to a router.
#[derive(Debug, Clone)]
pub struct Postman {
    client: Client,
    router: Url,
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
pub enum NoReceipt {
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
}

impl Postman {
    /// A postman for that router; without a path, `/memo` is meant.
    ///
    /// # Errors
    ///
    /// [`NoReceipt::NotPrepared`].
    pub fn new(router: Url) -> Result<Self, NoReceipt> {
        Self::with(router, &Credentials::default())
    }

    /// A postman for that router who has something to show; without a path, `/memo` is meant.
    ///
    /// # Errors
    ///
    /// [`NoReceipt::NotPrepared`]: the credentials cannot be used.
    pub fn with(router: Url, credentials: &Credentials) -> Result<Self, NoReceipt> {
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
    /// [`NoReceipt::NotPrepared`].
    pub fn through(doorway: &Doorway) -> Result<Self, NoReceipt> {
        let mut client = client();
        if let Some(key) = doorway.key() {
            client = client.default_headers(showing(key.reveal())?);
        }
        if let Some(certificate) = doorway.certificate() {
            client = client.tls_backend_preconfigured(tls_to(certificate.clone()).map_err(not_prepared)?);
        }
        Self::at(doorway.url().parse().map_err(not_prepared)?, client)
    }

    fn at(mut router: Url, client: ClientBuilder) -> Result<Self, NoReceipt> {
        if router.path() == "/" {
            router.set_path("/memo");
        }
        Ok(Self { client: client.build().map_err(not_prepared)?, router })
    }

    /// Whether a router of this program answers there, ready or not.
    pub async fn finds_a_router(&self) -> bool {
        let mut health = self.router.clone();
        health.set_path("/sundhed");
        let Ok(response) = self.client.get(health).timeout(PATIENCE).send().await else { return false };
        response.json::<serde_json::Value>().await.is_ok_and(|health| health.get("klar").is_some())
    }

    /// Delivers a message in the shape of Digital Post's REST push: the part `file`, named with the bare message UUID.
    ///
    /// # Errors
    ///
    /// No receipt came; a receipt that refuses the message is none.
    pub async fn deliver(&self, message: impl Into<Body>, length: u64, name: String) -> Result<Receipt, NoReceipt> {
        let part = Part::stream_with_length(message, length).file_name(name).mime_str("application/xml");
        let form = Form::new().part("file", part.map_err(|error| NoReceipt::NotPrepared(error.to_string()))?);
        let response = self.client.post(self.router.clone()).multipart(form).send().await.map_err(|error| {
            let router = self.router.clone();
            match distrust(&error) {
                Some(reason) => NoReceipt::NoTrust { router, reason },
                None if error.is_connect() => NoReceipt::Nobody(router),
                None => NoReceipt::Broken(router),
            }
        })?;
        let status = response.status();
        response.json().await.map_err(|_| NoReceipt::NoRouter { router: self.router.clone(), status })
    }
}

fn client() -> ClientBuilder {
    // The first provider stays when there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().redirect(redirect::Policy::none())
}

fn showing(key: &str) -> Result<HeaderMap, NoReceipt> {
    let mut key: HeaderValue = key.parse().map_err(not_prepared)?;
    key.set_sensitive(true);
    Ok(HeaderMap::from_iter([("x-api-key".parse().map_err(not_prepared)?, key)]))
}

fn not_prepared(error: impl Error) -> NoReceipt {
    let mut words = error.to_string();
    if let Some(cause) = error.source() {
        words = format!("{words}: {cause}");
    }
    NoReceipt::NotPrepared(words)
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
