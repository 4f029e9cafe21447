use std::sync::Arc;

use jiff::civil::Date;

use super::proof::{Proof, Span};
use crate::rules::book::{Priority, Rule, RuleBook, Validity};
use crate::rules::deciding::{Destination, Distributor};
use crate::rules::values::Cvr;

/// Where the messages of rules go when the rules have ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expiry {
    /// The authority.
    pub authority: Cvr,
    /// The rule that ends.
    pub rule: Priority,
    /// Its last day.
    pub last: Date,
    /// Where messages that it decides on its last day go the day after, if to another fagsystem; empty when all of them go to
    /// the same one still. `None` stands for messages that are refused then.
    pub then: Vec<Option<Destination>>,
}

impl Distributor {
    /// The rules that are switched on and end from the first through the last of these days, by day and priority, each with
    /// where its messages then go. At most `most` days are looked at.
    #[must_use]
    pub fn expiries(&self, (first, last): (Date, Date), most: usize) -> Vec<Expiry> {
        let ends = |rule: &Rule| rule.validity.to().filter(|to| rule.active && (first..=last).contains(to));
        let rules = self.book().authorities.iter();
        let rules = rules.flat_map(|authority| authority.rules.iter().map(move |rule| (authority.cvr, rule)));
        let mut ending: Vec<_> = rules.filter_map(|(cvr, rule)| Some((ends(rule)?, cvr, rule.priority))).collect();
        ending.sort_unstable();
        let mut days: Vec<Date> = ending.iter().map(|(day, ..)| *day).collect();
        days.dedup();
        days.truncate(most);
        let proofs: Vec<_> = days.into_iter().filter_map(|day| Some((day, self.overnight(day)?))).collect();
        let proof = |day| proofs.iter().find(|(of, _)| *of == day).map(|(_, proof)| proof);
        let expiries = ending.into_iter().filter_map(|(last, authority, rule)| {
            let of_rule = proof(last)?.changes.iter().filter(|change| {
                change.authority == authority && change.before.as_ref().is_some_and(|it| it.rule == Some(rule))
            });
            let then = of_rule.map(|change| change.after.clone()).collect();
            Some(Expiry { authority, rule, last, then })
        });
        expiries.collect()
    }

    /// What changes for all messages from that day to the next.
    fn overnight(&self, day: Date) -> Option<Proof> {
        let before = frozen(self.book(), day, day).compile().ok()?;
        let after = frozen(self.book(), day.tomorrow().ok()?, day).compile().ok()?;
        Some(Proof::between(&before, &after, Span::Only(day)))
    }
}

/// The book as it is on one day, with its rules valid on another.
fn frozen(book: &RuleBook, day: Date, valid: Date) -> RuleBook {
    let mut frozen = book.clone();
    let Ok(validity) = Validity::new(valid, None) else { return frozen };
    for authority in &mut frozen.authorities {
        authority.rules.retain(|rule| rule.validity.includes(day));
        for rule in &mut authority.rules {
            *rule = Arc::new(Rule { validity, ..Rule::clone(rule) });
        }
    }
    frozen
}
