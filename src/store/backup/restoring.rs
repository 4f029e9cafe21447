//! A copy of all that a data directory holds, in one file, and the way back from it.
//!
//! The file is a ZIP archive: [`ABOUT`] says what it is, `postfordeler.db` is the database, whole in itself and without
//! `-wal`, `journal.key` the key of the journal's digests, and `hemmeligheder.json`, where it was asked for, the secrets
//! file. A bare database, such as `sqlite3 … .backup` makes, is taken back too.
//!
//! Neither way leaves anything half: a copy gets its name when it is whole and has been read through, and a database that is
//! put back takes the place of the other in one step. Where there is a database that can be used, its content is replaced
//! within its own file, in one transaction: a program that has opened that file meanwhile, and waits, finds the new content
//! in it and never works on in a file that has lost its name.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::private_files;
use crate::secrets::{Secrets, SecretsLocation};
use crate::store::database::{COMPANIONS, FILE_NAME, FileNumber, PATIENCE, beside, connect, tighten};
use crate::store::journal::{KEY_BYTES, KEY_FILE, NEXT_KEY_FILE};
use crate::store::migrations::{MIGRATIONS, STEPS};
use crate::store::router_lock::{DirectoryLock, LOCK_FILE, MARKER};
use crate::store::time::timestamp;
use crate::store::{Store, StoreError};

/// The entry that tells what the archive is.
const ABOUT: &str = "postfordeler-sikkerhedskopi.json";
/// The entry with the secrets file.
const SECRETS: &str = "hemmeligheder.json";
const FORMAT: &str = "postfordeler-sikkerhedskopi";
const VERSION: u32 = 1;
/// The largest of the entries that are read into memory: the secrets file may have 16 MiB.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// How a database file of SQLite begins.
const DATABASE: &[u8] = b"SQLite format 3\0";
/// How the name of a folder begins in which a restore keeps what was there.
const ASIDE: &str = "before-restore-";
/// How the name of a folder begins into which a copy is unpacked.
const UNPACKED: &str = "postfordeler.restore-";

/// What a copy tells of itself.
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

/// What was put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the copy tells of itself.
    pub copy: BackupFacts,
    /// Where that lies now what was there before; `None` where there was nothing.
    pub aside: Option<PathBuf>,
    /// How many messages the journal that was there before has as accepted, and the one that was put back has not; `None`
    /// where there was none, or it cannot be read.
    pub accepted_besides: Option<i64>,
    /// Whether the secrets file was put back.
    pub has_secrets: bool,
}

/// Why nothing was copied, or put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is something at the name for the copy.
    #[error("{} is there already and was left as it is; choose another name, or say --overwrite", .0.display())]
    Exists(PathBuf),
    /// The program itself keeps something there.
    #[error("{} is a file that Postfordeler works with, and was left as it is; choose another name for the copy", .0.display())]
    InUseItself(PathBuf),
    /// What stands there is no plain file.
    #[error("{} is no plain file; name one", .0.display())]
    NoPlainFile(PathBuf),
    /// A file cannot be read or written.
    #[error("{}: {source}; nothing was changed: see that there is room, and that this user may read and write there", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is something else.
    #[error("{} is no copy that 'postfordeler backup' has made, and no database of Postfordeler; nothing was changed", .0.display())]
    NotOurs(PathBuf),
    /// The file is damaged.
    #[error("the copy {} is damaged ({reason}); nothing was changed: use another copy", .path.display())]
    Damaged {
        /// The copy.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The copy was made by a newer program.
    #[error("the copy {} was made by a newer version of Postfordeler; nothing was changed: install that version or a later one", .0.display())]
    Newer(PathBuf),
    /// A program has the data directory to itself, or stands in the way of who wants that.
    #[error("a router or a window uses the data directory {}; nothing was changed: end it, and call again", .0.display())]
    InUse(PathBuf),
    /// The copy has no secrets file.
    #[error("the copy {} holds no secrets file; nothing was changed: call again without --secrets", .0.display())]
    NoSecrets(PathBuf),
    /// The database was replaced, and something after that failed.
    #[error(
        "the database in {} was replaced by the one of the copy, but then this failed: {reason}{}; mend that, and call again",
        .directory.display(), kept_in(.aside.as_deref())
    )]
    Replaced {
        /// The data directory.
        directory: PathBuf,
        /// Where that lies now what was there before; `None` where there was nothing.
        aside: Option<PathBuf>,
        /// What failed.
        reason: String,
    },
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

fn kept_in(aside: Option<&Path>) -> String {
    aside.map(|aside| format!("; what was there before is in {}", aside.display())).unwrap_or_default()
}

fn failed(path: &Path) -> impl Fn(io::Error) -> BackupError + '_ {
    |source| BackupError::File { path: path.to_owned(), source }
}

/// What [`ABOUT`] says.
#[derive(Serialize, Deserialize)]
struct About {
    format: String,
    version: u32,
    /// The version of the program.
    program: String,
    #[serde(rename = "lavet")]
    made_at: String,
}

impl Store {
    /// Copies the database, as it is at one moment, into a file with that name, whatever else uses it meanwhile; with it the
    /// key of the journal's digests and, where it is named, a secrets file. Nobody but its owner may read it.
    ///
    /// # Errors
    ///
    /// The name is taken and may not be overwritten, or something cannot be read or written. Then there is no copy.
    pub fn back_up(&self, to: &Path, secrets: Option<&Path>, may_overwrite: bool) -> Result<BackupFacts, BackupError> {
        check_free(to, may_overwrite)?;
        check_not_ours(to, self.directory(), secrets)?;
        remove_parts(to);
        let (key, secrets) = (self.key_to_copy()?, secrets.map(read_secrets).transpose()?);
        let database = Scratch::beside(to, "db");
        private_files::create(&database.0).map_err(failed(to))?;
        self.copy_database(&database.0)?;
        let mut facts = facts_of(&open_copy(&database.0)?)?;
        let about = About {
            format: FORMAT.to_owned(),
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: Timestamp::now().to_string(),
        };
        facts.made_at = about.made_at.parse().ok();
        (facts.has_key, facts.has_secrets) = (key.is_some(), secrets.is_some());
        let archive = Scratch::beside(to, "zip");
        let entries = [
            (ABOUT, serde_json::to_vec_pretty(&about).map(Zeroizing::new).map_err(|error| failed(to)(error.into()))?),
            (KEY_FILE, key.unwrap_or_default()),
            (SECRETS, secrets.unwrap_or_default()),
        ];
        write_archive(&archive.0, &entries, &database.0).map_err(failed(to))?;
        read_through(&archive.0).map_err(|error| failed(to)(io::Error::other(error)))?;
        self.check_place().map_err(|_| StoreError::Gone(self.path().to_owned()))?;
        put_in_place(&archive.0, to, may_overwrite)?;
        Ok(facts)
    }

    fn key_to_copy(&self) -> Result<Option<Zeroizing<Vec<u8>>>, BackupError> {
        // One that a restore has left to be settled is settled first.
        let _ = self.digest_key()?;
        let path = self.directory().join(KEY_FILE);
        let key = fs::read(&path).map_err(failed(&path))?;
        Ok(Some(Zeroizing::new(key)))
    }

    fn copy_database(&self, to: &Path) -> Result<(), BackupError> {
        let source = self.reopen()?;
        let mut copy = Connection::open(to)?;
        // It is brought to disk as a whole, in the archive.
        copy.pragma_update(None, "synchronous", "OFF")?;
        if !copy_pages(&source.connection(), &mut copy)? {
            return Err(BackupError::InUse(self.directory().to_owned()));
        }
        // Whole in itself, wherever it is taken.
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        let sound: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if sound != "ok" {
            return Err(self.damaged(sound).into());
        }
        copy.close().map_err(|(_, error)| error)?;
        Ok(())
    }
}

/// Copies all pages of one moment in one transaction: in one step, nobody's writing can begin it anew. `false` when others
/// stood in the way for too long.
fn copy_pages(from: &Connection, to: &mut Connection) -> rusqlite::Result<bool> {
    let backup = Backup::new(from, to)?;
    let begun = Instant::now();
    while backup.step(-1)? != StepResult::Done {
        if begun.elapsed() > PATIENCE {
            return Ok(false);
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(true)
}

/// Puts a copy back into that data directory, and a secrets file in its place where that is named. What was there before is
/// kept in a folder of its own. The directory may be a new one.
///
/// # Errors
///
/// A program uses the directory, the copy is damaged, not ours or newer than the program, or something cannot be read or
/// written. Then everything is as it was; but after [`BackupError::Replaced`], which names where that is.
pub fn restore(directory: &Path, from: &Path, secrets: Option<&Path>) -> Result<Restored, BackupError> {
    if !fs::metadata(from).map_err(failed(from))?.is_file() {
        return Err(BackupError::NoPlainFile(from.to_owned()));
    }
    let was_there = directory.try_exists().map_err(failed(directory))?;
    private_files::create_directory(directory).map_err(failed(directory))?;
    let restored = restore_into(directory, from, secrets);
    if restored.is_err() && !was_there {
        // Of what has come to nothing there is only the lock.
        let _ = fs::remove_file(directory.join(LOCK_FILE));
        let _ = fs::remove_dir(directory);
    }
    restored
}

fn restore_into(directory: &Path, from: &Path, secrets: Option<&Path>) -> Result<Restored, BackupError> {
    tighten(directory);
    let _held = DirectoryLock::take(directory).map_err(|error| match error {
        StoreError::RouterRuns { .. } => BackupError::InUse(directory.to_owned()),
        other => other.into(),
    })?;
    remove_left_behind(directory);
    let unpacked = Unpacked::from(from, directory)?;
    if secrets.is_some() && unpacked.secrets.is_none() {
        return Err(BackupError::NoSecrets(from.to_owned()));
    }
    let new_secrets =
        secrets.zip(unpacked.secrets.as_ref()).map(|(to, bytes)| written_beside(to, bytes)).transpose()?;
    if let Some(Err(error)) =
        new_secrets.as_ref().map(|scratch| Secrets::at(SecretsLocation::of(Some(scratch.0.clone()))).check())
    {
        let reason = format!("the secrets file in it cannot be used: {error}");
        return Err(BackupError::Damaged { path: from.to_owned(), reason });
    }
    let before = Before::take(directory)?;
    let accepted_besides = before.accepted_besides(&unpacked.database());
    let aside = before.keep_aside(directory, secrets)?;
    unpacked.settle(before, directory, aside.as_deref()).inspect_err(|_| undo(directory, aside.as_deref()))?;
    let replaced =
        |reason: String| BackupError::Replaced { directory: directory.to_owned(), aside: aside.clone(), reason };
    if let (Some(scratch), Some(to)) = (new_secrets, secrets) {
        fs::rename(&scratch.0, to).map_err(|error| replaced(format!("{}: {error}", to.display())))?;
    }
    // By the way that every program takes: it is one that can be used.
    let opened = Store::open(directory).and_then(|store| store.digest_key());
    opened.map_err(|error| replaced(error.to_string()))?;
    Ok(Restored { has_secrets: secrets.is_some(), copy: unpacked.facts.clone(), aside, accepted_besides })
}

/// Puts that back which was taken away for a database that did not come.
fn undo(directory: &Path, aside: Option<&Path>) {
    let _ = fs::remove_file(directory.join(NEXT_KEY_FILE));
    let Some(aside) = aside else { return };
    let companions = COMPANIONS.map(|ending| format!("{FILE_NAME}{ending}"));
    for name in companions.iter().map(String::as_str).chain([MARKER]) {
        let (kept, place) = (aside.join(name), directory.join(name));
        if fs::symlink_metadata(&kept).is_ok() && fs::symlink_metadata(&place).is_err() {
            let _ = fs::rename(kept, place);
        }
    }
    let _ = fs::remove_dir_all(aside);
}

/// Removes what restores have unpacked that were killed.
fn remove_left_behind(directory: &Path) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(UNPACKED)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// A file that is removed when it is given up, with what SQLite may have put beside it.
struct Scratch(PathBuf);

impl Scratch {
    fn beside(path: &Path, ending: &str) -> Self {
        Self(beside(path, &format!(".{}.{ending}.part", Uuid::new_v4().simple())))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
        for ending in COMPANIONS {
            let _ = fs::remove_file(beside(&self.0, ending));
        }
    }
}

fn check_free(to: &Path, may_overwrite: bool) -> Result<(), BackupError> {
    match fs::symlink_metadata(to) {
        Ok(found) if !found.is_file() => Err(BackupError::NoPlainFile(to.to_owned())),
        Ok(_) if !may_overwrite => Err(BackupError::Exists(to.to_owned())),
        _ => Ok(()),
    }
}

/// Makes sure that a copy does not come where the program has something: a file of the data directory, other than an archive
/// that somebody keeps there, or the secrets file; whatever the name that it is called by.
fn check_not_ours(to: &Path, directory: &Path, secrets: Option<&Path>) -> Result<(), BackupError> {
    let refused = || Err(BackupError::InUseItself(to.to_owned()));
    let there = FileNumber::of(to).ok();
    let is_same = |other: &Path| {
        there.is_some_and(|there| there.is_known() && FileNumber::of(other).is_ok_and(|other| other == there))
            || fs::canonicalize(to).is_ok_and(|to| fs::canonicalize(other).is_ok_and(|other| other == to))
    };
    if secrets.is_some_and(is_same) {
        return refused();
    }
    let is_archive = |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let ours = fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.path());
    if ours.filter(|path| path.is_file() && !is_archive(path)).any(|path| is_same(&path)) {
        return refused();
    }
    let data = fs::canonicalize(directory).map_err(failed(directory))?;
    let is_within = fs::canonicalize(to).is_ok_and(|to| to.starts_with(&data));
    // Such as a write-ahead log that is not there at the moment.
    let parent = to.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    let name = to.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_ascii_lowercase();
    let is_name_of_ours = [FILE_NAME, KEY_FILE, "router."].iter().any(|ours| name.starts_with(ours));
    let would_be_ours = is_name_of_ours && fs::canonicalize(parent).is_ok_and(|parent| parent == data);
    if (is_within || would_be_ours) && !is_archive(to) { refused() } else { Ok(()) }
}

/// How long a file lies untouched before it is taken for that of a call which was killed.
const ABANDONED: Duration = Duration::from_hours(1);

/// Removes what calls have left for a copy of that name that were killed. One that is still under way is left alone.
fn remove_parts(to: &Path) {
    let Some(name) = to.file_name().and_then(|name| name.to_str()) else { return };
    let parent = to.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let found = entry.file_name();
        let rest = found.to_str().and_then(|found| found.strip_prefix(name)?.strip_prefix('.'));
        let id = rest.and_then(|rest| rest.strip_suffix(".db.part").or_else(|| rest.strip_suffix(".zip.part")));
        let is_part = id.is_some_and(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let touched = entry.metadata().and_then(|found| found.modified()).ok();
        if is_part && touched.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > ABANDONED) {
            drop(Scratch(entry.path()));
        }
    }
}

/// One that another program has made meanwhile stays as well.
fn put_in_place(archive: &Path, to: &Path, may_overwrite: bool) -> Result<(), BackupError> {
    let placed = if may_overwrite { fs::rename(archive, to) } else { fs::hard_link(archive, to) };
    match placed {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(BackupError::Exists(to.to_owned())),
        // Some file systems have no links.
        Err(_) => {
            check_free(to, may_overwrite)?;
            fs::rename(archive, to).map_err(failed(to))?;
        }
    }
    sync_directory(to.parent());
    Ok(())
}

/// A name is on disk when its directory is; where that cannot be asked for, the system sees to it in its own time.
fn sync_directory(directory: Option<&Path>) {
    let directory = directory.filter(|it| *it != Path::new("")).unwrap_or(Path::new("."));
    if let Ok(directory) = File::open(directory) {
        let _ = directory.sync_all();
    }
}

fn read_secrets(path: &Path) -> Result<Zeroizing<Vec<u8>>, BackupError> {
    let file = private_files::open_to_read(path).map_err(failed(path))?;
    let file = file.ok_or_else(|| BackupError::NoPlainFile(path.to_owned()))?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(MOST_BYTES).read_to_end(&mut bytes).map_err(failed(path))?;
    Ok(bytes)
}

/// Small entries that are empty are left out.
fn write_archive(path: &Path, entries: &[(&str, Zeroizing<Vec<u8>>)], database: &Path) -> io::Result<()> {
    let options = SimpleFileOptions::default().unix_permissions(0o600).large_file(true);
    let mut archive = ZipWriter::new(private_files::create(path)?);
    for (name, bytes) in entries.iter().filter(|(_, bytes)| !bytes.is_empty()) {
        archive.start_file(*name, options)?;
        archive.write_all(bytes)?;
    }
    archive.start_file(FILE_NAME, options)?;
    io::copy(&mut File::open(database)?, &mut archive)?;
    archive.finish()?.sync_all()
}

/// Reads every entry to its end, where it shows whether it is what was written.
fn read_through(path: &Path) -> Result<(), zip::result::ZipError> {
    let mut archive = ZipArchive::new(BufReader::new(File::open(path)?))?;
    for at in 0..archive.len() {
        io::copy(&mut archive.by_index(at)?, &mut io::sink())?;
    }
    Ok(())
}

/// A copy, unpacked into a folder of its own in the data directory, looked through and brought up to date. What is left of it
/// is removed when it is given up.
struct Unpacked {
    folder: PathBuf,
    facts: BackupFacts,
    key: Option<Zeroizing<Vec<u8>>>,
    secrets: Option<Zeroizing<Vec<u8>>>,
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Unpacked {
    fn from(from: &Path, directory: &Path) -> Result<Self, BackupError> {
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

    fn database(&self) -> PathBuf {
        self.folder.join(FILE_NAME)
    }

    fn fill(&mut self, from: &Path) -> Result<(), BackupError> {
        let mut file = File::open(from).map_err(failed(from))?;
        let mut beginning = Vec::new();
        (&mut file).take(DATABASE.len() as u64).read_to_end(&mut beginning).map_err(failed(from))?;
        let made_at = if beginning == DATABASE {
            let size = file.metadata().map_err(failed(from))?.len();
            write_out(&mut io::Cursor::new(DATABASE).chain(file), size, &self.database(), from)?;
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

    fn unpack(&mut self, from: &Path) -> Result<Option<Timestamp>, BackupError> {
        let damaged =
            |error: &dyn std::fmt::Display| BackupError::Damaged { path: from.to_owned(), reason: error.to_string() };
        let file = BufReader::new(File::open(from).map_err(failed(from))?);
        let mut archive = ZipArchive::new(file).map_err(|error| damaged(&error))?;
        let not_ours = || BackupError::NotOurs(from.to_owned());
        let about = read_entry(&mut archive, ABOUT).map_err(|error| damaged(&error))?.ok_or_else(not_ours)?;
        let about: About = serde_json::from_slice(&about).map_err(|_| not_ours())?;
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

    /// Makes sure that a program would start on it.
    fn check(&self, from: &Path) -> Result<(), BackupError> {
        let damaged = |reason: String| BackupError::Damaged { path: from.to_owned(), reason };
        let opened = Store::open(&self.folder).and_then(|store| store.settings());
        opened.map(drop).map_err(|error| match error {
            StoreError::Damaged { reason, .. } => damaged(reason),
            StoreError::Newer(_) => BackupError::Newer(from.to_owned()),
            StoreError::Directory { source, .. } => failed(&self.folder)(source),
            error => damaged(error.to_string()),
        })
    }

    /// Has the copy in force. Up to the moment in which the database takes its place everything is as it was; a key that is
    /// not in its place by then is found there by whoever needs it next.
    fn settle(&self, before: Before, directory: &Path, aside: Option<&Path>) -> Result<(), BackupError> {
        let next = directory.join(NEXT_KEY_FILE);
        if let Some(key) = &self.key {
            let _ = fs::remove_file(&next);
            private_files::write_new(&next, key).map_err(failed(&next))?;
        }
        // Without it, a program that starts on the database before finds nothing amiss: all that was committed is in it.
        let _ = fs::remove_file(directory.join(MARKER));
        sync_directory(Some(directory));
        let path = directory.join(FILE_NAME);
        match before {
            Before::Alone(connection) => self.fill_into(connection, directory)?,
            Before::Nothing => {
                take_companions_away(directory, aside)?;
                match fs::hard_link(self.database(), &path) {
                    Ok(()) => {}
                    // Another program has made one meanwhile, and works in it.
                    Err(_) if fs::symlink_metadata(&path).is_ok() => {
                        return Err(BackupError::InUse(directory.to_owned()));
                    }
                    // Some file systems have no links.
                    Err(_) => fs::rename(self.database(), &path).map_err(failed(&path))?,
                }
            }
            Before::Unusable => {
                take_companions_away(directory, aside)?;
                fs::rename(self.database(), &path).map_err(failed(&path))?;
            }
        }
        sync_directory(Some(directory));
        Ok(())
    }

    /// Writes the database into the file of the one that is there, in one transaction.
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
        // What cannot be brought out of the log into the file now is by whoever opens it next.
        let _ = there.close();
        Ok(())
    }
}

/// Takes away what SQLite would take for part of the database that comes.
fn take_companions_away(directory: &Path, aside: Option<&Path>) -> Result<(), BackupError> {
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

/// An entry that is read into memory; `None` where there is none.
fn read_entry(
    archive: &mut ZipArchive<BufReader<File>>,
    name: &str,
) -> Result<Option<Zeroizing<Vec<u8>>>, zip::result::ZipError> {
    let entry = match archive.by_name(name) {
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        entry => entry?,
    };
    let mut bytes = Zeroizing::new(Vec::new());
    entry.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Writes a database of that size out of a copy. What is read from the copy may be damaged, or no database at all; what is
/// written may find no room. An archive gives no more than it has said.
fn write_out(database: &mut impl Read, size: u64, to: &Path, from: &Path) -> Result<(), BackupError> {
    let damaged = |reason: String| BackupError::Damaged { path: from.to_owned(), reason };
    let read = |error: io::Error| damaged(error.to_string());
    let mut beginning = Vec::new();
    database.take(DATABASE.len() as u64).read_to_end(&mut beginning).map_err(read)?;
    if beginning != DATABASE {
        return Err(damaged(format!("{FILE_NAME} in it is no database")));
    }
    check_room(size, to)?;
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

/// Makes sure that there is room for so much, where the system tells.
fn check_room(size: u64, to: &Path) -> Result<(), BackupError> {
    #[cfg(unix)]
    if let Ok(found) = rustix::fs::statvfs(to.parent().unwrap_or(to))
        && found.f_bavail.saturating_mul(found.f_frsize) < size
    {
        return Err(failed(to)(io::ErrorKind::StorageFull.into()));
    }
    #[cfg(not(unix))]
    let _ = (size, to);
    Ok(())
}

/// Makes sure that a database out of a copy is ours, sound and not newer than the program, and brings it up to date.
fn look_through(database: &Path, from: &Path) -> Result<BackupFacts, BackupError> {
    let explained = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            BackupError::Damaged { path: from.to_owned(), reason: error.to_string() }
        }
        _ => error.into(),
    };
    let mut connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // A copy of the file alone may say that there is more of it elsewhere.
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).map_err(explained)?;
    let number = |query: &str| connection.query_row(query, [], |row| row.get::<_, i64>(0)).map_err(explained);
    let ours =
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('publications', 'journal', 'settings')";
    if number(ours)? != 3 {
        return Err(BackupError::NotOurs(from.to_owned()));
    }
    if usize::try_from(number("PRAGMA user_version")?).is_ok_and(|version| version > STEPS.len()) {
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
    let facts = facts_of(&connection).map_err(explained)?;
    // As a data directory's database is from its beginning.
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(explained)?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(facts)
}

fn open_copy(path: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

fn facts_of(database: &Connection) -> rusqlite::Result<BackupFacts> {
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

fn written_beside(path: &Path, bytes: &[u8]) -> Result<Scratch, BackupError> {
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_file() => return Err(BackupError::NoPlainFile(path.to_owned())),
        _ => {}
    }
    let scratch = Scratch::beside(path, "json");
    private_files::write_new(&scratch.0, bytes).map_err(failed(path))?;
    Ok(scratch)
}

/// What a data directory holds before a copy is put back, kept from others meanwhile.
enum Before {
    /// There is no database.
    Nothing,
    /// A database that nobody else has open, and all that was committed is in its file.
    Alone(Connection),
    /// What is there can be opened by nobody.
    Unusable,
}

impl Before {
    fn take(directory: &Path) -> Result<Self, BackupError> {
        let path = directory.join(FILE_NAME);
        if !path.try_exists().map_err(failed(&path))? {
            return Ok(Self::Nothing);
        }
        let alone = || {
            let connection = connect(&path)?;
            // What cannot be opened is left as it is, with the files beside it.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            connection.busy_timeout(Duration::from_millis(200))?;
            connection.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?;
            // Whoever has it open in WAL mode, a window say, stands in the way of this.
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

    /// How many messages its journal has as accepted that the journal of the copy does not.
    fn accepted_besides(&self, copy: &Path) -> Option<i64> {
        let Self::Alone(connection) = self else { return None };
        let count = || {
            connection.execute("ATTACH DATABASE ?1 AS copy", [copy.to_str()])?;
            let query =
                "SELECT count(DISTINCT message_uuid) FROM journal AS now WHERE outcome = 'accepteret' AND NOT EXISTS
                         (SELECT 1 FROM copy.journal AS known
                          WHERE known.message_uuid = now.message_uuid COLLATE NOCASE AND known.outcome = 'accepteret')";
            let count = connection.query_row(query, [], |row| row.get(0));
            connection.execute("DETACH DATABASE copy", [])?;
            count
        };
        count().ok()
    }

    /// Keeps what is there under another name too, in a folder by the date; `None` where there is nothing.
    fn keep_aside(&self, directory: &Path, secrets: Option<&Path>) -> Result<Option<PathBuf>, BackupError> {
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
                // Its file is about to be written, and must not be opened: to close it again would let go of the lock.
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
    // Whole in itself, wherever it is taken.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    copy.close().map_err(|(_, error)| error)?;
    Ok(())
}

fn new_folder(directory: &Path) -> Result<PathBuf, BackupError> {
    let stem = format!("{ASIDE}{}", Timestamp::now().strftime("%Y-%m-%dT%H%M%SZ"));
    let names = std::iter::once(stem.clone()).chain((2..).map(|number| format!("{stem}-{number}")));
    let folder = names.map(|name| directory.join(name)).find(|folder| fs::symlink_metadata(folder).is_err());
    let folder = folder.expect("numbers do not come to an end");
    private_files::create_directory(&folder).map_err(failed(&folder))?;
    Ok(folder)
}

/// Has a file under a second name, or copies it where the file system has no links, or it is on another one.
fn keep(path: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(path, to).is_ok() {
        return Ok(());
    }
    let mut copy = private_files::create(to)?;
    io::copy(&mut File::open(path)?, &mut copy)?;
    copy.sync_all()
}
