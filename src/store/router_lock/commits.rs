use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::private_files;
use crate::store::Store;

/// The name of a file that exists while a router runs, and after one was killed. It holds the number of the journal's
/// commits.
pub(in crate::store) const MARKER: &str = "router.running";

/// Records, beside the database, how many commits the journal has had.
#[derive(Debug)]
pub(in crate::store) struct Commits(Option<File>);

impl Commits {
    /// Where a router runs.
    pub fn of(store: &Store) -> Self {
        let marker: PathBuf = store.directory().join(MARKER);
        Self(open_marker(&marker))
    }

    /// It is not synced to disk: after a crash of the machine it is not needed, since it only shows what was lost.
    pub fn record(&mut self, commits: i64) {
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

/// The marker, if it exists; it is never made here.
fn open_marker(marker: &Path) -> Option<File> {
    fs::symlink_metadata(marker).ok()?;
    private_files::open_or_create(marker).ok().flatten()
}

pub(super) fn commits_by(marker: &Path) -> i64 {
    let mut text = String::new();
    let read = open_marker(marker).and_then(|file| file.take(32).read_to_string(&mut text).ok());
    read.and_then(|_| text.trim().parse().ok()).unwrap_or_default()
}
