//! How rows are written where several routers share a database: at once where they stay, under the protection of claims.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::arrivals::{COLUMNS, RecentRows};
use super::claims::Claims;
use super::command::{Entered, Written};
use super::earlier::EarlierRows;
use super::ended::EndedCall;
use super::hours::HourlyCounts;
use super::row_writing::{conclude_row, enter_after, facts_digest, insert_by};
use super::{Digest, DigestKey, JournalEntry, JournalError, Outcome};
use crate::rules::Priority;
use crate::store::engine::{self, Connection, params};
use crate::store::time::{DAY, begin_of, nanoseconds};

/// The journal while several things are written into it in one transaction.
pub(super) struct SharedJournal<'a> {
    connection: &'a Connection,
    claims: &'a Claims,
    key: &'a DigestKey,
    hours: HourlyCounts,
    /// How often rules decided, and when last: by authority, publication, priority and day.
    hits: BTreeMap<(String, i64, u32, i64), (i64, i64)>,
}

impl<'a> SharedJournal<'a> {
    pub fn new(connection: &'a Connection, claims: &'a Claims, key: &'a DigestKey) -> Self {
        Self { connection, claims, key, hours: HourlyCounts::default(), hits: BTreeMap::new() }
    }

    /// Writes a message's row, if no other router delivers the message and earlier rows allow it.
    pub fn enter(&mut self, entry: &JournalEntry) -> engine::Result<Written> {
        let Some(message_uuid) = &entry.message_uuid else { return Ok(Ok(Entered::Written(self.record(entry)?))) };
        let Some(number) = self.claims.take(self.connection, message_uuid)? else {
            return Ok(Err(JournalError::Elsewhere));
        };
        // Only now, so that they include what the router has written that had the claim before.
        let facts = facts_digest(entry, self.key);
        let earlier_rows = self.earlier_rows(entry, facts.as_ref())?;
        let entered =
            enter_after(earlier_rows, entry, |is_first| self.insert(entry, facts.as_ref(), is_first, Some(number)))?;
        let is_under_way = matches!(entered, Entered::Written(_)) && entry.outcome == Outcome::UnderWay;
        if !is_under_way {
            self.claims.give_back(self.connection, message_uuid, number)?;
        }
        Ok(Ok(entered))
    }

    /// Writes a row that has its outcome, regardless of earlier rows. Returns its number.
    pub fn record(&mut self, entry: &JournalEntry) -> engine::Result<i64> {
        let facts = facts_digest(entry, self.key);
        let is_first = !self.earlier_rows(entry, facts.as_ref())?.is_known;
        self.insert(entry, facts.as_ref(), is_first, None)
    }

    /// Gives a row its outcome, if the message is still this router's.
    pub fn conclude(&mut self, number: i64, entry: &JournalEntry) -> engine::Result<Written> {
        if !self.claims.may_conclude(self.connection, number, entry)? {
            return Ok(Err(JournalError::TakenOver));
        }
        if conclude_row(self.connection, number, entry)? {
            self.hours.count(&EndedCall::of(entry));
        }
        Ok(Ok(Entered::Written(number)))
    }

    /// Writes what was counted, always in the same order.
    pub fn count(self) -> engine::Result<()> {
        let count =
            "INSERT INTO hits (authority, publication, priority, day, hits, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT (authority, publication, priority, day) DO UPDATE
                     SET hits = hits.hits + excluded.hits, last = max(hits.last, excluded.last)";
        let mut statement = self.connection.prepare_cached(count)?;
        for ((authority, publication, priority, day), (hits, last)) in self.hits {
            statement.execute(params![authority, publication, priority, day, hits, last])?;
        }
        self.hours.write(self.connection)
    }

    fn earlier_rows(&self, entry: &JournalEntry, facts: Option<&Digest>) -> engine::Result<EarlierRows> {
        EarlierRows::of(self.connection, entry, facts, &RecentRows::default())
    }

    fn insert(
        &mut self,
        entry: &JournalEntry,
        facts: Option<&Digest>,
        is_first: bool,
        number: Option<i64>,
    ) -> engine::Result<i64> {
        if entry.outcome != Outcome::UnderWay {
            self.hours.count(&EndedCall::of(entry));
        }
        if let Some(routed) = entry.routed.as_ref().filter(|_| is_first) {
            let (at, priority) = (nanoseconds(entry.received_at), routed.priority.map_or(0, Priority::get));
            let rule = (routed.authority.to_string(), routed.publication.get(), priority, begin_of(DAY, at));
            let (hits, last) = self.hits.entry(rule).or_insert((0, at));
            (*hits, *last) = (*hits + 1, at.max(*last));
        }
        insert_by(self.connection, &INSERT, entry, self.key, facts, is_first, number)
    }
}

/// With the number that was claimed, or the next one.
static INSERT: LazyLock<String> = LazyLock::new(|| {
    let count = COLUMNS.split(", ").count();
    let parameters: Vec<_> = (1..count).map(|number| format!("?{number}")).collect();
    format!(
        "INSERT INTO journal ({COLUMNS}) VALUES (coalesce(?{count}, nextval('journal_number_seq')), {})",
        parameters.join(", ")
    )
});
