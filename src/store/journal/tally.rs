//! How many messages came to what, without anything of the messages themselves.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Outcome;
use crate::clock;
use crate::reasons::Reason;
use crate::store::time::{nanoseconds, timestamp};
use crate::store::{Store, StoreError};

/// How many messages of a day came to that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayTally {
    /// The day on which they came.
    pub day: Date,
    /// What became of them; `None`: a word that this version does not know.
    pub outcome: Option<Outcome>,
    /// How many.
    pub messages: i64,
}

/// How many messages were not accepted in that way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureTally {
    /// What became of them; `None`: a word that this version does not know.
    pub outcome: Option<Outcome>,
    /// Why; `None`: without a reason, or with one that this version does not know.
    pub reason: Option<Reason>,
    /// The HTTP status of the fagsystem's answer.
    pub answer_status: Option<i64>,
    /// How many.
    pub messages: i64,
    /// When the last of them came.
    pub last: Timestamp,
}

impl Store {
    /// How many messages came to what on each day since then, by the days in Denmark, the latest day first.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn tally_by_day(&self, since: Timestamp) -> Result<Vec<DayTally>, StoreError> {
        let connection = self.journal()?;
        let query = "SELECT hour, outcome, sum(messages) FROM hours WHERE hour >= ?1 GROUP BY 1, 2 ORDER BY 1 DESC, 2";
        let mut statement = connection.prepare(query)?;
        let mut rows = statement.query([nanoseconds(since)])?;
        let mut tallies: Vec<DayTally> = Vec::new();
        while let Some(row) = rows.next()? {
            let day = clock::day_of(timestamp(row.get(0)?));
            let outcome = Outcome::from_code(&row.get::<String>(1)?);
            let messages: i64 = row.get(2)?;
            let of_day = tallies.iter_mut().rev().take_while(|tally| tally.day == day);
            match of_day.into_iter().find(|tally| tally.outcome == outcome) {
                Some(tally) => tally.messages += messages,
                None => tallies.push(DayTally { day, outcome, messages }),
            }
        }
        Ok(tallies)
    }

    /// How many messages were not accepted since then, and in which ways, the most frequent first.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn tally_of_failures(&self, since: Timestamp) -> Result<Vec<FailureTally>, StoreError> {
        let connection = self.journal()?;
        let query = "SELECT outcome, reason, answer_status, count(*), max(received_at) FROM journal
                     WHERE outcome <> 'accepteret' AND received_at >= ?1 GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3";
        let mut statement = connection.prepare(query)?;
        let mut rows = statement.query([nanoseconds(since)])?;
        let mut tallies = Vec::new();
        while let Some(row) = rows.next()? {
            let reason: Option<String> = row.get(1)?;
            tallies.push(FailureTally {
                outcome: Outcome::from_code(&row.get::<String>(0)?),
                reason: reason.and_then(|code| Reason::all().find(|reason| reason.code() == code)),
                answer_status: row.get(2)?,
                messages: row.get(3)?,
                last: timestamp(row.get(4)?),
            });
        }
        Ok(tallies)
    }

    /// How many rows the journal has.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn count_journal(&self) -> Result<i64, StoreError> {
        Ok(self.journal()?.query_row("SELECT count(*) FROM journal", [], |row| row.get(0))?)
    }
}
