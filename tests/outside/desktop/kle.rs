//! *KLE-plan*: what numbers mean, and which rules take them.

use std::fmt::Write;
use std::fs;
use std::sync::Arc;

use iced_test::core::keyboard::key::Named;
use jiff::civil::date;
use lucide_icons::Icon;
use postfordeler::exchange::{Progress, read_kle_plan};
use postfordeler::rules::{
    Criterion, Facts, FagsystemId, KlePlan, PostType, Priority, Rule, Segment, Sender, SenderKind, Validity,
};
use postfordeler::store::{Journal, JournalEntry, Outcome, Routed};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::town::*;
use crate::window::Window;

const PLAN: &[u8] = include_bytes!("../../data/kle/emneplan-uddrag.xml");

pub(super) fn plan() -> KlePlan {
    read_kle_plan(PLAN, &Progress::default()).expect("it is a plan").plan
}

fn town_with_plan() -> TempDir {
    let data = town();
    store(&data).save_kle_plan(&plan()).expect("it is kept");
    data
}

/// A window on the screen.
fn shown(data: &TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.click("KLE-plan");
    window
}

fn rule(number: u32, kle: &str, segment: Segment) -> Arc<Rule> {
    Arc::new(Rule {
        priority: Priority::new(number).expect("not zero"),
        fagsystem: FagsystemId::new("esdh").expect("an id"),
        segment,
        criterion: Criterion::Kle(kle.parse().expect("KLE")),
        validity: Validity::new(date(2026, 1, 1), Some(date(2026, 12, 31))).expect("forwards"),
        active: true,
        note: String::new(),
    })
}

#[test]
fn without_a_plan_the_main_groups_stand_there_with_the_rules_that_take_them() {
    let data = town();
    let mut window = shown(&data);
    window.must_show("Kun de 37 hovedgrupper · hent KL's plan for at få resten");
    window.click_last_beside("Dagtilbud", "70 → Dagtilbud og pladsanvisning");
    window.must_show("Bestemmer i dag");
    window.must_show("Regel 70 → Dagtilbud og pladsanvisning");
    window.must_show("Ingen af de sidste 30 dages meddelelser havde nummeret.");
    // A rule that takes a part of it, one that is over, and none at all.
    window.click_last_beside("Kontante ydelser", "En del af det: 1 regel");
    window.must_show("Tager kun en del: 32.00 - 32.45");
    window.must_show(
        "Ingen regel tager hele nummeret i dag: resten går til opsamlingssystemet, ESDH – sager og dokumenter.",
    );
    window.press(Named::End);
    window.click_last_beside("Offentlige valg", "Opsamlingssystemet");
    window.must_show_part("Alle · 01-09-2022 – 31-12-2022 · Udløbet");
    window.press(Named::Home);
    window.click_last_beside("Byggeri", "Opsamlingssystemet");
    window.must_show("Ingen KLE-regel tager nummeret. Det, ingen anden regel tager, går til opsamlingssystemet, ESDH – sager og dokumenter.");
    window.click("Hent KLE-plan …");
    window.must_not_show("Nummer og titel");
    window.close();
}

#[test]
fn a_plan_is_unfolded_with_the_mouse_and_with_the_keyboard() {
    let data = town_with_plan();
    let mut window = shown(&data);
    window.must_show("KL's plan af 01-05-2025 · 7 numre");
    window.must_not_show("Optagelse i dagtilbud");
    window.click_icon_beside("Dagtilbud", Icon::ChevronRight);
    window.must_show("Optagelse i dagtilbud");
    window.must_not_show("Optagelse i dagtilbud i almindelighed");
    // The first line, the second, in and in again.
    for key in [Named::ArrowDown, Named::ArrowDown, Named::ArrowRight, Named::ArrowRight] {
        window.press(key);
    }
    window.must_show("Optagelse i dagtilbud i almindelighed");
    window.press(Named::ArrowRight);
    window.press(Named::Enter);
    window.must_show("Dagtilbud › Optagelse i dagtilbud");
    for key in [Named::ArrowLeft, Named::ArrowLeft, Named::ArrowLeft, Named::ArrowLeft] {
        window.press(key);
    }
    window.must_not_show("28.06");
    window.click_icon(Icon::ChevronsUpDown);
    window.must_show("Opgaver der dækker flere hovedgrupper");
    window.click_icon(Icon::ChevronsDownUp);
    window.must_not_show("Opgaver der dækker flere hovedgrupper");
    window.close();
}

#[test]
fn numbers_are_found_by_words_and_by_number_with_what_they_stand_in() {
    let data = town_with_plan();
    let mut window = shown(&data);
    window.ctrl("f");
    assert!(window.has_focus("kle-search"));
    window.type_text("I OPTAGELSE almindel");
    window.must_show("1 nummer fundet");
    window.must_show("28.06.00");
    window.must_show("Dagtilbud › Optagelse i dagtilbud");
    window.press(Named::Enter);
    window.must_show("Regler for nummeret");
    window.click_icon(Icon::X);
    window.fill("kle-search", "28");
    window.must_show("3 numre fundet");
    // What was found stays in sight when the search ends.
    for key in [Named::ArrowDown, Named::ArrowDown, Named::ArrowDown, Named::Escape, Named::Escape] {
        window.press(key);
    }
    window.must_show("28.06.00");
    window.must_show("00");
    window.fill("kle-search", "skole");
    window.must_show("Ingen numre og titler passer til søgningen.");
    window.click("Vis hele planen");
    window.must_show("00");
    window.close();
}

#[test]
fn the_first_rule_that_counts_today_decides_and_others_are_counted() {
    let data = town_with(|authority| {
        authority.rules.push(rule(65, "28.06", Segment::Person));
        authority.rules.push(rule(66, "28.06.00", Segment::Everyone));
    });
    store(&data).save_kle_plan(&plan()).expect("it is kept");
    let mut window = shown(&data);
    window.click_icon(Icon::ChevronsUpDown);
    for (title, taken, more) in [
        ("Dagtilbud", "70 → Dagtilbud og pladsanvisning", "2 til"),
        ("Optagelse i dagtilbud", "65 → ESDH – sager og dokumenter", "kun person · 2 til"),
        ("Optagelse i dagtilbud i almindelighed", "65 → ESDH – sager og dokumenter", "kun person · 2 til"),
    ] {
        window.click_last_beside(title, more);
        window.click_last_beside(title, taken);
    }
    window.click("Regel 66 → ESDH – sager og dokumenter");
    window.must_show("Fordelingsregler");
    assert_eq!(window.text_in("rule-value"), "28.06.00");
    window.close();
}

#[test]
fn a_rule_is_begun_for_a_number() {
    let data = town_with_plan();
    let mut window = shown(&data);
    window.click("Kommunens styrelse");
    window.click("Ny regel for nummeret");
    assert_eq!(window.text_in("rule-value"), "00");
    window.choose("rule-fagsystem", "E");
    window.ctrl("s");
    window.must_show("1 ændring ikke udgivet");
    window.click("KLE-plan");
    window.must_show("110 → ESDH – sager og dokumenter");
    window.close();
}

#[test]
fn titles_stand_where_numbers_do_once_a_plan_is_there() {
    let data = town_with(|authority| authority.rules.push(rule(110, "28.06", Segment::Everyone)));
    let (mut one, mut other) = (Window::open_at(data.path(), noon), Window::open_at(data.path(), noon));
    one.click("Fordelingsregler");
    other.click("Fordelingsregler");
    assert_eq!(one.cell(110, "Regelværdi"), "28.06 · Dagtilbud");
    // Whoever takes it in: every window on the data directory has it.
    store(&data).save_kle_plan(&plan()).expect("it is kept");
    for window in [&mut one, &mut other] {
        window.poll();
        assert_eq!(window.cell(110, "Regelværdi"), "28.06 · Optagelse i dagtilbud");
    }
    one.fill("rule-search", "optagelse");
    assert_eq!(one.rules(), [110]);
    one.click_rule(110);
    one.must_show_part("Post med KLE 28.06 (Optagelse i dagtilbud) går til ESDH – sager og dokumenter");
    store(&data).forget_kle_plan().expect("it is forgotten");
    other.poll();
    assert_eq!(other.cell(110, "Regelværdi"), "28.06 · Dagtilbud");
    one.close();
    other.close();
}

#[test]
fn in_a_rule_numbers_are_found_by_a_word_of_the_plan_and_picked_in_its_tree() {
    let data = town_with_plan();
    let mut window = rules(&data);
    window.click("Ny regel");
    window.focus("rule-value");
    window.type_text("optagelse");
    window.click("KLE: 28.06 Optagelse i dagtilbud");
    assert_eq!(window.text_in("rule-value"), "28.06");
    window.click("KLE-træ");
    window.click("Optagelse i dagtilbud i almindelighed");
    assert_eq!(window.text_in("rule-value"), "28.06.00");
    window.close();
}

#[test]
fn a_number_that_the_plan_lacks_is_told_but_can_be_saved() {
    const LACKING: &str = "Står ikke i KLE-planen";
    let data = town();
    let mut window = rules(&data);
    window.click_rule(70);
    // With main groups alone, the numbers below are unknown.
    for (number, is_lacking) in [("28.99", false), ("99.99", true)] {
        window.fill("rule-value", number);
        assert_eq!(window.shows(LACKING), is_lacking, "{number}");
    }
    store(&data).save_kle_plan(&plan()).expect("it is kept");
    window.poll();
    for (number, is_lacking) in [("28.06", false), ("28.99", true)] {
        window.fill("rule-value", number);
        assert_eq!(window.shows(LACKING), is_lacking, "{number}");
    }
    window.ctrl("s");
    window.must_show("1 ændring ikke udgivet");
    window.close();
}

#[test]
fn a_plan_of_thousands_of_numbers_can_be_gone_through_to_its_end() {
    let mut groups = String::new();
    for main in 0..100 {
        let _ = write!(
            groups,
            "<Hovedgruppe><HovedgruppeNr>{main:02}</HovedgruppeNr><HovedgruppeTitel>H {main}</HovedgruppeTitel>"
        );
        for group in 0..30 {
            let _ = write!(
                groups,
                "<Gruppe><GruppeNr>{main:02}.{group:02}</GruppeNr><GruppeTitel>G {group}</GruppeTitel></Gruppe>"
            );
        }
        groups.push_str("</Hovedgruppe>");
    }
    let file = format!("<KLE-Emneplan>{groups}</KLE-Emneplan>");
    let read = read_kle_plan(file.as_bytes(), &Progress::default()).expect("it is a plan");
    let data = town();
    store(&data).save_kle_plan(&read.plan).expect("it is kept");
    let mut window = shown(&data);
    window.must_show("KL's plan · 3.100 numre");
    window.click_icon(Icon::ChevronsUpDown);
    window.press(Named::End);
    window.must_show("99.29");
    window.press(Named::PageUp);
    window.press(Named::Home);
    window.must_show("H 0");
    window.must_not_show("99.29");
    window.close();
}

/// A message with KLE number 28.06.00 that was delivered by rule 70.
fn record(data: &TempDir) {
    let journal = Journal::start(&store(data)).expect("it starts");
    let authority = in_force(data).authorities.remove(0);
    let facts = Facts {
        sender: Sender::Person,
        sender_has_contact_point: false,
        recipient: Some(authority.cvr),
        contact_point: None,
        kle: "28.06.00".parse().ok(),
        form: None,
        post_type: Some(PostType::Unspecified),
    };
    let routed = Routed {
        publication: store(data).newest_publication_number().expect("readable").expect("published"),
        authority: authority.cvr,
        fagsystem: FagsystemId::new("dagtilbud").expect("an id"),
        priority: Priority::new(70),
        element: None,
    };
    let entry = JournalEntry {
        facts: Some((facts, SenderKind::Person)),
        routed: Some(routed),
        ..JournalEntry::new(noon(), Outcome::Accepted)
    };
    Runtime::new().expect("a runtime").block_on(journal.record(entry)).expect("it is written");
}

#[test]
fn messages_are_told_with_the_titles_of_their_numbers() {
    let data = town_with_plan();
    record(&data);
    let mut window = shown(&data);
    window.click("Dagtilbud");
    window.must_show("1 af de sidste 30 dages meddelelser havde nummeret.");
    window.click_last_beside("Kommunens styrelse", "Opsamlingssystemet");
    window.must_show("Ingen af de sidste 30 dages meddelelser havde nummeret.");
    window.click("Meddelelser");
    window.click("KLE 28.06.00 (Optagelse i dagtilbud i almindelighed)");
    window.must_show("28.06.00 (Optagelse i dagtilbud i almindelighed)");
    window.click("Router");
    window.must_show("KLE 28.06.00 (Optagelse i dagtilbud i almindelighed)");
    window.click("Meddelelser");
    window.click("Eksportér");
    let path = data.path().join("log.csv");
    window.choose("log-export-format", "C");
    window.fill("log-export-path", &path.display().to_string());
    window.click("Gem filen");
    let written = fs::read_to_string(&path).expect("it is there");
    assert!(written.contains(";KLE;KLE-titel;FORM;"), "{written}");
    assert!(written.contains(";28.06.00;Optagelse i dagtilbud i almindelighed;;"), "{written}");
    window.close();
}
