//! How rows are written where several routers share a database: at once where they stay, under the protection of claims.
//!
//! What comes together is written together, each kind of statement for all messages in one round trip.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::arrivals::COLUMNS;
use super::claims::Claims;
use super::command::{Entered, Written};
use super::earlier::EarlierRows;
use super::ended::EndedCall;
use super::hours::HourlyCounts;
use super::row_writing::{CONCLUDE_MOVED, enter_after, facts_digest, with_outcome, with_row};
use super::{Digest, DigestKey, JournalEntry, JournalError, Outcome};
use crate::rules::Priority;
use crate::store::engine::{self, Connection, Many, OptionalExtension, params};
use crate::store::time::{DAY, begin_of, nanoseconds};

/// The journal while several things are written into it in one transaction. What is written is named by its place among them.
pub(super) struct SharedJournal<'a> {
    connection: &'a Connection,
    claims: &'a Claims,
    key: &'a DigestKey,
    hours: HourlyCounts,
    /// How often rules decided, and when last: by authority, publication, priority and day.
    hits: BTreeMap<(String, i64, u32, i64), (i64, i64)>,
}

/// A message's row to be entered, with its messageUUID.
type Named<'e> = (usize, &'e str, &'e JournalEntry);

impl<'a> SharedJournal<'a> {
    pub fn new(connection: &'a Connection, claims: &'a Claims, key: &'a DigestKey) -> Self {
        Self { connection, claims, key, hours: HourlyCounts::default(), hits: BTreeMap::new() }
    }

    /// Writes messages' rows, of those that no other router delivers and where earlier rows allow it.
    pub fn enter(&mut self, entries: Vec<(usize, &JournalEntry)>) -> engine::Result<Vec<(usize, Written)>> {
        let (mut named, mut unnamed) = (Vec::new(), Vec::new());
        for (at, entry) in entries {
            match &entry.message_uuid {
                Some(message_uuid) => named.push((at, message_uuid.as_str(), entry)),
                None => unnamed.push((at, entry)),
            }
        }
        let mut entered = self.record(unnamed)?;
        // In the order of their UUIDs, so that no two routers wait for each other.
        named.sort_by_cached_key(|(_, message_uuid, _)| message_uuid.to_ascii_lowercase());
        while !named.is_empty() {
            // What has the same UUID has its turn once that one has been entered.
            let mut later = Vec::new();
            named.dedup_by(|other, before| {
                let is_same = other.1.eq_ignore_ascii_case(before.1);
                if is_same {
                    later.push(*other);
                }
                is_same
            });
            entered.extend(self.enter_different(&named)?);
            named = later;
        }
        Ok(entered)
    }

    /// The same for messages of which no two have the same messageUUID, in the order of these.
    fn enter_different(&mut self, named: &[Named<'_>]) -> engine::Result<Vec<(usize, Written)>> {
        let message_uuids: Vec<_> = named.iter().map(|(_, message_uuid, _)| *message_uuid).collect();
        let numbers = self.claims.take(self.connection, &message_uuids)?;
        let mut entered = Vec::with_capacity(named.len());
        let mut claimed = Vec::with_capacity(named.len());
        for ((at, message_uuid, entry), number) in named.iter().zip(numbers) {
            match number {
                Some(number) => claimed.push((*at, *message_uuid, *entry, number)),
                None => entered.push((*at, Err(JournalError::Elsewhere))),
            }
        }
        // Only now, so that they include what the router has written that had the claim before.
        let entries: Vec<_> = claimed.iter().map(|(_, _, entry, _)| self.with_facts_digest(entry)).collect();
        let earlier_rows = EarlierRows::in_journal(self.connection, &entries)?;
        let (mut rows, mut free) = (self.connection.many(&INSERT)?, Vec::new());
        for (((at, message_uuid, entry, number), (_, facts)), earlier_rows) in
            claimed.into_iter().zip(entries).zip(earlier_rows)
        {
            let written = enter_after(earlier_rows, entry, |is_first| {
                self.add_row(&mut rows, entry, facts.as_ref(), is_first, Some(number))?;
                Ok(number)
            })?;
            if !matches!(written, Entered::Written(_)) || entry.outcome != Outcome::UnderWay {
                free.push((message_uuid, number));
            }
            entered.push((at, Ok(written)));
        }
        rows.query()?;
        self.claims.give_back(self.connection, &free)?;
        Ok(entered)
    }

    /// Writes rows that have their outcomes, regardless of earlier rows.
    pub fn record(&mut self, entries: Vec<(usize, &JournalEntry)>) -> engine::Result<Vec<(usize, Written)>> {
        let with_digests: Vec<_> = entries.iter().map(|(_, entry)| self.with_facts_digest(entry)).collect();
        let earlier_rows = EarlierRows::in_journal(self.connection, &with_digests)?;
        let mut rows = self.connection.many(&INSERT)?;
        for ((entry, facts), earlier_rows) in with_digests.iter().zip(earlier_rows) {
            self.add_row(&mut rows, entry, facts.as_ref(), !earlier_rows.is_known, None)?;
        }
        let numbered = entries.into_iter().zip(rows.query()?).map(|((at, _), mut numbers)| {
            let number = numbers.next()?.map_or(Ok(0), |row| row.get(0))?;
            Ok((at, Ok(Entered::Written(number))))
        });
        numbered.collect()
    }

    /// Gives rows their outcomes, where the messages are still this router's.
    pub fn conclude(&mut self, ended: Vec<(usize, i64, &JournalEntry)>) -> engine::Result<Vec<(usize, Written)>> {
        let named = |(_, number, entry): &(usize, i64, &'_ JournalEntry)| Some((entry.message_uuid.clone()?, *number));
        let claims: Vec<_> = ended.iter().filter_map(named).collect();
        let claims: Vec<_> = claims.iter().map(|(message_uuid, number)| (message_uuid.as_str(), *number)).collect();
        let mut are_own = self.claims.give_back(self.connection, &claims)?.into_iter();
        let mut concluded = Vec::with_capacity(ended.len());
        let (mut outcomes, mut own) = (self.connection.many(&CONCLUDE)?, Vec::new());
        for (at, number, entry) in ended {
            let is_own = entry.message_uuid.is_none() || are_own.next().unwrap_or(false);
            if is_own || self.has_outcome(number, entry.outcome)? {
                with_outcome(number, entry, 0, |values| outcomes.add(&values[..values.len() - 1]))?;
                own.push(entry);
                concluded.push((at, Ok(Entered::Written(number))));
            } else {
                concluded.push((at, Err(JournalError::TakenOver)));
            }
        }
        for (entry, changed) in own.into_iter().zip(outcomes.execute()?) {
            if changed > 0 {
                self.hours.count(&EndedCall::of(entry));
            }
        }
        Ok(concluded)
    }

    /// Whether the row has that outcome already: the commit of an earlier attempt may have come through although the
    /// connection broke.
    fn has_outcome(&self, number: i64, outcome: Outcome) -> engine::Result<bool> {
        let query = "SELECT outcome FROM journal WHERE number = ?1";
        let kept: Option<String> = self.connection.query_row(query, [number], |row| row.get(0)).optional()?;
        Ok(kept.as_deref() == Some(outcome.code()))
    }

    /// Writes what was counted, always in the same order.
    pub fn count(self) -> engine::Result<()> {
        let mut count = self.connection.many(
            "INSERT INTO hits (authority, publication, priority, day, hits, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (authority, publication, priority, day) DO UPDATE
             SET hits = hits.hits + excluded.hits, last = max(hits.last, excluded.last)",
        )?;
        for ((authority, publication, priority, day), (hits, last)) in self.hits {
            count.add(params![authority, publication, priority, day, hits, last])?;
        }
        count.execute()?;
        self.hours.write(self.connection)
    }

    fn with_facts_digest<'e>(&self, entry: &'e JournalEntry) -> (&'e JournalEntry, Option<Digest>) {
        (entry, facts_digest(entry, self.key))
    }

    fn add_row(
        &mut self,
        rows: &mut Many<'_>,
        entry: &JournalEntry,
        facts: Option<&Digest>,
        is_first: bool,
        number: Option<i64>,
    ) -> engine::Result<()> {
        if entry.outcome != Outcome::UnderWay {
            self.hours.count(&EndedCall::of(entry));
        }
        if let Some(routed) = entry.routed.as_ref().filter(|_| is_first) {
            let (at, priority) = (nanoseconds(entry.received_at), routed.priority.map_or(0, Priority::get));
            let rule = (routed.authority.to_string(), routed.publication.get(), priority, begin_of(DAY, at));
            let (hits, last) = self.hits.entry(rule).or_insert((0, at));
            (*hits, *last) = (*hits + 1, at.max(*last));
        }
        with_row(entry, self.key, facts, is_first, number, |values| rows.add(values))
    }
}

/// With the number that was claimed, or the next one.
static INSERT: LazyLock<String> = LazyLock::new(|| {
    let count = COLUMNS.split(", ").count();
    let parameters: Vec<_> = (1..count).map(|number| format!("?{number}")).collect();
    format!(
        "INSERT INTO journal ({COLUMNS}) VALUES (coalesce(?{count}, nextval('journal_number_seq')), {})
         RETURNING number",
        parameters.join(", ")
    )
});

/// Unless the row has an outcome.
static CONCLUDE: LazyLock<String> = LazyLock::new(|| format!("{} AND outcome = 'undervejs'", *CONCLUDE_MOVED));
