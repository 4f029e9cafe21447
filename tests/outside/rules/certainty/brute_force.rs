//! Tries every message on every day, by the naive reading of the rules.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use postfordeler::rules::{Facts, Rule, RuleBook};

use super::small_books::messages;
use crate::rules::naive::matches;

/// The rules of a book's only authority, and which of them match each message on each day, in order.
pub struct Tried<'a> {
    pub rules: Vec<&'a Rule>,
    pub default: &'a str,
    /// The day and the positions of the rules, each combination once.
    pub matching: BTreeSet<(Date, Vec<usize>)>,
}

impl<'a> Tried<'a> {
    pub fn all(book: &'a RuleBook, days: &[Date]) -> Self {
        let authority = &book.authorities[0];
        let rules = authority.rules_in_order();
        let mut matching = BTreeSet::new();
        let recipients: Vec<_> = authority.cvrs().collect();
        for facts in messages(&recipients) {
            let by_fact: Vec<usize> = (0..rules.len()).filter(|at| matches(book, rules[*at], &facts)).collect();
            for day in days {
                let valid = by_fact.iter().copied().filter(|at| rules[*at].validity.includes(*day));
                matching.insert((*day, valid.collect()));
            }
        }
        Self { rules, default: authority.default_fagsystem.as_str(), matching }
    }

    /// The fagsystem of that rule, or of the default recipient.
    pub fn fagsystem(&self, rule: Option<usize>) -> &str {
        rule.map_or(self.default, |at| self.rules[at].fagsystem.as_str())
    }

    /// The days on which each rule decides any message.
    pub fn deciding_days(&self) -> BTreeMap<usize, BTreeSet<Date>> {
        let mut days: BTreeMap<usize, BTreeSet<Date>> = BTreeMap::new();
        for (day, matching) in &self.matching {
            if let Some(first) = matching.first() {
                days.entry(*first).or_default().insert(*day);
            }
        }
        days
    }

    /// The rules that decide a message which that one matches too, for another fagsystem.
    pub fn overlaps(&self, rule: usize) -> BTreeSet<usize> {
        let others = self.matching.iter().filter(|(_, matching)| matching.contains(&rule)).map(|(_, it)| it[0]);
        others.filter(|first| self.rules[*first].fagsystem != self.rules[rule].fagsystem).collect()
    }

    /// Whether every message that the rule decides would go to the same fagsystem without it; `None` if it decides none.
    pub fn is_redundant(&self, rule: usize) -> Option<bool> {
        let decided: Vec<_> = self.matching.iter().filter(|(_, matching)| matching.first() == Some(&rule)).collect();
        let own = self.rules[rule].fagsystem.as_str();
        (!decided.is_empty()).then(|| decided.iter().all(|(_, it)| self.fagsystem(it.get(1).copied()) == own))
    }

    /// Whether any message on any of the days falls to the default recipient.
    pub fn reaches_the_default(&self) -> bool {
        self.matching.iter().any(|(_, matching)| matching.is_empty())
    }
}

/// Who decides a message in a book with one authority, and for which fagsystem; `None` when it is not for it.
pub fn decided(book: &RuleBook, facts: &Facts, day: Date) -> Option<(Option<u32>, String)> {
    let authority = &book.authorities[0];
    let recipient = facts.recipient?;
    if !authority.cvrs().any(|own| own == recipient) {
        return None;
    }
    let first =
        authority.rules_in_order().into_iter().find(|rule| rule.validity.includes(day) && matches(book, rule, facts));
    let fagsystem = first.map_or(&authority.default_fagsystem, |rule| &rule.fagsystem);
    Some((first.map(|rule| rule.priority.get()), fagsystem.to_string()))
}
