//! Reviews: that somebody has looked through who receives what, and answers for it.

use jiff::Timestamp;
use jiff::civil::Date;

use super::time::{nanoseconds, timestamp};
use super::{PublicationNumber, Store, StoreError};
use crate::rules::Cvr;
use crate::store::engine::{Parameters, Row, TransactionBehavior, params};

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

impl RecordedReview {
    /// The day in Denmark on which it was recorded. The rules that were looked through may be those of another day.
    #[must_use]
    pub fn reviewed_on(&self) -> Date {
        crate::clock::day_of(self.reviewed_at)
    }
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
            params![authority.to_string(), nanoseconds(*reviewed_at), reviewed_by, publication.get(), day.to_string()],
        )?;
        self.place.commit(transaction)
    }

    /// The reviews of an authority, the newest first. It is named by its first CVR number.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or a review cannot.
    pub fn reviews(&self, authority: Cvr) -> Result<Vec<RecordedReview>, StoreError> {
        self.read_reviews("WHERE authority = ?1 ORDER BY number DESC", [authority.to_string()])
    }

    /// The newest review of each authority that has any.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or a review cannot.
    pub fn last_reviews(&self) -> Result<Vec<RecordedReview>, StoreError> {
        self.read_reviews("WHERE number IN (SELECT max(number) FROM reviews GROUP BY authority) ORDER BY authority", [])
    }

    fn read_reviews(&self, which: &str, params: impl Parameters) -> Result<Vec<RecordedReview>, StoreError> {
        let connection = self.connection();
        let query = format!("SELECT authority, reviewed_at, reviewed_by, publication, day FROM reviews {which}");
        let mut statement = connection.prepare_cached(&query)?;
        let read = |row: &Row<'_>| {
            let (authority, day): (String, String) = (row.get(0)?, row.get(4)?);
            Ok((authority, row.get(1)?, row.get(2)?, row.get(3)?, day))
        };
        let rows = statement.query_map(params, read)?;
        rows.map(|row| {
            let (authority, reviewed_at, reviewed_by, publication, day) = row?;
            let known = authority.parse().ok().zip(day.parse().ok());
            let (authority, day) = known.ok_or_else(|| self.damaged("a review cannot be read"))?;
            let (reviewed_at, publication) = (timestamp(reviewed_at), PublicationNumber(publication));
            Ok(RecordedReview { authority, reviewed_at, reviewed_by, publication, day })
        })
        .collect()
    }
}
