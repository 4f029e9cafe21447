//! Lists that drop down: what is written in them, Enter, Escape, and how they are left.

use iced_test::core::event::Status;
use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use lucide_icons::Icon;
use postfordeler::rules::{Authority, Fagsystem, FagsystemId};

use super::town::*;
use crate::window::Window;

const NO_CONTACT_POINT: usize = 6;
const CHOOSE: &str = "Vælg …";

fn sentence(fagsystem: &str) -> String {
    format!("Post til kontaktgruppen Byg og bolig går til {fagsystem} fra 01-01-2021.")
}

/// A new rule, whole but for its fagsystem.
fn new_rule(data: &tempfile::TempDir) -> Window {
    let mut window = rules(data);
    window.click("Ny regel");
    window.type_text("Pladsanvisningen");
    window.focus("rule-fagsystem");
    window
}

/// Rule 20 is open, which goes to Byggesag.
fn open_rule(data: &tempfile::TempDir) -> Window {
    let mut window = rules(data);
    window.click_rule(20);
    window.must_show(&sentence("Byggesag"));
    window.focus("rule-fagsystem");
    window
}

/// What an open list offers, its headings too.
fn offered(window: &mut Window, list: &'static str) -> Vec<String> {
    const LINE: f32 = 30.0;
    let field = window.field(list);
    let is_line = |height: f32, x: f32| (height - LINE).abs() < 0.1 && (x - field.x - 4.0).abs() < 0.5;
    let lines = window.texts().into_iter().filter(|seen| is_line(seen.bounds.height, seen.bounds.x));
    lines.map(|seen| seen.words).collect()
}

fn with_fagsystem(id: &'static str, name: &'static str) -> tempfile::TempDir {
    town_with(|authority: &mut Authority| {
        let endpoint = authority.fagsystems[0].endpoint.clone();
        authority.fagsystems.push(Fagsystem::new(FagsystemId::new(id).expect("an id"), name, endpoint));
    })
}

#[test]
fn what_fits_nothing_chooses_nothing_and_is_told() {
    let data = town();
    let mut window = new_rule(&data);
    window.type_text("KY2");
    assert_eq!(window.text_in("rule-fagsystem"), "KY2");
    assert_eq!(offered(&mut window, "rule-fagsystem"), ["Intet passer på »KY2«"]);
    assert_eq!(window.press_status(Named::Enter), Status::Captured);
    assert_eq!(window.text_in("rule-fagsystem"), "KY2");
    window.must_show("Intet passer på »KY2«");
    window.press(Named::Tab);
    window.must_not_show("Intet passer på »KY2«");
    assert!(!window.has_focus("rule-fagsystem"));
    assert_eq!(window.text_in("rule-fagsystem"), "»KY2« findes ikke");
    window.must_show("Mangler eller skal rettes: fagsystem");
    window.click("Gem i kladden");
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn the_field_shows_what_it_holds_after_it_is_left_in_vain() {
    let data = town();
    let mut window = open_rule(&data);
    window.type_text("KY2");
    window.press(Named::Tab);
    assert_eq!(window.text_in("rule-fagsystem"), "Byggesag");
    window.must_show("»KY2« findes ikke");
    window.must_show(&sentence("Byggesag"));
    window.focus("rule-fagsystem");
    window.type_text("e");
    window.press(Named::Escape);
    assert_eq!(window.text_in("rule-fagsystem"), "Byggesag");
    window.must_not_show("»KY2« findes ikke");
    // What fits several is none of them.
    window.type_text("y");
    window.click("Regel 20");
    assert_eq!(window.text_in("rule-fagsystem"), "Byggesag");
    window.must_show("»y« passer på 2");
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn the_whole_text_counts_with_the_id_too() {
    let data = with_fagsystem("ky2", "Kontante ydelser fra 2027");
    let mut window = new_rule(&data);
    window.type_text("kontante ydelser fra");
    window.press(Named::Enter);
    assert_eq!(window.text_in("rule-fagsystem"), "Kontante ydelser fra 2027");
    window.type_text("KY2");
    assert_eq!(offered(&mut window, "rule-fagsystem"), ["Kontante ydelser fra 2027"]);
    window.press(Named::Tab);
    assert_eq!(window.text_in("rule-fagsystem"), "Kontante ydelser fra 2027");
    window.focus("rule-fagsystem");
    window.type_text("jobc");
    window.press(Named::Backspace);
    assert_eq!(window.text_in("rule-fagsystem"), "job");
    // As the only one that fits it is chosen by going on.
    window.press(Named::Tab);
    assert_eq!(window.text_in("rule-fagsystem"), "Jobcenter");
    window.close();
}

#[test]
fn enter_opens_it_and_chooses_in_it_and_never_saves() {
    let data = town();
    let mut window = open_rule(&data);
    window.fill("rule-note", "Ny note");
    window.focus("rule-fagsystem");
    assert_eq!(window.press_status(Named::Enter), Status::Captured);
    assert_eq!(offered(&mut window, "rule-fagsystem").len(), 5);
    window.press(Named::ArrowDown);
    window.press(Named::ArrowDown);
    window.press(Named::Enter);
    window.must_show(&sentence("ESDH – sager og dokumenter"));
    assert!(window.has_focus("rule-fagsystem"));
    window.must_show("Alt er udgivet");
    window.press(Named::Enter);
    window.press(Named::Enter);
    window.must_show("Alt er udgivet");
    window.ctrl("s");
    window.must_show("1 ændring ikke udgivet");
    assert_eq!(window.cell(20, "Fagsystem"), "ESDH – sager og dokumenter");
    window.close();
}

#[test]
fn nothing_is_chosen_by_enter_alone_where_nothing_was_chosen() {
    let data = town();
    let mut window = new_rule(&data);
    window.press(Named::Enter);
    window.press(Named::Enter);
    window.press(Named::Enter);
    window.press(Named::Tab);
    assert_eq!(window.text_in("rule-fagsystem"), CHOOSE);
    window.close();
}

#[test]
fn the_keyboard_goes_through_the_list_and_chooses_where_it_has_gone() {
    let data = town_with(|authority| "Ældre og ægteskab".clone_into(&mut authority.fagsystems[1].name));
    let names = ["Byggesag", "ESDH – sager og dokumenter", "Jobcenter", "Kontante ydelser", "Ældre og ægteskab"];
    let mut window = open_rule(&data);
    let ways: [(&[Named], usize); 6] = [
        (&[Named::ArrowDown, Named::End], 4),
        (&[Named::Enter, Named::ArrowUp], 3),
        (&[Named::Space, Named::Home], 0),
        (&[Named::End, Named::ArrowDown], 4),
        (&[Named::Home, Named::ArrowUp], 0),
        (&[Named::ArrowUp, Named::PageDown], 4),
    ];
    for (keys, to) in ways {
        for key in keys {
            assert_eq!(window.press_status(*key), Status::Captured);
        }
        window.press(Named::Enter);
        window.must_show(&sentence(names[to]));
    }
    window.press(Named::Enter);
    window.press(Named::Home);
    window.press(Named::Tab);
    window.must_show(&sentence("Byggesag"));
    window.focus("rule-fagsystem");
    window.type_text("ægte");
    window.press(Named::Enter);
    window.must_show(&sentence("Ældre og ægteskab"));
    window.close();
}

#[test]
fn escape_closes_the_list_and_nothing_else() {
    let data = town();
    let mut window = open_rule(&data);
    for open in [Named::Enter, Named::ArrowDown] {
        window.press(open);
        assert_eq!(offered(&mut window, "rule-fagsystem").len(), 5);
        assert_eq!(window.press_status(Named::Escape), Status::Captured);
        assert!(offered(&mut window, "rule-fagsystem").is_empty());
        assert!(window.has_focus("rule-fagsystem"));
        window.must_show(&sentence("Byggesag"));
    }
    let field = window.field("rule-fagsystem").center();
    window.click_at(field);
    assert_eq!(offered(&mut window, "rule-fagsystem").len(), 5);
    window.click_at(field);
    assert!(offered(&mut window, "rule-fagsystem").is_empty());
    window.close();
}

#[test]
fn nothing_is_saved_past_what_was_written_in_vain() {
    let data = town();
    let mut window = open_rule(&data);
    window.fill("rule-note", "Ny note");
    window.focus("rule-fagsystem");
    window.type_text("KY2");
    window.ctrl("s");
    window.must_show("Alt er udgivet");
    assert_eq!(window.text_in("rule-fagsystem"), "KY2");
    // The first click shows what the field holds, the second one saves that.
    window.click("Gem i kladden");
    window.must_show("Alt er udgivet");
    assert_eq!(window.text_in("rule-fagsystem"), "Byggesag");
    window.must_show("»KY2« findes ikke");
    window.click("Gem i kladden");
    window.must_show("1 ændring ikke udgivet");
    // What can only mean one is chosen first.
    window.click_rule(20);
    window.focus("rule-fagsystem");
    window.type_text("jobcenter");
    window.ctrl("s");
    assert_eq!(window.cell(20, "Fagsystem"), "Jobcenter");
    window.close();
}

#[test]
fn a_name_written_in_full_is_chosen_by_a_click_elsewhere() {
    let data = town();
    let mut window = open_rule(&data);
    window.type_text("JOBCENTER");
    window.click("Regel 20");
    window.must_show(&sentence("Jobcenter"));
    window.focus("rule-fagsystem");
    window.type_text("kont");
    window.click("Regel 20");
    window.must_show(&sentence("Jobcenter"));
    window.must_show("»kont« er ikke valgt");
    window.close();
}

/// Writes what fits nothing, and tries to choose it in every way.
#[track_caller]
fn must_choose_nothing(window: &mut Window, list: &'static str) {
    const WRITTEN: &str = "kzq7";
    let held = window.text_in(list);
    window.focus(list);
    window.type_text(WRITTEN);
    assert_eq!(window.text_in(list), WRITTEN, "{list}");
    window.must_show("Intet passer på »kzq7«");
    assert_eq!(window.press_status(Named::Enter), Status::Captured, "{list}");
    window.must_show("Intet passer på »kzq7«");
    assert_eq!(window.press_status(Named::Escape), Status::Captured, "{list}");
    assert_eq!(window.text_in(list), held, "{list}");
    window.focus(list);
    window.press(Named::Enter);
    assert!(window.has_focus(list), "{list}");
    window.press(Named::Escape);
    assert_eq!(window.text_in(list), held, "{list}");
    window.type_text(WRITTEN);
    window.press(Named::Tab);
    let left = window.text_in(list);
    assert!(left == held || left == "»kzq7« findes ikke", "{list} shows '{left}'");
    window.must_show("»kzq7« findes ikke");
    window.focus(list);
    window.press(Named::Enter);
    window.press(Named::Escape);
}

#[test]
fn every_list_of_the_rules_holds_to_it() {
    let data = town();
    let mut window = rules(&data);
    for list in ["authority", "rule-filter"] {
        must_choose_nothing(&mut window, list);
    }
    window.click_rule(20);
    for list in ["rule-element", "rule-fagsystem", "rule-segment"] {
        must_choose_nothing(&mut window, list);
    }
    window.choose_nth("rule-element", NO_CONTACT_POINT);
    must_choose_nothing(&mut window, "rule-value");
    window.click("Annullér");
    window.press(Named::Home);
    window.press_with(Modifiers::SHIFT, Named::ArrowDown);
    window.must_show("2 regler valgt");
    for list in ["rules-fagsystem", "rules-segment"] {
        must_choose_nothing(&mut window, list);
    }
    window.press(Named::Escape);
    window.click_icon(Icon::ArrowLeftRight);
    for list in ["switch-from", "switch-to"] {
        must_choose_nothing(&mut window, list);
    }
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn every_list_elsewhere_holds_to_it() {
    let data = town();
    let mut window = rules(&data);
    window.click("Fagsystemer");
    window.click("Jobcenter");
    must_choose_nothing(&mut window, "fagsystem-access");
    window.scroll_editor(true);
    must_choose_nothing(&mut window, "fagsystem-heir");
    window.ctrl("4");
    must_choose_nothing(&mut window, "point-filter");
    window.ctrl("5");
    window.click_last("Eksempelby Kommune");
    must_choose_nothing(&mut window, "authority-default");
    window.ctrl("7");
    for list in ["log-period", "log-filter"] {
        must_choose_nothing(&mut window, list);
    }
    window.click("Eksportér");
    must_choose_nothing(&mut window, "log-export-format");
    window.click("Udgivelser");
    window.click("Begyndelsen");
    must_choose_nothing(&mut window, "publication-other");
    window.click("Filer");
    must_choose_nothing(&mut window, "files-out-kind");
    window.ctrl("8");
    window.ctrl("k");
    window.type_text("adgang");
    window.press(Named::Enter);
    must_choose_nothing(&mut window, "protection-kind");
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn choices_stand_under_headings() {
    let data = town();
    let mut window = rules(&data);
    window.focus("rule-filter");
    window.press(Named::Enter);
    let lines = offered(&mut window, "rule-filter");
    assert_eq!(lines[..2], ["Tilstand", "Aktiv"]);
    let elements = lines.iter().position(|line| line == "Regelelement").expect("the heading of elements");
    assert_eq!(lines[elements + 1], "Kontaktpunkt");
    window.type_text("virksom");
    assert_eq!(offered(&mut window, "rule-filter"), ["Segment", "Virksomhed"]);
    window.press(Named::Enter);
    window.must_show("Segment: Virksomhed");
    window.ctrl("7");
    window.focus("log-filter");
    window.press(Named::Enter);
    assert_eq!(offered(&mut window, "log-filter")[..2], ["Udfald", "Accepteret"]);
    window.type_text("kle");
    assert_eq!(offered(&mut window, "log-filter"), ["Regelelement", "KLE"]);
    window.close();
}

#[test]
fn suggestions_wait_for_letters_and_enter_takes_what_stands_out() {
    let data = town();
    let mut window = rules(&data);
    window.click("Ny regel");
    assert!(offered(&mut window, "rule-value").is_empty());
    window.press(Named::ArrowDown);
    assert_eq!(offered(&mut window, "rule-value").len(), 5);
    window.press(Named::Escape);
    assert!(offered(&mut window, "rule-value").is_empty());
    window.must_show("Ny regel");
    window.type_text("jobcenter");
    window.press(Named::ArrowDown);
    window.press(Named::ArrowUp);
    let field = window.field("rule-fagsystem");
    window.press(Named::Escape);
    assert_eq!(window.text_in("rule-value"), "jobcenter");
    assert_eq!(window.field("rule-fagsystem"), field, "nothing moves when suggestions come or go");
    window.close();
}

/// Opens a list and sees that all of it is in the window and none of it on the field.
#[track_caller]
fn must_stay_within(window: &mut Window, list: &'static str) {
    window.focus(list);
    let before = window.texts().len();
    window.press(Named::Enter);
    let field = window.field(list);
    let entries: Vec<_> = window.texts().into_iter().skip(before).collect();
    assert!(!entries.is_empty(), "{list}");
    for entry in entries {
        let (bounds, words) = (entry.bounds, entry.words);
        assert!(bounds.x >= 0.0 && bounds.x + bounds.width <= 1024.0, "{list}: '{words}' at {bounds:?}");
        assert!(bounds.y >= 0.0 && bounds.y < 700.0, "{list}: '{words}' at {bounds:?}");
        assert!(bounds.intersection(&field).is_none(), "{list}: '{words}' at {bounds:?} lies on its field");
    }
    window.press(Named::Escape);
}

#[test]
fn lists_stay_within_a_small_window() {
    let data = town();
    let mut window = rules(&data);
    window.resize(1024.0, 700.0);
    for list in ["authority", "rule-filter"] {
        must_stay_within(&mut window, list);
    }
    window.click_rule(20);
    for list in ["rule-element", "rule-fagsystem", "rule-segment"] {
        must_stay_within(&mut window, list);
    }
    window.click("Annullér");
    window.ctrl("7");
    for list in ["log-period", "log-filter"] {
        must_stay_within(&mut window, list);
    }
    window.ctrl("3");
    window.click("Jobcenter");
    window.scroll_editor(true);
    must_stay_within(&mut window, "fagsystem-heir");
    window.close();
}

#[test]
fn a_long_list_shows_where_it_stands() {
    let data = town();
    let mut window = rules(&data);
    window.focus("rule-filter");
    window.press(Named::Enter);
    window.must_show("Udløber snart");
    window.press(Named::End);
    window.must_not_show("Udløber snart");
    let last = window.texts().pop().expect("the last line of the list");
    assert_eq!(last.words, "Kontante ydelser");
    window.press(Named::Home);
    window.must_show("Udløber snart");
    window.close();
}
