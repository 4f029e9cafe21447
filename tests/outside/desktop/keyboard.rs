//! Everything without a mouse.

use iced_test::core::Point;
use iced_test::core::event::Status;
use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;

use postfordeler::desktop::{Message, Page};

use super::town::*;
use crate::window::Window;

/// A rule is open, one that goes to Byggesag.
fn open_rule(data: &tempfile::TempDir) -> Window {
    let mut window = rules(data);
    window.click_rule(20);
    window.must_show(&sentence("Byggesag"));
    window
}

fn sentence(fagsystem: &str) -> String {
    format!("Post til kontaktgruppen Byg og bolig går til {fagsystem} fra 01-01-2021.")
}

/// The switch is above a rule's first field; its words cannot be looked for.
#[track_caller]
fn tab_to_the_switch(window: &mut Window) -> Point {
    window.tab_until(|window| window.has_focus("rule-element"));
    window.press_with(Modifiers::SHIFT, Named::Tab);
    window.focused().and_then(|it| it.visible_bounds()).expect("the switch").center()
}

#[test]
fn the_palette_finds_a_rule_by_a_word_and_goes_there() {
    let data = town();
    let mut window = rules(&data);
    window.click("Router");
    window.ctrl("k");
    assert!(window.has_focus("palette"));
    window.type_text("byg bolig");
    window.must_show(&format!("Regel 20: {}", sentence("Byggesag")));
    window.press(Named::Enter);
    window.must_show("Regel 20");
    window.must_show(&sentence("Byggesag"));
    window.must_not_show("Skriv, hvad du vil gøre, eller et ord fra en regel");
    window.close();
}

#[test]
fn the_palette_filters_the_list() {
    let data = town();
    let mut window = rules(&data);
    window.ctrl("k");
    window.type_text("filtrér virksomhed");
    window.press(Named::Enter);
    window.must_show("Segment: Virksomhed");
    assert_eq!(window.rules(), [50]);
    window.close();
}

#[test]
fn the_palette_shows_a_rule_that_a_filter_had_hidden() {
    let data = town();
    let mut window = rules(&data);
    window.filter_by("KLE");
    window.ctrl("k");
    window.type_text("kontanthjælp");
    window.press(Named::Enter);
    window.must_show("Regel 30");
    assert_eq!(window.rules().len(), 10);
    window.close();
}

#[test]
fn the_palette_does_what_can_be_done_and_names_its_keys() {
    let data = town();
    let mut window = rules(&data);
    window.click("Søg eller udfør …  Ctrl+K");
    window.must_show("Ny regel over denne");
    window.must_show("Ctrl+Shift+N");
    window.type_text("sortér fagsystem");
    window.press(Named::Enter);
    assert_eq!(window.column("Fagsystem")[0], "Byggesag");
    window.ctrl("k");
    window.type_text("gå til fagsystemer");
    window.press(Named::ArrowDown);
    window.press(Named::ArrowUp);
    window.press(Named::Enter);
    window.must_show("5 fagsystemer");
    window.ctrl("k");
    window.type_text("findesikke");
    window.must_show("Ingen kommando og ingen regel har alle de ord.");
    window.press(Named::Enter);
    window.must_not_show("Ingen kommando og ingen regel har alle de ord.");
    window.close();
}

#[test]
fn the_palette_is_left_with_escape_ctrl_k_or_a_click_beside_it() {
    let data = town();
    let mut window = rules(&data);
    let leave: [fn(&mut Window); 3] = [
        |window| {
            window.press(Named::Escape);
        },
        |window| window.ctrl("k"),
        |window| window.click_at(Point::new(1500.0, 900.0)),
    ];
    for leave in leave {
        window.ctrl("k");
        assert!(window.has_focus("palette"));
        leave(&mut window);
        window.must_not_show("Skriv, hvad du vil gøre, eller et ord fra en regel");
    }
    window.close();
}

#[test]
fn keys_go_to_the_pages_and_begin_something_new() {
    let data = town();
    let mut window = rules(&data);
    let pages = [
        ("3", "5 fagsystemer"),
        ("4", "Kontaktpunkter"),
        ("5", "Myndigheder"),
        ("6", "KLE-plan"),
        ("7", "Ingen meddelelser"),
        ("8", "0 meddelelser"),
        ("9", "Kladden siger det samme som udgivelse 1"),
        ("1", "Gå til Router"),
        ("2", "10 regler · den øverste, der passer, bestemmer"),
    ];
    for (key, words) in pages {
        window.ctrl(key);
        window.must_show(words);
    }
    window.ctrl("8");
    window.ctrl("n");
    assert!(window.has_focus("rule-value"));
    window.ctrl("3");
    window.ctrl("n");
    assert!(window.has_focus("fagsystem-name"));
    window.ctrl("f");
    assert!(window.has_focus("rule-search"));
    window.type_text("kle");
    assert_eq!(window.rules(), [60, 70, 80, 100]);
    window.close();
}

#[test]
fn the_list_is_gone_through_opened_and_cleared_with_keys() {
    let data = town();
    let mut window = rules(&data);
    window.press(Named::ArrowDown);
    window.press(Named::ArrowDown);
    window.must_not_show("Regel 20");
    window.press(Named::F2);
    window.must_show("Regel 20");
    assert!(window.has_focus("rule-value"));
    window.press(Named::Escape);
    window.press(Named::Escape);
    window.must_not_show("Regel 20");
    window.press(Named::End);
    window.press(Named::Enter);
    window.must_show("Regel 100");
    window.press(Named::Escape);
    window.press(Named::ArrowUp);
    window.must_show("Regel 90");
    window.press(Named::Home);
    window.must_show("Regel 10");
    window.press(Named::Delete);
    window.must_show("Regel 10 slettet");
    window.press(Named::Delete);
    window.must_show("Regel 20 slettet");
    assert_eq!(window.rules()[0], 30);
    window.close();
}

#[test]
fn a_text_field_keeps_the_keys_that_edit_it() {
    let data = town();
    let mut window = open_rule(&data);
    window.fill("rule-note", "Abc");
    window.press(Named::Home);
    window.press(Named::Delete);
    window.ctrl("a");
    assert_eq!((window.text_in("rule-note").as_str(), window.rules().len()), ("bc", 10));
    // With Alt, arrows would look at another day.
    window.press(Named::End);
    window.press_with(Modifiers::ALT, Named::ArrowLeft);
    window.type_text("x");
    window.press_with(Modifiers::ALT, Named::ArrowRight);
    assert_eq!(window.text_in("rule-note"), "bxc");
    window.must_show("I dag");
    window.must_not_show("10 regler valgt");
    window.close();
}

/// Their headings go where there is no room for them, and the links scroll only in the lowest windows.
#[test]
fn the_sidebar_has_the_pages_in_groups_and_the_shown_one_in_sight() {
    let data = town();
    let mut window = rules(&data);
    for height in [1000.0, 800.0] {
        window.resize(1280.0, height);
        for heading in ["Regler", "Registre", "Drift", "Udgivelse og filer"] {
            window.must_show(heading);
        }
    }
    // A window manager may have resized it before the program listens.
    window.resize_silently(1024.0, 700.0);
    window.must_not_show("Registre");
    let router = |window: &mut Window| window.find("Stoppet").y;
    let last = window.find("Filer");
    assert!(last.y + last.height < router(&mut window), "all pages are in sight");
    window.resize(960.0, 600.0);
    window.send(Message::Show(Page::Files));
    let last = window.find("Filer");
    assert!(last.height > 15.0 && last.y + last.height < router(&mut window), "the shown page is in sight");
    window.close();
}

#[test]
fn ctrl_s_saves_and_does_nothing_where_nothing_has_changed() {
    let data = town();
    let mut window = open_rule(&data);
    window.ctrl("s");
    window.must_show("Alt er udgivet");
    window.must_not_show("Regel 20 ændret");
    window.fill("rule-note", "Ny");
    window.ctrl("s");
    window.must_show("Regel 20 ændret");
    window.ctrl("s");
    window.must_show("1 ændring ikke udgivet");
    window.close();
}

#[test]
fn everything_is_made_larger_and_smaller_and_stays_so() {
    let data = town();
    let mut window = rules(&data);
    let is = |window: &Window, factor: f32| (window.scale_factor() - factor).abs() < 0.001;
    assert!(is(&window, 1.0));
    window.ctrl("+");
    window.ctrl("+");
    assert!(is(&window, 1.25));
    window.ctrl("-");
    assert!(is(&window, 1.1));
    window.close();
    let mut window = rules(&data);
    assert!(is(&window, 1.1));
    window.fill("rule-search", "kle");
    window.ctrl("0");
    assert!(is(&window, 1.0));
    assert_eq!(window.text_in("rule-search"), "kle");
    for _ in 0..20 {
        window.ctrl("-");
    }
    assert!(is(&window, 0.7));
    window.close();
}

#[test]
fn space_held_down_switches_once() {
    let data = town();
    let mut window = open_rule(&data);
    tab_to_the_switch(&mut window);
    window.press(Named::Space);
    assert_eq!(window.repeat(Named::Space), Status::Captured);
    window.tab_until(|window| window.has_focus_on("Gem i kladden"));
    window.press(Named::Enter);
    window.must_show("Regel 20 ændret");
    assert_eq!(window.cell(20, "Tilstand"), "Slået fra");
    window.close();
}

#[test]
fn a_click_elsewhere_takes_the_focus_away() {
    let data = town();
    let mut window = open_rule(&data);
    let switch = tab_to_the_switch(&mut window);
    let elsewhere = Point::new(700.0, 700.0);
    window.click_at(elsewhere);
    assert_eq!(window.focused(), None);
    window.click_at(switch);
    assert!(window.focused().is_some());
    window.click_at(elsewhere);
    assert_eq!(window.focused(), None);
    assert_eq!(window.press_status(Named::Space), Status::Ignored);
    assert_eq!(window.press_status("k"), Status::Ignored);
    window.press_with(Modifiers::SHIFT, Named::Tab);
    assert!(window.focused().is_some());
    window.close();
}
