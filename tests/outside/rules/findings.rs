//! What looks wrong in a book before any message comes.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use postfordeler::rules::{
    Authority, Caseless, ContactGroup, ContactPoint, Criterion, Cvr, Fagsystem, Priority, Rule, RuleBook, Segment,
    Severity, Trouble, Validity,
};
use proptest::prelude::*;

use super::big_book;
use super::books::{FIRST_DAY, any_book, any_day, authority, cvr, fagsystem, fagsystem_id, rule};

/// A CVR number whose check digit fits, so that it gives no finding.
const OURS: &str = "66137112";

/// The rules that are said to never win, each with its authority.
pub fn shadowed_rules(book: &RuleBook, today: Date) -> Vec<(Cvr, Priority)> {
    let rules = |finding: postfordeler::rules::Finding| {
        let Trouble::Shadowed { rule, .. } = finding.trouble else { return None };
        let place = finding.place.to_string();
        let authority = place.strip_prefix("myndigheder[")?.split(']').next()?.parse::<usize>().ok()?;
        Some((book.authorities[authority].cvr, rule))
    };
    book.findings(today).into_iter().filter_map(rules).collect()
}

fn book_of(rules: Vec<Rule>) -> RuleBook {
    RuleBook { known_authorities: Vec::new(), authorities: vec![authority(cvr(OURS), rules)] }
}

fn told(book: &RuleBook, today: Date) -> Vec<(String, Trouble)> {
    book.findings(today).into_iter().map(|it| (it.place.to_string(), it.trouble)).collect()
}

fn kle(interval: &str) -> Criterion {
    Criterion::Kle(interval.parse().expect(interval))
}

fn form(interval: &str) -> Criterion {
    Criterion::Form(interval.parse().expect(interval))
}

fn through(rule: Rule, from: i32, to: Option<i32>) -> Rule {
    let validity = Validity::new(FIRST_DAY + from.days(), to.map(|to| FIRST_DAY + to.days())).expect("forwards");
    Rule { validity, ..rule }
}

#[test]
fn a_rule_that_an_earlier_one_takes_everything_from_is_said_to_never_win() {
    let person = |rule: Rule| Rule { segment: Segment::Person, ..rule };
    let company = |rule: Rule| Rule { segment: Segment::Company, ..rule };
    let off = |rule: Rule| Rule { active: false, ..rule };
    // The first rule has priority 5, the second 6; today is the third day.
    let wide = || rule(5, kle("31 - 35"));
    let narrow = || rule(6, kle("32.10"));
    let cases = [
        (wide(), narrow(), true),
        (wide(), rule(6, kle("31 - 35")), true),
        (wide(), rule(6, kle("31.00.00 - 35.99.99")), true),
        (wide(), rule(6, kle("30.99.99 - 35")), false),
        (wide(), rule(6, kle("31 - 36")), false),
        (wide(), rule(6, form("32.10")), false),
        (rule(5, form("31 - 35")), rule(6, form("32.10.05")), true),
        (rule(5, Criterion::SenderCvr(cvr(OURS))), rule(6, Criterion::SenderCvr(cvr(OURS))), true),
        (rule(5, Criterion::SenderCvr(cvr(OURS))), rule(6, Criterion::RecipientCvr(cvr(OURS))), false),
        // Whose messages.
        (wide(), person(narrow()), true),
        (person(wide()), person(narrow()), true),
        (person(wide()), narrow(), false),
        (person(wide()), company(narrow()), false),
        // Switched off: it takes nothing, and nothing is taken from it.
        (off(wide()), narrow(), false),
        (wide(), off(narrow()), false),
        // Days; those that are past do not count.
        (through(wide(), 0, Some(5)), narrow(), false),
        (through(wide(), 0, Some(5)), through(narrow(), 0, Some(5)), true),
        (through(wide(), 0, Some(5)), through(narrow(), 0, Some(6)), false),
        (through(wide(), 2, None), through(narrow(), 0, Some(5)), true),
        (through(wide(), 3, None), through(narrow(), 0, Some(5)), false),
        (through(wide(), 3, None), through(narrow(), 3, Some(5)), true),
        (through(wide(), 0, Some(1)), through(narrow(), 0, Some(1)), false),
    ];
    let today = FIRST_DAY + 2.days();
    for (first, second, expected) in cases {
        // A later number listed first: priority alone counts.
        let book = book_of(vec![second.clone(), first.clone()]);
        let shadowed = told(&book, today).into_iter().find(|(_, it)| matches!(it, Trouble::Shadowed { .. }));
        let trouble = Trouble::Shadowed { rule: second.priority, by: first.priority };
        let wanted = expected.then(|| ("myndigheder[0].regler[0]".to_owned(), trouble));
        assert_eq!(shadowed, wanted, "{second:?} after {first:?}");
    }
}

/// Each rule held against all that are in force, one after the other.
fn shadows_one_by_one(authority: &Authority, today: Date) -> BTreeMap<Priority, Priority> {
    let in_force = authority.rules_in_force(today);
    let shadowed =
        in_force.iter().filter_map(|rule| Some((rule.priority, rule.shadow_among(&in_force, today)?.priority)));
    shadowed.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_shadows_of_all_rules_are_those_that_a_look_at_each_alone_finds(book in any_book(), today in any_day()) {
        for authority in &book.authorities {
            prop_assert_eq!(authority.shadows(today), shadows_one_by_one(authority, today));
        }
    }
}

#[test]
fn the_shadows_among_two_thousand_overlapping_rules_are_found() {
    let book = big_book::with_rules(2_000);
    let shadows = book.authorities[0].shadows(FIRST_DAY);
    assert_eq!(shadows, shadows_one_by_one(&book.authorities[0], FIRST_DAY));
    assert!(!shadows.is_empty());
}

#[test]
fn names_that_differ_in_case_alone_shadow_each_other() {
    let point = |priority, id| rule(priority, Criterion::ContactPoint(Caseless::new(id)));
    let book = book_of(vec![point(1, "KP-Ø"), point(2, "kp-ø"), point(3, "kp-o")]);
    assert_eq!(shadowed_rules(&book, FIRST_DAY), [(cvr(OURS), Priority::new(2).expect("not 0"))]);
}

#[test]
fn a_rule_is_expired_from_the_day_after_its_last() {
    let book = book_of(vec![through(rule(3, kle("27")), 0, Some(4))]);
    let last = FIRST_DAY + 4.days();
    let expired = Trouble::Expired { rule: Priority::new(3).expect("not 0"), to: last };
    assert_eq!(told(&book, last), []);
    assert_eq!(told(&book, last + 1.day()), [("myndigheder[0].regler[0].gyldigTil".to_owned(), expired)]);
}

#[test]
fn a_paused_fagsystem_is_told_wherever_messages_still_go_to_it() {
    let mut book = book_of(vec![
        rule(1, kle("27")),
        Rule { active: false, ..rule(2, kle("28")) },
        through(rule(3, kle("29")), 0, Some(0)),
        Rule { fagsystem: fagsystem_id("esdh"), ..rule(4, kle("30")) },
    ]);
    let today = FIRST_DAY + 1.day();
    let paused = |book: &RuleBook| -> Vec<String> {
        let told = told(book, today).into_iter();
        told.filter(|(_, it)| matches!(it, Trouble::Paused(_))).map(|(place, _)| place).collect()
    };
    assert_eq!(paused(&book), Vec::<String>::new());
    book.authorities[0].fagsystems[1] = Fagsystem { active: false, ..fagsystem("ydelse") };
    assert_eq!(paused(&book), ["myndigheder[0].regler[0].fagsystem"]);
    book.authorities[0].fagsystems[0].active = false;
    let everywhere =
        ["myndigheder[0].opsamlingssystem", "myndigheder[0].regler[0].fagsystem", "myndigheder[0].regler[3].fagsystem"];
    assert_eq!(paused(&book), everywhere);
}

#[test]
fn contact_points_and_groups_that_no_list_holds_are_told() {
    let point = |id| Criterion::ContactPoint(Caseless::new(id));
    let group = |name| Criterion::ContactGroup(Caseless::new(name));
    let mut book =
        book_of(vec![rule(1, point("KP-1")), rule(2, point("kp-2")), rule(3, group("BØRN")), rule(4, group("kp-1"))]);
    book.authorities[0].contact_points =
        vec![ContactPoint::new(Caseless::new("kp-1"), "", vec![ContactGroup::new("Ældre"), ContactGroup::new("Børn")])];
    let expected = [
        ("myndigheder[0].regler[1].regelvaerdi".to_owned(), Trouble::UnlistedContactPoint(Caseless::new("kp-2"))),
        ("myndigheder[0].regler[3].regelvaerdi".to_owned(), Trouble::UnlistedContactGroup(Caseless::new("kp-1"))),
    ];
    assert_eq!(told(&book, FIRST_DAY), expected);
}

#[test]
fn every_cvr_number_whose_check_digit_is_off_is_told() {
    let off = |last| cvr(&format!("1122334{last}"));
    let mut first = authority(
        off(4),
        vec![rule(1, Criterion::SenderCvr(off(5))), rule(2, Criterion::RecipientCvr(off(9))), rule(3, kle("27"))],
    );
    first.more_cvrs = vec![cvr("29189846"), off(7)];
    let book = RuleBook { known_authorities: vec![cvr(OURS).into(), off(8).into()], authorities: vec![first] };
    let expected = [
        ("kendteMyndigheder[1]", 8),
        ("myndigheder[0].cvr", 4),
        ("myndigheder[0].flereCvr[1]", 7),
        ("myndigheder[0].regler[0].regelvaerdi", 5),
        ("myndigheder[0].regler[1].regelvaerdi", 9),
    ]
    .map(|(place, last)| (place.to_owned(), Trouble::CheckDigit(off(last))));
    assert_eq!(told(&book, FIRST_DAY), expected);
}

#[test]
fn faults_come_before_warnings_and_nothing_is_said_of_a_sound_book() {
    use Severity::{Fault, Warning};
    assert_eq!(told(&book_of(vec![rule(1, kle("27")), rule(2, kle("28"))]), FIRST_DAY), []);
    let mut book = book_of(vec![
        through(rule(1, kle("27")), 0, Some(0)),
        Rule { fagsystem: fagsystem_id("findes ikke"), ..rule(2, kle("28")) },
        rule(3, kle("28.10")),
        rule(2, kle("30")),
    ]);
    book.known_authorities.push(cvr("11223344").into());
    let findings = book.findings(FIRST_DAY + 1.day());
    let severities: Vec<_> = findings.iter().map(|it| it.trouble.severity()).collect();
    assert_eq!(severities, [Fault, Fault, Fault, Warning, Warning], "{findings:#?}");
    let line = findings[0].to_string();
    assert!(line.starts_with("myndigheder[0].regler[3].prioritet: priority 2 is taken already"), "{line}");
}
