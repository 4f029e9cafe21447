//! What is kept: publications, the journal of messages, settings. One SQLite database in the data directory.
//!
//! The database is in WAL mode, so that the window and a router without one can share it. It is never overwritten: a
//! damaged file, or one from a newer program, is reported and left as it is.

mod journal;
mod publications;
mod settings;

pub use journal::{Journal, JournalEntry, JournalRow, Outcome, Routed, Timing};
pub use publications::{Publication, PublicationNumber};
pub use settings::{LanguageChoice, Settings, ThemeChoice};

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};
use rusqlite_migration::{M, Migrations};

const FILE_NAME: &str = "postfordeler.db";
const STEPS: &[M<'_>] = &[M::up(include_str!("migrations/001_beginning.sql"))];
const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);
/// How long a write waits for another program's write to end.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why something could not be kept or found.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data directory cannot be made or read.
    #[error("the data directory {path} cannot be used: {source}")]
    Directory {
        /// The directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The database was written by a newer program.
    #[error("the database {0} was written by a newer version of Postfordeler; install that version or a later one")]
    Newer(PathBuf),
    /// The file is no database, or a damaged one.
    #[error(
        "the database {path} is damaged ({reason}); it has been left as it is: put back a copy, or move the file away \
         to begin anew"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// Another window or program has published meanwhile.
    #[error("the configuration has been changed elsewhere meanwhile; nothing was written: look at it as it is now")]
    Overtaken,
    /// The database refused.
    #[error("the database refused: {0}")]
    Database(#[from] rusqlite::Error),
}

/// The database of a data directory.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl Store {
    /// Opens the database in that directory; makes both when they are absent, and brings an older database up to date.
    ///
    /// # Errors
    ///
    /// The directory cannot be used, or the database is damaged or newer than the program.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Directory { path: directory.to_owned(), source };
        fs::create_dir_all(directory).map_err(failed)?;
        let path = directory.join(FILE_NAME);
        if !path.try_exists().map_err(failed)? {
            create(&path)?;
        }
        let mut connection = connect(&path).map_err(|error| explained(error, &path))?;
        MIGRATIONS.to_latest(&mut connection).map_err(|error| match error {
            rusqlite_migration::Error::MigrationDefinition(_) => StoreError::Newer(path.clone()),
            rusqlite_migration::Error::RusqliteError { err, .. } => explained(err, &path),
            other => StoreError::Damaged { path: path.clone(), reason: other.to_string() },
        })?;
        Ok(Self { path, connection: Mutex::new(connection) })
    }

    /// The database's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Another connection to the same database, for a thread of its own.
    ///
    /// # Errors
    ///
    /// The database cannot be opened any more.
    pub fn reopen(&self) -> Result<Self, StoreError> {
        let connection = connect(&self.path).map_err(|error| explained(error, &self.path))?;
        Ok(Self { path: self.path.clone(), connection: Mutex::new(connection) })
    }

    /// A number that changes whenever another connection has written.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        Ok(self.connection().query_row("PRAGMA data_version", [], |row| row.get(0))?)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a new database beside its place and moves it there when it is whole, so that an unfinished one never stands
/// there. When another program was quicker, its database stays.
fn create(path: &Path) -> Result<(), StoreError> {
    let unfinished = path.with_extension(format!("{}.new", uuid::Uuid::new_v4().simple()));
    let mut connection = Connection::open(&unfinished)?;
    let made = MIGRATIONS.to_latest(&mut connection);
    drop(connection);
    let moved = made.map_err(io::Error::other).and_then(|()| match fs::hard_link(&unfinished, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        // Some file systems have no links.
        Err(_) if !path.exists() => fs::rename(&unfinished, path),
        other => other,
    });
    let _ = fs::remove_file(&unfinished);
    moved.map_err(|source| StoreError::Directory { path: path.to_owned(), source })
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // First looked at, then changed to WAL mode: what is not ours is left as it is, byte for byte.
    let is_ours = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'publications')";
    // A file that is empty or cut short would pass for a new database: its tables are lost.
    if !connection.query_row(is_ours, [], |row| row.get(0))? {
        return Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_NOTADB),
            Some("it has no publications table".to_owned()),
        ));
    }
    let sound: String = connection.query_row("PRAGMA quick_check('publications')", [], |row| row.get(0))?;
    if sound != "ok" {
        let reason = sound.lines().next().unwrap_or_default().to_owned();
        return Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
            Some(reason),
        ));
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

fn explained(error: rusqlite::Error, path: &Path) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            StoreError::Damaged { path: path.to_owned(), reason: error.to_string() }
        }
        _ => error.into(),
    }
}
