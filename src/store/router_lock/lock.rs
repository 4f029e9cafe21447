use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rusqlite::TransactionBehavior;

use crate::private_files;
use crate::store::{Outcome, PublicationNumber, Reason, Store, StoreError};

pub(in crate::store) const LOCK_FILE: &str = "router.lock";
/// There while a router runs, and after one that was killed. It holds how many commits the journal has had.
pub(in crate::store) const MARKER: &str = "router.running";
/// The number that the system knows the lock's holder by, once what it says of itself is in the database. A file of its own,
/// since some systems let nobody read a locked one.
const HOLDER: &str = "router.process";
/// Whoever looks whether a router runs has the lock for a moment: it is tried so often before it counts as a router's.
const ATTEMPTS: u32 = 10;
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(10);

/// Held by the one router that runs on a data directory. The system lets go of it when the program ends, however it does.
#[derive(Debug)]
pub struct RouterLock {
    store: Store,
    held: Held,
}

/// What is locked: the data directory itself, which cannot be removed while there is a database in it, and the file that
/// routers of earlier versions lock.
#[derive(Debug)]
pub(in crate::store) struct Held {
    directory: PathBuf,
    _directory: Option<File>,
    _file: File,
}

impl Held {
    /// Whether somebody holds it.
    pub fn is_taken(directory: &Path) -> Result<bool, StoreError> {
        let failed = |source| StoreError::Directory { path: directory.to_owned(), source };
        // Shared, so that those who look do not see each other.
        let is_locked = |file: &File| match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(source)) => Err(failed(source)),
            Ok(()) => Ok(false),
        };
        // What cannot be locked is not: the file tells alone then.
        if cfg!(unix) && is_locked(&File::open(directory).map_err(failed)?).unwrap_or_default() {
            return Ok(true);
        }
        let file = private_files::open_to_read(&directory.join(LOCK_FILE)).map_err(failed)?;
        file.as_ref().map_or(Ok(false), is_locked)
    }

    pub fn take(directory: &Path) -> Result<Self, StoreError> {
        let mut taken = Self::try_to_take(directory);
        for _ in 1..ATTEMPTS {
            if !matches!(taken, Err(StoreError::RouterRuns { .. })) {
                break;
            }
            thread::sleep(BETWEEN_ATTEMPTS);
            taken = Self::try_to_take(directory);
        }
        taken
    }

    fn try_to_take(directory: &Path) -> Result<Self, StoreError> {
        let failed = |source| StoreError::Directory { path: directory.to_owned(), source };
        let lock = |file: &File| match file.try_lock() {
            Err(TryLockError::WouldBlock) => Err(StoreError::RouterRuns { path: directory.to_owned(), by: None }),
            Err(TryLockError::Error(source)) => Err(failed(source)),
            Ok(()) => Ok(()),
        };
        let path = directory.join(LOCK_FILE);
        let file = private_files::open_or_create(&path).map_err(failed)?.ok_or(StoreError::NoPlainFile(path))?;
        // Elsewhere a directory cannot be opened as a file, and an open file not removed.
        let opened = if cfg!(unix) { Some(File::open(directory).map_err(failed)?) } else { None };
        let opened = match opened.as_ref().map(lock) {
            // Some network file systems lock nothing that is not written.
            Some(Err(StoreError::Directory { .. })) => {
                tracing::warn!("the data directory itself cannot be locked: never remove {LOCK_FILE} from it");
                None
            }
            Some(Err(error)) => return Err(error),
            Some(Ok(())) | None => opened,
        };
        lock(&file)?;
        let held = Self { directory: directory.to_owned(), _directory: opened, _file: file };
        // What one that was killed has said of itself is nothing that this one says.
        held.says_nothing();
        Ok(held)
    }

    /// Has what stands in the database count as what this holder says of itself.
    fn speaks(&self) {
        let written = private_files::write_new(&self.directory.join(HOLDER), std::process::id().to_string().as_bytes());
        if let Err(error) = written {
            tracing::warn!(%error, "other programs cannot tell which one runs the router");
            self.says_nothing();
        }
    }

    fn says_nothing(&self) {
        let _ = fs::remove_file(self.directory.join(HOLDER));
    }

    /// The process that holds it; `None` where it does not say.
    pub fn by(directory: &Path) -> Option<u32> {
        let mut text = String::new();
        let file = private_files::open_to_read(&directory.join(HOLDER)).ok().flatten()?;
        file.take(32).read_to_string(&mut text).ok()?;
        text.parse().ok()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.says_nothing();
    }
}

impl Store {
    /// Makes the caller the one router of this data directory, and puts straight what an earlier one left under way when it
    /// ended: nobody knows whether those messages were taken.
    ///
    /// # Errors
    ///
    /// [`StoreError::RouterRuns`], what should be locked is no plain file, or the data directory cannot be written.
    pub fn lock_router(&self) -> Result<RouterLock, StoreError> {
        let held = Held::take(self.directory()).map_err(|error| match error {
            StoreError::RouterRuns { path, .. } => {
                StoreError::RouterRuns { path, by: self.running_router().ok().flatten() }
            }
            other => other,
        })?;
        let is_said = is_written(self.router_begins())?;
        self.use_digest_key(&self.digest_key()?)?;
        let left_under_way = self.conclude_left_under_way()?;
        let failed = |source| StoreError::Directory { path: self.directory().to_owned(), source };
        let marker = self.directory().join(MARKER);
        let was_left = fs::symlink_metadata(&marker).is_ok();
        private_files::open_or_create(&marker).map_err(failed)?.ok_or(StoreError::NoPlainFile(marker))?;
        if was_left {
            tracing::warn!(left_under_way, "the router before did not come to a proper end");
        }
        if is_said {
            held.speaks();
        }
        Ok(RouterLock { store: self.reopen()?, held })
    }

    /// Says of the messages that are under way by the journal, and of which nothing goes on any more, that nobody knows
    /// whether they were taken. Returns how many there were.
    pub(crate) fn conclude_left_under_way(&self) -> Result<usize, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // They have come to their end, and count like any other.
        transaction.execute(
            "INSERT INTO hours
             SELECT substr(received_at, 1, 13), coalesce(authority, ''), coalesce(fagsystem, ''), ?1,
                    fagsystem IS NOT NULL AND priority IS NULL, count(*), sum(bytes), sum(total_us <= 100000),
                    sum(total_us <= 300000), sum(total_us <= 1000000), sum(total_us <= 1500000),
                    sum(total_us <= 4000000), max(total_us), max(rtrim(received_at, 'Z')) || 'Z'
             FROM journal WHERE outcome = ?2 AND outcome <> 'accepteret' AND repeats IS NULL GROUP BY 1, 2, 3, 5
             ON CONFLICT DO UPDATE
             SET messages = messages + excluded.messages, bytes = bytes + excluded.bytes,
                 within_100 = within_100 + excluded.within_100, within_300 = within_300 + excluded.within_300,
                 within_1000 = within_1000 + excluded.within_1000, within_1500 = within_1500 + excluded.within_1500,
                 within_4000 = within_4000 + excluded.within_4000, slowest_us = max(slowest_us, excluded.slowest_us),
                 last = max(rtrim(last, 'Z'), rtrim(excluded.last, 'Z')) || 'Z'",
            [Outcome::Unknown.code(), Outcome::UnderWay.code()],
        )?;
        let left = transaction.execute(
            "UPDATE journal SET outcome = ?1, reason = ?2 WHERE outcome = ?3",
            [Outcome::Unknown.code(), Reason::Ended.code(), Outcome::UnderWay.code()],
        )?;
        transaction.commit()?;
        Ok(left)
    }

    /// Makes sure that the database has all that the journal committed before its router was killed. What was committed last
    /// is in the write-ahead log alone, and that is a file that can be lost.
    pub(in crate::store) fn check_commits(&self) -> Result<(), StoreError> {
        let marker = self.directory().join(MARKER);
        let committed = commits_by(&marker);
        let has: i64 = self.connection().query_row("SELECT commits FROM router_state", [], |row| row.get(0))?;
        match committed - has {
            lost @ 1.. => Err(StoreError::CommitsLost { path: self.path().to_owned(), lost, marker }),
            _ => Ok(()),
        }
    }
}

/// Whether what a router says of itself could be written. On a disk without room, say, it runs all the same: it answers that
/// it cannot take messages now.
fn is_written(written: Result<(), StoreError>) -> Result<bool, StoreError> {
    match written {
        Ok(()) => Ok(true),
        Err(error @ StoreError::Database(_)) => {
            tracing::warn!(%error, "other programs cannot tell which one runs the router");
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

impl RouterLock {
    /// Says where the router takes messages, now that it does, and which publication it follows.
    ///
    /// # Errors
    ///
    /// [`StoreError::Gone`].
    pub(crate) fn receives(
        &self,
        address: SocketAddr,
        is_encrypted: bool,
        publication: Option<PublicationNumber>,
    ) -> Result<(), StoreError> {
        if !is_written(self.store.router_receives(address, is_encrypted, publication))? {
            // What stands there is that it is still starting.
            self.held.says_nothing();
        }
        Ok(())
    }
}

impl Drop for RouterLock {
    /// The router has come to a proper end.
    fn drop(&mut self) {
        let directory = self.store.directory().to_owned();
        if self.store.check_place().is_ok() {
            // Where it cannot be written the lock tells all the same.
            let _ = self.store.router_ends();
            // What is in the database itself needs no log.
            let _ = self.store.connection().query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
            let _ = fs::remove_file(directory.join(MARKER));
        }
    }
}

/// Tells, beside the database, how many commits the journal has had.
#[derive(Debug)]
pub(in crate::store) struct Commits(Option<File>);

impl Commits {
    /// Where a router runs.
    pub fn of(store: &Store) -> Self {
        let marker: PathBuf = store.directory().join(MARKER);
        Self(open_marker(&marker))
    }

    /// Not for certain on disk: it need not be, after a crash of the machine, for it only shows what was lost.
    pub fn tell(&mut self, commits: i64) {
        let write = |file: &mut File| -> io::Result<()> {
            file.rewind()?;
            file.write_all(format!("{commits:020}\n").as_bytes())
        };
        if let Some(file) = &mut self.0
            && write(file).is_err()
        {
            self.0 = None;
        }
    }
}

/// The marker, if it is there; it is never made here.
fn open_marker(marker: &Path) -> Option<File> {
    fs::symlink_metadata(marker).ok()?;
    private_files::open_or_create(marker).ok().flatten()
}

fn commits_by(marker: &Path) -> i64 {
    let mut text = String::new();
    let read = open_marker(marker).and_then(|file| file.take(32).read_to_string(&mut text).ok());
    read.and_then(|_| text.trim().parse().ok()).unwrap_or_default()
}
