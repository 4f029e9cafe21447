//! Brings a database of an older version up to date, and makes a copy of it as it was before.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rusqlite::{Connection, TransactionBehavior};

use super::copy::{TemporaryFile, check_room, copy_pages, sync_directory};
use super::opening::{UPGRADE_TIMEOUT, WRITE_TIMEOUT, connect, explained};
use super::schema::{COPY_ENDING, COPY_PREFIX, copies_in, copy_name, newest_schema, record_program};
use crate::private_files;
use crate::store::StoreError;
use crate::store::journal::is_disk_full;
use crate::store::migrations::MIGRATIONS;
use crate::store::router_lock::DirectoryLock;

/// With more messages than this, an upgrade takes long enough to be announced in the log.
const MAX_QUIET_MESSAGES: i64 = 50_000;
/// An older database that was brought up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgrade {
    /// The number of the schema that it had.
    pub from: usize,
    /// The number of the schema that it has now.
    pub to: usize,
    /// The copy of the database as it was before.
    pub copy: PathBuf,
    /// How many bytes the copy has.
    pub bytes: u64,
}

/// Brings an older database up to date in one transaction, so that it is unchanged if the program is ended meanwhile, after a
/// copy of it has been made. `None` where it was up to date.
///
/// A window and a router that are started together may both find an older database: one waits for the other, and skips what
/// the other has done.
pub(super) fn bring_up_to_date(connection: &mut Connection, path: &Path) -> Result<Option<Upgrade>, StoreError> {
    let is_due = |connection: &_| MIGRATIONS.pending_migrations(connection).is_ok_and(|pending| pending > 0);
    if !is_due(connection) {
        return migrate(connection, path).map(|()| None);
    }
    // A router of this version brings the database up to date before it locks the directory.
    let directory = path.parent().unwrap_or(path);
    if DirectoryLock::is_taken(directory)? && is_due(connection) {
        return Err(StoreError::OlderRouterRuns(directory.to_owned()));
    }
    let messages = connection.query_row("SELECT coalesce(max(number), 0) FROM journal", [], |row| row.get::<_, i64>(0));
    let is_long = messages.is_ok_and(|messages| messages > MAX_QUIET_MESSAGES);
    if is_long {
        tracing::info!(
            database = %path.display(),
            megabytes = megabytes(size_of(connection)?),
            "bringing a large database up to date, which may take some minutes; it takes room for a copy of the database, and \
             meanwhile for about as much again"
        );
    }
    connection.busy_timeout(UPGRADE_TIMEOUT)?;
    let upgrade = copy_if_due(connection, path, is_due)?;
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    let migrated = migrate(connection, path);
    connection.set_transaction_behavior(TransactionBehavior::Deferred);
    connection.busy_timeout(WRITE_TIMEOUT)?;
    migrated?;
    record_program(connection);
    if let Some(upgrade) = &upgrade {
        remove_older_copies(&upgrade.copy);
        tracing::info!(
            database = %path.display(), schema_before = upgrade.from, schema = upgrade.to, copy = %upgrade.copy.display(),
            megabytes = megabytes(upgrade.bytes),
            "the database was brought up to date; the copy is as it was before"
        );
    }
    if is_long {
        // The write-ahead log has grown to the size of the journal. While somebody reads from it, it cannot be emptied; that
        // happens later.
        let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    }
    Ok(upgrade)
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    match MIGRATIONS.to_latest(connection) {
        Err(_) if MIGRATIONS.pending_migrations(connection) == Ok(0) => Ok(()),
        Err(rusqlite_migration::Error::RusqliteError { err, .. }) if is_disk_full(&err) => {
            Err(StoreError::NoRoomToUpgrade { path: path.to_owned(), bytes: size_of(connection)? })
        }
        Err(rusqlite_migration::Error::RusqliteError { err, .. }) => Err(explained(err, path)),
        Err(other) => Err(StoreError::Damaged { path: path.to_owned(), reason: other.to_string() }),
        Ok(()) => Ok(()),
    }
}

/// Makes the copy while nobody else can write to the database, and nobody else makes one.
fn copy_if_due(
    connection: &mut Connection,
    path: &Path,
    is_due: impl Fn(&Connection) -> bool,
) -> Result<Option<Upgrade>, StoreError> {
    let locked =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|error| explained(error, path))?;
    if !is_due(&locked) {
        return Ok(None);
    }
    let from = schema_of(&locked)?;
    let copy = copy_name(path, from);
    let bytes = make_copy(path, &copy)?;
    // Nothing was written: the lock ends.
    locked.rollback()?;
    Ok(Some(Upgrade { from, to: newest_schema(), copy, bytes }))
}

/// Copies the database as it is now, for its owner alone. The copy has its name once it is complete and on disk; one that an
/// earlier attempt has left is replaced, since the database may have changed after it.
fn make_copy(path: &Path, copy: &Path) -> Result<u64, StoreError> {
    if fs::symlink_metadata(copy).is_ok_and(|found| !found.is_file()) {
        return Err(StoreError::NoPlainFile(copy.to_owned()));
    }
    remove_unfinished(copy);
    // The connection that holds the lock copies nothing itself.
    let source = connect(path).map_err(|error| explained(error, path))?;
    let bytes = size_of(&source)?;
    let no_room = || StoreError::NoRoomToUpgrade { path: path.to_owned(), bytes };
    let refused = |reason: String| StoreError::NoUpgradeCopy { path: path.to_owned(), copy: copy.to_owned(), reason };
    let not_written = |error: io::Error| match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => no_room(),
        _ => refused(error.to_string()),
    };
    check_room(bytes, path).map_err(not_written)?;
    let unfinished = TemporaryFile::beside(copy, "db");
    private_files::create(&unfinished.0).map_err(not_written)?;
    let not_copied = |error: rusqlite::Error| if is_disk_full(&error) { no_room() } else { refused(error.to_string()) };
    let sound = fill(&source, &unfinished.0).map_err(not_copied)?;
    match sound.as_deref() {
        Some("ok") => {}
        // What is wrong in the copy is wrong in the database.
        Some(found) => {
            let reason = found.lines().next().unwrap_or_default().to_owned();
            return Err(StoreError::Damaged { path: path.to_owned(), reason });
        }
        None => return Err(refused("another program has locked it".to_owned())),
    }
    File::options().read(true).write(true).open(&unfinished.0).and_then(|file| file.sync_all()).map_err(not_written)?;
    let bytes = fs::metadata(&unfinished.0).map_err(not_written)?.len();
    fs::rename(&unfinished.0, copy).map_err(not_written)?;
    sync_directory(copy.parent());
    Ok(bytes)
}

/// What SQLite finds in the copy; `None` if others had the database locked for too long.
fn fill(source: &Connection, to: &Path) -> rusqlite::Result<Option<String>> {
    let mut copy = Connection::open(to)?;
    // It is synced as a whole.
    copy.pragma_update(None, "synchronous", "OFF")?;
    if !copy_pages(source, &mut copy)? {
        return Ok(None);
    }
    // Without WAL mode, the file is complete in itself, wherever it is copied to.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    let sound = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    copy.close().map_err(|(_, error)| error)?;
    Ok(Some(sound))
}

/// Only the copy of the last upgrade is kept.
fn remove_older_copies(newest: &Path) {
    for (_, copy) in copies_in(newest.parent().unwrap_or(newest)) {
        if copy != newest {
            let _ = fs::remove_file(copy);
        }
    }
}

/// Removes the copies that were made before that time: they hold what the journal has forgotten since.
pub(in crate::store) fn forget_copies(directory: &Path, before: SystemTime) {
    for (_, copy) in copies_in(directory) {
        if fs::metadata(&copy).and_then(|found| found.modified()).is_ok_and(|made| made < before) {
            let _ = fs::remove_file(copy);
        }
    }
}

/// Removes what killed programs have left of copies. Nobody else is making one: that takes the database's lock.
fn remove_unfinished(copy: &Path) {
    for entry in fs::read_dir(copy.parent().unwrap_or(copy)).into_iter().flatten().flatten() {
        let is_part = |name: &str| name.starts_with(COPY_PREFIX) && !name.ends_with(COPY_ENDING);
        if entry.file_name().to_str().is_some_and(is_part) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn schema_of(connection: &Connection) -> Result<usize, StoreError> {
    let number: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(usize::try_from(number).unwrap_or_default())
}

fn size_of(connection: &Connection) -> Result<u64, StoreError> {
    let number = |pragma| connection.query_row(pragma, [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs);
    Ok(number("PRAGMA page_count")? * number("PRAGMA page_size")?)
}

/// In whole megabytes, rounded up.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}
