use std::path::{Path, PathBuf};

use super::file::DatabaseFile;
use crate::store::engine::{Address, Transaction};
use crate::store::{JournalError, StoreError};

/// Where the database is.
#[derive(Debug, Clone)]
pub(in crate::store) enum Place {
    /// In a file of the data directory.
    File(DatabaseFile),
    /// On a server, which several routers and windows may share. What belongs to this machine alone is in the data directory.
    Server {
        /// The server.
        address: Address,
        /// What the file in the data directory would be called.
        path: PathBuf,
        /// The name that the router of this data directory has among the others.
        router: String,
    },
}

impl Place {
    pub fn path(&self) -> &Path {
        match self {
            Self::File(file) => &file.path,
            Self::Server { path, .. } => path,
        }
    }

    /// Makes sure that the database is still there.
    pub fn check(&self) -> Result<(), JournalError> {
        match self {
            Self::File(file) => file.check(),
            Self::Server { .. } => Ok(()),
        }
    }

    /// Commits what was written if the database is still there; else rolls it back.
    pub fn commit(&self, transaction: Transaction<'_>) -> Result<(), StoreError> {
        // Checking after the commit would leave rows in a moved file that their writer believes unwritten.
        self.check().map_err(|_| StoreError::Gone(self.path().to_owned()))?;
        Ok(transaction.commit()?)
    }
}
