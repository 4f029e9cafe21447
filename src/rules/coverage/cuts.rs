use std::collections::HashMap;

use crate::rules::book::{Criterion, CriterionKind};

/// The values that a criterion requires, among those that criteria name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// One value, by its number.
    Point(u32),
    /// The intervals of numbers from the first up to the end, which is not included. They are those between two cuts.
    Range(u32, u32),
}

impl Place {
    pub fn covers(self, other: Self) -> bool {
        match (self, other) {
            (Self::Point(one), Self::Point(two)) => one == two,
            (Self::Range(from, to), Self::Range(first, last)) => from <= first && last <= to,
            _ => false,
        }
    }

    pub fn both(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Point(one), Self::Point(two)) => (one == two).then_some(self),
            (Self::Range(from, to), Self::Range(first, last)) => {
                let (from, to) = (from.max(first), to.min(last));
                (from < to).then_some(Self::Range(from, to))
            }
            _ => None,
        }
    }
}

/// The values that the criteria of some rules name: single ones by number, and numbers of KLE and FORM by where intervals
/// begin and end. Coverages with the same values can be laid over each other.
#[derive(Debug, Clone, Default)]
pub struct Values<'a> {
    numbers: HashMap<&'a Criterion, u32>,
    points: Vec<&'a Criterion>,
    kle: Vec<u32>,
    form: Vec<u32>,
}

impl<'a> Values<'a> {
    pub fn of(criteria: impl Iterator<Item = &'a Criterion>) -> Self {
        let mut values = Self::default();
        for criterion in criteria {
            match (criterion, range(criterion)) {
                (Criterion::Kle(_), Some((first, end))) => values.kle.extend([first, end]),
                (_, Some((first, end))) => values.form.extend([first, end]),
                _ => {
                    let next = values.numbers.len();
                    values.numbers.entry(criterion).or_insert_with(|| {
                        values.points.push(criterion);
                        u32::try_from(next).unwrap_or(u32::MAX)
                    });
                }
            }
        }
        for cuts in [&mut values.kle, &mut values.form] {
            cuts.sort_unstable();
            cuts.dedup();
        }
        values
    }

    /// The place of a criterion that is among them; of one that is not, `None`.
    pub fn place(&self, criterion: &Criterion) -> Option<Place> {
        let Some((first, end)) = range(criterion) else {
            return self.numbers.get(criterion).copied().map(Place::Point);
        };
        let cuts = self.cuts(CriterionKind::of(criterion));
        let at = |cut| cuts.binary_search(&cut).ok().and_then(|at| u32::try_from(at).ok());
        Some(Place::Range(at(first)?, at(end)?))
    }

    /// The criterion that requires the value with that number.
    pub fn point(&self, number: u32) -> Option<&'a Criterion> {
        self.points.get(number as usize).copied()
    }

    /// How many single values there are.
    pub fn points(&self) -> usize {
        self.points.len()
    }

    /// The first number of an interval between two cuts, with two digits a part.
    pub fn first_number(&self, kind: CriterionKind, leaf: u32) -> Option<u32> {
        self.cuts(kind).get(leaf as usize).copied()
    }

    /// How many intervals there are between the cuts.
    pub fn leaves(&self, kind: CriterionKind) -> usize {
        self.cuts(kind).len().saturating_sub(1)
    }

    fn cuts(&self, kind: CriterionKind) -> &[u32] {
        if kind == CriterionKind::Kle { &self.kle } else { &self.form }
    }
}

/// The first number of a criterion on a classification, and the one after its last.
fn range(criterion: &Criterion) -> Option<(u32, u32)> {
    match criterion {
        Criterion::Kle(interval) => Some((interval.lowest(), interval.highest() + 1)),
        Criterion::Form(interval) => Some((interval.lowest(), interval.highest() + 1)),
        _ => None,
    }
}
