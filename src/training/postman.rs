use std::time::Duration;

use reqwest::multipart::{Form, Part};
use reqwest::{Body, Client, StatusCode, Url, redirect};

use crate::router::Receipt;

/// How long a router has to say how it is.
const PATIENCE: Duration = Duration::from_secs(2);

/// Plays Digital Post's part: delivers messages to a router.
#[derive(Debug, Clone)]
pub struct Postman {
    client: Client,
    router: Url,
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
    pub fn new(mut router: Url) -> Result<Self, NoReceipt> {
        if router.path() == "/" {
            router.set_path("/memo");
        }
        // The first provider stays when there is one already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().no_proxy().redirect(redirect::Policy::none()).build();
        Ok(Self { client: client.map_err(|error| NoReceipt::NotPrepared(error.to_string()))?, router })
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
            if error.is_connect() { NoReceipt::Nobody(router) } else { NoReceipt::Broken(router) }
        })?;
        let status = response.status();
        response.json().await.map_err(|_| NoReceipt::NoRouter { router: self.router.clone(), status })
    }
}
