use std::fmt;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, TransactionBehavior, params};

use super::{Store, StoreError};
use crate::exchange::{read_configuration, write_configuration};
use crate::rules::{Distributor, RuleBook};

/// Which publication: they are numbered from 1 in the order of publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublicationNumber(pub(super) i64);

impl PublicationNumber {
    /// The number, 1 or more.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for PublicationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A rule book that was put in force at some time. Never changed, never deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Its number.
    pub number: PublicationNumber,
    /// When it was published.
    pub published_at: Timestamp,
    /// What the one who published it says of it.
    pub note: String,
    /// The rules.
    pub book: RuleBook,
}

impl Store {
    /// Puts a rule book in force: that of a [`Distributor`], for only what can decide can be published.
    ///
    /// `based_on` is the publication that the change was made from; when another one is newest by now, nothing is
    /// written.
    ///
    /// # Errors
    ///
    /// [`StoreError::Overtaken`], or the database refuses.
    pub fn publish(
        &self,
        rules: &Distributor,
        note: &str,
        based_on: Option<PublicationNumber>,
    ) -> Result<PublicationNumber, StoreError> {
        self.append(rules, note, |newest| newest == based_on)
    }

    /// Puts a rule book in force, whatever was in force before.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn publish_over(&self, rules: &Distributor, note: &str) -> Result<PublicationNumber, StoreError> {
        self.append(rules, note, |_| true)
    }

    fn append(
        &self,
        rules: &Distributor,
        note: &str,
        may_follow: impl FnOnce(Option<PublicationNumber>) -> bool,
    ) -> Result<PublicationNumber, StoreError> {
        let configuration = write_configuration(rules.book());
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let newest: Option<i64> =
            transaction.query_row("SELECT max(number) FROM publications", [], |row| row.get(0))?;
        if !may_follow(newest.map(PublicationNumber)) {
            return Err(StoreError::Overtaken);
        }
        transaction.execute(
            "INSERT INTO publications (published_at, note, configuration) VALUES (?1, ?2, ?3)",
            params![Timestamp::now().to_string(), note, configuration],
        )?;
        let number = transaction.last_insert_rowid();
        transaction.commit()?;
        Ok(PublicationNumber(number))
    }

    /// The newest publication's number; `None` before the first.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn newest_publication_number(&self) -> Result<Option<PublicationNumber>, StoreError> {
        let connection = self.connection();
        let newest: Option<i64> = connection.query_row("SELECT max(number) FROM publications", [], |row| row.get(0))?;
        Ok(newest.map(PublicationNumber))
    }

    /// The newest publication; `None` before the first.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or what it holds is no configuration.
    pub fn newest_publication(&self) -> Result<Option<Publication>, StoreError> {
        let row = self
            .connection()
            .query_row(
                "SELECT number, published_at, note, configuration FROM publications ORDER BY number DESC LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get::<_, String>(3)?)),
            )
            .optional()?;
        let Some((number, published_at, note, configuration)) = row else { return Ok(None) };
        let damaged = |reason: String| StoreError::Damaged { path: self.path.clone(), reason };
        let book = read_configuration(configuration.as_bytes())
            .map_err(|faults| damaged(format!("publication {number} has {faults}")))?;
        let published_at =
            published_at.parse().map_err(|_| damaged(format!("publication {number} has no time that can be read")))?;
        Ok(Some(Publication { number: PublicationNumber(number), published_at, note, book }))
    }
}
