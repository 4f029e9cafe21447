//! Which of the rules on a classification comes first, number by number.

use std::collections::{BTreeMap, BTreeSet};

use super::senders::KINDS;
use crate::rules::book::{Priority, Rule};

/// The place of a rule among the others: the lowest is tried first.
pub(super) type Place = (Priority, usize);

/// For each kind of sender, the rule that comes first; `None` where there is none.
pub(super) type Winners = [Option<Place>; KINDS.len()];

/// A rule, and the first and the last full number that it wants.
pub(super) type Wanting<'r> = (Place, &'r Rule, (u32, u32));

/// Cuts the numbers from 0 up to `end`, which is not included, into stretches over which the same rules come first. Each is
/// told by its first number, in ascending order, and none is like the one before it.
pub(super) fn stretches(rules: &[Wanting<'_>], end: u32) -> Vec<(u32, Winners)> {
    let mut cuts: BTreeMap<u32, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, (_, _, (first, last))) in rules.iter().enumerate() {
        cuts.entry(*first).or_default().0.push(at);
        cuts.entry(last + 1).or_default().1.push(at);
    }
    cuts.entry(0).or_default();
    let mut open: [BTreeSet<Place>; KINDS.len()] = Default::default();
    let mut stretches: Vec<(u32, Winners)> = Vec::new();
    for (cut, (begins, ends)) in cuts {
        if cut >= end {
            break;
        }
        for (kind, open) in KINDS.into_iter().zip(&mut open) {
            for (place, ..) in ends.iter().map(|at| &rules[*at]) {
                open.remove(place);
            }
            let begins = begins.iter().map(|at| &rules[*at]).filter(|(_, rule, _)| rule.segment.includes(kind));
            open.extend(begins.map(|(place, ..)| *place));
        }
        let winners = [0, 1, 2].map(|kind: usize| open[kind].first().copied());
        if stretches.last().is_none_or(|(_, before)| *before != winners) {
            stretches.push((cut, winners));
        }
    }
    stretches
}
