use std::fs::{File, TryLockError};

use super::{Outcome, Reason, Store, StoreError};

const FILE_NAME: &str = "router.lock";

/// Held by the one router that runs on a data directory. The system lets go of it when the program ends, however it does.
#[derive(Debug)]
pub struct RouterLock {
    _file: File,
}

impl Store {
    /// Makes the caller the one router of this data directory, and puts straight what an earlier one left under way when it
    /// ended: nobody knows whether those messages were taken.
    ///
    /// # Errors
    ///
    /// [`StoreError::RouterRuns`], or the data directory cannot be written.
    pub fn lock_router(&self) -> Result<RouterLock, StoreError> {
        let directory = self.directory();
        let failed = |source| StoreError::Directory { path: directory.to_owned(), source };
        let file = File::create(directory.join(FILE_NAME)).map_err(failed)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => StoreError::RouterRuns(directory.to_owned()),
            TryLockError::Error(source) => failed(source),
        })?;
        self.use_digest_key(&self.digest_key()?)?;
        self.conclude_left_under_way()?;
        Ok(RouterLock { _file: file })
    }

    /// Says of the messages that are under way by the journal, and of which nothing goes on any more, that nobody knows
    /// whether they were taken.
    pub(crate) fn conclude_left_under_way(&self) -> Result<(), StoreError> {
        self.connection().execute(
            "UPDATE journal SET outcome = ?1, reason = ?2 WHERE outcome = ?3",
            [Outcome::Unknown.code(), Reason::Ended.code(), Outcome::UnderWay.code()],
        )?;
        Ok(())
    }
}
