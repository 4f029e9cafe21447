use std::collections::BTreeMap;

use crate::rules::coverage::{Calendar, Coverage, Moment, Moments, Place};

/// Who follows whom for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Succession {
    /// From one day to the next, one block decides in place of another, for another fagsystem.
    Handover { from: usize, to: usize },
    /// No block decides any more, perhaps until another one does, and the default recipient gets messages.
    Gap { after: usize, then: Option<usize> },
}

/// A succession, when it is, and for which senders.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    pub succession: Succession,
    /// The day of a handover twice, or the first and the last day of a gap, as moments of the first kind of sender.
    pub days: (Moment, Moment),
    /// The kinds of senders, in their order.
    pub senders: Vec<u8>,
    /// Whether these are all for whom any block ever decides the value.
    pub is_for_all: bool,
}

/// Follows the values of one fact through the days, and gathers what happens to each.
#[derive(Debug)]
pub struct Successions<'c> {
    coverage: &'c Coverage,
    /// What happens, and to which values: places in order.
    pub events: BTreeMap<Event, Vec<Place>>,
    /// How many stretches may still be looked at.
    left: usize,
}

/// A stretch of days on which a block decides.
type Taken = (Moment, Moment, usize);

impl<'c> Successions<'c> {
    pub fn new(coverage: &'c Coverage, most: usize) -> Self {
        Self { coverage, events: BTreeMap::new(), left: most }
    }

    /// Follows a value, or values that fare alike, for which these blocks are the first at those moments. Returns whether it
    /// had to stop.
    pub fn follow<'m>(&mut self, place: Place, first: impl Iterator<Item = &'m (usize, Moments)>) -> bool {
        let mut taken: Vec<Taken> = Vec::new();
        let mut free = self.coverage.blocks.calendar.all().without(self.coverage.closed());
        for (block, moments) in first {
            let open = if self.coverage.is_on_recipient(*block) {
                moments.clone()
            } else {
                moments.without(self.coverage.closed_before(*block))
            };
            taken.extend(open.stretches().iter().map(|(from, to)| (*from, *to, *block)));
            free = free.without(moments);
        }
        taken.sort_unstable();
        let looked_at = taken.len() + free.stretches().len();
        let Some(left) = self.left.checked_sub(looked_at) else { return true };
        self.left = left;
        let everyone: Vec<u8> = kinds(taken.iter().map(|(from, ..)| *from));
        let mut found: BTreeMap<(Succession, (Moment, Moment)), Vec<u8>> = BTreeMap::new();
        for (succession, stretch) in self.handovers(&taken).into_iter().chain(gaps(&taken, &free)) {
            let days = (Calendar::on_first_kind(stretch.0), Calendar::on_first_kind(stretch.1));
            found.entry((succession, days)).or_default().extend(kinds([stretch.0]));
        }
        for ((succession, days), mut senders) in found {
            senders.sort_unstable();
            let is_for_all = senders == everyone;
            let places = self.events.entry(Event { succession, days, senders, is_for_all }).or_default();
            match (places.last_mut(), place) {
                (Some(Place::Range(_, end)), Place::Range(first, last)) if *end == first => *end = last,
                _ => places.push(place),
            }
        }
        false
    }

    fn handovers(&self, taken: &[Taken]) -> Vec<(Succession, (Moment, Moment))> {
        let calendar = self.coverage.blocks.calendar;
        let fagsystem = |block: usize| self.coverage.block(block).fagsystem;
        let pairs = taken.windows(2).filter_map(|pair| {
            let ((_, last, from), (first, _, to)) = (pair[0], pair[1]);
            let is_next_day = calendar.next(last) == Some(first);
            (is_next_day && fagsystem(from) != fagsystem(to))
                .then_some((Succession::Handover { from, to }, (first, first)))
        });
        pairs.collect()
    }
}

/// The free stretches after a block has decided, each with that block and the one that decides next.
fn gaps(taken: &[Taken], free: &Moments) -> Vec<(Succession, (Moment, Moment))> {
    let gaps = free.stretches().iter().filter_map(|stretch| {
        let later = taken.partition_point(|(from, ..)| *from <= stretch.0);
        let is_alike = |it: &&Taken| Calendar::is_same_kind(it.0, stretch.0);
        let (.., after) = taken[..later].last().filter(is_alike)?;
        let then = taken.get(later).filter(is_alike).map(|(.., block)| *block);
        Some((Succession::Gap { after: *after, then }, *stretch))
    });
    gaps.collect()
}

/// The kinds of senders of these moments, in order.
fn kinds(moments: impl IntoIterator<Item = Moment>) -> Vec<u8> {
    let mut kinds: Vec<u8> = moments.into_iter().map(Calendar::kind_number).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}
