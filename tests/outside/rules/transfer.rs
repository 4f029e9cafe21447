//! Rules on their way from one environment to another.

use std::collections::HashMap;

use jiff::Timestamp;
use postfordeler::exchange::{Package, read_package, write_package};
use postfordeler::rules::{
    Authority, Caseless, ContactPoint, Criterion, Fagsystem, Priority, Rule, RuleBook, Target, Transfer,
};
use proptest::prelude::*;
use proptest::sample::Index;

use super::books::{any_book, authority, cvr, fagsystem, fagsystem_id, rule};

const HERE: &str = "66137112";
const THERE: &str = "11223344";

fn kle(interval: &str) -> Criterion {
    Criterion::Kle(interval.parse().expect(interval))
}

fn priority(number: u32) -> Priority {
    Priority::new(number).expect("not 0")
}

fn here(rules: Vec<Rule>) -> Authority {
    authority(cvr(HERE), rules)
}

fn there(rules: Vec<Rule>) -> Authority {
    authority(cvr(THERE), rules)
}

/// Each rule's number and what it looks at, and where it sends.
fn told(authority: &Authority) -> Vec<(u32, Criterion, String)> {
    let rules = authority.rules.iter();
    rules.map(|it| (it.priority.get(), it.criterion.clone(), it.fagsystem.to_string())).collect()
}

/// Every fagsystem of the one authority goes to one of the other's.
fn any_way(from: &Authority, to: &Authority, choice: Index) -> Transfer {
    let ways = from.fagsystems.iter().enumerate().map(|(at, theirs)| {
        let ours = &to.fagsystems[(at + choice.index(to.fagsystems.len())) % to.fagsystems.len()];
        (theirs.id.clone(), Target::Present(ours.id.clone()))
    });
    Transfer { fagsystems: ways.collect(), ..to.suggest_transfer(from) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_packed_is_read_back_the_same(book in any_book(), at in any::<Index>()) {
        let authority = &book.authorities[at.index(book.authorities.len())];
        let chosen = authority.rules.iter().map(|rule| rule.priority).step_by(2).collect();
        for rules in [None, Some(&chosen)] {
            let package = Package::of(authority, rules, " Test ", Timestamp::UNIX_EPOCH);
            prop_assert_eq!(&package.environment, "Test");
            let read = read_package(write_package(&package).as_bytes());
            prop_assert_eq!(read, Ok(package));
        }
    }

    #[test]
    fn rules_that_come_back_to_where_they_were_packed_change_nothing(
        book in any_book(), at in any::<Index>(), removes_others in any::<bool>(),
    ) {
        let authority = &book.authorities[at.index(book.authorities.len())];
        let package = Package::of(authority, None, "", Timestamp::UNIX_EPOCH);
        let transfer = Transfer { removes_others, ..authority.suggest_transfer(&package.authority) };
        let after = authority.take_over(&package.authority, &transfer).expect("all fagsystems are here");
        let mut books = book.clone();
        books.authorities[at.index(book.authorities.len())] = after;
        prop_assert_eq!(book.compare(&books), vec![]);
    }

    #[test]
    fn no_way_makes_a_contradiction_or_moves_a_fagsystem(
        one in any_book(), other in any_book(), ats in any::<(Index, Index)>(), choice in any::<Index>(),
        removes_others in any::<bool>(),
    ) {
        let from = &one.authorities[ats.0.index(one.authorities.len())];
        let to = &other.authorities[ats.1.index(other.authorities.len())];
        let transfer = Transfer { removes_others, ..any_way(from, to, choice) };
        let after = to.take_over(from, &transfer).expect("every fagsystem has a way");
        prop_assert_eq!(&after.fagsystems, &to.fagsystems);
        prop_assert_eq!(&after.default_fagsystem, &to.default_fagsystem);
        prop_assert!(after.rules.len() >= from.rules.len());
        if removes_others {
            prop_assert_eq!(after.rules.len(), from.rules.len());
        }
        let book = RuleBook { known_authorities: Vec::new(), authorities: vec![after] };
        prop_assert_eq!(book.faults(), vec![]);
    }
}

#[test]
fn a_rule_on_the_same_is_replaced_where_it_stands_and_a_new_one_gets_the_next_free_number() {
    let mut other_fagsystem = rule(70, kle("28"));
    other_fagsystem.fagsystem = fagsystem_id("esdh");
    let ours = here(vec![rule(10, kle("27")), rule(20, kle("28")), rule(30, kle("29"))]);
    let theirs = there(vec![rule(10, kle("30")), rule(11, kle("31")), other_fagsystem]);
    let after = ours.take_over(&theirs, &ours.suggest_transfer(&theirs)).expect("both have both");
    let expected =
        [(10, "27", "ydelse"), (11, "30", "ydelse"), (12, "31", "ydelse"), (20, "28", "esdh"), (30, "29", "ydelse")];
    let expected: Vec<_> = expected.iter().map(|(number, it, to)| (*number, kle(it), (*to).to_owned())).collect();
    assert_eq!(told(&after), expected);
}

#[test]
fn a_package_may_replace_all() {
    let ours = here(vec![rule(10, kle("27")), rule(20, kle("28"))]);
    let theirs = there(vec![rule(20, kle("28")), rule(40, kle("30"))]);
    let transfer = Transfer { removes_others: true, ..ours.suggest_transfer(&theirs) };
    let after = ours.take_over(&theirs, &transfer).expect("both have both");
    assert_eq!(told(&after), told(&theirs));
}

#[test]
fn what_rules_say_of_the_other_authority_they_say_of_this_one() {
    let (own, another) = (Criterion::RecipientCvr(cvr(THERE)), Criterion::SenderCvr(cvr("55133018")));
    let theirs = there(vec![rule(10, own), rule(20, another.clone())]);
    let ours = here(Vec::new());
    let after = ours.take_over(&theirs, &ours.suggest_transfer(&theirs)).expect("both have both");
    let criteria: Vec<_> = after.rules.iter().map(|rule| rule.criterion.clone()).collect();
    assert_eq!(criteria, [Criterion::RecipientCvr(cvr(HERE)), another]);
}

#[test]
fn a_contact_point_is_known_again_by_its_id_or_its_title() {
    let point = |id: &str, title: &str| ContactPoint::new(Caseless::new(id), title, Vec::new());
    let looks_at = |id: &str| Criterion::ContactPoint(Caseless::new(id));
    let mut theirs = there(vec![rule(10, looks_at("t-1")), rule(20, looks_at("both")), rule(30, looks_at("t-3"))]);
    theirs.contact_points = vec![point("t-1", "Byggesager"), point("both", "Andet"), point("t-3", "Ny")];
    let mut ours = here(Vec::new());
    ours.contact_points = vec![point("p-1", "BYGGESAGER "), point("BOTH", "Fælles")];
    let after = ours.take_over(&theirs, &ours.suggest_transfer(&theirs)).expect("both have both");
    let criteria: Vec<_> = after.rules.iter().map(|rule| rule.criterion.clone()).collect();
    assert_eq!(criteria, [looks_at("p-1"), looks_at("both"), looks_at("t-3")]);
    let points: Vec<_> = after.contact_points.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(points, ["p-1", "BOTH", "t-3"]);
}

#[test]
fn where_messages_go_is_never_guessed() {
    let theirs_alone = Rule { fagsystem: fagsystem_id("test-esdh"), ..rule(10, kle("27")) };
    let mut theirs = there(vec![theirs_alone, rule(20, kle("28"))]);
    theirs.fagsystems.push(fagsystem("test-esdh"));
    let ours = here(Vec::new());
    let suggested = ours.suggest_transfer(&theirs);
    assert_eq!(ours.take_over(&theirs, &suggested), Err(vec![fagsystem_id("test-esdh")]));
    let elsewhere = HashMap::from([(fagsystem_id("test-esdh"), Target::Present(fagsystem_id("nowhere")))]);
    let transfer = Transfer { fagsystems: elsewhere, ..Transfer::default() };
    assert_eq!(ours.take_over(&theirs, &transfer), Err(vec![fagsystem_id("test-esdh"), fagsystem_id("ydelse")]));
    let endpoint = "https://esdh.example/".parse().expect("an address");
    let new = Fagsystem::new(fagsystem_id("esdh-2"), "ESDH 2", endpoint);
    let mut transfer = suggested;
    transfer.fagsystems.insert(fagsystem_id("test-esdh"), Target::New(new.clone()));
    let after = ours.take_over(&theirs, &transfer).expect("all are named");
    assert_eq!(after.rule(priority(10)).map(|rule| rule.fagsystem.clone()), Some(new.id.clone()));
    assert_eq!(after.fagsystems.last(), Some(&new));
}

#[test]
fn two_new_fagsystems_never_become_one() {
    let to = |id: &str, rule: Rule| Rule { fagsystem: fagsystem_id(id), ..rule };
    let mut theirs = there(vec![to("a", rule(10, kle("27"))), to("b", rule(20, kle("28")))]);
    theirs.fagsystems.extend([fagsystem("a"), fagsystem("b")]);
    let ours = here(Vec::new());
    let new = |endpoint: &str| Fagsystem { endpoint: endpoint.parse().expect("an address"), ..fagsystem("ny") };
    let mut transfer = ours.suggest_transfer(&theirs);
    transfer.fagsystems.insert(fagsystem_id("a"), Target::New(new("https://a.example/")));
    transfer.fagsystems.insert(fagsystem_id("b"), Target::New(new("https://b.example/")));
    let refused = ours.take_over(&theirs, &transfer).expect_err("one of them has no place of its own");
    assert_eq!(refused.len(), 1);
    // Nor does a new one become what is here.
    transfer.fagsystems.insert(fagsystem_id("a"), Target::New(fagsystem("ydelse")));
    transfer.fagsystems.insert(fagsystem_id("b"), Target::New(new("https://b.example/")));
    assert!(ours.take_over(&theirs, &transfer).is_ok());
    let other = Fagsystem { endpoint: "https://a.example/".parse().expect("an address"), ..fagsystem("ydelse") };
    transfer.fagsystems.insert(fagsystem_id("a"), Target::New(other));
    assert_eq!(ours.take_over(&theirs, &transfer), Err(vec![fagsystem_id("a")]));
}

#[test]
fn a_name_that_several_have_is_no_sign() {
    let named = |id: &str| Fagsystem { name: "Sag".to_owned(), ..fagsystem(id) };
    let mut theirs = there(vec![Rule { fagsystem: fagsystem_id("t"), ..rule(10, kle("27")) }]);
    theirs.fagsystems.push(named("t"));
    let mut ours = here(Vec::new());
    ours.fagsystems.push(named("a"));
    let way = |ours: &Authority| ours.suggest_transfer(&theirs).fagsystems.get(&fagsystem_id("t")).cloned();
    assert_eq!(way(&ours), Some(Target::Present(fagsystem_id("a"))));
    ours.fagsystems.push(named("b"));
    assert_eq!(way(&ours), None);
}
