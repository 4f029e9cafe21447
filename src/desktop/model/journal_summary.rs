//! What the journal tells of the past: how often each rule decided, and what messages said.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::rules::{Cvr, Priority};
use crate::store::{PublicationNumber, Traffic};

/// How many days back messages count.
pub const DAYS: i64 = 30;

/// What the journal tells.
#[derive(Debug, Clone, Default)]
pub struct JournalSummary {
    /// The messages of the last thirty days.
    pub traffic: Arc<Traffic>,
    /// Where the reading of them began.
    pub since: Option<Timestamp>,
    pub hits: HitTable,
    /// Grows with every reading.
    pub version: u64,
}

/// How often rules decided, by the numbers that a publication knows them under.
#[derive(Debug, Clone, Default)]
pub struct HitTable {
    /// The publication.
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

    /// Counts in what a rule, or the default recipient, had under another publication.
    pub fn add(&mut self, authority: Cvr, priority: Option<Priority>, more: Hits) {
        let hits = self.rules.entry((authority, priority)).or_insert(Hits { count: 0, last: more.last });
        hits.count += more.count;
        hits.last = hits.last.max(more.last);
    }

    /// What a rule had; the default recipient when there is no number.
    pub fn get(&self, authority: Cvr, priority: Option<Priority>) -> Option<Hits> {
        self.rules.get(&(authority, priority)).copied()
    }
}
