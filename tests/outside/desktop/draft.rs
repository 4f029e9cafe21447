//! What is changed becomes a draft, and the router knows nothing of it.

use iced_test::core::keyboard::key::Named;
use lucide_icons::Icon;

use super::town::*;
use crate::window::Window;

const PAGES: [&str; 6] = ["Fordelingsregler", "Fagsystemer", "Meddelelser", "Router", "Ændringer", "Udgivelser"];

#[track_caller]
fn must_say_on_every_page(window: &mut Window, words: &str) {
    for page in PAGES {
        window.click(page);
        window.must_show(words);
    }
    window.click("Fordelingsregler");
}

#[test]
fn changes_are_counted_on_every_page() {
    let data = town();
    let mut window = rules(&data);
    must_say_on_every_page(&mut window, "Alt er udgivet");
    window.click_rule(20);
    window.choose("rule-fagsystem", "J");
    window.click("Gem i kladden");
    window.must_show("Regel 20 ændret");
    must_say_on_every_page(&mut window, "1 ændring ikke udgivet");
    window.click_rule(60);
    window.click_icon(Icon::Trash2);
    window.must_show("Regel 60 slettet");
    must_say_on_every_page(&mut window, "2 ændringer ikke udgivet");
    window.click("Ny regel");
    window.fill("rule-value", "Skole og SFO");
    window.choose("rule-fagsystem", "D");
    window.press(Named::Enter);
    window.ctrl("s");
    window.must_show("Regel 110 tilføjet");
    must_say_on_every_page(&mut window, "3 ændringer ikke udgivet");
    assert_eq!(window.rules(), [10, 20, 30, 40, 50, 70, 80, 90, 100, 110]);
    window.close();
}

#[test]
fn the_router_follows_the_old_publication_until_the_draft_is_published() {
    let data = data();
    let mut window = sample(&data);
    window.click("Send eksempelmeddelelse");
    window.wait_for("1 meddelelse");
    window.click("Fordelingsregler");
    window.click_rule(10);
    window.choose("rule-fagsystem", "B");
    window.ctrl("s");
    window.must_show("1 ændring ikke udgivet");
    window.click("Router");
    window.must_show("Udgivelse 1 er i kraft");
    let named = window.count("Dagtilbud og pladsanvisning");
    window.click("Send eksempelmeddelelse");
    window.wait_for("2 meddelelser");
    assert_eq!(window.count("Dagtilbud og pladsanvisning"), named + 1);
    window.click("Udgiv …");
    window.type_text("Byggesag tager pladserne");
    window.click("Udgiv og sæt i kraft");
    window.must_show("Udgivelse 2 er i kraft");
    window.click("Router");
    let named = (window.count("Dagtilbud og pladsanvisning"), window.count("Byggesag"));
    window.click("Send eksempelmeddelelse");
    window.wait_for("3 meddelelser");
    assert_eq!((window.count("Dagtilbud og pladsanvisning"), window.count("Byggesag")), (named.0, named.1 + 1));
    window.close();
}

#[test]
fn the_draft_is_there_after_the_window_has_gone_down() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.fill("rule-note", "Kort efter går strømmen");
    window.ctrl("s");
    window.click_rule(70);
    window.click_icon(Icon::Trash2);
    window.must_show("2 ændringer ikke udgivet");
    // Not closed: what it would do then does not come about.
    drop(window);
    let mut window = Window::open(data.path());
    window.must_show("2 ændringer ikke udgivet");
    assert_eq!(window.rules(), [10, 20, 30, 40, 50, 60, 80, 90, 100]);
    assert_eq!(window.cell(20, "Note"), "Kort efter går strømmen");
    window.close();
    assert_eq!(publications(&data), 1);
    assert_eq!(in_force(&data).authorities[0].rules.len(), 10);
}

#[test]
fn every_step_is_taken_back_and_done_again_by_its_name() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(60);
    let before = window.rule_rows();
    window.click_icon(Icon::Trash2);
    window.click_rule(20);
    window.choose("rule-fagsystem", "J");
    window.ctrl("s");
    window.click_icon(Icon::ListOrdered);
    window.must_show("Numrene fordelt jævnt: 10, 20, 30 …");
    let after = window.rule_rows();
    let steps = ["Regel 60 slettet", "Regel 20 ændret", "Numrene fordelt jævnt: 10, 20, 30 …"];
    for step in steps.iter().rev() {
        window.undo();
        window.must_show(&format!("Fortrudt: {step}"));
    }
    assert_eq!(window.rule_rows(), before);
    window.must_show("Alt er udgivet");
    window.undo();
    assert_eq!(window.rule_rows(), before);
    for step in steps {
        window.redo();
        window.must_show(step);
    }
    assert_eq!(window.rule_rows(), after);
    window.redo();
    assert_eq!(window.rule_rows(), after);
    window.close();
}

#[test]
fn a_new_step_ends_the_way_forward() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(60);
    window.press(Named::Delete);
    window.undo();
    window.click_rule(70);
    window.press(Named::Delete);
    window.redo();
    assert_eq!(window.rules(), [10, 20, 30, 40, 50, 60, 80, 90, 100]);
    window.close();
}

#[test]
fn a_notice_takes_its_own_step_back_and_no_other() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(60);
    window.press(Named::Delete);
    window.click("Fortryd");
    window.must_show("Fortrudt: Regel 60 slettet");
    window.must_not_show("Fortryd");
    assert_eq!(window.rules().len(), 10);
    window.close();
}

#[test]
fn what_was_done_and_that_it_was_taken_back_do_not_stand_together() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(60);
    window.press(Named::Delete);
    window.must_show("Regel 60 slettet");
    window.undo();
    window.must_show("Fortrudt: Regel 60 slettet");
    window.must_not_show("Regel 60 slettet");
    window.redo();
    window.must_show("Regel 60 slettet");
    window.must_not_show("Fortrudt: Regel 60 slettet");
    window.close();
}

#[test]
fn a_form_that_stays_open_says_how_it_is_left() {
    const DROP: &str = "Annullér uden at gemme";
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.fill("rule-note", "Aftalt");
    for _ in 0..2 {
        window.press(Named::Escape);
    }
    window.must_show("Gem (Ctrl+S) eller annullér først det, du er i gang med.");
    window.must_show("Gem i kladden");
    window.click(DROP);
    window.must_not_show("Gem i kladden");
    window.must_not_show(DROP);
    assert_eq!(window.rules().len(), 10);
    window.must_show("Alt er udgivet");
    // It is offered only while there is something to drop.
    window.click_rule(20);
    assert_eq!(window.text_in("rule-note"), "");
    window.fill("rule-note", "Aftalt");
    for _ in 0..2 {
        window.press(Named::Escape);
    }
    window.must_show(DROP);
    window.ctrl("s");
    window.must_not_show(DROP);
    window.close();
}

#[test]
fn undo_in_the_editor_takes_writing_back_first() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(60);
    window.press(Named::Delete);
    window.click_rule(20);
    window.fill("rule-value", "Borger");
    window.must_show("Post til kontaktgruppen Borger går til Byggesag fra 01-01-2021.");
    window.choose("rule-fagsystem", "J");
    window.must_show("Post til kontaktgruppen Borger går til Jobcenter fra 01-01-2021.");
    window.undo();
    window.must_show("Post til kontaktgruppen Borger går til Byggesag fra 01-01-2021.");
    window.undo();
    window.must_show("Post til kontaktgruppen Byg og bolig går til Byggesag fra 01-01-2021.");
    window.must_not_show("Fortrudt: Regel 60 slettet");
    window.undo();
    window.must_show("Fortrudt: Regel 60 slettet");
    window.close();
}

#[test]
fn each_authority_has_rules_of_its_own_in_one_draft() {
    let data = town();
    let mut book = in_force(&data);
    let mut second = book.authorities[0].clone();
    second.cvr = "12345674".parse().expect("eight digits");
    "Anden Kommune".clone_into(&mut second.name);
    second.rules.truncate(2);
    book.authorities.push(second);
    store(&data).publish_over(&book.compile().expect("no fault"), "To").expect("published");
    let mut window = rules(&data);
    window.click_rule(20);
    window.choose("rule-fagsystem", "J");
    window.ctrl("s");
    window.choose("authority", "A");
    window.must_show("CVR 12345674");
    assert_eq!((window.rules(), window.cell(20, "Fagsystem")), (vec![10, 20], "Byggesag".to_owned()));
    window.click_rule(10);
    window.press(Named::Delete);
    window.must_show("2 ændringer ikke udgivet");
    window.click_rule(20);
    window.fill("rule-from", "snart");
    window.choose("authority", "E");
    window.must_show("Gem (Ctrl+S) eller annullér først det, du er i gang med.");
    window.must_show("CVR 12345674");
    window.click("Annullér");
    window.choose("authority", "E");
    assert_eq!(window.cell(20, "Fagsystem"), "Jobcenter");
    window.click("Ændringer");
    let titles = ["Eksempelby Kommune", "Anden Kommune"].map(|name| window.find(name).y);
    assert!(titles.is_sorted());
    window.close();
}

#[test]
fn what_is_back_where_it_began_is_no_change() {
    let data = town();
    let mut window = rules(&data);
    for note in ["Ny note", ""] {
        window.click_rule(20);
        window.fill("rule-note", note);
        window.ctrl("s");
    }
    window.must_show("Alt er udgivet");
    window.close();
    assert_eq!(store(&data).draft().expect("readable").book, None);
}
