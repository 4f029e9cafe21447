//! The sample municipality: believable, and with two mistakes to find.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use postfordeler::memo::{Reader, write};
use postfordeler::rules::{Authority, CriterionKind, Cvr, FindingKind, Never, Priority, RuleBook, Segment, Severity};
use postfordeler::training::{SampleLetter, practice_path, sample_book};

const TODAY: Date = date(2026, 11, 27);

fn book() -> RuleBook {
    sample_book(([127, 0, 0, 1], 9101).into())
}

fn town() -> Authority {
    book().authorities.remove(0)
}

fn priority(number: u32) -> Priority {
    Priority::new(number).expect("a priority")
}

#[test]
fn it_is_as_large_as_it_says() {
    let (book, town) = (book(), town());
    assert_eq!((town.fagsystems.len(), town.contact_points.len(), town.rules.len()), (8, 40, 25));
    assert!(book.known_authorities.len() >= 8);
    let ids: BTreeSet<_> = town.contact_points.iter().map(|point| point.id.to_string().to_lowercase()).collect();
    let titles: BTreeSet<_> = town.contact_points.iter().map(|point| &point.title).collect();
    assert_eq!((ids.len(), titles.len()), (40, 40));
    assert!(town.contact_points.iter().filter(|point| !point.details.description.is_empty()).count() >= 35);
    assert!(town.contact_points.iter().filter(|point| !point.groups.is_empty()).count() >= 35);
}

#[test]
fn its_rules_look_at_everything_that_rules_can_look_at() {
    let town = town();
    let kinds: BTreeSet<_> =
        town.rules.iter().map(|rule| format!("{:?}", CriterionKind::of(&rule.criterion))).collect();
    assert_eq!(kinds.len(), 7, "{kinds:?}");
    for segment in [Segment::Everyone, Segment::Person, Segment::Company, Segment::Authority] {
        assert!(town.rules.iter().any(|rule| rule.segment == segment), "{segment:?}");
    }
    assert!(town.rules.iter().any(|rule| rule.validity.from() > TODAY), "a handover to come");
    // Every fagsystem gets something by a rule.
    for fagsystem in &town.fagsystems {
        assert!(town.rules.iter().any(|rule| rule.fagsystem == fagsystem.id), "{}", fagsystem.id);
    }
}

#[test]
fn its_numbers_belong_to_no_company_and_are_written_soundly() {
    let text = include_str!("../../../resources/sample/eksempelby.json");
    let numbers: BTreeSet<Cvr> = text.split('"').filter_map(|word| word.parse().ok()).collect();
    assert!(numbers.len() >= 11, "{numbers:?}");
    for cvr in numbers {
        assert!(cvr.to_string().starts_with('0') && cvr.has_valid_check_digit(), "{cvr}");
    }
}

#[test]
fn every_fagsystem_has_a_path_of_its_own_at_the_practice_port() {
    let room = ([127, 0, 0, 1], 4711).into();
    let town = sample_book(room).authorities.remove(0);
    let paths: BTreeSet<_> = town.fagsystems.iter().filter_map(|it| practice_path(&it.endpoint, room)).collect();
    assert_eq!(paths.len(), 8);
}

#[test]
fn the_check_finds_the_two_mistakes_and_no_others() {
    let found = book().findings(TODAY);
    let grave: Vec<_> = found.iter().filter(|finding| finding.kind.severity() == Severity::Fault).collect();
    let [hidden] = grave.as_slice() else { panic!("{grave:?}") };
    // A general rule on KLE 32 comes before the one on 32.39.
    let never = FindingKind::Never { rule: priority(155), why: Never::Covered(vec![priority(80)]) };
    assert_eq!(hidden.kind, never);
    // The group of a contact point takes what the contact point's own rule should.
    let taken = found.iter().find_map(|finding| match &finding.kind {
        FindingKind::Overlap { rule, by } if *rule == priority(25) => Some(by.clone()),
        _ => None,
    });
    assert!(taken.is_some_and(|by| by.contains(&priority(20))));
    let warnings: Vec<_> = found
        .iter()
        .filter(|finding| finding.kind.severity() == Severity::Warning)
        .map(|finding| finding.kind.word())
        .collect();
    assert_eq!(warnings, ["udloebet"], "the election of 2022, which somebody forgot to take away");
}

#[test]
fn its_letters_go_where_a_lesson_needs_them() {
    let rules = book().compile().expect("no fault");
    let expected = [
        (SampleLetter::NurseryPlace, "dagtilbud", Some(10)),
        (SampleLetter::BuildingPermit, "byggesag", Some(20)),
        // The first mistake: it should go to the system for sickness benefit.
        (SampleLetter::SicknessBenefit, "ydelse", Some(80)),
        (SampleLetter::AdvancePayment, "ydelse", Some(40)),
        (SampleLetter::RefundClaim, "jobcenter", Some(50)),
        (SampleLetter::ToTheMayor, "esdh", None),
    ];
    for (kind, fagsystem, rule) in expected {
        let letter = kind.letter();
        let mut reader = Reader::new();
        reader.feed(&write(&letter)).expect("a message");
        let facts = reader.finish().expect("a message").facts;
        let decision = rules.decide(&facts, TODAY).expect("its recipient is known");
        let got = (decision.fagsystem.id.as_str(), decision.ground.priority());
        assert_eq!(got, (fagsystem, rule.map(priority)), "{kind:?}");
        assert!(!letter.label.is_empty() && letter.text.len() > 40, "{kind:?} says something");
    }
}
