//! Any bytes as a fagsystem's answer: the first two are its HTTP status, the rest its body.

use postfordeler::router::{Judgement, judge};
use postfordeler::rules::without_cpr;
use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::Value;

pub fn check(input: &[u8]) {
    let Some((status, body)) = input.split_first_chunk() else { return };
    let Ok(status) = StatusCode::from_u16(u16::from_be_bytes(*status)) else { return };
    check_answer(status, body);

    let unread = judge(status, Err("its answer cannot be had"));
    assert_ne!(unread.judgement, Judgement::Accepted, "{status} without a body");
    assert_eq!(unread.judgement == Judgement::Rejected, is_refusal(status), "{status} without a body");
}

fn check_answer(status: StatusCode, body: &[u8]) {
    let verdict = judge(status, Ok(body));
    let shown = format!("{status} {:?} {verdict:?}", String::from_utf8_lossy(body));
    let said = said(body);
    let accepts = status.is_success() && matches!(said, Said::Nothing | Said::Yes);
    let rejects = is_refusal(status) || (status.is_success() && matches!(said, Said::No));
    assert_eq!(verdict.judgement == Judgement::Accepted, accepts, "{shown}");
    assert_eq!(verdict.judgement == Judgement::Rejected, rejects, "{shown}");
    assert_eq!(verdict.reason.is_none(), accepts || rejects, "{shown}");
    assert_eq!(verdict.status, Some(status.as_u16()), "{shown}");

    assert!(verdict.words.chars().count() <= 500, "{shown}");
    assert!(!verdict.words.is_empty() && !verdict.words.chars().any(char::is_control), "{shown}");
    for text in verdict.code.iter().chain([&verdict.words]) {
        assert_eq!(without_cpr(text), *text, "{shown}");
    }
    let is_code = |character: char| character.is_ascii_alphanumeric() || "._-()".contains(character);
    assert!(verdict.code.is_none_or(|code| (1..=64).contains(&code.len()) && code.chars().all(is_code)), "{shown}");
}

fn is_refusal(status: StatusCode) -> bool {
    (400..500).contains(&status.as_u16()) && ![408, 429].contains(&status.as_u16())
}

/// What a body says.
enum Said {
    Nothing,
    Yes,
    No,
    /// No receipt, or one that cannot be understood.
    Unclear,
}

fn said(body: &[u8]) -> Said {
    if body.trim_ascii().is_empty() {
        return Said::Nothing;
    }
    let Ok(Value::Object(receipt)) = serde_json::from_slice(body) else { return Said::Unclear };
    if says_twice(body) {
        return Said::Unclear;
    }
    let field = |name| match receipt.get(name) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) if text.trim().is_empty() => None,
        Some(value) => Some(value.clone()),
    };
    let status = field("receiptStatus").map(|status| status.as_str().unwrap_or_default().trim().to_owned());
    match (field("errorCode"), status.as_deref()) {
        (Some(_), _) | (None, Some("INVALID" | "NOT_ALLOWED")) => Said::No,
        (None, None | Some("COMPLETED" | "RECEIVED")) => Said::Yes,
        (None, Some(_)) => Said::Unclear,
    }
}

/// Whether something that matters stands twice in a receipt, each time perhaps with another meaning.
fn says_twice(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Once {
        receipt_status: Option<Value>,
        error_code: Option<Value>,
        error_message: Option<Value>,
    }
    serde_json::from_slice::<Once>(body).is_err()
}
