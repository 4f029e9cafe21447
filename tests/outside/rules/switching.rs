//! A switch from one fagsystem to another from a day.

use jiff::ToSpan;
use jiff::civil::Date;
use postfordeler::rules::{
    Authority, Criterion, Decision, Ground, Priority, Rule, RuleBook, Segment, Switch, Validity,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::big_book;
use super::books::{FIRST_DAY, any_book, any_day, any_facts, authority, cvr, fagsystem, fagsystem_id, rule};
use super::compiled;

fn kle(interval: &str) -> Criterion {
    Criterion::Kle(interval.parse().expect(interval))
}

fn day(offset: i32) -> Date {
    FIRST_DAY + offset.days()
}

fn through(rule: Rule, from: i32, to: Option<i32>) -> Rule {
    Rule { validity: Validity::new(day(from), to.map(day)).expect("forwards"), ..rule }
}

fn numbers(priorities: &[Priority]) -> Vec<u32> {
    priorities.iter().map(|it| it.get()).collect()
}

/// From `ydelse`, which rules of the tests go to, to `esdh`.
fn switched(rules: Vec<Rule>, from: Date) -> Switch {
    authority(cvr("66137112"), rules).switch_fagsystem(&fagsystem_id("ydelse"), &fagsystem_id("esdh"), from)
}

/// Number, fagsystem, first and last day of each rule in order.
fn told(authority: &Authority) -> Vec<(u32, &str, Date, Option<Date>)> {
    let rule = |rule: &'_ Rule| (rule.priority.get(), rule.validity.from(), rule.validity.to());
    let rules = authority.rules.iter().map(|it| (rule(it), it.fagsystem.as_str()));
    rules.map(|((number, from, to), fagsystem)| (number, fagsystem, from, to)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn decisions_are_as_before_but_for_the_one_fagsystem_from_that_day(
        book in any_book(),
        at in any::<Index>(),
        pair in select(&[("esdh", "ydelse"), ("ydelse", "Ydelse"), ("Ydelse", "esdh"), ("esdh", "esdh")][..]),
        from_day in any_day(),
        messages in prop::collection::vec((any_facts(), any_day()), 30),
    ) {
        let at = at.index(book.authorities.len());
        let (from, to) = (fagsystem_id(pair.0), fagsystem_id(pair.1));
        let mut after = book.clone();
        after.authorities[at] = book.authorities[at].switch_fagsystem(&from, &to, from_day).authority;
        let cvr = book.authorities[at].cvr;
        let (old, new) = (compiled(&book), compiled(&after));
        for (facts, on) in messages {
            let told = |decision: Decision<'_>| {
                let rule = match decision.ground {
                    Ground::Rule(rule) => Some((rule.criterion.clone(), rule.segment, rule.note.clone())),
                    Ground::Default => None,
                };
                (decision.authority.cvr, decision.fagsystem.id.clone(), rule)
            };
            let mut expected = old.decide(&facts, on).ok().map(told);
            if let Some((authority, fagsystem, Some(_))) = &mut expected
                && *authority == cvr && on >= from_day && *fagsystem == from
            {
                *fagsystem = to.clone();
            }
            prop_assert_eq!(new.decide(&facts, on).ok().map(told), expected, "{:?} on {}", facts, on);
        }
    }

    #[test]
    fn every_rule_of_the_fagsystem_is_told_once_and_the_numbers_fit(book in any_book(), from_day in any_day()) {
        let (before, from) = (&book.authorities[0], fagsystem_id("ydelse"));
        let switch = before.switch_fagsystem(&from, &fagsystem_id("esdh"), from_day);
        let mut told = [&switch.ended[..], &switch.redirected, &switch.untouched].concat();
        told.sort_unstable();
        let rules = before.rules_in_order().into_iter().filter(|it| it.fagsystem == from);
        prop_assert_eq!(told, rules.map(|it| it.priority).collect::<Vec<_>>());
        let of = |old: &Priority| switch.authority.rule(switch.renumbered.of(*old));
        for (old, new) in switch.ended.iter().zip(&switch.begun) {
            let (ended, begun) = (of(old).expect("it is there"), switch.authority.rule(*new).expect("it is there"));
            prop_assert_eq!(ended.validity.to().and_then(|to| to.tomorrow().ok()), Some(from_day));
            prop_assert_eq!(begun.validity.from(), from_day);
            prop_assert_eq!(begun.validity.to(), before.rule(*old).and_then(|it| it.validity.to()));
            prop_assert_eq!(begun.active, ended.active);
            let order = switch.authority.rules_in_order();
            let place = order.iter().position(|it| it.priority == ended.priority).expect("it is there");
            prop_assert_eq!(order[place + 1], begun);
        }
        prop_assert_eq!(switch.ended.len(), switch.begun.len());
        prop_assert!(switch.redirected.iter().all(|it| of(it).is_some_and(|it| it.fagsystem.as_str() == "esdh")));
        prop_assert!(switch.untouched.iter().all(|it| of(it).is_some_and(|it| it.fagsystem == from)));
    }
}

#[test]
fn a_rule_in_force_across_the_day_is_ended_and_succeeded() {
    let switch = switched(
        vec![
            through(rule(10, kle("10")), 0, None),
            through(rule(20, kle("11")), 0, Some(9)),
            through(rule(30, kle("12")), 0, Some(4)),
            through(rule(40, kle("13")), 5, None),
            through(rule(50, kle("14")), 0, Some(5)),
            Rule { fagsystem: fagsystem_id("esdh"), ..rule(60, kle("15")) },
        ],
        day(5),
    );
    let expected = [
        (10, "ydelse", day(0), Some(day(4))),
        (15, "esdh", day(5), None),
        (20, "ydelse", day(0), Some(day(4))),
        (25, "esdh", day(5), Some(day(9))),
        (30, "ydelse", day(0), Some(day(4))),
        (40, "esdh", day(5), None),
        (50, "ydelse", day(0), Some(day(4))),
        (55, "esdh", day(5), Some(day(5))),
        (60, "esdh", day(0), None),
    ];
    assert_eq!(told(&switch.authority), expected);
    assert_eq!(numbers(&switch.ended), [10, 20, 50]);
    assert_eq!(numbers(&switch.begun), [15, 25, 55]);
    assert_eq!(numbers(&switch.redirected), [40]);
    assert_eq!(numbers(&switch.untouched), [30]);
    assert!(switch.renumbered.is_empty());
}

#[test]
fn a_successor_is_like_its_predecessor_also_when_that_is_switched_off() {
    let original = Rule { active: false, segment: Segment::Company, note: "Se sag 4".to_owned(), ..rule(7, kle("10")) };
    let switch = switched(vec![original.clone()], day(3));
    let successor = Rule {
        priority: switch.begun[0],
        fagsystem: fagsystem_id("esdh"),
        validity: Validity::new(day(3), None).expect("no end"),
        ..original
    };
    assert_eq!(switch.authority.rule(switch.begun[0]), Some(&successor));
}

#[test]
fn where_numbers_stand_close_others_give_way_to_the_successors() {
    let other = |number| Rule { fagsystem: fagsystem_id("esdh"), ..rule(number, kle("20")) };
    let switch = switched(vec![rule(1, kle("10")), other(2), rule(3, kle("11")), other(9)], day(1));
    let order: Vec<_> = switch.authority.rules.iter().map(|it| (it.priority.get(), it.fagsystem.as_str())).collect();
    let fagsystems: Vec<_> = order.iter().map(|(_, fagsystem)| *fagsystem).collect();
    assert_eq!(fagsystems, ["ydelse", "esdh", "esdh", "ydelse", "esdh", "esdh"]);
    assert!(order.is_sorted_by(|one, other| one.0 < other.0), "{order:?}");
    assert_eq!(order.last(), Some(&(9, "esdh")), "there is room before it");
    assert!(!switch.renumbered.is_empty());
}

#[test]
fn a_switch_to_the_same_fagsystem_does_nothing() {
    let before = authority(cvr("66137112"), vec![rule(1, kle("10"))]);
    let id = fagsystem_id("ydelse");
    let switch = before.switch_fagsystem(&id, &id, day(3));
    assert_eq!((switch.authority, switch.ended), (before, Vec::new()));
}

#[test]
fn ten_thousand_rules_with_no_number_between_them_are_all_succeeded() {
    let mut book: RuleBook = big_book::with_rules(10_000);
    let ours = &mut book.authorities[0];
    ours.fagsystems.push(fagsystem("ydelse"));
    let switch = ours.switch_fagsystem(&fagsystem_id("esdh"), &fagsystem_id("ydelse"), day(0));
    assert_eq!((switch.ended.len(), switch.begun.len()), (10_000, 10_000));
    *ours = switch.authority;
    assert_eq!(book.faults(), []);
}
