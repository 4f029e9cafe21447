use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use futures_util::StreamExt;
use tokio::time::timeout;

use super::multipart::{FilePart, MultipartError};

/// How long the caller may be silent within a message.
const MOST_SILENCE: Duration = Duration::from_mins(1);
/// What of a refused message is still read, so that the caller is done sending before the answer comes: many senders
/// do not see an answer that comes while they send.
const MOST_DISCARDED: u64 = 2 * crate::memo::MAX_MESSAGE_BYTES;
const LONGEST_DISCARDING: Duration = Duration::from_secs(10);

/// A message as it comes in, whichever way it is wrapped.
pub(super) struct Incoming {
    shape: Shape,
    /// How many bytes the message has, when the caller says so.
    pub length: Option<u64>,
    /// The caller waits for a word before it sends the message, so that an early refusal spares it the trouble.
    waits_for_continue: bool,
    has_begun: bool,
}

enum Shape {
    Bare(BodyDataStream),
    FilePart(Box<FilePart>),
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
    pub fn new(request: Request) -> Result<Self, IncomingError> {
        let headers = request.headers();
        if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
            return Err(IncomingError::Encoded);
        }
        let waits_for_continue = headers.contains_key(header::EXPECT);
        let content_type = media_type(headers);
        let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        let boundary = content_type.full.as_deref().and_then(|full| multer::parse_boundary(full).ok());
        let stream = |body: Body| body.into_data_stream();
        let (shape, length) = match (content_type.essence.as_str(), boundary) {
            ("" | "application/xml" | "text/xml", _) => (Shape::Bare(stream(request.into_body())), length),
            ("multipart/form-data", Some(boundary)) => {
                (Shape::FilePart(Box::new(FilePart::new(stream(request.into_body()), boundary))), None)
            }
            ("multipart/form-data", None) => return Err(MultipartError::Format("its boundary is missing").into()),
            _ => return Err(IncomingError::ContentType),
        };
        Ok(Self { shape, length, waits_for_continue, has_begun: false })
    }

    /// The next bytes; `None` when the message is whole.
    pub async fn next(&mut self) -> Result<Option<Bytes>, IncomingError> {
        self.has_begun = true;
        let next = async {
            match &mut self.shape {
                Shape::Bare(body) => body.next().await.transpose().map_err(|_| IncomingError::BrokenOff),
                Shape::FilePart(part) => part.next().await.map_err(Into::into),
            }
        };
        timeout(MOST_SILENCE, next).await.unwrap_or(Err(IncomingError::BrokenOff))
    }

    /// Reads what still comes of a refused message, within bounds, and throws it away.
    pub async fn discard(mut self) {
        if self.waits_for_continue && !self.has_begun {
            return;
        }
        let discarding = async {
            let mut left = MOST_DISCARDED;
            while let Ok(Some(bytes)) = self.next().await {
                let Some(still_left) = left.checked_sub(bytes.len() as u64) else { break };
                left = still_left;
            }
        };
        let _ = timeout(LONGEST_DISCARDING, discarding).await;
    }
}

struct MediaType {
    full: Option<String>,
    /// Type and subtype in lower case, without parameters.
    essence: String,
}

fn media_type(headers: &HeaderMap) -> MediaType {
    let full = headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let essence = full.as_deref().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    MediaType { full, essence }
}
