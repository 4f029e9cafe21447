use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::claims::{Claim, obstacles};
use super::obstacle::Obstacle;
use super::stance::{Stance, stance, swap_in_list, swap_only};
use crate::rules::book::{Authority, Fagsystem, FagsystemId, Priority, Rule};
use crate::rules::comparing::{Subject, Swap, WrittenAlike, content};

/// What is refused, by its position among all that is applied.
type Refused = Vec<(usize, Obstacle)>;

impl Authority {
    /// Makes what differs in this authority, except its CVR numbers; what cannot be made is told.
    pub(super) fn apply(&mut self, subjects: &[(usize, &Subject)]) -> Refused {
        let mut refused = Vec::new();
        let mut attempt = |at: &usize, made: Result<(), Obstacle>| refused.extend(made.err().map(|it| (*at, it)));
        // Fagsystems come before what will need them, and go after what has needed them.
        for (at, subject) in subjects {
            if let Subject::Fagsystem(swap) = subject
                && swap.after.is_some()
            {
                attempt(at, swap_in_list(&mut self.fagsystems, swap, |one, other| one.id == other.id));
            }
        }
        let mut rules = Vec::new();
        for (at, subject) in subjects {
            match subject {
                Subject::Name(swap) => attempt(at, swap_only(&mut self.name, swap, |_| Ok(()))),
                Subject::DefaultFagsystem(swap) => {
                    let is_there = |id: &FagsystemId| self.fagsystems.iter().any(|it| it.id == *id);
                    let allowed = |id: &FagsystemId| {
                        if is_there(id) { Ok(()) } else { Err(Obstacle::NoFagsystem(id.clone())) }
                    };
                    attempt(at, swap_only(&mut self.default_fagsystem, swap, allowed));
                }
                Subject::ContactPoint(swap) => {
                    attempt(at, swap_in_list(&mut self.contact_points, swap, |one, other| one.id == other.id));
                }
                Subject::Rule(swap) => rules.push((*at, swap)),
                _ => {}
            }
        }
        refused.extend(self.apply_to_rules(&rules));
        for (at, subject) in subjects {
            if let Subject::Fagsystem(swap @ Swap { before: Some(before), after: None }) = subject {
                let removed = self.remove_fagsystem(before, swap);
                refused.extend(removed.err().map(|obstacle| (*at, obstacle)));
            }
        }
        refused
    }

    fn remove_fagsystem(&mut self, fagsystem: &Fagsystem, removal: &Swap<Fagsystem>) -> Result<(), Obstacle> {
        let id = &fagsystem.id;
        let is_needed = self.default_fagsystem == *id || self.rules.iter().any(|rule| rule.fagsystem == *id);
        if is_needed && self.fagsystem(id) == Some(fagsystem) {
            return Err(Obstacle::FagsystemNeeded(id.clone()));
        }
        swap_in_list(&mut self.fagsystems, removal, |one, other| one.id == other.id)
    }

    fn apply_to_rules(&mut self, swaps: &[(usize, &Swap<Arc<Rule>>)]) -> Refused {
        if swaps.is_empty() {
            return Vec::new();
        }
        let (ready, mut refused) = self.weigh(swaps);
        let (ready, claims): (Vec<_>, Vec<_>) = ready.into_iter().unzip();
        let taken: HashSet<Priority> = self.rules.iter().map(|rule| rule.priority).collect();
        let mut leaving: HashSet<Priority> = HashSet::new();
        let mut coming: Vec<Arc<Rule>> = Vec::new();
        let obstacles = obstacles(&claims, |priority| taken.contains(&priority));
        for ((at, swap), obstacle) in ready.into_iter().zip(obstacles) {
            if let Some(priority) = obstacle {
                refused.push((at, Obstacle::PriorityTaken(priority)));
            } else {
                leaving.extend(swap.before.as_ref().map(|rule| rule.priority));
                coming.extend(swap.after.clone());
            }
        }
        // In a book with contradictions several rules may have the number: one alone leaves.
        self.rules.retain(|rule| !leaving.remove(&rule.priority));
        self.rules.extend(coming);
        self.rules.sort_by_key(|rule| rule.priority);
        refused
    }

    /// Which swaps of rules can be made as far as each on its own goes, with the priorities that each frees and takes.
    fn weigh<'a>(&self, swaps: &[(usize, &'a Swap<Arc<Rule>>)]) -> (Vec<Candidate<'a>>, Refused) {
        let standing: HashMap<Priority, &Arc<Rule>> = self.rules.iter().rev().map(|it| (it.priority, it)).collect();
        let fagsystems: HashSet<&FagsystemId> = self.fagsystems.iter().map(|it| &it.id).collect();
        let contents = LazyCell::new(|| self.rules.iter().map(|rule| content(rule)).collect::<HashSet<_>>());
        let coming: HashMap<Priority, &Arc<Rule>> =
            swaps.iter().filter_map(|(_, swap)| swap.after.as_ref()).map(|rule| (rule.priority, rule)).collect();
        let mut leaving: HashSet<Priority> = HashSet::new();
        let (mut ready, mut refused) = (Vec::new(), Vec::new());
        for (at, swap) in swaps {
            let (before, after) = (swap.before.as_ref(), swap.after.as_ref());
            let place_of = |side: Option<&Arc<Rule>>| standing.get(&side?.priority).copied();
            // One that has come into the place of a removed rule by these same swaps is no changed form of that.
            let is_new = |rule: &&Arc<Rule>| coming.get(&rule.priority).is_some_and(|it| it.is_written_like(rule));
            let at_before = place_of(before).filter(|standing| after.is_some() || !is_new(standing));
            let obstacle = match (stance(swap, at_before, place_of(after)), before, after) {
                // What was to be removed is gone from its place, but lives on at another.
                (Stance::Made, Some(before), None) if contents.contains(&content(before)) => Some(Obstacle::Changed),
                (Stance::Made, ..) => continue,
                (Stance::Overtaken, ..) => Some(Obstacle::Changed),
                (Stance::Ready, Some(before), _) if !leaving.insert(before.priority) => Some(Obstacle::Changed),
                (Stance::Ready, before, Some(after))
                    if !fagsystems.contains(&after.fagsystem)
                        && before.is_none_or(|before| before.fagsystem != after.fagsystem) =>
                {
                    Some(Obstacle::NoFagsystem(after.fagsystem.clone()))
                }
                (Stance::Ready, ..) => None,
            };
            if let Some(obstacle) = obstacle {
                refused.push((*at, obstacle));
            } else {
                let number = |side: Option<&Arc<Rule>>| side.map(|rule| rule.priority).into_iter().collect();
                ready.push(((*at, *swap), Claim { frees: number(before), takes: number(after) }));
            }
        }
        (ready, refused)
    }
}

/// A swap of rules with its position among all that is applied, and what it asks for.
type Candidate<'a> = ((usize, &'a Swap<Arc<Rule>>), Claim<Priority>);
