use std::collections::HashMap;

use jiff::Timestamp;

use super::facts::{FACTS, by_number, read_facts};
use crate::rules::Facts;
use crate::store::engine::{self, Connection, named_params};
use crate::store::publications::listed_authorities;
use crate::store::time::nanoseconds;
use crate::store::{Store, StoreError};

/// Reading up to this many new rows is faster than finding the first one since a time by the index.
const MAX_PASSED_ROWS: i64 = 10_000;

/// Messages of the journal, grouped and counted by their facts.
#[derive(Debug, Clone, Default)]
pub struct Traffic {
    kinds: HashMap<Facts, u64>,
    count: u64,
    newest: i64,
}

impl Traffic {
    /// The different facts, each with the number of messages that have them, in no order.
    pub fn messages(&self) -> impl Iterator<Item = (&Facts, u64)> {
        self.kinds.iter().map(|(facts, count)| (facts, *count))
    }

    /// How many messages there are in all.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many different facts there are.
    #[must_use]
    pub fn kinds(&self) -> usize {
        self.kinds.len()
    }

    /// The last journal number that was read, whether or not that message counts; 0 for none.
    #[must_use]
    pub fn newest(&self) -> i64 {
        self.newest
    }

    /// Takes in what came later.
    pub fn add(&mut self, other: Self) {
        for (facts, count) in other.kinds {
            *self.kinds.entry(facts).or_default() += count;
        }
        self.count += other.count;
        self.newest = self.newest.max(other.newest);
    }
}

impl Store {
    /// Messages that came for the first time at `since` or later, with a journal number above `after`.
    /// Left out are those whose header could not be read.
    ///
    /// Their facts are known as far as the journal stores them: whether the sender has a contact point of its own is derived
    /// from the kind of sender that the router saw.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn traffic(&self, since: Timestamp, after: i64) -> Result<Traffic, StoreError> {
        // A connection of its own, so that reading a long journal makes nobody wait.
        let own = self.reopen()?;
        let connection = own.journal()?;
        let newest = "SELECT coalesce(max(number), 0) FROM journal";
        let newest: i64 = connection.query_row(newest, [], |row| row.get(0))?;
        let after = after.max(0);
        let mut traffic = Traffic { newest, ..Traffic::default() };
        let since = nanoseconds(since);
        let before =
            if newest - after <= MAX_PASSED_ROWS { after } else { after.max(last_before(&connection, since, newest)?) };
        let listed = listed_authorities(&connection)?;
        let mut statement = connection.prepare(&format!(
            "SELECT {FACTS} FROM journal
             WHERE number > :before AND number <= :newest AND is_first AND sender_kind IS NOT NULL
                   AND received_at >= :since"
        ))?;
        let mut rows = statement.query_many(named_params! {":before": before, ":newest": newest, ":since": since})?;
        while let Some(row) = rows.next()? {
            if let Some((mut facts, _)) = read_facts(&row, 0)? {
                by_number(&mut facts, &listed);
                *traffic.kinds.entry(facts).or_default() += 1;
                traffic.count += 1;
            }
        }
        Ok(traffic)
    }
}

/// The number before the first message that came at that time or later; `newest` when none did. Of those
/// after it some may have come earlier: messages are numbered as they end.
pub(super) fn last_before(connection: &Connection, since: i64, newest: i64) -> engine::Result<i64> {
    // Left alone, SQLite looks for the lowest number by going through the journal from its beginning.
    let first = "SELECT min(number) - 1 FROM journal INDEXED BY journal_by_arrival
                 WHERE received_at >= ?1";
    let before: Option<i64> = connection.query_row(first, [since], |row| row.get(0))?;
    Ok(before.unwrap_or(newest))
}
