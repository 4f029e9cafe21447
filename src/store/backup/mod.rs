//! Copies of a data directory.

mod restoring;

pub use self::restoring::{CopyError, CopyFacts, Restored, restore};
