use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::Hash;

use super::json_path::JsonPath;
use crate::rules::book::{Authority, FagsystemId, Guard, Priority, RuleBook};
use crate::rules::values::{Caseless, Cvr, short_without_cpr, without_cpr};

/// A contradiction in a rule book. Until it is corrected, the book cannot decide anything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct Fault {
    /// Where it is.
    pub place: JsonPath,
    /// What it is.
    pub problem: Problem,
}

/// As much of a guard's name is repeated in a message, in characters.
const LONGEST_NAME: usize = 200;

/// How parts of a rule book contradict each other. Each part by itself is valid by its type.
///
/// The messages leave out whatever may be a CPR number, wherever people have written one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Two rules of one authority have the same priority.
    #[error(
        "priority {} is taken already, at {first}; priorities are unique within an authority",
        without_cpr(&.priority.to_string())
    )]
    PriorityTaken {
        /// The priority in question.
        priority: Priority,
        /// The first place that has it.
        first: JsonPath,
    },
    /// A rule, a guard or the default recipient names a fagsystem that the authority does not have.
    #[error("there is no business system with the id '{}' in this authority", without_cpr(.0.as_str()))]
    NoSuchFagsystem(FagsystemId),
    /// Two fagsystems of one authority have the same id.
    #[error("the business system id '{}' is taken already, at {first}", without_cpr(.id.as_str()))]
    FagsystemTaken {
        /// The id in question.
        id: FagsystemId,
        /// The first place that has it.
        first: JsonPath,
    },
    /// A CVR number belongs to two authorities, or is listed twice for one.
    #[error("CVR number {cvr} is taken already, at {first}; a recipient is found by it")]
    CvrTaken {
        /// The number in question.
        cvr: Cvr,
        /// The first place that has it.
        first: JsonPath,
    },
    /// Two guards of one authority have the same name.
    #[error("the guard name '{}' is taken already, at {first}", short_without_cpr(.name, LONGEST_NAME))]
    GuardTaken {
        /// The name in question.
        name: String,
        /// The first place that has it.
        first: JsonPath,
    },
    /// A guard's message is to a number for which the authority does not receive.
    #[error("the recipient {0} is none of this authority's CVR numbers; leave it out, or name one of them")]
    GuardForAnother(Cvr),
    /// Two contact points of one authority have the same id.
    #[error("the contact point id '{}' is taken already, at {first}", without_cpr(.id.as_str()))]
    ContactPointTaken {
        /// The id in question.
        id: Caseless,
        /// The first place that has it.
        first: JsonPath,
    },
}

/// All faults of a rule book, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the rule book has {} fault(s):", self.0.len())?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl std::error::Error for Faults {}

/// The names and references of an authority's parts, each with its place: all that a cross-check needs.
///
/// Readers of files make one even of an authority that they could not read whole; what could not be read is missing from it.
#[derive(Debug, Default)]
pub struct AuthorityOutline {
    /// Every CVR number for which it receives.
    pub cvrs: Vec<(JsonPath, Cvr)>,
    /// Every fagsystem's id.
    pub fagsystems: Vec<(JsonPath, FagsystemId)>,
    /// The list of fagsystems is missing altogether. That is a fault by itself, so references to fagsystems are not checked.
    pub lacks_fagsystems: bool,
    /// Every reference to a fagsystem: by rules, as the default recipient, and by guards.
    pub mentions: Vec<(JsonPath, FagsystemId)>,
    /// Every contact point's id.
    pub contact_points: Vec<(JsonPath, Caseless)>,
    /// Every rule's priority.
    pub priorities: Vec<(JsonPath, Priority)>,
    /// Every guard's name.
    pub guards: Vec<(JsonPath, String)>,
    /// The recipients of the guards' messages.
    pub guarded_recipients: Vec<(JsonPath, Cvr)>,
}

impl AuthorityOutline {
    /// The outline of the authority at that place.
    #[must_use]
    pub fn of(authority: &Authority, place: &JsonPath) -> Self {
        fn listed<T, U>(items: &[T], list: &JsonPath, key: &str, part: impl Fn(&T) -> U) -> Vec<(JsonPath, U)> {
            items.iter().enumerate().map(|(index, item)| (list.at(index).key(key), part(item))).collect()
        }
        let rules = place.key("regler");
        let mut mentions = listed(&authority.rules, &rules, "fagsystem", |rule| rule.fagsystem.clone());
        mentions.push((place.key("opsamlingssystem"), authority.default_fagsystem.clone()));
        let guards = place.key("vagtmeddelelser");
        mentions.extend(listed(&authority.guards, &guards, "fagsystem", |guard| guard.fagsystem.clone()));
        let recipient = |(at, guard): (usize, &Guard)| {
            Some((guards.at(at).key("meddelelse").key("modtager"), guard.facts.recipient?))
        };
        let mut cvrs = vec![(place.key("cvr"), authority.cvr)];
        let more = place.key("flereCvr");
        cvrs.extend(authority.more_cvrs.iter().enumerate().map(|(index, cvr)| (more.at(index), *cvr)));
        Self {
            cvrs,
            fagsystems: listed(&authority.fagsystems, &place.key("fagsystemer"), "id", |it| it.id.clone()),
            lacks_fagsystems: false,
            mentions,
            contact_points: listed(&authority.contact_points, &place.key("kontaktpunkter"), "id", |it| it.id.clone()),
            priorities: listed(&authority.rules, &rules, "prioritet", |rule| rule.priority),
            guards: listed(&authority.guards, &guards, "navn", |guard| guard.name.clone()),
            guarded_recipients: authority.guards.iter().enumerate().filter_map(recipient).collect(),
        }
    }
}

/// Every contradiction within and between the authorities.
#[must_use]
pub fn cross_check(authorities: &[AuthorityOutline]) -> Vec<Fault> {
    let mut faults = Vec::new();
    repeated(authorities.iter().flat_map(|it| &it.cvrs), &mut faults, |cvr, first| Problem::CvrTaken { cvr, first });
    for authority in authorities {
        repeated(&authority.fagsystems, &mut faults, |id, first| Problem::FagsystemTaken { id, first });
        repeated(&authority.contact_points, &mut faults, |id, first| Problem::ContactPointTaken { id, first });
        repeated(&authority.priorities, &mut faults, |priority, first| Problem::PriorityTaken { priority, first });
        repeated(&authority.guards, &mut faults, |name, first| Problem::GuardTaken { name, first });
        for (place, cvr) in &authority.guarded_recipients {
            // Without any number, the authority itself is at fault.
            if !authority.cvrs.is_empty() && authority.cvrs.iter().all(|(_, own)| own != cvr) {
                faults.push(Fault { place: place.clone(), problem: Problem::GuardForAnother(*cvr) });
            }
        }
        let known: HashSet<_> = authority.fagsystems.iter().map(|(_, id)| id).collect();
        for (place, id) in &authority.mentions {
            if !authority.lacks_fagsystems && !known.contains(id) {
                faults.push(Fault { place: place.clone(), problem: Problem::NoSuchFagsystem(id.clone()) });
            }
        }
    }
    faults
}

fn repeated<'a, T: Eq + Hash + Clone + 'a>(
    items: impl IntoIterator<Item = &'a (JsonPath, T)>,
    faults: &mut Vec<Fault>,
    problem: impl Fn(T, JsonPath) -> Problem,
) {
    let items = items.into_iter();
    let mut first_places: HashMap<&T, &JsonPath> = HashMap::with_capacity(items.size_hint().0);
    for (place, item) in items {
        if let Some(first) = first_places.get(item) {
            faults.push(Fault { place: place.clone(), problem: problem(item.clone(), (*first).clone()) });
        } else {
            first_places.insert(item, place);
        }
    }
}

impl RuleBook {
    /// Every contradiction in the book; none when it can be compiled.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let list = JsonPath::top().key("myndigheder");
        let outlines: Vec<_> = self
            .authorities
            .iter()
            .enumerate()
            .map(|(index, authority)| AuthorityOutline::of(authority, &list.at(index)))
            .collect();
        cross_check(&outlines)
    }
}
