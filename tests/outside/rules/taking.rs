//! Who gets mail by its number, held against decisions message by message.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use jiff::civil::Date;
use postfordeler::rules::{
    Authority, Caseless, Criterion, CriterionKind, Cvr, Distributor, Facts, FormNumbers, Ground, Interval, Kle,
    KleNumbers, Number, Priority, Rule, RuleBook, Ruled, Segment, Sender, SenderKind, Takers, form_areas,
};
use proptest::prelude::*;

use super::books::{FIRST_DAY, addressed, any_book, any_day, any_facts, authority, cvr, fagsystem_id, rule};
use super::{big_book, compiled};

const KINDS: [SenderKind; 3] = [SenderKind::Person, SenderKind::Company, SenderKind::Authority];

/// Every number at which an interval of the tests' books can begin or just have ended, and one in between.
const PARTS: [&str; 9] = ["00", "05", "06", "31", "32", "35", "36", "37", "99"];

fn numbers<C: Ruled>(levels: usize) -> Vec<Number<C>>
where
    Number<C>: std::str::FromStr<Err: Debug>,
{
    let mut all = vec![String::new()];
    for level in 0..levels {
        let dot = if level == 0 { "" } else { "." };
        all = all.iter().flat_map(|above| PARTS.map(|part| format!("{above}{dot}{part}"))).collect();
    }
    all.iter().map(|text| text.parse().expect("a number")).collect()
}

/// A message that nothing but its number, its recipient and the kind of its sender can decide.
fn bare(sender: SenderKind, recipient: Cvr) -> Facts {
    let of = if sender == SenderKind::Person { Sender::Person } else { Sender::Organisation(None) };
    Facts {
        sender_has_contact_point: sender == SenderKind::Authority,
        contact_point: Some(addressed(Some("not in any book"), None)),
        post_type: None,
        ..Facts::new(of, recipient)
    }
}

fn decided(distributor: &Distributor, facts: &Facts, day: Date) -> (Option<Priority>, String) {
    let decision = distributor.decide(facts, day).expect("it is for the authority");
    (decision.ground.priority(), decision.fagsystem.id.to_string())
}

/// A sender and a recipient.
type Cell = (usize, Cvr);

fn check<C: Ruled + Debug>(
    book: &RuleBook,
    day: Date,
    full: &[Number<C>],
    nodes: &[Number<C>],
    with: impl Fn(&mut Facts, Number<C>),
) -> Result<(), TestCaseError>
where
    Interval<C>: Debug,
{
    let distributor = compiled(book);
    for authority in &book.authorities {
        let takers = Takers::<C>::of(book, authority, day);
        let mut by_number: Vec<BTreeMap<Cell, Option<Priority>>> = Vec::new();
        for number in full {
            let mut cells = BTreeMap::new();
            for recipient in authority.cvrs() {
                for (at, kind) in KINDS.into_iter().enumerate() {
                    let mut facts = bare(kind, recipient);
                    with(&mut facts, *number);
                    prop_assert_eq!(distributor.sender_kind(&facts), kind);
                    let (rule, fagsystem) = decided(&distributor, &facts, day);
                    let taker = takers.taker(*number, kind, recipient).expect("one takes it");
                    prop_assert_eq!((taker.rule, taker.fagsystem.as_str()), (rule, fagsystem.as_str()));
                    cells.insert((at, recipient), rule);
                }
            }
            by_number.push(cells);
        }
        for node in nodes {
            let inside: Vec<_> = full
                .iter()
                .zip(&by_number)
                .filter(|(number, _)| **number == *node || number.is_below(*node))
                .map(|(_, cells)| cells)
                .collect();
            check_node(authority, &takers.over(*node), &inside)?;
            check_stretches(&takers, *node, full, &by_number)?;
        }
    }
    Ok(())
}

/// Holds what is said of a number and all below it against the decisions for these.
fn check_node(
    authority: &Authority,
    told: &[postfordeler::rules::Taking],
    inside: &[&BTreeMap<Cell, Option<Priority>>],
) -> Result<(), TestCaseError> {
    let mut counts: BTreeMap<(Option<Priority>, Cell), usize> = BTreeMap::new();
    for (cell, rule) in inside.iter().flat_map(|cells| cells.iter()) {
        *counts.entry((*rule, *cell)).or_default() += 1;
    }
    let mut seen = BTreeSet::new();
    for taking in told {
        let recipients: Vec<Cvr> =
            if taking.recipients.is_empty() { authority.cvrs().collect() } else { taking.recipients.clone() };
        let senders = taking.senders.iter().map(|it| KINDS.iter().position(|kind| kind == it).expect("one of three"));
        let cells: Vec<Cell> = senders.flat_map(|at| recipients.iter().map(move |cvr| (at, *cvr))).collect();
        for cell in &cells {
            prop_assert!(counts.contains_key(&(taking.taker.rule, *cell)), "{:?} takes nothing of {:?}", taking, cell);
            prop_assert!(seen.insert((taking.taker.rule, *cell)), "{:?} is said twice", taking);
        }
        let is_whole = cells.iter().all(|cell| counts[&(taking.taker.rule, *cell)] == inside.len());
        prop_assert_eq!(taking.is_whole, is_whole, "{:?}", taking);
    }
    prop_assert_eq!(seen.len(), counts.len(), "something is not said");
    Ok(())
}

fn check_stretches<C: Ruled + Debug>(
    takers: &Takers<C>,
    node: Number<C>,
    full: &[Number<C>],
    by_number: &[BTreeMap<Cell, Option<Priority>>],
) -> Result<(), TestCaseError>
where
    Interval<C>: Debug,
{
    let stretches = takers.stretches(node.into(), usize::MAX);
    for (number, cells) in full.iter().zip(by_number).filter(|(number, _)| number.is_below(node)) {
        let around: Vec<_> = stretches.iter().filter(|stretch| stretch.interval.contains(*number)).collect();
        prop_assert_eq!(around.len(), 1, "{:?} is in one stretch of {:?}", number, stretches);
        prop_assert!(around[0].taking.iter().all(|taking| taking.is_whole));
        let rules: BTreeSet<_> = cells.values().copied().collect();
        let told: BTreeSet<_> = around[0].taking.iter().map(|taking| taking.taker.rule).collect();
        prop_assert_eq!(rules, told);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn who_takes_a_kle_number_is_who_gets_such_messages(book in any_book(), day in any_day()) {
        let nodes: Vec<_> = (1..=3).flat_map(numbers::<KleNumbers>).step_by(7).collect();
        check(&book, day, &numbers::<KleNumbers>(3), &nodes, |facts, number| facts.kle = Some(number))?;
    }

    /// Whatever a message says besides its number: when it goes elsewhere, the fact that it goes by has been named.
    #[test]
    fn what_may_come_first_is_said(
        book in any_book(),
        messages in prop::collection::vec((any_facts(), any_day()), 40),
    ) {
        let distributor = compiled(&book);
        for (facts, day) in messages {
            let (Some(kle), Some(recipient), Ok(decision)) = (facts.kle, facts.recipient, distributor.decide(&facts, day))
            else { continue };
            let takers = Takers::<KleNumbers>::of(&book, decision.authority, day);
            let Some(taker) = takers.taker(kle, distributor.sender_kind(&facts), recipient) else { continue };
            if let Ground::Rule(rule) = decision.ground
                && rule.fagsystem != taker.fagsystem
            {
                let kind = CriterionKind::of(&rule.criterion);
                prop_assert!(taker.unless.contains(&kind), "{:?} came before {:?}", rule, taker);
            } else {
                prop_assert_eq!(&decision.fagsystem.id, &taker.fagsystem);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn who_takes_a_form_number_is_who_gets_such_messages(book in any_book(), day in any_day()) {
        let full: Vec<_> = numbers::<FormNumbers>(4).into_iter().step_by(2).collect();

        let nodes = numbers::<FormNumbers>(4);
        let every: Vec<_> = nodes.iter().copied().filter(|it| full.contains(it)).take(400).collect();
        check(&book, day, &every, &every, |facts, number| facts.form = Some(number))?;
    }
}

fn to(fagsystem: &str, rule: Rule) -> Rule {
    Rule { fagsystem: fagsystem_id(fagsystem), ..rule }
}

fn kle(text: &str) -> Criterion {
    Criterion::Kle(text.parse().expect("KLE"))
}

fn one(rules: Vec<Rule>) -> (RuleBook, Takers<KleNumbers>) {
    let authority = authority(cvr("66137112"), rules);
    let book = RuleBook { authorities: vec![authority.clone()], ..RuleBook::default() };
    let takers = Takers::of(&book, &authority, FIRST_DAY);
    (book, takers)
}

#[test]
fn an_earlier_rule_that_sends_to_the_same_system_is_no_reason_to_doubt() {
    let point = |number| rule(number, Criterion::ContactPoint(Caseless::new("kp-1")));
    let over = |rules| one(rules).1.over("28".parse().expect("KLE"));
    assert_eq!(over(vec![point(1), rule(2, kle("28"))])[0].taker.unless, []);
    let elsewhere = vec![to("esdh", point(1)), rule(2, kle("28"))];
    assert_eq!(over(elsewhere)[0].taker.unless, [CriterionKind::ContactPoint]);
    // What comes later, is for others, or cannot be met by the sender is none either.
    let later = vec![rule(2, kle("28")), to("esdh", point(3))];
    assert_eq!(over(later)[0].taker.unless, []);
    let companies = Rule { segment: Segment::Company, ..to("esdh", point(1)) };
    let persons = Rule { segment: Segment::Person, ..rule(2, kle("28")) };
    assert_eq!(over(vec![companies, persons])[0].taker.unless, []);
}

#[test]
fn a_rule_on_the_only_number_of_the_authority_leaves_nothing_to_later_ones() {
    let all = rule(1, Criterion::RecipientCvr(cvr("66137112")));
    let (_, takers) = one(vec![all, to("esdh", rule(2, kle("28")))]);
    let taking = takers.over("28".parse().expect("KLE"));
    assert_eq!(taking.len(), 1);
    assert_eq!(taking[0].taker.rule, Priority::new(1));
    assert!(taking[0].is_all());
}

#[test]
fn a_stretch_is_written_as_short_as_can_be() {
    let (_, takers) = one(vec![rule(1, kle("32.00 - 32.45")), rule(2, kle("32.46.05"))]);
    let stretches = takers.stretches("32".parse::<Kle>().expect("KLE").into(), 10);
    let written: Vec<_> = stretches.iter().map(|it| it.interval.to_string()).collect();
    assert_eq!(written, ["32.00 - 32.45", "32.46.00 - 32.46.04", "32.46.05", "32.46.06 - 32.99"]);
    // The last of too many has the rest.
    let few = takers.stretches("32".parse::<Kle>().expect("KLE").into(), 2);
    assert_eq!(few[1].interval.to_string(), "32.46 - 32.99");
    assert_eq!(few[1].taking.len(), 2);
}

#[test]
fn form_has_its_thirty_four_areas_in_order() {
    let areas: Vec<_> = form_areas().collect();
    assert_eq!(areas.len(), 34);
    assert!(areas.windows(2).all(|pair| pair[0].0 < pair[1].0));
    assert!(areas.iter().all(|(number, title)| number.level() == 1 && !title.trim().is_empty()));
    assert_eq!((areas[0].0.to_string(), areas[33].0.to_string()), ("02".to_owned(), "68".to_owned()));
}

#[test]
fn ten_thousand_rules_are_read() {
    let book = big_book::with_rules(10_000);
    let takers = Takers::<KleNumbers>::of(&book, &book.authorities[0], FIRST_DAY);
    for main in 0..100 {
        let number: Kle = format!("{main:02}").parse().expect("KLE");
        assert!(!takers.over(number).is_empty(), "{number}");
    }
    assert!(takers.count() > 1);
}
