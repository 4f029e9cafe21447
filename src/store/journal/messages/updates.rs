use super::MessageQuery;
use crate::store::engine::Value;
use crate::store::engine::{self, Connection, OptionalExtension, params_from_iter};
use crate::store::journal::row::{JournalRow, ROW, journal_row};
use crate::store::{Store, StoreError};

/// The most messages under way that are watched. A router has fewer; rows of one that was killed may be more.
const MAX_WATCHED: i64 = 2_000;

/// How far the journal has been read, and which rows may still change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageWatch {
    /// The highest number.
    newest: i64,
    /// The numbers of messages that were under way.
    under_way: Vec<i64>,
}

/// What was added to the journal since it was last read.
#[derive(Debug, Clone)]
pub struct MessageUpdates {
    /// New rows that fit, the newest first.
    pub rows: Vec<JournalRow>,
    /// More new rows match than were requested: those in between are missing.
    pub is_more: bool,
    /// How many new rows do not match.
    pub others: u64,
    /// Rows that were under way and have ended, and whether each matches now.
    pub ended: Vec<(JournalRow, bool)>,
    /// What is needed for the next update.
    pub watch: MessageWatch,
}

impl MessageWatch {
    pub(super) fn now(connection: &Connection) -> engine::Result<Self> {
        let newest = connection.query_row("SELECT coalesce(max(number), 0) FROM journal", [], |row| row.get(0))?;
        let mut statement = connection.prepare_cached(
            "SELECT number FROM journal INDEXED BY journal_not_accepted
             WHERE outcome = 'undervejs' AND outcome <> 'accepteret' ORDER BY number DESC LIMIT ?1",
        )?;
        let under_way = statement.query_map([MAX_WATCHED], |row| row.get(0))?;
        Ok(Self { newest, under_way: under_way.collect::<engine::Result<_>>()? })
    }
}

impl Store {
    /// What has come since then; of new rows that fit, at most `most`.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn message_updates(
        &self,
        query: &MessageQuery,
        since: &MessageWatch,
        most: usize,
    ) -> Result<MessageUpdates, StoreError> {
        let own = self.snapshot()?;
        let connection = own.connection();
        let watch = MessageWatch::now(&connection)?;
        let conditions = query.conditions(&connection)?;
        let (clause, values) = (&conditions.clause, &conditions.values);
        let with =
            |more: Vec<i64>| params_from_iter(values.iter().cloned().chain(more.into_iter().map(Value::Integer)));
        let new =
            format!("SELECT {ROW} FROM journal NOT INDEXED WHERE {clause} AND number > ? ORDER BY number DESC LIMIT ?");
        let mut statement = connection.prepare(&new)?;
        let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
        let rows = statement.query_map(with(vec![since.newest, limit]), journal_row)?;
        let mut rows: Vec<_> = rows.collect::<engine::Result<_>>()?;
        let is_more = rows.len() > most;
        rows.truncate(most);
        let all = "SELECT count(*) FROM journal NOT INDEXED WHERE number > ?1";
        let all: i64 = connection.query_row(all, [since.newest], |row| row.get(0))?;
        let others = u64::try_from(all).unwrap_or_default().saturating_sub(rows.len() as u64);
        let one = format!("SELECT {ROW}, ({clause}) FROM journal NOT INDEXED WHERE number = ?");
        let mut statement = connection.prepare(&one)?;
        let mut ended = Vec::new();
        for number in since.under_way.iter().filter(|number| !watch.under_way.contains(number)) {
            let read = |row: &engine::Row<'_>| Ok((journal_row(row)?, row.get::<Option<bool>>(16)?.unwrap_or(false)));
            ended.extend(statement.query_row(with(vec![*number]), read).optional()?);
        }
        Ok(MessageUpdates { rows, is_more, others, ended, watch })
    }
}
