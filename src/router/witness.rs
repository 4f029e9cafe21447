//! What a fagsystem answered, as it came: for those who try it out, and want to see more than what it comes to.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use axum::http::{self, HeaderValue, Version, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use reqwest::Response;
use zeroize::Zeroizing;

/// How much is kept of an answer's body.
const MOST_KEPT: usize = 4096;
/// What stands in the place of a secret that a fagsystem repeats.
const HIDDEN: &str = "(secret)";
/// How long a word of a secret is at least that is hidden by itself too.
const SHORTEST_WORD: usize = 8;
/// How long a user name or a password is at least that is.
const SHORTEST_NAME: usize = 3;

/// The answer to a call, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The HTTP version of the answer.
    pub version: Version,
    /// The HTTP status.
    pub status: u16,
    /// The header `Content-Type`, empty when there is none.
    pub content_type: String,
    /// The header `Location`, where an answer speaks of another address.
    pub location: Option<String>,
    /// The beginning of the body, as far as it was read: up to 4 KiB, as text, without the router's secret.
    pub body: String,
    /// How many bytes of the body were read.
    pub body_bytes: usize,
}

/// What one courier's calls are watched by.
#[derive(Debug, Clone, Default)]
pub(super) struct Witness(Arc<Mutex<Record>>);

#[derive(Debug, Default)]
struct Record {
    was_in_chunks: Option<bool>,
    secret: Option<HeaderValue>,
    seen: Option<Seen>,
    body: Vec<u8>,
}

/// What was seen of one call.
#[derive(Debug, Default)]
pub(super) struct Testimony {
    /// Whether it went out in chunks; `None`: nothing went out.
    pub was_in_chunks: Option<bool>,
    pub seen: Option<Seen>,
    secret: Option<HeaderValue>,
}

impl Testimony {
    /// The text without the secret that the call showed: a fagsystem may repeat it.
    pub fn without_secret(&self, text: &str) -> String {
        let secret = self.secret.as_ref().and_then(|secret| secret.to_str().ok());
        let parts = secret.map(parts_of).unwrap_or_default();
        parts.iter().fold(text.to_owned(), |text, part| text.replace(part.as_str(), HIDDEN))
    }
}

/// What is hidden of a header's value, the longest first: all of it, and each part that gives it away by itself. A fagsystem
/// may repeat what stands behind `Bearer` alone, or what it has made of `Basic`.
fn parts_of(value: &str) -> Vec<Zeroizing<String>> {
    let mut parts = Vec::new();
    let mut words = value.split_whitespace();
    if words.next().is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic")) {
        let decoded = words.next().and_then(|word| STANDARD.decode(word).ok());
        if let Some(pair) = decoded.and_then(|bytes| String::from_utf8(bytes).ok()) {
            let (user, password) = pair.split_once(':').unwrap_or_default();
            parts.extend([user, password, &pair].map(str::to_owned));
        }
    }
    // What is shorter stands in too many texts.
    parts.retain(|part| part.len() >= SHORTEST_NAME);
    parts.extend(value.split_whitespace().filter(|word| word.len() >= SHORTEST_WORD).map(str::to_owned));
    parts.push(value.to_owned());
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts.into_iter().map(Zeroizing::new).collect()
}

impl Witness {
    /// A call begins, and shows that secret; what was seen of the one before is forgotten.
    pub fn begins(&self, is_in_chunks: bool, secret: Option<&HeaderValue>) {
        *self.record() = Record { was_in_chunks: Some(is_in_chunks), secret: secret.cloned(), ..Record::default() };
    }

    /// The same answer, which is noted down as it is read.
    pub fn watch(&self, answer: Response) -> Response {
        let answer: http::Response<reqwest::Body> = answer.into();
        let text = |name| answer.headers().get(name).map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
        self.record().seen = Some(Seen {
            version: answer.version(),
            status: answer.status().as_u16(),
            content_type: text(header::CONTENT_TYPE).unwrap_or_default(),
            location: text(header::LOCATION),
            body: String::new(),
            body_bytes: 0,
        });
        answer.map(|body| reqwest::Body::wrap(Watched { body, witness: self.clone() })).into()
    }

    /// What was seen of the last call.
    pub fn testify(&self) -> Testimony {
        let Record { was_in_chunks, secret, seen, body } = std::mem::take(&mut *self.record());
        let mut testimony = Testimony { was_in_chunks, seen: None, secret };
        testimony.seen = seen.map(|seen| Seen {
            content_type: testimony.without_secret(&seen.content_type),
            location: seen.location.map(|location| testimony.without_secret(&location)),
            body: testimony.without_secret(&String::from_utf8_lossy(&body)),
            ..seen
        });
        testimony
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Watched {
    body: reqwest::Body,
    witness: Witness,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if let Some(Ok(frame)) = &frame
            && let Some(data) = frame.data_ref()
        {
            let mut record = self.witness.record();
            let kept = data.len().min(MOST_KEPT.saturating_sub(record.body.len()));
            record.body.extend_from_slice(&data[..kept]);
            if let Some(seen) = &mut record.seen {
                seen.body_bytes += data.len();
            }
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
