use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use super::pairing::Pairing;
use super::spelling::WrittenAlike;
use crate::rules::book::{Authority, ContactPoint, Fagsystem, FagsystemId, Guard, KnownAuthority, Rule, RuleBook};
use crate::rules::values::Cvr;

/// How something is in the one book and in the other, where they differ. One side may be `None`, never both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap<T> {
    /// How it was; `None` when it is added.
    pub before: Option<T>,
    /// How it becomes; `None` when it is removed.
    pub after: Option<T>,
}

impl<T: Clone> Swap<T> {
    fn change(before: &T, after: &T) -> Self {
        Self { before: Some(before.clone()), after: Some(after.clone()) }
    }

    fn removal(before: &T) -> Self {
        Self { before: Some(before.clone()), after: None }
    }

    fn addition(after: &T) -> Self {
        Self { before: None, after: Some(after.clone()) }
    }

    fn reversed(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }
}

/// Something that differs between two books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The authority it belongs to; `None` only for a known authority, which belongs to the book.
    pub authority: Option<Cvr>,
    /// What differs.
    pub subject: Subject,
}

/// What can differ between two books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A known authority.
    KnownAuthority(Swap<KnownAuthority>),
    /// A whole authority, added or removed.
    Authority(Swap<Authority>),
    /// The authority's name; both sides are there.
    Name(Swap<String>),
    /// All of its further CVR numbers; both sides are there, except in [parts](Difference::parts).
    MoreCvrs(Swap<Vec<Cvr>>),
    /// The default recipient; both sides are there, except in [parts](Difference::parts).
    DefaultFagsystem(Swap<FagsystemId>),
    /// A fagsystem.
    Fagsystem(Swap<Fagsystem>),
    /// A contact point.
    ContactPoint(Swap<ContactPoint>),
    /// A rule.
    Rule(Swap<Arc<Rule>>),
    /// A guard.
    Guard(Swap<Guard>),
}

impl Difference {
    /// The difference that leads back.
    #[must_use]
    pub fn reversed(&self) -> Difference {
        let subject = match &self.subject {
            Subject::KnownAuthority(swap) => Subject::KnownAuthority(swap.reversed()),
            Subject::Authority(swap) => Subject::Authority(swap.reversed()),
            Subject::Name(swap) => Subject::Name(swap.reversed()),
            Subject::MoreCvrs(swap) => Subject::MoreCvrs(swap.reversed()),
            Subject::DefaultFagsystem(swap) => Subject::DefaultFagsystem(swap.reversed()),
            Subject::Fagsystem(swap) => Subject::Fagsystem(swap.reversed()),
            Subject::ContactPoint(swap) => Subject::ContactPoint(swap.reversed()),
            Subject::Rule(swap) => Subject::Rule(swap.reversed()),
            Subject::Guard(swap) => Subject::Guard(swap.reversed()),
        };
        Difference { authority: self.authority, subject }
    }
}

impl Difference {
    /// The parts of an authority that is added or removed, one by one: its further CVR numbers, fagsystems, default
    /// recipient, contact points, rules in order of priority, and guards. Empty for any other difference.
    ///
    /// They are for people to read, and cannot be applied one by one: the authority is added or removed as a whole.
    #[must_use]
    pub fn parts(&self) -> Vec<Difference> {
        let Subject::Authority(swap) = &self.subject else { return Vec::new() };
        let subjects = match (&swap.before, &swap.after) {
            (None, Some(added)) => parts_of(added, true),
            (Some(removed), None) => parts_of(removed, false),
            _ => Vec::new(),
        };
        subjects.into_iter().map(|subject| Difference { authority: self.authority, subject }).collect()
    }
}

fn parts_of(authority: &Authority, is_added: bool) -> Vec<Subject> {
    fn swap<T: Clone>(it: &T, is_added: bool) -> Swap<T> {
        if is_added { Swap::addition(it) } else { Swap::removal(it) }
    }
    let mut rules: Vec<&Arc<Rule>> = authority.rules.iter().collect();
    rules.sort_by_key(|rule| rule.priority);
    let more_cvrs = Some(&authority.more_cvrs).filter(|more| !more.is_empty());
    let mut subjects: Vec<Subject> = Vec::new();
    subjects.extend(more_cvrs.map(|more| Subject::MoreCvrs(swap(more, is_added))));
    subjects.extend(authority.fagsystems.iter().map(|it| Subject::Fagsystem(swap(it, is_added))));
    subjects.push(Subject::DefaultFagsystem(swap(&authority.default_fagsystem, is_added)));
    subjects.extend(authority.contact_points.iter().map(|it| Subject::ContactPoint(swap(it, is_added))));
    subjects.extend(rules.into_iter().map(|it| Subject::Rule(swap(it, is_added))));
    subjects.extend(authority.guards.iter().map(|it| Subject::Guard(swap(it, is_added))));
    subjects
}

impl RuleBook {
    /// The differences that lead from this book to the other; none when they say the same. The order of lists does not count,
    /// but the spelling of names does, even where decisions ignore it.
    ///
    /// Known authorities come first. Then follow the authorities in the order of `after`, removed ones last, and of each its
    /// name, further CVR numbers, fagsystems, default recipient, contact points, rules in order of priority, and guards.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use postfordeler::rules::{Priority, Rule, RuleBook, Subject};
    /// # use postfordeler::rules::{Authority, Criterion, Fagsystem, FagsystemId, Validity};
    /// # let esdh = FagsystemId::new("esdh").unwrap();
    /// # let fagsystem = Fagsystem::new(esdh.clone(), "ESDH", "https://esdh.eksempel.dk/postmodtag".parse().unwrap());
    /// # let mut authority = Authority::new("66137112".parse().unwrap(), "Eksempel Kommune", fagsystem);
    /// # let always = Validity::new(date(2020, 10, 25), None).unwrap();
    /// # let kle = Criterion::Kle("27".parse().unwrap());
    /// # authority.rules = vec![Rule::new(Priority::new(10).unwrap(), kle, esdh, always).into()];
    /// # let before = RuleBook { authorities: vec![authority], ..RuleBook::default() };
    ///
    /// let mut after = before.clone();
    /// let rule = &before.authorities[0].rules[0];
    /// after.authorities[0].rules[0] = Rule { note: "Se sag 4".to_owned(), ..Rule::clone(rule) }.into();
    ///
    /// let differences = before.compare(&after);
    /// let [Subject::Rule(swap)] = [&differences[0].subject] else { panic!("only a rule differs") };
    /// assert_eq!(swap.before.as_ref(), Some(rule));
    /// assert_eq!(before.apply(&differences).book, after);
    /// assert_eq!(after.apply(&[differences[0].reversed()]).book, before);
    /// ```
    #[must_use]
    pub fn compare(&self, after: &RuleBook) -> Vec<Difference> {
        let known = [self, after].map(|book| KnownAuthority::each_once(&book.known_authorities));
        let known = keyed_swaps(&known[0], &known[1], |it| it.cvr, alike);
        let known = known.into_iter().map(|swap| (None, Subject::KnownAuthority(swap)));
        let mut differences: Vec<_> = known.map(|(authority, subject)| Difference { authority, subject }).collect();
        let before: HashMap<Cvr, &Authority> = self.authorities.iter().map(|it| (it.cvr, it)).collect();
        for authority in &after.authorities {
            let subjects = match before.get(&authority.cvr) {
                Some(before) => before.subjects_that_differ(authority),
                None => vec![Subject::Authority(Swap::addition(authority))],
            };
            let difference = |subject| Difference { authority: Some(authority.cvr), subject };
            differences.extend(subjects.into_iter().map(difference));
        }
        let remaining: HashSet<Cvr> = after.authorities.iter().map(|it| it.cvr).collect();
        for authority in self.authorities.iter().filter(|it| !remaining.contains(&it.cvr)) {
            let subject = Subject::Authority(Swap::removal(authority));
            differences.push(Difference { authority: Some(authority.cvr), subject });
        }
        differences
    }
}

impl Authority {
    fn subjects_that_differ(&self, after: &Authority) -> Vec<Subject> {
        // Every field by name, so that a new one does not compile before it is compared. An authority is known by its CVR
        // number.
        let Authority { cvr: _, name, more_cvrs, default_fagsystem, fagsystems, contact_points, rules, guards } = after;
        let mut subjects = Vec::new();
        if self.name != *name {
            subjects.push(Subject::Name(Swap::change(&self.name, name)));
        }
        if !self.more_cvrs.is_written_like(more_cvrs) {
            subjects.push(Subject::MoreCvrs(Swap::change(&self.more_cvrs, more_cvrs)));
        }
        let fagsystems = keyed_swaps(&self.fagsystems, fagsystems, |it| it.id.clone(), alike);
        subjects.extend(fagsystems.into_iter().map(Subject::Fagsystem));
        if self.default_fagsystem != *default_fagsystem {
            let swap = Swap::change(&self.default_fagsystem, default_fagsystem);
            subjects.push(Subject::DefaultFagsystem(swap));
        }
        let contact_points = keyed_swaps(&self.contact_points, contact_points, |it| it.id.clone(), alike);
        subjects.extend(contact_points.into_iter().map(Subject::ContactPoint));
        subjects.extend(rule_swaps(&self.rules, rules).into_iter().map(Subject::Rule));
        let guards = keyed_swaps(&self.guards, guards, |it| it.name.clone(), alike);
        subjects.extend(guards.into_iter().map(Subject::Guard));
        subjects
    }
}

impl WrittenAlike for Authority {
    fn is_written_like(&self, other: &Self) -> bool {
        self.cvr == other.cvr && self.subjects_that_differ(other).is_empty()
    }
}

fn alike<T: WrittenAlike>(one: &T, other: &T) -> bool {
    one.is_written_like(other)
}

/// What differs between two lists of things that have a key, in the order of the second list, removed ones last.
fn keyed_swaps<T: Clone, K: Eq + Hash>(
    before: &[T],
    after: &[T],
    key: impl Fn(&T) -> K,
    alike: impl Fn(&T, &T) -> bool,
) -> Vec<Swap<T>> {
    let old: HashMap<K, &T> = before.iter().map(|item| (key(item), item)).collect();
    let new: HashSet<K> = after.iter().map(&key).collect();
    let changed_or_added = after.iter().filter_map(|item| match old.get(&key(item)) {
        Some(before) => (!alike(before, item)).then(|| Swap::change(*before, item)),
        None => Some(Swap::addition(item)),
    });
    let removed = before.iter().filter(|item| !new.contains(&key(item))).map(Swap::removal);
    changed_or_added.chain(removed).collect()
}

fn rule_swaps(before: &[Arc<Rule>], after: &[Arc<Rule>]) -> Vec<Swap<Arc<Rule>>> {
    let pairing = Pairing::new(before, after);
    let changed = pairing.pairs().filter(|(before, after)| !before.is_written_like(after));
    let mut swaps: Vec<_> = changed.map(|(before, after)| Swap::change(before, after)).collect();
    swaps.extend(pairing.removed().map(Swap::removal));
    swaps.extend(pairing.added().map(Swap::addition));
    swaps.sort_by_key(|swap| swap.after.as_ref().or(swap.before.as_ref()).map(|rule| rule.priority));
    swaps
}
