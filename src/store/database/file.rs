use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{COMPANIONS, beside};
use crate::store::JournalError;

/// The identity of a database's file, to notice when another file replaces it: SQLite goes on writing into a file that has
/// been deleted, and what it writes there is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileNumbers {
    database: FileNumber,
    /// The identity of its write-ahead log. It stays the same while the database is open, but another program that finds it
    /// deleted makes a new one.
    log: FileNumber,
}

/// The system's number for a file. It is not needed where an open file can be neither deleted nor moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) struct FileNumber(Option<(u64, u64)>);

impl FileNumber {
    /// Whether the system identifies files by it.
    pub fn is_known(self) -> bool {
        self.0.is_some()
    }

    /// Never opens the file: closing it again would release the locks that this program has on it.
    pub fn of(path: &Path) -> io::Result<Self> {
        let file = fs::metadata(path)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            Ok(Self(Some((file.dev(), file.ino()))))
        }
        #[cfg(not(unix))]
        {
            drop(file);
            Ok(Self(None))
        }
    }
}

impl FileNumbers {
    fn of(path: &Path) -> io::Result<Self> {
        let log = beside(path, COMPANIONS[0]);
        Ok(Self { database: FileNumber::of(path)?, log: FileNumber::of(&log)? })
    }

    /// Makes sure that the database at that path is still this file, with its write-ahead log beside it.
    fn check(self, path: &Path) -> Result<(), JournalError> {
        let is_same = Self::of(path).is_ok_and(|now| now == self);
        if is_same { Ok(()) } else { Err(JournalError::Gone) }
    }
}

/// Where a database was opened, and which file it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct DatabaseFile {
    pub path: PathBuf,
    identity: FileNumbers,
}

impl DatabaseFile {
    pub fn of(path: PathBuf) -> io::Result<Self> {
        Ok(Self { identity: FileNumbers::of(&path)?, path })
    }

    /// Whether the database is that file.
    pub fn is_file(&self, file: FileNumber) -> bool {
        self.identity.database == file
    }

    /// Makes sure that the database is still there.
    pub fn check(&self) -> Result<(), JournalError> {
        self.identity.check(&self.path)
    }
}
