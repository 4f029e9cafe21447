use std::collections::{BTreeMap, BTreeSet};

use super::ruled::Ruled;
use super::takers::{Takers, Taking};
use crate::rules::book::{Criterion, FagsystemId};
use crate::rules::facts::Facts;
use crate::rules::values::{Cvr, Interval, Number};

/// Into at most so many stretches is a number divided for which the plan has none below.
const MOST_STRETCHES: usize = 24;
/// At most so many numbers that the plan does not have become parts, those with the most mail.
const MOST_UNPLANNED: usize = 200;

/// The parts of a plan, who gets the mail with their numbers, and how much there was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanTree {
    /// Every part. Those below a part come somewhere after it.
    pub parts: Vec<Part>,
    /// The parts of the first level, in order.
    pub roots: Vec<usize>,
    /// How much mail there was.
    pub mail: PlanMail,
}

/// A part of a plan: the numbers of an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What a rule that takes all of it looks for.
    pub criterion: Criterion,
    /// The interval as it is written.
    pub numbers: String,
    /// What it is about; `None` where the plan does not say.
    pub title: Option<Box<str>>,
    /// Why it is a part.
    pub origin: PartOrigin,
    /// The part that it belongs to.
    pub above: Option<usize>,
    /// The parts that it consists of, in order.
    pub below: Vec<usize>,
    /// How many messages had one of its numbers.
    pub mail: u64,
    /// Who takes the numbers of the parts below it, or its own where there are none, in the order of the rules.
    pub taking: Vec<Taking>,
    /// Who takes its numbers that no part below it has, where somebody else takes any of them.
    pub others: Vec<Taking>,
    /// Who gets the mail with the numbers of the parts below it, or its own, each once.
    pub taken_by: Vec<TakenBy>,
}

/// Why a part is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartOrigin {
    /// The plan has the number.
    Planned,
    /// The plan has no number below the one that it belongs to, but rules divide that one.
    Divided,
    /// The plan does not have the number, but mail came with it.
    Unplanned,
}

/// Who gets mail, and whether a rule says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TakenBy {
    /// Whether no rule takes it, so that the default recipient does.
    pub is_default: bool,
    /// Who gets it.
    pub fagsystem: FagsystemId,
}

/// How much mail came to an authority.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanMail {
    /// Messages with a number of the classification.
    pub numbered: u64,
    /// Messages without one.
    pub without_number: u64,
    /// Messages with a number that the plan does not have.
    pub unplanned: u64,
    /// Those of them whose numbers are too many to be parts.
    pub left_out: u64,
    /// How many of those with a number each gets by its number, the most first.
    pub by_taker: Vec<(TakenBy, u64)>,
}

impl PlanTree {
    /// The parts of a plan, whose numbers come in order, for an authority with these numbers of its own. `messages` are the
    /// different facts of messages, each with how many had them.
    pub fn of<'p, 'm, C: Ruled>(
        plan: impl Iterator<Item = (Number<C>, &'p str)>,
        takers: &Takers<C>,
        recipients: &[Cvr],
        messages: impl Iterator<Item = (&'m Facts, u64)>,
    ) -> Self {
        let mut growing = Growing { tree: Self::default(), ranges: Vec::new(), takers };
        growing.plant(plan);
        let by_number = growing.count(recipients, messages);
        growing.add_unplanned(&by_number);
        growing.divide();
        growing.finish(&by_number);
        growing.tree
    }

    /// The part, the one that it belongs to, and so on up to the first level.
    pub fn upwards(&self, part: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(part), |part| self.parts[*part].above)
    }

    /// The parts directly below that one; those of the first level without one.
    #[must_use]
    pub fn below(&self, part: Option<usize>) -> &[usize] {
        part.and_then(|part| self.parts.get(part)).map_or(&self.roots, |part| &part.below)
    }

    /// The largest parts that no rule takes any of, those with the most mail first, then in order.
    #[must_use]
    pub fn uncovered(&self) -> Vec<usize> {
        let mut found = Vec::new();
        let mut waiting: Vec<usize> = self.roots.iter().rev().copied().collect();
        while let Some(at) = waiting.pop() {
            let part = &self.parts[at];
            if part.is_uncovered() {
                found.push(at);
            } else {
                waiting.extend(part.below.iter().rev());
            }
        }
        found.sort_by_key(|at| std::cmp::Reverse(self.parts[*at].mail));
        found
    }

    /// The part with exactly these numbers.
    #[must_use]
    pub fn find(&self, criterion: &Criterion) -> Option<usize> {
        self.parts.iter().position(|part| part.criterion == *criterion)
    }
}

impl Part {
    /// Whether no rule takes any of it.
    #[must_use]
    pub fn is_uncovered(&self) -> bool {
        self.taken_by.iter().all(|by| by.is_default)
    }
}

/// A tree while it is made. `ranges` has the first and the last full number of each part.
struct Growing<'t, C: Ruled> {
    tree: PlanTree,
    ranges: Vec<(u32, u32)>,
    takers: &'t Takers<C>,
}

impl<C: Ruled> Growing<'_, C> {
    fn plant<'a>(&mut self, plan: impl Iterator<Item = (Number<C>, &'a str)>) {
        let mut open: Vec<(Number<C>, usize)> = Vec::new();
        for (number, title) in plan {
            while open.last().is_some_and(|(above, _)| !number.is_below(*above)) {
                open.pop();
            }
            let above = open.last().map(|(_, at)| *at);
            let at = self.add(number.into(), Some(title), PartOrigin::Planned, above);
            open.push((number, at));
        }
    }

    fn add(&mut self, interval: Interval<C>, title: Option<&str>, origin: PartOrigin, above: Option<usize>) -> usize {
        let at = self.tree.parts.len();
        self.tree.parts.push(Part {
            criterion: C::criterion(interval),
            numbers: interval.to_string(),
            title: title.map(Into::into),
            origin,
            above,
            below: Vec::new(),
            mail: 0,
            taking: Vec::new(),
            others: Vec::new(),
            taken_by: Vec::new(),
        });
        self.ranges.push((interval.lowest(), interval.highest()));
        match above {
            Some(above) => self.tree.parts[above].below.push(at),
            None => self.tree.roots.push(at),
        }
        at
    }

    /// Counts messages by the full number that they have.
    fn count<'a>(
        &mut self,
        recipients: &[Cvr],
        messages: impl Iterator<Item = (&'a Facts, u64)>,
    ) -> BTreeMap<u32, u64> {
        let mut by_number: BTreeMap<u32, u64> = BTreeMap::new();
        let mut by_taker: BTreeMap<TakenBy, u64> = BTreeMap::new();
        let own = messages.filter(|(facts, _)| facts.recipient.is_some_and(|cvr| recipients.contains(&cvr)));
        for (facts, count) in own {
            let Some(number) = C::of(facts) else {
                self.tree.mail.without_number += count;
                continue;
            };
            self.tree.mail.numbered += count;
            *by_number.entry(number.lowest()).or_default() += count;
            if let Some(taker) = self.takers.taker_of(facts) {
                let by = TakenBy { is_default: taker.rule.is_none(), fagsystem: taker.fagsystem.clone() };
                *by_taker.entry(by).or_default() += count;
            }
        }
        let mut by_taker: Vec<_> = by_taker.into_iter().collect();
        by_taker.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        self.tree.mail.by_taker = by_taker;
        by_number
    }

    /// The lowest part that the number is in, and whether that is one with none below it.
    fn innermost(&self, number: u32) -> (Option<usize>, bool) {
        let mut at = None;
        loop {
            let below = self.tree.below(at);
            if at.is_some() && below.is_empty() {
                return (at, true);
            }
            let after = below.partition_point(|part| self.ranges[*part].0 <= number);
            match after.checked_sub(1).map(|before| below[before]).filter(|part| number <= self.ranges[*part].1) {
                Some(part) => at = Some(part),
                None => return (at, false),
            }
        }
    }

    /// Adds parts for the numbers that mail came with and the plan does not have, each one level below what the plan has of it
    /// where there is room for that.
    fn add_unplanned(&mut self, by_number: &BTreeMap<u32, u64>) {
        let mut missing: BTreeMap<(Option<usize>, u32), (Number<C>, u64)> = BTreeMap::new();
        for (number, count) in by_number {
            let (above, is_end) = self.innermost(*number);
            let Some(full) = Number::<C>::of_lowest(*number).filter(|_| !is_end) else { continue };
            let level = above.map_or(0, |above| self.level(above)) + 1;
            let below = self.tree.below(above);
            let is_free = |it: &Number<C>| {
                below.iter().all(|part| self.ranges[*part].1 < it.lowest() || it.highest() < self.ranges[*part].0)
            };
            let mut shorter: Vec<_> = std::iter::successors(Some(full), |number| number.above()).collect();
            shorter.reverse();
            let free = shorter.into_iter().filter(|it| it.level() >= level).find(is_free).unwrap_or(full);
            missing.entry((above, free.lowest())).or_insert((free, 0)).1 += count;
            self.tree.mail.unplanned += count;
        }
        let mut missing: Vec<_> = missing.into_iter().collect();
        missing.sort_by_key(|(_, (_, count))| std::cmp::Reverse(*count));
        self.tree.mail.left_out = missing.iter().skip(MOST_UNPLANNED).map(|(_, (_, count))| count).sum();
        missing.truncate(MOST_UNPLANNED);
        let mut grown = BTreeSet::new();
        for ((above, _), (number, _)) in missing {
            self.add(number.into(), None, PartOrigin::Unplanned, above);
            grown.insert(above);
        }
        for above in grown {
            let below = match above {
                Some(above) => &mut self.tree.parts[above].below,
                None => &mut self.tree.roots,
            };
            below.sort_by_key(|part| self.ranges[*part].0);
        }
    }

    fn level(&self, part: usize) -> usize {
        C::wanted(&self.tree.parts[part].criterion).map_or(0, |interval| interval.first().level())
    }

    /// Divides the lowest parts at the ends of rules' intervals.
    fn divide(&mut self) {
        for at in 0..self.tree.parts.len() {
            let part = &self.tree.parts[at];
            let Some(interval) = C::wanted(&part.criterion).filter(|_| part.below.is_empty()) else { continue };
            let stretches = self.takers.stretches(interval, MOST_STRETCHES);
            if stretches.len() > 1 {
                for stretch in stretches {
                    self.add(stretch.interval, None, PartOrigin::Divided, Some(at));
                }
            }
        }
    }

    /// Fills in who takes each part, from the lowest up.
    fn finish(&mut self, by_number: &BTreeMap<u32, u64>) {
        let mut within: Vec<Vec<(u32, u32)>> = vec![Vec::new(); self.tree.parts.len()];
        for at in (0..self.tree.parts.len()).rev() {
            let (first, last) = self.ranges[at];
            let below = self.tree.parts[at].below.clone();
            let ranges = if below.is_empty() {
                vec![(first, last)]
            } else {
                joined(below.iter().flat_map(|part| within[*part].iter().copied()))
            };
            let outside = if below.is_empty() {
                Vec::new()
            } else {
                gaps((first, last), below.iter().map(|part| self.ranges[*part]))
            };
            let taking = self.takers.over_ranges(&ranges);
            let taken_by = taken_by(&taking);
            let others = if outside.is_empty() { Vec::new() } else { self.takers.over_ranges(&outside) };
            let is_else = taken_by_all(&others).any(|by| !taken_by.contains(&by));
            let part = &mut self.tree.parts[at];
            part.mail = by_number.range(first..=last).map(|(_, count)| count).sum();
            (part.taking, part.taken_by) = (taking, taken_by);
            part.others = if is_else { others } else { Vec::new() };
            within[at] = ranges;
        }
    }
}

fn taken_by_all(taking: &[Taking]) -> impl Iterator<Item = TakenBy> + '_ {
    taking.iter().map(|it| TakenBy { is_default: it.taker.rule.is_none(), fagsystem: it.taker.fagsystem.clone() })
}

fn taken_by(taking: &[Taking]) -> Vec<TakenBy> {
    let mut all = Vec::new();
    for by in taken_by_all(taking) {
        if !all.contains(&by) {
            all.push(by);
        }
    }
    all
}

/// Ranges in order, with those that touch as one.
fn joined(ranges: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u32)> {
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (first, last) in ranges {
        match joined.last_mut() {
            Some((_, end)) if *end + 1 == first => *end = last,
            _ => joined.push((first, last)),
        }
    }
    joined
}

/// What ranges in order leave of a range that they lie in.
fn gaps((first, last): (u32, u32), ranges: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u32)> {
    let mut gaps = Vec::new();
    let mut next = first;
    for (begin, end) in ranges {
        if begin > next {
            gaps.push((next, begin - 1));
        }
        next = end + 1;
    }
    if next <= last {
        gaps.push((next, last));
    }
    gaps
}
