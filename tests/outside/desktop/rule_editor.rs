//! One rule being written.

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use lucide_icons::Icon;

use super::town::*;
use crate::window::Window;

const UNSAVED: &str = "Gem (Ctrl+S) eller annullér først det, du er i gang med.";
const CONTACT_GROUP: usize = 1;
const SENDER_CVR: usize = 2;
const KLE: usize = 4;
const NO_CONTACT_POINT: usize = 6;

#[test]
fn what_is_missing_is_told_beside_its_field_when_saving_was_tried() {
    let data = town();
    let mut window = rules(&data);
    window.click("Ny regel");
    assert!(window.has_focus("rule-value"));
    window.must_not_show("Skal udfyldes");
    window.fill("rule-value", "x");
    window.fill("rule-value", "");
    window.fill("rule-note", "Ny");
    window.must_not_show("Skal udfyldes");
    window.ctrl("s");
    window.must_show_below("Skal udfyldes", "rule-value");
    window.must_show_below("Vælg et fagsystem", "rule-fagsystem");
    assert!(window.has_focus("rule-value"), "the first that is wrong");
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn a_number_that_is_taken_names_the_rule_that_has_it() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.fill("rule-priority", "10");
    let taken = "Prioritet 10 har reglen om kontaktpunktet Pladsanvisningen. Ledige tæt på: 9 og 11";
    window.must_show_below(taken, "rule-priority");
    window.ctrl("s");
    assert!(window.has_focus("rule-priority"));
    window.must_show("Alt er udgivet");
    for wrong in ["0", "-1", "ti", "4294967296"] {
        window.fill("rule-priority", wrong);
        window.must_show_below("Skriv et helt tal fra 1 til 4.294.967.295", "rule-priority");
    }
    window.fill("rule-priority", "20");
    window.must_show_below("1 går forrest: det laveste tal, der passer, bestemmer", "rule-priority");
    window.close();
}

#[test]
fn what_is_wrong_with_dates_and_values_stands_below_them() {
    let data = town();
    let mut window = rules(&data);
    window.click("Ny regel");
    window.fill("rule-from", "31-02-2026");
    window.must_show_below("Den dato findes ikke", "rule-from");
    window.fill("rule-from", "snart");
    window.must_show_below("Skriv fx 25-10-2020", "rule-from");
    window.fill("rule-from", "25-10-2026");
    window.fill("rule-to", "24-10-2026");
    window.must_show_below("Ligger før startdatoen", "rule-to");
    window.fill("rule-to", "2026-10-25");
    window.must_not_show("Ligger før startdatoen");
    window.choose_nth("rule-element", KLE);
    window.fill("rule-value", "27,36");
    window.must_show_below("Skriv punktum mellem tallene: 27.36", "rule-value");
    window.fill("rule-value", "børn");
    window.must_show_below("Skriv et KLE-nummer som 27.36 eller et interval som 31 - 35", "rule-value");
    window.fill("rule-value", "35");
    window.fill("rule-value-end", "31");
    window.must_show_below("Intervallet slutter, før det begynder", "rule-value-end");
    window.choose_nth("rule-element", SENDER_CVR);
    window.fill("rule-value", "1234567");
    window.must_show_below("Et CVR-nummer har otte cifre", "rule-value");
    window.fill("rule-value", "12345678");
    window.must_show_below("Kontrolcifferet passer ikke", "rule-value");
    window.close();
}

#[test]
fn a_contact_point_is_suggested_by_its_title() {
    let data = town();
    let mut window = rules(&data);
    window.click("Ny regel");
    window.type_text("ejendom");
    window.click("Ejendomme og BBR");
    assert_eq!(window.text_in("rule-value"), "Ejendomme og BBR");
    window.must_show_below("e2a4c6d8-1b3f-4e5d-9c7a-5b8d0f2e4a43", "rule-value");
    window.choose("rule-fagsystem", "B");
    window.must_show_part("Post til kontaktpunktet Ejendomme og BBR går til Byggesag fra ");
    window.close();
}

#[test]
fn pressing_the_field_shows_what_there_is_and_tab_takes_what_is_marked() {
    let data = town();
    let mut window = rules(&data);
    window.click("Ny regel");
    window.choose_nth("rule-element", CONTACT_GROUP);
    let field = window.field("rule-value");
    window.click_at(field.center());
    window.must_show("Børn og familie");
    window.type_text("byg");
    window.press(Named::Tab);
    assert_eq!(window.text_in("rule-value"), "Byg og bolig");
    assert!(window.has_focus("rule-fagsystem"), "the next field");
    window.close();
}

#[test]
fn a_kle_number_is_suggested_by_a_word_and_may_be_an_interval() {
    let data = town();
    let mut window = Window::open_at(data.path(), noon);
    window.click("Ny regel");
    window.choose_nth("rule-element", KLE);
    window.fill("rule-value", "sundhed");
    window.click("29 Sundhed");
    assert_eq!(window.text_in("rule-value"), "29");
    window.must_show_below("Sundhed", "rule-value");
    window.fill("rule-value-end", "30");
    window.choose("rule-fagsystem", "J");
    window.must_show("Post med KLE 29 - 30 (Sundhed – Andre myndigheders opgaver) går til Jobcenter fra 15-07-2026.");
    window.ctrl("s");
    assert_eq!(window.cell(110, "Regelværdi"), "29 - 30 · Sundhed – Andre myndigheders opgaver");
    window.close();
}

#[test]
fn a_kle_number_is_picked_in_the_tree() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(80);
    assert_eq!((window.text_in("rule-value"), window.text_in("rule-value-end")), ("32.00".into(), "32.45".into()));
    window.must_not_show("Kommunens styrelse");
    // It opens at the number.
    window.click("KLE-træ");
    window.click("Uddannelse");
    assert_eq!(window.text_in("rule-value"), "54");
    window.click_last_beside("Kommunens personale", "til");
    assert_eq!(window.text_in("rule-value-end"), "81");
    window.must_show_part("Post med KLE 54 - 81 (Uddannelse – Kommunens personale)");
    window.close();
}

#[test]
fn a_day_is_picked_in_the_calendar() {
    let data = town();
    let mut window = Window::open_at(data.path(), noon);
    window.click("Ny regel");
    assert_eq!(window.text_in("rule-from"), "15-07-2026");
    // The last one is that of the end.
    window.click_icon(Icon::CalendarDays);
    window.must_show("juli 2026");
    window.must_show("29");
    window.click_icon(Icon::ChevronRight);
    window.must_show("august 2026");
    window.click_last("20");
    assert_eq!(window.text_in("rule-to"), "20-08-2026");
    window.must_not_show("august 2026");
    window.click_icon(Icon::CalendarDays);
    window.must_show("august 2026");
    window.press(Named::Escape);
    window.must_not_show("august 2026");
    assert_eq!(window.text_in("rule-to"), "20-08-2026");
    window.close();
}

#[test]
fn a_day_is_picked_with_the_keyboard() {
    let data = town();
    let mut window = Window::open_at(data.path(), noon);
    window.click("Ny regel");
    window.fill("rule-from", "15-07-2026");
    // The button beside the field.
    window.press(Named::Tab);
    window.press(Named::Enter);
    window.must_show("juli 2026");
    assert!(window.has_focus("calendar"));
    window.press(Named::ArrowRight);
    window.press(Named::ArrowDown);
    window.press(Named::PageDown);
    window.must_show("august 2026");
    window.press(Named::Enter);
    assert_eq!(window.text_in("rule-from"), "23-08-2026");
    assert!(window.has_focus("rule-from"), "Tab goes on from there");
    window.close();
}

/// Writes a day where the rule begins, and opens the calendar on it.
#[track_caller]
fn open_calendar(window: &mut Window, day: &str) {
    window.fill("rule-from", day);
    window.press(Named::Tab);
    window.press(Named::Enter);
    assert!(window.has_focus("calendar"));
}

#[test]
fn the_calendar_goes_from_day_to_day_and_month_to_month() {
    let data = town();
    let mut window = Window::open_at(data.path(), noon);
    window.click("Ny regel");
    let ways: [(&str, &[Named], &str); 6] = [
        ("31-12-2026", &[Named::ArrowRight], "01-01-2027"),
        ("01-01-2027", &[Named::ArrowUp], "25-12-2026"),
        ("25-12-2026", &[Named::PageUp; 10], "25-02-2026"),
        ("25-02-2026", &[Named::ArrowDown, Named::ArrowLeft], "03-03-2026"),
        ("31-01-2026", &[Named::PageDown], "28-02-2026"),
        ("28-02-2026", &[Named::ArrowLeft], "27-02-2026"),
    ];
    for (from, keys, to) in ways {
        open_calendar(&mut window, from);
        for key in keys {
            window.press(*key);
        }
        window.press(Named::Enter);
        assert_eq!(window.text_in("rule-from"), to, "{from} {keys:?}");
    }
    window.close();
}

#[test]
fn the_calendar_ends_where_days_do() {
    let data = town();
    let mut window = Window::open_at(data.path(), noon);
    window.click("Ny regel");
    for key in [Named::ArrowRight, Named::ArrowDown, Named::PageDown] {
        open_calendar(&mut window, "31-12-9999");
        window.press(key);
        window.must_show("december 9999");
        window.press(Named::Enter);
        assert_eq!(window.text_in("rule-from"), "31-12-9999", "{key:?}");
    }
    window.close();
}

#[test]
fn the_calendar_counts_the_weeks_as_iso_does() {
    let data = town();
    let mut window = Window::open_at(data.path(), noon);
    window.click("Ny regel");
    open_calendar(&mut window, "15-01-2027");
    for words in ["januar 2027", "Uge", "53", "ma", "sø"] {
        window.must_show(words);
    }
    window.close();
}

#[test]
fn it_is_told_what_the_rule_would_have_taken() {
    let data = data();
    let mut window = sample_with_two_messages(&data);
    window.click("Fordelingsregler");
    window.wait_until(|window| window.cell(10, "30 dage") == "2");
    window.click("Ny regel");
    window.choose_nth("rule-element", CONTACT_GROUP);
    window.fill("rule-value", "Børn og familie");
    window.choose("rule-fagsystem", "J");
    window.must_show("Ville ikke have taget nogen af de sidste 30 dages 2 meddelelser.");
    window.fill("rule-priority", "5");
    window.must_show(
        "Ville have taget 2 af de sidste 30 dages 2 meddelelser: 2, der nu går til Dagtilbud og pladsanvisning.",
    );
    window.must_show("2 × Person · Pladsanvisningen");
    window.close();
}

#[test]
fn a_rule_that_would_never_get_post_says_why() {
    let data = town();
    let mut window = rules(&data);
    window.click("Ny regel");
    window.type_text("Pladsanvisningen");
    window.choose("rule-fagsystem", "J");
    window.must_show("Reglen får aldrig post: Regel 10 tager alt det, den kunne få.");
    window.fill("rule-priority", "5");
    window.must_show("Regel 10 får herefter ingen post.");
    window.fill("rule-priority", "110");
    window.ctrl("s");
    assert_eq!(window.cell(110, "Tilstand"), "Skygget");
    window.close();
}

#[test]
fn leaving_with_something_valid_written_puts_it_in_the_draft() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.fill("rule-note", "Færdig");
    window.click_rule(30);
    window.must_show("Regel 20 ændret");
    window.must_show("1 ændring ikke udgivet");
    window.must_show("Regel 30");
    window.fill("rule-note", "Også færdig");
    window.click("Ny regel");
    window.must_show("2 ændringer ikke udgivet");
    assert_eq!(window.text_in("rule-priority"), "110");
    window.close();
}

#[test]
fn leaving_with_something_unfinished_keeps_it_and_says_so() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.fill("rule-from", "snart");
    for leave in [
        |window: &mut Window| window.click_rule(30),
        |window: &mut Window| window.click("Ny regel"),
        |window: &mut Window| window.press_with(Modifiers::CTRL | Modifiers::SHIFT, Named::ArrowDown),
        |window: &mut Window| window.click_icon(Icon::ListOrdered),
    ] {
        leave(&mut window);
        window.must_show(UNSAVED);
        window.must_show("Regel 20");
        assert_eq!(window.text_in("rule-from"), "snart");
    }
    window.must_show("Alt er udgivet");
    window.click("Router");
    window.click("Fordelingsregler");
    assert_eq!(window.text_in("rule-from"), "snart");
    window.click("Annullér");
    window.click_rule(30);
    window.must_show("Regel 30");
    window.close();
}

#[test]
fn escape_loses_nothing_that_is_written() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.fill("rule-note", "Skrevet");
    window.press(Named::Escape);
    assert_eq!(window.focused(), None);
    window.press(Named::Escape);
    window.must_show(UNSAVED);
    assert_eq!(window.text_in("rule-note"), "Skrevet");
    window.undo();
    window.press(Named::Escape);
    window.must_not_show("Regel 20");
    window.close();
}

#[test]
fn a_double_click_opens_a_rule_to_be_written_in() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    assert_eq!(window.focused(), None);
    window.click_rule(20);
    assert!(window.has_focus("rule-value"));
    window.close();
}

#[test]
fn a_new_rule_is_not_lost_when_another_is_deleted() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.click("Ny regel");
    window.type_text("Halvfærdig");
    // Away from the field, so that the key is for the list.
    window.press(Named::Escape);
    window.press(Named::Delete);
    assert_eq!(window.text_in("rule-value"), "Halvfærdig");
    assert_eq!(window.rules().len(), 10);
    window.must_show(UNSAVED);
    window.close();
}

#[test]
fn post_without_a_contact_point_has_kinds_and_no_words() {
    let data = town();
    let mut window = Window::open_at(data.path(), noon);
    window.click("Ny regel");
    window.choose_nth("rule-element", NO_CONTACT_POINT);
    window.choose("rule-fagsystem", "J");
    window.must_show("Post uden kontaktpunkt og posttype går til Jobcenter fra 15-07-2026.");
    window.choose_nth("rule-value", 0);
    window.must_show("Post uden kontaktpunkt og med posttypen myndighedspost går til Jobcenter fra 15-07-2026.");
    window.ctrl("s");
    assert_eq!(window.cell(110, "Regelværdi"), "Myndighedspost");
    window.close();
}

/// Saving such a rule is no mistake, but its effect should be visible: once, where the rule is shown.
#[test]
fn a_rule_for_what_no_list_holds_says_what_that_means() {
    let data = town();
    let mut window = rules(&data);
    window.click("Ny regel");
    window.fill("rule-value", "kp-havnen");
    window.choose("rule-fagsystem", "j");
    let words = "Kontaktpunktet kp-havnen står ikke på listen. En regel for det tager kun post, hvis kontaktpunktet findes i \
                 Digital Post.";
    window.must_show(words);
    assert_eq!(window.count(words), 1);
    window.must_not_show("Kontaktpunktet står ikke på listen");
    window.close();
}

#[test]
fn a_suggested_kle_number_tells_what_it_is_about() {
    let data = town();
    let mut window = rules(&data);
    window.click("Ny regel");
    window.fill("rule-value", "27.36.04");
    window.must_show("KLE: 27.36.04 Social service");
    window.close();
}
