use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::rules::book::{Priority, Validity};
use crate::rules::facts::SenderKind;

/// A rule that matches a message, ordered by priority: the least one decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    pub priority: Priority,
    /// The rule's position in its authority's list.
    pub rule: usize,
}

/// A rule on its way into a [`Timeline`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Contender {
    pub candidate: Candidate,
    pub validity: Validity,
    /// The kinds of senders it is for, at [`SenderKind::index`].
    pub senders: [bool; SenderKind::COUNT],
}

/// Which of the rules that require the same value wins, for each day and each kind of sender.
///
/// The calendar is cut where a rule begins or ends, and between two cuts the winner stays the same. So a binary search finds
/// it, however many rules there are.
#[derive(Debug, Clone, Default)]
pub(super) struct Timeline {
    /// The first day of each period, ascending. A period lasts until the next begins, and the last has no end.
    starts: Vec<Date>,
    /// The winner of each period for each kind of sender.
    winners: Vec<[Option<Candidate>; SenderKind::COUNT]>,
}

/// The rules that begin on a day, and those that ended the day before.
#[derive(Default)]
struct Boundary<'a> {
    begin: Vec<&'a Contender>,
    ended: Vec<&'a Contender>,
}

impl Timeline {
    pub fn new(contenders: &[Contender]) -> Self {
        let mut timeline = Self::default();
        let mut valid: BTreeMap<Candidate, [bool; SenderKind::COUNT]> = BTreeMap::new();
        let mut best = [None; SenderKind::COUNT];
        for (day, boundary) in boundaries(contenders) {
            for contender in boundary.begin {
                valid.insert(contender.candidate, contender.senders);
                for sender in SenderKind::ALL.map(SenderKind::index) {
                    let best: &mut Option<Candidate> = &mut best[sender];
                    if contender.senders[sender] && best.is_none_or(|best| contender.candidate < best) {
                        *best = Some(contender.candidate);
                    }
                }
            }
            for contender in boundary.ended {
                valid.remove(&contender.candidate);
                for sender in SenderKind::ALL.map(SenderKind::index) {
                    if best[sender] == Some(contender.candidate) {
                        best[sender] = valid.iter().find(|(_, senders)| senders[sender]).map(|(next, _)| *next);
                    }
                }
            }
            timeline.starts.push(day);
            timeline.winners.push(best);
        }
        timeline
    }

    /// The days after that one on which the winner changes.
    pub fn changes_after(&self, sender: SenderKind, day: Date) -> impl Iterator<Item = Date> + '_ {
        let winner = move |at: usize| self.winners[at][sender.index()];
        let first = self.starts.partition_point(|start| *start <= day);
        let changed = (first..self.starts.len()).filter(move |at| winner(*at) != at.checked_sub(1).and_then(winner));
        changed.map(|at| self.starts[at])
    }

    pub fn winner(&self, sender: SenderKind, day: Date) -> Option<Candidate> {
        let periods_begun = self.starts.partition_point(|start| *start <= day);
        self.winners[periods_begun.checked_sub(1)?][sender.index()]
    }
}

/// The days on which the set of valid rules changes.
fn boundaries(contenders: &[Contender]) -> BTreeMap<Date, Boundary<'_>> {
    let mut boundaries: BTreeMap<Date, Boundary<'_>> = BTreeMap::new();
    for contender in contenders {
        boundaries.entry(contender.validity.from()).or_default().begin.push(contender);
        if let Some(day_after) = contender.validity.to().and_then(|last| last.tomorrow().ok()) {
            boundaries.entry(day_after).or_default().ended.push(contender);
        }
    }
    boundaries
}
