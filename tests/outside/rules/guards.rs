//! Guards: messages that must reach a certain fagsystem.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use postfordeler::rules::{
    BrokenGuard, Criterion, Destination, Facts, Guard, Obstacle, Priority, Rule, RuleBook, Sender, Subject, Target,
    Validity,
};
use proptest::prelude::*;

use super::books::{
    FIRST_DAY, any_book, any_day, any_facts, authority, bare_facts, cvr, fagsystem, fagsystem_id, rule,
};
use super::{big_book, compiled, naive};

const MAIN: &str = "11223344";
const FURTHER: &str = "66137112";

fn guard(name: &str, fagsystem: &str, facts: Facts) -> Guard {
    Guard { name: name.to_owned(), fagsystem: fagsystem_id(fagsystem), day: None, facts }
}

/// KLE 32 goes to `ydelse`, and a guard requires it.
fn guarded() -> RuleBook {
    let mut own = authority(cvr(MAIN), vec![rule(10, Criterion::Kle("32".parse().unwrap()))]);
    own.more_cvrs.push(cvr(FURTHER));
    let facts = Facts { kle: Some("32.24".parse().unwrap()), ..bare_facts(cvr(FURTHER)) };
    own.guards.push(guard("Sygedagpenge", "ydelse", facts));
    RuleBook { authorities: vec![own], ..RuleBook::default() }
}

/// The positions of an authority and its guard, the first day on which it is broken, and where its message goes.
type Broken = (usize, usize, Date, Option<(String, Option<u32>)>);

/// The broken guards, by trying each on each day, by a reading of the rules without any index.
fn broken_by_trying(book: &RuleBook, from: Date, last: Date) -> Vec<Broken> {
    let mut broken = Vec::new();
    for (at, authority) in book.authorities.iter().enumerate() {
        for (index, guard) in authority.guards.iter().enumerate() {
            let days = match guard.day {
                Some(day) => vec![day],
                None => from.series(1.day()).take_while(|day| *day <= last).collect(),
            };
            let first = days.into_iter().find_map(|day| {
                let decided = naive::decision(book, &guard.facts, day).map(|(_, fagsystem, rule)| (fagsystem, rule));
                let holds = decided.as_ref().is_some_and(|(fagsystem, _)| *fagsystem == guard.fagsystem.to_string());
                (!holds).then_some((day, decided))
            });
            broken.extend(first.map(|(day, decided)| (at, index, day, decided)));
        }
    }
    broken
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_guard_is_broken_on_the_first_day_on_which_its_message_goes_elsewhere(book in any_book(), from in any_day()) {
        // Beyond the last day on which a rule of these books begins or ends.
        let last = FIRST_DAY + 60.days();
        let found: Vec<_> = compiled(&book).broken_guards(from).into_iter().map(|broken| {
            let at = book.authorities.iter().position(|it| it.cvr == broken.authority).unwrap();
            assert_eq!(book.authorities[at].guards[broken.index], broken.guard);
            let to = broken.destination.map(|it| (it.fagsystem.to_string(), it.rule.map(Priority::get)));
            (at, broken.index, broken.day, to)
        }).collect();
        prop_assert_eq!(found, broken_by_trying(&book, from, last));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever rule decides some message has a made-up one that it decides.
    #[test]
    fn a_message_is_made_up_for_every_rule_that_decides_one(
        book in any_book(),
        messages in prop::collection::vec((any_facts(), any_day()), 30),
        day in any_day(),
    ) {
        let distributor = compiled(&book);
        for authority in &book.authorities {
            for rule in &authority.rules {
                let Some(facts) = distributor.made_up_message(authority.cvr, rule.priority, day) else { continue };
                let decided = naive::decision(&book, &facts, day).map(|(_, _, rule)| rule);
                prop_assert_eq!(decided, Some(Some(rule.priority.get())), "{:?}", facts);
            }
        }
        for (facts, day) in messages {
            let Ok(decision) = distributor.decide(&facts, day) else { continue };
            let Some(rule) = decision.ground.priority() else { continue };
            prop_assert!(distributor.made_up_message(decision.authority.cvr, rule, day).is_some(), "{rule} by {facts:?}");
        }
    }
}

#[test]
fn a_guard_for_a_day_is_tried_on_that_day_alone() {
    let mut book = guarded();
    let own = &mut book.authorities[0];
    let until = Validity::new(FIRST_DAY, Some(date(2027, 12, 31))).unwrap();
    own.rules[0] = Rule { validity: until, ..Rule::clone(&own.rules[0]) }.into();
    let broken_on = |book: &RuleBook, from: Date| compiled(book).broken_guards(from).first().map(|broken| broken.day);
    assert_eq!(broken_on(&book, date(2026, 1, 1)), Some(date(2028, 1, 1)));
    assert_eq!(broken_on(&book, date(2030, 1, 1)), Some(date(2030, 1, 1)));
    book.authorities[0].guards[0].day = Some(date(2027, 12, 31));
    assert_eq!(broken_on(&book, date(2030, 1, 1)), None);
    book.authorities[0].guards[0].day = Some(date(2028, 1, 1));
    assert_eq!(broken_on(&book, date(2026, 1, 1)), Some(date(2028, 1, 1)));
}

#[test]
fn a_paused_fagsystem_breaks_no_guard_and_a_refused_message_does() {
    let mut book = guarded();
    book.authorities[0].fagsystems[1].active = false;
    assert_eq!(compiled(&book).broken_guards(FIRST_DAY), []);
    book.authorities[0].guards[0].facts.recipient = None;
    let broken = compiled(&book).broken_guards(FIRST_DAY);
    assert_eq!(broken.iter().map(|it| &it.destination).collect::<Vec<_>>(), [&None]);
}

#[test]
fn a_broken_guard_says_where_its_message_goes() {
    let mut book = guarded();
    book.authorities[0].rules[0] = Rule { active: false, ..Rule::clone(&book.authorities[0].rules[0]) }.into();
    let destination = Some(Destination { fagsystem: fagsystem_id("esdh"), rule: None });
    let guard = book.authorities[0].guards[0].clone();
    let expected = BrokenGuard { authority: cvr(MAIN), index: 0, guard, day: FIRST_DAY, destination };
    assert_eq!(compiled(&book).broken_guards(FIRST_DAY), [expected]);
}

#[test]
fn a_thousand_guards_among_ten_thousand_rules_take_little_more_than_their_decisions() {
    let mut book = big_book::with_rules(10_000);
    let messages = big_book::messages(10_000);
    let own = book.authorities[0].default_fagsystem.clone();
    book.authorities[0].guards = messages
        .into_iter()
        .step_by(10)
        .enumerate()
        .map(|(at, facts)| guard(&at.to_string(), own.as_str(), facts))
        .collect();
    let distributor = compiled(&book);
    assert_eq!(distributor.broken_guards(FIRST_DAY), []);
}

#[test]
fn what_replaces_a_fagsystem_replaces_it_in_guards() {
    let mut book = guarded();
    let own = &mut book.authorities[0];
    own.fagsystems.push(fagsystem("ky2"));
    assert!(own.needs_fagsystem(&fagsystem_id("ydelse")) && !own.needs_fagsystem(&fagsystem_id("ky2")));
    own.rules.clear();
    assert!(own.needs_fagsystem(&fagsystem_id("ydelse")), "the guard needs it");
    own.replace_fagsystem(&fagsystem_id("ydelse"), &fagsystem_id("ky2"));
    assert_eq!(own.guards[0].fagsystem, fagsystem_id("ky2"));
}

#[test]
fn a_guard_follows_the_numbers_of_its_authority() {
    let mut book = guarded();
    book.authorities[0].guards[0].facts.sender = Sender::Organisation(Some(cvr(FURTHER)));
    book.replace_cvr(cvr(FURTHER), cvr("12345678"));
    let facts = &book.authorities[0].guards[0].facts;
    assert_eq!((facts.sender, facts.recipient), (Sender::Organisation(Some(cvr("12345678"))), Some(cvr("12345678"))));
    // The authority has another further number, so it receives no message to that one.
    assert_eq!(book.faults()[0].place.to_string(), "myndigheder[0].vagtmeddelelser[0].meddelelse.modtager");
    book.authorities[0].readdress_guards();
    assert_eq!(book.authorities[0].guards[0].facts.recipient, Some(cvr(MAIN)));
    assert_eq!(book.faults(), []);
}

#[test]
fn a_guard_gets_a_name_of_its_own_and_a_recipient() {
    let own = guarded().authorities.remove(0);
    let stranger = guard("Sygedagpenge", "ydelse", bare_facts(cvr("99999999")));
    let own = own.with_guard(stranger.clone()).with_guard(stranger);
    let names: Vec<_> = own.guards.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Sygedagpenge", "Sygedagpenge (2)", "Sygedagpenge (3)"]);
    assert_eq!(own.guards[2].facts.recipient, Some(cvr(MAIN)));
}

#[test]
fn a_number_is_not_given_up_while_a_guard_needs_it() {
    let book = guarded();
    let mut without = book.clone();
    without.authorities[0].more_cvrs.clear();
    without.authorities[0].guards.clear();
    let differences = book.compare(&without);
    assert_eq!(differences.len(), 2);
    assert_eq!(book.apply(&differences).book, without);
    let numbers: Vec<_> = differences.into_iter().filter(|it| matches!(it.subject, Subject::MoreCvrs(_))).collect();
    let applied = book.apply(&numbers);
    assert_eq!(applied.book, book);
    assert_eq!(applied.refused[0].1, Obstacle::RecipientNeeded(cvr(FURTHER)));
    // Nor does a guard come to an authority that has given the number up.
    let guards: Vec<_> =
        without.compare(&book).into_iter().filter(|it| matches!(it.subject, Subject::Guard(_))).collect();
    assert_eq!(without.apply(&guards).refused[0].1, Obstacle::NoRecipient(cvr(FURTHER)));
}

#[test]
fn guards_are_taken_over_from_another_environment() {
    let theirs = guarded().authorities.remove(0);
    let mut ours = authority(cvr("29189846"), Vec::new());
    ours.guards.push(guard("Vores", "esdh", bare_facts(ours.cvr)));
    let mut transfer = ours.suggest_transfer(&theirs);
    let merged = ours.take_over(&theirs, &transfer).unwrap();
    let told = |guards: &[Guard]| guards.iter().map(|it| (it.name.clone(), it.facts.recipient)).collect::<Vec<_>>();
    let (own, taken) = (("Vores".to_owned(), Some(ours.cvr)), ("Sygedagpenge".to_owned(), Some(ours.cvr)));
    assert_eq!(told(&merged.guards), [own, taken.clone()]);
    transfer.removes_others = true;
    assert_eq!(told(&ours.take_over(&theirs, &transfer).unwrap().guards), [taken]);
    // Their fagsystem must have a counterpart for a guard, too.
    transfer.fagsystems.insert(fagsystem_id("ydelse"), Target::Present(fagsystem_id("intet")));
    let mut without_rules = theirs;
    without_rules.rules.clear();
    assert_eq!(ours.take_over(&without_rules, &transfer), Err(vec![fagsystem_id("ydelse")]));
}
