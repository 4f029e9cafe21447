use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::claims::{Claim, obstacles};
use super::obstacle::Obstacle;
use super::swap::{SwapState, state, swap_in_list, swap_only};
use crate::rules::book::{Authority, Fagsystem, FagsystemId, Guard, Priority, Rule};
use crate::rules::comparing::{Subject, Swap, WrittenAlike, content};

/// The differences that cannot be applied, by their position among all.
type Refused = Vec<(usize, Obstacle)>;

impl Authority {
    /// Applies differences within this authority, except those of its CVR numbers. Returns those that cannot be applied.
    pub(super) fn apply(&mut self, subjects: &[(usize, &Subject)]) -> Refused {
        let mut refused = Vec::new();
        let mut attempt = |at: &usize, result: Result<(), Obstacle>| refused.extend(result.err().map(|it| (*at, it)));
        // Fagsystems are added before, and removed after, whatever names them.
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
                Subject::Guard(swap) => attempt(at, self.swap_guard(swap)),
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
        if self.needs_fagsystem(id) && self.fagsystem(id) == Some(fagsystem) {
            return Err(Obstacle::FagsystemNeeded(id.clone()));
        }
        swap_in_list(&mut self.fagsystems, removal, |one, other| one.id == other.id)
    }

    fn swap_guard(&mut self, swap: &Swap<Guard>) -> Result<(), Obstacle> {
        let is_there = |guard: &Guard| self.guard(&guard.name).is_some_and(|present| present.is_written_like(guard));
        if let Some(after) = swap.after.as_ref().filter(|after| !is_there(after)) {
            let before = swap.before.as_ref();
            let is_new_fagsystem = before.is_none_or(|before| before.fagsystem != after.fagsystem);
            if is_new_fagsystem && self.fagsystem(&after.fagsystem).is_none() {
                return Err(Obstacle::NoFagsystem(after.fagsystem.clone()));
            }
            let is_new_recipient = before.is_none_or(|before| before.facts.recipient != after.facts.recipient);
            let stranger = after.facts.recipient.filter(|recipient| self.cvrs().all(|own| own != *recipient));
            if let Some(stranger) = stranger.filter(|_| is_new_recipient) {
                return Err(Obstacle::NoRecipient(stranger));
            }
        }
        swap_in_list(&mut self.guards, swap, |one, other| one.name == other.name)
    }

    fn apply_to_rules(&mut self, swaps: &[(usize, &Swap<Arc<Rule>>)]) -> Refused {
        if swaps.is_empty() {
            return Vec::new();
        }
        let (ready, mut refused) = self.sort_out(swaps);
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
        // In a book with contradictions several rules may have the priority: only one is removed.
        self.rules.retain(|rule| !leaving.remove(&rule.priority));
        self.rules.extend(coming);
        self.rules.sort_by_key(|rule| rule.priority);
        refused
    }

    /// The swaps of rules that can be applied as far as each is concerned by itself, with the priorities that it frees and
    /// takes, and those that cannot.
    fn sort_out<'a>(&self, swaps: &[(usize, &'a Swap<Arc<Rule>>)]) -> (Vec<ReadySwap<'a>>, Refused) {
        let present: HashMap<Priority, &Arc<Rule>> = self.rules.iter().rev().map(|it| (it.priority, it)).collect();
        let fagsystems: HashSet<&FagsystemId> = self.fagsystems.iter().map(|it| &it.id).collect();
        let contents = LazyCell::new(|| self.rules.iter().map(|rule| content(rule)).collect::<HashSet<_>>());
        let coming: HashMap<Priority, &Arc<Rule>> =
            swaps.iter().filter_map(|(_, swap)| swap.after.as_ref()).map(|rule| (rule.priority, rule)).collect();
        let mut leaving: HashSet<Priority> = HashSet::new();
        let (mut ready, mut refused) = (Vec::new(), Vec::new());
        for (at, swap) in swaps {
            let (before, after) = (swap.before.as_ref(), swap.after.as_ref());
            let place_of = |side: Option<&Arc<Rule>>| present.get(&side?.priority).copied();
            // A rule that these same swaps have put in the place of a removed one is not a changed form of it.
            let is_new = |rule: &&Arc<Rule>| coming.get(&rule.priority).is_some_and(|it| it.is_written_like(rule));
            let at_before = place_of(before).filter(|present| after.is_some() || !is_new(present));
            let obstacle = match (state(swap, at_before, place_of(after)), before, after) {
                // The rule to be removed no longer has its priority, but exists with another one.
                (SwapState::Done, Some(before), None) if contents.contains(&content(before)) => Some(Obstacle::Changed),
                (SwapState::Done, ..) => continue,
                (SwapState::Outdated, ..) => Some(Obstacle::Changed),
                (SwapState::Ready, Some(before), _) if !leaving.insert(before.priority) => Some(Obstacle::Changed),
                (SwapState::Ready, before, Some(after))
                    if !fagsystems.contains(&after.fagsystem)
                        && before.is_none_or(|before| before.fagsystem != after.fagsystem) =>
                {
                    Some(Obstacle::NoFagsystem(after.fagsystem.clone()))
                }
                (SwapState::Ready, ..) => None,
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

/// A swap of rules with its position among all differences, and the priorities that it frees and takes.
type ReadySwap<'a> = ((usize, &'a Swap<Arc<Rule>>), Claim<Priority>);
