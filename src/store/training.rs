//! Data sets for training: marked as such for good, and the only ones that can begin anew.

use super::database::record_program;
use super::{Reach, Store, StoreError};
use crate::store::engine::{OptionalExtension, TransactionBehavior};

/// The directory within a data directory that holds the training data which belong to it.
pub const TRAINING_DIRECTORY: &str = "training";

/// The tables that are emptied when training begins anew, those that refer to others first.
const EMPTIED: [&str; 13] = [
    "arrivals",
    "journal",
    "hits",
    "hours",
    "past_hours",
    "standings",
    "router_spans",
    "service_windows",
    "reviews",
    "api_key_uses",
    "settings",
    "publications",
    "sqlite_sequence",
];

impl Store {
    /// How often training has begun on these data; `None` where they are not for training.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn training_beginnings(&self) -> Result<Option<i64>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached("SELECT beginnings FROM training")?;
        Ok(statement.query_row([], |row| row.get(0)).optional()?)
    }

    /// How far the router of these data reaches: in training it sends nothing beyond this machine.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn reach(&self) -> Result<Reach, StoreError> {
        Ok(if self.training_beginnings()?.is_some() { Reach::ThisMachine } else { Reach::Anywhere })
    }

    /// Marks these data as training data, for good. Does nothing where they are that already.
    ///
    /// # Errors
    ///
    /// [`StoreError::RealData`] when anything has been published or received; or the database refuses.
    pub fn dedicate_to_training(&self) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let exists = |table: &str| {
            transaction.query_row(&format!("SELECT EXISTS (SELECT 1 FROM {table})"), [], |row| row.get::<bool>(0))
        };
        if exists("training")? {
            return Ok(());
        }
        if exists("publications")? || exists("arrivals")? || exists("journal")? {
            return Err(StoreError::RealData(self.path().to_owned()));
        }
        transaction.execute("INSERT INTO training (only_one, beginnings) VALUES (1, 0)", [])?;
        self.place.commit(transaction)
    }

    /// Empties training data: publications, draft, journal, figures, settings and KLE plan. What follows is numbered from 1. What
    /// is learnt stays: the lesson that training begins with, who learns, and how far they have come.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoTraining`] where these are not training data; [`StoreError::RouterRuns`] while a router runs on them;
    /// or the database refuses. Nothing has changed then.
    pub fn begin_training_anew(&self) -> Result<(), StoreError> {
        self.check_no_router_runs()?;
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if transaction.execute("UPDATE training SET beginnings = beginnings + 1", [])? == 0 {
            return Err(StoreError::NoTraining(self.path().to_owned()));
        }
        // It refers to a publication, and its revision must grow.
        transaction.execute("UPDATE draft SET revision = revision + 1, based_on = NULL, configuration = NULL", [])?;
        transaction.execute(
            "UPDATE kle_plan SET revision = revision + 1, published = NULL, imported_at = NULL, entries = NULL",
            [],
        )?;
        transaction.execute(
            "UPDATE router_state SET clock_doubted = NULL, aged_anew_at = NULL, aged_anew_to = NULL, publication = NULL",
            [],
        )?;
        for table in EMPTIED {
            transaction.execute(&format!("DELETE FROM {table}"), [])?;
        }
        // It is about the database, and no choice.
        if let Some(sqlite) = transaction.sqlite() {
            record_program(sqlite);
        }
        self.place.commit(transaction)
    }
}
