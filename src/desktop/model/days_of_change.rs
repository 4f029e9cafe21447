use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::rules::{Cvr, Rule, RuleBook};

/// The days on which rules of an authority begin or have ended the day before, in the draft or in the publication in force.
#[derive(Debug, Default)]
pub struct DaysOfChange {
    days: BTreeMap<Date, DayOfChange>,
    of: Option<Source>,
}

/// What changes on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayOfChange {
    /// So many rules begin.
    pub begin: usize,
    /// So many rules had their last day the day before.
    pub end: usize,
    /// It is so in the publication alone: in the draft nothing changes on that day.
    pub is_published_alone: bool,
}

/// Keeps the Arcs alive: identity is compared by pointer.
#[derive(Debug)]
struct Source {
    published: Arc<RuleBook>,
    draft: Arc<RuleBook>,
    authority: Cvr,
}

impl DaysOfChange {
    /// Works the days out anew if the rules have changed.
    pub fn refresh(&mut self, published: &Arc<RuleBook>, draft: &Arc<RuleBook>, authority: Cvr) {
        let is_known = self.of.as_ref().is_some_and(|of| {
            Arc::ptr_eq(&of.published, published) && Arc::ptr_eq(&of.draft, draft) && of.authority == authority
        });
        if is_known {
            return;
        }
        self.days = days(draft, authority);
        for (day, change) in days(published, authority) {
            self.days.entry(day).or_insert(DayOfChange { is_published_alone: true, ..change });
        }
        self.of = Some(Source { published: Arc::clone(published), draft: Arc::clone(draft), authority });
    }

    /// The first such day after that one.
    pub fn after(&self, day: Date) -> Option<Date> {
        self.days.range((Bound::Excluded(day), Bound::Unbounded)).next().map(|(day, _)| *day)
    }

    /// The last such day before that one.
    pub fn before(&self, day: Date) -> Option<Date> {
        self.days.range(..day).next_back().map(|(day, _)| *day)
    }

    /// The days from that one on, in order.
    pub fn since(&self, day: Date) -> impl Iterator<Item = (Date, DayOfChange)> {
        self.days.range(day..).map(|(day, change)| (*day, *change))
    }

    /// All of them, in order.
    pub fn all(&self) -> impl Iterator<Item = Date> {
        self.days.keys().copied()
    }

    /// What changes on that day; `None` where nothing does.
    pub fn on(&self, day: Date) -> Option<DayOfChange> {
        self.days.get(&day).copied()
    }
}

fn days(book: &RuleBook, authority: Cvr) -> BTreeMap<Date, DayOfChange> {
    let mut days: BTreeMap<Date, DayOfChange> = BTreeMap::new();
    let rules = book.authority(authority).into_iter().flat_map(|authority| &authority.rules);
    for rule in rules.filter(|rule| rule.active) {
        days.entry(rule.validity.from()).or_default().begin += 1;
        if let Some(day) = day_after(rule) {
            days.entry(day).or_default().end += 1;
        }
    }
    days
}

/// The first day on which a rule is over; `None` where it never is.
fn day_after(rule: &Rule) -> Option<Date> {
    rule.validity.to()?.checked_add(1.day()).ok()
}
