//! *Meddelelser*: found by what they said, and made into rules.

use std::time::Duration;

use jiff::ToSpan;
use postfordeler::rules::{AddressedContactPoint, Caseless, Facts, FagsystemId, PostType, Sender, SenderKind};
use postfordeler::store::{Journal, JournalEntry, Outcome, Routed, Timing};
use tempfile::TempDir;

use super::overview::in_force;
use super::town::{noon, store, town};
use crate::support::block_on;
use crate::window::Window;

/// What a message said, and where it went.
struct Said {
    sender: Option<&'static str>,
    point: Option<(&'static str, Option<&'static str>)>,
    kle: Option<&'static str>,
    form: Option<&'static str>,
    to: &'static str,
}

const NURSERY: &str = "5f0c2a51-8f43-4d0c-9d6c-1e2b7c9a4d10";
const MAYOR: &str = "9d8c7b6a-5f4e-4d3c-8b2a-1f0e9d8c7b54";

const SAID: [Said; 6] = [
    Said { sender: None, point: Some((NURSERY, Some("Børn og familie"))), kle: None, form: None, to: "dagtilbud" },
    Said { sender: Some("01304054"), point: None, kle: Some("27.36.04"), form: None, to: "esdh" },
    Said { sender: Some("01203045"), point: None, kle: Some("27.69"), form: Some("26.05.10"), to: "esdh" },
    Said { sender: None, point: Some((MAYOR, None)), kle: None, form: None, to: "esdh" },
    Said { sender: None, point: Some(("Forsyning-Øst", Some("Teknik og MILJØ"))), kle: None, form: None, to: "esdh" },
    Said { sender: Some("01304054"), point: None, kle: Some("28.06"), form: None, to: "byggesag" },
];

fn entry(number: usize, said: &Said, data: &TempDir) -> JournalEntry {
    let point = said
        .point
        .map(|(id, group)| AddressedContactPoint { id: Some(Caseless::new(id)), group: group.map(Caseless::new) });
    let facts = Facts {
        sender: said.sender.map_or(Sender::Person, |cvr| Sender::Organisation(cvr.parse().ok())),
        sender_has_contact_point: false,
        recipient: "01102036".parse().ok(),
        contact_point: point,
        kle: said.kle.and_then(|kle| kle.parse().ok()),
        form: said.form.and_then(|form| form.parse().ok()),
        post_type: Some(PostType::Unspecified),
    };
    let kind = if said.sender.is_some() { SenderKind::Company } else { SenderKind::Person };
    let routed = Routed {
        publication: in_force(data),
        authority: "01102036".parse().expect("a CVR number"),
        fagsystem: FagsystemId::new(said.to).expect("an id"),
        priority: None,
        element: None,
    };
    JournalEntry {
        message_uuid: Some(format!("b{number}aaaaaa-3d5f-4c1b-9a77-0b6e2f84c9d1")),
        facts: Some((facts, kind)),
        own_names: postfordeler::store::OwnNames { contact_point: true, contact_group: true },
        routed: Some(routed),
        timing: Timing { total: Duration::from_millis(52), ..Timing::default() },
        ..JournalEntry::new(noon(), Outcome::Accepted)
    }
}

fn filled() -> (TempDir, Journal) {
    let data = town();
    let journal = Journal::start(&store(&data)).expect("it starts");
    for (number, said) in SAID.iter().enumerate() {
        block_on(journal.record(entry(number, said, &data))).expect("it is written");
    }
    (data, journal)
}

fn log(data: &TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.ctrl("7");
    window
}

#[test]
fn messages_are_found_by_what_they_said() {
    let (data, _journal) = filled();
    let mut window = log(&data);
    let searches = [
        // The sender's CVR number, or the recipient's.
        ("01304054", 2),
        ("CVR-nr. 01304054", 2),
        ("0130", 2),
        ("01102036", 6),
        // KLE and FORM: a number, its beginning, an interval, or what it means.
        ("27.36", 1),
        ("27", 2),
        ("KLE 27.6", 1),
        ("27 - 28", 3),
        ("26.05", 1),
        ("FORM 26", 1),
        ("social service", 2),
        // A contact point by its id, a part of that, or its title; a group.
        (NURSERY, 1),
        ("8f43-4d0c", 1),
        ("pladsanvisningen", 1),
        ("borgmester", 1),
        ("forsyning-ØST", 1),
        ("børn og", 1),
        ("teknik og miljø", 1),
        // A fagsystem, and the messageUUID itself.
        ("byggesag", 1),
        ("b2aaaaaa", 1),
        ("3D5F-4c1b", 6),
        ("bibliotek", 0),
    ];
    for (text, count) in searches {
        window.fill("log-search", text);
        let expected = match count {
            6 => "6 meddelelser".to_owned(),
            _ => format!("{count} af 6 meddelelser"),
        };
        assert!(window.shows(&expected), "{text}: {:?}", window.texts().into_iter().nth(40).map(|seen| seen.words));
    }
    window.close();
}

#[test]
fn yesterday_is_a_choice_of_its_own() {
    let (data, journal) = filled();
    for (number, hours) in [(7, 12), (8, 36), (9, 37)] {
        let old = JournalEntry { received_at: noon() - hours.hours(), ..entry(number, &SAID[0], &data) };
        block_on(journal.record(old)).expect("it is written");
    }
    let mut window = log(&data);
    // Noon in summer: twelve hours back lies the day before, thirty-seven the day before that.
    window.choose("log-period", "I dag");
    window.must_show("7 af 9 meddelelser");
    window.choose("log-period", "I går");
    window.must_show("1 af 9 meddelelser");
    window.close();
}

#[test]
fn a_rule_is_made_from_a_message_that_no_rule_took() {
    let (data, _journal) = filled();
    let mut window = log(&data);
    window.fill("log-search", "b2aaaaaa");
    window.click_last("b2aaaaaa-3d5f-4c1b-9a77-0b6e2f84c9d1");
    window.must_show("Lav en regel");
    window.click("10 regler passede ikke");
    window.must_show("Intet kontaktpunkt");
    window.must_show("Ingen kontaktgruppe");
    window.click("10 regler passede ikke");
    for words in ["KLE: 27.69 (Social service)", "FORM: 26.05.10"] {
        window.must_show(words);
    }
    window.must_show_part("Afsenders CVR-nr.: 01203045");
    window.must_show("Uden kontaktpunkt: Posttype ikke angivet");
    // Each fact lists its like.
    window.click_icon_beside("27.69 (Social service)", lucide_icons::Icon::Funnel);
    window.must_show("1 af 6 meddelelser");
    window.fill("log-search", "");
    window.must_show("1 af 6 meddelelser");
    window.must_show("KLE 27.69 (Social service)");
    // A rule that matches everything is never suggested.
    assert!(!window.texts().iter().any(|seen| seen.words.starts_with("Modtagers CVR-nr.:")));
    window.click("KLE: 27.69 (Social service)");
    window.must_show("Ny regel");
    assert_eq!(window.text_in("rule-value"), "27.69");
    window.close();
}

#[test]
fn a_message_that_a_rule_took_offers_its_rule_and_no_new_one() {
    let data = town();
    let journal = Journal::start(&store(&data)).expect("it starts");
    let taken = entry(0, &SAID[0], &data);
    let routed =
        taken.routed.clone().map(|routed| Routed { priority: postfordeler::rules::Priority::new(10), ..routed });
    block_on(journal.record(JournalEntry { routed, ..taken })).expect("it is written");
    let mut window = log(&data);
    window.click_last("b0aaaaaa-3d5f-4c1b-9a77-0b6e2f84c9d1");
    window.must_show("Åbn reglen");
    window.must_not_show("Lav en regel");
    window.close();
}
