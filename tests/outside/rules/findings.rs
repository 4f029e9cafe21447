//! What looks wrong in a book before any message comes.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use postfordeler::rules::{
    Caseless, Clash, ContactGroup, ContactPoint, Criterion, Cvr, Fagsystem, FindingKind, Never, Priority, Rule,
    RuleBook, Segment, Severity, Validity,
};

use super::big_book;
use super::books::{FIRST_DAY, authority, cvr, fagsystem, fagsystem_id, rule};

/// A CVR number whose check digit fits, so that it gives no finding.
const OURS: &str = "66137112";

/// The rules that are said to never win, each with its authority and why.
pub fn never_winning(book: &RuleBook, today: Date) -> Vec<(Cvr, Priority, Never)> {
    let never = |finding: postfordeler::rules::Finding| match finding.kind {
        FindingKind::Never { rule, why } => Some((finding.authority?, rule, why)),
        _ => None,
    };
    book.findings(today).into_iter().filter_map(never).collect()
}

fn taken_by(priorities: &[u32]) -> Never {
    Never::Covered(priorities.iter().map(|it| Priority::new(*it).expect("not 0")).collect())
}

fn book_of(rules: Vec<Rule>) -> RuleBook {
    RuleBook { known_authorities: Vec::new(), authorities: vec![authority(cvr(OURS), rules)] }
}

fn told(book: &RuleBook, today: Date) -> Vec<(String, FindingKind)> {
    book.findings(today).into_iter().map(|it| (it.place.to_string(), it.kind)).collect()
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
        // Switched off: it matches nothing, and nothing is reported of it.
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
        let shadowed = told(&book, today).into_iter().find(|(_, it)| matches!(it, FindingKind::Never { .. }));
        let kind = FindingKind::Never { rule: second.priority, why: Never::Covered(vec![first.priority]) };
        let wanted = expected.then(|| ("myndigheder[0].regler[0]".to_owned(), kind));
        assert_eq!(shadowed, wanted, "{second:?} after {first:?}");
    }
}

/// Whether the earlier rule takes everything that the later one would, as one reads the two.
fn leaves_nothing(earlier: &Rule, later: &Rule) -> bool {
    let covers = match (&earlier.criterion, &later.criterion) {
        (Criterion::Kle(wide), Criterion::Kle(narrow)) => wide.covers(*narrow),
        (Criterion::Form(wide), Criterion::Form(narrow)) => wide.covers(*narrow),
        (one, other) => one == other,
    };
    covers && (earlier.segment == Segment::Everyone || earlier.segment == later.segment)
}

#[test]
fn the_first_that_leaves_nothing_is_found_among_two_thousand_overlapping_rules() {
    let book = big_book::with_rules(2_000);
    let rules = &book.authorities[0].rules;
    let told: BTreeMap<Priority, Never> =
        never_winning(&book, FIRST_DAY).into_iter().map(|(_, rule, why)| (rule, why)).collect();
    // Rules that never win take nothing from others.
    let first = |rule: &Rule| {
        let mut earlier = rules.iter().filter(|it| it.priority < rule.priority && !told.contains_key(&it.priority));
        earlier.find(|earlier| leaves_nothing(earlier, rule)).map(|by| by.priority)
    };
    let mut alone = 0;
    for rule in rules {
        match (first(rule), told.get(&rule.priority)) {
            (Some(by), why) => {
                alone += 1;
                assert_eq!(why, Some(&Never::Covered(vec![by])), "{rule:?}");
            }
            (None, Some(Never::Covered(by))) => assert!(by.len() > 1, "{rule:?}: {by:?}"),
            (None, _) => {}
        }
    }
    assert!(alone > 100);
}

const OTHER: &str = "29189846";
const STRANGER: &str = "11223344";

fn to(priority: u32, recipient: &str) -> Rule {
    rule(priority, Criterion::RecipientCvr(cvr(recipient)))
}

#[test]
fn rules_on_all_numbers_of_the_authority_leave_nothing_to_those_after_them() {
    let person = |rule: Rule| Rule { segment: Segment::Person, ..rule };
    let company = |rule: Rule| Rule { segment: Segment::Company, ..rule };
    let later = || rule(30, kle("27"));
    // Whether the authority has a second number, what comes first, what comes last, and what is said of that.
    let cases: &[(bool, Vec<Rule>, Rule, Option<Never>)] = &[
        (false, vec![to(10, OURS)], later(), Some(taken_by(&[10]))),
        (false, vec![to(10, OURS)], to(30, OURS), Some(taken_by(&[10]))),
        (false, vec![to(10, OURS)], rule(30, Criterion::SenderCvr(cvr(STRANGER))), Some(taken_by(&[10]))),
        (false, vec![Rule { active: false, ..to(10, OURS) }], later(), None),
        (false, vec![later()], to(31, OURS), None),
        // Of two numbers one is not all.
        (true, vec![to(10, OURS)], later(), None),
        (true, vec![to(10, OURS), to(20, OTHER)], later(), Some(taken_by(&[10, 20]))),
        (true, vec![to(10, OURS), to(20, OTHER)], to(30, OURS), Some(taken_by(&[10]))),
        (true, vec![to(10, OURS), to(20, OURS)], later(), None),
        // Whose messages.
        (false, vec![person(to(10, OURS))], person(later()), Some(taken_by(&[10]))),
        (false, vec![person(to(10, OURS))], later(), None),
        (false, vec![person(to(10, OURS))], company(later()), None),
        (true, vec![person(to(10, OURS)), to(20, OTHER)], person(later()), Some(taken_by(&[10, 20]))),
        (true, vec![person(to(10, OURS)), company(to(20, OTHER))], person(later()), None),
        // Which days; today is the third.
        (false, vec![through(to(10, OURS), 0, Some(9))], later(), None),
        (
            false,
            vec![through(to(10, OURS), 0, Some(9)), through(to(20, OURS), 10, None)],
            later(),
            Some(taken_by(&[10, 20])),
        ),
        (false, vec![through(to(10, OURS), 0, Some(9)), through(to(20, OURS), 11, None)], later(), None),
        (false, vec![through(to(10, OURS), 5, None)], through(later(), 5, Some(8)), Some(taken_by(&[10]))),
        (false, vec![through(to(10, OURS), 5, None)], through(later(), 4, Some(8)), None),
        (
            true,
            vec![through(to(10, OURS), 2, Some(8)), through(to(20, OTHER), 4, None)],
            through(later(), 4, Some(8)),
            Some(taken_by(&[10, 20])),
        ),
        (
            true,
            vec![through(to(10, OURS), 2, Some(8)), through(to(20, OTHER), 4, None)],
            through(later(), 3, Some(8)),
            None,
        ),
        // The other rule matches what the one leaves.
        (
            false,
            vec![through(to(10, OURS), 0, Some(9)), through(rule(20, Criterion::SenderCvr(cvr(STRANGER))), 10, None)],
            rule(30, Criterion::SenderCvr(cvr(STRANGER))),
            Some(taken_by(&[10, 20])),
        ),
    ];
    let today = FIRST_DAY + 2.days();
    for (has_two, first, last, expected) in cases {
        let mut book = book_of(first.iter().chain([last]).cloned().collect());
        if *has_two {
            book.authorities[0].more_cvrs = vec![cvr(OTHER)];
        }
        let found = never_winning(&book, today).into_iter().find(|(_, rule, _)| *rule == last.priority);
        assert_eq!(found.map(|(_, _, why)| why), *expected, "{last:?} after {first:?}");
    }
}

#[test]
fn a_rule_whose_own_parts_exclude_each_other_is_told_and_takes_nothing_from_others() {
    let of = |segment, criterion| Rule { segment, ..rule(10, criterion) };
    let from = |digits| Criterion::SenderCvr(cvr(digits));
    let known = "66137112";
    let cases = [
        (of(Segment::Person, from(STRANGER)), Some(Clash::PersonWithCvr)),
        (of(Segment::Person, from(OTHER)), Some(Clash::PersonWithCvr)),
        (of(Segment::Company, from(STRANGER)), None),
        (of(Segment::Authority, from(STRANGER)), None),
        (of(Segment::Everyone, from(STRANGER)), None),
        (of(Segment::Company, from(known)), Some(Clash::CompanyWithCvrOfAuthority(cvr(known)))),
        (of(Segment::Company, from(OTHER)), Some(Clash::CompanyWithCvrOfAuthority(cvr(OTHER)))),
        (of(Segment::Authority, from(OTHER)), None),
        (to(10, STRANGER), Some(Clash::RecipientOfAnother(cvr(STRANGER)))),
        (to(10, OTHER), None),
        // Nothing says that a company writes no authority post.
        (of(Segment::Company, Criterion::NoContactPoint(postfordeler::rules::PostType::Authority)), None),
        (of(Segment::Person, Criterion::NoContactPoint(postfordeler::rules::PostType::Company)), None),
    ];
    for (first, clash) in cases {
        let same =
            Rule { segment: Segment::Everyone, ..Rule { priority: Priority::new(20).unwrap(), ..first.clone() } };
        let mut book = book_of(vec![first.clone(), same.clone()]);
        book.authorities[0].more_cvrs = vec![cvr(OTHER)];
        book.known_authorities = vec![cvr(known).into()];
        let never = never_winning(&book, FIRST_DAY);
        let of_rule = |rule: &Rule| never.iter().find(|it| it.1 == rule.priority).map(|it| it.2.clone());
        assert_eq!(of_rule(&first), clash.map(Never::Clash), "{first:?}");
        if clash.is_some() && !matches!(clash, Some(Clash::RecipientOfAnother(_))) {
            assert_eq!(of_rule(&same), None, "{same:?} after {first:?}");
        }
        // Switched off or over, nothing is said.
        let off = Rule { active: false, ..first.clone() };
        assert!(never_winning(&book_of(vec![off]), FIRST_DAY).is_empty());
        let over = through(first, 0, Some(0));
        assert!(never_winning(&book_of(vec![over]), FIRST_DAY + 1.day()).is_empty());
    }
}

#[test]
fn what_is_never_so_is_told_in_words() {
    let words = |book: &RuleBook| book.findings(FIRST_DAY)[0].to_string();
    let mut book = book_of(vec![to(5, OURS), rule(8, kle("27"))]);
    assert_eq!(
        words(&book),
        "myndigheder[0].regler[1]: rule 8 can never win: rule 5 takes everything that it would take"
    );
    book.authorities[0].more_cvrs = vec![cvr(OTHER)];
    let rules = &mut book.authorities[0].rules;
    rules.push(std::sync::Arc::new(to(6, OTHER)));
    assert_eq!(
        words(&book),
        "myndigheder[0].regler[1]: rule 8 can never win: rules 5 and 6 together take everything that it would take"
    );
    let person = Rule { segment: Segment::Person, ..rule(8, Criterion::SenderCvr(cvr(OTHER))) };
    assert_eq!(
        words(&book_of(vec![person])),
        "myndigheder[0].regler[0]: rule 8 can never win: it is for persons, who have no CVR number"
    );
}

#[test]
fn names_that_differ_in_case_alone_shadow_each_other() {
    let point = |priority, id| rule(priority, Criterion::ContactPoint(Caseless::new(id)));
    let book = book_of(vec![point(1, "KP-Ø"), point(2, "kp-ø"), point(3, "kp-o")]);
    assert_eq!(never_winning(&book, FIRST_DAY), [(cvr(OURS), Priority::new(2).expect("not 0"), taken_by(&[1]))]);
}

#[test]
fn a_rule_is_expired_from_the_day_after_its_last() {
    let book = book_of(vec![through(rule(3, kle("27")), 0, Some(4))]);
    let last = FIRST_DAY + 4.days();
    let soon = FindingKind::ExpiresSoon { rule: Priority::new(3).expect("not 0"), to: last };
    let expired = FindingKind::Expired { rule: Priority::new(3).expect("not 0"), to: last };
    let told_on = |day| told(&book, day);
    assert_eq!(told_on(last - 31.days()), []);
    let place = || "myndigheder[0].regler[0].gyldigTil".to_owned();
    assert_eq!(told_on(last - 30.days()), [(place(), soon.clone())]);
    assert_eq!(told_on(last), [(place(), soon)]);
    assert_eq!(told_on(last + 1.day()), [(place(), expired)]);
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
        told.filter(|(_, it)| matches!(it, FindingKind::Paused(_))).map(|(place, _)| place).collect()
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
        ("myndigheder[0].regler[1].regelvaerdi".to_owned(), FindingKind::UnlistedContactPoint(Caseless::new("kp-2"))),
        ("myndigheder[0].regler[3].regelvaerdi".to_owned(), FindingKind::UnlistedContactGroup(Caseless::new("kp-1"))),
    ];
    assert_eq!(told(&book, FIRST_DAY), expected);
}

#[test]
fn every_cvr_number_whose_check_digit_is_off_is_told() {
    let off = |last| cvr(&format!("1122334{last}"));
    let mut first = authority(
        off(4),
        vec![rule(1, Criterion::SenderCvr(off(5))), rule(2, Criterion::RecipientCvr(off(7))), rule(3, kle("27"))],
    );
    first.more_cvrs = vec![cvr("29189846"), off(7)];
    let book = RuleBook { known_authorities: vec![cvr(OURS).into(), off(8).into()], authorities: vec![first] };
    let expected = [
        ("kendteMyndigheder[1]", 8),
        ("myndigheder[0].cvr", 4),
        ("myndigheder[0].flereCvr[1]", 7),
        ("myndigheder[0].regler[0].regelvaerdi", 5),
        ("myndigheder[0].regler[1].regelvaerdi", 7),
    ]
    .map(|(place, last)| (place.to_owned(), FindingKind::CheckDigit(off(last))));
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
    let mut findings = book.findings(FIRST_DAY + 1.day());
    findings.retain(|it| it.kind.severity() != Severity::Information);
    let severities: Vec<_> = findings.iter().map(|it| it.kind.severity()).collect();
    assert_eq!(severities, [Fault, Fault, Fault, Warning, Warning], "{findings:#?}");
    let line = findings[0].to_string();
    assert!(line.starts_with("myndigheder[0].regler[3].prioritet: priority 2 is taken already"), "{line}");
}
