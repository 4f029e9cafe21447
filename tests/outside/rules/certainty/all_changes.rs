use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use postfordeler::rules::{Cvr, Destination, Priority, Proof, RuleBook, Span};
use proptest::prelude::*;

use super::brute_force::decided;
use super::cases;
use super::small_books::{OURS, any_change, any_day, any_small_book, changed, days_from, messages};
use crate::rules::books::cvr;

/// The priority and the fagsystem before and after; `None` for a refusal.
type Deciders = [Option<(Option<u32>, String)>; 2];

fn told(decider: Option<&Destination>) -> Option<(Option<u32>, String)> {
    decider.map(|it| (it.rule.map(Priority::get), it.fagsystem.to_string()))
}

/// The changes that trying every message finds, with the days on which each occurs.
fn tried(books: [&RuleBook; 2], days: &[Date]) -> BTreeMap<Deciders, BTreeSet<Date>> {
    let mut found: BTreeMap<Deciders, BTreeSet<Date>> = BTreeMap::new();
    let recipients: Vec<Cvr> = OURS.map(cvr).to_vec();
    for facts in messages(&recipients) {
        for day in days {
            let deciders = books.map(|book| decided(book, &facts, *day));
            let receivers = deciders.each_ref().map(|it| it.as_ref().map(|(_, fagsystem)| fagsystem));
            if receivers[0] != receivers[1] {
                found.entry(deciders).or_default().insert(*day);
            }
        }
    }
    found
}

fn agree(before: &RuleBook, after: &RuleBook, today: Date) {
    let compiled = [before, after].map(|book| book.compile().expect("no fault"));
    let days = days_from(today);
    let proof = Proof::between(&compiled[0], &compiled[1], Span::From(today));
    let shown: BTreeMap<Deciders, BTreeSet<Date>> = proof
        .changes
        .iter()
        .map(|change| {
            let is_in =
                |day: &Date| change.periods.iter().any(|(from, to)| from <= day && to.is_none_or(|to| *day <= to));
            let deciders = [told(change.before.as_ref()), told(change.after.as_ref())];
            (deciders, days.iter().copied().filter(is_in).collect())
        })
        .collect();
    assert_eq!(shown.len(), proof.changes.len(), "each pair has one entry");
    assert_eq!(shown, tried([before, after], &days));
    for change in &proof.changes {
        let deciders = [before, after].map(|book| decided(book, &change.example, change.day));
        let wanted = [told(change.before.as_ref()), told(change.after.as_ref())];
        assert_eq!(deciders, wanted, "{:?} on {}", change.example, change.day);
    }
    // On each day alone it says what it says of that day among others.
    for day in days.iter().take(2) {
        let alone = Proof::between(&compiled[0], &compiled[1], Span::Only(*day));
        let pairs: BTreeSet<Deciders> =
            alone.changes.iter().map(|it| [told(it.before.as_ref()), told(it.after.as_ref())]).collect();
        let expected = shown.iter().filter(|(_, days)| days.contains(day)).map(|(pair, _)| pair.clone()).collect();
        assert_eq!(pairs, expected, "on {day} alone");
        assert!(alone.changes.iter().all(|it| it.day == *day && it.periods == [(*day, Some(*day))]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(40)))]

    #[test]
    fn a_proof_has_exactly_the_changes_that_trying_every_message_finds(
        book in any_small_book(7),
        changes in prop::collection::vec(any_change(), 1..4),
        today in any_day(),
    ) {
        agree(&book, &changed(&book, &changes), today);
    }

    #[test]
    fn a_proof_between_two_books_that_have_nothing_in_common_is_exact_too(
        one in any_small_book(5),
        other in any_small_book(5),
        today in any_day(),
    ) {
        agree(&one, &other, today);
    }
}

#[test]
fn a_book_changes_nothing_against_itself() {
    let book = crate::rules::big_book::with_rules(500);
    let rules = book.compile().expect("no fault");
    let proof = Proof::between(&rules, &rules, Span::From(crate::rules::books::FIRST_DAY));
    assert!(proof.is_empty() && !proof.is_cut_off);
}
