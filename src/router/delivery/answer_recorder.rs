//! Records what fagsystems answer, byte for byte, for tests of an endpoint that show more than a verdict.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::response::Parts;
use axum::http::{HeaderValue, Version, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::secrets::Secret;

/// The most bytes of an answer's body that are recorded.
const MAX_BODY_BYTES: usize = 4096;
/// Replaces a secret that a fagsystem repeats.
const HIDDEN: &str = "(secret)";
/// The shortest word of a secret that is hidden by itself as well.
const SHORTEST_WORD: usize = 8;
/// The shortest user name or password that is.
const SHORTEST_NAME: usize = 3;

/// The answer to a call, as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedAnswer {
    /// The HTTP version of the answer.
    pub version: Version,
    /// The HTTP status.
    pub status: u16,
    /// The header `Content-Type`, empty when there is none.
    pub content_type: String,
    /// The header `Location`, where the answer names another address.
    pub location: Option<String>,
    /// The beginning of the body, as far as it was read: up to 4 KiB, as text, with the router's secret hidden.
    pub body: String,
    /// How many bytes of the body were read.
    pub body_bytes: usize,
}

/// Records the calls of one courier, each under its transmission id, since several may be under way.
#[derive(Debug, Clone, Default)]
pub(in crate::router) struct AnswerRecorder {
    records: Arc<Mutex<HashMap<Uuid, Record>>>,
    /// The secret that the caller should have shown and does not, which the fagsystem may repeat.
    withheld: Option<Secret>,
}

#[derive(Debug, Default)]
struct Record {
    was_in_chunks: Option<bool>,
    secret: Option<HeaderValue>,
    seen: Option<RecordedAnswer>,
    body: Vec<u8>,
}

/// What was recorded of one call.
#[derive(Debug, Default)]
pub(in crate::router) struct Recording {
    /// Whether the message was sent in chunks; `None`: nothing was sent.
    pub was_in_chunks: Option<bool>,
    pub seen: Option<RecordedAnswer>,
    secret: Option<HeaderValue>,
    withheld: Option<Secret>,
}

impl Recording {
    /// The text without the secret that the call showed and the one that it should have shown. A fagsystem may repeat either,
    /// with or without the scheme before it.
    pub fn without_secret(&self, text: &str) -> String {
        let shown = self.secret.as_ref().and_then(|secret| secret.to_str().ok());
        let withheld = self.withheld.as_ref().map(Secret::reveal);
        let parts: Vec<_> = shown.into_iter().chain(withheld).flat_map(parts_of).collect();
        parts.iter().fold(text.to_owned(), |text, part| text.replace(part.as_str(), HIDDEN))
    }
}

/// What is hidden of a header's value, longest first: all of it, and each part that gives it away by itself. A fagsystem may
/// repeat what follows `Bearer`, or what it has decoded of `Basic`.
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
    // Shorter parts occur in too many texts.
    parts.retain(|part| part.len() >= SHORTEST_NAME);
    parts.extend(value.split_whitespace().filter(|word| word.len() >= SHORTEST_WORD).map(str::to_owned));
    parts.push(value.to_owned());
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts.into_iter().map(Zeroizing::new).collect()
}

impl AnswerRecorder {
    /// A recorder of calls that show another secret than that one.
    pub fn hiding(withheld: Option<Secret>) -> Self {
        Self { withheld, ..Self::default() }
    }

    /// Begins to record a call that shows that secret.
    pub fn begin(&self, transmission: Uuid, is_in_chunks: bool, secret: Option<&HeaderValue>) {
        let record = Record { was_in_chunks: Some(is_in_chunks), secret: secret.cloned(), ..Record::default() };
        self.records().insert(transmission, record);
    }

    /// Records how the answer to a call begins.
    pub fn begin_answer(&self, transmission: Uuid, head: &Parts) {
        let text = |name| head.headers.get(name).map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
        let seen = RecordedAnswer {
            version: head.version,
            status: head.status.as_u16(),
            content_type: text(header::CONTENT_TYPE).unwrap_or_default(),
            location: text(header::LOCATION),
            body: String::new(),
            body_bytes: 0,
        };
        if let Some(record) = self.records().get_mut(&transmission) {
            record.seen = Some(seen);
        }
    }

    /// Records the next piece of the answer's body.
    pub fn record(&self, transmission: Uuid, piece: &[u8]) {
        let mut records = self.records();
        let Some(record) = records.get_mut(&transmission) else { return };
        let kept = piece.len().min(MAX_BODY_BYTES.saturating_sub(record.body.len()));
        record.body.extend_from_slice(&piece[..kept]);
        if let Some(seen) = &mut record.seen {
            seen.body_bytes += piece.len();
        }
    }

    /// Returns what was recorded of that call, and forgets it.
    pub fn finish(&self, transmission: Uuid) -> Recording {
        let record = self.records().remove(&transmission);
        let Record { was_in_chunks, secret, seen, body } = record.unwrap_or_default();
        let mut recording = Recording { was_in_chunks, seen: None, secret, withheld: self.withheld.clone() };
        recording.seen = seen.map(|seen| RecordedAnswer {
            content_type: recording.without_secret(&seen.content_type),
            location: seen.location.map(|location| recording.without_secret(&location)),
            body: recording.without_secret(&String::from_utf8_lossy(&body)),
            ..seen
        });
        recording
    }

    fn records(&self) -> MutexGuard<'_, HashMap<Uuid, Record>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
