use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::write_error::SheetError;
use crate::private_files;

/// Writes a file completely or not at all: it is written beside its place and then renamed, replacing any file of that
/// name.
///
/// # Errors
///
/// The file cannot be written.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), SheetError> {
    write(path, bytes, AtomicFile::create)
}

/// The same, as a file that only its owner may read.
///
/// # Errors
///
/// The file cannot be written.
pub fn write_privately(path: &Path, bytes: &[u8]) -> Result<(), SheetError> {
    write(path, bytes, AtomicFile::create_private)
}

fn write(
    path: &Path,
    bytes: &[u8],
    create: impl FnOnce(&Path) -> io::Result<(AtomicFile, File)>,
) -> Result<(), SheetError> {
    let written = create(path).and_then(|(unfinished, mut file)| {
        file.write_all(bytes)?;
        file.sync_all()?;
        unfinished.finish()
    });
    written.map_err(|source| SheetError::File { path: path.to_owned(), source })
}

/// A file being written beside its final place, under a temporary name of its own. It is removed if it is dropped
/// unfinished.
pub(super) struct AtomicFile {
    path: PathBuf,
    meanwhile: PathBuf,
    is_finished: bool,
}

impl AtomicFile {
    /// Begins a file with the permissions of the umask.
    pub(super) fn create(path: &Path) -> io::Result<(Self, File)> {
        Self::begin(path, |meanwhile| File::create_new(meanwhile))
    }

    /// Begins a file that only its owner may read.
    pub(super) fn create_private(path: &Path) -> io::Result<(Self, File)> {
        Self::begin(path, private_files::create)
    }

    fn begin(path: &Path, create: impl FnOnce(&Path) -> io::Result<File>) -> io::Result<(Self, File)> {
        let mut meanwhile = path.as_os_str().to_owned();
        meanwhile.push(format!(".{}.part", Uuid::new_v4().simple()));
        let meanwhile = PathBuf::from(meanwhile);
        let file = create(&meanwhile)?;
        Ok((Self { path: path.to_owned(), meanwhile, is_finished: false }, file))
    }

    /// Its final path.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Its temporary path.
    pub(super) fn meanwhile(&self) -> &Path {
        &self.meanwhile
    }

    /// Renames the file to its final path, replacing any file there.
    pub(super) fn finish(mut self) -> io::Result<()> {
        fs::rename(&self.meanwhile, &self.path)?;
        self.is_finished = true;
        Ok(())
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if !self.is_finished {
            let _ = fs::remove_file(&self.meanwhile);
        }
    }
}
