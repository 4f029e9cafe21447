//! How a practice fagsystem behaves.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use subtle::ConstantTimeEq;

use super::letter_line::LetterListener;
use super::reply::PracticeReply;
use crate::memo::Header;
use crate::router::ReceiptStatus;
use crate::rules::HeaderName;
use crate::secrets::Secret;

/// How a practice fagsystem answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PracticeAnswer {
    /// Accepts every message.
    Accept,
    /// Rejects every message.
    Reject,
    /// Answers that it is unavailable.
    Unavailable,
    /// Accepts after that time.
    Slow(Duration),
}

/// The text is not one of the answers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("answer with accept, reject, unavailable or slow:<milliseconds>")]
pub struct UnknownAnswer;

impl FromStr for PracticeAnswer {
    type Err = UnknownAnswer;

    fn from_str(text: &str) -> Result<Self, UnknownAnswer> {
        match text {
            "accept" => Ok(Self::Accept),
            "reject" => Ok(Self::Reject),
            "unavailable" => Ok(Self::Unavailable),
            _ => {
                let milliseconds = text.strip_prefix("slow:").and_then(|number| number.parse().ok());
                milliseconds.map(|number| Self::Slow(Duration::from_millis(number))).ok_or(UnknownAnswer)
            }
        }
    }
}

/// What a practice fagsystem does with a complete message. The default accepts it, stores nothing and demands no
/// credentials.
#[derive(Clone, Default)]
pub struct Practice {
    /// The receipt that it answers with; `None` is [`PracticeAnswer::Accept`], unless [`status`](Self::status) is set
    /// alone.
    pub answer: Option<PracticeAnswer>,
    /// The HTTP status in place of the answer's own. Alone, without answer and body, it comes with an empty body.
    pub status: Option<StatusCode>,
    /// The body in place of the receipt; `{messageUUID}` in it becomes the message's.
    pub body: Option<Vec<u8>>,
    /// The body's `Content-Type`; without it, JSON or plain text as the body is.
    pub content_type: Option<HeaderValue>,
    /// The directory where complete messages are stored as `<messageUUID>.xml`. They are letters, so the directory is
    /// closed to everyone but its owner.
    pub keep: Option<PathBuf>,
    /// The header that callers must show, and its value.
    pub wanted_header: Option<(HeaderName, Secret)>,
    /// Whether callers must show a client certificate that one of the port's issuers has issued.
    pub wants_certificate: bool,
    /// Called with each letter when it has been answered.
    pub listener: Option<LetterListener>,
}

impl Practice {
    /// Whether the caller has the credentials that are demanded; the error is the answer to send.
    pub(super) fn lets_in(&self, headers: &HeaderMap, has_certificate: bool) -> Result<(), Box<PracticeReply>> {
        // Text and no receipt: a receipt with NOT_ALLOWED would reject the letter for good, although only a key has to be
        // renewed.
        let not_allowed = |words: String| {
            let response = (StatusCode::UNAUTHORIZED, words).into_response();
            Box::new(PracticeReply { response, says: "oevelse.ingen_adgang".to_owned() })
        };
        if self.wants_certificate && !has_certificate {
            return Err(not_allowed("a client certificate is wanted, and none was shown".to_owned()));
        }
        let Some((name, secret)) = &self.wanted_header else { return Ok(()) };
        match headers.get(name.as_str()) {
            None => Err(not_allowed(format!("the header {name} is wanted, and was not there"))),
            Some(shown) if bool::from(shown.as_bytes().ct_eq(secret.reveal().as_bytes())) => Ok(()),
            Some(_) => Err(not_allowed(format!("the value of the header {name} is another one"))),
        }
    }

    /// The answer to a complete message.
    pub(super) async fn answer(&self, about: &Header) -> PracticeReply {
        if let Some(PracticeAnswer::Slow(pause)) = self.answer {
            tokio::time::sleep(pause).await;
        }
        let mut reply = self.receipt(about);
        if let Some(status) = self.status {
            *reply.response.status_mut() = status;
        }
        let is_bare = self.status.is_some() && self.answer.is_none();
        if self.body.is_some() || is_bare {
            let body = self.body.as_deref().map(|body| with_uuid(body, about)).unwrap_or_default();
            reply.says = if body.is_empty() { "an empty body".to_owned() } else { "a body of its own".to_owned() };
            let content_type = (!body.is_empty()).then(|| media_type(&body));
            *reply.response.body_mut() = Body::from(body);
            let headers = reply.response.headers_mut();
            headers.remove(header::CONTENT_LENGTH);
            headers.remove(header::CONTENT_TYPE);
            headers.extend(content_type.map(|content_type| (header::CONTENT_TYPE, content_type)));
        }
        if let Some(content_type) = &self.content_type {
            reply.response.headers_mut().insert(header::CONTENT_TYPE, content_type.clone());
        }
        reply
    }

    /// The receipt of its answer.
    fn receipt(&self, about: &Header) -> PracticeReply {
        match self.answer {
            None | Some(PracticeAnswer::Accept | PracticeAnswer::Slow(_)) => {
                PracticeReply::receipt(StatusCode::OK, Some(about), ReceiptStatus::Completed, None)
            }
            Some(PracticeAnswer::Reject) => {
                let words = "the practice business system rejects every message";
                PracticeReply::refusal(StatusCode::UNPROCESSABLE_ENTITY, Some(about), "oevelse.afvist", words)
            }
            Some(PracticeAnswer::Unavailable) => {
                let words = "the practice business system is unavailable";
                PracticeReply::refusal(StatusCode::SERVICE_UNAVAILABLE, Some(about), "oevelse.utilgaengeligt", words)
            }
        }
    }
}

/// The body with `{messageUUID}` replaced.
fn with_uuid(body: &[u8], about: &Header) -> Vec<u8> {
    match std::str::from_utf8(body) {
        Ok(text) => text.replace("{messageUUID}", about.message_uuid.as_str()).into_bytes(),
        Err(_) => body.to_vec(),
    }
}

fn media_type(body: &[u8]) -> HeaderValue {
    let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok();
    HeaderValue::from_static(if is_json { "application/json" } else { "text/plain; charset=utf-8" })
}
