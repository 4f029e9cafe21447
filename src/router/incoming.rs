use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use bytes::Bytes;
use futures_util::StreamExt;
use tokio::time::{Instant, timeout};

use super::multipart::{FilePart, MultipartError, SharedBody};
use super::pace::Pace;

/// How long the caller may be silent within a message.
const MOST_SILENCE: Duration = Duration::from_secs(20);
/// How long the router waits for a message's bytes in all, besides what a slow line needs.
const MOST_WAITING: Duration = Duration::from_secs(30);
/// What of a refused message is still read, so that the caller is done sending before the answer comes: many senders
/// do not see an answer that comes while they send.
const MOST_DISCARDED: u64 = 2 * crate::memo::MAX_MESSAGE_BYTES;
const LONGEST_DISCARDING: Duration = Duration::from_secs(10);

/// A message as it comes in, whichever way it is wrapped.
pub(super) struct Incoming {
    body: SharedBody,
    shape: Shape,
    /// How many bytes the message has, when the caller says so.
    pub length: Option<u64>,
    /// The caller waits for a word before it sends the message, so that an early refusal spares it the trouble.
    waits_for_continue: bool,
    /// How fast the caller must be; what the fagsystem's own slowness takes does not count.
    pace: Pace,
    has_begun: bool,
}

enum Shape {
    Bare,
    FilePart(Box<FilePart>),
    Unreadable(IncomingError),
}

/// Why a call cannot be read as a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum IncomingError {
    #[error(
        "a message is sent as application/xml or text/xml, or as the part named 'file' of multipart/form-data; this \
         was sent as something else"
    )]
    ContentType,
    #[error("a message is sent as it is, without compression (Content-Encoding)")]
    Encoded,
    #[error(transparent)]
    Multipart(MultipartError),
    #[error("the connection was lost, or the caller fell silent, before the message was whole")]
    BrokenOff,
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
        let body = SharedBody::new(body);
        let shape = shape(&head.headers, &body).unwrap_or_else(Shape::Unreadable);
        let length = head.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        Self {
            length: length.filter(|_| matches!(shape, Shape::Bare)),
            waits_for_continue: head.headers.contains_key(header::EXPECT),
            pace: Pace::new(MOST_SILENCE, MOST_WAITING),
            has_begun: false,
            body,
            shape,
        }
    }

    /// The next bytes; `None` when the message is whole.
    pub async fn next(&mut self) -> Result<Option<Bytes>, IncomingError> {
        self.has_begun = true;
        let next = async {
            match &mut self.shape {
                Shape::Bare => self.body.next().await.transpose().map_err(|_| IncomingError::BrokenOff),
                Shape::FilePart(part) => part.next().await.map_err(Into::into),
                Shape::Unreadable(error) => Err(error.clone()),
            }
        };
        let begun = Instant::now();
        let next = timeout(self.pace.patience(), next).await.unwrap_or(Err(IncomingError::BrokenOff));
        let came = next.as_ref().ok().and_then(Option::as_ref).map_or(0, Bytes::len);
        self.pace.waited(begun.elapsed(), came);
        next
    }

    /// Reads what still comes of a refused message, within bounds, and throws it away.
    pub async fn discard(mut self) {
        if self.waits_for_continue && !self.has_begun {
            return;
        }
        let discarding = async {
            let mut left = MOST_DISCARDED;
            while let Some(Ok(bytes)) = self.body.next().await {
                let Some(still_left) = left.checked_sub(bytes.len() as u64) else { break };
                left = still_left;
            }
        };
        let _ = timeout(LONGEST_DISCARDING, discarding).await;
    }
}

/// How the message is wrapped, as the headers tell.
fn shape(headers: &HeaderMap, body: &SharedBody) -> Result<Shape, IncomingError> {
    if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(IncomingError::Encoded);
    }
    let content_type = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let content_type = String::from_utf8_lossy(content_type);
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "" | "application/xml" | "text/xml" => Ok(Shape::Bare),
        "multipart/form-data" => Ok(Shape::FilePart(Box::new(FilePart::new(body.clone(), &content_type)?))),
        _ => Err(IncomingError::ContentType),
    }
}
