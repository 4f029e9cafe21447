use std::fs;
use std::io;
use std::path::Path;

use super::JournalError;

/// Which file a database is, so that it is noticed when another takes its place: SQLite goes on writing into a file that
/// has been deleted, and nobody would ever find what it wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity(#[cfg(unix)] (u64, u64));

impl Identity {
    pub fn of(path: &Path) -> io::Result<Self> {
        let file = fs::metadata(path)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            Ok(Self((file.dev(), file.ino())))
        }
        #[cfg(not(unix))]
        {
            // Elsewhere an open file can be neither deleted nor moved.
            drop(file);
            Ok(Self())
        }
    }

    /// Makes sure that the database at that path is still this file, with its write-ahead log beside it.
    pub fn check(&self, path: &Path) -> Result<(), JournalError> {
        let is_same = Self::of(path).is_ok_and(|now| now == *self);
        let has_log = super::beside(path, super::COMPANIONS[0]).exists();
        if is_same && has_log { Ok(()) } else { Err(JournalError::Gone) }
    }
}
