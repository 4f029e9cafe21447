use std::collections::BTreeSet;
use std::sync::Arc;

use crate::rules::book::{Authority, Priority, Rule, Validity};
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
    /// Lets the rule apply only on the days on which it decides anything.
    Narrow(Priority, Validity),
}

impl Remedy {
    /// The rule that it changes.
    #[must_use]
    pub fn rule(self) -> Priority {
        match self {
            Self::Delete(rule) | Self::MoveBefore(rule, _) | Self::Extend(rule) | Self::Narrow(rule, _) => rule,
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
                let narrow = authority.rule(*rule).and_then(|it| narrowed(it.validity, &idle.periods));
                let narrow = narrow.map(|validity| Remedy::Narrow(*rule, validity));
                narrow.into_iter().chain(before_first(*rule, &idle.by)).collect()
            }
            FindingKind::Overlap { rule, by } => before_first(*rule, by).into_iter().collect(),
            FindingKind::ExpiresSoon { rule, .. } => vec![Remedy::Extend(*rule)],
            FindingKind::Expired { rule, .. } => vec![Remedy::Extend(*rule), Remedy::Delete(*rule)],
            _ => Vec::new(),
        }
    }
}

/// What is left of a validity when idle days at its beginning or end are cut off; `None` where they lie in its midst.
fn narrowed(validity: Validity, idle: &[(jiff::civil::Date, Option<jiff::civil::Date>)]) -> Option<Validity> {
    let [(first, last)] = idle else { return None };
    if *last == validity.to() || last.is_none() {
        let to = first.yesterday().ok()?;
        return Validity::new(validity.from(), Some(to)).ok();
    }
    let from = (*last)?.tomorrow().ok()?;
    // Days before the day of the review were not looked at, and the rule may have decided on them: they stay as they were.
    (*first == validity.from()).then(|| Validity::new(from, validity.to()).ok()).flatten()
}

impl Authority {
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
            Remedy::Narrow(_, validity) => change(self, &|rule| rule.validity = validity),
        }
    }
}
