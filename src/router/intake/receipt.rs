use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::{NoContext, Uuid};

use crate::store::Outcome;

/// A new id for a call that came then, of UUID's version 7: ids that follow one another in time do so in the journal's index,
/// which then grows at its end.
pub(in crate::router) fn transmission_id(received_at: Timestamp) -> Uuid {
    let seconds = u64::try_from(received_at.as_second()).unwrap_or_default();
    let nanoseconds = u32::try_from(received_at.subsec_nanosecond()).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, nanoseconds))
}

/// How many seconds later a message that could not be delivered may be sent again.
const RETRY_AFTER_SECONDS: u16 = 30;

/// The answer to Digital Post (*kvittering*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The id of this call; new for each.
    pub transmission_id: Uuid,
    /// The messageUUID; `None` when it could not be read.
    #[serde(rename = "messageUUID")]
    pub message_uuid: Option<String>,
    /// What became of the message.
    pub receipt_status: ReceiptStatus,
    /// `None` when the message was accepted, and never empty: Digital Post takes any code for a refusal.
    pub error_code: Option<String>,
    /// What happened, for people.
    pub error_message: Option<String>,
    /// When the receipt was written.
    pub time_stamp: Timestamp,
}

impl Receipt {
    /// Whether the message was accepted: by the status, and without an error code.
    #[must_use]
    pub fn accepts(&self) -> bool {
        let is_good = matches!(self.receipt_status, ReceiptStatus::Completed | ReceiptStatus::Received);
        is_good && self.error_code.as_deref().is_none_or(str::is_empty)
    }
}

/// The statuses of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReceiptStatus {
    /// Received and processed.
    Completed,
    /// Received.
    Received,
    /// Refused because of the message, or for now.
    Invalid,
    /// Refused because of the caller or the recipient.
    NotAllowed,
}

/// The answer to a call. The outcome decides the HTTP status and the receipt.
#[derive(Debug, Clone)]
pub(in crate::router) struct Answer {
    pub outcome: Outcome,
    pub message_uuid: Option<String>,
    /// Of the receipt.
    pub transmission_id: Uuid,
    /// What happened, for people; `None` when the message was accepted.
    pub words: Option<String>,
}

impl Answer {
    pub fn new(transmission_id: Uuid, outcome: Outcome, message_uuid: Option<String>, words: Option<String>) -> Self {
        Self { outcome, message_uuid, transmission_id, words }
    }

    pub fn status(&self) -> StatusCode {
        match self.outcome {
            Outcome::Accepted => StatusCode::OK,
            Outcome::Rejected | Outcome::NemSms | Outcome::UnknownRecipient | Outcome::Reused => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Outcome::Unavailable | Outcome::Unknown | Outcome::UnderWay | Outcome::Busy | Outcome::NotWritten => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Outcome::Invalid | Outcome::BrokenOff => StatusCode::BAD_REQUEST,
            Outcome::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Outcome::NotAllowed => StatusCode::FORBIDDEN,
        }
    }

    pub fn receipt(self) -> Receipt {
        let (receipt_status, error) = match self.outcome {
            Outcome::Accepted => (ReceiptStatus::Completed, None),
            Outcome::UnknownRecipient | Outcome::NotAllowed => (ReceiptStatus::NotAllowed, Some(self.outcome)),
            // A message that breaks off is not a proper message; only the journal tells the two apart.
            Outcome::BrokenOff => (ReceiptStatus::Invalid, Some(Outcome::Invalid)),
            // The caller has no use for the difference: it sends the message again.
            Outcome::Unknown | Outcome::UnderWay => (ReceiptStatus::Invalid, Some(Outcome::Unavailable)),
            other => (ReceiptStatus::Invalid, Some(other)),
        };
        Receipt {
            transmission_id: self.transmission_id,
            message_uuid: self.message_uuid,
            receipt_status,
            error_code: error.map(|outcome| outcome.code().to_owned()),
            error_message: self.words,
            time_stamp: Timestamp::now(),
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, Json(self.receipt())).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS));
        }
        response
    }
}
