//! What a fagsystem's answer says of a message, in whatever form it says it.

use std::borrow::Cow;
use std::fmt;
use std::io::Read;

use axum::http::StatusCode;
use encoding_rs::{Encoding, UTF_8};
use flate2::read::{GzDecoder, ZlibDecoder};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::memo::MessageUuid;
use crate::router::intake::multipart::{Ambiguous, Parameters};

/// The most bytes of an answer that are read, both as sent and unpacked.
pub(in crate::router) const MAX_ANSWER_BYTES: usize = 64 * 1024;

/// A fagsystem's answer to a whole message, as it came.
#[derive(Debug, Clone, Copy)]
pub struct FagsystemAnswer<'a> {
    /// The HTTP status.
    pub status: StatusCode,
    /// The header `Content-Type`, empty when there is none.
    pub content_type: &'a str,
    /// The header `Content-Encoding`, empty when there is none.
    pub content_encoding: &'a str,
    /// The body, or why there is none.
    pub body: Result<&'a [u8], &'static str>,
}

/// What the body of an answer says, apart from the HTTP status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::router) struct Statement {
    pub kind: StatementKind,
    /// The fagsystem's own error code.
    pub code: Option<String>,
    /// Its words for people.
    pub words: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::router) enum StatementKind {
    /// Nothing about the message.
    Silent,
    /// The fagsystem has accepted the message.
    Acceptance,
    /// The fagsystem rejects it.
    Rejection,
    /// A problem document (RFC 9457) that says no more than the HTTP status does.
    StatusProblem,
    /// Something that cannot be understood, or contradicts itself.
    Unclear,
}

impl From<StatementKind> for Statement {
    fn from(kind: StatementKind) -> Self {
        Self { kind, code: None, words: None }
    }
}

impl FagsystemAnswer<'_> {
    /// Reads the body.
    pub(in crate::router) fn statement(&self, message: MessageUuid) -> Statement {
        let media_type = self.content_type.split(';').next().unwrap_or_default();
        let media_type = trimmed(media_type).to_ascii_lowercase();
        let text = self.body.ok().and_then(|body| unpacked(body, self.content_encoding));
        let text = text.and_then(|body| decoded(&body, charset(self.content_type).ok()?));
        let text = text.as_deref().map(trimmed);
        if media_type == "application/problem+json" {
            return problem_statement(self.status, text);
        }
        match text {
            None => StatementKind::Unclear.into(),
            Some("") => StatementKind::Silent.into(),
            Some(text) if media_type == "text/plain" && is_plain_acceptance(text, message) => {
                StatementKind::Acceptance.into()
            }
            Some(text) => match serde_json::from_str(text) {
                Ok(json @ AnswerJson::Object(_)) => receipt_statement(&json),
                _ => StatementKind::Unclear.into(),
            },
        }
    }
}

/// The charset of a `Content-Type`, if it names one.
fn charset(content_type: &str) -> Result<Option<Vec<u8>>, Ambiguous> {
    let parameters = Parameters::read(content_type.as_bytes())?;
    let charset = parameters.get("charset")?;
    Ok(charset.filter(|charset| !charset.is_empty()).map(<[u8]>::to_vec))
}

/// The body without its content coding. The router asks for none, but `gzip` and `deflate` are undone, within the limit on
/// every answer; `None` for others.
fn unpacked<'a>(body: &'a [u8], content_encoding: &str) -> Option<Cow<'a, [u8]>> {
    let unpack = |packed: &mut dyn Read| {
        let mut plain = Vec::new();
        packed.take(MAX_ANSWER_BYTES as u64 + 1).read_to_end(&mut plain).ok()?;
        (plain.len() <= MAX_ANSWER_BYTES).then_some(Cow::Owned(plain))
    };
    match trimmed(content_encoding).to_ascii_lowercase().as_str() {
        "" | "identity" => Some(Cow::Borrowed(body)),
        _ if body.is_empty() => Some(Cow::Borrowed(body)),
        "gzip" | "x-gzip" => unpack(&mut GzDecoder::new(body)),
        "deflate" => unpack(&mut ZlibDecoder::new(body)),
        _ => None,
    }
}

/// The body as text: by its byte order mark, its charset, or as UTF-8; `None` when it is invalid in that encoding.
fn decoded(body: &[u8], charset: Option<Vec<u8>>) -> Option<String> {
    let encoding = charset.map_or(Some(UTF_8), |charset| Encoding::for_label_no_replacement(&charset))?;
    let (text, _, had_errors) = encoding.decode(body);
    (!had_errors).then(|| text.into_owned())
}

/// Without white space as XML and JSON define it. Any other character is part of the text.
fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r', '\n'])
}

fn is_plain_acceptance(text: &str, message: MessageUuid) -> bool {
    text.eq_ignore_ascii_case("ok") || text.parse() == Ok(message)
}

/// Any JSON value. Unlike in [`serde_json::Value`], an object has every member that was written, in case two contradict each
/// other.
#[derive(Debug)]
enum AnswerJson {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<AnswerJson>),
    Object(Vec<(String, AnswerJson)>),
}

impl AnswerJson {
    /// The value as text; `None` when it is empty, or not a single value.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(trimmed(text)).filter(|text| !text.is_empty()),
            Self::Null | Self::Bool(_) | Self::List(_) | Self::Object(_) => None,
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Self::Null | Self::Bool(false) => true,
            Self::Text(text) => trimmed(text).is_empty(),
            Self::List(list) => list.is_empty(),
            Self::Object(members) => members.is_empty(),
            Self::Bool(true) | Self::Number(_) => false,
        }
    }
}

impl<'de> Deserialize<'de> for AnswerJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyJson;

        impl<'de> Visitor<'de> for AnyJson {
            type Value = AnswerJson;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("any JSON value")
            }

            fn visit_unit<E>(self) -> Result<AnswerJson, E> {
                Ok(AnswerJson::Null)
            }

            fn visit_bool<E>(self, value: bool) -> Result<AnswerJson, E> {
                Ok(AnswerJson::Bool(value))
            }

            fn visit_u64<E>(self, value: u64) -> Result<AnswerJson, E> {
                Ok(AnswerJson::Number(value.to_string()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<AnswerJson, E> {
                Ok(AnswerJson::Number(value.to_string()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<AnswerJson, E> {
                Ok(AnswerJson::Number(value.to_string()))
            }

            fn visit_str<E>(self, value: &str) -> Result<AnswerJson, E> {
                Ok(AnswerJson::Text(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<AnswerJson, A::Error> {
                let mut list = Vec::new();
                while let Some(value) = values.next_element()? {
                    list.push(value);
                }
                Ok(AnswerJson::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<AnswerJson, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = entries.next_entry()? {
                    members.push(member);
                }
                Ok(AnswerJson::Object(members))
            }
        }

        deserializer.deserialize_any(AnyJson)
    }
}

const CODE: &str = "errorcode";
const STATUS: &str = "receiptstatus";
const WORDS: &str = "errormessage";

/// A key or value of a receipt as it is compared: without case, `_` and `-`.
fn comparable(text: &str) -> String {
    let signs = trimmed(text).chars().filter(|sign| !matches!(sign, '_' | '-'));
    signs.map(|sign| sign.to_ascii_lowercase()).collect()
}

/// What a `receiptStatus` says.
fn status_kind(status: &AnswerJson) -> StatementKind {
    match status {
        AnswerJson::Null => StatementKind::Silent,
        AnswerJson::Text(text) if trimmed(text).is_empty() => StatementKind::Silent,
        AnswerJson::Text(text) => match comparable(text).as_str() {
            "completed" | "received" => StatementKind::Acceptance,
            "invalid" | "notallowed" => StatementKind::Rejection,
            _ => StatementKind::Unclear,
        },
        _ => StatementKind::Unclear,
    }
}

/// What an `errorCode` says.
fn code_kind(code: &AnswerJson) -> StatementKind {
    match code {
        AnswerJson::Text(_) | AnswerJson::Number(_) if code.text().is_some() => StatementKind::Rejection,
        AnswerJson::Null | AnswerJson::Text(_) => StatementKind::Silent,
        _ => StatementKind::Unclear,
    }
}

/// All values of a receipt's key, in any spelling.
fn values<'a>(receipt: &'a [(String, AnswerJson)], key: &'static str) -> impl Iterator<Item = &'a AnswerJson> + Clone {
    receipt.iter().filter(move |(written, _)| comparable(written) == key).map(|(_, value)| value)
}

fn text_of(receipt: &[(String, AnswerJson)], key: &'static str) -> Option<String> {
    values(receipt, key).find_map(AnswerJson::text).map(str::to_owned)
}

/// What a JSON answer says, read as a receipt.
fn receipt_statement(json: &AnswerJson) -> Statement {
    let receipt = receipt_in(json);
    let codes: Vec<_> = values(receipt, CODE).map(code_kind).collect();
    let statuses: Vec<_> = values(receipt, STATUS).map(status_kind).collect();
    let rejects =
        |kinds: &[StatementKind]| !kinds.is_empty() && kinds.iter().all(|kind| *kind == StatementKind::Rejection);
    let mut said = codes.iter().chain(&statuses);
    let is_receipt = said.clone().next().is_some();
    let kind = if rejects(&codes) || rejects(&statuses) {
        StatementKind::Rejection
    } else if said.any(|kind| matches!(kind, StatementKind::Rejection | StatementKind::Unclear))
        || may_mean_rejection(json, is_receipt)
    {
        StatementKind::Unclear
    } else if is_receipt {
        StatementKind::Acceptance
    } else {
        StatementKind::Silent
    };
    Statement { kind, code: text_of(receipt, CODE), words: text_of(receipt, WORDS) }
}

/// The members of the receipt: the object itself, or an object that is its only value.
fn receipt_in(json: &AnswerJson) -> &[(String, AnswerJson)] {
    let AnswerJson::Object(members) = json else { return &[] };
    let mut receipt = members.as_slice();
    while let [(key, AnswerJson::Object(inner))] = receipt
        && !matches!(comparable(key).as_str(), CODE | STATUS)
    {
        receipt = inner;
    }
    receipt
}

/// Whether something in the answer may mean a rejection although no receipt says so: a receipt nested deeper, or a key or
/// value that resembles a receipt's. Where there is no receipt at all, common words for errors count too.
fn may_mean_rejection(json: &AnswerJson, has_receipt: bool) -> bool {
    match json {
        AnswerJson::Null | AnswerJson::Bool(_) | AnswerJson::Number(_) => false,
        AnswerJson::Text(text) => {
            let is_packed = text.contains('{') && [CODE, STATUS].iter().any(|key| comparable(text).contains(key));
            !has_receipt && (is_packed || status_kind(json) == StatementKind::Rejection)
        }
        AnswerJson::List(list) => list.iter().any(|value| may_mean_rejection(value, has_receipt)),
        AnswerJson::Object(members) => members.iter().any(|(key, value)| {
            let letters = key.chars().filter(char::is_ascii_alphanumeric);
            let key: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
            let is_rejection = match key.as_str() {
                CODE => code_kind(value) != StatementKind::Silent,
                STATUS => !matches!(status_kind(value), StatementKind::Silent | StatementKind::Acceptance),
                "error" | "errors" => !has_receipt && !value.is_blank(),
                _ => false,
            };
            is_rejection || may_mean_rejection(value, has_receipt)
        }),
    }
}

/// What a problem document says. It is a rejection by its media type alone, unless it only repeats the HTTP status.
fn problem_statement(status: StatusCode, text: Option<&str>) -> Statement {
    let json = text.and_then(|text| serde_json::from_str(text).ok());
    let problem = match &json {
        Some(AnswerJson::Object(members)) => members.as_slice(),
        _ => &[],
    };
    let (code, title, detail) = (text_of(problem, CODE), text_of(problem, "title"), text_of(problem, "detail"));
    let repeats_the_status = match &title {
        Some(title) => status.canonical_reason().is_some_and(|phrase| phrase.eq_ignore_ascii_case(title)),
        None => detail.is_none() && text_of(problem, "type").is_none_or(|kind| kind == "about:blank"),
    };
    let is_receipt = code.is_some() || values(problem, STATUS).next().is_some();
    let kind = if repeats_the_status && !is_receipt { StatementKind::StatusProblem } else { StatementKind::Rejection };
    Statement { kind, code, words: text_of(problem, WORDS).or(detail).or(title) }
}
