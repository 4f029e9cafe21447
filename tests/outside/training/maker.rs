//! The same seed makes the same messages, nobody real is in them, and they are as believable as mail is.

use std::collections::{BTreeMap, HashSet};

use postfordeler::memo::{About, ClassifiedAs, Party};
use postfordeler::rules::{Cvr, PostType, Priority, SenderKind};
use postfordeler::training::{MadeMessage, Wish, Writer};
use proptest::prelude::*;

use super::{book, configuration, maker, read, sample};

/// What the first messages for this book and seed have always been. Where a change of texts or of the distribution is meant,
/// the new digest goes here; nothing else may change it.
const FIRST_MESSAGES: &str = "4254ee332ad60c7c6864fd82b9e3cbb8c6310bfa2bf2c82d5db8b5878097a6c3";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_message_depends_on_seed_and_number_alone(seed: u64, number in 0..u64::from(u32::MAX), other: u64) {
        let book = book();
        let any = Wish::any(1);
        let made = maker(&book, seed).message(number, &any).bytes();
        let once_more = maker(&book, seed);
        let _ = once_more.message(number.wrapping_add(1), &any);
        prop_assert_eq!(&once_more.message(number, &any).bytes(), &made);
        prop_assert!(seed == other || maker(&book, other).message(number, &any).bytes() != made);
    }
}

#[test]
fn a_seed_makes_the_same_messages_on_every_machine() {
    let book = book();
    let all: Vec<u8> = maker(&book, 7).messages(&Wish::any(200), 0).flat_map(|made| made.bytes()).collect();
    assert_eq!(blake3::hash(&all).to_hex().as_str(), FIRST_MESSAGES);
}

#[test]
fn one_uuid_is_one_message_whatever_is_asked_for() {
    let (book, sample) = (book(), sample());
    let mut seen = BTreeMap::new();
    let mut look = |made: MadeMessage| {
        let uuid = made.letter.message_uuid.to_string();
        assert_eq!((uuid.as_bytes()[14], uuid.len()), (b'4', 36));
        let bytes = made.bytes();
        assert!(seen.insert(uuid, bytes).is_none(), "a UUID came twice");
    };
    for seed in 0..3 {
        let from_doctors = Wish { writer: Some(Writer::Doctor), ..Wish::any(100) };
        maker(&book, seed).messages(&Wish::any(300), 0).for_each(&mut look);
        maker(&book, seed).messages(&from_doctors, 0).for_each(&mut look);
        maker(&sample, seed).messages(&Wish::any(300), 0).for_each(&mut look);
        maker(&book, seed).sized(20_000).messages(&Wish::any(100), 0).for_each(&mut look);
    }
}

#[test]
fn nobody_real_writes() {
    let book = book();
    let named: HashSet<Cvr> = ["01203045", "01405067", "29189846"].map(|cvr| cvr.parse().unwrap()).into();
    for made in maker(&book, 11).messages(&Wish::any(3_000), 0) {
        match made.letter.from {
            Party::Citizen => {
                let cpr = made.letter.details.citizen.to_string();
                assert_eq!((cpr.len(), &cpr[2..4]), (10, "00"), "a month that no person is born in");
            }
            Party::Organisation(cvr) => assert!(
                named.contains(&cvr) || (cvr.to_string().starts_with('0') && cvr.has_valid_check_digit()),
                "{cvr} may be somebody's"
            ),
        }
        let plate = made.letter.details.licence_plate;
        assert_eq!(plate.is_some(), made.writer == Writer::VehicleInspection);
        assert!(plate.is_none_or(|plate| plate.starts_with("ØV")));
    }
}

/// How many of a thousand.
fn share(made: &[MadeMessage], is_such: impl Fn(&MadeMessage) -> bool) -> usize {
    made.iter().filter(|made| is_such(made)).count() * 1000 / made.len()
}

#[test]
fn mail_is_distributed_as_an_authority_gets_it() {
    let book = sample();
    let rules = book.compile().expect("no faults");
    let made: Vec<_> = maker(&book, 1).messages(&Wish::any(8_000), 0).collect();
    let kind = |made: &MadeMessage| rules.sender_kind(&made.letter.facts());
    let is_bare = |made: &MadeMessage| made.letter.contact_point.is_none() && made.letter.classified_as.is_none();
    let between = |what: &str, least: usize, share: usize, most: usize| {
        assert!((least..=most).contains(&share), "{what}: {share} of a thousand");
    };
    between("citizens", 420, share(&made, |it| kind(it) == SenderKind::Person), 480);
    between("companies", 310, share(&made, |it| kind(it) == SenderKind::Company), 390);
    between("authorities", 160, share(&made, |it| kind(it) == SenderKind::Authority), 230);
    between("to a contact point", 330, share(&made, |it| it.letter.contact_point.is_some()), 600);
    between("without anything", 150, share(&made, is_bare), 350);
    between(
        "with a KLE number",
        150,
        share(&made, |it| matches!(it.letter.classified_as, Some(ClassifiedAs::Kle(_)))),
        350,
    );
    between(
        "with a FORM number",
        30,
        share(&made, |it| matches!(it.letter.classified_as, Some(ClassifiedAs::Form(_)))),
        130,
    );
    between("company mail", 180, share(&made, |it| it.letter.post_type == PostType::Company), 320);
    between("replies", 60, share(&made, |it| matches!(it.letter.about, Some(About::ReplyTo(_)))), 180);
    between("forwarded", 15, share(&made, |it| matches!(it.letter.about, Some(About::Forwards(..)))), 80);
    between("with attachments", 200, share(&made, |it| !it.letter.details.attachments.is_empty()), 500);
    let authority = &book.authorities[0];
    let is_gone = |made: &MadeMessage| {
        let facts = made.letter.facts();
        let id = facts.contact_point.and_then(|point| point.id);
        id.is_some_and(|id| authority.contact_point(&id).is_none_or(|point| !point.details.is_active))
    };
    between("to a contact point that is gone", 5, share(&made, is_gone), 50);
    for writer in Writer::ALL {
        between(&format!("{writer:?}"), 10, share(&made, |made| made.writer == writer), 500);
    }
}

#[test]
fn every_rule_of_any_authority_gets_mail() {
    let book = book();
    let rules = book.compile().expect("no faults");
    let day = "2026-11-04".parse().unwrap();
    let mut decided = HashSet::new();
    for made in maker(&book, 4).messages(&Wish::any(6_000), 0) {
        let facts = made.letter.facts();
        decided.insert(rules.decide(&facts, day).expect("it is to the authority").ground.priority().map(Priority::get));
    }
    let all: HashSet<_> = (1..=10).map(|rule| Some(rule * 10)).chain([None]).collect();
    assert_eq!(decided, all);
}

#[test]
fn an_authority_without_anything_still_gets_mail() {
    let mut bare = configuration();
    let authority = &mut bare["myndigheder"][0];
    authority["kontaktpunkter"] = serde_json::json!([]);
    authority["regler"] = serde_json::json!([]);
    let book = read(&bare);
    let made: Vec<_> = maker(&book, 1).messages(&Wish::any(500), 0).collect();
    assert!(made.iter().any(|made| made.letter.classified_as.is_some()));
    let own = book.authorities[0].cvrs().collect::<Vec<_>>();
    assert!(made.iter().all(|made| own.contains(&made.letter.to)));
}
