use std::fmt;

use jiff::civil::Date;

use super::{Authority, Caseless, Criterion, Cvr, FagsystemId, Fault, Place, Priority, Rule, RuleBook, Segment};

/// Something in a rule book that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub trouble: Trouble,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The rules cannot mean what they say: mend it.
    Fault,
    /// It may well be meant so.
    Warning,
}

/// What can be the matter with a rule book.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The book contradicts itself.
    #[error("{0}")]
    Contradiction(super::Problem),
    /// A rule can never win: one with a lower number takes everything that it would take.
    #[error("rule {rule} can never win: rule {by} takes everything that it would take")]
    Shadowed {
        /// The rule that never wins.
        rule: Priority,
        /// The rule before it.
        by: Priority,
    },
    /// A rule's last day is past.
    #[error("rule {rule} expired on {to}")]
    Expired {
        /// The rule.
        rule: Priority,
        /// Its last day.
        to: Date,
    },
    /// A paused fagsystem gets messages: they are refused as unavailable until it is resumed.
    #[error("the fagsystem '{0}' is paused: what it should get is refused until it is resumed")]
    Paused(FagsystemId),
    /// A rule looks for a contact point that no list holds.
    #[error("the contact point '{0}' is in no list of this authority")]
    UnlistedContactPoint(Caseless),
    /// A rule looks for a contact group that no list holds.
    #[error("the contact group '{0}' is in no list of this authority")]
    UnlistedContactGroup(Caseless),
    /// A CVR number's check digit does not fit.
    #[error("the check digit of CVR number {0} does not fit; only test environments use such numbers")]
    CheckDigit(Cvr),
}

impl Trouble {
    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::Contradiction(_) | Self::Shadowed { .. } => Severity::Fault,
            _ => Severity::Warning,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.trouble)
    }
}

impl RuleBook {
    /// What looks wrong in the book as of `today`, faults before warnings, each in the order of the book.
    #[must_use]
    pub fn findings(&self, today: Date) -> Vec<Finding> {
        let contradiction =
            |fault: Fault| Finding { place: fault.place, trouble: Trouble::Contradiction(fault.problem) };
        let mut findings: Vec<_> = self.faults().into_iter().map(contradiction).collect();
        let known = Place::top().key("kendteMyndigheder");
        for (index, cvr) in self.known_authorities.iter().enumerate() {
            check_digit(*cvr, known.at(index), &mut findings);
        }
        let list = Place::top().key("myndigheder");
        for (index, authority) in self.authorities.iter().enumerate() {
            authority.findings(&list.at(index), today, &mut findings);
        }
        findings.sort_by_key(|finding| finding.trouble.severity());
        findings
    }
}

impl Authority {
    /// The rules that take messages on `today` or will on a later day, in priority order.
    #[must_use]
    pub fn rules_in_force(&self, today: Date) -> Vec<&Rule> {
        self.rules_in_order().into_iter().filter(|rule| rule.counts_from(today)).collect()
    }

    /// What may be wrong with the value that a rule of this authority wants.
    #[must_use]
    pub fn doubt(&self, criterion: &Criterion) -> Option<Trouble> {
        let is_listed = |name| self.contact_points.iter().any(|point| point.groups.contains(name));
        match criterion {
            Criterion::ContactPoint(id) if self.contact_point(id).is_none() => {
                Some(Trouble::UnlistedContactPoint(id.clone()))
            }
            Criterion::ContactGroup(name) if !is_listed(name) => Some(Trouble::UnlistedContactGroup(name.clone())),
            Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) if !cvr.has_valid_check_digit() => {
                Some(Trouble::CheckDigit(*cvr))
            }
            _ => None,
        }
    }

    fn findings(&self, place: &Place, today: Date, findings: &mut Vec<Finding>) {
        check_digit(self.cvr, place.key("cvr"), findings);
        for (index, cvr) in self.more_cvrs.iter().enumerate() {
            check_digit(*cvr, place.key("flereCvr").at(index), findings);
        }
        self.paused(&self.default_fagsystem, place.key("opsamlingssystem"), findings);
        let in_force = self.rules_in_force(today);
        for (index, rule) in self.rules.iter().enumerate() {
            let place = place.key("regler").at(index);
            let value = place.key("regelvaerdi");
            let mut found = |place, trouble| findings.push(Finding { place, trouble });
            if let Some(to) = rule.validity.to().filter(|to| *to < today) {
                found(place.key("gyldigTil"), Trouble::Expired { rule: rule.priority, to });
            }
            if let Some(by) = rule.shadow_among(&in_force, today) {
                found(place.clone(), Trouble::Shadowed { rule: rule.priority, by: by.priority });
            }
            if let Some(doubt) = self.doubt(&rule.criterion) {
                found(value, doubt);
            }
            if rule.counts_from(today) {
                self.paused(&rule.fagsystem, place.key("fagsystem"), findings);
            }
        }
    }

    fn paused(&self, id: &FagsystemId, place: Place, findings: &mut Vec<Finding>) {
        if self.fagsystem(id).is_some_and(|fagsystem| !fagsystem.active) {
            findings.push(Finding { place, trouble: Trouble::Paused(id.clone()) });
        }
    }
}

fn check_digit(cvr: Cvr, place: Place, findings: &mut Vec<Finding>) {
    if !cvr.has_valid_check_digit() {
        findings.push(Finding { place, trouble: Trouble::CheckDigit(cvr) });
    }
}

impl Rule {
    /// Whether the rule takes messages today or will on a later day.
    fn counts_from(&self, today: Date) -> bool {
        self.active && self.validity.to().is_none_or(|to| today <= to)
    }

    /// The first of the [rules in force](Authority::rules_in_force) that leaves nothing to this one, which comes later.
    #[must_use]
    pub fn shadow_among<'a>(&self, in_force: &[&'a Rule], today: Date) -> Option<&'a Rule> {
        let mut earlier = in_force.iter().take_while(|earlier| earlier.priority < self.priority);
        earlier.find(|earlier| self.counts_from(today) && earlier.takes_all_of(self, today)).copied()
    }

    /// Those of the [rules in force](Authority::rules_in_force) that come later and would get nothing any more.
    #[must_use]
    pub fn shadows_among<'a>(&self, in_force: &[&'a Rule], today: Date) -> Vec<&'a Rule> {
        let later = in_force.iter().filter(|later| self.priority < later.priority && self.counts_from(today));
        let left_without =
            |later: &&&Rule| self.takes_all_of(later, today) && later.shadow_among(in_force, today).is_none();
        later.filter(left_without).copied().collect()
    }

    /// Whether every message that the other rule would take from today on is one that this rule takes.
    fn takes_all_of(&self, other: &Rule, today: Date) -> bool {
        self.criterion.covers(&other.criterion)
            && (self.segment == Segment::Everyone || self.segment == other.segment)
            && self.validity.covers(other.validity, today)
    }
}

impl Criterion {
    /// Whether every message that meets the other criterion meets this one.
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Kle(wide), Self::Kle(narrow)) => wide.covers(*narrow),
            (Self::Form(wide), Self::Form(narrow)) => wide.covers(*narrow),
            _ => self == other,
        }
    }
}
