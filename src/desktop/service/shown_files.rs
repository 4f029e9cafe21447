//! Files that another program shows while the window is open.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use uuid::Uuid;

use crate::private_files;

/// The folder for them in the data directory.
const FOLDER: &str = "print";

/// The files that a viewer shows. They are removed with it.
#[derive(Debug, Default)]
pub(super) struct ShownFiles(Mutex<Option<PathBuf>>);

impl ShownFiles {
    /// Writes a file that nobody but its owner may read, among the data.
    pub fn add(&self, data: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
        let folder = data.join(FOLDER);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none() {
            // What a window left that could not clear up after itself.
            let _ = fs::remove_dir_all(&folder);
        }
        private_files::directory(&folder)?;
        let path = folder.join(format!("{}.pdf", Uuid::new_v4().simple()));
        private_files::write_new(&path, bytes)?;
        *known = Some(folder);
        Ok(path)
    }
}

impl Drop for ShownFiles {
    fn drop(&mut self) {
        if let Some(folder) = self.0.get_mut().unwrap_or_else(PoisonError::into_inner) {
            let _ = fs::remove_dir_all(folder);
        }
    }
}
