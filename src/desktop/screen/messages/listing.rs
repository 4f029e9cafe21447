//! The rows that have been read, and how news are taken in.

use crate::desktop::service::MessageCounts;
use crate::store::{JournalRow, MessageCursor, MessagePage, MessageUpdates, MessageWatch};

/// So many rows are held; what is older is found by searching.
const MOST: usize = 20_000;
/// So many new rows wait; of more only the number is known.
const MOST_WAITING: usize = 1_000;

/// Rows of the log, the newest first.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub rows: Vec<JournalRow>,
    /// Where older rows begin; `None` when all have been read.
    next: Option<MessageCursor>,
    /// What may have changed; `None` until the first rows have come.
    watch: Option<MessageWatch>,
    /// New rows that fit, not shown while one looks at older ones.
    waiting: Vec<JournalRow>,
    /// How many new rows fit that are not even held.
    missed: u64,
    /// Some new rows were too many to be read.
    is_torn: bool,
    /// Older rows that were there have been dropped.
    is_cut: bool,
    /// How many new rows do not fit.
    pub others: u64,
    pub counts: Option<MessageCounts>,
    is_reading_on: bool,
}

impl Listing {
    /// Begins with the newest rows.
    pub fn begin(page: MessagePage, counts: Option<MessageCounts>) -> Self {
        Self { rows: page.rows, next: page.next, watch: Some(page.watch), counts, ..Self::default() }
    }

    /// Takes in older rows.
    pub fn go_on(&mut self, page: MessagePage) {
        self.is_reading_on = false;
        self.rows.extend(page.rows);
        self.next = page.next;
    }

    /// Where to read on, unless that is being done.
    pub fn read_on(&mut self) -> Option<MessageCursor> {
        if self.is_reading_on || self.is_full() {
            return None;
        }
        self.is_reading_on = self.next.is_some();
        self.next
    }

    /// Reading on has failed, and may be tried again.
    pub fn has_failed(&mut self) {
        self.is_reading_on = false;
    }

    pub fn is_full(&self) -> bool {
        self.is_cut || self.rows.len() >= MOST && self.next.is_some()
    }

    pub fn watch(&self) -> Option<&MessageWatch> {
        self.watch.as_ref()
    }

    /// How many new rows fit that are not shown.
    pub fn waiting(&self) -> u64 {
        self.waiting.len() as u64 + self.missed
    }

    pub fn position(&self, number: i64) -> Option<usize> {
        place_of(&self.rows, number).ok()
    }

    /// Takes in what has come; new rows stand on top at once, or wait. Says whether the list must be read anew.
    pub fn take_in(&mut self, news: MessageUpdates, at_the_top: bool) -> bool {
        let (new, others) = (news.rows.len() as u64, news.others);
        let mut fits_now = 0_u64;
        let mut fits_no_more = 0_u64;
        for (row, fits) in news.ended {
            let list = if self.waiting.last().is_some_and(|oldest| oldest.number <= row.number) {
                &mut self.waiting
            } else {
                &mut self.rows
            };
            match (place_of(list, row.number), fits) {
                (Ok(place), true) => list[place] = row,
                (Ok(place), false) => {
                    list.remove(place);
                    fits_no_more += 1;
                }
                (Err(place), true) => {
                    fits_now += 1;
                    if place < list.len() || self.next.is_none() {
                        list.insert(place, row);
                    }
                }
                (Err(_), false) => {}
            }
        }
        self.waiting.splice(0..0, news.rows);
        if self.waiting.len() > MOST_WAITING {
            self.missed += (self.waiting.len() - MOST_WAITING) as u64;
            self.waiting.truncate(MOST_WAITING);
        }
        self.is_torn |= news.is_more;
        self.others = (self.others + others).saturating_sub(fits_now);
        self.watch = Some(news.watch);
        if let Some(counts) = &mut self.counts {
            counts.all += new + others;
            counts.shown = (counts.shown + new + fits_now).saturating_sub(fits_no_more);
        }
        at_the_top && self.show_waiting()
    }

    /// Puts the rows that wait on top. Says whether the list must be read anew instead, for want of some.
    pub fn show_waiting(&mut self) -> bool {
        self.rows.splice(0..0, std::mem::take(&mut self.waiting));
        self.is_cut |= self.rows.len() > MOST;
        self.rows.truncate(MOST);
        let is_torn = std::mem::take(&mut self.is_torn);
        std::mem::take(&mut self.missed) > 0 || is_torn
    }
}

fn place_of(rows: &[JournalRow], number: i64) -> Result<usize, usize> {
    rows.binary_search_by(|row| number.cmp(&row.number))
}
