//! How often each rule has decided, under the numbers that the rules have now.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::desktop::model::error::Error;
use crate::desktop::model::journal_summary::{HitTable, Hits};
use crate::rules::{Cvr, Priority, RuleBook};
use crate::store::{Publication, PublicationNumber, Store};

/// Hits of older publications than these many are not counted: each costs a comparison of two rule books.
const MAX_PUBLICATIONS: usize = 50;

/// The numbers that an authority's rules of one publication have in a later one.
type Renumbering = HashMap<(Cvr, Priority), Priority>;

/// Counts hits, and remembers how rules were renumbered between publications.
#[derive(Debug, Default)]
pub(super) struct HitCounter {
    renumberings: Mutex<HashMap<(PublicationNumber, PublicationNumber), Renumbering>>,
}

impl HitCounter {
    /// The hits since that time, by the rule numbers of the newest publication. A rule that was renumbered or changed
    /// keeps its hits: it is followed from publication to publication.
    pub fn count(&self, store: &Store, since: Timestamp, newest: &Publication) -> Result<HitTable, Error> {
        let mut table = HitTable::of(newest.number);
        let mut renumberings = self.renumberings.lock().unwrap_or_else(PoisonError::into_inner);
        renumberings.retain(|(_, to), _| *to == newest.number);
        let mut hits = store.rule_hits(since.to_zoned(TimeZone::UTC).date())?;
        hits.sort_by_key(|hit| Reverse(hit.publication));
        let mut publications: Vec<_> = hits.iter().map(|hit| hit.publication).collect();
        publications.dedup();
        publications.truncate(MAX_PUBLICATIONS);
        for hit in hits {
            let more = Hits { count: hit.hits, last: hit.last };
            let Some(priority) = hit.priority.filter(|_| hit.publication != newest.number) else {
                table.add(hit.authority, hit.priority, more);
                continue;
            };
            if !publications.contains(&hit.publication) {
                continue;
            }
            let renumbering = match renumberings.entry((hit.publication, newest.number)) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => {
                    let older = store.publication(hit.publication)?;
                    unknown.insert(older.map(|older| renumbering(&older.book, &newest.book)).unwrap_or_default())
                }
            };
            if let Some(now) = renumbering.get(&(hit.authority, priority)) {
                table.add(hit.authority, Some(*now), more);
            }
        }
        Ok(table)
    }
}

fn renumbering(older: &RuleBook, newer: &RuleBook) -> Renumbering {
    let mut numbers = Renumbering::new();
    for before in &older.authorities {
        let Some(after) = newer.authority(before.cvr) else { continue };
        let counterparts = before.counterparts(after).into_iter();
        numbers.extend(counterparts.map(|(from, to)| ((before.cvr, from), to)));
    }
    numbers
}
