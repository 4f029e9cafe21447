//! What a practice fagsystem reports of each letter.

use std::fmt;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;

use super::reply::PracticeReply;
use crate::clock;
use crate::memo::{Header, MessageUuid};
use crate::rules::Sender;

/// What a practice fagsystem reports of a letter: nothing that identifies a person, and nothing of its content.
#[derive(Debug, Clone)]
pub struct LetterLine {
    /// When it was received completely or broke off.
    pub at: Timestamp,
    /// Its messageUUID, where its header could be read.
    pub message_uuid: Option<MessageUuid>,
    /// Who wrote it.
    pub sender: Option<LetterSender>,
    /// How many bytes of it were read.
    pub bytes: u64,
    /// The HTTP status of the answer; `None` if the caller disconnected first.
    pub status: Option<StatusCode>,
    /// The answer in short: the receipt's status or error code.
    pub says: String,
}

/// The sender, as far as the letter alone identifies it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterSender {
    /// A person, by a CPR number.
    Person,
    /// An authority: an organisation that writes from a contact point.
    Authority,
    /// A company or an authority, by a CVR number.
    Organisation,
    /// Another kind of sender id.
    Other,
}

impl LetterSender {
    fn of(header: &Header) -> Self {
        match header.facts.sender {
            Sender::Person => Self::Person,
            Sender::Organisation(_) if header.facts.sender_has_contact_point => Self::Authority,
            Sender::Organisation(_) => Self::Organisation,
            Sender::Other => Self::Other,
        }
    }
}

impl fmt::Display for LetterSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Person => "person",
            Self::Authority => "authority",
            Self::Organisation => "organisation",
            Self::Other => "other",
        })
    }
}

impl fmt::Display for LetterLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = clock::in_denmark(self.at).strftime("%H:%M:%S");
        let uuid = self.message_uuid.as_ref().map_or("-", MessageUuid::as_str);
        let sender = self.sender.map_or_else(|| "-".to_owned(), |sender| sender.to_string());
        write!(f, "{time} {uuid} {sender} {} bytes: ", self.bytes)?;
        match self.status {
            Some(status) => write!(f, "{} {}", status.as_u16(), self.says),
            None => f.write_str(&self.says),
        }
    }
}

/// Called with each letter when it has been answered.
pub type LetterListener = Arc<dyn Fn(&LetterLine) + Send + Sync>;

/// A letter being received. It is reported when dropped, so also if the caller disconnects.
pub(super) struct Receiving {
    listener: Option<LetterListener>,
    line: LetterLine,
}

impl Receiving {
    pub fn begin(listener: Option<LetterListener>) -> Self {
        let (at, says) = (Timestamp::now(), "broken off by the caller".to_owned());
        Self { listener, line: LetterLine { at, message_uuid: None, sender: None, bytes: 0, status: None, says } }
    }

    /// Records how much has been received.
    pub fn has(&mut self, bytes: u64, header: Option<&Header>) {
        self.line.bytes = bytes;
        if let (None, Some(header)) = (self.line.message_uuid, header) {
            (self.line.message_uuid, self.line.sender) = (Some(header.message_uuid), Some(LetterSender::of(header)));
        }
    }

    pub fn answered(mut self, reply: PracticeReply) -> Response {
        (self.line.status, self.line.says) = (Some(reply.response.status()), reply.says);
        reply.response
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        if let Some(listener) = &self.listener {
            self.line.at = Timestamp::now();
            listener(&self.line);
        }
    }
}
