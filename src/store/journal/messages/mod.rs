//! The list of messages: what fits a search, page by page, the newest first.
//!
//! A [`MessageQuery`] becomes conditions in SQL (`query`), those of its text and its subjects by an index where there is one
//! (`finding`); a page is then read, and later brought up to date (`updates`), and one row shown in full (`details`). Each
//! reading has a connection of its own, so that nothing waits for it, and goes in pieces, so that it can be abandoned.

mod details;
mod finding;
mod query;
mod subject;
mod updates;

pub use details::MessageDetails;
pub use query::{MessageConcern, MessageGround, MessageQuery};
pub use subject::MessageSubject;
pub use updates::{MessageUpdates, MessageWatch};

use std::ops::ControlFlow;

use self::details::{entry_columns, journal_entry};
use self::query::Conditions;
use super::row::{ROW, journal_row};
use super::{JournalEntry, JournalRow};
use crate::store::engine::Value;
use crate::store::engine::{self, Connection, Row, params_from_iter};
use crate::store::{Store, StoreError};

/// How many journal numbers the first piece of a reading covers: matches are often among the newest.
const FIRST_PIECE: i64 = 4_000;
/// The most journal numbers that a piece covers; that takes some hundredths of a second.
const LARGEST_PIECE: i64 = 64_000;
/// How many rows are read at a time when all are.
const ROWS_PER_READING: usize = 1_000;

/// Where the next page begins. Rows that are added meanwhile come before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageCursor {
    /// All rows from this number on have been read.
    before: i64,
    /// No match has a lower number.
    least: i64,
}

/// Some of the rows that fit a query, the newest first.
#[derive(Debug, Clone)]
pub struct MessagePage {
    /// The rows.
    pub rows: Vec<JournalRow>,
    /// Where the next page begins; `None` when there are no more rows.
    pub next: Option<MessageCursor>,
    /// What is needed to bring it up to date later.
    pub watch: MessageWatch,
}

impl Store {
    /// The next rows that fit, at most `most`, the newest first; from the newest of all without a cursor.
    /// `None` when it was no longer wanted.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn read_messages(
        &self,
        query: &MessageQuery,
        place: Option<MessageCursor>,
        most: usize,
        is_wanted: impl Fn() -> bool,
    ) -> Result<Option<MessagePage>, StoreError> {
        // What is written meanwhile is either in the page or in the updates, never in both or neither.
        let own = self.snapshot()?;
        let connection = own.connection();
        let watch = MessageWatch::now(&connection)?;
        let mut search = Search::begin(&connection, query, place)?;
        let mut rows = Vec::new();
        while rows.len() < most && !search.is_done() {
            if !is_wanted() {
                return Ok(None);
            }
            search.read_piece(ROW, most - rows.len(), |row| {
                let row = journal_row(row)?;
                let number = row.number;
                rows.push(row);
                Ok(number)
            })?;
        }
        Ok(Some(MessagePage { rows, next: search.place(), watch }))
    }

    /// How many rows fit; `None` when it was no longer wanted.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn count_messages(
        &self,
        query: &MessageQuery,
        is_wanted: impl Fn() -> bool,
    ) -> Result<Option<u64>, StoreError> {
        let own = self.snapshot()?;
        let connection = own.connection();
        if *query == MessageQuery::default() {
            let count = connection.query_row("SELECT count(*) FROM journal", [], |row| row.get::<i64>(0))?;
            return Ok(Some(u64::try_from(count).unwrap_or_default()));
        }
        let mut search = Search::begin(&connection, query, None)?;
        let mut count = 0;
        while !search.is_done() {
            if !is_wanted() {
                return Ok(None);
            }
            count += search.count_piece()?;
        }
        Ok(Some(count))
    }

    /// Calls back for every row that fits, with its number, the newest first, until there are no more or the callback has
    /// enough. Few are in memory at a time. Rows that are added meanwhile are left out.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn each_message(
        &self,
        query: &MessageQuery,
        mut each: impl FnMut(i64, JournalEntry) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let own = self.reopen()?;
        let connection = own.journal()?;
        let mut search = Search::begin(&connection, query, None)?;
        let columns = entry_columns();
        while !search.is_done() {
            let mut entries = Vec::new();
            search.read_piece(&columns, ROWS_PER_READING, |row| {
                let number = row.get(0)?;
                entries.push((number, journal_entry(row)?));
                Ok(number)
            })?;
            for (number, entry) in entries {
                if each(number, entry).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// A reading of the rows that fit, in pieces of the journal.
struct Search<'a> {
    connection: &'a Connection,
    conditions: Conditions,
    before: i64,
    least: i64,
    piece: i64,
}

impl<'a> Search<'a> {
    fn begin(connection: &'a Connection, query: &MessageQuery, place: Option<MessageCursor>) -> engine::Result<Self> {
        let conditions = query.conditions(connection)?;
        let MessageCursor { before, least } = match place {
            Some(place) => place,
            None => whole(connection, query, &conditions)?,
        };
        let piece = if conditions.is_few { i64::MAX } else { FIRST_PIECE };
        Ok(Self { connection, conditions, before, least, piece })
    }

    fn is_done(&self) -> bool {
        self.before <= self.least
    }

    fn place(&self) -> Option<MessageCursor> {
        let Self { before, least, .. } = *self;
        (!self.is_done()).then_some(MessageCursor { before, least })
    }

    /// Reads at most `most` rows of the next piece. `each` returns the number of the row that it is given.
    fn read_piece(
        &mut self,
        columns: &str,
        most: usize,
        mut each: impl FnMut(&Row<'_>) -> engine::Result<i64>,
    ) -> engine::Result<()> {
        let from = self.before.saturating_sub(self.piece).max(self.least);
        let Conditions { source, clause, .. } = &self.conditions;
        let query = format!(
            "SELECT {columns} FROM {source} WHERE {clause} AND number >= ? AND number < ? ORDER BY number DESC LIMIT ?"
        );
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut statement = self.connection.prepare_cached(&query)?;
        let mut rows = statement.query(params_from_iter(self.values([from, self.before, most])))?;
        let (mut count, mut last) = (0, None);
        while let Some(row) = rows.next()? {
            last = Some(each(&row)?);
            count += 1;
        }
        self.go_on(last.filter(|_| count == most).unwrap_or(from));
        Ok(())
    }

    fn count_piece(&mut self) -> engine::Result<u64> {
        let from = self.before.saturating_sub(self.piece).max(self.least);
        let Conditions { source, clause, .. } = &self.conditions;
        let query = format!("SELECT count(*) FROM {source} WHERE {clause} AND number >= ? AND number < ?");
        let mut statement = self.connection.prepare_cached(&query)?;
        let count: i64 = statement.query_row(params_from_iter(self.values([from, self.before])), |row| row.get(0))?;
        self.go_on(from);
        Ok(u64::try_from(count).unwrap_or_default())
    }

    fn values<const MORE: usize>(&self, more: [i64; MORE]) -> Vec<Value> {
        let Conditions { source_values, values, .. } = &self.conditions;
        source_values.iter().chain(values).cloned().chain(more.map(Value::Integer)).collect()
    }

    fn go_on(&mut self, before: i64) {
        self.before = before;
        self.piece = self.piece.saturating_mul(2).min(LARGEST_PIECE);
    }
}

/// All numbers that rows which fit can have.
fn whole(connection: &Connection, query: &MessageQuery, conditions: &Conditions) -> engine::Result<MessageCursor> {
    let bounds = |row: &Row<'_>| Ok((row.get::<Option<i64>>(0)?, row.get::<Option<i64>>(1)?));
    let is_limited = query.from.is_some() || query.to.is_some();
    let (least, most) = if is_limited && !conditions.is_few {
        let ((from, to), between) = (query.bounds(), "received_at >= ?1 AND received_at < ?2");
        let numbers =
            format!("SELECT min(number), max(number) FROM journal INDEXED BY journal_by_arrival WHERE {between}");
        connection.query_row(&numbers, [from, to], bounds)?
    } else {
        // Two queries, because SQLite finds only one end of a table at a time by its index.
        let numbers = "SELECT (SELECT min(number) FROM journal), (SELECT max(number) FROM journal)";
        connection.query_row(numbers, [], bounds)?
    };
    let (least, most) = (least.unwrap_or(0), most.unwrap_or(-1));
    Ok(MessageCursor { before: most.saturating_add(1), least })
}
