use std::sync::Arc;

use serde::Serialize;

use super::contact_point::ContactPoint;
use super::criterion::Criterion;
use super::fagsystem::{Fagsystem, FagsystemId};
use super::guard::Guard;
use super::rule::{Priority, Rule};
use crate::rules::values::{Caseless, Cvr};

/// A receiving authority (*myndighed*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Authority {
    /// Its main CVR number, by which the window and the command line name it.
    pub cvr: Cvr,
    /// Its name, for people.
    #[serde(rename = "navn")]
    pub name: String,
    /// Further CVR numbers that it receives for (*flereCvr*).
    #[serde(rename = "flereCvr")]
    pub more_cvrs: Vec<Cvr>,
    /// The default recipient (*opsamlingssystem*): gets every message that no rule matches.
    #[serde(rename = "opsamlingssystem")]
    pub default_fagsystem: FagsystemId,
    /// The systems that can receive.
    #[serde(rename = "fagsystemer")]
    pub fagsystems: Vec<Fagsystem>,
    /// The addresses it offers to those who write to it.
    #[serde(rename = "kontaktpunkter")]
    pub contact_points: Vec<ContactPoint>,
    /// The rules, in any order: only their priorities count. Shared, since every step of an editing session is a whole
    /// book, and copies of ten thousand rules would take megabytes a step.
    #[serde(rename = "regler")]
    pub rules: Vec<Arc<Rule>>,
    /// The messages that must reach a certain fagsystem (*vagtmeddelelser*), in the order in which people have made them.
    #[serde(rename = "vagtmeddelelser", skip_serializing_if = "Vec::is_empty")]
    pub guards: Vec<Guard>,
}

impl Authority {
    /// An authority with one fagsystem, which gets everything.
    #[must_use]
    pub fn new(cvr: Cvr, name: &str, fagsystem: Fagsystem) -> Self {
        Self {
            cvr,
            name: name.to_owned(),
            more_cvrs: Vec::new(),
            default_fagsystem: fagsystem.id.clone(),
            fagsystems: vec![fagsystem],
            contact_points: Vec::new(),
            rules: Vec::new(),
            guards: Vec::new(),
        }
    }

    /// All CVR numbers that it receives for, the main one first.
    pub fn cvrs(&self) -> impl Iterator<Item = Cvr> + '_ {
        std::iter::once(self.cvr).chain(self.more_cvrs.iter().copied())
    }

    /// The fagsystem with that id.
    #[must_use]
    pub fn fagsystem(&self, id: &FagsystemId) -> Option<&Fagsystem> {
        self.fagsystems.iter().find(|fagsystem| fagsystem.id == *id)
    }

    /// The contact point with that id.
    #[must_use]
    pub fn contact_point(&self, id: &Caseless) -> Option<&ContactPoint> {
        self.contact_points.iter().find(|point| point.id == *id)
    }

    /// Whether the contact point is in its list, or a rule looks for it.
    #[must_use]
    pub fn names_contact_point(&self, id: &Caseless) -> bool {
        let is_named = |rule: &Arc<Rule>| matches!(&rule.criterion, Criterion::ContactPoint(named) if named == id);
        self.contact_point(id).is_some() || self.rules.iter().any(is_named)
    }

    /// Whether one of its contact points is in a group of that name, or a rule looks for the group.
    #[must_use]
    pub fn names_contact_group(&self, name: &Caseless) -> bool {
        let is_named = |rule: &Arc<Rule>| matches!(&rule.criterion, Criterion::ContactGroup(named) if named == name);
        self.contact_points.iter().any(|point| point.is_in(name)) || self.rules.iter().any(is_named)
    }

    /// The rule with that priority.
    #[must_use]
    pub fn rule(&self, priority: Priority) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.priority == priority).map(Arc::as_ref)
    }

    /// The rules in the order in which they are tried: lowest number first.
    #[must_use]
    pub fn rules_in_order(&self) -> Vec<&Rule> {
        let mut rules: Vec<_> = self.rules.iter().map(Arc::as_ref).collect();
        rules.sort_by_key(|rule| rule.priority);
        rules
    }

    /// Whether a rule or a guard names the fagsystem, or it is the default recipient, so that it cannot be removed.
    #[must_use]
    pub fn needs_fagsystem(&self, id: &FagsystemId) -> bool {
        self.default_fagsystem == *id
            || self.rules.iter().any(|rule| rule.fagsystem == *id)
            || self.guards.iter().any(|guard| guard.fagsystem == *id)
    }

    /// The guard with that name.
    #[must_use]
    pub fn guard(&self, name: &str) -> Option<&Guard> {
        self.guards.iter().find(|guard| guard.name == name)
    }

    /// This authority with one more guard at the end. A message to none of its numbers becomes one to its main number, and
    /// a name that another guard has gets a number: "Sygedagpenge (2)".
    #[must_use]
    pub fn with_guard(&self, guard: Guard) -> Authority {
        let mut authority = self.clone();
        let numbered = (2_u32..).map(|number| format!("{} ({number})", guard.name));
        let mut names = std::iter::once(guard.name.clone()).chain(numbered);
        let name = names.find(|name| self.guard(name).is_none()).unwrap_or_default();
        authority.guards.push(Guard { name, ..guard });
        authority.readdress_guards();
        authority
    }

    /// Makes the main number the recipient of guards whose recipient is none of the authority's numbers, as when one of the
    /// numbers has been given up.
    pub fn readdress_guards(&mut self) {
        let own: Vec<Cvr> = self.cvrs().collect();
        for guard in &mut self.guards {
            if guard.facts.recipient.is_none_or(|recipient| !own.contains(&recipient)) {
                guard.facts.recipient = Some(self.cvr);
            }
        }
    }

    /// Replaces a fagsystem by another in all rules and guards and as the default recipient.
    pub fn replace_fagsystem(&mut self, from: &FagsystemId, to: &FagsystemId) {
        for rule in self.rules.iter_mut().filter(|rule| rule.fagsystem == *from) {
            Arc::make_mut(rule).fagsystem.clone_from(to);
        }
        for guard in self.guards.iter_mut().filter(|guard| guard.fagsystem == *from) {
            guard.fagsystem.clone_from(to);
        }
        if self.default_fagsystem == *from {
            self.default_fagsystem.clone_from(to);
        }
    }
}
