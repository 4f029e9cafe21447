//! Reads `multipart/form-data` (RFC 7578) as it streams by. Own code, because no parser we found reads all that the formats
//! allow (folded headers, names in any case, a boundary that occurs in the text) and gives out the content one chunk at a
//! time, without buffering all that a fast sender has sent ahead.

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
