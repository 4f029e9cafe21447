//! `multipart/form-data` as it streams by (RFC 7578), read by own code: of the parsers that there are, none reads what
//! the formats allow (folded headers, names in any case, a boundary that the text mentions) and gives the content out
//! one chunk at a time, without swallowing what a quick sender has sent ahead.

mod error;
mod file_part;
mod parameters;
mod parts;
mod shared_body;

pub use error::MultipartError;
pub(in crate::router) use file_part::FilePart;
pub use file_part::message_of_form;
pub(in crate::router) use parameters::{Ambiguous, Parameters, trimmed};
pub(in crate::router) use shared_body::SharedBody;
