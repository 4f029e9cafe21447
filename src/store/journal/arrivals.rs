//! Rows begin among the arrivals, a table without an index, and are moved into the journal soon after, many at a time. That is
//! cheaper than to keep a dozen indexes and the counts up to date while a message waits for its row.
//!
//! The rows of both tables are on disk alike, and every row is in one of them: what is moved is moved in one transaction, by
//! whoever comes first: the journal's thread, or a program that is about to read the journal. So what is read is both. Numbers
//! are given in the order of arrival and all up to one are moved together, so that those among the arrivals are always the
//! highest.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::sync::MutexGuard;
use std::thread;
use std::time::Instant;

use super::ended::EndedCall;
use super::hours::HourlyCounts;
use crate::store::engine::{self, Connection, TransactionBehavior, params};
use crate::store::time::DAY;
use crate::store::{Store, StoreError};

/// The columns of both tables. The arrivals have one more, `ended`.
pub(super) const COLUMNS: &str = "number, received_at, message_uuid, bytes, sender_kind, sender_cvr, authority, \
                                  recipient_cvr, contact_point, contact_point_id, contact_group, kle, form, post_type, \
                                  publication, fagsystem, priority, element, outcome, reason, answer_status, answer_code, \
                                  header_us, whole_us, answer_us, total_us, repeats, follows, is_first, facts_digest, \
                                  digest, differs_from, caller, transmission_id";

/// How many rows a reader moves at a time, while a router beside it waits: some milliseconds.
const ROWS_PER_READERS_MOVE: i64 = 256;

/// Where the rows of a messageUUID may be among the arrivals.
///
/// It may name rows that are of another message, or no longer there, but never lacks one.
#[derive(Debug, Default)]
pub(super) struct RecentRows {
    numbers: HashMap<String, Vec<i64>>,
    /// Their numbers in order, each with its messageUUID in lower case.
    rows: VecDeque<(i64, Option<String>)>,
    /// How many have ended.
    ended: i64,
}

impl RecentRows {
    /// Those that stand there already.
    pub fn of(connection: &Connection) -> engine::Result<Self> {
        if connection.sqlite().is_none() {
            return Ok(Self::default());
        }
        let ended = connection.query_row("SELECT coalesce(max(ended), 0) FROM arrivals", [], |row| row.get(0))?;
        let mut recent = Self { ended, ..Self::default() };
        let mut statement = connection.prepare("SELECT number, message_uuid FROM arrivals ORDER BY number")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            recent.note(row.get_ref(1)?.as_str().ok(), row.get(0)?);
        }
        Ok(recent)
    }

    /// Notes a row that has been written.
    pub fn note(&mut self, message_uuid: Option<&str>, number: i64) {
        let uuid = message_uuid.map(str::to_ascii_lowercase);
        if let Some(uuid) = &uuid {
            self.numbers.entry(uuid.clone()).or_default().push(number);
        }
        self.rows.push_back((number, uuid));
    }

    /// The place of the next one that ends.
    pub fn next_end(&mut self) -> i64 {
        self.ended += 1;
        self.ended
    }

    /// Forgets the rows that have been moved into the journal.
    pub fn forget_moved(&mut self, connection: &Connection) -> engine::Result<()> {
        let Some(first) = oldest(connection)? else {
            self.numbers.clear();
            self.rows.clear();
            return Ok(());
        };
        while let Some((number, uuid)) = self.rows.pop_front_if(|(number, _)| *number < first) {
            let Some(uuid) = uuid else { continue };
            if let Entry::Occupied(mut of_message) = self.numbers.entry(uuid) {
                of_message.get_mut().retain(|other| *other != number);
                if of_message.get().is_empty() {
                    of_message.remove();
                }
            }
        }
        Ok(())
    }

    /// The numbers of the rows that may have that messageUUID, in order.
    pub fn numbers(&self, message_uuid: &str) -> &[i64] {
        self.numbers.get(&message_uuid.to_ascii_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// The lowest and the highest number; `None` where there are no rows.
    pub fn span(&self) -> Option<(i64, i64)> {
        Some((self.rows.front()?.0, self.rows.back()?.0))
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Moves the first rows up to that number into the journal, at most so many of them, and counts those that have ended.
pub(super) fn move_into_journal(connection: &Connection, up_to: i64, most: i64) -> engine::Result<()> {
    let last = "SELECT max(number) FROM (SELECT number FROM arrivals WHERE number <= ?1 ORDER BY number LIMIT ?2)";
    let last: Option<i64> = connection.prepare_cached(last)?.query_row([up_to, most], |row| row.get(0))?;
    last.map_or(Ok(()), |last| move_up_to(connection, last))
}

/// Moves all rows, within a transaction.
pub(super) fn move_rest(connection: &Connection) -> engine::Result<()> {
    newest(connection)?.map_or(Ok(()), |newest| move_up_to(connection, newest))
}

fn move_up_to(connection: &Connection, last: i64) -> engine::Result<()> {
    count_hours(connection, last)?;
    count_hits(connection, last)?;
    let moving = format!("INSERT INTO journal ({COLUMNS}) SELECT {COLUMNS} FROM arrivals WHERE number <= ?1");
    connection.prepare_cached(&moving)?.execute([last])?;
    connection.prepare_cached("DELETE FROM arrivals WHERE number <= ?1")?.execute([last])?;
    Ok(())
}

/// Counts the calls that have ended, in the order in which they did.
fn count_hours(connection: &Connection, last: i64) -> engine::Result<()> {
    let query =
        format!("SELECT {} FROM arrivals WHERE number <= ?1 AND ended IS NOT NULL ORDER BY ended", EndedCall::COLUMNS);
    let mut statement = connection.prepare_cached(&query)?;
    let mut rows = statement.query([last])?;
    let mut hours = HourlyCounts::default();
    while let Some(row) = rows.next()? {
        if let Some(call) = EndedCall::read(&row)? {
            hours.count(&call);
        }
    }
    hours.write(connection)
}

/// Counts how often rules decided: each message when it first comes.
fn count_hits(connection: &Connection, last: i64) -> engine::Result<()> {
    let count = "INSERT INTO hits (authority, publication, priority, day, hits, last)
                 SELECT authority, publication, coalesce(priority, 0), received_at - (received_at % ?2 + ?2) % ?2, count(*),
                        max(received_at)
                 FROM arrivals WHERE number <= ?1 AND is_first AND fagsystem IS NOT NULL GROUP BY 1, 2, 3, 4
                 ON CONFLICT (authority, publication, priority, day) DO UPDATE
                 SET hits = hits.hits + excluded.hits, last = max(hits.last, excluded.last)";
    connection.prepare_cached(count)?.execute(params![last, DAY]).map(|_| ())
}

/// Moves all rows into the journal of a database that nobody else writes in.
pub(in crate::store) fn move_all(database: rusqlite::Connection) -> engine::Result<rusqlite::Connection> {
    let connection = Connection::from(database);
    let transaction = connection.begin(TransactionBehavior::Deferred)?;
    move_rest(&transaction)?;
    transaction.commit()?;
    Ok(connection.into_sqlite().expect("it was made of one"))
}

impl Store {
    /// The connection, to read the journal and what is counted of it: all that had been written by now is there.
    ///
    /// # Errors
    ///
    /// What was written last cannot be moved into the journal, or the database cannot be read.
    pub(in crate::store) fn journal(&self) -> Result<MutexGuard<'_, Connection>, StoreError> {
        let mut connection = self.connection();
        if self.server().is_some() {
            // There, rows are written where they stay.
            return Ok(connection);
        }
        // Whoever reads in a transaction has moved everything before it began.
        if connection.is_autocommit()
            && let Some(newest) = newest(&connection)?
        {
            loop {
                let begun = Instant::now();
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                move_into_journal(&transaction, newest, ROWS_PER_READERS_MOVE)?;
                self.place.commit(transaction)?;
                if oldest(&connection)?.is_none_or(|oldest| oldest > newest) {
                    break;
                }
                // The router's turn: SQLite keeps no queue of who waits to write.
                thread::sleep(begun.elapsed());
            }
        }
        Ok(connection)
    }
}

fn oldest(connection: &Connection) -> engine::Result<Option<i64>> {
    connection.prepare_cached("SELECT min(number) FROM arrivals")?.query_row([], |row| row.get(0))
}

fn newest(connection: &Connection) -> engine::Result<Option<i64>> {
    connection.prepare_cached("SELECT max(number) FROM arrivals")?.query_row([], |row| row.get(0))
}
