use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_WRITE;

use crate::store::engine::{Error, PostgresError};

/// Why the journal could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// The database's file is no longer where it was.
    #[error(
        "the database has been deleted, moved or replaced; put it back, or start the router again on what is there now"
    )]
    Gone,
    /// There is no room left on the disk, or the file has reached the size limit that the system sets.
    #[error("the disk is full; make room where the database is, or lift the limit on the size of files (ulimit -f)")]
    DiskFull,
    /// Another program has locked the database.
    #[error("the database is locked by another program; end that program")]
    Locked,
    /// The database cannot be written for another reason.
    #[error("the journal cannot be written: {0}")]
    Refused(String),
    /// The database's server cannot be reached, or the connection to it broke: what was to be written may be there or not.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// Another router delivers the message at this moment.
    #[error("another router is delivering this message at this moment; send it again")]
    Elsewhere,
    /// The claim on the message lapsed while this router could not reach the database, and another one has taken it over.
    #[error("the database could not be reached for so long that the message is no longer this router's; send it again")]
    TakenOver,
    /// The server no longer has what it had confirmed: it was restored, or another one took its place that lacked the last commits.
    #[error(
        "the database has lost what it had confirmed: it was restored, or another server has taken its place too early; a message \
         that was accepted meanwhile may go to a second fagsystem; see what is missing, then start the router again"
    )]
    CommitsLost,
    /// Its thread is no more.
    #[error("the journal has ended; start the router again")]
    Ended,
}

impl JournalError {
    /// Whether it is about one message alone, while others can be written.
    #[must_use]
    pub fn is_of_one_message(&self) -> bool {
        matches!(self, Self::Elsewhere | Self::TakenOver)
    }
}

impl From<Error> for JournalError {
    fn from(error: Error) -> Self {
        if let Error::Postgres(error) = &error {
            return match error {
                PostgresError::Refused { .. } if error.is_disk_full() => Self::DiskFull,
                PostgresError::Refused { .. } if error.is_of_the_moment() => Self::Locked,
                PostgresError::Refused { .. } if error.is_of_the_server() => Self::Unreachable(error.to_string()),
                PostgresError::Refused { .. } | PostgresError::Unexpected(_) => Self::Refused(error.to_string()),
                _ => Self::Unreachable(error.to_string()),
            };
        }
        match error.sqlite().and_then(rusqlite::Error::sqlite_error_code) {
            _ if error.sqlite().is_some_and(is_disk_full) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            _ => Self::Refused(error.to_string()),
        }
    }
}

/// Whether there is no room left on the disk, or the file has reached the size limit that the system sets.
pub(in crate::store) fn is_disk_full(error: &rusqlite::Error) -> bool {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => true,
        Some(ErrorCode::SystemIoFailure) => has_outgrown_limit(error),
        _ => false,
    }
}

/// SQLite reports a full disk as such, but a file that has reached its size limit only as a failed write.
fn has_outgrown_limit(error: &rusqlite::Error) -> bool {
    #[cfg(unix)]
    let is_limited = {
        use rustix::process::{Resource, getrlimit};
        getrlimit(Resource::Fsize).current.is_some()
    };
    #[cfg(not(unix))]
    let is_limited = false;
    is_limited && error.sqlite_error().is_some_and(|error| error.extended_code == SQLITE_IOERR_WRITE)
}
