//! Any bytes as a fagsystem's answer: the first two are its HTTP status, the rest its body.

use std::fmt;

use postfordeler::memo::MessageUuid;
use postfordeler::router::{FagsystemAnswer, Judgement, judge};
use postfordeler::rules::without_cpr;
use reqwest::StatusCode;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

const PROBLEM: &str = "application/problem+json";
const UUID: &str = "5f0c6ab1-58b0-4f3d-a9a0-000000000903";

pub fn check(input: &[u8]) {
    let Some((status, body)) = input.split_first_chunk() else { return };
    let Ok(status) = StatusCode::from_u16(u16::from_be_bytes(*status)) else { return };
    for content_type in ["", "application/json; charset=UTF-16", "text/plain", PROBLEM] {
        let answer = FagsystemAnswer { status, content_type, content_encoding: "", body: Ok(body) };
        check_answer(&answer, body);
    }
    // Whatever comes of unpacking it, it stays within its bounds.
    for content_encoding in ["gzip", "deflate"] {
        let answer = FagsystemAnswer { status, content_type: "", content_encoding, body: Ok(body) };
        let _ = judge(&answer, uuid());
    }
    let body = Err("its answer cannot be had");
    let unread = judge(&FagsystemAnswer { status, content_type: "", content_encoding: "", body }, uuid()).judgement;
    assert_ne!(unread, Judgement::Accepted, "{status} without a body");
    assert_eq!(unread == Judgement::Rejected, speaks_of_the_message(status), "{status} without a body");
}

fn uuid() -> MessageUuid {
    UUID.parse().expect("a UUID")
}

fn check_answer(answer: &FagsystemAnswer, body: &[u8]) {
    let verdict = judge(answer, uuid());
    let (status, content_type) = (answer.status, answer.content_type);
    let shown = format!("{status} {content_type} {:?} {verdict:?}", String::from_utf8_lossy(body));
    let (is_accepted, is_rejected) =
        (verdict.judgement == Judgement::Accepted, verdict.judgement == Judgement::Rejected);
    let text = text(body, content_type);
    let json: Option<Value> = text.as_deref().and_then(|text| serde_json::from_str(text).ok());

    if is_accepted {
        assert!(status.is_success() && content_type != PROBLEM, "{shown}");
        let text = text.as_deref().expect(&shown);
        let is_plain = content_type == "text/plain" && [UUID, "ok"].contains(&text.to_ascii_lowercase().as_str());
        let is_receipt = json.as_ref().is_some_and(|json| json.is_object() && !says_no(json));
        assert!(text.is_empty() || is_plain || is_receipt, "{shown}");
    }
    if is_rejected && !speaks_of_the_message(status) {
        let says_no = content_type == PROBLEM || json.as_ref().is_some_and(says_no);
        assert!(says_no && (status.is_success() || speaks_of_the_call(status)), "{shown}");
    }
    if speaks_of_the_message(status) || (status.is_success() && content_type == PROBLEM) {
        assert!(is_rejected, "{shown}");
    }
    if status.is_success() && content_type.is_empty() {
        match text.as_deref().map(plain_receipt) {
            Some(Said::Yes) => assert!(is_accepted, "{shown}"),
            Some(Said::No) => assert!(is_rejected, "{shown}"),
            Some(Said::Other) | None => {}
        }
    }
    assert_eq!(verdict.reason.is_none(), is_accepted || is_rejected, "{shown}");
    assert_eq!(verdict.status, Some(status.as_u16()), "{shown}");

    assert!(verdict.words.chars().count() <= 500, "{shown}");
    assert!(!verdict.words.is_empty() && !verdict.words.chars().any(char::is_control), "{shown}");
    for text in verdict.code.iter().chain([&verdict.words]) {
        assert_eq!(without_cpr(text), *text, "{shown}");
    }
    let is_code = |character: char| character.is_ascii_alphanumeric() || "._-()".contains(character);
    assert!(verdict.code.is_none_or(|code| (1..=64).contains(&code.len()) && code.chars().all(is_code)), "{shown}");
}

fn speaks_of_the_message(status: StatusCode) -> bool {
    status.is_client_error() && ![408, 429].contains(&status.as_u16()) && !speaks_of_the_call(status)
}

fn speaks_of_the_call(status: StatusCode) -> bool {
    [401, 403, 404, 405, 407, 411, 415, 421, 426].contains(&status.as_u16())
}

/// The body without a byte order mark and white space around it.
fn text(body: &[u8], content_type: &str) -> Option<String> {
    let trimmed = |text: &str| text.trim_matches([' ', '\t', '\r', '\n']).to_owned();
    let utf_16 = |body: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, []) = body.as_chunks::<2>() else { return None };
        String::from_utf16(&pairs.iter().copied().map(unit).collect::<Vec<_>>()).ok()
    };
    let text = match body {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        [0xFF, 0xFE, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        _ if content_type.contains("UTF-16") => utf_16(body, u16::from_le_bytes),
        _ => String::from_utf8(body.to_vec()).ok(),
    };
    text.map(|text| trimmed(&text))
}

/// Whether a key or a value of a receipt that says "no", in whichever spelling, occurs anywhere in there.
fn says_no(json: &Value) -> bool {
    match json {
        Value::Array(values) => values.iter().any(says_no),
        Value::Object(members) => members.iter().any(|(key, value)| match spelled(key).as_str() {
            "errorcode" => !is_blank(value),
            "receiptstatus" => {
                let status = value.as_str().map(spelled);
                !is_blank(value) && !matches!(status.as_deref(), Some("completed" | "received"))
            }
            _ => says_no(value),
        }),
        _ => false,
    }
}

fn spelled(text: &str) -> String {
    text.trim_matches([' ', '\t', '\r', '\n']).replace(['_', '-'], "").to_ascii_lowercase()
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim_matches([' ', '\t', '\r', '\n']).is_empty(),
        _ => false,
    }
}

enum Said {
    Yes,
    No,
    /// Nothing that is plain.
    Other,
}

/// What a plain receipt says, with each key once and no values but texts.
fn plain_receipt(text: &str) -> Said {
    let Ok(Members(members)) = serde_json::from_str(text) else { return Said::Other };
    let (mut code, mut status) = (None, None);
    for (key, value) in members {
        if !matches!(value, Value::Null | Value::String(_)) {
            return Said::Other;
        }
        let before = match key.as_str() {
            "errorCode" => code.replace(value),
            "receiptStatus" => status.replace(value),
            "transmissionId" | "messageUUID" | "timeStamp" if is_harmless(&value) => None,
            _ => return Said::Other,
        };
        if before.is_some() {
            return Said::Other;
        }
    }
    if code.is_some_and(|code| !is_blank(&code)) {
        return Said::No;
    }
    match status.as_ref().map(Value::as_str) {
        Some(Some("INVALID" | "NOT_ALLOWED")) => Said::No,
        None | Some(None | Some("COMPLETED" | "RECEIVED")) => Said::Yes,
        Some(Some(_)) => Said::Other,
    }
}

/// Whether a value cannot be mistaken for a rejection.
fn is_harmless(value: &Value) -> bool {
    let text = value.as_str().map(spelled).unwrap_or_default();
    !text.contains('{') && !["invalid", "notallowed"].contains(&text.as_str())
}

/// The members of an object, each as often as it was written.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyMembers;

        impl<'de> Visitor<'de> for AnyMembers {
            type Value = Members;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = entries.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(AnyMembers)
    }
}
