//! Reads files of any kind together: what they hold, what they change in a draft, and what is wrong with them. The window
//! and the command line both import through [`read_files`].
//!
//! A [`ReadRequest`] names the files. Each is recognised by its content, read by the room of its kind, and applied to a
//! copy of the draft; the result is an [`Arrival`], which the caller may accept or drop.

mod contents;
mod error;
mod findings;
mod notice;
mod outcome;
mod reading;
mod request;
mod summary;

pub use self::contents::AuthorityContents;
pub use self::error::ImportError;
pub use self::findings::ReportedFinding;
pub use self::notice::{FileNotice, Notice};
pub use self::outcome::Arrival;
pub use self::reading::read_files;
pub use self::request::ReadRequest;
pub use self::summary::{FileCounts, FileSummary, ImportSummary, StructureArrival};
