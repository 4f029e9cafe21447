use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Authority, Caseless, Criterion, Cvr, Fagsystem, FagsystemId, Fault, Place, Priority, Rule, RuleBook};

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
    /// A fagsystem's secret would go to an address where others could read it: nothing is sent there.
    #[error(
        "the fagsystem '{0}' gets nothing: its secret would go unencrypted; give it an address that begins with https://"
    )]
    SecretUnencrypted(FagsystemId),
    /// Messages go to another machine without encryption: others on the way can read them.
    #[error(
        "the fagsystem '{0}' gets messages unencrypted: on the way, others can read content and CPR numbers; give it an \
         address that begins with https://"
    )]
    Unencrypted(FagsystemId),
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

    /// The word for it that scripts go by (*slags*).
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Contradiction(_) => "selvmodsigelse",
            Self::Shadowed { .. } => "aldrig",
            Self::Expired { .. } => "udloebet",
            Self::Paused(_) => "pauset",
            Self::UnlistedContactPoint(_) => "ukendt_kontaktpunkt",
            Self::UnlistedContactGroup(_) => "ukendt_kontaktgruppe",
            Self::SecretUnencrypted(_) | Self::Unencrypted(_) => "ukrypteret",
            Self::CheckDigit(_) => "kontrolciffer",
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
        for (index, authority) in self.known_authorities.iter().enumerate() {
            check_digit(authority.cvr, known.at(index), &mut findings);
        }
        let list = Place::top().key("myndigheder");
        for (index, authority) in self.authorities.iter().enumerate() {
            authority.findings(&list.at(index), today, &mut findings);
        }
        findings.sort_by_key(|finding| finding.trouble.severity());
        findings
    }
}

impl Fagsystem {
    /// What others could read of what goes to its address.
    fn danger_on_the_way(&self) -> Option<Trouble> {
        if !self.access.is_safe_at(&self.endpoint) {
            return Some(Trouble::SecretUnencrypted(self.id.clone()));
        }
        self.endpoint.is_in_clear().then(|| Trouble::Unencrypted(self.id.clone()))
    }
}

impl Authority {
    /// What may be wrong with the value that a rule of this authority wants.
    #[must_use]
    pub fn doubt(&self, criterion: &Criterion) -> Option<Trouble> {
        let is_point = |id: &Caseless| self.contact_point(id).is_some();
        let is_group = |name: &Caseless| self.contact_points.iter().any(|point| point.is_in(name));
        doubt(criterion, is_point, is_group)
    }

    fn findings(&self, place: &Place, today: Date, findings: &mut Vec<Finding>) {
        check_digit(self.cvr, place.key("cvr"), findings);
        for (index, cvr) in self.more_cvrs.iter().enumerate() {
            check_digit(*cvr, place.key("flereCvr").at(index), findings);
        }
        if self.is_paused(&self.default_fagsystem) {
            let trouble = Trouble::Paused(self.default_fagsystem.clone());
            findings.push(Finding { place: place.key("opsamlingssystem"), trouble });
        }
        let fagsystems = place.key("fagsystemer");
        for (index, fagsystem) in self.fagsystems.iter().enumerate() {
            if let Some(trouble) = fagsystem.danger_on_the_way() {
                findings.push(Finding { place: fagsystems.at(index).key("endpoint"), trouble });
            }
        }
        let points: HashSet<_> = self.contact_points.iter().map(|point| &point.id).collect();
        let groups: HashSet<_> =
            self.contact_points.iter().flat_map(|point| &point.groups).map(|group| &group.name).collect();
        let shadows: HashMap<*const Rule, &Rule> =
            self.shadowed_rules(today).into_iter().map(|(rule, by)| (std::ptr::from_ref(rule), by)).collect();
        let rules = place.key("regler");
        for (index, rule) in self.rules.iter().enumerate() {
            let place = || rules.at(index);
            let mut found = |place, trouble| findings.push(Finding { place, trouble });
            if let Some(to) = rule.validity.to().filter(|to| *to < today) {
                found(place().key("gyldigTil"), Trouble::Expired { rule: rule.priority, to });
            }
            if let Some(by) = shadows.get(&Arc::as_ptr(rule)) {
                found(place(), Trouble::Shadowed { rule: rule.priority, by: by.priority });
            }
            if let Some(doubt) = doubt(&rule.criterion, |id| points.contains(id), |name| groups.contains(name)) {
                found(place().key("regelvaerdi"), doubt);
            }
            if rule.counts_from(today) && self.is_paused(&rule.fagsystem) {
                found(place().key("fagsystem"), Trouble::Paused(rule.fagsystem.clone()));
            }
        }
    }

    fn is_paused(&self, id: &FagsystemId) -> bool {
        self.fagsystem(id).is_some_and(|fagsystem| !fagsystem.active)
    }
}

/// What may be wrong with the value, given which contact points and groups are listed.
fn doubt(
    criterion: &Criterion,
    is_point: impl Fn(&Caseless) -> bool,
    is_group: impl Fn(&Caseless) -> bool,
) -> Option<Trouble> {
    match criterion {
        Criterion::ContactPoint(id) if !is_point(id) => Some(Trouble::UnlistedContactPoint(id.clone())),
        Criterion::ContactGroup(name) if !is_group(name) => Some(Trouble::UnlistedContactGroup(name.clone())),
        Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) if !cvr.has_valid_check_digit() => {
            Some(Trouble::CheckDigit(*cvr))
        }
        _ => None,
    }
}

fn check_digit(cvr: Cvr, place: Place, findings: &mut Vec<Finding>) {
    if !cvr.has_valid_check_digit() {
        findings.push(Finding { place, trouble: Trouble::CheckDigit(cvr) });
    }
}
