//! Progress (*fremgang*): how far the people at one machine have come with the lessons, as a file that is carried to where the
//! progress of a room is gathered.
//!
//! A [`ProgressFile`] is small and says everything in words (`file`). It is read whole or not at all; `limits` says
//! how much it may hold, and `error` what is wrong where.

mod error;
mod file;
mod limits;

pub use self::error::{ProgressFault, ProgressFileError};
pub use self::file::ProgressFile;
