use std::fs;
use std::net::SocketAddr;

use super::commits::{MARKER, commits_by};
use super::directory_lock::DirectoryLock;
use crate::private_files;
use crate::store::engine::{TransactionBehavior, params};
use crate::store::journal::{ADD_TO_HOUR, Lapsed, end_lapsed, report_lapsed};
use crate::store::time::HOUR;
use crate::store::{Outcome, PublicationNumber, Reason, Store, StoreError};

/// Held by the one router that runs on a data directory. The system releases it however the program ends.
#[derive(Debug)]
pub struct RouterLock {
    store: Store,
    held: DirectoryLock,
    lapsed: u64,
}

impl Store {
    /// Makes the caller the one router of this data directory, and gives an outcome to the messages that an earlier one left
    /// under way: whether they were received is unknown.
    ///
    /// # Errors
    ///
    /// [`StoreError::RouterRuns`], what should be locked is no plain file, or the data directory cannot be written.
    pub fn lock_router(&self) -> Result<RouterLock, StoreError> {
        self.permissions()?.to_route()?;
        let held = DirectoryLock::take(self.directory()).map_err(|error| match error {
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
            held.write_holder();
        }
        let lapsed = if self.server().is_some() { u64::try_from(left_under_way).unwrap_or(u64::MAX) } else { 0 };
        Ok(RouterLock { store: self.reopen()?, held, lapsed })
    }

    /// Sets the outcome of messages that are still under way in the journal, although no router delivers them, to unknown: while the
    /// router of this data directory does not run, or no more. Returns how many there were.
    pub(crate) fn conclude_left_under_way(&self) -> Result<usize, StoreError> {
        if self.server().is_some() {
            let connection = self.connection();
            let transaction = connection.begin(TransactionBehavior::Deferred)?;
            // Its own too, which it would renew from now on as if it were delivering them.
            let left: Lapsed = end_lapsed(&transaction, None, self.router_name())?;
            transaction.commit()?;
            report_lapsed(&left);
            return Ok(left.values().map(|messages| usize::try_from(*messages).unwrap_or(usize::MAX)).sum());
        }
        let mut connection = self.journal()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Their outcome is final, and counts like any other.
        transaction.execute(
            &format!(
                "INSERT INTO hours
             SELECT received_at - (received_at % ?3 + ?3) % ?3, coalesce(authority, ''), coalesce(fagsystem, ''), ?1,
                    fagsystem IS NOT NULL AND priority IS NULL, count(*), sum(bytes), count(*) FILTER (WHERE total_us <= 100000),
                    count(*) FILTER (WHERE total_us <= 300000), count(*) FILTER (WHERE total_us <= 1000000),
                    count(*) FILTER (WHERE total_us <= 1500000),
                    count(*) FILTER (WHERE total_us <= 4000000), max(total_us), max(received_at), count(*), 0, 0, 0, 0, 0, 0
             FROM journal WHERE outcome = ?2 AND outcome <> 'accepteret' AND repeats IS NULL GROUP BY 1, 2, 3, 5
             {}",
                *ADD_TO_HOUR
            ),
            params![Outcome::Unknown.code(), Outcome::UnderWay.code(), HOUR],
        )?;
        let left = transaction.execute(
            "UPDATE journal SET outcome = ?1, reason = ?2 WHERE outcome = ?3",
            [Outcome::Unknown.code(), Reason::Ended.code(), Outcome::UnderWay.code()],
        )?;
        transaction.commit()?;
        Ok(left)
    }

    /// Checks that the database has all that the journal committed before its router was killed. The last commits are in the
    /// write-ahead log alone, which is a file that can be lost.
    pub(in crate::store) fn check_commits(&self) -> Result<(), StoreError> {
        if self.server().is_some() {
            return Ok(());
        }
        let marker = self.directory().join(MARKER);
        let committed = commits_by(&marker);
        let has: i64 = self.connection().query_row("SELECT commits FROM router_state", [], |row| row.get(0))?;
        match committed - has {
            lost @ 1.. => Err(StoreError::CommitsLost { path: self.path().to_owned(), lost, marker }),
            _ => Ok(()),
        }
    }
}

/// Whether the description of the router could be written. On a full disk, say, it runs all the same, and answers that it
/// cannot accept messages now.
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
    /// How many leases of routers that share a database had lapsed, or been left by this one, and were ended when it was taken.
    pub(crate) fn lapsed(&self) -> u64 {
        self.lapsed
    }

    /// Records the address that the router now listens on, and the publication that it follows.
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
            // The database still says that it is starting.
            self.held.clear_holder();
        }
        Ok(())
    }
}

impl Drop for RouterLock {
    /// The router stopped properly.
    fn drop(&mut self) {
        let directory = self.store.directory().to_owned();
        if self.store.check_place().is_ok() {
            // If this cannot be written, the lock still shows that no router runs.
            let _ = self.store.router_ends();
            // What is in the database itself needs no log.
            if let Some(sqlite) = self.store.connection().sqlite() {
                let _ = sqlite.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
            }
            let _ = fs::remove_file(directory.join(MARKER));
        }
    }
}
