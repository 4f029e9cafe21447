use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::rules::book::{Priority, Validity};
use crate::rules::facts::SenderKind;

/// A rule that would take a message, unless one with a lower number would as well.
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
    pub senders: [bool; SenderKind::COUNT],
}

/// Which of the rules that want the same value wins, day by day and for each kind of sender.
///
/// The calendar is cut where any of the rules begins or ends; within a piece the winner stays the same. However many
/// rules there are, the winner is found by one binary search.
#[derive(Debug, Clone, Default)]
pub(super) struct Timeline {
    /// First day of each piece, ascending; the last piece has no end.
    starts: Vec<Date>,
    winners: Vec<[Option<Candidate>; SenderKind::COUNT]>,
}

impl Timeline {
    pub fn new(contenders: &[Contender]) -> Self {
        /// Who enters and who leaves on a day.
        #[derive(Default)]
        struct Turn<'a> {
            enter: Vec<&'a Contender>,
            leave: Vec<&'a Contender>,
        }
        let mut turns: BTreeMap<Date, Turn<'_>> = BTreeMap::new();
        for contender in contenders {
            turns.entry(contender.validity.from()).or_default().enter.push(contender);
            let day_after = contender.validity.to().and_then(|last| last.tomorrow().ok());
            if let Some(day_after) = day_after {
                turns.entry(day_after).or_default().leave.push(contender);
            }
        }
        let mut timeline = Self::default();
        let mut present: BTreeMap<Candidate, [bool; SenderKind::COUNT]> = BTreeMap::new();
        let mut best = [None; SenderKind::COUNT];
        for (day, turn) in turns {
            for contender in turn.enter {
                present.insert(contender.candidate, contender.senders);
                for sender in SenderKind::ALL {
                    let slot: &mut Option<Candidate> = &mut best[sender.index()];
                    if contender.senders[sender.index()] && slot.is_none_or(|best| contender.candidate < best) {
                        *slot = Some(contender.candidate);
                    }
                }
            }
            for contender in turn.leave {
                present.remove(&contender.candidate);
                for sender in SenderKind::ALL {
                    if best[sender.index()] == Some(contender.candidate) {
                        let next = present.iter().find(|(_, senders)| senders[sender.index()]);
                        best[sender.index()] = next.map(|(candidate, _)| *candidate);
                    }
                }
            }
            timeline.starts.push(day);
            timeline.winners.push(best);
        }
        timeline
    }

    pub fn winner(&self, sender: SenderKind, day: Date) -> Option<Candidate> {
        let pieces_begun = self.starts.partition_point(|start| *start <= day);
        self.winners[pieces_begun.checked_sub(1)?][sender.index()]
    }
}
