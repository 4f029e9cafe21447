use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::Answer;

/// A row of the intake contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    pub status: u16,
    pub receipt_status: &'static str,
    pub error_code: Option<&'static str>,
}

impl Expected {
    pub const ACCEPTED: Self = Self { status: 200, receipt_status: "COMPLETED", error_code: None };
    pub const REJECTED: Self = Self::refused(422, "INVALID", "fagsystem.afvist");
    pub const UNAVAILABLE: Self = Self::refused(503, "INVALID", "fagsystem.utilgaengeligt");
    pub const BUSY: Self = Self::refused(503, "INVALID", "router.optaget");
    pub const NOT_WRITTEN: Self = Self::refused(503, "INVALID", "router.utilgaengelig");
    pub const NO_MESSAGE: Self = Self::refused(400, "INVALID", "memo.ugyldig");
    pub const NEM_SMS: Self = Self::refused(422, "INVALID", "memo.type");
    pub const TOO_LARGE: Self = Self::refused(413, "INVALID", "memo.for_stor");
    pub const UNKNOWN_RECIPIENT: Self = Self::refused(422, "NOT_ALLOWED", "modtager.ukendt");
    pub const NOT_ALLOWED: Self = Self::refused(403, "NOT_ALLOWED", "afsender.ikke_godkendt");

    const fn refused(status: u16, receipt_status: &'static str, error_code: &'static str) -> Self {
        Self { status, receipt_status, error_code: Some(error_code) }
    }
}

/// Checks an answer against the whole contract of receipts, and returns the receipt.
pub fn assert_receipt(case: &str, answer: &Answer, expected: Expected, message_uuid: Option<&str>) -> Value {
    let receipt = answer.json();
    let said = format!("{case}: {} {receipt}", answer.status());
    assert_eq!(answer.status(), expected.status, "{said}");
    assert_eq!(answer.header("content-type"), Some("application/json"), "{said}");
    let mut keys: Vec<_> = receipt.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    let promised = ["errorCode", "errorMessage", "messageUUID", "receiptStatus", "timeStamp", "transmissionId"];
    assert_eq!(keys, promised, "{said}");
    assert_eq!(receipt["receiptStatus"], expected.receipt_status, "{said}");
    assert_eq!(receipt["errorCode"], Value::from(expected.error_code), "{said}");
    assert_eq!(receipt["messageUUID"], Value::from(message_uuid), "{said}");
    assert!(receipt["transmissionId"].as_str().unwrap().parse::<Uuid>().is_ok(), "{said}");
    let time = receipt["timeStamp"].as_str().unwrap();
    // The parser accepts more than RFC 3339: date and time must be complete, with a T between them.
    assert!(time.parse::<Timestamp>().is_ok() && time.get(10..11) == Some("T") && time.len() >= 20, "{said}");
    match receipt["errorMessage"].as_str() {
        None => assert!(receipt["errorMessage"].is_null() && expected == Expected::ACCEPTED, "{said}"),
        Some(words) => assert!(!words.is_empty() && expected != Expected::ACCEPTED, "{said}"),
    }
    let retry_after = answer.header("retry-after").map(|seconds| seconds.parse::<u32>().unwrap());
    assert_eq!(retry_after.is_some_and(|seconds| seconds > 0), expected.status == 503, "{said}");
    receipt
}
