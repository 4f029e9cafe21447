use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName};

use super::answer::Answer;
use super::causes::Cause;
use super::fagsystem_answer::{FagsystemAnswer, MAX_ANSWER_BYTES, StatementKind};
use crate::memo::MessageUuid;
use crate::reasons::Reason;
use crate::rules::{LEFT_OUT, is_harmless_name, short_without_cpr};

/// The most characters of a fagsystem's code and words together that are passed on.
const MAX_WORDS: usize = 500;
/// The most characters of a fagsystem's code that are stored in the journal.
const MAX_CODE: usize = 64;

/// What a fagsystem's answer means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What became of the message.
    pub judgement: Judgement,
    /// Why, when the fagsystem has neither accepted nor rejected it.
    pub reason: Option<Reason>,
    /// The HTTP status, when an answer came.
    pub status: Option<u16>,
    /// The fagsystem's own error code, when it gave one, in a form that the journal may store.
    pub code: Option<String>,
    /// What happened, for people.
    pub words: String,
}

/// What became of a message, by its fagsystem's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// The fagsystem has accepted it.
    Accepted,
    /// The fagsystem has rejected it.
    Rejected,
    /// The fagsystem has certainly not received it, and may later.
    Unavailable,
    /// The fagsystem may have received it or not.
    Unknown,
}

impl Verdict {
    /// The fagsystem has certainly not received the message.
    pub(in crate::router) fn unavailable(cause: &Cause) -> Self {
        let words = cause.reason.with_detail(cause.detail.as_deref());
        Self { judgement: Judgement::Unavailable, reason: Some(cause.reason), status: None, code: None, words }
    }

    /// The fagsystem had the whole message, and nobody knows what it did with it.
    pub(in crate::router) fn unknown(cause: &Cause) -> Self {
        Self { judgement: Judgement::Unknown, ..Self::unavailable(cause) }
    }
}

/// Reads a fagsystem's answer to that message, within limits, and says what it means.
pub(in crate::router) async fn understand(mut answer: Answer, message: MessageUuid) -> Verdict {
    let status = answer.status();
    let (content_type, content_encoding) =
        (all_of(answer.headers(), &CONTENT_TYPE), all_of(answer.headers(), &CONTENT_ENCODING));
    let body = limited_body(&mut answer).await;
    let body = body.as_deref().map_err(|reason| *reason);
    let answer = FagsystemAnswer { status, content_type: &content_type, content_encoding: &content_encoding, body };
    judge(&answer, message)
}

/// All headers of that name, joined.
fn all_of(headers: &HeaderMap, name: &HeaderName) -> String {
    let values: Vec<_> = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    values.join(", ")
}

/// What an answer to a whole message means.
///
/// A message counts as accepted or rejected only where the fagsystem clearly says so. A status about the call (401, 404, a
/// redirect) rather than the message makes it unavailable, and needs a person. A "yes" that cannot be understood counts as
/// unknown; so does the answer of a gateway that did not hear from the system behind it (502, 504), and a redirect as web
/// pages send after accepting a form (302, 303).
#[must_use]
pub fn judge(answer: &FagsystemAnswer<'_>, message: MessageUuid) -> Verdict {
    let statement = answer.statement(message);
    let status = answer.status.as_u16();
    let (judgement, reason) = judgement(status, statement.kind);
    let passed_on = |said: Option<String>| said.map(|text| passed_on(&text));
    let (code, words) = (passed_on(statement.code), passed_on(statement.words));
    let said = match (&code, words) {
        (None, None) => None,
        (Some(code), None) => Some(code.clone()),
        (None, Some(words)) => Some(words),
        (Some(code), Some(words)) => Some(short_without_cpr(&format!("{code}: {words}"), MAX_WORDS)),
    };
    let by_status = format!("HTTP status {status}");
    let words = match (reason, answer.body, said) {
        (Some(reason), Err(why), _) if judgement == Judgement::Unknown => reason.with_detail(Some(why)),
        (Some(reason @ Reason::TemporaryFailure), _, Some(said)) => {
            reason.with_detail(Some(&format!("{by_status}, {said}")))
        }
        (Some(reason), _, _) => reason.with_detail(Some(&by_status)),
        (None, _, Some(said)) => said,
        (None, _, None) => format!("it answered with {by_status}"),
    };
    Verdict { judgement, reason, status: Some(status), code: code.map(journal_code), words }
}

/// What a status means together with the body.
fn judgement(status: u16, statement: StatementKind) -> (Judgement, Option<Reason>) {
    use StatementKind::{Acceptance, Rejection, Silent, StatusProblem, Unclear};
    let refused = match status {
        401 | 403 => Reason::AccessRefused,
        407 => Reason::ProxyRefused,
        _ => Reason::CallRefused,
    };
    match status {
        200..=299 => match statement {
            Silent | Acceptance => (Judgement::Accepted, None),
            Rejection | StatusProblem => (Judgement::Rejected, None),
            Unclear => (Judgement::Unknown, Some(Reason::Unclear)),
        },
        302 | 303 => (Judgement::Unknown, Some(refused)),
        101 | 300..=399 => (Judgement::Unavailable, Some(refused)),
        401 | 403 | 404 | 405 | 407 | 411 | 415 | 421 | 426 => match statement {
            Rejection => (Judgement::Rejected, None),
            Acceptance => (Judgement::Unknown, Some(Reason::Unclear)),
            Silent | StatusProblem | Unclear => (Judgement::Unavailable, Some(refused)),
        },
        408 | 429 => (Judgement::Unavailable, Some(Reason::TemporaryFailure)),
        400..=499 => (Judgement::Rejected, None),
        502 | 504 => (Judgement::Unknown, Some(Reason::GatewayWithoutAnswer)),
        _ => (Judgement::Unavailable, Some(Reason::TemporaryFailure)),
    }
}

/// The verdict where the message was sent in chunks and the answer shows that the fagsystem cannot read them: neither its
/// "yes" nor its "no" is about the message.
pub(in crate::router) fn of_unread(verdict: Verdict) -> Verdict {
    let judgement = match verdict.judgement {
        Judgement::Accepted | Judgement::Unknown => Judgement::Unknown,
        Judgement::Rejected | Judgement::Unavailable => Judgement::Unavailable,
    };
    Verdict { judgement, reason: Some(Reason::Unread), words: Reason::Unread.words().to_owned(), ..verdict }
}

/// A fagsystem's words as they are passed on.
fn passed_on(words: &str) -> String {
    let words = short_without_cpr(words, MAX_WORDS);
    if words.is_empty() { LEFT_OUT.to_owned() } else { words }
}

/// A code as the journal may store it. Prose in its place could name a person.
fn journal_code(code: String) -> String {
    let is_code = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-');
    if code.len() <= MAX_CODE && code.chars().all(is_code) && is_harmless_name(&code) {
        code
    } else {
        LEFT_OUT.to_owned()
    }
}

async fn limited_body(answer: &mut Answer) -> Result<Vec<u8>, &'static str> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| "the connection broke within its answer")? {
        if body.len() + chunk.len() > MAX_ANSWER_BYTES {
            return Err("its answer is too long to be a receipt");
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
