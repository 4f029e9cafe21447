use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

use crate::rules::book::{Authority, Criterion, FagsystemId, Priority, Rule, Segment, Validity};

/// Which rule of one book has become which rule of another.
///
/// Rules have no names of their own, so they are known again by their likeness.
pub(super) struct Pairing<'a> {
    before: Vec<&'a Arc<Rule>>,
    after: Vec<&'a Arc<Rule>>,
    /// For each rule before, the position of the one that it has become.
    partners: Vec<Option<usize>>,
    is_paired: Vec<bool>,
}

/// All that a rule says but its number.
type Content<'a> = (&'a FagsystemId, Segment, &'a Criterion, Validity, bool, &'a str);

/// All that a rule says but its number.
pub(in crate::rules) fn content(rule: &Rule) -> Content<'_> {
    (&rule.fagsystem, rule.segment, &rule.criterion, rule.validity, rule.active, &rule.note)
}

impl<'a> Pairing<'a> {
    pub fn new(before: &'a [Arc<Rule>], after: &'a [Arc<Rule>]) -> Self {
        let (before, after) = (in_order(before), in_order(after));
        let mut pairing =
            Self { partners: vec![None; before.len()], is_paired: vec![false; after.len()], before, after };
        pairing.pair_identical();
        pairing.pair_by(content);
        pairing.pair_by(|rule| (rule.priority, &rule.criterion, rule.segment));
        pairing.pair_by(|rule| (&rule.criterion, rule.segment));
        pairing.pair_by(|rule| rule.priority);
        pairing
    }

    /// Each rule before with the one after that it has become.
    pub fn pairs(&self) -> impl Iterator<Item = (&'a Arc<Rule>, &'a Arc<Rule>)> + '_ {
        self.before.iter().zip(&self.partners).filter_map(|(before, at)| Some((*before, self.after[(*at)?])))
    }

    /// The rules that are there only before.
    pub fn removed(&self) -> impl Iterator<Item = &'a Arc<Rule>> + '_ {
        self.before.iter().zip(&self.partners).filter(|(_, at)| at.is_none()).map(|(rule, _)| *rule)
    }

    /// The rules that are there only after.
    pub fn added(&self) -> impl Iterator<Item = &'a Arc<Rule>> + '_ {
        self.after.iter().zip(&self.is_paired).filter(|(_, is_paired)| !**is_paired).map(|(rule, _)| *rule)
    }

    /// Most rules of two books are usually the same: they are found in one walk along both.
    fn pair_identical(&mut self) {
        let mut after = 0;
        for before in 0..self.before.len() {
            let rule = self.before[before];
            while self.after.get(after).is_some_and(|other| other.priority < rule.priority) {
                after += 1;
            }
            if self.after.get(after).is_some_and(|other| Arc::ptr_eq(rule, other) || rule == *other) {
                self.pair(before, after);
                after += 1;
            }
        }
    }

    /// Pairs those left over that have the same key, the first with the first.
    fn pair_by<K: Eq + Hash>(&mut self, key: impl Fn(&'a Rule) -> K) {
        let mut left: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (at, rule) in self.after.iter().enumerate().filter(|(at, _)| !self.is_paired[*at]) {
            left.entry(key(rule)).or_default().push_back(at);
        }
        for before in 0..self.before.len() {
            if self.partners[before].is_none()
                && let Some(after) = left.get_mut(&key(self.before[before])).and_then(VecDeque::pop_front)
            {
                self.pair(before, after);
            }
        }
    }

    fn pair(&mut self, before: usize, after: usize) {
        self.partners[before] = Some(after);
        self.is_paired[after] = true;
    }
}

fn in_order(rules: &[Arc<Rule>]) -> Vec<&Arc<Rule>> {
    let mut rules: Vec<_> = rules.iter().collect();
    rules.sort_by_key(|rule| rule.priority);
    rules
}

impl Authority {
    /// For each rule of this authority, as it is before, that lives on in the other, its priority there.
    #[must_use]
    pub fn counterparts(&self, after: &Authority) -> HashMap<Priority, Priority> {
        Pairing::new(&self.rules, &after.rules).pairs().map(|(old, new)| (old.priority, new.priority)).collect()
    }
}
