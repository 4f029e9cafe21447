//! *Øvelsesfagsystemer*: what practice fagsystems have received, and how they answer.

use iced_test::core::keyboard::key::Named;
use lucide_icons::Icon;
use postfordeler::desktop::{Message, Page};

use super::town::*;
use crate::window::Window;

/// A window on the sample municipality after one message of each kind, on *Øvelsesfagsystemer*.
fn taught(data: &tempfile::TempDir) -> Window {
    let mut window = sample(data);
    window.click("Send en af hver");
    window.wait_for("6 meddelelser");
    window.click("Øvelsesfagsystemer");
    window.must_show("6 modtaget");
    window
}

/// Sends the letter about a nursery place, and comes back.
fn send_another(window: &mut Window, outcome: &str) {
    window.click("Router");
    let before = window.count(outcome);
    window.click("Send eksempelmeddelelse");
    window.wait_until(|window| window.count(outcome) > before);
    window.click("Øvelsesfagsystemer");
}

#[test]
fn every_fagsystem_shows_what_it_received_and_each_letter_can_be_read() {
    let data = data();
    let mut window = taught(&data);
    window.must_show("ESDH – sager og dokumenter");
    window.must_show("Sygedagpenge (KSD)");
    window.click("Byggesag");
    window.must_show("1 modtaget");
    window.must_show("Post til kontaktpunktet Byggetilladelser");
    window.click("Post til kontaktpunktet Byggetilladelser");
    window.must_show("Ansøgning om byggetilladelse");
    window.must_show_part("lagerbygning på 400 m²");
    window.must_show_part("01304054");
    window.must_show("Byg og bolig");
    window.click("Prøv den i reglerne");
    window.must_show("Prøv en meddelelse");
    window.must_show_part("Byggesag");
    window.click("Øvelsesfagsystemer");
    window.must_show("Ansøgning om byggetilladelse");
    window.press(Named::Escape);
    window.must_not_show("Ansøgning om byggetilladelse");
    window.press(Named::Escape);
    window.must_show("6 modtaget");
    window.close();
}

#[test]
fn a_mood_holds_at_once_and_nothing_is_published() {
    let data = data();
    let mut window = taught(&data);
    for (mood, outcome) in [("Nede", "Kan ikke tage imod"), ("Afviser", "Afvist"), ("Svarer uklart", "Uvist")] {
        window.click("Alle");
        window.click_last(mood);
        send_another(&mut window, outcome);
    }
    window.must_show("1 gik forgæves");
    // One of them alone.
    window.click("Dagtilbud og pladsanvisning");
    window.click_last("Accepterer");
    window.must_show("Tager imod og kvitterer med det samme.");
    send_another(&mut window, "Accepteret");
    window.click("Alle");
    window.must_show("De svarer ikke alle ens. Vælg her, hvordan de alle skal svare.");
    window.click("Tøm indbakker");
    window.must_show("intet modtaget");
    window.must_show("De svarer ikke alle ens. Vælg her, hvordan de alle skal svare.");
    window.click_last("Accepterer");
    window.must_show("Tager imod og kvitterer med det samme.");
    assert_eq!(publications(&data), 1);
    window.close();
}

#[test]
fn one_more_is_added_to_the_draft_with_a_click_and_answers_before_it_is_published() {
    let data = data();
    let mut window = taught(&data);
    window.click("Tilføj fagsystem");
    window.must_show("kun i kladden");
    window.must_show_part("/oevelse-1/postmodtag");
    window.must_show("1 ændring ikke udgivet");
    window.click("Tilføj fagsystem");
    window.must_show_part("/oevelse-2/postmodtag");
    window.undo();
    window.undo();
    window.must_not_show("Øvelsesfagsystem 1");
    window.close();
}

#[test]
fn arrow_keys_go_through_the_fagsystems_and_tab_reaches_every_mood() {
    let data = data();
    let mut window = taught(&data);
    window.press(Named::ArrowDown);
    window.must_show_part("/esdh/postmodtag");
    window.press(Named::ArrowUp);
    window.press(Named::ArrowUp);
    window.must_show("6 modtaget");
    window.tab_until(|window| window.has_focus_on("Falder ud midt i"));
    window.press(Named::Enter);
    window.must_show_part("Læser begyndelsen og lægger på.");
    window.close();
}

#[test]
fn without_practice_there_is_no_such_page() {
    let data = town();
    let mut window = Window::open(data.path());
    window.must_show("Fordelingsregler");
    window.must_not_show("Øvelsesfagsystemer");
    assert!(window.actions().iter().all(|(words, _)| !words.contains("Øvelsesfagsystemer")));
    // Whoever comes there all the same is told.
    window.send(Message::Show(Page::Practice));
    window.must_show_part("Øvelsesfagsystemerne kører ikke i dette vindue.");
    window.close();
}

#[test]
fn a_second_window_says_where_the_inboxes_are() {
    let data = data();
    let first = taught(&data);
    let mut second = Window::open(data.path());
    second.click("Øvelsesfagsystemer");
    second.must_show_part("Kører de i et andet vindue, står indbakkerne dér.");
    second.click("Start dem her");
    second.must_show_part("bruges af et andet program");
    second.close();
    first.close();
}

#[test]
fn nothing_is_cut_off_in_small_windows_and_in_english() {
    let data = data();
    let mut window = taught(&data);
    for (width, height) in [(960.0, 600.0), (1024.0, 700.0), (1920.0, 1080.0)] {
        window.resize(width, height);
        window.click("Alle");
        window.click("Byggesag");
        window.must_show("Falder ud midt i");
        let row = window.find("Accepteret");
        window.click_at(row.center());
        window.must_show("Ansøgning om byggetilladelse");
        window.click_icon(Icon::X);
    }
    window.click("English");
    window.must_show("Hangs up midway");
    window.must_show("1 received");
    window.close();
}
