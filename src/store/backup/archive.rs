use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;
use zip::ZipArchive;

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
