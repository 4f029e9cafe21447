use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::numbering::{GAP, numbers_in_order};
use crate::rules::book::{Authority, Priority};

/// New numbers for rules: from, to. Only those that change, in the order of the old numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Renumbering(pub Vec<(Priority, Priority)>);

impl Renumbering {
    pub(super) fn new(pairs: impl IntoIterator<Item = (Priority, Priority)>) -> Self {
        let mut changes: Vec<_> = pairs.into_iter().filter(|(from, to)| from != to).collect();
        changes.sort_unstable();
        Self(changes)
    }

    /// Whether every rule keeps its number.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number that a rule has afterwards: the same when it does not change.
    #[must_use]
    pub fn of(&self, old: Priority) -> Priority {
        self.0.iter().find(|(from, _)| *from == old).map_or(old, |(_, to)| *to)
    }
}

impl Authority {
    /// Numbers that put the chosen rules, in their order, directly before that rule, or at the end.
    ///
    /// When that rule is itself among the chosen, they go before the next one that is not. The others keep their
    /// numbers where there is room between them; where there is none, as few as can be give way.
    #[must_use]
    pub fn moved(&self, chosen: &BTreeSet<Priority>, before: Option<Priority>) -> Renumbering {
        let (moving, staying): (Vec<_>, Vec<_>) = self.priorities().into_iter().partition(|it| chosen.contains(it));
        let place = before.map_or(staying.len(), |before| staying.partition_point(|it| *it < before));
        let order: Vec<Priority> = [&staying[..place], &moving, &staying[place..]].concat();
        if order.is_sorted() {
            return Renumbering::default();
        }
        let moves = place..place + moving.len();
        let present: Vec<_> = order.iter().enumerate().map(|(at, it)| (!moves.contains(&at)).then_some(*it)).collect();
        Renumbering::new(order.into_iter().zip(numbers_in_order(&present)))
    }

    /// Gives the rules their new numbers, all at once, and puts them in that order. Numbers that no rule has are
    /// passed over.
    pub fn renumber(&mut self, numbers: &Renumbering) {
        let numbers: HashMap<_, _> = numbers.0.iter().copied().collect();
        for rule in &mut self.rules {
            if let Some(number) = numbers.get(&rule.priority) {
                Arc::make_mut(rule).priority = *number;
            }
        }
        self.rules.sort_by_key(|rule| rule.priority);
    }

    /// Numbers that keep the order and are 10, 20, 30 and so on.
    #[must_use]
    pub fn spread_evenly(&self) -> Renumbering {
        let order = self.priorities();
        let numbers = numbers_in_order(&vec![None; order.len()]);
        Renumbering::new(order.into_iter().zip(numbers))
    }

    /// So many free numbers directly before that rule, or after the last, and what must be renumbered first to make
    /// room for them. After the last they are the next multiples of 10.
    ///
    /// Nothing at all when there are not so many numbers.
    #[must_use]
    pub fn room_before(&self, before: Option<Priority>, count: usize) -> (Vec<Priority>, Renumbering) {
        let order = self.priorities();
        let place = before.map_or(order.len(), |before| order.partition_point(|it| *it < before));
        room_at(&order, place, count)
    }

    /// So many free numbers directly after that rule, and what must be renumbered first to make room for them, as in
    /// [`Authority::room_before`].
    #[must_use]
    pub fn room_after(&self, after: Priority, count: usize) -> (Vec<Priority>, Renumbering) {
        let order = self.priorities();
        room_at(&order, order.partition_point(|it| *it <= after), count)
    }

    /// A number for a new last rule: the next multiple of 10, or else the next number. When the highest number is
    /// taken, any that is free; `None` when none is.
    #[must_use]
    pub fn next_free(&self) -> Option<Priority> {
        let highest = self.rules.iter().map(|rule| rule.priority).max();
        let next_multiple = |number: u32| (number / GAP + 1).checked_mul(GAP);
        let last = highest.map_or(0, Priority::get);
        let number = next_multiple(last).or_else(|| last.checked_add(1)).and_then(Priority::new);
        number.or_else(|| self.nearest_free(highest?).first().copied())
    }

    /// The free numbers nearest to that one: the lower one first, each when there is one.
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

fn room_at(order: &[Priority], place: usize, count: usize) -> (Vec<Priority>, Renumbering) {
    if u32::try_from(order.len().saturating_add(count)).is_err() {
        return (Vec::new(), Renumbering::default());
    }
    let (earlier, later) = order.split_at(place);
    let mut present: Vec<Option<Priority>> = earlier.iter().copied().map(Some).collect();
    present.resize(place + count, None);
    present.extend(later.iter().copied().map(Some));
    let mut numbers = numbers_in_order(&present);
    let room = numbers.splice(place..place + count, []).collect();
    (room, Renumbering::new(order.iter().copied().zip(numbers)))
}
