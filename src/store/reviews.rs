//! Reviews: that somebody has looked through who receives what, and answers for it.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Row, TransactionBehavior, params};

use super::time::{nanoseconds, timestamp};
use super::{PublicationNumber, Store, StoreError};
use crate::rules::Cvr;

/// A review (*gennemsyn*) of an authority's rules. It is never changed and never deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedReview {
    /// The authority's first CVR number.
    pub authority: Cvr,
    /// When it was recorded.
    pub reviewed_at: Timestamp,
    /// Who recorded it; empty when that is unknown.
    pub reviewed_by: String,
    /// The publication that was looked through.
    pub publication: PublicationNumber,
    /// The day whose rules were looked through.
    pub day: Date,
}

impl Store {
    /// Records a review. One by the same person, of the same publication on the same day, is recorded once.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn record_review(&self, review: &RecordedReview) -> Result<(), StoreError> {
        let RecordedReview { authority, reviewed_at, reviewed_by, publication, day } = review;
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "INSERT INTO reviews (authority, reviewed_at, reviewed_by, publication, day)
             SELECT ?1, ?2, ?3, ?4, ?5
             WHERE NOT EXISTS (SELECT 1 FROM reviews
                               WHERE authority = ?1 AND reviewed_by = ?3 AND publication = ?4 AND day = ?5)",
            params![
                authority.to_string(),
                nanoseconds(*reviewed_at),
                reviewed_by,
                publication.get(),
                day.to_string()
            ],
        )?;
        self.file.commit(transaction)
    }

    /// The reviews of an authority, the newest first. It is named by its first CVR number.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or a review has no day that can be read.
    pub fn reviews(&self, authority: Cvr) -> Result<Vec<RecordedReview>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT reviewed_at, reviewed_by, publication, day FROM reviews WHERE authority = ?1 ORDER BY number DESC",
        )?;
        let read = |row: &Row<'_>| {
            let row = (row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?, row.get::<_, String>(3)?);
            Ok(row)
        };
        let rows = statement.query_map([authority.to_string()], read)?;
        rows.map(|row| {
            let (reviewed_at, reviewed_by, publication, day) = row?;
            let day = day.parse().map_err(|_| self.damaged("a review has no day that can be read"))?;
            let publication = PublicationNumber(publication);
            Ok(RecordedReview { authority, reviewed_at: timestamp(reviewed_at), reviewed_by, publication, day })
        })
        .collect()
    }
}
