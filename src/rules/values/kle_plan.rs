use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Bound;

use jiff::civil::Date;

use super::classification::{Interval, Kle, KleNumbers};

/// The titles of KLE numbers: the plan (*emneplan*) of main groups (*hovedgrupper*), groups (*grupper*) and subjects (*emner*)
/// that KL publishes.
///
/// ```
/// use postfordeler::rules::KlePlan;
///
/// let mut plan = KlePlan::built_in();
/// assert_eq!(plan.title("28".parse().unwrap()), Some("Dagtilbud"));
/// plan.add("28.06".parse().unwrap(), "Optagelse i dagtilbud");
/// assert_eq!(plan.path("28.06".parse().unwrap()), "Dagtilbud");
/// assert_eq!(plan.nearest_title("28.06.02".parse().unwrap()), Some("Optagelse i dagtilbud"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KlePlan {
    /// When KL published it; `None` for the main groups that are built in, or where the file does not say.
    pub published: Option<Date>,
    titles: BTreeMap<Kle, Title>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Title {
    written: Box<str>,
    /// In lower case, for searching.
    folded: Box<str>,
}

impl Title {
    fn new(written: &str) -> Self {
        Self { written: written.into(), folded: written.to_lowercase().into() }
    }
}

/// How much a plan differs from another one, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KleChange {
    /// Numbers that only the new plan has.
    pub added: usize,
    /// Numbers that the new plan no longer has.
    pub removed: usize,
    /// Numbers whose title has changed.
    pub renamed: usize,
}

impl KleChange {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// How well a number fits a search, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    NumberBegins,
    TitleBegins,
    HasPhrase,
    HasEachWord,
}

impl Default for KlePlan {
    fn default() -> Self {
        Self::built_in()
    }
}

impl KlePlan {
    /// The 37 main groups, which rarely change and are built in.
    #[must_use]
    pub fn built_in() -> Self {
        let lines = include_str!("../../../resources/kle/hovedgrupper.txt").lines();
        let titles = lines.filter_map(|line| {
            let (number, title) = line.split_once(' ')?;
            Some((number.parse().ok()?, Title::new(title)))
        });
        Self { published: None, titles: titles.collect() }
    }

    /// A plan without any number.
    #[must_use]
    pub fn empty() -> Self {
        Self { published: None, titles: BTreeMap::new() }
    }

    /// Adds a number with its title, unless it is there already. Returns whether it was added.
    pub fn add(&mut self, number: Kle, title: &str) -> bool {
        match self.titles.entry(number) {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                place.insert(Title::new(title));
                true
            }
        }
    }

    /// The number of numbers in the plan.
    #[must_use]
    pub fn len(&self) -> usize {
        self.titles.len()
    }

    /// Whether the plan is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.titles.is_empty()
    }

    /// Whether the plan has main groups alone.
    #[must_use]
    pub fn has_main_groups_alone(&self) -> bool {
        self.titles.keys().all(|number| number.level() == 1)
    }

    /// The title of exactly that number.
    #[must_use]
    pub fn title(&self, number: Kle) -> Option<&str> {
        self.titles.get(&number).map(|title| &*title.written)
    }

    /// The title of the number, or else of the nearest number above it.
    #[must_use]
    pub fn nearest_title(&self, number: Kle) -> Option<&str> {
        std::iter::successors(Some(number), |number| number.above()).find_map(|number| self.title(number))
    }

    /// What the numbers of an interval are about: "Dagtilbud", "Social service – Dagtilbud". `None` when the plan has no title for
    /// its first number or any above it.
    #[must_use]
    pub fn about(&self, interval: &Interval<KleNumbers>) -> Option<String> {
        let from = self.nearest_title(interval.first())?;
        match interval.last().and_then(|last| self.nearest_title(last)) {
            Some(to) if to != from => Some(format!("{from} – {to}")),
            _ => Some(from.to_owned()),
        }
    }

    /// Whether the plan has a number of the interval. A plan of main groups alone only knows the first number's main group.
    #[must_use]
    pub fn knows(&self, interval: &Interval<KleNumbers>) -> bool {
        if self.has_main_groups_alone() {
            return self.nearest_title(interval.first()).is_some();
        }
        self.titles.keys().any(|number| interval.contains(*number))
    }

    /// The titles of the numbers above that one, the main group first: "Dagtilbud › Optagelse i dagtilbud". Empty for a
    /// main group.
    #[must_use]
    pub fn path(&self, number: Kle) -> String {
        let above = std::iter::successors(number.above(), |number| number.above());
        let mut titles: Vec<_> = above.filter_map(|number| self.title(number)).collect();
        titles.reverse();
        titles.join(" › ")
    }

    /// Every number with its title, in order.
    pub fn entries(&self) -> impl Iterator<Item = (Kle, &str)> {
        self.titles.iter().map(|(number, title)| (*number, &*title.written))
    }

    /// The numbers directly below that one, in order; without one, the main groups.
    pub fn below(&self, number: Option<Kle>) -> impl Iterator<Item = (Kle, &str)> {
        let from = number.map_or(Bound::Unbounded, Bound::Excluded);
        let level = number.map_or(1, |number| number.level() + 1);
        let entries = self.titles.range((from, Bound::Unbounded));
        let entries = entries.take_while(move |(it, _)| number.is_none_or(|number| it.is_below(number)));
        entries.filter(move |(it, _)| it.level() == level).map(|(number, title)| (*number, &*title.written))
    }

    /// The numbers, in order, that have each of the words in their title, whatever its case, or begin with it.
    pub fn find<'a>(&'a self, words: &str) -> impl Iterator<Item = (Kle, &'a str)> + use<'a> {
        let words = folded_words(words);
        let entries = self.titles.iter().filter(move |(number, title)| fit(**number, title, &words).is_some());
        entries.map(|(number, title)| (*number, &*title.written))
    }

    /// At most `most` numbers that fit the words best: first those that begin with the first word, then those whose title begins
    /// with the words, then those whose title has them as a phrase, then those whose title has each of them.
    #[must_use]
    pub fn likeliest(&self, words: &str, most: usize) -> Vec<(Kle, &str)> {
        let words = folded_words(words);
        let fitting = self
            .titles
            .iter()
            .filter_map(|(number, title)| Some((fit(*number, title, &words)?, *number, &*title.written)));
        let mut fitting: Vec<_> = fitting.collect();
        // The sort is stable: equally good ones stay in the order of the plan.
        fitting.sort_by_key(|(fit, ..)| *fit);
        fitting.truncate(most);
        fitting.into_iter().map(|(_, number, title)| (number, title)).collect()
    }

    /// How much a newer plan differs from this one.
    #[must_use]
    pub fn change_to(&self, newer: &Self) -> KleChange {
        let missing_in =
            |one: &Self, other: &Self| one.titles.keys().filter(|number| !other.titles.contains_key(number)).count();
        let is_renamed = |(number, title): &(Kle, &str)| newer.title(*number).is_some_and(|newer| newer != *title);
        KleChange {
            added: missing_in(newer, self),
            removed: missing_in(self, newer),
            renamed: self.entries().filter(is_renamed).count(),
        }
    }
}

fn folded_words(words: &str) -> Vec<String> {
    words.to_lowercase().split_whitespace().map(str::to_owned).collect()
}

/// How well a number fits; `None` when its title lacks a word and it does not begin with it either.
fn fit(number: Kle, title: &Title, words: &[String]) -> Option<Fit> {
    let is_number = |word: &str| word.starts_with(|first: char| first.is_ascii_digit());
    let begins = |word: &String| is_number(word) && number.to_string().starts_with(word.as_str());
    if !words.iter().all(|word| begins(word) || title.folded.contains(word.as_str())) {
        return None;
    }
    Some(match title.folded.find(&words.join(" ")) {
        _ if words.first().is_some_and(begins) => Fit::NumberBegins,
        Some(0) => Fit::TitleBegins,
        Some(_) => Fit::HasPhrase,
        None => Fit::HasEachWord,
    })
}
