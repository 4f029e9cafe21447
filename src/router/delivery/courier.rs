use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use jiff::Timestamp;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Certificate, Client, Identity, Proxy, Response, redirect};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;
use url::Url;
use uuid::Uuid;

use super::answer_recorder::AnswerRecorder;
use super::causes::{self, CallContext, CallFailure, Cause};
use super::lengths::RequiredLengths;
use super::outgoing_body::OutgoingBody;
use super::tls_check::{AnsweredEndpoints, CheckTls, TlsCheck, check_tls};
use crate::memo::MessageUuid;
use crate::reasons::Reason;
use crate::rules::{Access, Cvr, Endpoint, Fagsystem, Seconds, TimeLimits, is_loopback};
use crate::secrets::{Secret, SecretName, Secrets, SecretsError};
use crate::store::Settings;

/// Shorter than the time after which servers commonly close an idle connection, lest a message goes into a closed one.
const MOST_IDLE: Duration = Duration::from_secs(3);
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
    /// Another takes its place when other issuers are trusted. Messages under way go on as they began.
    clients: ArcSwap<Clients>,
    /// The file that trusted issuers are read from.
    trusted_issuers: Option<PathBuf>,
    secrets: Arc<Secrets>,
    pub(in crate::router) lengths: RequiredLengths,
    /// Who has ever answered.
    answered: AnsweredEndpoints,
    /// How long a fagsystem has to take the next piece of a message, and to answer the whole, where it has no limit of
    /// its own.
    pub(in crate::router) answer_timeout: Duration,
    /// Sees what fagsystems answer, where somebody wants to know.
    pub(in crate::router) recorder: Option<AnswerRecorder>,
}

/// What calls fagsystems, as long as the same issuers are trusted.
#[derive(Debug)]
struct Clients {
    plan: ClientPlan,
    /// Shows no certificate, and waits for a connection as long as the router does.
    plain: Client,
    /// The others: those that show a certificate, or wait longer or shorter.
    cached: Mutex<HashMap<ClientKind, CachedClient>>,
}

impl Clients {
    fn by(plan: ClientPlan) -> Result<Self, reqwest::Error> {
        Ok(Self { plain: plan.client(None)?, plan, cached: Mutex::default() })
    }
}

/// The certificate that a client shows, and how long it waits for a connection.
type ClientKind = (Option<SecretName>, Duration);

/// A client that messages have needed.
#[derive(Debug)]
struct CachedClient {
    /// The certificate that it shows.
    shown: Option<Secret>,
    client: Client,
    last_used: Instant,
}

/// What a fagsystem is told of which delivery it is: the same as stands in the receipt, the journal and the log.
#[derive(Debug, Clone, Copy)]
pub(in crate::router) struct Ids {
    /// Of this delivery alone.
    pub transmission: Uuid,
    /// As the message writes it.
    pub message: MessageUuid,
}

impl Ids {
    const TRANSMISSION: HeaderName = HeaderName::from_static("x-transmission-id");
    const MESSAGE: HeaderName = HeaderName::from_static("x-message-uuid");

    fn add_to(&self, headers: &mut HeaderMap) {
        let ids = [(Self::TRANSMISSION, self.transmission.to_string()), (Self::MESSAGE, self.message.to_string())];
        // Both are hexadecimal digits and hyphens.
        headers.extend(ids.into_iter().filter_map(|(name, id)| Some((name, HeaderValue::try_from(id).ok()?))));
    }
}

/// How long a fagsystem has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::router) struct Timeouts {
    /// To take a connection.
    pub connect: Duration,
    /// To take the next piece of a message, and to answer the whole.
    pub answer: Duration,
}

/// What every client is made by.
#[derive(Debug, Clone)]
struct ClientPlan {
    connect_timeout: Duration,
    issuers: Issuers,
    proxy: Option<Url>,
}

/// The issuers that are trusted besides the system's, and the text that they were read from.
#[derive(Debug, Clone, Default)]
struct Issuers {
    certificates: Vec<Certificate>,
    pem: Arc<[u8]>,
}

/// Why messages cannot be delivered by those settings.
#[derive(Debug, thiserror::Error)]
pub enum CourierError {
    /// What makes connections cannot be set up.
    #[error("{}", causes::innermost(.0))]
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
    #[error("{}", Reason::Unencrypted.words())]
    Unencrypted,
    /// Nothing was sent. What is said of the secret is for those who run the router.
    #[error("{}", Reason::NoAccess.words())]
    NoSecret(#[source] SecretsError),
    /// It has surely not taken anything.
    #[error("{}", .0.reason.told(.0.detail.as_deref()))]
    NotTaken(Cause),
    /// Some or all of it was sent.
    #[error("{}", .0.reason.told(.0.detail.as_deref()))]
    Broken(Cause),
}

impl SendError {
    /// Why, and what is known of it besides.
    pub(in crate::router) fn cause(&self) -> Cause {
        match self {
            Self::Unencrypted => Reason::Unencrypted.into(),
            Self::NoSecret(_) => Reason::NoAccess.into(),
            Self::NotTaken(cause) | Self::Broken(cause) => cause.clone(),
        }
    }
}

impl From<CallFailure> for SendError {
    fn from(failed: CallFailure) -> Self {
        match failed {
            CallFailure::NotTaken(cause) => Self::NotTaken(cause),
            // However it broke: a connection whose other end is dead is called a timeout too, and may have taken all.
            CallFailure::Broken { .. } => Self::Broken(Reason::NoAnswer.into()),
        }
    }
}

impl From<reqwest::Error> for SendError {
    fn from(error: reqwest::Error) -> Self {
        causes::classify(&error, CallContext::default()).into()
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
        let clients = ArcSwap::from_pointee(Clients::by(plan)?);
        let (trusted_issuers, answer_timeout) = (settings.trusted_issuers.clone(), settings.answer_timeout());
        let (lengths, answered) = (RequiredLengths::default(), AnsweredEndpoints::default());
        Ok(Self { clients, trusted_issuers, secrets, lengths, answered, answer_timeout, recorder: None })
    }

    /// One that knows none of its connections and answers, and takes secrets from there. A recorder does not tell the one
    /// that is not shown.
    pub(in crate::router) fn with_secrets(
        &self,
        secrets: Secrets,
        untold: Option<Secret>,
    ) -> Result<Self, CourierError> {
        Ok(Self {
            clients: ArcSwap::from_pointee(Clients::by(self.clients.load().plan.clone())?),
            trusted_issuers: self.trusted_issuers.clone(),
            secrets: Arc::new(secrets),
            lengths: RequiredLengths::default(),
            answered: AnsweredEndpoints::default(),
            answer_timeout: self.answer_timeout,
            recorder: self.recorder.as_ref().map(|_| AnswerRecorder::hiding(untold)),
        })
    }

    /// The secret by which that fagsystem knows the router; `None` where it wants none.
    pub(in crate::router) async fn secret_of(
        &self,
        authority: Cvr,
        fagsystem: &Fagsystem,
    ) -> Result<Option<(SecretName, Secret)>, SecretsError> {
        let Some(name) = SecretName::wanted(authority, &fagsystem.id, &fagsystem.access) else { return Ok(None) };
        let secret = self.secrets.find(&name).await?;
        Ok(Some((name, secret)))
    }

    /// Reads the trusted issuers anew, and goes by them from the next message on.
    pub(in crate::router) fn trust_again(&self) -> Result<(), CourierError> {
        let Some(path) = &self.trusted_issuers else { return Ok(()) };
        let plan = ClientPlan { issuers: issuers(path)?, ..self.clients.load().plan.clone() };
        self.clients.store(Arc::new(Clients::by(plan)?));
        Ok(())
    }

    /// The file of the trusted issuers, and what of it is in force.
    pub(in crate::router) fn trusted(&self) -> Option<(PathBuf, Arc<[u8]>)> {
        let pem = Arc::clone(&self.clients.load().plan.issuers.pem);
        self.trusted_issuers.clone().map(|path| (path, pem))
    }

    /// Sends a message to that fagsystem of the authority, and waits for the beginning of its answer. Where the secret
    /// is lacking that it wants, or would go unencrypted, nothing is sent.
    pub(in crate::router) async fn send(
        &self,
        authority: Cvr,
        fagsystem: &Fagsystem,
        ids: Ids,
        body: OutgoingBody,
    ) -> Result<Response, SendError> {
        let Fagsystem { id, endpoint, access, limits, .. } = fagsystem;
        if !access.is_safe_at(endpoint) {
            return Err(SendError::Unencrypted);
        }
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
        // Without it a fagsystem may pack its receipt in whichever way it likes.
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        ids.add_to(&mut headers);
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
        let certificate = Self::certificate_for(authority, fagsystem);
        let client = self.client(certificate.as_ref(), self.timeouts(*limits).connect).await;
        let client = client.map_err(|error| match error {
            SendError::NoSecret(error) => lacking(error),
            error => error,
        })?;
        let is_in_chunks = body.is_in_chunks();
        if let Some(recorder) = &self.recorder {
            recorder.begin(ids.transmission, is_in_chunks, headers.values().find(|value| value.is_sensitive()));
        }
        let request = client.post(endpoint.as_str()).headers(headers);
        match request.body(reqwest::Body::wrap(body)).send().await {
            Ok(answer) => {
                self.lengths.note_answer(endpoint, answer.version(), answer.status(), is_in_chunks);
                self.answered.note(endpoint);
                Ok(match &self.recorder {
                    Some(recorder) => recorder.record(ids.transmission, answer),
                    None => answer,
                })
            }
            Err(error) => {
                let looks = CheckTls::IfNeverAnswered(self.timeouts(*limits).connect);
                let error = self.explain(&error, endpoint, certificate.as_ref(), looks).await;
                if is_in_chunks && matches!(error, SendError::Broken(_)) {
                    self.lengths.note_no_answer(endpoint);
                }
                Err(error)
            }
        }
    }

    /// Why a call to that address came to nothing. What the connection itself does not tell is looked for at the port,
    /// where no proxy stands between; whether the call may have been taken is never judged by that alone.
    pub(in crate::router) async fn explain(
        &self,
        error: &reqwest::Error,
        endpoint: &Endpoint,
        certificate: Option<&SecretName>,
        looks: CheckTls,
    ) -> SendError {
        let context = CallContext {
            is_encrypted: endpoint.is_encrypted(),
            shows_certificate: certificate.is_some(),
            is_through_proxy: self.proxy_to(endpoint).is_some(),
        };
        let failed = causes::classify(error, context);
        let (limit, is_question) = match looks {
            CheckTls::IfNeverAnswered(limit) => (limit, false),
            CheckTls::Always(limit) => (limit, true),
        };
        let is_in_doubt = match &failed {
            _ if context.is_through_proxy => false,
            CallFailure::Broken { .. } if context.is_encrypted => !self.answered.is_noted(endpoint),
            CallFailure::Broken { answered_otherwise } => *answered_otherwise || is_question,
            CallFailure::NotTaken(cause) => {
                context.is_encrypted && matches!(cause.reason, Reason::TlsFailed | Reason::BrokenOff)
            }
        };
        let seen = if is_in_doubt {
            let shown = match certificate {
                Some(name) => self.secrets.find(name).await.ok().and_then(|shown| shown.certified_key()),
                None => None,
            };
            check_tls(endpoint, shown, limit).await
        } else {
            TlsCheck::default()
        };
        let refused =
            if certificate.is_some() { Reason::ClientCertificateRefused } else { Reason::ClientCertificateWanted };
        let is_refused = context.is_encrypted && seen.refuses_certificate;
        match failed {
            CallFailure::NotTaken(cause) => {
                let reason = if is_refused { refused } else { cause.reason };
                SendError::NotTaken(self.named(Cause { reason, ..cause }, certificate).await)
            }
            // Who answered need not be who speaks TLS: a port may speak both, and an address may be that of several.
            CallFailure::Broken { .. } if seen.speaks_tls && !context.is_encrypted => {
                SendError::Broken(Reason::TlsWanted.into())
            }
            CallFailure::Broken { .. } if is_refused => {
                SendError::Broken(self.named(refused.into(), certificate).await)
            }
            CallFailure::Broken { .. } => failed.into(),
        }
    }

    /// The cause by its proper name: a certificate that has expired is called so, whatever the other side calls it.
    pub(in crate::router) async fn named(&self, cause: Cause, certificate: Option<&SecretName>) -> Cause {
        let is_of_certificate = matches!(cause.reason, Reason::ClientCertificateRefused | Reason::AccessRefused);
        match certificate {
            Some(name) if is_of_certificate && self.has_expired(name).await => {
                Cause { reason: Reason::ClientCertificateExpired, ..cause }
            }
            _ => cause,
        }
    }

    async fn has_expired(&self, certificate: &SecretName) -> bool {
        let shown = self.secrets.find(certificate).await.ok();
        shown.and_then(|shown| shown.validity()).is_some_and(|validity| validity.until < Timestamp::now())
    }

    /// The certificate that is shown to that fagsystem, if any.
    pub(in crate::router) fn certificate_for(authority: Cvr, fagsystem: &Fagsystem) -> Option<SecretName> {
        let wanted = SecretName::wanted(authority, &fagsystem.id, &fagsystem.access);
        wanted.filter(|_| fagsystem.access == Access::ClientCertificate)
    }

    /// How long that fagsystem has to take the next piece of a message, and to answer the whole.
    pub(in crate::router) fn answer_limit(&self, fagsystem: &Fagsystem) -> Duration {
        self.timeouts(fagsystem.limits).answer
    }

    /// The limits of a fagsystem's own, and the router's where it has none.
    pub(in crate::router) fn timeouts(&self, own: TimeLimits) -> Timeouts {
        Timeouts {
            connect: own.connect.map_or(self.clients.load().plan.connect_timeout, Seconds::duration),
            answer: own.answer.map_or(self.answer_timeout, Seconds::duration),
        }
    }

    /// The proxy through which that address is called, if any.
    pub(in crate::router) fn proxy_to(&self, endpoint: &Endpoint) -> Option<Url> {
        self.clients.load().plan.proxy.clone().filter(|_| !endpoint.is_loopback())
    }

    /// The client that shows that certificate, if any, and waits so long for a connection, with the connections that it
    /// has. A certificate that was replaced gets a client of its own.
    pub(in crate::router) async fn client(
        &self,
        certificate: Option<&SecretName>,
        connect_timeout: Duration,
    ) -> Result<Client, SendError> {
        let clients = self.clients.load_full();
        if certificate.is_none() && connect_timeout == clients.plan.connect_timeout {
            return Ok(clients.plain.clone());
        }
        let shown = match certificate {
            Some(name) => Some(self.secrets.find(name).await.map_err(SendError::NoSecret)?),
            None => None,
        };
        let kind = (certificate.cloned(), connect_timeout);
        let mut cached = clients.cached.lock().await;
        cached.retain(|_, known| known.last_used.elapsed() < MOST_UNUSED);
        if let Some(known) = cached.get_mut(&kind).filter(|known| known.shown == shown) {
            known.last_used = Instant::now();
            return Ok(known.client.clone());
        }
        let (plan, to_show) = (ClientPlan { connect_timeout, ..clients.plan.clone() }, shown.clone());
        let made =
            spawn_blocking(move || plan.client(to_show.as_ref()).map_err(|error| causes::innermost(&error))).await;
        let unusable = |why: String| match certificate {
            Some(name) => SendError::NoSecret(SecretsError::Unusable(name.clone())),
            None => SendError::NotTaken(Cause::with(Reason::NoConnection, &why)),
        };
        let client = made.unwrap_or_else(|error| Err(error.to_string())).map_err(unusable)?;
        cached.insert(kind, CachedClient { shown, client: client.clone(), last_used: Instant::now() });
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
            .tls_certs_merge(self.issuers.certificates.iter().cloned())
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

fn issuers(path: &Path) -> Result<Issuers, CourierError> {
    let failed = |reason: String| CourierError::Issuers { path: path.to_owned(), reason };
    let pem = fs::read(path).map_err(|error| failed(error.to_string()))?;
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|error| failed(causes::innermost(&error)))?;
    if certificates.is_empty() {
        return Err(failed("there is no certificate in it".to_owned()));
    }
    Ok(Issuers { certificates, pem: pem.into() })
}

/// As strict as with a fagsystem's address.
fn proxy(text: &str) -> Result<Url, CourierError> {
    let endpoint: Endpoint = text.parse().map_err(|_| CourierError::Proxy)?;
    Url::parse(endpoint.as_str()).map_err(|_| CourierError::Proxy)
}
