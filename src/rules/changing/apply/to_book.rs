use std::collections::{HashMap, HashSet};

use super::claims::{Claim, obstacles};
use super::obstacle::Obstacle;
use super::swap::{SwapState, put, state, swap_in_list};
use crate::rules::book::{Authority, FagsystemId, Guard, KnownAuthority, RuleBook};
use crate::rules::checking::Problem;
use crate::rules::comparing::{Difference, Subject, Swap, WrittenAlike};
use crate::rules::values::Cvr;

/// A rule book to which differences were applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The book with all differences that could be applied.
    pub book: RuleBook,
    /// Those that could not be applied, in their order, and why not. Of one that replaces a thing by another thing, only the
    /// half that could not be applied is here.
    pub refused: Vec<(Difference, Obstacle)>,
}

impl RuleBook {
    /// Applies differences to a copy. Those that cannot be applied are reported, and what they would have changed stays.
    ///
    /// They are applied all at once, so that rules can exchange their priorities. A difference whose result is already there
    /// counts as applied. No contradiction is introduced: if this book [compiles](RuleBook::compile), so does the copy.
    #[must_use]
    pub fn apply(&self, differences: &[Difference]) -> Applied {
        let parts = differences.iter().flat_map(halves).collect();
        let mut application = Application { book: self.clone(), parts, refused: Vec::new() };
        application.change_known_authorities();
        application.change_authorities();
        application.change_within_authorities();
        let Application { book, parts, mut refused } = application;
        refused.sort_by_key(|(part, _)| *part);
        let refused = refused.into_iter().map(|(part, obstacle)| (parts[part].clone(), obstacle)).collect();
        Applied { book, refused }
    }
}

/// The difference itself, or a removal and an addition when its two sides are different things.
fn halves(difference: &Difference) -> Vec<Difference> {
    fn split<T: Clone>(
        swap: &Swap<T>,
        is_same: impl Fn(&T, &T) -> bool,
        subject: fn(Swap<T>) -> Subject,
    ) -> Vec<Subject> {
        match (&swap.before, &swap.after) {
            (Some(before), Some(after)) if !is_same(before, after) => {
                let removal = Swap { before: swap.before.clone(), after: None };
                let addition = Swap { before: None, after: swap.after.clone() };
                vec![subject(removal), subject(addition)]
            }
            _ => vec![subject(swap.clone())],
        }
    }
    let subjects = match &difference.subject {
        Subject::KnownAuthority(swap) => split(swap, |one, other| one.cvr == other.cvr, Subject::KnownAuthority),
        Subject::Authority(swap) => split(swap, |one, other| one.cvr == other.cvr, Subject::Authority),
        Subject::Fagsystem(swap) => split(swap, |one, other| one.id == other.id, Subject::Fagsystem),
        Subject::ContactPoint(swap) => split(swap, |one, other| one.id == other.id, Subject::ContactPoint),
        Subject::Guard(swap) => split(swap, |one, other| one.name == other.name, Subject::Guard),
        other => vec![other.clone()],
    };
    subjects.into_iter().map(|subject| Difference { authority: difference.authority, subject }).collect()
}

/// Differences that are being applied to a book.
struct Application {
    book: RuleBook,
    parts: Vec<Difference>,
    /// Those that cannot be applied, by their position in `parts`.
    refused: Vec<(usize, Obstacle)>,
}

impl Application {
    fn change_known_authorities(&mut self) {
        let parts = self.parts.iter().enumerate();
        let swaps: Vec<_> = parts
            .filter_map(|(at, part)| match &part.subject {
                Subject::KnownAuthority(swap) => Some((at, swap)),
                _ => None,
            })
            .collect();
        if swaps.is_empty() {
            return;
        }
        let mut known = KnownAuthority::each_once(&self.book.known_authorities);
        for (at, swap) in swaps {
            let changed = swap_in_list(&mut known, swap, |one, other| one.cvr == other.cvr);
            self.refused.extend(changed.err().map(|obstacle| (at, obstacle)));
        }
        self.book.known_authorities = known;
    }

    /// Changes which authorities there are and for which CVR numbers they receive: all at once, so that a number can move from
    /// one to another.
    fn change_authorities(&mut self) {
        let mut ready: Vec<(usize, Claim<Cvr>)> = Vec::new();
        let mut changing: HashSet<Cvr> = HashSet::new();
        for (at, part) in self.parts.iter().enumerate() {
            match self.book.claim_of_cvrs(part) {
                Ok(None) => {}
                Ok(Some((cvr, _))) if !changing.insert(cvr) => self.refused.push((at, Obstacle::Changed)),
                Ok(Some((cvr, claim))) => match self.number_of_a_guard(cvr, &part.subject) {
                    Some(number) => self.refused.push((at, Obstacle::RecipientNeeded(number))),
                    None => ready.push((at, claim)),
                },
                Err(obstacle) => self.refused.push((at, obstacle)),
            }
        }
        let taken: HashSet<Cvr> = self.book.authorities.iter().flat_map(Authority::cvrs).collect();
        let (parts, claims): (Vec<_>, Vec<_>) = ready.into_iter().unzip();
        for (part, obstacle) in parts.into_iter().zip(obstacles(&claims, |cvr| taken.contains(&cvr))) {
            match obstacle {
                Some(_) => self.refused.push((part, Obstacle::AlreadyThere)),
                None => self.book.change_authority(&self.parts[part]),
            }
        }
    }

    /// A number that the authority would give up, although a guard's message is to it and stays so.
    fn number_of_a_guard(&self, cvr: Cvr, subject: &Subject) -> Option<Cvr> {
        let Subject::MoreCvrs(Swap { after: Some(after), .. }) = subject else { return None };
        let authority = self.book.authority(cvr)?;
        let is_kept = |number: &Cvr| *number == cvr || after.contains(number);
        let mut needed = authority.guards.iter().filter_map(|guard| Some((guard, guard.facts.recipient?)));
        let stays = needed.find(|(guard, number)| {
            let is_given_up = authority.more_cvrs.contains(number) && !is_kept(number);
            is_given_up && !self.gives_way(authority, guard, is_kept)
        });
        stays.map(|(_, number)| number)
    }

    /// Whether a guard is removed, or changed to one that can be there with only the numbers that are kept.
    fn gives_way(&self, authority: &Authority, guard: &Guard, is_kept: impl Fn(&Cvr) -> bool) -> bool {
        let own = || self.parts.iter().filter(|part| part.authority == Some(authority.cvr)).map(|part| &part.subject);
        let will_be_there = |id: &FagsystemId| {
            let is_new = |subject: &Subject| match subject {
                Subject::Fagsystem(Swap { before: None, after: Some(new) }) => new.id == *id,
                _ => false,
            };
            authority.fagsystem(id).is_some() || own().any(is_new)
        };
        own().any(|subject| match subject {
            Subject::Guard(Swap { before: Some(before), after }) if before.is_written_like(guard) => {
                after.as_ref().is_none_or(|after| {
                    after.facts.recipient.as_ref().is_none_or(&is_kept) && will_be_there(&after.fagsystem)
                })
            }
            _ => false,
        })
    }

    fn change_within_authorities(&mut self) {
        let mut parts_of: HashMap<Cvr, Vec<(usize, &Subject)>> = HashMap::new();
        for (at, Difference { authority, subject }) in self.parts.iter().enumerate() {
            match (subject, authority) {
                (Subject::KnownAuthority(_) | Subject::Authority(_) | Subject::MoreCvrs(_), _) => {}
                (_, Some(cvr)) => parts_of.entry(*cvr).or_default().push((at, subject)),
                (_, None) => self.refused.push((at, Obstacle::Changed)),
            }
        }
        for authority in &mut self.book.authorities {
            if let Some(parts) = parts_of.remove(&authority.cvr) {
                self.refused.extend(authority.apply(&parts));
            }
        }
        for (cvr, parts) in parts_of {
            self.refused.extend(parts.into_iter().map(|(at, _)| (at, Obstacle::NoAuthority(cvr))));
        }
    }
}

impl RuleBook {
    /// The authority whose CVR numbers a difference changes, with those that it frees and takes; `None` when it changes none.
    fn claim_of_cvrs(&self, difference: &Difference) -> Result<Option<(Cvr, Claim<Cvr>)>, Obstacle> {
        match &difference.subject {
            Subject::Authority(swap) => {
                let cvrs = |side: &Option<Authority>| side.iter().flat_map(Authority::cvrs).collect();
                let Some(cvr) = swap.before.as_ref().or(swap.after.as_ref()).map(|it| it.cvr) else { return Ok(None) };
                match (state(swap, self.authority(cvr), self.authority(cvr)), swap.after.as_ref().and_then(flaw)) {
                    (SwapState::Done, _) => Ok(None),
                    (SwapState::Outdated, _) => Err(Obstacle::Changed),
                    (SwapState::Ready, Some(flaw)) => Err(flaw),
                    (SwapState::Ready, None) => {
                        Ok(Some((cvr, Claim { frees: cvrs(&swap.before), takes: cvrs(&swap.after) })))
                    }
                }
            }
            Subject::MoreCvrs(swap) => {
                let cvr = difference.authority.ok_or(Obstacle::Changed)?;
                let present = &self.authority(cvr).ok_or(Obstacle::NoAuthority(cvr))?.more_cvrs;
                match (state(swap, Some(present), Some(present)), &swap.after) {
                    (SwapState::Done, _) => Ok(None),
                    (SwapState::Ready, Some(after)) => {
                        Ok(Some((cvr, Claim { frees: present.clone(), takes: after.clone() })))
                    }
                    _ => Err(Obstacle::Changed),
                }
            }
            _ => Ok(None),
        }
    }

    fn change_authority(&mut self, difference: &Difference) {
        match &difference.subject {
            Subject::Authority(swap) => put(&mut self.authorities, swap, |one, other| one.cvr == other.cvr),
            Subject::MoreCvrs(Swap { after: Some(after), .. }) => {
                let authority = self.authorities.iter_mut().find(|it| Some(it.cvr) == difference.authority);
                authority.expect("its CVR numbers have been claimed").more_cvrs.clone_from(after);
            }
            _ => {}
        }
    }
}

/// What is wrong with an authority by itself.
fn flaw(authority: &Authority) -> Option<Obstacle> {
    let book = RuleBook { known_authorities: Vec::new(), authorities: vec![authority.clone()] };
    Some(match book.faults().into_iter().next()?.problem {
        Problem::PriorityTaken { priority, .. } => Obstacle::PriorityTaken(priority),
        Problem::NoSuchFagsystem(id) => Obstacle::NoFagsystem(id),
        Problem::GuardForAnother(cvr) => Obstacle::NoRecipient(cvr),
        Problem::FagsystemTaken { .. }
        | Problem::CvrTaken { .. }
        | Problem::ContactPointTaken { .. }
        | Problem::GuardTaken { .. } => Obstacle::AlreadyThere,
    })
}
