//! Which rules match a KLE number, and how many messages had it.

use std::sync::Arc;

use jiff::civil::Date;

use crate::desktop::screen::scene::Scene;
use crate::rules::{Authority, Criterion, Cvr, Interval, Kle, KleNumbers, Rule, RuleBook};

/// The authority's KLE rules, in order of priority.
#[derive(Debug, Default)]
pub(super) struct KleRules {
    rules: Vec<(Interval<KleNumbers>, Arc<Rule>)>,
    of: Option<(Arc<RuleBook>, Cvr)>,
}

/// The rules for a number that are in force on the day that is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coverage<'a> {
    /// The first rule that matches all of it.
    pub first: Option<&'a Rule>,
    /// The number of other rules that match it or a part of it.
    pub others: usize,
}

impl KleRules {
    pub fn refresh(&mut self, scene: Scene<'_>) {
        let (book, cvr) = (scene.bench.book(), scene.authority.cvr);
        if self.of.as_ref().is_some_and(|(of, authority)| Arc::ptr_eq(of, book) && *authority == cvr) {
            return;
        }
        self.rules = kle_rules(scene.authority);
        self.of = Some((Arc::clone(book), cvr));
    }

    pub fn of(&self, number: Kle, scene: Scene<'_>) -> Coverage<'_> {
        let mut first = None;
        let mut others = 0;
        // A rule that can never match gets no messages.
        let takes = |rule: &Rule| is_in_force(rule, scene.day()) && scene.never(rule).is_none();
        for (interval, rule) in self.overlapping(number).filter(|(_, rule)| takes(rule)) {
            if first.is_none() && interval.covers(number.into()) {
                first = Some(rule);
            } else {
                others += 1;
            }
        }
        Coverage { first, others }
    }

    /// All rules that match the number or a part of it, in force or not.
    pub fn overlapping(&self, number: Kle) -> impl Iterator<Item = (Interval<KleNumbers>, &Rule)> {
        let overlapping = self.rules.iter().filter(move |(interval, _)| interval.touches(number.into()));
        overlapping.map(|(interval, rule)| (*interval, &**rule))
    }
}

fn kle_rules(authority: &Authority) -> Vec<(Interval<KleNumbers>, Arc<Rule>)> {
    let interval = |rule: &Arc<Rule>| match rule.criterion {
        Criterion::Kle(interval) => Some((interval, Arc::clone(rule))),
        _ => None,
    };
    let mut rules: Vec<_> = authority.rules.iter().filter_map(interval).collect();
    rules.sort_by_key(|(_, rule)| rule.priority);
    rules
}

fn is_in_force(rule: &Rule, day: Date) -> bool {
    rule.active && rule.validity.includes(day)
}

/// The number of messages to the authority with the chosen number or one below it. Counted when something changes
/// rather than on each redraw.
#[derive(Debug, Default)]
pub(super) struct MessageCount {
    of: Option<(Kle, Cvr, u64)>,
    count: u64,
}

impl MessageCount {
    pub fn refresh(&mut self, number: Option<Kle>, scene: Scene<'_>) {
        let of = number.map(|number| (number, scene.authority.cvr, scene.journal.version));
        if self.of == of {
            return;
        }
        self.of = of;
        let Some(number) = number else { return };
        let interval = Interval::from(number);
        let messages = scene.journal.traffic.messages().filter(|(facts, _)| {
            facts.kle.is_some_and(|kle| interval.contains(kle))
                && facts.recipient.is_some_and(|recipient| scene.authority.cvrs().any(|own| own == recipient))
        });
        self.count = messages.map(|(_, count)| count).sum();
    }

    pub fn count(&self) -> u64 {
        self.count
    }
}
