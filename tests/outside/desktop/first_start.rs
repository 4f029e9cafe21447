//! The first screen, and the choices that are made once and remembered.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use lucide_icons::Icon;
use tempfile::TempDir;

use super::town::*;
use crate::window::Window;

#[test]
fn a_first_start_offers_training_and_a_message_arrives() {
    let data = data();
    let mut window = Window::open(data.path());
    window.must_show("Velkommen til Postfordeler");
    window.click("Åbn øvelsen");
    window.wait_for("Kører");
    window.click("Router");
    window.click("Send eksempelmeddelelse");
    window.wait_for("Regel 10");
    window.must_show("Dagtilbud og pladsanvisning");
    window.close();
    assert_eq!(publications(&data), 0, "training has data of its own");
}

#[test]
fn what_ran_when_the_window_was_closed_runs_again() {
    let data = data();
    let mut window = sample(&data);
    window.must_show("Der er ikke kommet meddelelser endnu. Vælg »Send eksempelmeddelelse«, og se den komme frem.");
    window.click("Send eksempelmeddelelse");
    window.wait_for("Accepteret");
    window.close();

    let mut window = Window::open(data.path());
    window.must_show("Kræver opmærksomhed");
    window.must_show("Kører");
    window.click("Fordelingsregler");
    window.must_show("25 regler · den øverste, der passer, bestemmer");
    window.click("Router");
    window.must_show("Regel 10");
    window.click("Send eksempelmeddelelse");
    window.wait_for("2 meddelelser");
    window.close();
}

#[test]
fn a_router_whose_database_is_taken_away_says_why_it_refuses() {
    let data = data();
    let mut window = sample(&data);
    let (database, aside) = (data.path().join("postfordeler.db"), data.path().join("til-side.db"));
    fs::rename(&database, &aside).unwrap();
    window.wait_for("Afviser alt for nu");
    window.must_show(
        "Databasen er slettet, flyttet eller erstattet. Læg den tilbage, eller start routeren igen med den, der er der nu. Digital Post gemmer \
         posten imens og sender den igen.",
    );
    fs::rename(&aside, &database).unwrap();
    window.wait_for("Kører");
    window.close();
}

#[test]
fn an_authority_of_ones_own_needs_its_name_number_and_first_fagsystem() {
    let data = data();
    let mut window = Window::open(data.path());
    // It waits until everything is there, and Enter tells what is not.
    window.click("Opret myndighed");
    window.must_not_show("Skal udfyldes");
    window.fill("first-endpoint", "");
    window.press(Named::Enter);
    for field in ["authority-name", "authority-cvr", "first-fagsystem", "first-endpoint"] {
        window.must_show_below("Skal udfyldes", field);
    }
    window.fill("authority-name", "Ærøskøbing Øvelseskommune");
    window.fill("authority-cvr", "1110203");
    window.must_show_below("Et CVR-nummer har otte cifre", "authority-cvr");
    window.fill("authority-cvr", "01102036");
    window.fill("first-fagsystem", "ESDH");
    window.fill("first-endpoint", "https://esdh.example/postmodtag");
    window.click("Opret myndighed");
    window.must_show(
        "Der er ingen regler endnu: al post går til opsamlingssystemet. Vælg »Ny regel« for at sende noget af den et \
         andet sted hen.",
    );
    assert_eq!(window.last_line(), ["Ellers", "Alt, som ingen regel tager", "ESDH", "0"]);
    window.close();
    let book = in_force(&data);
    assert_eq!(book.authorities[0].name, "Ærøskøbing Øvelseskommune");
}

#[test]
fn a_first_fagsystem_to_which_post_would_go_in_clear_is_asked_about() {
    const IN_CLEAR: &str =
        "Posten til dette fagsystem ville gå ukrypteret. Undervejs kan andre læse indhold og CPR-numre.";
    let data = data();
    let mut window = Window::open(data.path());
    window.fill("authority-name", "Øvelseskommune");
    window.fill("authority-cvr", "01102036");
    window.fill("first-fagsystem", "ESDH");
    for (address, words) in [
        (
            "http://bruger:kode@esdh.example/",
            "Skriv adressen uden brugernavn og adgangskode, og vælg i stedet en adgang",
        ),
        (
            "http://esdh.example/post modtag",
            "Skriv adressen uden mellemrum, linjeskift, omvendte skråstreger og usynlige tegn",
        ),
    ] {
        window.fill("first-endpoint", address);
        window.must_show_below(words, "first-endpoint");
    }
    window.fill("first-endpoint", "http://esdh.example/postmodtag");
    window.click("Opret myndighed");
    window.must_show(IN_CLEAR);
    window.must_show("http://esdh.example/postmodtag");
    assert_eq!(publications(&data), 0);
    window.click("Udgiv ikke");
    window.must_not_show(IN_CLEAR);
    window.click("Opret myndighed");
    // The question did not cover what is written meanwhile.
    window.fill("first-endpoint", "http://andet.example/postmodtag");
    window.must_not_show(IN_CLEAR);
    window.click("Opret myndighed");
    window.must_show("http://andet.example/postmodtag");
    window.click("Udgiv alligevel");
    window.must_show_part("Der er ingen regler endnu");
    assert_eq!(publications(&data), 1);
    window.close();
}

#[test]
fn a_configuration_to_begin_with_that_would_send_post_in_clear_is_asked_about() {
    let case = include_str!("../../data/cases/security/configurations/mail-in-clear-to-another-machine.json");
    let data = data();
    let path = data.path().join("ny.json");
    fs::write(&path, case).unwrap();
    let mut window = Window::open(data.path());
    window.fill("files-in", &path.display().to_string());
    window.press(Named::Enter);
    window.must_show_part("E får posten ukrypteret");
    window.click("Begynd med det");
    window.must_show("http://fagsystem.example/post");
    assert_eq!(publications(&data), 0);
    window.click("Udgiv alligevel");
    window.must_show_part("Der er ingen regler endnu");
    assert_eq!(publications(&data), 1);
    window.close();
}

#[test]
fn tab_reaches_everything_on_the_first_screen_and_enter_presses_it() {
    let data = data();
    let mut window = Window::open(data.path());
    let question_mark = char::from(Icon::CircleQuestionMark).to_string();
    for words in ["English", "Mørkt", "Om", &question_mark] {
        window.press(Named::Tab);
        assert!(window.has_focus_on(words), "{words}");
    }
    // A word of the glossary in what is said of training.
    window.press(Named::Tab);
    let focused = window.focused().and_then(|focused| focused.visible_bounds()).expect("a word");
    let said = window.texts().into_iter().find(|text| text.bounds.contains(focused.center())).expect("words");
    assert!(said.words.contains("øvelsen kan altid nulstilles"), "{said:?}");
    for words in ["Åbn øvelsen", "Vælg filer …"] {
        window.press(Named::Tab);
        assert!(window.has_focus_on(words), "{words}");
    }
    window.press(Named::Tab);
    assert!(window.has_focus("files-in"));
    window.press(Named::Tab);
    assert!(window.has_focus_on("Lav en tom Excel-mappe at udfylde"));
    for field in ["authority-name", "authority-cvr", "first-fagsystem", "first-endpoint"] {
        window.press(Named::Tab);
        assert!(window.has_focus(field), "{field}");
    }
    window.press(Named::Enter);
    window.must_show("Skal udfyldes");
    window.press(Named::Tab);
    assert_eq!(window.focused(), None);
    window.press_with(Modifiers::SHIFT, Named::Tab);
    assert!(window.has_focus("first-endpoint"));
    window.tab_until(|window| window.has_focus_on("Åbn øvelsen"));
    window.press(Named::Space);
    window.must_show("Kører");
    window.close();
}

#[test]
fn every_screen_speaks_danish_and_english_and_keeps_the_choice() {
    let data = town();
    let mut window = rules(&data);
    window.click("English");
    for (page, words) in [("Distribution rules", "New rule"), ("Business systems", "New business system")] {
        window.click(page);
        window.must_show(words);
    }
    window.click("Dark");
    window.must_show("Light");
    window.close();
    let mut window = Window::open(data.path());
    window.must_show("New rule");
    window.must_show("Light");
    window.click("Dansk");
    window.must_show("Ny regel");
    window.close();
}

#[test]
fn a_damaged_database_is_told_and_left_as_it_is() {
    let data = TempDir::new().expect("a directory");
    let file = data.path().join("postfordeler.db");
    fs::write(&file, "this is no database, and never was one").expect("written");
    let mut window = Window::open(data.path());
    window.must_show("Postfordeler kan ikke åbne sine data");
    window.ctrl("n");
    window.ctrl("k");
    window.must_show("Postfordeler kan ikke åbne sine data");
    window.close();
    assert_eq!(fs::read(&file).expect("still there"), b"this is no database, and never was one");
}

#[test]
fn a_taken_address_is_told_and_the_router_can_be_started_at_another() {
    let data = data();
    let mut window = sample(&data);
    window.click("Stop");
    window.must_show("Modtager intet. Digital Post gemmer posten og sender den, når routeren kører.");
    window.click("Indstillinger");
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let address = taken.local_addr().expect("its address").to_string();
    window.fill("router-address", &address);
    window.click("Start");
    window.must_show("Kan ikke køre");
    drop(taken);
    window.click("Start");
    window.must_show("Kører");
    window.must_show(&format!("Modtager meddelelser på http://{address}/memo"));
    window.close();
}
