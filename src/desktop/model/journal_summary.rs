//! A summary of the journal: how often each rule decided, and the messages of the last thirty days.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Time;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use crate::rules::{Cvr, Priority};
use crate::store::{PublicationNumber, Traffic};

/// The summary covers this many days.
pub const DAYS: i64 = 30;

/// From when on the last thirty days count. How often a rule decided is known by whole days in UTC, so that all that is told of
/// the last thirty days begins with one: two figures of the same mail are the same.
pub fn since(now: Timestamp) -> Timestamp {
    let first = Offset::UTC.to_datetime(now - (24 * DAYS).hours()).date();
    Offset::UTC.to_timestamp(first.to_datetime(Time::midnight())).unwrap_or(now)
}

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct JournalSummary {
    /// The messages of the last thirty days.
    pub traffic: Arc<Traffic>,
    /// The time from which on messages and hits count; `None` before the first reading.
    pub since: Option<Timestamp>,
    pub hits: HitTable,
    /// Grows with every reading, so that others notice that it is newer.
    pub version: u64,
}

/// How often each rule decided, by the numbers that the rules have in one publication.
#[derive(Debug, Clone, Default)]
pub struct HitTable {
    /// That publication; `None` before the first reading.
    pub publication: Option<PublicationNumber>,
    rules: HashMap<(Cvr, Option<Priority>), Hits>,
}

/// How often a rule decided where a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hits {
    /// In the last thirty days.
    pub count: u64,
    /// The last time ever.
    pub last: Timestamp,
}

impl HitTable {
    pub fn of(publication: PublicationNumber) -> Self {
        Self { publication: Some(publication), rules: HashMap::new() }
    }

    /// Adds hits of a rule, or of the default recipient when there is no priority.
    pub fn add(&mut self, authority: Cvr, priority: Option<Priority>, more: Hits) {
        let hits = self.rules.entry((authority, priority)).or_insert(Hits { count: 0, last: more.last });
        hits.count += more.count;
        hits.last = hits.last.max(more.last);
    }

    /// The hits of a rule, or of the default recipient when there is no priority.
    pub fn get(&self, authority: Cvr, priority: Option<Priority>) -> Option<Hits> {
        self.rules.get(&(authority, priority)).copied()
    }
}
