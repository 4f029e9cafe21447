use std::collections::HashMap;
use std::time::Duration;

use rusqlite::{Connection, params};

use super::limits::LIMITS;
use super::record_changes::RecordChanges;
use super::{JournalEntry, Outcome};
use crate::rules::{Cvr, FagsystemId};
use crate::store::time::{HOUR, begin_of, nanoseconds};

/// The outcomes since the last commit, summed by hour, so that a commit updates each sum once.
#[derive(Debug, Default)]
pub(super) struct HourlyCounts {
    kinds: HashMap<Kind, Sums>,
    records: RecordChanges,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Kind {
    /// When it began.
    hour: i64,
    to: Option<(Cvr, FagsystemId)>,
    outcome: Outcome,
    by_default: bool,
}

#[derive(Debug, Default)]
struct Sums {
    messages: i64,
    bytes: u64,
    within: [i64; LIMITS.len()],
    slowest: Duration,
    last: Option<i64>,
}

impl HourlyCounts {
    /// Counts a message that has an outcome.
    pub fn count(&mut self, entry: &JournalEntry) {
        if entry.outcome == Outcome::UnderWay || entry.repeats.is_some() {
            return;
        }
        self.records.count(entry);
        let received_at = nanoseconds(entry.received_at);
        let kind = Kind {
            hour: begin_of(HOUR, received_at),
            to: entry.routed.as_ref().map(|routed| (routed.authority, routed.fagsystem.clone())),
            outcome: entry.outcome,
            by_default: entry.routed.as_ref().is_some_and(|routed| routed.priority.is_none()),
        };
        let sums = self.kinds.entry(kind).or_default();
        sums.messages += 1;
        sums.bytes += entry.bytes;
        for (count, limit) in sums.within.iter_mut().zip(LIMITS) {
            *count += i64::from(entry.timing.total <= limit);
        }
        sums.slowest = sums.slowest.max(entry.timing.total);
        sums.last = sums.last.max(Some(received_at));
    }

    pub fn write(self, connection: &Connection) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO hours VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
             ON CONFLICT DO UPDATE
             SET messages = messages + excluded.messages, bytes = bytes + excluded.bytes,
                 within_100 = within_100 + excluded.within_100, within_300 = within_300 + excluded.within_300,
                 within_1000 = within_1000 + excluded.within_1000, within_1500 = within_1500 + excluded.within_1500,
                 within_4000 = within_4000 + excluded.within_4000, slowest_us = max(slowest_us, excluded.slowest_us),
                 last = max(last, excluded.last)",
        )?;
        for (kind, sums) in self.kinds {
            let (authority, fagsystem) = kind.to.map(|(cvr, id)| (cvr.to_string(), id.to_string())).unwrap_or_default();
            let [within_100, within_300, within_1000, within_1500, within_4000] = sums.within;
            statement.execute(params![
                kind.hour,
                authority,
                fagsystem,
                kind.outcome.code(),
                kind.by_default,
                sums.messages,
                i64::try_from(sums.bytes).unwrap_or(i64::MAX),
                within_100,
                within_300,
                within_1000,
                within_1500,
                within_4000,
                i64::try_from(sums.slowest.as_micros()).unwrap_or(i64::MAX),
                sums.last,
            ])?;
        }
        self.records.write(connection)
    }
}
