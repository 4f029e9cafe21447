use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

use crate::rules::book::{Authority, Criterion, FagsystemId, Priority, Rule, Segment, Validity};

/// Which rule of one book has become which rule of another.
///
/// Rules have no ids: people renumber, edit and copy them. So they are paired by likeness, the most alike first: those that
/// are the same; those that differ in the number alone; those with the same number, criterion and segment; with the same
/// criterion and segment; and with the same number.
pub(super) struct Pairing<'a> {
    before: Vec<&'a Arc<Rule>>,
    after: Vec<&'a Arc<Rule>>,
    /// For each rule before, the position of its counterpart in `after`.
    partners: Vec<Option<usize>>,
    is_paired: Vec<bool>,
}

/// Everything in a rule but its number.
type Content<'a> = (&'a FagsystemId, Segment, &'a Criterion, Validity, bool, &'a str);

/// Everything in a rule but its number.
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

    /// The rules of both books, each with its counterpart.
    pub fn pairs(&self) -> impl Iterator<Item = (&'a Arc<Rule>, &'a Arc<Rule>)> + '_ {
        self.before.iter().zip(&self.partners).filter_map(|(before, at)| Some((*before, self.after[(*at)?])))
    }

    /// The rules without a counterpart after.
    pub fn removed(&self) -> impl Iterator<Item = &'a Arc<Rule>> + '_ {
        self.before.iter().zip(&self.partners).filter(|(_, at)| at.is_none()).map(|(rule, _)| *rule)
    }

    /// The rules without a counterpart before.
    pub fn added(&self) -> impl Iterator<Item = &'a Arc<Rule>> + '_ {
        self.after.iter().zip(&self.is_paired).filter(|(_, is_paired)| !**is_paired).map(|(rule, _)| *rule)
    }

    /// Most rules of two books are usually the same, and one walk along both finds them.
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

    /// Pairs the remaining rules that have the same key, in order of priority.
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
    /// For the rules of this authority that have a counterpart in a later state of it, the priority there.
    #[must_use]
    pub fn counterparts(&self, after: &Authority) -> HashMap<Priority, Priority> {
        Pairing::new(&self.rules, &after.rules).pairs().map(|(old, new)| (old.priority, new.priority)).collect()
    }
}
