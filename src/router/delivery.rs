use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Certificate, Client, Identity, Proxy, Response, redirect};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;
use url::Url;
use uuid::Uuid;

use super::lengths::Lengths;
use super::parcel::Parcel;
use crate::memo::MessageUuid;
use crate::rules::{Access, Cvr, Endpoint, Fagsystem, Seconds, TimeLimits, is_loopback, short_without_cpr};
use crate::secrets::{Secret, SecretName, Secrets, SecretsError};
use crate::store::Settings;

/// Shorter than the time after which servers commonly close an idle connection, lest a message goes into a closed one.
const MOST_IDLE: Duration = Duration::from_secs(3);
/// The most characters of the reason why no connection could be made: a certificate's names can be among them.
const MOST_OF_A_REASON: usize = 300;
/// How often a fagsystem that is long in answering is asked whether its machine is still there, so that nothing between the
/// two forgets the connection.
const PROBE_INTERVAL: Duration = Duration::from_secs(30);
/// How many such questions may stay unanswered: an hour of them, since no fagsystem has longer to answer. Its limit alone
/// says how long it has.
const UNANSWERED_PROBES: u32 = 120;
/// After so long a client that no message has needed is dropped, and the certificate that it shows with it.
const MOST_UNUSED: Duration = Duration::from_mins(10);

/// Takes messages to fagsystems.
///
/// The certificate of a fagsystem with an `https` address is always checked, against the issuers that the system trusts
/// and those of the settings. Redirects are not followed and no proxy is used but that of the settings: a message goes to
/// the endpoint and nowhere else.
#[derive(Debug)]
pub struct Courier {
    plan: ClientPlan,
    /// Shows no certificate, and waits for a connection as long as the router does.
    plain: Client,
    /// The others: those that show a certificate, or wait longer or shorter.
    known: Mutex<HashMap<ClientKind, KnownClient>>,
    secrets: Arc<Secrets>,
    pub(super) lengths: Lengths,
    /// How long a fagsystem has to take the next piece of a message, and to answer the whole, where it has no limit of
    /// its own.
    pub(super) answer_timeout: Duration,
}

/// The certificate that a client shows, and how long it waits for a connection.
type ClientKind = (Option<SecretName>, Duration);

/// A client that messages have needed.
#[derive(Debug)]
struct KnownClient {
    /// The certificate that it shows.
    shown: Option<Secret>,
    client: Client,
    last_used: Instant,
}

/// What a fagsystem is told of which delivery it is: the same as stands in the receipt, the journal and the log.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ids {
    /// Of this delivery alone.
    pub transmission: Uuid,
    /// As the message writes it.
    pub message: MessageUuid,
}

impl Ids {
    const TRANSMISSION: HeaderName = HeaderName::from_static("x-transmission-id");
    const MESSAGE: HeaderName = HeaderName::from_static("x-message-uuid");

    fn stand_in(&self, headers: &mut HeaderMap) {
        let ids = [(Self::TRANSMISSION, self.transmission.to_string()), (Self::MESSAGE, self.message.to_string())];
        // Both are hexadecimal digits and hyphens.
        headers.extend(ids.into_iter().filter_map(|(name, id)| Some((name, HeaderValue::try_from(id).ok()?))));
    }
}

/// How long a fagsystem has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    /// To take a connection.
    pub connect: Duration,
    /// To take the next piece of a message, and to answer the whole.
    pub answer: Duration,
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
pub enum SendError {
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
        match (error.is_connect(), error.is_timeout()) {
            (true, true) => Self::NotConnectedInTime,
            (true, false) => Self::NotConnected(short_without_cpr(&innermost(&error), MOST_OF_A_REASON)),
            // However it broke: a connection whose other end is dead is called a timeout too, and may have taken all.
            (false, _) => Self::Broken,
        }
    }
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
        let (known, lengths) = (Mutex::default(), Lengths::default());
        Ok(Self { plan, plain, known, secrets, lengths, answer_timeout: settings.answer_timeout() })
    }

    /// Sends a message to that fagsystem of the authority, and waits for the beginning of its answer. Where the secret
    /// is lacking that it wants, or would go unencrypted, nothing is sent.
    pub(super) async fn send(
        &self,
        authority: Cvr,
        fagsystem: &Fagsystem,
        ids: Ids,
        parcel: Parcel,
    ) -> Result<Response, SendError> {
        let Fagsystem { id, endpoint, access, limits, .. } = fagsystem;
        if !access.is_safe_at(endpoint) {
            return Err(SendError::Unencrypted);
        }
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
        // Without it a fagsystem may pack its receipt in whichever way it likes.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        ids.stand_in(&mut headers);
        let lacking = |error: SecretsError| {
            tracing::error!(%error, "nothing is sent to a business system");
            SendError::NoSecret(error)
        };
        let wanted = SecretName::wanted(authority, id, access);
        if let (Some(name), Access::Header { name: header }) = (&wanted, access) {
            let secret = self.secrets.find(name).await.map_err(lacking)?;
            let (header, value) =
                header_of(header.as_str(), &secret).ok_or_else(|| lacking(SecretsError::Unusable(name.clone())))?;
            headers.insert(header, value);
        }
        let certificate = wanted.filter(|_| *access == Access::ClientCertificate);
        let client = self.client(certificate.as_ref(), self.limits(*limits).connect).await;
        let client = client.map_err(|error| match error {
            SendError::NoSecret(error) => lacking(error),
            error => error,
        })?;
        let is_in_chunks = parcel.is_in_chunks();
        let request = client.post(endpoint.as_str()).headers(headers);
        let answered = request.body(reqwest::Body::wrap(parcel)).send().await.map_err(SendError::from);
        match &answered {
            Ok(answer) => self.lengths.heard(endpoint, answer.version(), answer.status(), is_in_chunks),
            Err(SendError::Broken) if is_in_chunks => self.lengths.heard_nothing(endpoint),
            Err(_) => {}
        }
        answered
    }

    /// How long that fagsystem has to take the next piece of a message, and to answer the whole.
    pub(super) fn answer_limit(&self, fagsystem: &Fagsystem) -> Duration {
        self.limits(fagsystem.limits).answer
    }

    /// The limits of a fagsystem's own, and the router's where it has none.
    pub(super) fn limits(&self, own: TimeLimits) -> Limits {
        Limits {
            connect: own.connect.map_or(self.plan.connect_timeout, Seconds::duration),
            answer: own.answer.map_or(self.answer_timeout, Seconds::duration),
        }
    }

    /// The proxy through which that address is called, if any.
    pub(super) fn proxy_to(&self, endpoint: &Endpoint) -> Option<&Url> {
        self.plan.proxy.as_ref().filter(|_| !endpoint.is_loopback())
    }

    /// The client that shows that certificate, if any, and waits so long for a connection, with the connections that it
    /// has. A certificate that was replaced gets a client of its own.
    pub(super) async fn client(
        &self,
        certificate: Option<&SecretName>,
        connect_timeout: Duration,
    ) -> Result<Client, SendError> {
        if certificate.is_none() && connect_timeout == self.plan.connect_timeout {
            return Ok(self.plain.clone());
        }
        let shown = match certificate {
            Some(name) => Some(self.secrets.find(name).await.map_err(SendError::NoSecret)?),
            None => None,
        };
        let kind = (certificate.cloned(), connect_timeout);
        let mut known = self.known.lock().await;
        known.retain(|_, known| known.last_used.elapsed() < MOST_UNUSED);
        if let Some(known) = known.get_mut(&kind).filter(|known| known.shown == shown) {
            known.last_used = Instant::now();
            return Ok(known.client.clone());
        }
        let (plan, to_show) = (ClientPlan { connect_timeout, ..self.plan.clone() }, shown.clone());
        let made = spawn_blocking(move || plan.client(to_show.as_ref()).map_err(|error| innermost(&error))).await;
        let unusable = |why: String| match certificate {
            Some(name) => SendError::NoSecret(SecretsError::Unusable(name.clone())),
            None => SendError::NotConnected(why),
        };
        let client = made.unwrap_or_else(|error| Err(error.to_string())).map_err(unusable)?;
        known.insert(kind, KnownClient { shown, client: client.clone(), last_used: Instant::now() });
        Ok(client)
    }
}

impl ClientPlan {
    fn client(&self, certificate: Option<&Secret>) -> Result<Client, reqwest::Error> {
        let mut client = Client::builder()
            .connect_timeout(self.connect_timeout)
            .redirect(redirect::Policy::none())
            // What old servers write all the same, a receipt need not be lost by.
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .no_proxy()
            .tls_certs_merge(self.issuers.iter().cloned())
            .pool_idle_timeout(MOST_IDLE)
            .tcp_keepalive_interval(PROBE_INTERVAL)
            .tcp_keepalive_retries(UNANSWERED_PROBES)
            .user_agent(concat!("Postfordeler/", env!("CARGO_PKG_VERSION")));
        // Else the system would break off a fagsystem that takes nothing for 30 seconds, whatever its limit.
        #[cfg(target_os = "linux")]
        {
            client = client.tcp_user_timeout(None);
        }
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

/// As strict as with a fagsystem's address.
fn proxy(text: &str) -> Result<Url, CourierError> {
    let endpoint: Endpoint = text.parse().map_err(|_| CourierError::Proxy)?;
    Url::parse(endpoint.as_str()).map_err(|_| CourierError::Proxy)
}

/// What went wrong with a request, in the words of what is deepest.
pub(super) fn innermost(error: &reqwest::Error) -> String {
    let mut deepest: &dyn std::error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}
