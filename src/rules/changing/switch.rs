use std::sync::Arc;

use jiff::civil::Date;

use super::numbering::numbers_in_order;
use super::ordering::Renumbering;
use crate::rules::book::{Authority, FagsystemId, Priority, Rule, Validity};

/// What it takes to replace a fagsystem by another from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// The authority afterwards.
    pub authority: Authority,
    /// The rules that now end the day before, by their old priorities.
    pub ended: Vec<Priority>,
    /// Their successors, by their new priorities.
    pub begun: Vec<Priority>,
    /// The rules that begin on the day or later, of which only the fagsystem changes, by their old priorities.
    pub redirected: Vec<Priority>,
    /// The rules that end before the day and do not change, by their old priorities.
    pub untouched: Vec<Priority>,
    /// The renumbering that makes room for the successors.
    pub renumbered: Renumbering,
}

/// What the switch does to a rule of the old fagsystem.
enum SwitchEffect {
    Untouched,
    Redirected,
    /// It ends on that day, and a successor begins on the next.
    Succeeded(Date),
}

impl SwitchEffect {
    fn of(rule: &Rule, day: Date) -> Self {
        match day.yesterday() {
            _ if rule.validity.to().is_some_and(|to| to < day) => Self::Untouched,
            Ok(last) if rule.validity.from() < day => Self::Succeeded(last),
            _ => Self::Redirected,
        }
    }
}

impl Authority {
    /// Replaces a fagsystem by another in all rules from that day on, without changing any day before.
    ///
    /// A rule that is valid both before and on the day ends the day before, and a successor takes the place directly after it
    /// in the order, so that it has the same weight against all other rules. Rules that are switched off change as well, so
    /// that they name the new fagsystem when they are switched on. The default recipient stays.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use postfordeler::rules::Priority;
    /// # use postfordeler::rules::{Authority, Criterion, Fagsystem, FagsystemId, Rule, Validity};
    /// # let id = |text| FagsystemId::new(text).unwrap();
    /// # let (old, new) = (id("ydelse"), id("ksd"));
    /// # let fagsystem = Fagsystem::new(old.clone(), "Ydelse", "https://ydelse.eksempel.dk/postmodtag".parse().unwrap());
    /// # let mut authority = Authority::new("66137112".parse().unwrap(), "Eksempel Kommune", fagsystem);
    /// # let always = Validity::new(date(2020, 10, 25), None).unwrap();
    /// # let kle = Criterion::Kle("32".parse().unwrap());
    /// # authority.rules = vec![Rule::new(Priority::new(10).unwrap(), kle, old.clone(), always).into()];
    ///
    /// let switch = authority.switch_fagsystem(&old, &new, date(2027, 1, 1));
    /// let [ended, successor] = switch.authority.rules.as_slice() else { panic!("one rule has become two") };
    /// assert_eq!((&ended.fagsystem, ended.validity.to()), (&old, Some(date(2026, 12, 31))));
    /// assert_eq!((&successor.fagsystem, successor.validity.from()), (&new, date(2027, 1, 1)));
    /// assert!(ended.priority < successor.priority);
    /// ```
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
        // The number of each rule in the new order; successors have none yet.
        let mut numbers: Vec<Option<Priority>> = Vec::with_capacity(rules.len());
        for rule in rules {
            let number = rule.priority;
            numbers.push(Some(number));
            if rule.fagsystem != *from {
                order.push(rule);
                continue;
            }
            match SwitchEffect::of(&rule, day) {
                SwitchEffect::Untouched => {
                    switch.untouched.push(number);
                    order.push(rule);
                }
                SwitchEffect::Redirected => {
                    switch.redirected.push(number);
                    order.push(Arc::new(Rule { fagsystem: to.clone(), ..Rule::clone(&rule) }));
                }
                SwitchEffect::Succeeded(last) => {
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

/// The rule with its new last day, and the one that follows it.
fn succeeded(rule: &Rule, to: &FagsystemId, last: Date, day: Date) -> (Rule, Rule) {
    let until = Validity::new(rule.validity.from(), Some(last)).expect("the rule began before the day of the switch");
    let since = Validity::new(day, rule.validity.to()).expect("the rule was not over before the day of the switch");
    (Rule { validity: until, ..rule.clone() }, Rule { validity: since, fagsystem: to.clone(), ..rule.clone() })
}
