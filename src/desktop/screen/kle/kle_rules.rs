//! Which rules take a number, and how many messages carried it.

use std::sync::Arc;

use jiff::civil::Date;

use crate::desktop::screen::scene::Scene;
use crate::rules::{Authority, Criterion, Cvr, Interval, Kle, KleNumbers, Rule, RuleBook};

/// The authority's rules that look at KLE numbers, in their order.
#[derive(Debug, Default)]
pub(super) struct Takers {
    rules: Vec<(Interval<KleNumbers>, Arc<Rule>)>,
    of: Option<(Arc<RuleBook>, Cvr)>,
}

/// Who takes a number today.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken<'a> {
    /// The first rule that takes the whole of it.
    pub first: Option<&'a Rule>,
    /// How many others take it, or a part of it.
    pub others: usize,
}

impl Takers {
    pub fn refresh(&mut self, scene: Scene<'_>) {
        let (book, cvr) = (scene.bench.book(), scene.authority.cvr);
        if self.of.as_ref().is_some_and(|(of, authority)| Arc::ptr_eq(of, book) && *authority == cvr) {
            return;
        }
        self.rules = kle_rules(scene.authority);
        self.of = Some((Arc::clone(book), cvr));
    }

    pub fn of(&self, number: Kle, scene: Scene<'_>) -> Taken<'_> {
        let mut first = None;
        let mut others = 0;
        // One that can never win takes nothing, whatever it looks at.
        let takes = |rule: &Rule| is_in_force(rule, scene.today) && scene.never(rule).is_none();
        for (interval, rule) in self.touching(number).filter(|(_, rule)| takes(rule)) {
            if first.is_none() && interval.covers(number.into()) {
                first = Some(rule);
            } else {
                others += 1;
            }
        }
        Taken { first, others }
    }

    /// Every rule that speaks of the number or of a part of it, in force or not.
    pub fn touching(&self, number: Kle) -> impl Iterator<Item = (Interval<KleNumbers>, &Rule)> {
        let touching = self.rules.iter().filter(move |(interval, _)| interval.touches(number.into()));
        touching.map(|(interval, rule)| (*interval, &**rule))
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

fn is_in_force(rule: &Rule, today: Date) -> bool {
    rule.active && rule.validity.includes(today)
}

/// How many messages to the authority carried the chosen number, or one below it. Counted once, not for each picture.
#[derive(Debug, Default)]
pub(super) struct Carried {
    of: Option<(Kle, Cvr, u64)>,
    count: u64,
}

impl Carried {
    pub fn refresh(&mut self, number: Option<Kle>, scene: Scene<'_>) {
        let of = number.map(|number| (number, scene.authority.cvr, scene.record.version));
        if self.of == of {
            return;
        }
        self.of = of;
        let Some(number) = number else { return };
        let interval = Interval::from(number);
        let messages = scene.record.traffic.messages().filter(|(facts, _)| {
            facts.kle.is_some_and(|kle| interval.contains(kle))
                && facts.recipient.is_some_and(|recipient| scene.authority.cvrs().any(|own| own == recipient))
        });
        self.count = messages.map(|(_, count)| count).sum();
    }

    pub fn count(&self) -> u64 {
        self.count
    }
}
