use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use uuid::Uuid;
use zeroize::Zeroizing;
use zip::ZipArchive;

use super::archive::{ABOUT, BackupFacts, BackupHeader, DATABASE, FORMAT, SECRETS, VERSION, facts_of, read_entry};
use super::error::{BackupError, failed};
use super::existing::ExistingData;
use crate::private_files;
use crate::store::data_directory::FILE_NAME;
use crate::store::database::{
    COMPANIONS, beside, check_room, connect, copy_pages, newest_schema, record_program, sync_directory,
};
use crate::store::journal::{KEY_BYTES, KEY_FILE, NEXT_KEY_FILE, move_all};
use crate::store::migrations::MIGRATIONS;
use crate::store::router_lock::MARKER;
use crate::store::{Store, StoreError};

/// The beginning of the name of a folder that a copy is unpacked into.
const UNPACKED: &str = "postfordeler.restore-";

/// A copy, unpacked into a folder of its own in the data directory, looked through and brought up to date. What is left of
/// it is removed when it is dropped.
pub(super) struct Unpacked {
    folder: PathBuf,
    pub facts: BackupFacts,
    key: Option<Zeroizing<Vec<u8>>>,
    pub secrets: Option<Zeroizing<Vec<u8>>>,
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Unpacked {
    pub fn from(from: &Path, directory: &Path) -> Result<Self, BackupError> {
        let folder = directory.join(format!("{UNPACKED}{}", Uuid::new_v4().simple()));
        private_files::create_directory(&folder).map_err(failed(&folder))?;
        let facts = BackupFacts {
            made_at: None,
            publication: None,
            rows: 0,
            last_message: None,
            has_key: false,
            has_secrets: false,
        };
        let mut unpacked = Self { folder, facts, key: None, secrets: None };
        unpacked.fill(from)?;
        Ok(unpacked)
    }

    pub fn database(&self) -> PathBuf {
        self.folder.join(FILE_NAME)
    }

    fn fill(&mut self, from: &Path) -> Result<(), BackupError> {
        let mut file = File::open(from).map_err(failed(from))?;
        let mut beginning = Vec::new();
        (&mut file).take(DATABASE.len() as u64).read_to_end(&mut beginning).map_err(failed(from))?;
        let made_at = if beginning == DATABASE {
            let size = file.metadata().map_err(failed(from))?.len();
            write_out(&mut io::Cursor::new(DATABASE).chain(file), size, &self.database(), from)?;
            self.take_from_beside(from)?;
            None
        } else if beginning.starts_with(b"PK") {
            self.unpack(from)?
        } else {
            return Err(BackupError::NotOurs(from.to_owned()));
        };
        self.facts = BackupFacts { made_at, ..look_through(&self.database(), from)? };
        self.check(from)?;
        (self.facts.has_key, self.facts.has_secrets) = (self.key.is_some(), self.secrets.is_some());
        Ok(())
    }

    /// Takes along what belongs to a database that lies in a data directory as a killed program has left it: the write-ahead
    /// log, in which the last changes may be, and the key of the journal's digests.
    fn take_from_beside(&mut self, from: &Path) -> Result<(), BackupError> {
        let log = beside(from, COMPANIONS[0]);
        if let Some(mut log_file) = private_files::open_to_read(&log).map_err(failed(&log))? {
            let to = beside(&self.database(), COMPANIONS[0]);
            check_room(log_file.metadata().map_err(failed(&log))?.len(), &to).map_err(failed(&to))?;
            let mut copy = private_files::create(&to).map_err(failed(&to))?;
            io::copy(&mut log_file, &mut copy).map_err(failed(&to))?;
        }
        let key = from.with_file_name(KEY_FILE);
        if from.file_name().is_some_and(|name| name == FILE_NAME)
            && let Some(file) = private_files::open_to_read(&key).map_err(failed(&key))?
        {
            let mut bytes = Zeroizing::new(Vec::new());
            file.take(KEY_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(failed(&key))?;
            self.key = (bytes.len() == KEY_BYTES).then_some(bytes);
        }
        Ok(())
    }

    fn unpack(&mut self, from: &Path) -> Result<Option<Timestamp>, BackupError> {
        let damaged =
            |error: &dyn std::fmt::Display| BackupError::Damaged { path: from.to_owned(), reason: error.to_string() };
        let file = BufReader::new(File::open(from).map_err(failed(from))?);
        let mut archive = ZipArchive::new(file).map_err(|error| damaged(&error))?;
        let not_ours = || BackupError::NotOurs(from.to_owned());
        let about = read_entry(&mut archive, ABOUT).map_err(|error| damaged(&error))?.ok_or_else(not_ours)?;
        let about: BackupHeader = serde_json::from_slice(&about).map_err(|_| not_ours())?;
        match about.version {
            _ if about.format != FORMAT => return Err(not_ours()),
            VERSION => {}
            _ => return Err(BackupError::Newer(from.to_owned())),
        }
        let key = read_entry(&mut archive, KEY_FILE).map_err(|error| damaged(&error))?;
        if key.as_ref().is_some_and(|key| key.len() != KEY_BYTES) {
            return Err(damaged(&format_args!("{KEY_FILE} is no key")));
        }
        self.key = key;
        self.secrets = read_entry(&mut archive, SECRETS).map_err(|error| damaged(&error))?;
        let mut database = archive.by_name(FILE_NAME).map_err(|error| damaged(&error))?;
        let size = database.size();
        write_out(&mut database, size, &self.database(), from)?;
        Ok(about.made_at.parse().ok())
    }

    /// Checks that a program would start on it.
    fn check(&self, from: &Path) -> Result<(), BackupError> {
        let damaged = |reason: String| BackupError::Damaged { path: from.to_owned(), reason };
        let opened = Store::open(&self.folder).and_then(|store| store.settings());
        opened.map(drop).map_err(|error| match error {
            StoreError::Damaged { reason, .. } => damaged(reason),
            StoreError::Newer { .. } => BackupError::Newer(from.to_owned()),
            StoreError::Directory { source, .. } => failed(&self.folder)(source),
            error => damaged(error.to_string()),
        })
    }

    /// Puts the copy in place. Until the database is replaced, nothing has changed; a key that is not in place by then is
    /// put there by the next program that needs it.
    pub fn settle(&self, before: ExistingData, directory: &Path, aside: Option<&Path>) -> Result<(), BackupError> {
        let next = directory.join(NEXT_KEY_FILE);
        if let Some(key) = &self.key {
            let _ = fs::remove_file(&next);
            private_files::write_new(&next, key).map_err(failed(&next))?;
        }
        // Without the log, a program that starts on the database before that finds it complete: all that was committed is in
        // it.
        let _ = fs::remove_file(directory.join(MARKER));
        sync_directory(Some(directory));
        let path = directory.join(FILE_NAME);
        match before {
            ExistingData::Alone(connection) => self.fill_into(connection, directory)?,
            ExistingData::Nothing => {
                move_companions_away(directory, aside)?;
                match fs::hard_link(self.database(), &path) {
                    Ok(()) => {}
                    // Another program has made a database meanwhile, and works in it.
                    Err(_) if fs::symlink_metadata(&path).is_ok() => {
                        return Err(BackupError::InUse(directory.to_owned()));
                    }
                    // Some file systems have no links.
                    Err(_) => fs::rename(self.database(), &path).map_err(failed(&path))?,
                }
            }
            ExistingData::Unusable => {
                move_companions_away(directory, aside)?;
                fs::rename(self.database(), &path).map_err(failed(&path))?;
            }
        }
        sync_directory(Some(directory));
        Ok(())
    }

    /// Writes the database into the file of the existing one, in one transaction.
    fn fill_into(&self, mut there: Connection, directory: &Path) -> Result<(), BackupError> {
        let page_size = |of: &Connection| of.query_row("PRAGMA page_size", [], |row| row.get::<_, i64>(0));
        let copy = connect(&self.database())?;
        let size = page_size(&there)?;
        if page_size(&copy)? != size {
            // A database in WAL mode keeps its page size, and so does the one that it is copied into.
            copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
            copy.pragma_update(None, "page_size", size)?;
            copy.execute_batch("VACUUM")?;
            copy.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        }
        if !copy_pages(&copy, &mut there)? {
            return Err(BackupError::InUse(directory.to_owned()));
        }
        // What cannot be moved from the log into the file now is moved by the next program that opens it.
        let _ = there.close();
        Ok(())
    }
}

/// Moves away the files that SQLite would take for part of the restored database.
fn move_companions_away(directory: &Path, aside: Option<&Path>) -> Result<(), BackupError> {
    let path = directory.join(FILE_NAME);
    for ending in COMPANIONS {
        let left = beside(&path, ending);
        if let Some(aside) = aside
            && fs::symlink_metadata(&left).is_ok()
        {
            fs::rename(&left, aside.join(format!("{FILE_NAME}{ending}"))).map_err(failed(&left))?;
        } else {
            let _ = fs::remove_file(&left);
        }
    }
    Ok(())
}

/// Writes a database of that size out of a copy. The copy may be damaged or hold no database, and the disk may be full. No
/// more is read from an archive than the size that it states.
fn write_out(database: &mut impl Read, size: u64, to: &Path, from: &Path) -> Result<(), BackupError> {
    let damaged = |reason: String| BackupError::Damaged { path: from.to_owned(), reason };
    let read = |error: io::Error| damaged(error.to_string());
    let mut beginning = Vec::new();
    database.take(DATABASE.len() as u64).read_to_end(&mut beginning).map_err(read)?;
    if beginning != DATABASE {
        return Err(damaged(format!("{FILE_NAME} in it is no database")));
    }
    check_room(size, to).map_err(failed(to))?;
    let mut file = private_files::create(to).map_err(failed(to))?;
    file.write_all(&beginning).map_err(failed(to))?;
    let mut piece = vec![0; 256 * 1024];
    loop {
        let count = database.read(&mut piece).map_err(read)?;
        if count == 0 {
            return file.sync_all().map_err(failed(to));
        }
        file.write_all(&piece[..count]).map_err(failed(to))?;
    }
}

/// Checks that a database out of a copy is ours, undamaged and not newer than the program, and brings it up to date.
fn look_through(database: &Path, from: &Path) -> Result<BackupFacts, BackupError> {
    let explained = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            BackupError::Damaged { path: from.to_owned(), reason: error.to_string() }
        }
        _ => error.into(),
    };
    let mut connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // A bare copy of the file may have had a write-ahead log that is missing.
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).map_err(explained)?;
    let number = |query: &str| connection.query_row(query, [], |row| row.get::<_, i64>(0)).map_err(explained);
    let ours =
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('publications', 'journal', 'settings')";
    if number(ours)? != 3 {
        return Err(BackupError::NotOurs(from.to_owned()));
    }
    let schema = usize::try_from(number("PRAGMA user_version")?).unwrap_or_default();
    if schema > newest_schema() {
        return Err(BackupError::Newer(from.to_owned()));
    }
    let check = |row: &rusqlite::Row<'_>| row.get(0);
    let sound: String = connection.query_row("PRAGMA integrity_check(1)", [], check).map_err(explained)?;
    if sound != "ok" {
        return Err(BackupError::Damaged { path: from.to_owned(), reason: sound });
    }
    MIGRATIONS
        .to_latest(&mut connection)
        .map_err(|error| BackupError::Damaged { path: from.to_owned(), reason: error.to_string() })?;
    if schema < newest_schema() {
        record_program(&connection);
    }
    let connection = move_all(connection)?;
    let facts = facts_of(&connection).map_err(explained)?;
    // A data directory's database is in this mode from the start.
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(explained)?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(facts)
}

/// Removes what killed restores have unpacked.
pub(super) fn remove_left_behind(directory: &Path) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(UNPACKED)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
