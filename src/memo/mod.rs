//! MeMo, the XML format of every Digital Post message, versions 1.1 and 1.2.
//!
//! A [`Reader`] is fed a message in chunks as they arrive. It yields the [`Header`] as soon as the header's end tag has been
//! read, so that the message can be forwarded while it is still arriving, and checks to the last byte that the document is
//! well-formed and is one `Message`. Below it, `xml` knows XML and nothing of MeMo. [`write`](fn@write) makes messages for
//! training and tests.
//!
//! The schemas are Digitaliseringsstyrelsen's, namespace `https://DigitalPost.dk/MeMo-1` in both versions.

mod element_kind;
mod error;
mod format;
mod header;
mod header_listener;
mod letter_details;
mod letter_text;
mod reader;
mod write;
mod xml;

pub use error::MemoError;
pub use format::{MAX_HEADER_BYTES, MAX_MESSAGE_BYTES, NAMESPACE};
pub use header::{Header, MessageUuid, NotAMessageUuid};
pub use letter_details::{Attachment, Case, LetterDetails, MadeUpCpr, Representative};
pub use letter_text::{LetterFile, LetterText, LetterTextReader};
pub use reader::Reader;
pub use write::{About, ClassifiedAs, Letter, Party, SizedMessage, Style, Version, write, write_in};
pub use xml::{EncodingName, NotWellFormed};
