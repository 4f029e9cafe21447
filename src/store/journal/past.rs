use jiff::Timestamp;

use super::arrivals::{RecentRows, move_rest};
use super::writing::{count_commit, record};
use super::{JournalEntry, Outcome};
use crate::store::engine::{self, Connection, TransactionBehavior};
use crate::store::router_lock::Commits;
use crate::store::{Store, StoreError};

/// Why a journal could not be given a past. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum PastError {
    /// Something is in it already.
    #[error(
        "the journal has messages already, and nothing is ever written among them; begin with an empty data directory"
    )]
    NotEmpty,
    /// The rows are not in the order of time, are of the future, or have no outcome.
    #[error("made-up messages of the past must be in the order of time, before now, and have an outcome")]
    NotThePast,
    /// The database cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<engine::Error> for PastError {
    fn from(error: engine::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Gives an empty journal a past, for training: rows with their outcomes, in the order of time and none after `now`, all of
    /// them or none, counted as if a router had written them.
    ///
    /// Only routers write into a journal otherwise, and only at its end. So one in which a message stands is never given a
    /// past: what is made up cannot get among what has happened.
    ///
    /// Where a row refers to another, as [`JournalEntry::repeats`] does, it says that one's place among `rows`, from 1.
    ///
    /// # Errors
    ///
    /// [`PastError`].
    pub fn enter_past(&self, rows: &[JournalEntry], now: Timestamp) -> Result<(), PastError> {
        let is_ordered = rows.is_sorted_by_key(|row| row.received_at);
        let is_past = rows.last().is_none_or(|row| row.received_at <= now);
        if !is_ordered || !is_past || rows.iter().any(|row| row.outcome == Outcome::UnderWay) {
            return Err(PastError::NotThePast);
        }
        let key = self.digest_key()?;
        let mut known_commits = Commits::of(self);
        let mut connection = self.journal()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !is_empty(&transaction)? {
            return Err(PastError::NotEmpty);
        }
        let mut recent = RecentRows::default();
        let numbered_before = last_number(&transaction)?;
        for row in rows {
            let numbered = |place: Option<i64>| place.map(|place| place.saturating_add(numbered_before));
            let (repeats, follows) = (numbered(row.repeats), numbered(row.follows));
            let row = JournalEntry { repeats, follows, differs_from: numbered(row.differs_from), ..row.clone() };
            record(&transaction, &row, &key, &mut recent)?;
        }
        move_rest(&transaction)?;
        let commits = count_commit(&transaction)?;
        self.place.commit(transaction)?;
        known_commits.record(commits);
        Ok(())
    }
}

/// Whether no message is in the journal, nor any was that is still counted.
fn is_empty(connection: &Connection) -> engine::Result<bool> {
    let any = "SELECT EXISTS (SELECT 1 FROM arrivals) OR EXISTS (SELECT 1 FROM journal) OR EXISTS (SELECT 1 FROM hours) OR EXISTS (SELECT 1 FROM past_hours)";
    connection.query_row(any, [], |row| row.get::<bool>(0)).map(|any| !any)
}

/// The last number that a row has had, though none is there now.
fn last_number(connection: &Connection) -> engine::Result<i64> {
    let last = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'journal'";
    connection.query_row(last, [], |row| row.get(0))
}
