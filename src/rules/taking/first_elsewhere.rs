//! Which facts an earlier rule may take a message by.

use std::collections::HashSet;

use super::senders::KINDS;
use super::stretches::Place;
use crate::rules::book::{CriterionKind, FagsystemId, Rule};
use crate::rules::coverage::can_meet;
use crate::rules::values::Cvr;

/// For each kind of sender and each fact, the first rule on it, and the first that sends to another fagsystem than that one.
/// No more is needed to know whether an earlier rule sends elsewhere than some fagsystem.
#[derive(Debug, Default)]
pub(super) struct FirstElsewhere<'r> {
    first: [[Firsts<'r>; CriterionKind::ALL.len()]; KINDS.len()],
}

#[derive(Debug, Clone, Copy, Default)]
struct Firsts<'r> {
    first: Option<(Place, &'r FagsystemId)>,
    other: Option<(Place, &'r FagsystemId)>,
}

impl<'r> FirstElsewhere<'r> {
    /// Of rules that are in force, in the order in which they are tried. `authorities` are the senders' numbers that make a
    /// sender an authority.
    pub fn of(rules: impl Iterator<Item = (Place, &'r Rule)>, authorities: &HashSet<Cvr>) -> Self {
        let mut all = Self::default();
        for (place, rule) in rules {
            for (kind, firsts) in KINDS.into_iter().zip(&mut all.first) {
                if !rule.segment.includes(kind) || !can_meet(&rule.criterion, kind, authorities) {
                    continue;
                }
                let firsts = &mut firsts[CriterionKind::of(&rule.criterion) as usize];
                match firsts.first {
                    None => firsts.first = Some((place, &rule.fagsystem)),
                    Some((_, first)) if *first != rule.fagsystem && firsts.other.is_none() => {
                        firsts.other = Some((place, &rule.fagsystem));
                    }
                    Some(_) => {}
                }
            }
        }
        all
    }

    /// The facts among `among` by which a rule before that place, or any rule where there is none, sends messages of such senders
    /// to another fagsystem.
    pub fn before(
        &self,
        place: Option<Place>,
        fagsystem: &FagsystemId,
        sender: usize,
        among: impl Fn(CriterionKind) -> bool,
    ) -> Vec<CriterionKind> {
        let is_before = |(other, to): (Place, &FagsystemId)| to != fagsystem && place.is_none_or(|place| other < place);
        let sends_elsewhere = |kind: &CriterionKind| {
            let firsts = &self.first[sender][*kind as usize];
            firsts.first.is_some_and(is_before) || firsts.other.is_some_and(is_before)
        };
        CriterionKind::ALL.into_iter().filter(|kind| among(*kind)).filter(sends_elsewhere).collect()
    }
}
