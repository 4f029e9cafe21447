//! What rules decided and what fell to the default recipient. A message counts once, when it first comes, even if it is sent
//! again.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::facts::{FACTS, read_facts};
use super::traffic::last_before;
use crate::rules::{Cvr, Facts};
use crate::store::engine::named_params;
use crate::store::time::{nanoseconds, timestamp};
use crate::store::{Store, StoreError};

/// How many messages of an authority were decided on a day, by a rule and for lack of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecidedDay {
    /// The day, in UTC.
    pub day: Date,
    /// How many a rule decided.
    pub by_rule: u64,
    /// How many went to the default recipient because no rule matched.
    pub by_default: u64,
}

impl Store {
    /// The days on which messages of that authority were decided, the oldest first: as far back as the journal goes. The
    /// authority is named by its first CVR number.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn decided_days(&self, authority: Cvr) -> Result<Vec<DecidedDay>, StoreError> {
        let connection = self.journal()?;
        let mut statement = connection.prepare_cached(
            "SELECT day, priority = 0, sum(hits) FROM hits WHERE authority = ?1 GROUP BY day, priority = 0",
        )?;
        let mut rows = statement.query([authority.to_string()])?;
        let mut days: BTreeMap<Date, (u64, u64)> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let day = Offset::UTC.to_datetime(timestamp(row.get(0)?)).date();
            let hits = u64::try_from(row.get::<i64>(2)?).unwrap_or_default();
            let (by_rule, by_default) = days.entry(day).or_default();
            *(if row.get(1)? { by_default } else { by_rule }) += hits;
        }
        Ok(days.into_iter().map(|(day, (by_rule, by_default))| DecidedDay { day, by_rule, by_default }).collect())
    }

    /// Calls `each` with the facts of what first came at `since` or later and fell to that authority's default recipient,
    /// and with how many messages had them; the same facts come once. Returns the number of messages.
    ///
    /// Reads on a connection of its own, so that nobody waits for a long journal.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn default_messages(
        &self,
        authority: Cvr,
        since: Option<Timestamp>,
        mut each: impl FnMut(&Facts, u64),
    ) -> Result<u64, StoreError> {
        let own = self.reopen()?;
        let connection = own.journal()?;
        let newest: i64 = connection.query_row("SELECT coalesce(max(number), 0) FROM journal", [], |row| row.get(0))?;
        let (since, before) = match since.map(nanoseconds) {
            Some(since) => (since, last_before(&connection, since, newest)?),
            None => (i64::MIN, 0),
        };
        let mut statement = connection.prepare(&format!(
            "SELECT {FACTS}, count(*) FROM journal
             WHERE number > :before AND number <= :newest AND is_first AND fagsystem IS NOT NULL
                   AND priority IS NULL AND authority = :authority AND received_at >= :since
             GROUP BY {FACTS}"
        ))?;
        let authority = authority.to_string();
        let mut rows = statement.query_many(named_params! {
            ":before": before, ":newest": newest, ":authority": authority, ":since": since,
        })?;
        let mut messages = 0;
        while let Some(row) = rows.next()? {
            let count = u64::try_from(row.get::<i64>(FACTS.split(", ").count())?).unwrap_or_default();
            messages += count;
            if let Some((facts, _)) = read_facts(&row, 0)? {
                each(&facts, count);
            }
        }
        Ok(messages)
    }
}
