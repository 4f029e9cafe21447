use std::sync::Arc;

use jiff::civil::Date;

use super::numbering::numbers_in_order;
use super::ordering::Renumbering;
use crate::rules::book::{Authority, FagsystemId, Priority, Rule, Validity};

/// What a switch from one fagsystem to another from a day does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// The authority as it is after.
    pub authority: Authority,
    /// Rules whose last day is now the day before, by the numbers that they had.
    pub ended: Vec<Priority>,
    /// Their successors, by the numbers that they get.
    pub begun: Vec<Priority>,
    /// Rules that begin on the day or later: only their fagsystem is another. By the numbers that they had.
    pub redirected: Vec<Priority>,
    /// Rules that are over before the day, by the numbers that they had.
    pub untouched: Vec<Priority>,
    /// What was renumbered to make room for the successors.
    pub renumbered: Renumbering,
}

/// What the switch means for a rule of the fagsystem that is left.
enum Fate {
    Untouched,
    Redirected,
    /// Ended, with the last day that it now has.
    Succeeded(Date),
}

impl Fate {
    fn of(rule: &Rule, day: Date) -> Self {
        match day.yesterday() {
            _ if rule.validity.to().is_some_and(|to| to < day) => Self::Untouched,
            Ok(last) if rule.validity.from() < day => Self::Succeeded(last),
            _ => Self::Redirected,
        }
    }
}

impl Authority {
    /// Sends what rules send to the one fagsystem to the other from that day on; before it, all stays as it is.
    ///
    /// A rule that is in force across the day is ended the day before, and a successor begins directly after it in the
    /// order, so that against all other rules it weighs the same. Rules that are switched off follow, so that they
    /// mean the new fagsystem when they are switched on. The default recipient stays.
    #[must_use]
    pub fn switch_fagsystem(&self, from: &FagsystemId, to: &FagsystemId, day: Date) -> Switch {
        let mut switch = Switch {
            authority: self.clone(),
            ended: Vec::new(),
            begun: Vec::new(),
            redirected: Vec::new(),
            untouched: Vec::new(),
            renumbered: Renumbering::default(),
        };
        if from == to {
            return switch;
        }
        let mut rules = self.rules.clone();
        rules.sort_by_key(|rule| rule.priority);
        let mut order: Vec<Arc<Rule>> = Vec::with_capacity(rules.len());
        // For each rule in the new order, the number that it has: successors have none yet.
        let mut numbers: Vec<Option<Priority>> = Vec::with_capacity(rules.len());
        for rule in rules {
            let number = rule.priority;
            numbers.push(Some(number));
            if rule.fagsystem != *from {
                order.push(rule);
                continue;
            }
            match Fate::of(&rule, day) {
                Fate::Untouched => {
                    switch.untouched.push(number);
                    order.push(rule);
                }
                Fate::Redirected => {
                    switch.redirected.push(number);
                    order.push(Arc::new(Rule { fagsystem: to.clone(), ..Rule::clone(&rule) }));
                }
                Fate::Succeeded(last) => {
                    let (predecessor, successor) = succeeded(&rule, to, last, day);
                    switch.ended.push(number);
                    order.extend([Arc::new(predecessor), Arc::new(successor)]);
                    numbers.push(None);
                }
            }
        }
        let new_numbers = numbers_in_order(&numbers);
        switch.begun = numbers.iter().zip(&new_numbers).filter(|(old, _)| old.is_none()).map(|(_, new)| *new).collect();
        switch.renumbered =
            Renumbering::new(numbers.iter().zip(&new_numbers).filter_map(|(old, new)| Some(((*old)?, *new))));
        for (rule, number) in order.iter_mut().zip(new_numbers) {
            if rule.priority != number {
                Arc::make_mut(rule).priority = number;
            }
        }
        switch.authority.rules = order;
        switch
    }
}

/// The rule with its new last day, and the one that takes over on the day after.
fn succeeded(rule: &Rule, to: &FagsystemId, last: Date, day: Date) -> (Rule, Rule) {
    let until = Validity::new(rule.validity.from(), Some(last)).expect("the rule began before the day of the switch");
    let since = Validity::new(day, rule.validity.to()).expect("the rule was not over before the day of the switch");
    (Rule { validity: until, ..rule.clone() }, Rule { validity: since, fagsystem: to.clone(), ..rule.clone() })
}
