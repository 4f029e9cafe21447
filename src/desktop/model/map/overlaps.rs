use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use crate::rules::{Authority, Classification, Criterion, Interval, Priority, Rule, Segment};

/// The rules of which an earlier one that looks at the same fact takes a part to another fagsystem on that day, each with the
/// first such rule.
pub fn overlapped(authority: &Authority, day: Date) -> BTreeMap<Priority, Priority> {
    let mut rules = authority.rules_in_order();
    rules.retain(|rule| rule.active && rule.validity.includes(day));
    let mut found = BTreeMap::new();
    let mut add = |earlier: &Rule, later: &Rule| {
        if earlier.fagsystem != later.fagsystem && share_senders(earlier.segment, later.segment) {
            let first = found.entry(later.priority).or_insert(earlier.priority);
            *first = (*first).min(earlier.priority);
        }
    };
    let mut by_value: HashMap<&Criterion, Vec<&Rule>> = HashMap::new();
    let (mut kle, mut form) = (Vec::new(), Vec::new());
    for rule in rules {
        match &rule.criterion {
            Criterion::Kle(interval) => kle.push((*interval, rule)),
            Criterion::Form(interval) => form.push((*interval, rule)),
            value => {
                let same = by_value.entry(value).or_default();
                for earlier in same.iter() {
                    add(earlier, rule);
                }
                same.push(rule);
            }
        }
    }
    touching(kle, &mut add);
    touching(form, &mut add);
    found
}

fn share_senders(one: Segment, other: Segment) -> bool {
    one == other || one == Segment::Everyone || other == Segment::Everyone
}

/// Every two rules whose intervals have a number in common.
fn touching<C: Classification + Eq>(mut rules: Vec<(Interval<C>, &Rule)>, add: &mut impl FnMut(&Rule, &Rule)) {
    rules.sort_by_key(|(interval, _)| interval.first());
    let mut open: Vec<(Interval<C>, &Rule)> = Vec::new();
    for (interval, rule) in rules {
        open.retain(|(earlier, _)| earlier.touches(interval));
        for (_, other) in &open {
            let (earlier, later) = if other.priority < rule.priority { (*other, rule) } else { (rule, *other) };
            add(earlier, later);
        }
        open.push((interval, rule));
    }
}
