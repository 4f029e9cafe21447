use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode};

use super::archive::SECRETS;
use super::error::{BackupError, failed};
use crate::private_files;
use crate::store::data_directory::FILE_NAME;
use crate::store::database::{connect, copy_pages, sync_directory};
use crate::store::journal::{KEY_FILE, move_all};
use crate::store::router_lock::MARKER;

/// The beginning of the name of a folder in which a restoration sets the earlier contents aside.
const ASIDE: &str = "before-restore-";

/// What a data directory holds before a restore, locked against others meanwhile.
pub(super) enum ExistingData {
    /// There is no database.
    Nothing,
    /// A database that no other program has open, with all that was committed in its file.
    Alone(Connection),
    /// The database cannot be opened.
    Unusable,
}

impl ExistingData {
    pub fn take(directory: &Path) -> Result<Self, BackupError> {
        let path = directory.join(FILE_NAME);
        if !path.try_exists().map_err(failed(&path))? {
            return Ok(Self::Nothing);
        }
        let alone = || {
            let connection = connect(&path)?;
            // A database that cannot be opened is left as it is, with the files beside it.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            connection.busy_timeout(Duration::from_millis(200))?;
            connection.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?;
            // Fails while another program, such as a window, has it open in WAL mode.
            connection.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
            Ok::<_, rusqlite::Error>(connection)
        };
        match alone() {
            Ok(connection) => Ok(Self::Alone(connection)),
            Err(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    Err(BackupError::InUse(directory.to_owned()))
                }
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Ok(Self::Unusable),
                _ => Err(error.into()),
            },
        }
    }

    /// How many messages are accepted in its journal and not in that of the copy.
    pub fn accepted_besides(&self, copy: &Path) -> Option<i64> {
        let Self::Alone(connection) = self else { return None };
        let count = || {
            let also = "UNION ALL SELECT message_uuid, outcome FROM main.arrivals";
            let arrivals = if has_arrivals(connection)? { also } else { "" };
            connection.execute("ATTACH DATABASE ?1 AS copy", [copy.to_str()])?;
            let query = format!(
                "SELECT count(DISTINCT message_uuid) FROM (SELECT message_uuid, outcome FROM main.journal {arrivals}) AS now
                 WHERE outcome = 'accepteret' AND NOT EXISTS
                         (SELECT 1 FROM copy.journal AS known
                          WHERE known.message_uuid = now.message_uuid COLLATE NOCASE AND known.outcome = 'accepteret')"
            );
            let count = connection.query_row(&query, [], |row| row.get(0));
            connection.execute("DETACH DATABASE copy", [])?;
            count
        };
        count().ok()
    }

    /// Sets the existing files aside, in a folder named by the date; `None` if there are none.
    pub fn set_aside(&self, directory: &Path, secrets: Option<&Path>) -> Result<Option<PathBuf>, BackupError> {
        let mut things: Vec<(PathBuf, String)> = Vec::new();
        things.extend([FILE_NAME, KEY_FILE, MARKER].map(|name| (directory.join(name), name.to_owned())));
        things.extend(secrets.map(|secrets| (secrets.to_owned(), SECRETS.to_owned())));
        things.retain(|(path, _)| fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() > 0));
        if things.is_empty() {
            return Ok(None);
        }
        let folder = new_folder(directory)?;
        let kept = things.iter().try_for_each(|(path, name)| {
            let to = folder.join(name);
            match self {
                // Its file is about to be written, and must not be opened: closing it again would release the lock.
                Self::Alone(connection) if name == FILE_NAME => keep_database(connection, &to),
                _ => keep(path, &to).map_err(failed(path)),
            }
        });
        if let Err(error) = kept {
            let _ = fs::remove_dir_all(&folder);
            return Err(error);
        }
        sync_directory(Some(&folder));
        Ok(Some(folder))
    }
}

fn keep_database(database: &Connection, to: &Path) -> Result<(), BackupError> {
    private_files::create(to).map_err(failed(to))?;
    let mut copy = Connection::open(to)?;
    if !copy_pages(database, &mut copy)? {
        return Err(BackupError::InUse(to.to_owned()));
    }
    let copy = if has_arrivals(&copy)? { move_all(copy)? } else { copy };
    // Without WAL mode, the file is complete in itself, wherever it is copied to.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    copy.close().map_err(|(_, error)| error)?;
    Ok(())
}

/// An older database has no such table.
fn has_arrivals(connection: &Connection) -> rusqlite::Result<bool> {
    let is_there = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'arrivals')";
    connection.query_row(is_there, [], |row| row.get(0))
}

fn new_folder(directory: &Path) -> Result<PathBuf, BackupError> {
    let stem = format!("{ASIDE}{}", Timestamp::now().strftime("%Y-%m-%dT%H%M%SZ"));
    let names = std::iter::once(stem.clone()).chain((2..).map(|number| format!("{stem}-{number}")));
    let folder = names.map(|name| directory.join(name)).find(|folder| fs::symlink_metadata(folder).is_err());
    let folder = folder.expect("numbers do not come to an end");
    private_files::create_directory(&folder).map_err(failed(&folder))?;
    Ok(folder)
}

/// Links a file under a second name, or copies it where the file system has no links, or it is on another one.
fn keep(path: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(path, to).is_ok() {
        return Ok(());
    }
    let mut copy = private_files::create(to)?;
    io::copy(&mut File::open(path)?, &mut copy)?;
    copy.sync_all()
}
