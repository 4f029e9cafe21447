//! *Ændringer*: what the draft would change, and how it is put in force.

use std::sync::Arc;

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use lucide_icons::Icon;
use postfordeler::rules::{Caseless, Criterion, Priority, Rule};

use super::town::*;
use crate::window::Window;

/// A draft in which one rule sends elsewhere, one is new, one deleted and one moved.
fn changed(window: &mut Window) {
    window.click_rule(20);
    window.choose("rule-fagsystem", "J");
    window.ctrl("s");
    window.click_rule(80);
    window.press_with(Modifiers::ALT, Named::ArrowUp);
    window.click_rule(60);
    window.press(Named::Delete);
    window.click("Ny regel");
    window.fill("rule-value", "Skole og SFO");
    window.choose("rule-fagsystem", "D");
    window.fill("rule-from", "01-08-2026");
    window.ctrl("s");
    window.click("4 ændringer ikke udgivet");
}

const REDIRECTED: &str = "Regel 20 sender nu Kontaktgruppe Byg og bolig til Jobcenter i stedet for Byggesag";
const DELETED: &str = "Regel 60 slettes: Post med KLE 15 (Arbejdsmarked og beskæftigelsesindsats) går til Jobcenter fra \
                       25-10-2020.";
const NEW: &str = "Ny regel 110: Post til kontaktpunktet Skole og SFO går til Dagtilbud og pladsanvisning fra \
                   01-08-2026.";

#[test]
fn every_change_is_a_sentence() {
    let data = town();
    let mut window = rules(&data);
    changed(&mut window);
    window.must_show("4 ændringer i forhold til udgivelse 1");
    window.must_show("Eksempelby Kommune");
    for sentence in [REDIRECTED, DELETED, NEW] {
        window.must_show(sentence);
    }
    window.must_show("Regel 80 flyttes til nummer 65: KLE 32.00 - 32.45 (Kontante ydelser)");
    window.close();
}

#[test]
fn one_change_is_taken_back_alone_and_all_at_once() {
    let data = town();
    let mut window = rules(&data);
    changed(&mut window);
    window.click_icon_beside(DELETED, Icon::Undo2);
    window.must_not_show(DELETED);
    window.must_show("3 ændringer i forhold til udgivelse 1");
    for sentence in [REDIRECTED, NEW] {
        window.must_show(sentence);
    }
    window.click("Fortryd alle");
    window.must_show("Alle ændringer droppet");
    window.must_show("Alt er udgivet");
    window.must_show("Kladden siger det samme som udgivelse 1");
    window.must_not_show("Udgiv og sæt i kraft");
    window.undo();
    window.must_show("3 ændringer ikke udgivet");
    window.undo();
    window.must_show(DELETED);
    window.close();
}

#[test]
fn a_change_that_others_build_on_cannot_be_taken_back_alone() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(60);
    window.press(Named::Delete);
    window.click_rule(70);
    window.fill("rule-priority", "60");
    window.ctrl("s");
    window.click("2 ændringer ikke udgivet");
    window.click_icon_beside(DELETED, Icon::Undo2);
    window.must_show("Kan ikke tages tilbage alene: En anden regel har nummer 60.");
    window.must_show("2 ændringer ikke udgivet");
    window.close();
}

#[test]
fn without_a_note_nothing_is_published() {
    let data = town();
    let mut window = rules(&data);
    changed(&mut window);
    window.must_not_show("Skriv, hvorfor reglerne ændres. Det står i historikken.");
    window.click("Udgiv og sæt i kraft");
    window.must_show_below("Skriv, hvorfor reglerne ændres. Det står i historikken.", "publication-note");
    assert!(window.has_focus("publication-note"));
    window.type_text("   ");
    window.press(Named::Enter);
    window.must_show("Skriv, hvorfor reglerne ændres. Det står i historikken.");
    assert_eq!(publications(&data), 1);
    window.type_text("Ny struktur");
    window.must_not_show("Skriv, hvorfor reglerne ændres. Det står i historikken.");
    window.press(Named::Enter);
    window.must_show("Udgivelse 2 er i kraft");
    window.must_show("Alt er udgivet");
    let published = store(&data).newest_publication().expect("readable").expect("a publication");
    assert_eq!((published.number.get(), published.note.as_str()), (2, "Ny struktur"));
    assert_eq!(published.book.authorities[0].rule(Priority::new(20).unwrap()).unwrap().fagsystem.as_str(), "jobcenter");
    assert_eq!(store(&data).draft().expect("readable").book, None);
    window.close();
}

const IN_CLEAR: &str = "Posten til dette fagsystem ville gå ukrypteret. Undervejs kan andre læse indhold og CPR-numre.";

#[test]
fn what_would_send_post_in_clear_is_asked_about_once_more() {
    let data = town_with(|authority| {
        let jobcenter = authority.fagsystems.iter_mut().find(|it| it.id.as_str() == "jobcenter").expect("it is there");
        jobcenter.endpoint = "http://jobcenter.example/postmodtag".parse().expect("an address");
    });
    let mut window = rules(&data);
    window.click_rule(60);
    window.press(Named::Delete);
    window.click("1 ændring ikke udgivet");
    window.must_show_part("Jobcenter får posten ukrypteret: Undervejs kan andre læse indhold og CPR-numre.");
    window.fill("publication-note", "Regel 60 bruges ikke");
    window.must_not_show(IN_CLEAR);
    window.click("Udgiv og sæt i kraft");
    window.scroll_editor(true);
    window.must_show(IN_CLEAR);
    window.must_show("http://jobcenter.example/postmodtag");
    assert_eq!(publications(&data), 1);
    // The same once more is no answer.
    window.click("Udgiv og sæt i kraft");
    window.focus("publication-note");
    window.press(Named::Enter);
    assert_eq!(publications(&data), 1);
    window.scroll_editor(true);
    window.click("Udgiv ikke");
    window.must_not_show(IN_CLEAR);
    assert_eq!(publications(&data), 1);
    // Nor is an answer to what is no longer so.
    window.click("Udgiv og sæt i kraft");
    window.scroll_editor(true);
    window.must_show(IN_CLEAR);
    window.click("Fagsystemer");
    window.click("Jobcenter");
    window.fill("fagsystem-endpoint", "http://andet.example/postmodtag");
    window.ctrl("s");
    window.click("2 ændringer ikke udgivet");
    window.must_not_show(IN_CLEAR);
    window.click("Udgiv og sæt i kraft");
    window.scroll_editor(true);
    window.must_show("http://andet.example/postmodtag");
    window.click("Udgiv alligevel");
    window.must_show("Udgivelse 2 er i kraft");
    assert_eq!(publications(&data), 2);
    window.close();
}

#[test]
fn what_sends_nothing_in_clear_is_published_at_once() {
    let data = town_with(|authority| {
        authority.fagsystems[0].endpoint = "https://esdh.example/postmodtag".parse().expect("an address");
    });
    let mut window = rules(&data);
    window.click_rule(60);
    window.press(Named::Delete);
    window.press_with(Modifiers::CTRL, Named::Enter);
    window.type_text("Regel 60 bruges ikke");
    window.press(Named::Enter);
    window.must_show("Udgivelse 2 er i kraft");
    window.close();
}

#[test]
fn ctrl_enter_goes_to_the_note() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(60);
    window.press(Named::Delete);
    window.press_with(Modifiers::CTRL, Named::Enter);
    assert!(window.has_focus("publication-note"));
    window.type_text("Regel 60 bruges ikke");
    window.press(Named::Enter);
    window.must_show("Udgivelse 2 er i kraft");
    window.must_not_show("Fortryd");
    window.undo();
    window.must_show("1 ændring ikke udgivet");
    window.click("Fordelingsregler");
    assert_eq!(window.rules().len(), 10);
    window.close();
}

#[test]
fn what_the_check_finds_stands_beside_the_changes() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(100);
    window.press(Named::Delete);
    window.click("1 ændring ikke udgivet");
    window.must_show("Ingen regler modsiger hinanden eller skygger for hinanden.");
    window.undo();
    window.click("Fordelingsregler");
    window.click_rule(60);
    window.fill("rule-value", "28");
    window.ctrl("s");
    window.click("1 ændring ikke udgivet");
    window.must_show("2 ting at se på i reglerne");
    window.must_show("Regel 70 får aldrig post: Regel 60 tager alt det, den kunne få.");
    window.must_show("Regel 100 udløb 31-12-2022.");
    window.close();
}

#[test]
fn past_messages_tell_what_the_changes_do() {
    let data = data();
    let mut window = sample(&data);
    for sent in ["1 meddelelse", "2 meddelelser", "3 meddelelser"] {
        window.click("Send eksempelmeddelelse");
        window.wait_for(sent);
    }
    window.click("Fordelingsregler");
    window.click_rule(20);
    window.press(Named::Delete);
    window.resize(1280.0, 1600.0);
    window.click("1 ændring ikke udgivet");
    window.wait_for("Ingen af de sidste 30 dages 3 meddelelser skifter fagsystem.");
    window.click("Fordelingsregler");
    window.click_rule(10);
    window.choose("rule-fagsystem", "J");
    window.ctrl("s");
    window.click("2 ændringer ikke udgivet");
    window.wait_for(
        "3 af de sidste 30 dages 3 meddelelser skifter fagsystem: 3 fra Dagtilbud og pladsanvisning til Jobcenter.",
    );
    window.close();
}

#[test]
fn without_messages_there_is_nothing_to_try_the_changes_on() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.press(Named::Delete);
    window.click("1 ændring ikke udgivet");
    window.must_show("Der er ingen meddelelser fra de sidste 30 dage at prøve det på.");
    window.close();
}

#[test]
fn many_changes_are_counted_and_those_beyond_sight_not_drawn() {
    const MORE: u32 = 400;
    let data = town();
    publish_elsewhere(&data, |authority| {
        let example = Rule::clone(&authority.rules[9]);
        authority.rules.extend((0..MORE).map(|at| {
            let priority = Priority::new(1000 + at).expect("not zero");
            let criterion = Criterion::ContactGroup(Caseless::new(&format!("Gruppe {at}")));
            Arc::new(Rule { priority, criterion, ..example.clone() })
        }));
    });
    let mut window = Window::open(data.path());
    window.must_show("410 regler · den øverste, der passer, bestemmer");
    window.ctrl("a");
    window.must_show("410 regler valgt");
    window.choose("rules-fagsystem", "J");
    // Two send there already.
    window.must_show("408 ændringer ikke udgivet");
    window.must_show("410 regler sender nu til Jobcenter");
    window.click("408 ændringer ikke udgivet");
    window.must_show("408 ændringer i forhold til udgivelse 2");
    window.click("Fortryd alle");
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn what_is_found_in_several_rules_is_said_once_with_their_numbers() {
    let data = town_with(|authority| {
        let jobcenter = authority.fagsystems.iter_mut().find(|it| it.id.as_str() == "jobcenter");
        jobcenter.expect("a fagsystem").active = false;
    });
    let mut window = rules(&data);
    window.click_rule(20);
    window.choose("rule-fagsystem", "J");
    window.ctrl("s");
    window.click("1 ændring ikke udgivet");
    window.must_show("Reglerne 20, 50 og 60");
    let words = "Jobcenter er på pause: Dets post bliver i Digital Post, til det tages i brug igen.";
    assert_eq!(window.count(words), 1);
    window.close();
}

#[test]
fn the_note_stays_in_sight_however_much_there_is_to_read() {
    let data = town();
    let mut window = rules(&data);
    changed(&mut window);
    window.resize(1024.0, 560.0);
    window.click("Udgiv og sæt i kraft");
    window.must_show("Skriv, hvorfor reglerne ændres. Det står i historikken.");
    assert!(window.has_focus("publication-note"));
    window.close();
}
