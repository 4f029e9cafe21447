//! MeMo, the XML format of every Digital Post message, versions 1.1 and 1.2.
//!
//! [`Reader`] takes a message in chunks as they arrive, yields its [`Header`] as soon as the header has closed, and
//! keeps watch to the end that the document is well-formed and is one `Message`. [`write`](fn@write) makes messages
//! for training. The schemas are Digitaliseringsstyrelsen's, namespace `https://DigitalPost.dk/MeMo-1`.

mod characters;
mod encoding;
mod header;
mod markup;
mod names;
mod reader;
mod scanner;
mod write;

pub use encoding::EncodingName;
pub use header::{Header, MessageUuid, NotAMessageUuid};
pub use reader::{MemoError, Reader};
pub use scanner::NotWellFormed;
pub use write::{About, ClassifiedAs, Letter, Party, SizedMessage, Style, Version, write, write_in};

/// The namespace of MeMo 1.1 and 1.2 alike.
pub const NAMESPACE: &str = "https://DigitalPost.dk/MeMo-1";

/// The most bytes a message may have: 99.5 MiB.
pub const MAX_MESSAGE_BYTES: u64 = 104_333_312;

/// The most bytes from the start of a message through the end of its header.
pub const MAX_HEADER_BYTES: u64 = 1024 * 1024;
