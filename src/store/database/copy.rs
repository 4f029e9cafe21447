//! Copies of a whole database, and files that are there complete or not at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use uuid::Uuid;

use super::opening::{COMPANIONS, WRITE_TIMEOUT, beside};

/// Copies all pages in one transaction and in one step, so that another program's write cannot restart it. `false` if others
/// had the database locked for too long.
pub(in crate::store) fn copy_pages(from: &Connection, to: &mut Connection) -> rusqlite::Result<bool> {
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
pub(in crate::store) struct TemporaryFile(pub PathBuf);

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
pub(in crate::store) fn sync_directory(directory: Option<&Path>) {
    let directory = directory.filter(|it| *it != Path::new("")).unwrap_or(Path::new("."));
    if let Ok(directory) = File::open(directory) {
        let _ = directory.sync_all();
    }
}

/// Checks that there is room for that many bytes beside a file, if the system reports it.
pub(in crate::store) fn check_room(size: u64, beside: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Ok(found) = rustix::fs::statvfs(beside.parent().unwrap_or(beside))
        && found.f_bavail.saturating_mul(found.f_frsize) < size
    {
        return Err(io::ErrorKind::StorageFull.into());
    }
    #[cfg(not(unix))]
    let _ = (size, beside);
    Ok(())
}
