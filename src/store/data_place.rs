use std::ops::Deref;
use std::path::{Path, PathBuf};

use super::{Address, Store, StoreError};

/// Where data are: a directory of this machine, and the server that has the database where it is not in there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataPlace {
    /// The directory.
    pub directory: PathBuf,
    /// The database on a server; `None`: it is in the directory.
    pub server: Option<Address>,
}

impl DataPlace {
    /// Opens the store; makes the directory and the tables where they are absent.
    ///
    /// # Errors
    ///
    /// As [`Store::open`] and [`Store::open_on_server`].
    pub fn open(&self) -> Result<Store, StoreError> {
        match &self.server {
            None => Store::open(&self.directory),
            Some(address) => Store::open_on_server(&self.directory, address),
        }
    }
}

impl From<PathBuf> for DataPlace {
    fn from(directory: PathBuf) -> Self {
        Self { directory, server: None }
    }
}

impl Deref for DataPlace {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.directory
    }
}
