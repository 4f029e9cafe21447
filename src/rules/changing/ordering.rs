use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::numbering::{GAP, numbers_in_order};
use crate::rules::book::{Authority, Priority};

/// New priorities for rules, as pairs of the old and the new one. Only those that change, ordered by the old one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Renumbering(pub Vec<(Priority, Priority)>);

impl Renumbering {
    pub(super) fn new(pairs: impl IntoIterator<Item = (Priority, Priority)>) -> Self {
        let mut changes: Vec<_> = pairs.into_iter().filter(|(from, to)| from != to).collect();
        changes.sort_unstable();
        Self(changes)
    }

    /// Whether every rule keeps its priority.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The new priority of the rule with that old one, which is the same when it does not change.
    #[must_use]
    pub fn of(&self, old: Priority) -> Priority {
        self.0.iter().find(|(from, _)| *from == old).map_or(old, |(_, to)| *to)
    }
}

impl Authority {
    /// The priorities that move the chosen rules, in their order, directly before that rule, or to the end.
    ///
    /// When that rule is itself chosen, they go before the next one that is not. The other rules keep their priorities where
    /// there is room between them, and where there is none, as few as possible change.
    ///
    /// ```
    /// use std::collections::BTreeSet;
    /// use postfordeler::rules::Priority;
    /// # use postfordeler::rules::{Authority, Criterion, Fagsystem, FagsystemId, Rule, Validity};
    /// # let esdh = FagsystemId::new("esdh").unwrap();
    /// # let fagsystem = Fagsystem::new(esdh.clone(), "ESDH", "https://esdh.eksempel.dk/postmodtag".parse().unwrap());
    /// # let mut authority = Authority::new("66137112".parse().unwrap(), "Eksempel Kommune", fagsystem);
    /// # let always = Validity::new(jiff::civil::date(2020, 10, 25), None).unwrap();
    /// # for priority in [10, 20, 30] {
    /// #     let (priority, kle) = (Priority::new(priority).unwrap(), Criterion::Kle("27".parse().unwrap()));
    /// #     authority.rules.push(Rule::new(priority, kle, esdh.clone(), always).into());
    /// # }
    ///
    /// // Of the rules 10, 20 and 30, the last becomes the second.
    /// let number = |number| Priority::new(number).unwrap();
    /// let renumbering = authority.moved(&BTreeSet::from([number(30)]), Some(number(20)));
    /// assert_eq!(renumbering.0, [(number(30), number(15))]);
    /// ```
    #[must_use]
    pub fn moved(&self, chosen: &BTreeSet<Priority>, before: Option<Priority>) -> Renumbering {
        let (moving, staying): (Vec<_>, Vec<_>) = self.priorities().into_iter().partition(|it| chosen.contains(it));
        let position = before.map_or(staying.len(), |before| staying.partition_point(|it| *it < before));
        let order: Vec<Priority> = [&staying[..position], &moving, &staying[position..]].concat();
        if order.is_sorted() {
            return Renumbering::default();
        }
        let moves = position..position + moving.len();
        let present: Vec<_> = order.iter().enumerate().map(|(at, it)| (!moves.contains(&at)).then_some(*it)).collect();
        Renumbering::new(order.into_iter().zip(numbers_in_order(&present)))
    }

    /// Gives the rules their new priorities, all at once, and sorts them. Old priorities that no rule has are ignored.
    pub fn renumber(&mut self, numbers: &Renumbering) {
        let numbers: HashMap<_, _> = numbers.0.iter().copied().collect();
        for rule in &mut self.rules {
            if let Some(number) = numbers.get(&rule.priority) {
                Arc::make_mut(rule).priority = *number;
            }
        }
        self.rules.sort_by_key(|rule| rule.priority);
    }

    /// The priorities 10, 20, 30 and so on, in the present order of the rules.
    #[must_use]
    pub fn spread_evenly(&self) -> Renumbering {
        let order = self.priorities();
        let numbers = numbers_in_order(&vec![None; order.len()]);
        Renumbering::new(order.into_iter().zip(numbers))
    }

    /// `count` free priorities directly before that rule, or after the last one, and the renumbering that must come first to
    /// make room for them. After the last one they are the next multiples of 10.
    ///
    /// Both are empty when there are not enough numbers.
    #[must_use]
    pub fn room_before(&self, before: Option<Priority>, count: usize) -> (Vec<Priority>, Renumbering) {
        let order = self.priorities();
        let position = before.map_or(order.len(), |before| order.partition_point(|it| *it < before));
        room_at(&order, position, count)
    }

    /// `count` free priorities directly after that rule, and the renumbering that must come first, as in
    /// [`Authority::room_before`].
    #[must_use]
    pub fn room_after(&self, after: Priority, count: usize) -> (Vec<Priority>, Renumbering) {
        let order = self.priorities();
        room_at(&order, order.partition_point(|it| *it <= after), count)
    }

    /// A priority for a new last rule: the next multiple of 10, or else the next number. When the highest number is in use,
    /// the nearest one that is free; `None` when none is.
    #[must_use]
    pub fn next_free(&self) -> Option<Priority> {
        let highest = self.rules.iter().map(|rule| rule.priority).max();
        let next_multiple = |number: u32| (number / GAP + 1).checked_mul(GAP);
        let last = highest.map_or(0, Priority::get);
        let number = next_multiple(last).or_else(|| last.checked_add(1)).and_then(Priority::new);
        number.or_else(|| self.nearest_free(highest?).first().copied())
    }

    /// The free priorities nearest to that one: the next lower and the next higher, as far as there are any.
    #[must_use]
    pub fn nearest_free(&self, wanted: Priority) -> Vec<Priority> {
        let taken: HashSet<u32> = self.rules.iter().map(|rule| rule.priority.get()).collect();
        let is_free = |number: &u32| !taken.contains(number);
        let lower = (1..wanted.get()).rev().find(is_free);
        let higher = (wanted.get()..=u32::MAX).skip(1).find(is_free);
        lower.into_iter().chain(higher).filter_map(Priority::new).collect()
    }

    fn priorities(&self) -> Vec<Priority> {
        let mut priorities: Vec<_> = self.rules.iter().map(|rule| rule.priority).collect();
        priorities.sort_unstable();
        priorities
    }
}

fn room_at(order: &[Priority], position: usize, count: usize) -> (Vec<Priority>, Renumbering) {
    if u32::try_from(order.len().saturating_add(count)).is_err() {
        return (Vec::new(), Renumbering::default());
    }
    let (earlier, later) = order.split_at(position);
    let mut present: Vec<Option<Priority>> = earlier.iter().copied().map(Some).collect();
    present.resize(position + count, None);
    present.extend(later.iter().copied().map(Some));
    let mut numbers = numbers_in_order(&present);
    let room = numbers.splice(position..position + count, []).collect();
    (room, Renumbering::new(order.iter().copied().zip(numbers)))
}
