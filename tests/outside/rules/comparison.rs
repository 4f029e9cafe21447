//! What differs between two books, and what comes of making those differences in a third.

use std::collections::HashSet;
use std::sync::Arc;

use postfordeler::rules::{
    Caseless, ContactPoint, Criterion, Difference, Fagsystem, Obstacle, Priority, Rule, RuleBook, Segment, Subject,
    Swap,
};
use proptest::prelude::*;

use super::books::{any_book, any_edited_book, authority, cvr, fagsystem, fagsystem_id, rule};

const OURS: &str = "66137112";
const THEIRS: &str = "29189846";

fn book_of(rules: Vec<Rule>) -> RuleBook {
    RuleBook { known_authorities: Vec::new(), authorities: vec![authority(cvr(OURS), rules)] }
}

fn changed(book: &RuleBook, change: impl FnOnce(&mut RuleBook)) -> RuleBook {
    let mut book = book.clone();
    change(&mut book);
    book
}

fn kle(interval: &str) -> Criterion {
    Criterion::Kle(interval.parse().expect(interval))
}

fn priority(number: u32) -> Priority {
    Priority::new(number).expect("not 0")
}

fn to(id: &str, rule: Rule) -> Rule {
    Rule { fagsystem: fagsystem_id(id), ..rule }
}

/// A difference in a few words.
fn told(difference: &Difference) -> String {
    fn sides<T>(swap: &Swap<T>, word: impl Fn(&T) -> String) -> String {
        let side = |side: &Option<T>| side.as_ref().map_or("-".to_owned(), &word);
        format!("{} > {}", side(&swap.before), side(&swap.after))
    }
    match &difference.subject {
        Subject::KnownAuthority(swap) => format!("known {}", sides(swap, |it| it.cvr.to_string())),
        Subject::Authority(swap) => format!("authority {}", sides(swap, |it| it.cvr.to_string())),
        Subject::Name(swap) => format!("name {}", sides(swap, Clone::clone)),
        Subject::MoreCvrs(swap) => format!("cvrs {}", sides(swap, |it| it.len().to_string())),
        Subject::DefaultFagsystem(swap) => format!("default {}", sides(swap, ToString::to_string)),
        Subject::Fagsystem(swap) => format!("fagsystem {}", sides(swap, |it| format!("{} {}", it.id, it.name))),
        Subject::ContactPoint(swap) => format!("point {}", sides(swap, |it| format!("{} {}", it.id, it.title))),
        Subject::Guard(swap) => format!("guard {}", sides(swap, |it| format!("{} {}", it.name, it.fagsystem))),
        Subject::Rule(swap) => format!("rule {}", sides(swap, |it| it.priority.to_string())),
    }
}

fn all_told(before: &RuleBook, after: &RuleBook) -> Vec<String> {
    before.compare(after).iter().map(told).collect()
}

/// What was refused and why, in a few words.
fn refused(book: &RuleBook, differences: &[Difference]) -> Vec<(String, Obstacle)> {
    book.apply(differences).refused.into_iter().map(|(difference, why)| (told(&difference), why)).collect()
}

/// The rules as number and value, in their order in the list.
fn rules(book: &RuleBook) -> Vec<(u32, String)> {
    let rules = book.authorities[0].rules.iter();
    rules
        .map(|rule| match &rule.criterion {
            Criterion::Kle(interval) => (rule.priority.get(), interval.to_string()),
            other => (rule.priority.get(), format!("{other:?}")),
        })
        .collect()
}

fn numbered(expected: &[(u32, &str)]) -> Vec<(u32, String)> {
    expected.iter().map(|(number, value)| (*number, (*value).to_owned())).collect()
}

fn leads_there_and_back(one: &RuleBook, other: &RuleBook) -> Result<(), TestCaseError> {
    let differences = one.compare(other);
    let there = one.apply(&differences);
    prop_assert_eq!(&there.refused, &[]);
    prop_assert_eq!(there.book.compare(other), []);
    let reversed: Vec<_> = differences.iter().map(Difference::reversed).collect();
    let back = other.apply(&reversed);
    prop_assert_eq!(&back.refused, &[]);
    prop_assert_eq!(back.book.compare(one), []);
    // Who makes them once more finds all as it should be; a rule with a twin may seem to have moved.
    let again = there.book.apply(&differences);
    prop_assert_eq!(again.book, there.book);
    for (difference, obstacle) in again.refused {
        prop_assert!(matches!(difference.subject, Subject::Rule(Swap { after: None, .. })), "{:?}", difference);
        prop_assert_eq!(obstacle, Obstacle::Changed);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_differs_between_any_two_books_leads_from_the_one_to_the_other_and_back(
        one in any_book(), other in any_book(),
    ) {
        leads_there_and_back(&one, &other)?;
    }

    #[test]
    fn what_edits_have_made_of_a_book_leads_there_and_back((book, edited, _) in any_edited_book()) {
        prop_assert!(edited.compile().is_ok(), "the edits themselves: {:?}", edited.faults());
        leads_there_and_back(&book, &edited)?;
    }

    #[test]
    fn a_book_does_not_differ_from_itself_however_its_lists_are_ordered(book in any_book()) {
        let backwards = changed(&book, |book| {
            book.authorities.reverse();
            book.known_authorities.reverse();
            for authority in &mut book.authorities {
                authority.rules.reverse();
                authority.fagsystems.reverse();
                authority.more_cvrs.reverse();
                authority.contact_points.reverse();
                authority.contact_points.iter_mut().for_each(|point| point.groups.reverse());
            }
        });
        prop_assert_eq!(book.compare(&backwards), []);
    }

    /// Whatever two people do at the same time: nothing contradicts itself afterwards, and nothing is lost that nobody
    /// has removed.
    #[test]
    fn differences_made_in_a_book_that_has_moved_on_bring_no_contradiction_and_lose_nothing(
        (base, one, other) in any_edited_book(),
    ) {
        let differences = base.compare(&one);
        let applied = other.apply(&differences);
        prop_assert!(applied.book.compile().is_ok(), "{:?}", applied.book.faults());
        let refused: Vec<_> = applied.refused.iter().map(|(difference, _)| difference).collect();
        let made: Vec<_> = differences.iter().filter(|it| !refused.contains(it)).collect();
        for authority in &applied.book.authorities {
            let Some(before) = other.authorities.iter().find(|it| it.cvr == authority.cvr) else { continue };
            let swaps = |it: &&&Difference| it.authority == Some(authority.cvr);
            let rule = |it: &&Difference| match &it.subject { Subject::Rule(swap) => Some(swap.clone()), _ => None };
            let swaps: Vec<_> = made.iter().filter(swaps).filter_map(rule).collect();
            for rule in &before.rules {
                let is_taken_out = swaps.iter().any(|swap| swap.before.as_ref() == Some(rule));
                prop_assert!(is_taken_out || authority.rules.contains(rule), "{:?} is lost", rule);
            }
            for after in swaps.iter().filter_map(|swap| swap.after.as_ref()) {
                prop_assert!(authority.rules.contains(after), "{:?} was not put in", after);
            }
        }
    }

    #[test]
    fn rules_that_different_people_have_changed_are_both_changed(
        book in any_book(), at in any::<prop::sample::Index>(), of in any::<[prop::sample::Index; 2]>(),
    ) {
        let at = at.index(book.authorities.len());
        let count = book.authorities[at].rules.len();
        prop_assume!(count > 1);
        let of = of.map(|of| of.index(count));
        prop_assume!(of[0] != of[1]);
        let noted = |which: usize, note: &str| changed(&book, |book| {
            Arc::make_mut(&mut book.authorities[at].rules[of[which]]).note = note.to_owned();
        });
        let (mine, yours) = (noted(0, "mit"), noted(1, "dit"));
        let applied = yours.apply(&book.compare(&mine));
        prop_assert_eq!(applied.refused, []);
        for (book, which) in [(&mine, 0), (&yours, 1)] {
            let rule = &book.authorities[at].rules[of[which]];
            prop_assert!(applied.book.authorities[at].rules.contains(rule), "{:?}", rule);
        }
    }

    #[test]
    fn every_rule_that_lives_on_has_one_place_that_no_other_has(one in any_book(), other in any_book()) {
        let (one, other) = (&one.authorities[0], &other.authorities[0]);
        let counterparts = one.counterparts(other);
        let places: HashSet<_> = counterparts.values().collect();
        prop_assert_eq!(places.len(), counterparts.len());
        prop_assert!(counterparts.keys().all(|it| one.rule(*it).is_some()));
        prop_assert!(counterparts.values().all(|it| other.rule(*it).is_some()));
        prop_assert!(one.counterparts(one).iter().all(|(old, new)| old == new));
    }
}

#[test]
fn differences_come_in_the_order_of_the_book_afterwards() {
    let gone = cvr("64942212");
    let mut before = book_of(vec![rule(10, kle("10")), rule(20, kle("20")), rule(30, kle("30"))]);
    before.known_authorities = vec![cvr("11223344").into()];
    before.authorities.insert(0, authority(gone, Vec::new()));
    let mut after = book_of(vec![rule(15, kle("15")), rule(20, kle("21")), rule(40, kle("10"))]);
    after.known_authorities = vec![cvr("55133018").into()];
    after.authorities.insert(0, authority(cvr(THEIRS), Vec::new()));
    let ours = &mut after.authorities[1];
    ours.name = "Anden Kommune".to_owned();
    ours.more_cvrs = vec![cvr("12345678")];
    ours.fagsystems = vec![Fagsystem { name: "Ny".to_owned(), ..fagsystem("ydelse") }, fagsystem("sag")];
    ours.default_fagsystem = fagsystem_id("sag");
    ours.contact_points = vec![ContactPoint::new(Caseless::new("kp"), "Borgere", Vec::new())];
    let expected = [
        "known - > 55133018",
        "known 11223344 > -",
        "authority - > 29189846",
        "name Eksempel Kommune > Anden Kommune",
        "cvrs 0 > 1",
        "fagsystem ydelse YDELSE > ydelse Ny",
        "fagsystem - > sag SAG",
        "fagsystem esdh ESDH > -",
        "default esdh > sag",
        "point - > kp Borgere",
        "rule - > 15",
        "rule 20 > 20",
        "rule 30 > -",
        "rule 10 > 40",
        "authority 64942212 > -",
    ];
    assert_eq!(all_told(&before, &after), expected);
}

/// What happened, the rules before and after, and the differences it should be reported as.
type Case = (&'static str, Vec<Rule>, Vec<Rule>, &'static [&'static str]);

#[test]
fn rules_are_known_again_by_their_likeness() {
    let person = |rule: Rule| Rule { segment: Segment::Person, ..rule };
    let esdh = |rule: Rule| to("esdh", rule);
    let cases: [Case; 10] = [
        ("the same", vec![rule(1, kle("10"))], vec![rule(1, kle("10"))], &[]),
        ("moved", vec![rule(1, kle("10"))], vec![rule(9, kle("10"))], &["rule 1 > 9"]),
        ("changed in its place", vec![rule(1, kle("10"))], vec![esdh(rule(1, kle("10")))], &["rule 1 > 1"]),
        ("moved and changed", vec![rule(1, kle("10"))], vec![esdh(rule(9, kle("10")))], &["rule 1 > 9"]),
        ("another value in its place", vec![rule(1, kle("10"))], vec![rule(1, kle("11"))], &["rule 1 > 1"]),
        ("another rule elsewhere", vec![rule(1, kle("10"))], vec![rule(9, kle("11"))], &["rule 1 > -", "rule - > 9"]),
        (
            "another segment elsewhere",
            vec![rule(1, kle("10"))],
            vec![person(rule(9, kle("10")))],
            &["rule 1 > -", "rule - > 9"],
        ),
        (
            "two that change places",
            vec![rule(1, kle("10")), rule(2, kle("11"))],
            vec![rule(1, kle("11")), rule(2, kle("10"))],
            &["rule 2 > 1", "rule 1 > 2"],
        ),
        (
            "two of the same value that change places",
            vec![rule(1, kle("10")), esdh(rule(2, kle("10"))), rule(3, kle("12"))],
            vec![esdh(rule(1, kle("10"))), rule(5, kle("10")), rule(3, kle("12"))],
            &["rule 2 > 1", "rule 1 > 5"],
        ),
        (
            "one put in before all others",
            vec![rule(1, kle("10")), rule(2, kle("11"))],
            vec![rule(1, kle("12")), rule(2, kle("10")), rule(3, kle("11"))],
            &["rule - > 1", "rule 1 > 2", "rule 2 > 3"],
        ),
    ];
    for (case, before, after, expected) in cases {
        assert_eq!(all_told(&book_of(before), &book_of(after)), expected, "{case}");
    }
}

#[test]
fn a_rule_that_is_moved_keeps_its_counterpart_and_one_that_is_gone_has_none() {
    let before = book_of(vec![rule(1, kle("10")), rule(2, kle("11")), rule(3, kle("12"))]);
    let after = book_of(vec![rule(1, kle("11")), to("esdh", rule(5, kle("10")))]);
    let counterparts = before.authorities[0].counterparts(&after.authorities[0]);
    let mut pairs: Vec<_> = counterparts.into_iter().map(|(old, new)| (old.get(), new.get())).collect();
    pairs.sort_unstable();
    assert_eq!(pairs, [(1, 5), (2, 1)]);
}

#[test]
fn a_name_written_with_other_letters_differs_though_it_decides_alike() {
    let group = |name: &str| book_of(vec![rule(1, Criterion::ContactGroup(Caseless::new(name)))]);
    let (before, after) = (group("BØRN"), group("Børn"));
    assert_eq!(all_told(&before, &after), ["rule 1 > 1"]);
    let applied = before.apply(&before.compare(&after));
    assert!(
        matches!(&applied.book.authorities[0].rules[0].criterion, Criterion::ContactGroup(it) if it.as_str() == "Børn")
    );
}

#[test]
fn what_somebody_else_has_changed_is_not_changed_over_it() {
    let base = book_of(vec![rule(1, kle("10"))]);
    let yours = book_of(vec![to("esdh", rule(1, kle("10")))]);
    let cases = [
        ("changed", book_of(vec![rule(1, kle("11"))]), "rule 1 > 1"),
        ("moved", book_of(vec![rule(2, kle("10"))]), "rule 1 > 2"),
        ("removed", book_of(vec![]), "rule 1 > -"),
    ];
    for (case, mine, expected) in cases {
        let differences = base.compare(&mine);
        assert_eq!(refused(&yours, &differences), [(expected.to_owned(), Obstacle::Changed)], "{case}");
        assert_eq!(yours.apply(&differences).book, yours, "{case}");
    }
    let moved = book_of(vec![rule(7, kle("10"))]);
    let removal = base.compare(&book_of(vec![]));
    assert_eq!(refused(&moved, &removal), [("rule 1 > -".to_owned(), Obstacle::Changed)], "it lives on elsewhere");
}

#[test]
fn what_somebody_else_has_changed_in_the_same_way_is_no_hindrance() {
    let base = book_of(vec![rule(1, kle("10")), rule(2, kle("11")), rule(3, kle("12"))]);
    let mut done = book_of(vec![rule(1, kle("12")), rule(2, kle("13")), rule(4, kle("14"))]);
    done.known_authorities.push(cvr(THEIRS).into());
    done.authorities[0].name = "Ny".to_owned();
    done.authorities[0].fagsystems.push(fagsystem("sag"));
    done.authorities[0].more_cvrs.push(cvr("12345678"));
    let applied = done.apply(&base.compare(&done));
    assert_eq!((applied.refused, applied.book), (Vec::new(), done));
}

#[test]
fn rules_change_places_as_a_whole_or_stay() {
    let base = book_of(vec![rule(1, kle("10")), rule(2, kle("11")), rule(3, kle("12"))]);
    let turned = book_of(vec![rule(1, kle("12")), rule(2, kle("10")), rule(3, kle("11"))]);
    let differences = base.compare(&turned);
    let unsorted = changed(&base, |book| book.authorities[0].rules.reverse());
    assert_eq!(rules(&unsorted.apply(&differences).book), numbered(&[(1, "12"), (2, "10"), (3, "11")]));
    // The last of them has gone elsewhere, and another has taken its place: no link of the chain can give way.
    let other = book_of(vec![rule(1, kle("10")), rule(2, kle("11")), rule(3, kle("40")), rule(9, kle("12"))]);
    let applied = other.apply(&differences);
    assert_eq!(applied.book, other);
    let told: Vec<_> = applied.refused.iter().map(|(it, why)| (told(it), why.clone())).collect();
    let expected = [
        ("rule 3 > 1".to_owned(), Obstacle::Changed),
        ("rule 1 > 2".to_owned(), Obstacle::PriorityTaken(priority(2))),
        ("rule 2 > 3".to_owned(), Obstacle::PriorityTaken(priority(3))),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_rule_is_taken_out_once_only() {
    let base = book_of(vec![rule(1, kle("10"))]);
    let moved_to = |number| base.compare(&book_of(vec![rule(number, kle("10"))]));
    let both = [moved_to(2), moved_to(3)].concat();
    assert_eq!(refused(&base, &both), [("rule 1 > 3".to_owned(), Obstacle::Changed)]);
    assert_eq!(rules(&base.apply(&both).book), numbered(&[(2, "10")]));
}

#[test]
fn a_rule_is_not_put_where_another_stands() {
    let base = book_of(vec![rule(1, kle("10"))]);
    let mine = book_of(vec![rule(5, kle("10"))]);
    let yours = book_of(vec![rule(1, kle("10")), rule(5, kle("11"))]);
    let differences = base.compare(&mine);
    assert_eq!(refused(&yours, &differences), [("rule 1 > 5".to_owned(), Obstacle::PriorityTaken(priority(5)))]);
    assert_eq!(yours.apply(&differences).book, yours);
}

#[test]
fn a_fagsystem_and_what_needs_it_go_together() {
    let base = book_of(vec![rule(1, kle("10")), rule(2, kle("11"))]);
    let renamed = changed(&base, |book| {
        let ours = &mut book.authorities[0];
        ours.fagsystems = vec![fagsystem("sag"), fagsystem("esdh")];
        ours.rules =
            vec![to("sag", rule(1, kle("10"))), to("sag", rule(2, kle("11")))].into_iter().map(Arc::new).collect();
    });
    let differences = base.compare(&renamed);
    assert_eq!(base.apply(&differences).refused, []);
    // Somebody still sends to the old one: the new one comes, the old one stays.
    let needing = changed(&base, |book| book.authorities[0].rules.push(Arc::new(rule(3, kle("12")))));
    let needed = Obstacle::FagsystemNeeded(fagsystem_id("ydelse"));
    assert_eq!(refused(&needing, &differences), [("fagsystem ydelse YDELSE > -".to_owned(), needed)]);
    // Somebody has removed what a new rule needs.
    let without = book_of(vec![]);
    let without = changed(&without, |book| drop(book.authorities[0].fagsystems.remove(1)));
    let new = book_of(vec![]).compare(&book_of(vec![rule(3, kle("12"))]));
    let missing = Obstacle::NoFagsystem(fagsystem_id("ydelse"));
    assert_eq!(refused(&without, &new), [("rule - > 3".to_owned(), missing.clone())]);
    let default = base.compare(&changed(&base, |book| book.authorities[0].default_fagsystem = fagsystem_id("ydelse")));
    assert_eq!(refused(&without, &default), [("default esdh > ydelse".to_owned(), missing)]);
    let needed = Obstacle::FagsystemNeeded(fagsystem_id("esdh"));
    let without_default = changed(&base, |book| drop(book.authorities[0].fagsystems.remove(0)));
    assert_eq!(
        refused(&base, &base.compare(&without_default)),
        [("fagsystem esdh ESDH > -".to_owned(), needed)],
        "the default recipient needs it"
    );
}

#[test]
fn what_is_there_already_with_other_content_is_not_replaced() {
    let base = book_of(vec![]);
    let with = |title: &str, number| {
        changed(&base, |book| {
            let point = ContactPoint::new(Caseless::new("kp"), title, Vec::new());
            let ours = &mut book.authorities[0];
            ours.contact_points.push(point);
            ours.fagsystems.push(Fagsystem { name: title.to_owned(), ..fagsystem("sag") });
            book.authorities.push(authority(cvr(THEIRS), vec![rule(number, kle("10"))]));
        })
    };
    let (mine, yours) = (with("mit", 1), with("jeres", 2));
    let differences = base.compare(&mine);
    let expected = ["fagsystem - > sag mit", "point - > kp mit", "authority - > 29189846"];
    assert_eq!(refused(&yours, &differences), expected.map(|it| (it.to_owned(), Obstacle::AlreadyThere)));
    assert_eq!(yours.apply(&differences).book, yours);
    assert_eq!(mine.apply(&differences).refused, []);
}

#[test]
fn a_cvr_number_can_go_from_one_authority_to_another_but_belongs_to_one() {
    let extra = cvr("12345678");
    let mut base = book_of(vec![]);
    base.authorities.push(authority(cvr(THEIRS), Vec::new()));
    let holding = |at: usize| changed(&base, |book| book.authorities[at].more_cvrs.push(extra));
    let (first, second) = (holding(0), holding(1));
    assert_eq!(first.apply(&first.compare(&second)).refused, []);
    assert_eq!(refused(&second, &base.compare(&first)), [("cvrs 0 > 1".to_owned(), Obstacle::AlreadyThere)]);
    // Known by another number, an authority is another one.
    let renamed = changed(&first, |book| {
        book.authorities[0].cvr = extra;
        book.authorities[0].more_cvrs = vec![cvr(OURS)];
    });
    assert_eq!(all_told(&first, &renamed), ["authority - > 12345678", "authority 66137112 > -"]);
    assert_eq!(first.apply(&first.compare(&renamed)).book.compare(&renamed), []);
}

#[test]
fn an_authority_that_is_gone_or_no_longer_the_same_is_left_alone() {
    let base = book_of(vec![rule(1, kle("10"))]);
    let empty = RuleBook::default();
    let mine = changed(&base, |book| book.authorities[0].name.push('!'));
    let gone = Obstacle::NoAuthority(cvr(OURS));
    assert_eq!(refused(&empty, &base.compare(&mine)), [("name Eksempel Kommune > Eksempel Kommune!".to_owned(), gone)]);
    assert_eq!(refused(&mine, &base.compare(&empty)), [("authority 66137112 > -".to_owned(), Obstacle::Changed)]);
}

#[test]
fn an_authority_that_contradicts_itself_does_not_come_in() {
    let broken = |rules: Vec<Rule>| RuleBook::default().compare(&book_of(rules));
    let twice = broken(vec![rule(4, kle("10")), rule(4, kle("11"))]);
    let missing = broken(vec![to("findes ikke", rule(4, kle("10")))]);
    let expected = |obstacle| [("authority - > 66137112".to_owned(), obstacle)];
    assert_eq!(refused(&RuleBook::default(), &twice), expected(Obstacle::PriorityTaken(priority(4))));
    assert_eq!(refused(&RuleBook::default(), &missing), expected(Obstacle::NoFagsystem(fagsystem_id("findes ikke"))));
}
