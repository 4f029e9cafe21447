//! The rows that have been read, and how updates are merged into them.

use crate::desktop::service::MessageCounts;
use crate::store::{JournalRow, MessageCursor, MessagePage, MessageUpdates, MessageWatch};

/// At most this many rows are held; older ones are found by searching.
const MOST: usize = 20_000;
/// At most this many new rows are held until they are shown; more are only counted.
const MOST_WAITING: usize = 1_000;

/// Rows of the journal, latest first.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub rows: Vec<JournalRow>,
    /// Where older rows begin; `None` when all have been read.
    next: Option<MessageCursor>,
    /// What to read updates by; `None` until the first rows have been read.
    watch: Option<MessageWatch>,
    /// New rows that match, held back while people look at older ones.
    waiting: Vec<JournalRow>,
    /// How many new rows match that are not held.
    missed: u64,
    /// There were too many new rows to read them all.
    has_gap: bool,
    /// Older rows have been dropped to make room.
    is_cut: bool,
    /// How many new rows do not match.
    pub others: u64,
    pub counts: Option<MessageCounts>,
    is_reading_more: bool,
}

impl Listing {
    /// Begins with the newest rows.
    pub fn begin(page: MessagePage, counts: Option<MessageCounts>) -> Self {
        Self { rows: page.rows, next: page.next, watch: Some(page.watch), counts, ..Self::default() }
    }

    /// Appends older rows.
    pub fn append(&mut self, page: MessagePage) {
        self.is_reading_more = false;
        self.rows.extend(page.rows);
        self.next = page.next;
    }

    /// Where older rows begin; `None` when there are none or they are being read.
    pub fn read_more(&mut self) -> Option<MessageCursor> {
        if self.is_reading_more || self.is_full() {
            return None;
        }
        self.is_reading_more = self.next.is_some();
        self.next
    }

    /// Lets older rows be read again after a failure.
    pub fn reading_failed(&mut self) {
        self.is_reading_more = false;
    }

    pub fn is_full(&self) -> bool {
        self.is_cut || self.rows.len() >= MOST && self.next.is_some()
    }

    pub fn watch(&self) -> Option<&MessageWatch> {
        self.watch.as_ref()
    }

    /// How many new rows match that are not shown.
    pub fn waiting(&self) -> u64 {
        self.waiting.len() as u64 + self.missed
    }

    pub fn position(&self, number: i64) -> Option<usize> {
        position_of(&self.rows, number).ok()
    }

    /// Merges updates. New rows are shown at once if the list is at its top, and held back otherwise. Returns whether the list
    /// must be read again.
    pub fn merge(&mut self, updates: MessageUpdates, is_at_top: bool) -> bool {
        let (new, others) = (updates.rows.len() as u64, updates.others);
        let mut fits_now = 0_u64;
        let mut fits_no_more = 0_u64;
        for (row, fits) in updates.ended {
            let list = if self.waiting.last().is_some_and(|oldest| oldest.number <= row.number) {
                &mut self.waiting
            } else {
                &mut self.rows
            };
            match (position_of(list, row.number), fits) {
                (Ok(at), true) => list[at] = row,
                (Ok(at), false) => {
                    list.remove(at);
                    fits_no_more += 1;
                }
                (Err(at), true) => {
                    fits_now += 1;
                    if at < list.len() || self.next.is_none() {
                        list.insert(at, row);
                    }
                }
                (Err(_), false) => {}
            }
        }
        self.waiting.splice(0..0, updates.rows);
        if self.waiting.len() > MOST_WAITING {
            self.missed += (self.waiting.len() - MOST_WAITING) as u64;
            self.waiting.truncate(MOST_WAITING);
        }
        self.has_gap |= updates.is_more;
        self.others = (self.others + others).saturating_sub(fits_now);
        self.watch = Some(updates.watch);
        if let Some(counts) = &mut self.counts {
            counts.all += new + others;
            counts.shown = (counts.shown + new + fits_now).saturating_sub(fits_no_more);
        }
        is_at_top && self.show_waiting()
    }

    /// Shows the rows that were held back. Returns whether the list must be read again because some are missing.
    pub fn show_waiting(&mut self) -> bool {
        self.rows.splice(0..0, std::mem::take(&mut self.waiting));
        self.is_cut |= self.rows.len() > MOST;
        self.rows.truncate(MOST);
        let has_gap = std::mem::take(&mut self.has_gap);
        std::mem::take(&mut self.missed) > 0 || has_gap
    }
}

fn position_of(rows: &[JournalRow], number: i64) -> Result<usize, usize> {
    rows.binary_search_by(|row| number.cmp(&row.number))
}
