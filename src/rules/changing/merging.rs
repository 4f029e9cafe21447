use std::sync::Arc;

use jiff::civil::Date;

use crate::rules::book::{Authority, Criterion, Priority, Rule};
use crate::rules::values::{Classification, Interval};

/// Two rules that follow each other and could be one, which would decide the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbours {
    /// The rule that would stay.
    pub first: Priority,
    /// The rule that would be merged into it.
    pub second: Priority,
    /// What the one rule would require.
    pub criterion: Criterion,
}

impl Authority {
    /// The rules that could be one with the rule directly after them: both switched on and not over, for the same fagsystem,
    /// segment and days, on intervals of one classification with no number between them.
    #[must_use]
    pub fn neighbours(&self, today: Date) -> Vec<Neighbours> {
        let mut rules = self.rules_in_order();
        // What matches nothing from that day on stands between nothing.
        rules.retain(|rule| rule.active && rule.validity.to().is_none_or(|to| today <= to));
        let pairs = rules.windows(2).filter_map(|pair| {
            let (first, second) = (pair[0], pair[1]);
            let criterion = first.merged_with(second)?;
            Some(Neighbours { first: first.priority, second: second.priority, criterion })
        });
        pairs.collect()
    }

    /// Makes two rules one. Rules that are not there any more are left alone.
    pub fn merge(&mut self, neighbours: &Neighbours) {
        if self.rule(neighbours.second).is_none() {
            return;
        }
        for rule in self.rules.iter_mut().filter(|rule| rule.priority == neighbours.first) {
            Arc::make_mut(rule).criterion = neighbours.criterion.clone();
        }
        self.rules.retain(|rule| rule.priority != neighbours.second);
    }
}

impl Rule {
    /// What one rule would require in place of this and the next.
    fn merged_with(&self, next: &Self) -> Option<Criterion> {
        let is_alike =
            self.fagsystem == next.fagsystem && self.segment == next.segment && self.validity == next.validity;
        match (&self.criterion, &next.criterion) {
            _ if !is_alike => None,
            (Criterion::Kle(one), Criterion::Kle(other)) => joined(*one, *other).map(Criterion::Kle),
            (Criterion::Form(one), Criterion::Form(other)) => joined(*one, *other).map(Criterion::Form),
            _ => None,
        }
    }
}

/// The interval of the numbers in either, where there is none between them.
fn joined<C: Classification>(one: Interval<C>, other: Interval<C>) -> Option<Interval<C>> {
    let (first, second) = if one.lowest() <= other.lowest() { (one, other) } else { (other, one) };
    if second.lowest() > first.highest() + 1 {
        return None;
    }
    let end = if first.highest() >= second.highest() { first } else { second };
    Some(Interval::from_through(first.first(), end.last().unwrap_or(end.first())))
}
