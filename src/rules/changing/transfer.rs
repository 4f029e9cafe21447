use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::rules::book::{Authority, ContactPoint, Criterion, Fagsystem, FagsystemId, Guard, Priority, Rule, Segment};
use crate::rules::facts::{AddressedContactPoint, Facts, Sender};
use crate::rules::values::{Caseless, Cvr};

/// How the rules of another environment (test and production, say) are taken over: which fagsystems and contact points here
/// correspond to those there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transfer {
    /// For each fagsystem there, the one here.
    pub fagsystems: HashMap<FagsystemId, Target<FagsystemId, Fagsystem>>,
    /// For each contact point there, the one here; those that are missing keep their ids.
    pub contact_points: HashMap<Caseless, Target<Caseless, ContactPoint>>,
    /// Whether the rules here become exactly those there, with their priorities, so that rules without a counterpart there are
    /// removed.
    pub removes_others: bool,
}

/// The counterpart here of something in another environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target<Id, T> {
    /// One that is here already.
    Present(Id),
    /// One that is added together with the rules.
    New(T),
}

impl Authority {
    /// The counterparts here of what the authority of the other environment has, as far as they can be guessed: by the same id,
    /// or else by the same name if it is unique on either side. A fagsystem without a counterpart is left out, since a person
    /// must say where its messages go.
    #[must_use]
    pub fn suggest_transfer(&self, from: &Authority) -> Transfer {
        let fagsystems = from.fagsystems.iter().filter_map(|theirs| {
            let same_id = self.fagsystem(&theirs.id).map(|ours| ours.id.clone());
            let named = |list: &'_ [Fagsystem]| {
                only(list.iter().filter(|it| is_same_name(&it.name, &theirs.name))).map(|it| it.id.clone())
            };
            let ours = same_id.or_else(|| named(&from.fagsystems).and_then(|_| named(&self.fagsystems)))?;
            Some((theirs.id.clone(), Target::Present(ours)))
        });
        let contact_points = from.contact_points.iter().filter(|theirs| self.contact_point(&theirs.id).is_none());
        let contact_points = contact_points.map(|theirs| {
            let titled = |list: &'_ [ContactPoint]| {
                only(list.iter().filter(|it| is_same_name(&it.title, &theirs.title))).map(|it| it.id.clone())
            };
            let ours = titled(&from.contact_points).and_then(|_| titled(&self.contact_points));
            let target = ours.map_or_else(|| Target::New(theirs.clone()), Target::Present);
            (theirs.id.clone(), target)
        });
        Transfer { fagsystems: fagsystems.collect(), contact_points: contact_points.collect(), removes_others: false }
    }

    /// This authority with the rules of the other environment's authority.
    ///
    /// Unless all rules are replaced, a rule with the same criterion and segment as one here replaces it and keeps the
    /// priority here; any other gets the priority it has there, or the next free one. The CVR number of the authority there
    /// becomes that of this one, and fagsystems keep the endpoints they have here. Guards come along; one with the same name
    /// as one here replaces it, and one to a number that this authority does not have becomes one to its main number.
    ///
    /// # Errors
    ///
    /// The fagsystems of the rules and guards to which the transfer gives no counterpart, one that is not here, or a new one whose id
    /// another one has.
    pub fn take_over(&self, from: &Authority, transfer: &Transfer) -> Result<Authority, Vec<FagsystemId>> {
        let mut ours = self.clone();
        ours.add_new(transfer);
        let mut unknown = Vec::new();
        let mut incoming = Vec::new();
        for rule in from.rules_in_order() {
            match ours.target(transfer, &rule.fagsystem) {
                Some(id) => incoming.push(Rule {
                    fagsystem: id.clone(),
                    criterion: transfer.criterion(&rule.criterion, from, self.cvr),
                    ..rule.clone()
                }),
                None if unknown.contains(&rule.fagsystem) => {}
                None => unknown.push(rule.fagsystem.clone()),
            }
        }
        let mut guards = Vec::new();
        for guard in &from.guards {
            match ours.target(transfer, &guard.fagsystem) {
                Some(id) => guards.push(Guard {
                    fagsystem: id.clone(),
                    facts: transfer.facts(&guard.facts, from, self.cvr),
                    ..guard.clone()
                }),
                None if unknown.contains(&guard.fagsystem) => {}
                None => unknown.push(guard.fagsystem.clone()),
            }
        }
        if !unknown.is_empty() {
            return Err(unknown);
        }
        if transfer.removes_others {
            ours.guards.clear();
        }
        for guard in guards {
            match ours.guards.iter_mut().find(|here| here.name == guard.name) {
                Some(here) => *here = guard,
                None => ours.guards.push(guard),
            }
        }
        ours.readdress_guards();
        ours.rules = if transfer.removes_others {
            incoming.into_iter().map(Arc::new).collect()
        } else {
            merged(&self.rules, incoming)
        };
        Ok(ours)
    }

    /// The counterpart of a fagsystem there.
    fn target(&self, transfer: &Transfer, theirs: &FagsystemId) -> Option<&FagsystemId> {
        let ours = match transfer.fagsystems.get(theirs)? {
            Target::Present(id) => self.fagsystem(id),
            Target::New(new) => self.fagsystem(&new.id).filter(|ours| *ours == new),
        };
        ours.map(|ours| &ours.id)
    }

    /// Adds what comes with the rules and is not here yet.
    fn add_new(&mut self, transfer: &Transfer) {
        let mut fagsystems: Vec<_> = transfer.fagsystems.values().filter_map(Target::new_one).collect();
        fagsystems.sort_by(|one, other| one.id.cmp(&other.id));
        for new in fagsystems {
            if self.fagsystem(&new.id).is_none() {
                self.fagsystems.push(new.clone());
            }
        }
        let mut points: Vec<_> = transfer.contact_points.values().filter_map(Target::new_one).collect();
        points.sort_by(|one, other| one.id.folded().cmp(other.id.folded()));
        for new in points {
            if self.contact_point(&new.id).is_none() {
                self.contact_points.push(new.clone());
            }
        }
    }
}

impl<Id, T> Target<Id, T> {
    fn new_one(&self) -> Option<&T> {
        match self {
            Self::Present(_) => None,
            Self::New(new) => Some(new),
        }
    }
}

impl Transfer {
    fn contact_point(&self, theirs: &Caseless) -> Caseless {
        match self.contact_points.get(theirs) {
            Some(Target::Present(ours)) => ours.clone(),
            Some(Target::New(new)) => new.id.clone(),
            None => theirs.clone(),
        }
    }

    fn facts(&self, theirs: &Facts, from: &Authority, to: Cvr) -> Facts {
        let own = |cvr: Cvr| if cvr == from.cvr { to } else { cvr };
        let point = theirs.contact_point.as_ref().map(|point| AddressedContactPoint {
            id: point.id.as_ref().map(|id| self.contact_point(id)),
            group: point.group.clone(),
        });
        let sender = match theirs.sender {
            Sender::Organisation(Some(cvr)) => Sender::Organisation(Some(own(cvr))),
            other => other,
        };
        Facts { sender, recipient: theirs.recipient.map(own), contact_point: point, ..theirs.clone() }
    }

    fn criterion(&self, theirs: &Criterion, from: &Authority, to: Cvr) -> Criterion {
        let own = |cvr: Cvr| if cvr == from.cvr { to } else { cvr };
        match theirs {
            Criterion::ContactPoint(id) => Criterion::ContactPoint(self.contact_point(id)),
            Criterion::SenderCvr(cvr) => Criterion::SenderCvr(own(*cvr)),
            Criterion::RecipientCvr(cvr) => Criterion::RecipientCvr(own(*cvr)),
            other => other.clone(),
        }
    }
}

/// The rules here and the incoming ones, in order of priority.
fn merged(here: &[Arc<Rule>], incoming: Vec<Rule>) -> Vec<Arc<Rule>> {
    let mut in_order: Vec<&Arc<Rule>> = here.iter().collect();
    in_order.sort_by_key(|rule| rule.priority);
    let mut counterparts: HashMap<(&Criterion, Segment), VecDeque<Priority>> = HashMap::new();
    for rule in &in_order {
        counterparts.entry((&rule.criterion, rule.segment)).or_default().push_back(rule.priority);
    }
    let replaced_by: Vec<Option<Priority>> = incoming
        .iter()
        .map(|rule| counterparts.get_mut(&(&rule.criterion, rule.segment)).and_then(VecDeque::pop_front))
        .collect();
    let replaced: HashSet<Priority> = replaced_by.iter().flatten().copied().collect();
    let mut rules: Vec<Arc<Rule>> = Vec::new();
    rules.extend(in_order.into_iter().filter(|rule| !replaced.contains(&rule.priority)).cloned());
    let taken: HashSet<Priority> = rules.iter().map(|rule| rule.priority).chain(replaced).collect();
    // They are in order, so a number that was not free for one is not free for the next either.
    let mut next_free: u64 = 1;
    for (rule, here) in incoming.into_iter().zip(replaced_by) {
        let priority = here.or_else(|| {
            let numbers = next_free.max(rule.priority.get().into())..=u32::MAX.into();
            let mut numbers = numbers.filter_map(|number| Priority::new(u32::try_from(number).ok()?));
            let free = numbers.find(|it| !taken.contains(it))?;
            next_free = u64::from(free.get()) + 1;
            Some(free)
        });
        // There are more numbers than rules that fit into memory.
        if let Some(priority) = priority {
            rules.push(Arc::new(Rule { priority, ..rule }));
        }
    }
    rules.sort_by_key(|rule| rule.priority);
    rules
}

fn is_same_name(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    !one.is_empty() && one.to_lowercase() == other.to_lowercase()
}

/// The only item, if there is exactly one.
fn only<T>(mut things: impl Iterator<Item = T>) -> Option<T> {
    let first = things.next()?;
    things.next().is_none().then_some(first)
}
