use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use postfordeler::rules::{Finding, FindingKind, Priority, RuleBook};
use proptest::prelude::*;

use super::brute_force::Tried;
use super::cases;
use super::small_books::{any_day, any_small_book, days_from};
use crate::rules::books::cvr;

/// What is said of each rule, by word, with its causes.
fn told(findings: &[Finding], word: &str) -> BTreeMap<Priority, Vec<Priority>> {
    let of_word = findings.iter().filter(|finding| finding.kind.word() == word);
    of_word.filter_map(|finding| Some((finding.rule?, finding.by().to_vec()))).collect()
}

/// The days of `days` that are in the periods.
fn days_in(periods: &[(Date, Option<Date>)], days: &[Date]) -> BTreeSet<Date> {
    let is_in = |day: &Date| periods.iter().any(|(from, to)| from <= day && to.is_none_or(|to| *day <= to));
    days.iter().copied().filter(is_in).collect()
}

/// The book with these rules alone.
fn with_only(book: &RuleBook, rules: &[Priority]) -> RuleBook {
    let mut book = book.clone();
    book.authorities[0].rules.retain(|rule| rules.contains(&rule.priority));
    book
}

/// Whether the rule decides on any of those days when these alone come before it.
fn decides_after(book: &RuleBook, rule: Priority, others: &[Priority], days: &BTreeSet<Date>) -> bool {
    let mut these = others.to_vec();
    these.push(rule);
    let book = with_only(book, &these);
    let days: Vec<Date> = days.iter().copied().collect();
    let tried = Tried::all(&book, &days);
    let at = tried.rules.iter().position(|it| it.priority == rule).expect("it is in the book");
    tried.deciding_days().contains_key(&at)
}

fn agree(book: &RuleBook, today: Date) {
    let findings = book.findings_naming(today, usize::MAX);
    let days = days_from(today);
    let tried = Tried::all(book, &days);
    let deciding = tried.deciding_days();
    let never = told(&findings, "aldrig");
    let redundant = told(&findings, "overfloedig");
    let overlaps = told(&findings, "overlap");
    let idle: BTreeMap<Priority, _> = findings
        .iter()
        .filter_map(|it| match &it.kind {
            FindingKind::SometimesIdle { rule, idle } => Some((*rule, idle)),
            _ => None,
        })
        .collect();
    for (at, rule) in tried.rules.iter().enumerate() {
        let priority = rule.priority;
        let valid: BTreeSet<Date> =
            days.iter().copied().filter(|day| rule.active && rule.validity.includes(*day)).collect();
        let decides = deciding.get(&at).cloned().unwrap_or_default();
        assert_eq!(never.contains_key(&priority), !valid.is_empty() && decides.is_empty(), "never: {rule:?}");
        let expected: BTreeSet<Date> = valid.difference(&decides).copied().collect();
        let told_idle = idle.get(&priority).map(|it| days_in(&it.periods, &days)).unwrap_or_default();
        let expected_idle = if decides.is_empty() { BTreeSet::new() } else { expected.clone() };
        assert_eq!(told_idle, expected_idle, "idle: {rule:?}");
        assert_eq!(redundant.contains_key(&priority), tried.is_redundant(at) == Some(true), "redundant: {rule:?}");
        let by: Vec<Priority> = tried.overlaps(at).into_iter().map(|at| tried.rules[at].priority).collect();
        assert_eq!(overlaps.get(&priority).cloned().unwrap_or_default(), by, "overlap: {rule:?}");
        // Together the causes leave nothing; without any one of them, something.
        let causes = never.get(&priority).cloned().or_else(|| idle.get(&priority).map(|it| it.by.clone()));
        if let Some(causes) = causes {
            assert!(!decides_after(book, priority, &causes, &expected), "{causes:?} leave something to {rule:?}");
            for left_out in 0..causes.len() {
                let mut fewer = causes.clone();
                let one = fewer.remove(left_out);
                assert!(
                    decides_after(book, priority, &fewer, &expected),
                    "{one} of {causes:?} takes nothing from {rule:?}"
                );
            }
        }
    }
    let unreachable = findings.iter().any(|it| matches!(it.kind, FindingKind::DefaultUnreachable(_)));
    assert_eq!(unreachable, !tried.reaches_the_default(), "the default recipient");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(60)))]

    #[test]
    fn findings_are_what_trying_every_message_on_every_day_finds(book in any_small_book(8), today in any_day()) {
        agree(&book, today);
    }
}

#[test]
fn the_cases_that_one_rule_alone_does_not_show() {
    use crate::rules::books::{FIRST_DAY, authority, rule};
    use postfordeler::rules::{Criterion, Rule, Segment};
    let kle = |priority, interval: &str| rule(priority, Criterion::Kle(interval.parse().expect("an interval")));
    let of = |segment, rule: Rule| Rule { segment, ..rule };
    let ours = super::small_books::OURS[0];
    let cases: Vec<(&str, Vec<Rule>, u32, Vec<u32>)> = vec![
        ("two intervals together", vec![kle(10, "27"), kle(20, "28 - 31"), kle(30, "27 - 30")], 30, vec![10, 20]),
        (
            "three segments together are everyone",
            vec![
                of(Segment::Person, kle(10, "27")),
                of(Segment::Company, kle(20, "27")),
                of(Segment::Authority, kle(30, "27")),
                kle(40, "27.36"),
            ],
            40,
            vec![10, 20, 30],
        ),
        (
            "the authority's only number",
            vec![rule(10, Criterion::RecipientCvr(cvr(ours))), kle(20, "27")],
            20,
            vec![10],
        ),
        (
            "a person has no CVR number",
            vec![of(Segment::Person, rule(10, Criterion::SenderCvr(cvr("11223344"))))],
            10,
            vec![],
        ),
    ];
    for (name, rules, never, by) in cases {
        let book = RuleBook { known_authorities: Vec::new(), authorities: vec![authority(cvr(ours), rules)] };
        let told = told(&book.findings(FIRST_DAY), "aldrig");
        let number = |it: u32| Priority::new(it).expect("not 0");
        let expected = BTreeMap::from([(number(never), by.into_iter().map(number).collect::<Vec<_>>())]);
        assert_eq!(told, expected, "{name}");
    }
}
