use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use postfordeler::rules::{
    Criterion, CriterionKind, Days, Facts, Priority, Rule, RuleBook, Schedule, Sender, SenderKind, Validity,
};
use proptest::prelude::*;

use super::brute_force::{Tried, decided};
use super::cases;
use super::small_books::{NOBODY, any_small_book, days_from, messages};
use crate::rules::books::{self, FIRST_DAY, cvr};
use crate::rules::naive::{matches, sender_kind};

const KINDS: [SenderKind; 3] = [SenderKind::Person, SenderKind::Company, SenderKind::Authority];

fn days_in(periods: &Days, days: &[Date]) -> BTreeSet<Date> {
    let is_in = |day: &Date| periods.iter().any(|(from, to)| from <= day && to.is_none_or(|to| *day <= to));
    days.iter().copied().filter(is_in).collect()
}

/// Every message that has one fact which rules look at, and no other but its recipient.
fn with_one_fact(book: &RuleBook) -> Vec<(CriterionKind, SenderKind, Facts)> {
    let recipients: Vec<_> = book.authorities[0].cvrs().collect();
    let mut all = Vec::new();
    for facts in messages(&recipients) {
        let named = matches!(facts.sender, Sender::Organisation(Some(sender)) if sender != cvr(NOBODY));
        let point = facts.contact_point.as_ref();
        let group = point.is_some_and(|it| it.group.is_some());
        let is_of = |fact: bool| usize::from(fact);
        let others = is_of(named) + is_of(facts.kle.is_some()) + is_of(facts.form.is_some());
        // "et andet" is a contact point that no rule names, so that only the group counts.
        let unnamed = point.is_some_and(|it| it.id.as_ref().is_some_and(|id| id.as_str() == "et andet"));
        let kind = match (point.is_some(), others) {
            (true, 0) if group && unnamed => CriterionKind::ContactGroup,
            (true, 0) if !group && !unnamed => CriterionKind::ContactPoint,
            (true, 0) if !group && unnamed => CriterionKind::RecipientCvr,
            (true, 1) if !group && unnamed && named => CriterionKind::SenderCvr,
            (true, 1) if !group && unnamed && facts.kle.is_some() => CriterionKind::Kle,
            (true, 1) if !group && unnamed && facts.form.is_some() => CriterionKind::Form,
            (false, 0) => CriterionKind::NoContactPoint,
            _ => continue,
        };
        let sender = sender_kind(book, &facts);
        all.push((kind, sender, facts));
    }
    all
}

/// What happens to a value from one kind of sender, day by day.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    gaps: BTreeSet<(Priority, Option<Priority>, Date, Option<Date>)>,
    handovers: BTreeSet<(Priority, Priority, Date)>,
}

/// Who decides a fact on each day, and on which days the default recipient gets messages; over all of the authority's
/// numbers, unless the fact is the number.
fn by_day(book: &RuleBook, kind: CriterionKind, facts: &Facts, days: &[Date]) -> Vec<(Option<Priority>, bool)> {
    let authority = &book.authorities[0];
    let recipients: Vec<_> = match kind {
        CriterionKind::RecipientCvr => facts.recipient.into_iter().collect(),
        _ => authority.cvrs().collect(),
    };
    let on = |day: Date| {
        let mut taken = None;
        let mut is_free = false;
        for recipient in &recipients {
            let facts = Facts { recipient: Some(*recipient), ..facts.clone() };
            match decided(book, &facts, day).expect("it is one of the authority's numbers").0 {
                None => is_free = true,
                Some(number) => {
                    let rule = authority.rule(Priority::new(number).expect("not 0")).expect("it is there");
                    if CriterionKind::of(&rule.criterion) == kind {
                        taken = Some(rule.priority);
                    }
                }
            }
        }
        (taken, is_free)
    };
    days.iter().map(|day| on(*day)).collect()
}

fn expected(book: &RuleBook, by_day: &[(Option<Priority>, bool)], days: &[Date]) -> Told {
    let fagsystem = |rule: Priority| &book.authorities[0].rule(rule).expect("it is there").fagsystem;
    let mut told = Told::default();
    for at in 1..days.len() {
        if let (Some(one), Some(other)) = (by_day[at - 1].0, by_day[at].0)
            && fagsystem(one) != fagsystem(other)
        {
            told.handovers.insert((one, other, days[at]));
        }
        let Some(after) = by_day[..at].iter().rev().find_map(|(taken, _)| *taken) else { continue };
        let is_free = |at: &usize| by_day[*at].1 && by_day[*at].0.is_none();
        let first_taken = by_day.iter().position(|(taken, _)| taken.is_some()).expect("one was found");
        let goes_on = at - 1 > first_taken && is_free(&(at - 1));
        if is_free(&at) && !goes_on {
            let length = (at..days.len()).take_while(is_free).count();
            let then = by_day[at..].iter().find_map(|(taken, _)| *taken);
            let to = (at + length < days.len()).then(|| days[at + length - 1]);
            told.gaps.insert((after, then, days[at], to));
        }
    }
    told
}

fn said(schedule: &Schedule, book: &RuleBook, kind: CriterionKind, sender: SenderKind, facts: &Facts) -> Told {
    let first = Priority::new(1).expect("not 0");
    let has = |value: &Criterion| {
        let any = Validity::new(FIRST_DAY, None).expect("no end");
        let rule = Rule::new(first, value.clone(), books::fagsystem_id("esdh"), any);
        CriterionKind::of(value) == kind && matches(book, &rule, facts)
    };
    let gaps = schedule.gaps.iter().filter(|it| has(&it.value) && it.senders.contains(&sender));
    let handovers = schedule.handovers.iter().filter(|it| has(&it.value) && it.senders.contains(&sender));
    Told {
        gaps: gaps.map(|it| (it.after, it.then, it.from, it.to)).collect(),
        handovers: handovers.map(|it| (it.from, it.to, it.day)).collect(),
    }
}

fn agree(book: &RuleBook) {
    let schedule = book.schedule(book.authorities[0].cvr).expect("it is there");
    assert!(!schedule.is_cut_off);
    let days = days_from(FIRST_DAY - 1.day());
    let tried = Tried::all(book, &days);
    let deciding = tried.deciding_days();
    for (at, rule) in tried.rules.iter().enumerate() {
        let told = &schedule.rules[at];
        assert_eq!(told.rule, rule.priority);
        let decides = deciding.get(&at).cloned().unwrap_or_default();
        assert_eq!(days_in(&told.decides, &days), decides, "decides: {rule:?}");
        let valid: BTreeSet<Date> = days.iter().copied().filter(|day| rule.validity.includes(*day)).collect();
        assert_eq!(days_in(&told.idle, &days), valid.difference(&decides).copied().collect(), "idle: {rule:?}");
        let kind = CriterionKind::of(&rule.criterion);
        let is_rival = |other: &usize| {
            let other = CriterionKind::of(&tried.rules[*other].criterion);
            other == kind || other == CriterionKind::RecipientCvr
        };
        let shared = tried.matching.iter().filter(|(_, matching)| {
            matching.contains(&at) && matching.iter().copied().find(is_rival).is_some_and(|first| first != at)
        });
        let shared: BTreeSet<Date> = shared.map(|(day, _)| *day).collect();
        assert_eq!(days_in(&told.in_part, &days), shared.intersection(&decides).copied().collect(), "part: {rule:?}");
    }
    for (kind, sender, facts) in with_one_fact(book) {
        let by_day = by_day(book, kind, &facts, &days);
        let told = said(&schedule, book, kind, sender, &facts);
        assert_eq!(told, expected(book, &by_day, &days), "{kind:?} from {sender:?}: {facts:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(60)))]

    #[test]
    fn the_days_of_rules_are_what_trying_every_message_on_every_day_finds(book in any_small_book(8)) {
        agree(&book);
    }
}

fn kle(priority: u32, interval: &str, fagsystem: &str, from: Date, to: Option<Date>) -> Rule {
    let criterion = Criterion::Kle(interval.parse().expect("an interval"));
    let validity = Validity::new(from, to).expect("forwards");
    Rule { validity, fagsystem: books::fagsystem_id(fagsystem), ..books::rule(priority, criterion) }
}

/// The gaps and handovers of a book with these rules, in words.
fn in_words(rules: Vec<Rule>) -> Vec<String> {
    let ours = cvr("66137112");
    let book = RuleBook { known_authorities: Vec::new(), authorities: vec![books::authority(ours, rules)] };
    let schedule = book.schedule(ours).expect("it is there");
    let who = |is_for_all: bool, senders: &[SenderKind]| {
        let kinds: Vec<_> = KINDS.iter().filter(|kind| senders.contains(kind)).map(|kind| kind.word()).collect();
        if is_for_all { String::new() } else { format!(" {}", kinds.join("+")) }
    };
    let value = |criterion: &Criterion| match criterion {
        Criterion::Kle(interval) => interval.to_string(),
        other => panic!("{other:?} is no KLE"),
    };
    let gaps = schedule.gaps.iter().map(|it| {
        let then = it.then.map_or("–".to_owned(), |then| then.to_string());
        let to = it.to.map_or("–".to_owned(), |to| to.to_string());
        format!("gap {} {}→{then} {} {to}{}", value(&it.value), it.after, it.from, who(it.is_for_all, &it.senders))
    });
    let handovers = schedule.handovers.iter().map(|it| {
        format!("step {} {}→{} {}{}", value(&it.value), it.from, it.to, it.day, who(it.is_for_all, &it.senders))
    });
    gaps.chain(handovers).collect()
}

#[test]
fn a_system_change_is_a_handover_and_days_between_are_a_gap() {
    use postfordeler::rules::Segment;
    let (old, new) = (date(2020, 1, 1), date(2027, 1, 1));
    let last = Some(date(2026, 12, 31));
    let of = |segment, rule: Rule| Rule { segment, ..rule };
    for (rules, expected) in [
        (vec![kle(10, "32", "ydelse", old, last), kle(20, "32", "esdh", new, None)], vec!["step 32 10→20 2027-01-01"]),
        // The same fagsystem goes on.
        (vec![kle(10, "32", "esdh", old, last), kle(20, "32", "esdh", new, None)], vec![]),
        (
            vec![kle(10, "32", "ydelse", old, last), kle(20, "32", "esdh", date(2027, 1, 15), None)],
            vec!["gap 32 10→20 2027-01-01 2027-01-14"],
        ),
        (vec![kle(10, "32", "ydelse", old, last)], vec!["gap 32 10→– 2027-01-01 –"]),
        // The later rule takes over only a part, and the rest falls to the default recipient.
        (
            vec![kle(10, "32", "ydelse", old, last), kle(20, "32.18 - 32.24", "esdh", new, None)],
            vec![
                "gap 32.00 - 32.17 10→– 2027-01-01 –",
                "gap 32.25 - 32.99 10→– 2027-01-01 –",
                "step 32.18 - 32.24 10→20 2027-01-01",
            ],
        ),
        // The earlier number takes over while the other is still valid.
        (vec![kle(20, "32", "ydelse", old, None), kle(10, "32", "esdh", new, None)], vec!["step 32 20→10 2027-01-01"]),
        (
            vec![kle(10, "32", "ydelse", old, last), of(Segment::Person, kle(20, "32", "esdh", new, None))],
            vec!["gap 32 10→– 2027-01-01 – virksomhed+myndighed", "step 32 10→20 2027-01-01 person"],
        ),
    ] {
        assert_eq!(in_words(rules.clone()), expected, "{rules:?}");
    }
}

#[test]
fn an_authority_without_rules_has_no_days_and_an_unknown_one_no_schedule() {
    let ours = cvr("66137112");
    let book = RuleBook { known_authorities: Vec::new(), authorities: vec![books::authority(ours, Vec::new())] };
    assert_eq!(book.schedule(ours), Some(Schedule::default()));
    assert_eq!(book.schedule(cvr(NOBODY)), None);
}
