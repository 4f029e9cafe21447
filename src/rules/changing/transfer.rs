use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::rules::book::{Authority, ContactPoint, Criterion, Fagsystem, FagsystemId, Priority, Rule, Segment};
use crate::rules::values::{Caseless, Cvr};

/// How rules of one environment become rules of another: what stands there for what they name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transfer {
    /// For each fagsystem there, the one here.
    pub fagsystems: HashMap<FagsystemId, Target<FagsystemId, Fagsystem>>,
    /// For each contact point there, the one here; what is not mentioned keeps its id.
    pub contact_points: HashMap<Caseless, Target<Caseless, ContactPoint>>,
    /// The rules here become those of the package, numbers and all: what has no counterpart there is removed.
    pub removes_others: bool,
}

/// What stands for something of another environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target<Id, T> {
    /// What is here already.
    Present(Id),
    /// What comes with the rules.
    New(T),
}

impl Authority {
    /// What stands here for what the other environment's authority has, as far as that can be guessed: the same id, or
    /// else the same name, when only one has it on either side. A fagsystem that is not here is left out: where its messages go must be
    /// said by a person.
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

    /// This authority with the rules of the other environment's taken over.
    ///
    /// Unless all are replaced, a rule that looks at the same for the same senders is replaced and keeps its number here; a
    /// new one gets the number that it has there, or the next one that is free. What the rules say of the other authority's own CVR number
    /// they say here of this one's. Messages go to the endpoints that fagsystems have here.
    ///
    /// # Errors
    ///
    /// The fagsystems of the rules for which the transfer names none here, one that is not here, or a new one whose id
    /// another has.
    pub fn take_over(&self, from: &Authority, transfer: &Transfer) -> Result<Authority, Vec<FagsystemId>> {
        let mut ours = self.clone();
        ours.add_new(transfer);
        let mut unknown = Vec::new();
        let mut coming = Vec::new();
        for rule in from.rules_in_order() {
            match ours.target(transfer, &rule.fagsystem) {
                Some(id) => coming.push(Rule {
                    fagsystem: id.clone(),
                    criterion: transfer.criterion(&rule.criterion, from, self.cvr),
                    ..rule.clone()
                }),
                None if unknown.contains(&rule.fagsystem) => {}
                None => unknown.push(rule.fagsystem.clone()),
            }
        }
        if !unknown.is_empty() {
            return Err(unknown);
        }
        ours.rules = if transfer.removes_others {
            coming.into_iter().map(Arc::new).collect()
        } else {
            merged(&self.rules, coming)
        };
        Ok(ours)
    }

    /// Where messages go that would go to that fagsystem there.
    fn target(&self, transfer: &Transfer, theirs: &FagsystemId) -> Option<&FagsystemId> {
        let ours = match transfer.fagsystems.get(theirs)? {
            Target::Present(id) => self.fagsystem(id),
            Target::New(new) => self.fagsystem(&new.id).filter(|ours| *ours == new),
        };
        ours.map(|ours| &ours.id)
    }

    /// Takes up what comes with the rules and is not here yet.
    fn add_new(&mut self, transfer: &Transfer) {
        let mut fagsystems: Vec<_> = transfer.fagsystems.values().filter_map(Target::coming).collect();
        fagsystems.sort_by(|one, other| one.id.cmp(&other.id));
        for new in fagsystems {
            if self.fagsystem(&new.id).is_none() {
                self.fagsystems.push(new.clone());
            }
        }
        let mut points: Vec<_> = transfer.contact_points.values().filter_map(Target::coming).collect();
        points.sort_by(|one, other| one.id.folded().cmp(other.id.folded()));
        for new in points {
            if self.contact_point(&new.id).is_none() {
                self.contact_points.push(new.clone());
            }
        }
    }
}

impl<Id, T> Target<Id, T> {
    fn coming(&self) -> Option<&T> {
        match self {
            Self::Present(_) => None,
            Self::New(new) => Some(new),
        }
    }
}

impl Transfer {
    fn criterion(&self, theirs: &Criterion, from: &Authority, to: Cvr) -> Criterion {
        let own = |cvr: Cvr| if cvr == from.cvr { to } else { cvr };
        match theirs {
            Criterion::ContactPoint(id) => Criterion::ContactPoint(match self.contact_points.get(id) {
                Some(Target::Present(ours)) => ours.clone(),
                Some(Target::New(new)) => new.id.clone(),
                None => id.clone(),
            }),
            Criterion::SenderCvr(cvr) => Criterion::SenderCvr(own(*cvr)),
            Criterion::RecipientCvr(cvr) => Criterion::RecipientCvr(own(*cvr)),
            other => other.clone(),
        }
    }
}

/// The rules here with those that come, highest priority first.
fn merged(here: &[Arc<Rule>], coming: Vec<Rule>) -> Vec<Arc<Rule>> {
    let mut in_order: Vec<&Arc<Rule>> = here.iter().collect();
    in_order.sort_by_key(|rule| rule.priority);
    let mut counterparts: HashMap<(&Criterion, Segment), VecDeque<Priority>> = HashMap::new();
    for rule in &in_order {
        counterparts.entry((&rule.criterion, rule.segment)).or_default().push_back(rule.priority);
    }
    let places: Vec<Option<Priority>> = coming
        .iter()
        .map(|rule| counterparts.get_mut(&(&rule.criterion, rule.segment)).and_then(VecDeque::pop_front))
        .collect();
    let replaced: HashSet<Priority> = places.iter().flatten().copied().collect();
    let mut rules: Vec<Arc<Rule>> = Vec::new();
    rules.extend(in_order.into_iter().filter(|rule| !replaced.contains(&rule.priority)).cloned());
    let taken: HashSet<Priority> = rules.iter().map(|rule| rule.priority).chain(replaced).collect();
    // They come in order, so what was not free for one is not free for the next.
    let mut next_free: u64 = 1;
    for (rule, place) in coming.into_iter().zip(places) {
        let priority = place.or_else(|| {
            let numbers = next_free.max(rule.priority.get().into())..=u32::MAX.into();
            let mut numbers = numbers.filter_map(|number| Priority::new(u32::try_from(number).ok()?));
            let free = numbers.find(|it| !taken.contains(it))?;
            next_free = u64::from(free.get()) + 1;
            Some(free)
        });
        // There are more numbers than rules that a machine can hold.
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

/// The one thing there is, when there is only one.
fn only<T>(mut things: impl Iterator<Item = T>) -> Option<T> {
    let first = things.next()?;
    things.next().is_none().then_some(first)
}
