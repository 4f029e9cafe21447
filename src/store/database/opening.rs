use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::schema::{copy_for, newest_schema, record_program, recorded_program};
use crate::private_files;
use crate::store::StoreError;
use crate::store::migrations::MIGRATIONS;

/// The endings of the files that SQLite puts beside a database.
pub(in crate::store) const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];
/// The largest database, in bytes, that is checked for damage when it is opened; in a larger one that would take too long.
const MAX_CHECKED_BYTES: i64 = 64 * 1024 * 1024;
/// How long a program waits for another one that brings the database up to date.
pub(super) const UPGRADE_TIMEOUT: Duration = Duration::from_mins(10);
/// How long a write waits for another program's write to end.
pub(in crate::store) const WRITE_TIMEOUT: Duration = Duration::from_secs(5);

/// Makes a new database under another name and renames it once it is complete, so that nobody ever opens an unfinished one.
/// If another program has made one first, that one stays.
pub(super) fn create(path: &Path) -> Result<(), StoreError> {
    // SQLite would take the files left by a lost database for those of the new one.
    if let Some(left) = COMPANIONS.iter().map(|ending| beside(path, ending)).find(|left| left.exists()) {
        // It belongs to a database that another program has made in the meantime.
        if path.exists() {
            return Ok(());
        }
        return Err(StoreError::LeftBehind { path: path.to_owned(), left });
    }
    let unfinished = path.with_extension(format!("{}.new", uuid::Uuid::new_v4().simple()));
    let made = make(&unfinished);
    let moved = made.and_then(|()| match fs::hard_link(&unfinished, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        // Some file systems have no links.
        Err(_) if !path.exists() => fs::rename(&unfinished, path),
        other => other,
    });
    let _ = fs::remove_file(&unfinished);
    moved.map_err(|source| StoreError::Directory { path: path.parent().unwrap_or(path).to_owned(), source })
}

/// In WAL mode from the beginning: two programs that changed to it at the same time would lock each other out.
fn make(path: &Path) -> io::Result<()> {
    // SQLite gives the files beside it the same mode.
    private_files::create(path)?;
    let mut connection = Connection::open(path).map_err(io::Error::other)?;
    connection.pragma_update(None, "journal_mode", "WAL").map_err(io::Error::other)?;
    MIGRATIONS.to_latest(&mut connection).map_err(io::Error::other)?;
    record_program(&connection);
    connection.close().map_err(|(_, error)| io::Error::other(error))
}

pub(in crate::store) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Opens a database and checks that it is one of ours, undamaged and not newer than the program, before anything in it
/// changes: a damaged one is left as it is, byte for byte.
pub(super) fn look_over(path: &Path) -> Result<Connection, StoreError> {
    let explain = |error| explained(error, path);
    let damaged = |reason: &str| StoreError::Damaged { path: path.to_owned(), reason: reason.to_owned() };
    let connection = connect(path).map_err(explain)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(explain)?;
    let number = |pragma| connection.query_row(pragma, [], |row| row.get::<_, i64>(0)).map_err(explain);
    let schema = usize::try_from(number("PRAGMA user_version")?).unwrap_or_default();
    if schema > newest_schema() {
        let copy = path.parent().and_then(|directory| copy_for(directory, newest_schema()));
        return Err(StoreError::Newer { path: path.to_owned(), schema, program: recorded_program(&connection), copy });
    }
    // SQLite takes a file that is empty or cut short for a new database; its tables are lost.
    if number("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'publications')")? == 0 {
        return Err(damaged("it has no publications"));
    }
    if number("PRAGMA page_count")? * number("PRAGMA page_size")? <= MAX_CHECKED_BYTES {
        let check = "PRAGMA quick_check('publications')";
        let sound: String = connection.query_row(check, [], |row| row.get(0)).map_err(explain)?;
        if sound != "ok" {
            return Err(damaged(sound.lines().next().unwrap_or_default()));
        }
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(explain)?;
    Ok(connection)
}

pub(in crate::store) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(WRITE_TIMEOUT)?;
    Ok(connection)
}

pub(super) fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)
}

pub(super) fn explained(error: rusqlite::Error, path: &Path) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            StoreError::Damaged { path: path.to_owned(), reason: error.to_string() }
        }
        _ => error.into(),
    }
}
