use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Bound;

use jiff::civil::Date;

use super::{Interval, Kle, KleNumbers};

/// What the numbers of KL Emnesystematik mean: the plan of main groups (*hovedgrupper*), groups (*grupper*) and subjects
/// (*emner*), each with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KlePlan {
    /// When KL published it; `None` for the main groups that are built in, or where the file does not say.
    pub published: Option<Date>,
    titles: BTreeMap<Kle, String>,
}

impl Default for KlePlan {
    fn default() -> Self {
        Self::built_in()
    }
}

impl KlePlan {
    /// The 37 main groups, which seldom change.
    #[must_use]
    pub fn built_in() -> Self {
        let lines = include_str!("../../resources/kle/hovedgrupper.txt").lines();
        let titles = lines.filter_map(|line| {
            let (number, title) = line.split_once(' ')?;
            Some((number.parse().ok()?, title.to_owned()))
        });
        Self { published: None, titles: titles.collect() }
    }

    /// A plan without any number.
    #[must_use]
    pub fn empty() -> Self {
        Self { published: None, titles: BTreeMap::new() }
    }

    /// Takes up a number with its title; says whether it was not there yet. What was there stays.
    pub fn add(&mut self, number: Kle, title: &str) -> bool {
        match self.titles.entry(number) {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                place.insert(title.to_owned());
                true
            }
        }
    }

    /// How many numbers have a title.
    #[must_use]
    pub fn len(&self) -> usize {
        self.titles.len()
    }

    /// Whether no number has one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.titles.is_empty()
    }

    /// The title of that very number.
    #[must_use]
    pub fn title(&self, number: Kle) -> Option<&str> {
        self.titles.get(&number).map(String::as_str)
    }

    /// The number's title, or else that of the nearest number above it.
    #[must_use]
    pub fn nearest_title(&self, number: Kle) -> Option<&str> {
        std::iter::successors(Some(number), |number| number.above()).find_map(|number| self.title(number))
    }

    /// What the numbers of an interval are about: "Dagtilbud", "Social service – Dagtilbud". `None` when nothing is known
    /// of its first number.
    #[must_use]
    pub fn about(&self, interval: &Interval<KleNumbers>) -> Option<String> {
        let from = self.nearest_title(interval.first())?;
        match interval.last().and_then(|last| self.nearest_title(last)) {
            Some(to) if to != from => Some(format!("{from} – {to}")),
            _ => Some(from.to_owned()),
        }
    }

    /// Every number with its title, in order.
    pub fn entries(&self) -> impl Iterator<Item = (Kle, &str)> {
        self.titles.iter().map(|(number, title)| (*number, title.as_str()))
    }

    /// The numbers directly below that one, in order; without one, the main groups.
    pub fn below(&self, number: Option<Kle>) -> impl Iterator<Item = (Kle, &str)> {
        let from = number.map_or(Bound::Unbounded, Bound::Excluded);
        let level = number.map_or(1, |number| number.level() + 1);
        let entries = self.titles.range((from, Bound::Unbounded));
        let entries = entries.take_while(move |(it, _)| number.is_none_or(|number| it.is_below(number)));
        entries.filter(move |(it, _)| it.level() == level).map(|(number, title)| (*number, title.as_str()))
    }
}
