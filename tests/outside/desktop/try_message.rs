//! *Prøv en meddelelse*: where a message would go by the draft and by the publication, and why.

use std::fs;
use std::path::PathBuf;

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use jiff::civil::date;
use lucide_icons::Icon;
use postfordeler::desktop::Message;
use postfordeler::rules::{
    AddressedContactPoint, Authority, Criterion, Facts, FagsystemId, Priority, Rule, Segment, Sender, SenderKind,
    Validity,
};
use postfordeler::store::{Journal, JournalEntry, Outcome, Routed};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::town::*;
use crate::window::Window;

const EXAMPLE: &str = include_str!("../../../resources/guide/examples/besked.xml");
const DAY_CARE: &str = "Dagtilbud og pladsanvisning";

/// A window on the page.
fn page(data: &TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.click("Prøv en meddelelse");
    window.must_show("Hvem ville få den, og hvorfor? Intet bliver sendt.");
    window
}

/// A rule that goes before every other.
fn first(criterion: Criterion, fagsystem: &str) -> Rule {
    let validity = Validity::new(date(2026, 1, 1), None).expect("forwards");
    let id = FagsystemId::new(fagsystem).expect("an id");
    Rule::new(Priority::new(1).expect("not zero"), criterion, id, validity)
}

/// The example of the guide, to the sample municipality, with what else is to stand in its header.
fn example(more: &str) -> String {
    let to_us = EXAMPLE.replace("<memo:recipientID>11223344", "<memo:recipientID>01102036");
    to_us.replace("</memo:Recipient>", &format!("{more}</memo:Recipient>"))
}

fn file(data: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = data.path().join(name);
    fs::write(&path, text).expect("written");
    path
}

/// What stands on the line of the rule with that number.
fn on_the_line(window: &mut Window, rule: &str, words: &str) -> bool {
    let lines: Vec<_> = window.find_all(rule);
    let is_on = |line: &iced_test::core::Rectangle, at: &iced_test::core::Rectangle| {
        (line.center_y() - at.center_y()).abs() < 10.0
    };
    window.find_all(words).iter().any(|at| lines.iter().any(|line| is_on(line, at)))
}

#[track_caller]
fn must_say(window: &mut Window, rule: &str, words: &str) {
    assert!(on_the_line(window, rule, words), "'{words}' is not on the line of rule {rule}");
}

#[test]
fn the_facts_that_are_filled_in_show_the_receiver_by_draft_and_publication() {
    let data = town();
    let mut window = page(&data);
    // Without any fact, no rule matches.
    assert_eq!(window.count("Opsamlingssystemet: ingen regel passer"), 2);
    window.must_show("Bestemmer: ingen regel passer");
    window.fill("try-contact-point", "plads");
    window.click("Pladsanvisningen");
    assert_eq!(window.text_in("try-contact-point"), "Pladsanvisningen");
    assert_eq!(window.count("Efter regel 10"), 2);
    window.must_show("Kladde og udgivelse er enige.");
    // The draft gets a rule that takes it, and the page follows.
    window.click("Fordelingsregler");
    window.click("Ny regel");
    window.fill("rule-value", "Pladsanvisningen");
    window.choose("rule-fagsystem", "E");
    window.fill("rule-priority", "5");
    window.ctrl("s");
    window.click("Prøv en meddelelse");
    window.must_show("Efter regel 5");
    window.must_show("Efter regel 10");
    window.must_show("Kladden sender den et andet sted hen end udgivelsen.");
    must_say(&mut window, "5", "Bestemmer");
    must_say(&mut window, "10", "Passer også, men kommer senere");
    window.click("Udgivelsen");
    must_say(&mut window, "10", "Bestemmer");
    assert!(window.find_all("5").is_empty());
    // Undone, both agree again.
    window.undo();
    window.must_show("Kladde og udgivelse er enige.");
    window.close();
}

#[test]
fn every_rule_says_in_plain_words_why_it_does_not_match() {
    let data = town_with(|authority| {
        let off = Rule { active: false, ..first(Criterion::Kle("27.36".parse().expect("KLE")), "esdh") };
        authority.rules.push(off.into());
    });
    let mut window = page(&data);
    window.fill("try-kle", "27.36.04");
    for (rule, why) in [
        ("1", "Slået fra"),
        ("10", "Intet kontaktpunkt"),
        ("20", "Ingen kontaktgruppe"),
        ("40", "Er for myndigheder"),
        ("50", "Er for virksomheder"),
        ("80", "KLE 27.36.04 er ikke i 32.00 - 32.45"),
        ("90", "Gælder først fra 01-01-2030"),
        ("100", "Udløb 31-12-2022"),
    ] {
        must_say(&mut window, rule, why);
    }
    // On a later day one is valid, and wants a fact that the message lacks.
    window.fill("try-day", "01-01-2030");
    must_say(&mut window, "90", "Intet FORM-nummer");
    window.fill("try-form", "26.05.10");
    must_say(&mut window, "90", "Bestemmer");
    window.close();
}

#[test]
fn the_sender_decides_which_segment_a_rule_must_have() {
    let data = town();
    let mut window = page(&data);
    window.choose("try-post-type", "Virksomhedspost");
    must_say(&mut window, "50", "Er for virksomheder");
    window.choose("try-sender", "V");
    must_say(&mut window, "50", "Bestemmer");
    // A known authority's number makes it one, whatever was chosen.
    window.fill("try-sender-cvr", "01203045");
    window.must_show("En myndigheds nummer: afsenderen regnes for en myndighed");
    must_say(&mut window, "40", "Bestemmer");
    // An authority without a known number writes with a contact point of its own.
    window.choose("try-sender", "M");
    window.fill("try-sender-cvr", "10000001");
    window.must_show("Regnes for en myndighed, fordi den skriver med sit eget kontaktpunkt");
    must_say(&mut window, "50", "Er for virksomheder");
    window.close();
}

#[test]
fn a_kle_number_is_found_by_a_word_and_the_form_is_emptied() {
    let data = town();
    let mut window = page(&data);
    window.focus("try-kle");
    window.type_text("dagtil");
    window.press(Named::Enter);
    assert_eq!(window.text_in("try-kle"), "28");
    window.must_show("Dagtilbud");
    assert_eq!(window.count("Efter regel 70"), 2);
    window.fill("try-kle", "dag");
    window.must_show_part("Intet KLE-nummer endnu");
    assert_eq!(window.count("Opsamlingssystemet: ingen regel passer"), 2);
    window.ctrl("n");
    assert!(window.has_focus("try-sender"));
    assert_eq!(window.text_in("try-kle"), "Nummer eller et ord");
    window.close();
}

#[test]
fn a_dropped_message_fills_in_its_facts_and_nothing_else() {
    let data = town();
    let mut window = page(&data);
    let point = "<memo:ContactPoint><memo:contactGroup>Børn og familie</memo:contactGroup>\
                 <memo:contactPointID>5f0c2a51-8f43-4d0c-9d6c-1e2b7c9a4d10</memo:contactPointID></memo:ContactPoint>";
    let path = file(&data, "besked.xml", &example(point));
    window.send(Message::Dropped(vec![path]));
    window.lay_out();
    window.must_show("Læst i filen: kun det, regler kan se på. Resten er ikke gemt.");
    assert_eq!(window.text_in("try-contact-point"), "Pladsanvisningen");
    assert_eq!(window.text_in("try-group"), "Børn og familie");
    assert_eq!(window.text_in("try-sender-cvr"), "10000001");
    assert_eq!(window.count(DAY_CARE), 4);
    assert!(!window.shows_part("Et eksempel") && !window.shows_part("En virksomhed"), "a label is shown");
    // The example as the guide has it is for another authority.
    let path = file(&data, "besked.xml", EXAMPLE);
    window.send(Message::Dropped(vec![path]));
    assert_eq!(window.count("Ukendt modtager"), 2);
    window.close();
}

#[test]
fn what_is_no_message_is_told_in_plain_words_and_a_plan_goes_to_the_files() {
    let data = town();
    let mut window = page(&data);
    window.fill("try-kle", "28.06");
    let cut = example("");
    let path = file(&data, "skåret.xml", &cut[..cut.len() / 2]);
    window.send(Message::Dropped(vec![path]));
    window.must_show_part("Det er ikke hel XML");
    assert_eq!(window.text_in("try-kle"), "28.06");
    let path = file(&data, "sms.xml", &example("").replace(">DIGITALPOST<", ">NEMSMS<"));
    window.send(Message::Dropped(vec![path]));
    window.must_show("Det er en NemSMS. Den kan en myndighed ikke modtage.");
    let twice = example("").replace("<memo:idType>CVR", "<memo:idType>CVR</memo:idType><memo:idType>CVR");
    let path = file(&data, "to.xml", &twice);
    window.send(Message::Dropped(vec![path]));
    window.must_show_part("to gange. Routeren ville afvise den.");
    // A folder whose name looks like a message's.
    fs::create_dir(data.path().join("mappe")).expect("made");
    window.send(Message::Dropped(vec![data.path().join("mappe")]));
    window.must_show("Det er ikke en fil, men en mappe eller en enhed.");
    let plan = file(&data, "plan.xml", include_str!("../../data/kle/emneplan-uddrag.xml"));
    window.send(Message::Dropped(vec![plan]));
    window.must_not_show("Prøv en meddelelse: Åbn en fil …");
    window.must_show_part("KLE-plan");
    window.must_not_show("Reglerne i rækkefølge");
    window.close();
}

#[test]
fn a_message_is_pasted_with_the_keys_and_with_the_button() {
    let data = town();
    let mut window = page(&data);
    window.clipboard = Some(format!("\n{}", example("")));
    window.ctrl("v");
    window.must_show("Læst i det indsatte: kun det, regler kan se på. Resten er ikke gemt.");
    assert_eq!(window.text_in("try-sender-cvr"), "10000001");
    window.clipboard = None;
    window.click("Indsæt XML");
    window.must_show_part("Der er ingen tekst at indsætte");
    // Pasted into a field, it is a message too, and not a value.
    window.clipboard = Some(example("").replace("10000001", "10000002"));
    window.focus("try-group");
    window.type_fast("<memo:Message>");
    assert_eq!(window.text_in("try-sender-cvr"), "10000002");
    assert_eq!(window.text_in("try-group"), "Intet");
    window.close();
}

#[test]
fn what_may_be_a_cpr_number_is_not_shown() {
    let data = town();
    let mut window = page(&data);
    let point = "<memo:ContactPoint><memo:contactGroup>borger 251216-9996</memo:contactGroup>\
                 <memo:contactPointID>2512169996</memo:contactPointID></memo:ContactPoint>";
    let path = file(&data, "besked.xml", &example(point));
    window.send(Message::Dropped(vec![path]));
    window.must_show("Et id eller en gruppe kunne være et CPR-nummer og er udeladt. Regler for det kan ikke prøves.");
    assert!(!window.shows_part("9996"));
    window.close();
}

#[test]
fn a_message_of_the_journal_is_tried_by_the_draft_in_three_actions() {
    let data = town();
    let authority = in_force(&data).authorities.remove(0);
    record(&data, &authority);
    let mut window = page(&data);
    window.click("Meddelelser");
    window.click("Kontanthjælp og sygedagpenge");
    window.click("Hvad ville kladden gøre?");
    window.must_show_part("Fra journalen. Den gemmer ikke, om afsenderen skrev med sit eget kontaktpunkt");
    assert_eq!(window.text_in("try-contact-point"), "Kontanthjælp og sygedagpenge");
    must_say(&mut window, "30", "Bestemmer");
    window.click("Fordelingsregler");
    window.must_show("10 regler · den øverste, der passer, bestemmer");
    window.close();
}

fn record(data: &TempDir, authority: &Authority) {
    let journal = Journal::start(&store(data)).expect("it starts");
    let point = authority.contact_points.iter().find(|point| point.title.starts_with("Kontant")).expect("it");
    let facts = Facts {
        contact_point: Some(AddressedContactPoint { id: Some(point.id.clone()), group: None }),
        ..Facts::new(Sender::Person, authority.cvr)
    };
    let routed = Routed {
        publication: store(data).newest_publication_number().expect("readable").expect("published"),
        authority: authority.cvr,
        fagsystem: FagsystemId::new("ydelse").expect("an id"),
        priority: Priority::new(30),
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
fn a_rule_is_made_of_a_fact_and_a_rule_of_the_ladder_is_opened() {
    let data = town();
    let mut window = page(&data);
    window.fill("try-kle", "27.36.04");
    window.must_show("Gør til regel");
    window.click("KLE: 27.36.04 (Social service)");
    assert_eq!(window.text_in("rule-value"), "27.36.04");
    window.press(Named::Escape);
    window.click("Prøv en meddelelse");
    // With the mouse, and with the keyboard.
    window.click("Udløb 31-12-2022");
    assert_eq!(window.text_in("rule-value"), "84");
    window.click("Prøv en meddelelse");
    window.focus("try-rules");
    for key in [Named::Home, Named::ArrowDown, Named::Enter] {
        window.press(key);
    }
    assert_eq!(window.text_in("rule-value"), "Byg og bolig");
    window.close();
}

#[test]
fn a_paused_fagsystem_and_a_second_number_are_told() {
    let data = town_with(|authority| {
        authority.more_cvrs.push("10000002".parse().expect("a number"));
        authority.fagsystems.iter_mut().find(|it| it.id.as_str() == "esdh").expect("it").active = false;
        let other = first(Criterion::RecipientCvr("10000002".parse().expect("a number")), "ydelse");
        authority.rules.push(Rule { segment: Segment::Person, ..other }.into());
    });
    let mut window = page(&data);
    assert_eq!(window.count("På pause: meddelelsen venter i Digital Post"), 2);
    must_say(&mut window, "1", "Modtageren har et andet CVR-nr.");
    window.choose("try-recipient", "10000002");
    must_say(&mut window, "1", "Bestemmer");
    assert_eq!(window.count("På pause: meddelelsen venter i Digital Post"), 0);
    window.close();
}

#[test]
fn ten_thousand_rules_scroll_and_the_one_that_decides_is_in_sight() {
    let data = town_with(|authority| {
        for number in 0..10_000_u32 {
            let cvr = Criterion::SenderCvr(format!("{:08}", 20_000_000 + number).parse().expect("a number"));
            let priority = Priority::new(1_000 + number).expect("not zero");
            authority.rules.push(Rule { priority, ..first(cvr, "esdh") }.into());
        }
    });
    let mut window = page(&data);
    window.choose("try-sender", "V");
    window.fill("try-sender-cvr", "20009000");
    must_say(&mut window, "10000", "Bestemmer");
    assert!(window.texts().len() < 600, "rows out of sight are built");
    window.press_with(Modifiers::empty(), Named::Escape);
    window.scroll_to("try-ladder", 0.0);
    must_say(&mut window, "10", "Intet kontaktpunkt");
    window.close();
}

#[test]
fn everything_is_reached_with_the_keyboard() {
    let data = town();
    let mut window = page(&data);
    window.ctrl("f");
    assert!(window.has_focus("try-sender"));
    for field in ["try-contact-point", "try-group", "try-post-type", "try-kle", "try-form", "try-day"] {
        window.press(Named::Tab);
        assert!(window.has_focus(field), "{field}");
    }
    window.tab_until(|window| window.has_focus_on("Uden kontaktpunkt: Posttype ikke angivet"));
    window.tab_until(|window| window.has_focus_on("Udgivelsen"));
    window.press(Named::Tab);
    assert!(window.has_focus("try-rules"));
    window.ctrl("k");
    window.type_text("prøv indsæt");
    window.must_show("Prøv en meddelelse: Indsæt XML");
    window.press(Named::Escape);
    window.click_icon(Icon::CalendarDays);
    window.click_last("20");
    assert_eq!(window.text_in("try-day"), "20-07-2026");
    window.close();
}
