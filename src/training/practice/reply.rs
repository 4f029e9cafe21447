//! What a practice fagsystem answers.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use uuid::Uuid;

use crate::memo::Header;
use crate::router::{Receipt, ReceiptStatus};

/// An answer, and the short form of it that is reported.
pub(super) struct PracticeReply {
    pub response: Response,
    pub says: String,
}

impl PracticeReply {
    /// A receipt.
    pub fn receipt(
        http: StatusCode,
        about: Option<&Header>,
        status: ReceiptStatus,
        error: Option<(&str, String)>,
    ) -> Self {
        let says = error.as_ref().map_or_else(|| "COMPLETED".to_owned(), |(code, _)| (*code).to_owned());
        let (error_code, error_message) = error.map(|(code, words)| (code.to_owned(), words)).unzip();
        let receipt = Receipt {
            transmission_id: Uuid::new_v4(),
            message_uuid: about.map(|header| header.message_uuid.to_string()),
            receipt_status: status,
            error_code,
            error_message,
            time_stamp: Timestamp::now(),
        };
        Self { response: (http, Json(receipt)).into_response(), says }
    }

    pub fn refusal(http: StatusCode, about: Option<&Header>, code: &str, words: impl Into<String>) -> Self {
        Self::receipt(http, about, ReceiptStatus::Invalid, Some((code, words.into())))
    }
}
