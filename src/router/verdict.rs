use axum::http::StatusCode;
use reqwest::Response;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::rules::{LEFT_OUT, short_without_cpr};
use crate::store::Reason;

/// The most bytes of a fagsystem's answer that are read.
const MAX_ANSWER_BYTES: usize = 64 * 1024;
/// The most characters of a fagsystem's code and words together that are passed on.
const MAX_WORDS: usize = 500;
/// The most characters of a fagsystem's code that go into the journal.
const MAX_CODE: usize = 64;

/// What a fagsystem answered, as the router understands it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What it comes to.
    pub judgement: Judgement,
    /// Why it does, when the fagsystem has not accepted or rejected.
    pub reason: Option<Reason>,
    /// The HTTP status, when an answer came.
    pub status: Option<u16>,
    /// The fagsystem's own error code, when it gave one, as the journal may hold it.
    pub code: Option<String>,
    /// What happened, for people.
    pub words: String,
}

/// What a fagsystem's answer comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// It has the message.
    Accepted,
    /// It does not want it.
    Rejected,
    /// It has surely not taken it, and may later.
    Unavailable,
    /// It may have taken it or not.
    Unknown,
}

impl Verdict {
    /// The fagsystem has surely not taken the message.
    pub(super) fn unavailable(reason: Reason, words: impl Into<String>) -> Self {
        let reason = Some(reason);
        Self { judgement: Judgement::Unavailable, reason, status: None, code: None, words: words.into() }
    }

    /// The fagsystem had the whole message, and nobody knows what it did with it.
    pub(super) fn unknown(reason: Reason, words: impl Into<String>) -> Self {
        Self { judgement: Judgement::Unknown, ..Self::unavailable(reason, words) }
    }
}

/// A fagsystem's own receipt, as far as it matters. What it may hold besides is its own affair.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct TheirReceipt {
    receipt_status: Value,
    error_code: Value,
    error_message: Value,
}

/// Reads a fagsystem's answer to its end, within bounds, and says what it means.
pub(super) async fn understand(response: Response) -> Verdict {
    let status = response.status();
    let body = limited_body(response).await;
    judge(status, body.as_deref().map_err(|reason| *reason))
}

/// What an answer to a whole message means, by its HTTP status and its body, or the reason why that cannot be had.
///
/// A "yes" that cannot be understood counts as unavailable, and so does what a gateway says that did not hear from the
/// system behind it (502, 504): the message may have been taken or not. Of any other answer the status decides,
/// whatever its body holds.
#[must_use]
pub fn judge(status: StatusCode, body: Result<&[u8], &'static str>) -> Verdict {
    let theirs = body.ok().and_then(read_receipt);
    let said = |field: fn(&TheirReceipt) -> &Value| theirs.as_ref().and_then(|theirs| said(field(theirs)));
    let code = said(|theirs| &theirs.error_code);
    let judgement = match status {
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => Judgement::Unavailable,
        StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => Judgement::Unknown,
        _ if status.is_client_error() => Judgement::Rejected,
        _ if !status.is_success() => Judgement::Unavailable,
        _ if body.is_ok_and(|body| body.trim_ascii().is_empty()) => Judgement::Accepted,
        _ => match (&theirs, said(|theirs| &theirs.receipt_status).as_deref()) {
            (Some(_), _) if code.is_some() => Judgement::Rejected,
            (Some(_), None | Some("COMPLETED" | "RECEIVED")) => Judgement::Accepted,
            (Some(_), Some("INVALID" | "NOT_ALLOWED")) => Judgement::Rejected,
            _ => Judgement::Unknown,
        },
    };
    let reason = match judgement {
        Judgement::Accepted | Judgement::Rejected => None,
        Judgement::Unavailable => Some(Reason::Unwell),
        Judgement::Unknown if status.is_success() => Some(Reason::Unclear),
        Judgement::Unknown => Some(Reason::NoAnswer),
    };
    let passed_on = |said: Option<String>| said.map(|text| passed_on(&text));
    let (code, words) = (passed_on(code), passed_on(said(|theirs| &theirs.error_message)));
    let words = match (body, &code, words) {
        (Err(reason), _, _) if judgement == Judgement::Unknown => reason.to_owned(),
        _ if reason == Some(Reason::Unclear) => "its answer could not be understood".to_owned(),
        (_, None, None) => format!("it answered with HTTP status {}", status.as_u16()),
        (_, Some(code), None) => code.clone(),
        (_, None, Some(words)) => words,
        (_, Some(code), Some(words)) => short_without_cpr(&format!("{code}: {words}"), MAX_WORDS),
    };
    Verdict { judgement, reason, status: Some(status.as_u16()), code: code.map(journal_code), words }
}

fn read_receipt(body: &[u8]) -> Option<TheirReceipt> {
    // Read twice: the first takes no body that is not JSON through and through, nor a list, which would pass for a
    // receipt without a word in it; the second none that says something twice.
    serde_json::from_slice::<Map<String, Value>>(body).ok()?;
    serde_json::from_slice(body).ok()
}

/// What stands in a field, when anything does.
fn said(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}

/// What is passed on of a fagsystem's words.
fn passed_on(words: &str) -> String {
    let words = short_without_cpr(words, MAX_WORDS);
    if words.is_empty() { LEFT_OUT.to_owned() } else { words }
}

/// A code as the journal may hold it: what is no code but prose could name a person.
fn journal_code(code: String) -> String {
    let is_code = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-');
    if code.len() <= MAX_CODE && code.chars().all(is_code) { code } else { LEFT_OUT.to_owned() }
}

async fn limited_body(mut response: Response) -> Result<Vec<u8>, &'static str> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| "the connection broke within its answer")? {
        if body.len() + chunk.len() > MAX_ANSWER_BYTES {
            return Err("its answer is too long to be a receipt");
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
