use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::rules::book::{Authority, Criterion, Priority, Rule, Validity};
use crate::rules::checking::{Finding, FindingKind, Never};

/// A way to mend what a [`Finding`] says of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// Deletes the rule.
    Delete(Priority),
    /// Moves the rule directly before another one, by the numbers that the two have now.
    MoveBefore(Priority, Priority),
    /// Lets the rule apply without an end.
    Extend(Priority),
    /// Lets the rule begin on that day, before which it decides nothing.
    BeginOn(Priority, Date),
    /// Lets the rule end on that day, after which it decides nothing.
    EndOn(Priority, Date),
}

impl Remedy {
    /// The rule that it changes.
    #[must_use]
    pub fn rule(self) -> Priority {
        match self {
            Self::Delete(rule)
            | Self::MoveBefore(rule, _)
            | Self::Extend(rule)
            | Self::BeginOn(rule, _)
            | Self::EndOn(rule, _) => rule,
        }
    }
}

impl Finding {
    /// What would mend it in the authority that it is of, the gentlest first; none where only a person can know.
    #[must_use]
    pub fn remedies(&self, authority: &Authority) -> Vec<Remedy> {
        let before_first = |rule, by: &[Priority]| by.first().map(|first| Remedy::MoveBefore(rule, *first));
        match &self.kind {
            FindingKind::Never { rule, why: Never::Covered(by) } => {
                before_first(*rule, by).into_iter().chain([Remedy::Delete(*rule)]).collect()
            }
            FindingKind::Never { rule, why: Never::Clash(_) } | FindingKind::Redundant(rule) => {
                vec![Remedy::Delete(*rule)]
            }
            FindingKind::SometimesIdle { rule, idle } => {
                let narrow = authority.rule(*rule).and_then(|it| narrower(it, &idle.periods));
                narrow.into_iter().chain(before_first(*rule, &idle.by)).collect()
            }
            // A narrow rule before a wide one is usual, and is meant.
            FindingKind::Overlap { rule, by } => {
                let is_on_its_group = |other: &&Priority| authority.is_on_group_of(**other, *rule);
                let first = by.iter().find(is_on_its_group);
                first.map(|first| Remedy::MoveBefore(*rule, *first)).into_iter().collect()
            }
            FindingKind::ExpiresSoon { rule, .. } => vec![Remedy::Extend(*rule)],
            FindingKind::Expired { rule, .. } => vec![Remedy::Extend(*rule), Remedy::Delete(*rule)],
            _ => Vec::new(),
        }
    }
}

/// Cuts off idle days at the beginning or end of a rule's validity; `None` where they lie in its midst.
fn narrower(rule: &Rule, idle: &[(Date, Option<Date>)]) -> Option<Remedy> {
    let ([(first, last)], validity) = (idle, rule.validity) else { return None };
    if *last == validity.to() {
        let to = first.yesterday().ok().filter(|to| validity.from() <= *to)?;
        return Some(Remedy::EndOn(rule.priority, to));
    }
    // Days before the day of the review were not looked at, and the rule may have decided on them.
    let from = last.and_then(|last| last.tomorrow().ok()).filter(|_| *first == validity.from())?;
    Some(Remedy::BeginOn(rule.priority, from))
}

impl Authority {
    /// Whether one rule looks at a group in which the contact point of another is listed.
    fn is_on_group_of(&self, one: Priority, other: Priority) -> bool {
        let criterion = |rule| self.rule(rule).map(|rule| &rule.criterion);
        match (criterion(one), criterion(other)) {
            (Some(Criterion::ContactGroup(group)), Some(Criterion::ContactPoint(id))) => {
                self.contact_point(id).is_some_and(|point| point.is_in(group))
            }
            _ => false,
        }
    }

    /// Mends its rules. A rule that is not there any more is left alone.
    pub fn mend(&mut self, remedy: Remedy) {
        let change = |authority: &mut Self, change: &dyn Fn(&mut Rule)| {
            for rule in authority.rules.iter_mut().filter(|rule| rule.priority == remedy.rule()) {
                change(Arc::make_mut(rule));
            }
        };
        match remedy {
            Remedy::Delete(rule) => self.rules.retain(|it| it.priority != rule),
            Remedy::MoveBefore(rule, other) => {
                let numbers = self.moved(&BTreeSet::from([rule]), Some(other));
                self.renumber(&numbers);
            }
            Remedy::Extend(_) => change(self, &|rule| {
                rule.validity = Validity::new(rule.validity.from(), None).unwrap_or(rule.validity);
            }),
            Remedy::BeginOn(_, from) => change(self, &|rule| {
                rule.validity = Validity::new(from, rule.validity.to()).unwrap_or(rule.validity);
            }),
            Remedy::EndOn(_, to) => change(self, &|rule| {
                rule.validity = Validity::new(rule.validity.from(), Some(to)).unwrap_or(rule.validity);
            }),
        }
    }
}
