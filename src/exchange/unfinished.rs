use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A file that is being written beside its place. One that is given up leaves nothing behind.
pub(super) struct Unfinished {
    path: PathBuf,
    meanwhile: PathBuf,
    is_finished: bool,
}

impl Unfinished {
    /// Begins the file.
    pub(super) fn create(path: &Path) -> io::Result<(Self, File)> {
        let mut meanwhile = path.as_os_str().to_owned();
        meanwhile.push(".part");
        let meanwhile = PathBuf::from(meanwhile);
        let file = File::create(&meanwhile)?;
        Ok((Self { path: path.to_owned(), meanwhile, is_finished: false }, file))
    }

    /// Where it is to stand.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where it is meanwhile.
    pub(super) fn meanwhile(&self) -> &Path {
        &self.meanwhile
    }

    /// Puts the file in its place; what stood there is replaced.
    pub(super) fn finish(mut self) -> io::Result<()> {
        fs::rename(&self.meanwhile, &self.path)?;
        self.is_finished = true;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.is_finished {
            let _ = fs::remove_file(&self.meanwhile);
        }
    }
}
