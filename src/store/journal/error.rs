use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_WRITE;

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
    /// Its thread is no more.
    #[error("the journal has ended; start the router again")]
    Ended,
}

impl From<rusqlite::Error> for JournalError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            _ if is_disk_full(&error) => Self::DiskFull,
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
