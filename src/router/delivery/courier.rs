use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Request};
use jiff::Timestamp;
use url::Url;
use uuid::Uuid;

use super::answer::Answer;
use super::answer_recorder::AnswerRecorder;
use super::causes::{self, CallContext, CallFailure, Cause};
use super::client::{CallError, Client};
use super::clients::{ClientPlan, Clients, CourierError, issuers, proxy};
use super::lengths::RequiredLengths;
use super::outgoing_body::OutgoingBody;
use super::tls_check::{AnsweredEndpoints, CheckTls, TlsCheck, check_tls};
use crate::memo::MessageUuid;
use crate::reasons::Reason;
use crate::rules::{Access, Cvr, Endpoint, Fagsystem, Seconds, TimeLimits};
use crate::secrets::{Secret, SecretName, Secrets, SecretsError};
use crate::store::RouterSettings;

/// Delivers messages to fagsystems.
///
/// The certificate of a fagsystem with an `https` address is always checked, against the system's trusted issuers and those
/// of the settings. Redirects are not followed and no proxy is used but that of the settings: a message goes to the endpoint
/// and nowhere else. In training, no endpoint beyond this machine is called.
#[derive(Debug)]
pub struct Courier {
    /// Replaced as a whole when the trusted issuers change. Messages under way go on with the old ones.
    clients: ArcSwap<Clients>,
    /// The file with the trusted issuers.
    trusted_issuers: Option<PathBuf>,
    secrets: Arc<Secrets>,
    pub(in crate::router) lengths: RequiredLengths,
    /// The endpoints that have ever answered.
    answered: AnsweredEndpoints,
    /// How long a fagsystem has to take the next piece of a message, and to answer the whole, where it has no limit of its
    /// own.
    pub(in crate::router) answer_timeout: Duration,
    /// Records what fagsystems answer, in tests of an endpoint.
    pub(in crate::router) recorder: Option<AnswerRecorder>,
}

/// The ids that a fagsystem gets with a message: the same as in receipt, journal and log.
#[derive(Debug, Clone, Copy)]
pub(in crate::router) struct Ids {
    /// Of this delivery alone.
    pub transmission: Uuid,
    /// The messageUUID.
    pub message: MessageUuid,
}

impl Ids {
    const TRANSMISSION: HeaderName = HeaderName::from_static("x-transmission-id");
    const MESSAGE: HeaderName = HeaderName::from_static("x-message-uuid");

    fn add_to(&self, headers: &mut HeaderMap) {
        let ids = [(Self::TRANSMISSION, self.transmission.to_string()), (Self::MESSAGE, self.message.to_string())];
        // Both consist of hexadecimal digits and hyphens, so this cannot fail.
        headers.extend(ids.into_iter().filter_map(|(name, id)| Some((name, HeaderValue::try_from(id).ok()?))));
    }
}

/// How long a fagsystem has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::router) struct Timeouts {
    /// To accept a connection.
    pub connect: Duration,
    /// To take the next piece of a message, and to answer the whole.
    pub answer: Duration,
}

/// Why a fagsystem gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Nothing was sent.
    #[error("{}", Reason::Unencrypted.words())]
    Unencrypted,
    /// Nothing was sent. The source is for whoever runs the router.
    #[error("{}", Reason::NoAccess.words())]
    NoSecret(#[source] SecretsError),
    /// The fagsystem cannot have received the message.
    #[error("{}", .0.reason.with_detail(.0.detail.as_deref()))]
    NotDelivered(Cause),
    /// Some or all of the message was sent.
    #[error("{}", .0.reason.with_detail(.0.detail.as_deref()))]
    Broken(Cause),
}

impl SendError {
    /// The reason, and further detail.
    pub(in crate::router) fn cause(&self) -> Cause {
        match self {
            Self::Unencrypted => Reason::Unencrypted.into(),
            Self::NoSecret(_) => Reason::NoAccess.into(),
            Self::NotDelivered(cause) | Self::Broken(cause) => cause.clone(),
        }
    }
}

impl From<CallFailure> for SendError {
    fn from(failed: CallFailure) -> Self {
        match failed {
            CallFailure::NotDelivered(cause) => Self::NotDelivered(cause),
            // However it broke: a connection whose other end is dead counts as timed out too, and may have delivered
            // everything.
            CallFailure::Broken { .. } => Self::Broken(Reason::NoAnswer.into()),
        }
    }
}

/// Of a connection that ended before its call was answered.
impl From<hyper::Error> for SendError {
    fn from(error: hyper::Error) -> Self {
        causes::classify(&CallError::Broken(error), CallContext::default()).into()
    }
}

impl Courier {
    /// A courier with those settings and secrets.
    ///
    /// # Errors
    ///
    /// The trusted issuers or the proxy of the settings cannot be used, or the system's certificates cannot be read.
    pub fn new(settings: &RouterSettings, secrets: Arc<Secrets>) -> Result<Self, CourierError> {
        // Keeps a provider that has been installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let plan = ClientPlan {
            connect_timeout: settings.connect_timeout(),
            issuers: settings.trusted_issuers.as_deref().map(issuers).transpose()?.unwrap_or_default(),
            proxy: settings.proxy.as_deref().map(proxy).transpose()?,
            reach: settings.reach,
        };
        let clients = ArcSwap::from_pointee(Clients::by(plan)?);
        let (trusted_issuers, answer_timeout) = (settings.trusted_issuers.clone(), settings.answer_timeout());
        let (lengths, answered) = (RequiredLengths::default(), AnsweredEndpoints::default());
        Ok(Self { clients, trusted_issuers, secrets, lengths, answered, answer_timeout, recorder: None })
    }

    /// A courier with the same settings and other secrets, which remembers nothing of this one's connections and answers. If
    /// calls are recorded, `withheld` is hidden from the recording as well.
    pub(in crate::router) fn with_secrets(
        &self,
        secrets: Secrets,
        withheld: Option<Secret>,
    ) -> Result<Self, CourierError> {
        Ok(Self {
            clients: ArcSwap::from_pointee(Clients::by(self.clients.load().plan.clone())?),
            trusted_issuers: self.trusted_issuers.clone(),
            secrets: Arc::new(secrets),
            lengths: RequiredLengths::default(),
            answered: AnsweredEndpoints::default(),
            answer_timeout: self.answer_timeout,
            recorder: self.recorder.as_ref().map(|_| AnswerRecorder::hiding(withheld)),
        })
    }

    /// The secret that the fagsystem authenticates the router by; `None` where it needs none.
    pub(in crate::router) async fn secret_of(
        &self,
        authority: Cvr,
        fagsystem: &Fagsystem,
    ) -> Result<Option<(SecretName, Secret)>, SecretsError> {
        let Some(name) = SecretName::wanted(authority, &fagsystem.id, &fagsystem.access) else { return Ok(None) };
        let secret = self.secrets.find(&name).await?;
        Ok(Some((name, secret)))
    }

    /// Reads the trusted issuers again, and trusts them from the next message on.
    pub(in crate::router) fn trust_again(&self) -> Result<(), CourierError> {
        let Some(path) = &self.trusted_issuers else { return Ok(()) };
        let plan = ClientPlan { issuers: issuers(path)?, ..self.clients.load().plan.clone() };
        self.clients.store(Arc::new(Clients::by(plan)?));
        Ok(())
    }

    /// The file with the trusted issuers, and the text of those in force.
    pub(in crate::router) fn trusted(&self) -> Option<(PathBuf, Arc<[u8]>)> {
        let pem = Arc::clone(&self.clients.load().plan.issuers.pem);
        self.trusted_issuers.clone().map(|path| (path, pem))
    }

    /// Sends a message to that fagsystem and waits for the beginning of its answer. Sends nothing where the secret that it
    /// needs is missing or would go unencrypted.
    pub(in crate::router) async fn send(
        &self,
        authority: Cvr,
        fagsystem: &Fagsystem,
        ids: Ids,
        body: OutgoingBody,
    ) -> Result<Answer, SendError> {
        let Fagsystem { id, endpoint, access, limits, .. } = fagsystem;
        self.check_reach(endpoint)?;
        if !access.is_safe_at(endpoint) {
            return Err(SendError::Unencrypted);
        }
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
        // Without this header a fagsystem may compress its receipt in any way.
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
        let client = self.client(certificate.as_ref()).await;
        let client = client.map_err(|error| match error {
            SendError::NoSecret(error) => lacking(error),
            error => error,
        })?;
        let is_in_chunks = body.is_in_chunks();
        if let Some(recorder) = &self.recorder {
            recorder.begin(ids.transmission, is_in_chunks, headers.values().find(|value| value.is_sensitive()));
        }
        let mut request = Request::new(body);
        *request.method_mut() = Method::POST;
        *request.headers_mut() = headers;
        match client.call(endpoint, request, self.timeouts(*limits).connect).await {
            Ok(answer) => {
                self.lengths.note_answer(endpoint, answer.version(), answer.status(), is_in_chunks);
                self.answered.note(endpoint);
                Ok(match &self.recorder {
                    Some(recorder) => answer.recorded(recorder, ids.transmission),
                    None => answer,
                })
            }
            Err(error) => {
                let check = CheckTls::IfNeverAnswered(self.timeouts(*limits).connect);
                let error = self.explain(&error, endpoint, certificate.as_ref(), check).await;
                if is_in_chunks && matches!(error, SendError::Broken(_)) {
                    self.lengths.note_no_answer(endpoint);
                }
                Err(error)
            }
        }
    }

    /// Why a call failed. What the error does not show is found out at the port, unless a proxy is in between;
    /// whether the message may have been received is never decided by that alone.
    pub(in crate::router) async fn explain(
        &self,
        error: &CallError,
        endpoint: &Endpoint,
        certificate: Option<&SecretName>,
        check: CheckTls,
    ) -> SendError {
        let context = CallContext {
            is_encrypted: endpoint.is_encrypted(),
            shows_certificate: certificate.is_some(),
            is_through_proxy: self.proxy_to(endpoint).is_some(),
        };
        let failed = causes::classify(error, context);
        let (limit, is_question) = match check {
            CheckTls::IfNeverAnswered(limit) => (limit, false),
            CheckTls::Always(limit) => (limit, true),
        };
        let is_in_doubt = match &failed {
            _ if context.is_through_proxy => false,
            CallFailure::Broken { .. } if context.is_encrypted => !self.answered.is_noted(endpoint),
            CallFailure::Broken { answered_otherwise } => *answered_otherwise || is_question,
            CallFailure::NotDelivered(cause) => {
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
            CallFailure::NotDelivered(cause) => {
                let reason = if is_refused { refused } else { cause.reason };
                SendError::NotDelivered(self.named(Cause { reason, ..cause }, certificate).await)
            }
            // Whoever answered need not be whoever speaks TLS: a port may speak both, and a name may resolve to several
            // machines.
            CallFailure::Broken { .. } if seen.speaks_tls && !context.is_encrypted => {
                SendError::Broken(Reason::TlsWanted.into())
            }
            CallFailure::Broken { .. } if is_refused => {
                SendError::Broken(self.named(refused.into(), certificate).await)
            }
            CallFailure::Broken { .. } => failed.into(),
        }
    }

    /// Corrects the cause where the client certificate has expired, whatever the other side calls it.
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

    /// The fagsystem's own limits, and the router's where it has none.
    pub(in crate::router) fn timeouts(&self, own: TimeLimits) -> Timeouts {
        Timeouts {
            connect: own.connect.map_or(self.clients.load().plan.connect_timeout, Seconds::duration),
            answer: own.answer.map_or(self.answer_timeout, Seconds::duration),
        }
    }

    /// In training, nothing is sent beyond this machine.
    pub(in crate::router) fn check_reach(&self, endpoint: &Endpoint) -> Result<(), SendError> {
        let is_within = self.clients.load().plan.reach.includes(endpoint);
        if is_within { Ok(()) } else { Err(SendError::NotDelivered(Reason::BeyondTraining.into())) }
    }

    /// The proxy for calls to that address, if any.
    pub(in crate::router) fn proxy_to(&self, endpoint: &Endpoint) -> Option<Url> {
        self.clients.load().plan.proxy.clone().filter(|_| !endpoint.is_loopback())
    }

    /// The client that shows that certificate, and its open connections. A certificate that was replaced gets a new client.
    pub(in crate::router) async fn client(&self, certificate: Option<&SecretName>) -> Result<Arc<Client>, SendError> {
        let Some(name) = certificate else { return Ok(Arc::clone(&self.clients.load().plain)) };
        let shown = self.secrets.find(name).await.map_err(SendError::NoSecret)?;
        self.clients.load().showing(name, &shown).map_err(SendError::NoSecret)
    }
}

fn header_of(name: &str, secret: &Secret) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    let mut value = HeaderValue::from_str(secret.reveal()).ok()?;
    value.set_sensitive(true);
    Some((name, value))
}
