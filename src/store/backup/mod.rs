//! Copies of a data directory.

mod restoring;

pub use self::restoring::{BackupError, BackupFacts, Restored, restore};
