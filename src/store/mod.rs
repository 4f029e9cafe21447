//! What is kept: publications, the draft of the next one, the journal of messages and what is counted of it, settings,
//! what KLE numbers mean.
//! One SQLite database in the data directory.
//!
//! The database is in WAL mode, so that the window and a router without one can share it. It is never overwritten: a
//! damaged file, or one from a newer program, is reported and left as it is.

mod api_key;
mod api_keys;
mod backup;
mod clock;
mod digest;
mod draft;
mod facts;
mod hits;
mod identity;
mod imprint;
mod journal;
mod kle_plan;
mod lock;
mod log;
mod overview;
mod private;
mod protection;
mod publications;
mod retention;
mod running;
mod settings;
mod traffic;

pub use api_key::{ApiKey, ApiKeyHash, ApiKeys, KeptApiKey, NotAKeyName, NotAnApiKeyHash};
pub use api_keys::{ApiKeyUses, ApiKeysError};
pub use backup::{CopyError, CopyFacts, Restored, restore};
pub use clock::ClockDoubt;
pub use digest::{Digest, DigestKey, MessageDigest};
pub use draft::Draft;
pub use hits::RuleHits;
pub use imprint::Imprint;
pub use journal::{
    Earlier, Entered, Journal, JournalEntry, JournalError, JournalRow, Outcome, OwnNames, RefusedCaller, Routed, Timing,
};
pub use lock::RouterLock;
pub use log::{LogConcern, LogGround, LogNews, LogPage, LogPlace, LogQuery, LogSubject, LogWatch, Story};
pub use overview::{
    Answers, Counts, FagsystemFigures, Failure, OutcomeGroup, Overview, Period, Slot, Standing, Urgency,
};
pub use protection::{CertificateChoice, Protection};
pub use publications::{Publication, PublicationEntry, PublicationNumber};
pub use running::{Program, RouterNow, RunningRouter};
pub use settings::{DamagedGuards, Guard, Settings};
pub use traffic::Traffic;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use rusqlite_migration::{M, Migrations};

use crate::private_files;
pub use crate::reasons::Reason;

use self::identity::{FileNumber, Place};

const FILE_NAME: &str = "postfordeler.db";
const STEPS: &[M<'_>] = &[
    M::up(include_str!("migrations/001_beginning.sql")),
    M::up(include_str!("migrations/002_workbench.sql")),
    M::up(include_str!("migrations/003_trust.sql")),
    M::up(include_str!("migrations/004_kle_plan.sql")),
    M::up(include_str!("migrations/005_same_message.sql")),
    M::up(include_str!("migrations/006_found_by.sql")),
    M::up(include_str!("migrations/007_callers.sql")),
    M::up(include_str!("migrations/008_plain_reasons.sql")),
    M::up(include_str!("migrations/009_transmission.sql")),
    M::up(include_str!("migrations/010_running_router.sql")),
];
const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);
/// The files that SQLite keeps beside a database.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];
/// The largest database that is checked for damage when it is opened; in a larger one that would take too long.
const MOST_CHECKED_BYTES: i64 = 64 * 1024 * 1024;
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
        "the database {path} is damaged ({reason}); it has been left as it is: put back a copy, or move it away to begin \
         anew, in either case with the files beside it that end in -wal and -shm"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The database is gone, and what it left behind would spoil a new one.
    #[error(
        "the database {path} is gone, but {left} is still there; put the database back, or move that file away too"
    )]
    LeftBehind {
        /// Where the database would be.
        path: PathBuf,
        /// What was left behind.
        left: PathBuf,
    },
    /// The database's file is no longer where it was opened.
    #[error(
        "the database {0} has been deleted, moved or replaced since it was opened; nothing was written: put it back, or \
         start the program again on what is there now"
    )]
    Gone(PathBuf),
    /// The database lacks what was committed last before a router was killed.
    #[error(
        "the database {} lacks the last {} changes of the journal: they were in the file {}-wal, which has gone \
         since the router was killed; put that file back if there is a copy. To go on without them, delete {}: what was \
         accepted then is delivered again if it is sent again",
        path.display(), lost, path.display(), marker.display()
    )]
    CommitsLost {
        /// The database.
        path: PathBuf,
        /// How many.
        lost: i64,
        /// What knows of them.
        marker: PathBuf,
    },
    /// Something else is where a file of the program should be.
    #[error("{} is no plain file but a link, a pipe or a directory; it was left as it is: move it away, and start again", .0.display())]
    NoPlainFile(PathBuf),
    /// Another window or program has published or edited meanwhile.
    #[error("the configuration has been changed elsewhere meanwhile; nothing was written: look at it as it is now")]
    Overtaken,
    /// Another router runs on the data directory.
    #[error(
        "another router runs on the data directory {}{}; two could deliver the same message twice: stop that one, or give \
         this one a data directory of its own", path.display(), told_of(by.as_ref())
    )]
    RouterRuns {
        /// The directory.
        path: PathBuf,
        /// What that router says of itself; `None`: nothing.
        by: Option<RunningRouter>,
    },
    /// The system has no thread to give for the journal.
    #[error("the journal cannot be started: {0}")]
    NoThread(io::Error),
    /// Settings that guard cannot be read, and their defaults would let in or forget what they must not.
    #[error("{0}")]
    Guards(DamagedGuards),
    /// The database refused.
    #[error("the database refused: {0}")]
    Database(#[from] rusqlite::Error),
}

/// ": 'postfordeler serve' …", where anything is known.
fn told_of(router: Option<&RunningRouter>) -> String {
    router.map(|router| format!(": {router}")).unwrap_or_default()
}

/// The database of a data directory.
#[derive(Debug)]
pub struct Store {
    place: Place,
    /// What runs the router, where this program does.
    program: Option<Program>,
    notices: Vec<String>,
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
        private_files::create_directory(directory).map_err(failed)?;
        let notices = private::tighten(directory);
        let path = directory.join(FILE_NAME);
        if !path.try_exists().map_err(failed)? {
            create(&path)?;
        }
        let file = FileNumber::of(&path).map_err(failed)?;
        let mut connection = look_over(&path)?;
        set_up(&connection).map_err(|error| explained(error, &path))?;
        bring_up_to_date(&mut connection, &path)?;
        let place = Place::of(path).map_err(failed)?;
        // While it waited for its turn, another may have taken the place of the one that it has open.
        if !place.is_file(file) {
            return Err(StoreError::Gone(place.path));
        }
        let store = Self { place, program: None, notices, connection: Mutex::new(connection) };
        store.check_commits()?;
        Ok(store)
    }

    /// Whether there is a database in that directory.
    #[must_use]
    pub fn is_in(directory: &Path) -> bool {
        directory.join(FILE_NAME).exists()
    }

    /// What opening it has found and mended of the data directory's rights, in words for whoever runs the program.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// The database's file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.place.path
    }

    /// Another connection to the same database, for a thread of its own.
    ///
    /// # Errors
    ///
    /// The database cannot be opened any more.
    pub fn reopen(&self) -> Result<Self, StoreError> {
        let connect = || {
            let connection = connect(self.path())?;
            set_up(&connection)?;
            Ok(connection)
        };
        let connection = connect().map_err(|error| explained(error, self.path()))?;
        let (place, program) = (self.place.clone(), self.program);
        Ok(Self { place, program, notices: Vec::new(), connection: Mutex::new(connection) })
    }

    /// Another connection that sees the database as it is at its first reading, whatever is written meanwhile.
    ///
    /// # Errors
    ///
    /// The database cannot be opened any more.
    pub fn snapshot(&self) -> Result<Self, StoreError> {
        let snapshot = self.reopen()?;
        snapshot.connection().execute_batch("BEGIN")?;
        Ok(snapshot)
    }

    /// A number that changes whenever another connection has written.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        Ok(self.connection().query_row("PRAGMA data_version", [], |row| row.get(0))?)
    }

    /// Makes sure that the database is still where it was opened.
    ///
    /// # Errors
    ///
    /// [`JournalError::Gone`].
    pub fn check_place(&self) -> Result<(), JournalError> {
        self.place.check()
    }

    /// The directory that the database is in.
    fn directory(&self) -> &Path {
        self.path().parent().unwrap_or(self.path())
    }

    fn damaged(&self, reason: impl Into<String>) -> StoreError {
        StoreError::Damaged { path: self.path().to_owned(), reason: reason.into() }
    }

    fn connection_mut(&mut self) -> &mut Connection {
        self.connection.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a new database beside its place and moves it there when it is whole, so that an unfinished one never stands
/// there. When another program was quicker, its database stays.
fn create(path: &Path) -> Result<(), StoreError> {
    // SQLite would take what a lost database left behind for the new one's own.
    if let Some(left) = COMPANIONS.iter().map(|ending| beside(path, ending)).find(|left| left.exists()) {
        // It belongs to a database that another program has made since.
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
    connection.close().map_err(|(_, error)| io::Error::other(error))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Opens a database and makes sure that it is one of ours, sound and not newer than the program, before anything
/// about it changes: what is not sound is left as it is, byte for byte.
fn look_over(path: &Path) -> Result<Connection, StoreError> {
    let explain = |error| explained(error, path);
    let damaged = |reason: &str| StoreError::Damaged { path: path.to_owned(), reason: reason.to_owned() };
    let connection = connect(path).map_err(explain)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(explain)?;
    let number = |pragma| connection.query_row(pragma, [], |row| row.get::<_, i64>(0)).map_err(explain);
    if usize::try_from(number("PRAGMA user_version")?).is_ok_and(|version| version > STEPS.len()) {
        return Err(StoreError::Newer(path.to_owned()));
    }
    // A file that is empty or cut short would pass for a new database: its tables are lost.
    if number("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'publications')")? == 0 {
        return Err(damaged("it has no publications"));
    }
    if number("PRAGMA page_count")? * number("PRAGMA page_size")? <= MOST_CHECKED_BYTES {
        let check = "PRAGMA quick_check('publications')";
        let sound: String = connection.query_row(check, [], |row| row.get(0)).map_err(explain)?;
        if sound != "ok" {
            return Err(damaged(sound.lines().next().unwrap_or_default()));
        }
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(explain)?;
    Ok(connection)
}

/// A window and a router that are started together may both find an older database: one waits for the other, and what
/// has been done meanwhile need not be done again.
fn bring_up_to_date(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    match MIGRATIONS.to_latest(connection) {
        Err(_) if MIGRATIONS.pending_migrations(connection) == Ok(0) => Ok(()),
        Err(rusqlite_migration::Error::RusqliteError { err, .. }) => Err(explained(err, path)),
        Err(other) => Err(StoreError::Damaged { path: path.to_owned(), reason: other.to_string() }),
        Ok(()) => Ok(()),
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)
}

fn explained(error: rusqlite::Error, path: &Path) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            StoreError::Damaged { path: path.to_owned(), reason: error.to_string() }
        }
        _ => error.into(),
    }
}
