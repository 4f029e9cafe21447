use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;
use zip::ZipArchive;

use crate::store::database::{COMPANIONS, WRITE_TIMEOUT, beside};
use crate::store::time::timestamp;

/// The entry that says what the archive is.
pub(super) const ABOUT: &str = "postfordeler-sikkerhedskopi.json";
/// The entry with the secrets file.
pub(super) const SECRETS: &str = "hemmeligheder.json";
pub(super) const FORMAT: &str = "postfordeler-sikkerhedskopi";
pub(super) const VERSION: u32 = 1;
/// The largest entry that is read into memory, in bytes: the secrets file may have 16 MiB.
pub(super) const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// How a database file of SQLite begins.
pub(super) const DATABASE: &[u8] = b"SQLite format 3\0";

/// What a copy says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFacts {
    /// When it was made; `None` of a bare database, which does not say so.
    pub made_at: Option<Timestamp>,
    /// The newest publication in it; `None` before the first.
    pub publication: Option<i64>,
    /// How many rows its journal has.
    pub rows: i64,
    /// When the last message came that its journal knows.
    pub last_message: Option<Timestamp>,
    /// Whether the key of the journal's digests is in it.
    pub has_key: bool,
    /// Whether a secrets file is in it.
    pub has_secrets: bool,
}

/// What [`ABOUT`] says.
#[derive(Serialize, Deserialize)]
pub(super) struct BackupHeader {
    pub format: String,
    pub version: u32,
    /// The version of the program.
    pub program: String,
    #[serde(rename = "lavet")]
    pub made_at: String,
}

/// Copies all pages in one transaction and in one step, so that another program's write cannot restart it. `false` if others
/// had the database locked for too long.
pub(super) fn copy_pages(from: &Connection, to: &mut Connection) -> rusqlite::Result<bool> {
    let backup = Backup::new(from, to)?;
    let begun = Instant::now();
    while backup.step(-1)? != StepResult::Done {
        if begun.elapsed() > WRITE_TIMEOUT {
            return Ok(false);
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(true)
}

/// A file that is removed when it is dropped, with those that SQLite may have put beside it.
pub(super) struct TemporaryFile(pub PathBuf);

impl TemporaryFile {
    pub fn beside(path: &Path, ending: &str) -> Self {
        Self(beside(path, &format!(".{}.{ending}.part", Uuid::new_v4().simple())))
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
        for ending in COMPANIONS {
            let _ = fs::remove_file(beside(&self.0, ending));
        }
    }
}

/// A file name is on disk once its directory is. Where a directory cannot be synced, the system writes it in its own time.
pub(super) fn sync_directory(directory: Option<&Path>) {
    let directory = directory.filter(|it| *it != Path::new("")).unwrap_or(Path::new("."));
    if let Ok(directory) = File::open(directory) {
        let _ = directory.sync_all();
    }
}

/// An entry that is read into memory; `None` where there is none.
pub(super) fn read_entry(
    archive: &mut ZipArchive<BufReader<File>>,
    name: &str,
) -> Result<Option<Zeroizing<Vec<u8>>>, zip::result::ZipError> {
    let entry = match archive.by_name(name) {
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        entry => entry?,
    };
    let mut bytes = Zeroizing::new(Vec::new());
    entry.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

pub(super) fn open_copy(path: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

pub(super) fn facts_of(database: &Connection) -> rusqlite::Result<BackupFacts> {
    let number = |query: &str| database.query_row(query, [], |row| row.get(0));
    let last = "SELECT max(received_at) FROM journal";
    let last: Option<i64> = database.query_row(last, [], |row| row.get(0))?;
    Ok(BackupFacts {
        made_at: None,
        publication: database.query_row("SELECT max(number) FROM publications", [], |row| row.get(0))?,
        rows: number("SELECT count(*) FROM journal")?,
        last_message: last.map(timestamp),
        has_key: false,
        has_secrets: false,
    })
}
