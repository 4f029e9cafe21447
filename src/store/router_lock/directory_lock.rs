use std::fs::{self, File, TryLockError};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::private_files;
use crate::store::StoreError;

pub(in crate::store) const LOCK_FILE: &str = "router.lock";
/// The file with the process id of the lock's holder, written once the database describes that program. It is a file of its
/// own, since some systems let nobody read a locked one.
const HOLDER: &str = "router.process";
/// A program that checks whether a router runs holds the lock for a moment, so it is tried this often before it counts as a
/// router's.
const ATTEMPTS: u32 = 10;
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(10);

/// What is locked: the data directory itself, which cannot be removed while there is a database in it, and the file that
/// routers of earlier versions lock.
#[derive(Debug)]
pub(in crate::store) struct DirectoryLock {
    directory: PathBuf,
    _directory: Option<File>,
    _file: File,
}

impl DirectoryLock {
    /// Whether somebody holds it.
    pub fn is_taken(directory: &Path) -> Result<bool, StoreError> {
        let failed = |source| StoreError::Directory { path: directory.to_owned(), source };
        // Shared, so that programs that check do not see each other.
        let is_locked = |file: &File| match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(source)) => Err(failed(source)),
            Ok(()) => Ok(false),
        };
        // If a directory cannot be locked, the file alone decides.
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
            // Some network file systems only lock files that are open for writing.
            Some(Err(StoreError::Directory { .. })) => {
                tracing::warn!("the data directory itself cannot be locked: never remove {LOCK_FILE} from it");
                None
            }
            Some(Err(error)) => return Err(error),
            Some(Ok(())) | None => opened,
        };
        lock(&file)?;
        let held = Self { directory: directory.to_owned(), _directory: opened, _file: file };
        // Removes what a killed holder has said of itself.
        held.clear_holder();
        Ok(held)
    }

    /// Marks the description of the running router in the database as this holder's.
    pub(super) fn write_holder(&self) {
        let written = private_files::write_new(&self.directory.join(HOLDER), std::process::id().to_string().as_bytes());
        if let Err(error) = written {
            tracing::warn!(%error, "other programs cannot tell which one runs the router");
            self.clear_holder();
        }
    }

    pub(super) fn clear_holder(&self) {
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

impl Drop for DirectoryLock {
    fn drop(&mut self) {
        self.clear_holder();
    }
}
