use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Certificate, Client, Identity, Method, Proxy, Response, redirect};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;
use url::Url;

use super::parcel::Parcel;
use crate::rules::{Access, Cvr, Endpoint, Fagsystem, is_loopback};
use crate::secrets::{Secret, SecretName, Secrets, SecretsError};
use crate::store::Settings;

/// Shorter than the time after which servers commonly close an idle connection, lest a message goes into a closed one.
const MOST_IDLE: Duration = Duration::from_secs(3);

/// Takes messages to fagsystems.
///
/// The certificate of a fagsystem with an `https` address is always checked, against the issuers that the system trusts
/// and those of the settings. Redirects are not followed and no proxy is used but that of the settings: a message goes to
/// the endpoint and nowhere else.
#[derive(Debug)]
pub struct Courier {
    plan: ClientPlan,
    /// Shows no certificate.
    plain: Client,
    /// Those that show a certificate, each with the certificate that it shows.
    known: Mutex<HashMap<SecretName, (Secret, Client)>>,
    secrets: Arc<Secrets>,
    /// How long a fagsystem has to take the next piece of a message, and to answer the whole.
    pub(super) answer_timeout: Duration,
}

/// What every client is made by.
#[derive(Debug, Clone)]
struct ClientPlan {
    connect_timeout: Duration,
    issuers: Vec<Certificate>,
    proxy: Option<Url>,
}

/// Why messages cannot be delivered by those settings.
#[derive(Debug, thiserror::Error)]
pub enum CourierError {
    /// What makes connections cannot be set up.
    #[error("{}", innermost(.0))]
    Client(#[from] reqwest::Error),
    /// The file with the issuers to be trusted cannot be used.
    #[error("the trusted issuers in {path} cannot be used: {reason}; name a PEM file with their certificates")]
    Issuers {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The text is no address of a proxy.
    #[error("the proxy must be an address that begins with http:// or https://, and holds no user name or password")]
    Proxy,
}

/// Why a fagsystem gave no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum SendError {
    /// Nothing was sent.
    #[error("nothing was sent: the secret by which it knows the router would go unencrypted")]
    Unencrypted,
    /// Nothing was sent. What is said of the reason is for those who run the router.
    #[error("nothing was sent: the router could not have the secret by which it is known there")]
    NoSecret(#[source] SecretsError),
    /// Nothing was sent.
    #[error("no connection could be made in time")]
    NotConnectedInTime,
    /// Nothing was sent.
    #[error("no connection could be made ({0})")]
    NotConnected(String),
    /// Some or all of it was sent.
    #[error("the connection broke before it answered")]
    Broken,
}

impl From<reqwest::Error> for SendError {
    fn from(error: reqwest::Error) -> Self {
        match error {
            error if error.is_timeout() => Self::NotConnectedInTime,
            error if error.is_connect() => Self::NotConnected(innermost(&error)),
            _ => Self::Broken,
        }
    }
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
    /// A courier that goes by those settings, and takes the secrets that fagsystems want from there.
    ///
    /// # Errors
    ///
    /// The trusted issuers or the proxy of the settings cannot be used, or the system's certificates cannot be read.
    pub fn new(settings: &Settings, secrets: Arc<Secrets>) -> Result<Self, CourierError> {
        // The first provider stays when there is one already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let plan = ClientPlan {
            connect_timeout: settings.connect_timeout(),
            issuers: settings.trusted_issuers.as_deref().map(issuers).transpose()?.unwrap_or_default(),
            proxy: settings.proxy.as_deref().map(proxy).transpose()?,
        };
        let plain = plan.client(None)?;
        Ok(Self { plan, plain, known: Mutex::default(), secrets, answer_timeout: settings.answer_timeout() })
    }

    /// Sends a message to that fagsystem of the authority, and waits for the beginning of its answer. Where the secret
    /// is lacking that it wants, or would go unencrypted, nothing is sent.
    pub(super) async fn send(
        &self,
        authority: Cvr,
        fagsystem: &Fagsystem,
        parcel: Parcel,
    ) -> Result<Response, SendError> {
        let Fagsystem { id, endpoint, access, .. } = fagsystem;
        if !access.is_safe_at(endpoint) {
            return Err(SendError::Unencrypted);
        }
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
        let mut client = self.plain.clone();
        if let Some(name) = SecretName::wanted(authority, id, access) {
            let lacking = |error: SecretsError| {
                tracing::error!(%error, "nothing is sent to a fagsystem");
                SendError::NoSecret(error)
            };
            match access {
                Access::Header { name: header } => {
                    let secret = self.secrets.find(&name).await.map_err(lacking)?;
                    let (header, value) =
                        header_of(header.as_str(), &secret).ok_or_else(|| lacking(SecretsError::Unusable(name)))?;
                    headers.insert(header, value);
                }
                _ => client = self.client_that_shows(&name).await.map_err(lacking)?,
            }
        }
        let request = client.post(endpoint.as_str()).headers(headers);
        Ok(request.body(reqwest::Body::wrap(parcel)).send().await?)
    }

    /// Asks whether somebody is there, without delivering anything. A certificate is shown when one is named, since no
    /// connection may come about without it; a header's secret is never sent.
    pub async fn probe(&self, endpoint: &Endpoint, certificate: Option<&SecretName>) -> Probe {
        let begun = Instant::now();
        let client = match certificate {
            None => Ok(self.plain.clone()),
            Some(name) => self.client_that_shows(name).await,
        };
        let answer = match client {
            Err(error) => ProbeAnswer::Unreachable(error.to_string()),
            Ok(client) => {
                let asked =
                    client.request(Method::OPTIONS, endpoint.as_str()).timeout(self.answer_timeout).send().await;
                match asked {
                    Ok(response) => ProbeAnswer::Answered(response.status().as_u16()),
                    Err(error) if error.is_timeout() => ProbeAnswer::TooSlow,
                    Err(error) => ProbeAnswer::Unreachable(innermost(&error)),
                }
            }
        };
        Probe { answer, took: begun.elapsed() }
    }

    /// The client that shows that certificate, with the connections that it has. A certificate that was replaced gets a
    /// client of its own.
    async fn client_that_shows(&self, name: &SecretName) -> Result<Client, SecretsError> {
        let certificate = self.secrets.find(name).await?;
        let mut known = self.known.lock().await;
        if let Some((_, client)) = known.get(name).filter(|(shown, _)| *shown == certificate) {
            return Ok(client.clone());
        }
        let (plan, shown) = (self.plan.clone(), certificate.clone());
        let made = spawn_blocking(move || plan.client(Some(&shown))).await;
        let unusable = || SecretsError::Unusable(name.clone());
        let client = made.map_err(|_| unusable())?.map_err(|_| unusable())?;
        known.insert(name.clone(), (certificate, client.clone()));
        Ok(client)
    }
}

impl ClientPlan {
    fn client(&self, certificate: Option<&Secret>) -> Result<Client, reqwest::Error> {
        let mut client = Client::builder()
            .connect_timeout(self.connect_timeout)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .tls_certs_merge(self.issuers.iter().cloned())
            .pool_idle_timeout(MOST_IDLE)
            .user_agent(concat!("Postfordeler/", env!("CARGO_PKG_VERSION")));
        if let Some(proxy) = self.proxy.clone() {
            client = client.proxy(Proxy::custom(move |url| (!is_loopback(url)).then(|| proxy.clone())));
        }
        if let Some(certificate) = certificate {
            client = client.identity(Identity::from_pem(certificate.reveal().as_bytes())?);
        }
        client.build()
    }
}

fn header_of(name: &str, secret: &Secret) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    let mut value = HeaderValue::from_str(secret.reveal()).ok()?;
    value.set_sensitive(true);
    Some((name, value))
}

fn issuers(path: &Path) -> Result<Vec<Certificate>, CourierError> {
    let failed = |reason: String| CourierError::Issuers { path: path.to_owned(), reason };
    let pem = fs::read(path).map_err(|error| failed(error.to_string()))?;
    let issuers = Certificate::from_pem_bundle(&pem).map_err(|error| failed(innermost(&error)))?;
    if issuers.is_empty() { Err(failed("there is no certificate in it".to_owned())) } else { Ok(issuers) }
}

fn proxy(text: &str) -> Result<Url, CourierError> {
    let url = Url::parse(text.trim()).map_err(|_| CourierError::Proxy)?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    let is_http = matches!(url.scheme(), "http" | "https") && url.has_host();
    if is_plain && is_http { Ok(url) } else { Err(CourierError::Proxy) }
}

/// What went wrong with a request, in the words of what is deepest.
fn innermost(error: &reqwest::Error) -> String {
    let mut deepest: &dyn std::error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}
