use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use bytes::Bytes;
use futures_util::StreamExt;
use tokio::time::{Instant, timeout_at};

use super::multipart::{FilePart, MultipartError, SharedBody};

/// How long the caller may be silent within a message.
const MOST_SILENCE: Duration = Duration::from_mins(1);
/// How long a whole message may take to come: 99.5 MiB in that time is less than 2 Mbit/s.
const LONGEST_RECEIVING: Duration = Duration::from_mins(10);
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
    /// When the message must have come to its end.
    deadline: Instant,
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
            deadline: Instant::now() + LONGEST_RECEIVING,
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
        let until = self.deadline.min(Instant::now() + MOST_SILENCE);
        timeout_at(until, next).await.unwrap_or(Err(IncomingError::BrokenOff))
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
        let _ = timeout_at(Instant::now() + LONGEST_DISCARDING, discarding).await;
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
