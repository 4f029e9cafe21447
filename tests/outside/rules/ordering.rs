//! New numbers for rules: rules that are moved, room for new ones, numbers that are free.

use std::collections::BTreeSet;

use postfordeler::rules::{Authority, Criterion, PostType, Priority, Renumbering};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use super::books::{authority, cvr, rule};

const HIGHEST: u32 = u32::MAX;

fn with(numbers: &[u32]) -> Authority {
    let criterion = || Criterion::NoContactPoint(PostType::Unspecified);
    let mut authority = authority(cvr("66137112"), numbers.iter().map(|it| rule(*it, criterion())).collect());
    for rule in &mut authority.rules {
        // What a rule is called, whatever becomes of its number.
        let name = rule.priority.to_string();
        std::sync::Arc::make_mut(rule).note = name;
    }
    authority
}

fn priority(number: u32) -> Priority {
    Priority::new(number).expect("not 0")
}

fn all(numbers: &[u32]) -> BTreeSet<Priority> {
    numbers.iter().copied().map(priority).collect()
}

/// The rules in order, each as the number that it had and the one that it has.
fn renumbered(authority: &Authority, numbers: &Renumbering) -> Vec<(u32, u32)> {
    let mut authority = authority.clone();
    authority.renumber(numbers);
    authority.rules.iter().map(|rule| (rule.note.parse().expect("a number"), rule.priority.get())).collect()
}

fn moved(numbers: &[u32], chosen: &[u32], before: Option<u32>) -> Vec<(u32, u32)> {
    let authority = with(numbers);
    let numbers = authority.moved(&all(chosen), before.map(priority));
    assert!(numbers.0.iter().all(|(from, to)| from != to), "only what changes: {numbers:?}");
    renumbered(&authority, &numbers)
}

fn free(numbers: &[u32], before: Option<u32>, count: usize) -> (Vec<u32>, Vec<(u32, u32)>) {
    let (free, others) = with(numbers).room_before(before.map(priority), count);
    let others = others.0.iter().map(|(from, to)| (from.get(), to.get())).collect();
    (free.into_iter().map(Priority::get).collect(), others)
}

/// Numbers close together, far apart, and at the very end.
fn any_numbers() -> impl Strategy<Value = Vec<u32>> {
    let number = prop_oneof![3 => 1..30_u32, 2 => 1..400_u32, 1 => HIGHEST - 8..=HIGHEST];
    btree_set(number, 0..25).prop_map(|numbers| numbers.into_iter().collect())
}

/// How many numbers lie free between the neighbours of a place in a list.
fn room(numbers: &[u32], place: usize) -> u64 {
    let below = place.checked_sub(1).map_or(0, |at| u64::from(numbers[at]));
    let above = numbers.get(place).map_or(u64::from(HIGHEST) + 1, |it| u64::from(*it));
    above - below - 1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn moved_rules_stand_where_they_were_put_and_others_give_way_only_when_they_must(
        numbers in any_numbers(), choice in vec(any::<bool>(), 25), place in 0..26_usize,
    ) {
        let chosen: Vec<u32> = numbers.iter().zip(choice).filter(|(_, is)| *is).map(|(it, _)| *it).collect();
        let before = numbers.get(place).copied();
        let staying: Vec<u32> = numbers.iter().copied().filter(|it| !chosen.contains(it)).collect();
        let place = staying.iter().position(|it| before.is_some_and(|before| before <= *it)).unwrap_or(staying.len());
        let wanted = [&staying[..place], &chosen, &staying[place..]].concat();
        let after = moved(&numbers, &chosen, before);
        let order: Vec<u32> = after.iter().map(|(old, _)| *old).collect();
        prop_assert_eq!(&order, &wanted);
        prop_assert!(after.is_sorted_by(|one, other| one.1 < other.1), "{:?}", after);
        let changed: Vec<u32> = after.iter().filter(|(old, new)| old != new).map(|(old, _)| *old).collect();
        if wanted.is_sorted() {
            prop_assert_eq!(changed, Vec::<u32>::new());
        } else if room(&staying, place) >= chosen.len() as u64 {
            prop_assert!(changed.iter().all(|it| chosen.contains(it)), "{:?}", after);
        }
    }

    #[test]
    fn room_is_made_where_it_was_asked_for_and_others_give_way_only_when_they_must(
        numbers in any_numbers(), place in 0..26_usize, count in 0..12_usize, is_after in any::<bool>(),
    ) {
        let authority = with(&numbers);
        let at = place.min(numbers.len());
        let (free, others) = match at.checked_sub(1) {
            Some(earlier) if is_after => authority.room_after(priority(numbers[earlier]), count),
            _ => authority.room_before(numbers.get(at).copied().map(priority), count),
        };
        prop_assert_eq!(free.len(), count);
        let after = renumbered(&authority, &others);
        let order: Vec<u32> = after.iter().map(|(old, _)| *old).collect();
        prop_assert_eq!(&order, &numbers);
        let mut all: Vec<u32> = after.iter().map(|(_, new)| *new).collect();
        all.splice(at..at, free.iter().map(|it| it.get()));
        prop_assert!(all.is_sorted_by(|one, other| one < other), "{:?}", all);
        if room(&numbers, at) >= count as u64 {
            prop_assert!(others.is_empty(), "{:?}", others);
        }
        prop_assert_eq!(others.is_empty(), after.iter().all(|(old, new)| old == new));
        prop_assert!(after.iter().all(|(old, new)| others.of(priority(*old)).get() == *new));
    }

    /// No smaller stretch of rules around the new ones, were it renumbered, would leave room for all.
    #[test]
    fn no_more_rules_give_way_than_must(numbers in any_numbers(), place in 0..26_usize, count in 1..12_usize) {
        let at = place.min(numbers.len());
        let (_, others) = free(&numbers, numbers.get(at).copied(), count);
        let stretches = (0..=at).flat_map(|first| (at..=numbers.len()).map(move |end| (first, end)));
        let fits = |(first, end): &(usize, usize)| {
            let outside = [&numbers[..*first], &numbers[*end..]].concat();
            room(&outside, *first) >= (end - first + count) as u64
        };
        let least = stretches.filter(fits).map(|(first, end)| end - first).min();
        prop_assert!(others.len() <= least.expect("there is room for so few"), "{:?}, least {:?}", others, least);
    }

    #[test]
    fn free_numbers_are_free_and_nothing_nearer_is(numbers in any_numbers(), wanted in 1..40_u32) {
        let authority = with(&numbers);
        let is_free = |number: &u32| !numbers.contains(number);
        let expected: Vec<u32> = (1..wanted).rev().find(is_free).into_iter().chain((wanted + 1..HIGHEST).find(is_free)).collect();
        let nearest: Vec<u32> = authority.nearest_free(priority(wanted)).into_iter().map(Priority::get).collect();
        prop_assert_eq!(nearest, expected);
        let next = authority.next_free().expect("few rules leave numbers free").get();
        prop_assert!(is_free(&next));
        prop_assert!(numbers.contains(&HIGHEST) || numbers.iter().all(|it| *it < next));
    }
}

/// The rules chosen, the one that they are put before, and what becomes of all.
type Case = (&'static [u32], Option<u32>, &'static [(u32, u32)]);

#[test]
fn moved_rules_are_spread_evenly_between_their_neighbours() {
    let numbers = [10, 20, 30, 40, 50];
    let cases: [Case; 9] = [
        (&[40], Some(20), &[(10, 10), (40, 15), (20, 20), (30, 30), (50, 50)]),
        (&[50, 40], Some(10), &[(40, 3), (50, 6), (10, 10), (20, 20), (30, 30)]),
        (&[10, 30], None, &[(20, 20), (40, 40), (50, 50), (10, 60), (30, 70)]),
        (&[10], Some(50), &[(20, 20), (30, 30), (40, 40), (10, 45), (50, 50)]),
        // Before one that goes along: before the next that does not.
        (&[10, 30], Some(30), &[(20, 20), (10, 26), (30, 33), (40, 40), (50, 50)]),
        (&[10, 50], Some(50), &[(20, 20), (30, 30), (40, 40), (10, 50), (50, 60)]),
        // Where they are already.
        (&[20, 30], Some(40), &[(10, 10), (20, 20), (30, 30), (40, 40), (50, 50)]),
        (&[50], None, &[(10, 10), (20, 20), (30, 30), (40, 40), (50, 50)]),
        (&[], Some(10), &[(10, 10), (20, 20), (30, 30), (40, 40), (50, 50)]),
    ];
    for (chosen, before, expected) in cases {
        assert_eq!(moved(&numbers, chosen, before), expected, "{chosen:?} before {before:?}");
    }
}

#[test]
fn where_there_is_no_room_the_nearest_rules_give_way() {
    assert_eq!(moved(&[1, 2, 3, 4, 9], &[9], Some(1)), [(9, 10), (1, 20), (2, 30), (3, 40), (4, 50)]);
    assert_eq!(moved(&[10, 20, 21, 30, 90], &[90], Some(21)), [(10, 10), (20, 13), (90, 17), (21, 21), (30, 30)]);
}

#[test]
fn room_is_made_between_two_rules_or_after_the_last() {
    assert_eq!(free(&[10, 20], Some(20), 1), (vec![15], vec![]));
    assert_eq!(free(&[10, 20], Some(20), 4), (vec![12, 14, 16, 18], vec![]));
    assert_eq!(free(&[10, 20], None, 3), (vec![30, 40, 50], vec![]));
    assert_eq!(free(&[7, 23], None, 2), (vec![30, 40], vec![]));
    assert_eq!(free(&[], None, 2), (vec![10, 20], vec![]));
    assert_eq!(free(&[10, 11, 20], Some(11), 0), (vec![], vec![]));
    // Where no multiples of 10 are left, and where nothing is.
    assert_eq!(free(&[HIGHEST - 5], None, 1), (vec![HIGHEST - 2], vec![]));
    assert_eq!(free(&[HIGHEST - 20, HIGHEST], None, 1).1, [(HIGHEST, HIGHEST - 15)]);
    assert_eq!(with(&[1]).room_before(None, usize::MAX), (Vec::new(), Renumbering::default()));
    let after = |number| with(&[10, 20]).room_after(priority(number), 1).0;
    assert_eq!((after(10), after(20)), (vec![priority(15)], vec![priority(30)]));
}

#[test]
fn rules_are_spread_evenly_in_the_order_that_they_have() {
    let authority = with(&[7, 1, 20, 3]);
    assert_eq!(renumbered(&authority, &authority.spread_evenly()), [(1, 10), (3, 20), (7, 30), (20, 40)]);
    assert!(with(&[10, 20, 30]).spread_evenly().is_empty());
}

#[test]
fn numbers_change_all_at_once_and_unknown_ones_are_passed_over() {
    let numbers = Renumbering(vec![(priority(1), priority(2)), (priority(2), priority(1)), (priority(9), priority(8))]);
    assert_eq!(renumbered(&with(&[1, 2, 3]), &numbers), [(2, 1), (1, 2), (3, 3)]);
}

#[test]
fn the_next_free_number_is_a_multiple_of_10_while_there_are_any() {
    let cases: [(&[u32], u32); 7] = [
        (&[], 10),
        (&[5], 10),
        (&[10], 20),
        (&[3, 19], 20),
        (&[HIGHEST - 5], HIGHEST - 4),
        (&[HIGHEST], HIGHEST - 1),
        (&[HIGHEST - 2, HIGHEST - 1, HIGHEST], HIGHEST - 3),
    ];
    for (numbers, expected) in cases {
        assert_eq!(with(numbers).next_free(), Some(priority(expected)), "after {numbers:?}");
    }
}
