use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Version, header, request};
use bytes::Bytes;
use futures_util::StreamExt;
use http_body::Body;
use tokio::time::{Instant, timeout};

use super::multipart::{Ambiguous, FilePart, MultipartError, Parameters, SharedBody, trimmed};
use super::pace::Pace;
use crate::store::{Digest, EarlierDelivery, MessageDigest};

/// How long the caller may be silent within a message.
const SILENCE_TIMEOUT: Duration = Duration::from_secs(20);
/// How long the router waits for the bytes of a message in all, on top of what a slow line needs.
const MAX_WAIT: Duration = Duration::from_secs(30);
/// How many bytes of a refused message are still read, so that the caller has finished sending before the answer comes: many
/// senders miss an answer that comes while they send.
const MAX_DISCARDED_BYTES: u64 = 2 * crate::memo::MAX_MESSAGE_BYTES;
const DISCARD_TIMEOUT: Duration = Duration::from_secs(10);
/// How many bytes are still read of a call that was answered at once, so that the answer reaches a caller that is still
/// sending: the system resets a connection with unread bytes.
const MAX_LINGERING_BYTES: u64 = 32 * 1024 * 1024;
const LINGER_TIMEOUT: Duration = Duration::from_secs(2);

/// A message as it comes in, bare or in a form.
pub(in crate::router) struct Incoming {
    body: SharedBody,
    shape: Packaging,
    /// The length of the message, as soon as it is certain.
    pub length: Option<u64>,
    /// How many bytes have come.
    came: u64,
    progress: Completeness,
    identity: Identity,
    /// The caller waits for `100 Continue` before it sends the message, so an early refusal saves it from sending.
    waits_for_continue: bool,
    /// How fast the caller must be. Time spent waiting for the fagsystem does not count.
    pace: Pace,
    has_begun: bool,
}

/// Shows whether the message repeats one that was accepted.
#[derive(Default)]
struct Identity {
    making: Option<MessageDigest>,
    digest: Arc<OnceLock<Digest>>,
    accepted: Vec<EarlierDelivery>,
}

impl Identity {
    fn update(&mut self, bytes: &[u8]) {
        if let Some(making) = &mut self.making {
            making.update(bytes);
        }
    }

    fn finish(&mut self, bytes: u64) -> Result<(), IncomingError> {
        let Some(making) = self.making.take() else { return Ok(()) };
        let digest = *self.digest.get_or_init(|| making.digest());
        match self.accepted.iter().find(|earlier| earlier.is_same(digest, bytes)) {
            Some(earlier) => Err(IncomingError::Repeats(earlier.number)),
            None => Ok(()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Completeness {
    Coming,
    /// The whole message has come.
    Whole,
    /// The connection was lost or the caller fell silent, and nothing more comes.
    BrokenOff,
}

enum Packaging {
    Bare,
    FilePart(Box<FilePart>),
    Unreadable(IncomingError),
}

/// Why a call cannot be read as a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::router) enum IncomingError {
    #[error(
        "a message is sent as application/xml or text/xml, or as the part named 'file' of multipart/form-data; this \
         was sent as something else"
    )]
    ContentType,
    #[error("the header Content-Type is there more than once, or cannot be read")]
    UnclearContentType,
    #[error("a message is sent as it is, without compression (Content-Encoding)")]
    Encoded,
    #[error(transparent)]
    Multipart(MultipartError),
    #[error(
        "the message did not come whole: the connection was lost, the caller fell silent, or its chunks were wrong"
    )]
    BrokenOff,
    #[error("the message is the one of row {0} in the journal, which was accepted")]
    Repeats(i64),
}

impl From<MultipartError> for IncomingError {
    fn from(error: MultipartError) -> Self {
        match error {
            MultipartError::BrokenOff => Self::BrokenOff,
            format @ MultipartError::Format(_) => Self::Multipart(format),
        }
    }
}

impl Incoming {
    pub fn new(request: Request) -> Self {
        let (head, body) = request.into_parts();
        let length = body.size_hint().exact();
        let body = SharedBody::new(body);
        let shape = shape(&head.headers, &body).unwrap_or_else(Packaging::Unreadable);
        Self {
            // The length of a form says nothing about the message in it.
            length: length.filter(|_| matches!(shape, Packaging::Bare)),
            came: 0,
            progress: Completeness::Coming,
            identity: Identity::default(),
            waits_for_continue: waits_for_continue(&head),
            pace: Pace::new(SILENCE_TIMEOUT, MAX_WAIT),
            has_begun: false,
            body,
            shape,
        }
    }

    /// Waits until the first bytes of the body are here, for at most that long.
    pub async fn begin(&mut self, wait_limit: Duration) -> Result<(), IncomingError> {
        if let Packaging::Unreadable(error) = &self.shape {
            return Err(error.clone());
        }
        self.has_begun = true;
        let begun = timeout(wait_limit, self.body.begins()).await;
        if begun.is_err() {
            self.progress = Completeness::BrokenOff;
        }
        begun.map_err(|_| IncomingError::BrokenOff)
    }

    /// The next bytes; `None` when the message is whole.
    pub async fn next(&mut self) -> Result<Option<Bytes>, IncomingError> {
        if self.progress == Completeness::Whole {
            return Ok(None);
        }
        // Reading would send `100 Continue`: a body that cannot be read is not begun, so that the caller is refused instead.
        self.has_begun = !matches!(self.shape, Packaging::Unreadable(_));
        let next = async {
            match &mut self.shape {
                Packaging::Bare => self.body.next().await.transpose().map_err(|_| IncomingError::BrokenOff),
                Packaging::FilePart(part) => part.next().await.map_err(Into::into),
                Packaging::Unreadable(error) => Err(error.clone()),
            }
        };
        let begun = Instant::now();
        let next = timeout(self.pace.wait_limit(), next).await.unwrap_or(Err(IncomingError::BrokenOff));
        let came = next.as_ref().ok().and_then(Option::as_ref).map_or(0, Bytes::len);
        self.pace.record_wait(begun.elapsed(), came);
        self.came += came as u64;
        match &next {
            Ok(Some(bytes)) => self.identity.update(bytes),
            Ok(None) => {
                self.progress = Completeness::Whole;
                self.length = Some(self.came);
                self.identity.finish(self.came)?;
            }
            Err(IncomingError::BrokenOff) => self.progress = Completeness::BrokenOff,
            Err(_) => {}
        }
        next
    }

    /// Whether the whole message has come, and its end.
    pub fn is_whole(&self) -> bool {
        self.progress == Completeness::Whole
    }

    /// Has the digest of the message computed as its bytes pass. It is there once the message is whole.
    pub fn identify(&mut self, making: MessageDigest) -> Arc<OnceLock<Digest>> {
        self.identity.making = Some(making);
        Arc::clone(&self.identity.digest)
    }

    /// Where the digest shows that the message is one of those, [`IncomingError::Repeats`] takes the place of its end.
    pub fn recognise(&mut self, accepted: Vec<EarlierDelivery>) {
        self.identity.accepted = accepted;
    }

    /// Reads the rest of a refused message, within limits, and discards it.
    pub async fn discard(self) {
        self.discard_within(MAX_DISCARDED_BYTES, DISCARD_TIMEOUT).await;
    }

    /// The same within closer limits, for a call that has been answered already.
    pub async fn linger(self) {
        self.discard_within(MAX_LINGERING_BYTES, LINGER_TIMEOUT).await;
    }

    async fn discard_within(mut self, most: u64, longest: Duration) {
        if self.progress == Completeness::BrokenOff || (self.waits_for_continue && !self.has_begun) {
            return;
        }
        let discarding = async {
            let mut left = most;
            while let Some(Ok(bytes)) = self.body.next().await {
                let Some(still_left) = left.checked_sub(bytes.len() as u64) else { break };
                left = still_left;
            }
        };
        let _ = timeout(longest, discarding).await;
    }
}

/// Whether the caller sends only the head until it gets `100 Continue`.
fn waits_for_continue(head: &request::Parts) -> bool {
    let mut expected = head.headers.get_all(header::EXPECT).iter();
    head.version >= Version::HTTP_11 && expected.any(|it| it.as_bytes().eq_ignore_ascii_case(b"100-continue"))
}

/// How the message is wrapped, by the headers.
fn shape(headers: &HeaderMap, body: &SharedBody) -> Result<Packaging, IncomingError> {
    let codings = headers.get_all(header::CONTENT_ENCODING).iter().flat_map(|it| it.as_bytes().split(|it| *it == b','));
    if !codings.map(trimmed).all(|coding| coding.is_empty() || coding.eq_ignore_ascii_case(b"identity")) {
        return Err(IncomingError::Encoded);
    }
    let mut types = headers.get_all(header::CONTENT_TYPE).iter().map(HeaderValue::as_bytes);
    let content_type = types.next().unwrap_or_default();
    if types.next().is_some() {
        return Err(IncomingError::UnclearContentType);
    }
    let kind = trimmed(content_type.split(|byte| *byte == b';').next().unwrap_or_default());
    match kind.to_ascii_lowercase().as_slice() {
        b"" | b"application/xml" | b"text/xml" => Ok(Packaging::Bare),
        b"multipart/form-data" => {
            let content_type = Parameters::read(content_type).map_err(|Ambiguous| IncomingError::UnclearContentType)?;
            Ok(Packaging::FilePart(Box::new(FilePart::new(body.clone(), &content_type)?)))
        }
        _ => Err(IncomingError::ContentType),
    }
}
