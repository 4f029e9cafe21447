//! MeMo, the XML format of every Digital Post message, versions 1.1 and 1.2.
//!
//! [`Reader`] takes a message in chunks as they arrive, yields its [`Header`] as soon as the header has closed, and
//! keeps watch to the end that the document is well-formed and is one `Message`. [`write`](fn@write) makes messages
//! for training. The schemas are Digitaliseringsstyrelsen's, namespace `https://DigitalPost.dk/MeMo-1`.

mod element_kind;
mod error;
mod format;
mod header;
mod header_listener;
mod reader;
mod write;
mod xml;

pub use error::MemoError;
pub use format::{MAX_HEADER_BYTES, MAX_MESSAGE_BYTES, NAMESPACE};
pub use header::{Header, MessageUuid, NotAMessageUuid};
pub use reader::Reader;
pub use write::{About, ClassifiedAs, Letter, Party, SizedMessage, Style, Version, write, write_in};
pub use xml::{EncodingName, NotWellFormed};
