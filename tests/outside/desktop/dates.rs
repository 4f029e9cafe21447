//! Dates as people write them. It is Wednesday the 15th of July 2026.

use iced_test::core::keyboard::key::Named;
use postfordeler::desktop::Message;

use super::town::*;
use crate::window::Window;

/// A new rule that is whole, so that its sentence tells from when it holds.
fn rule(data: &tempfile::TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.click("Ny regel");
    window.type_text("Pladsanvisningen");
    window.choose("rule-fagsystem", "Jobcenter");
    window
}

#[track_caller]
fn must_be_read(window: &mut Window, written: &str, as_day: &str) {
    window.fill("rule-from", written);
    window.must_show(&format!("Post til kontaktpunktet Pladsanvisningen går til Jobcenter fra {as_day}."));
}

#[test]
fn a_date_is_read_as_people_write_it() {
    let data = town();
    let mut window = rule(&data);
    let dates = [
        ("1/1/27", "01-01-2027"),
        ("01012027", "01-01-2027"),
        ("20270101", "01-01-2027"),
        ("010127", "01-01-2027"),
        ("1.1.2027", "01-01-2027"),
        ("1-1-2027", "01-01-2027"),
        ("2027-01-01", "01-01-2027"),
        ("1 1 2027", "01-01-2027"),
        ("1. januar 2027", "01-01-2027"),
        ("den 1. januar 2027", "01-01-2027"),
        ("fredag den 1. januar 2027", "01-01-2027"),
        ("1 jan 27", "01-01-2027"),
        ("1jan27", "01-01-2027"),
        ("January 1, 2027", "01-01-2027"),
        ("1st of January 2027", "01-01-2027"),
        ("1/1", "01-01-2027"),
        ("1. december", "01-12-2026"),
        ("31/12/99", "31-12-1999"),
        ("i dag", "15-07-2026"),
        ("I MORGEN", "16-07-2026"),
        ("i overmorgen", "17-07-2026"),
        ("i går", "14-07-2026"),
        ("om 14 dage", "29-07-2026"),
        ("om en uge", "22-07-2026"),
        ("om 6 måneder", "15-01-2027"),
        ("for 3 dage siden", "12-07-2026"),
        ("fredag", "17-07-2026"),
        ("tomorrow", "16-07-2026"),
        ("in two weeks", "29-07-2026"),
        ("monday", "20-07-2026"),
    ];
    for (written, day) in dates {
        must_be_read(&mut window, written, day);
    }
    window.close();
}

#[test]
fn the_field_says_how_it_was_understood() {
    let data = town();
    let mut window = rule(&data);
    let note = window.field("rule-note");
    window.fill("rule-from", "1/2/27");
    window.must_show_below("mandag 1. februar 2027", "rule-from");
    assert_eq!(window.field("rule-note"), note, "nothing moves when it is told");
    window.fill("rule-from", "01-02-2027");
    window.must_not_show("mandag 1. februar 2027");
    window.fill("rule-to", "om et år");
    window.must_show_below("torsdag 15. juli 2027", "rule-to");
    window.send(Message::SwitchLanguage);
    window.fill("rule-from", "1/2/27");
    window.must_show_below("Monday 1 February 2027", "rule-from");
    window.close();
}

#[test]
fn what_is_no_date_is_told() {
    let data = town();
    let mut window = rule(&data);
    let note = window.field("rule-note");
    for (written, words) in [
        ("31/2/27", "Den dato findes ikke"),
        ("31022027", "Den dato findes ikke"),
        ("31. april", "Den dato findes ikke"),
        ("torsdag 1. januar 2027", "Den dato findes ikke"),
        ("29/2/2027", "Den dato findes ikke"),
        ("13/13/2027", "Den dato findes ikke"),
        ("snart", "Skriv fx 25-10-2020"),
        ("2027", "Skriv fx 25-10-2020"),
        ("januar 2027", "Skriv fx 25-10-2020"),
        ("1/1/027", "Skriv fx 25-10-2020"),
        ("-1", "Skriv fx 25-10-2020"),
        ("1/1/2027 kl. 12:00", "Skriv fx 25-10-2020"),
        ("om mange dage", "Skriv fx 25-10-2020"),
        ("46357", "Skriv fx 25-10-2020"),
    ] {
        window.fill("rule-from", written);
        window.must_show_below(words, "rule-from");
        window.must_show("Mangler eller skal rettes: gyldig fra");
        assert_eq!(window.field("rule-note"), note, "nothing moves when it is told");
    }
    window.ctrl("s");
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn every_field_for_a_date_takes_them() {
    let data = town();
    let mut window = Window::open_at(data.path(), noon);
    window.click_rule(20);
    window.press_with(iced_test::core::keyboard::Modifiers::SHIFT, Named::ArrowDown);
    window.fill("rules-to", "31/12/27");
    window.must_show_below("fredag 31. december 2027", "rules-to");
    window.press(Named::Enter);
    assert_eq!(
        (window.cell(20, "Gyldig til"), window.cell(30, "Gyldig til")),
        ("31-12-2027".into(), "31-12-2027".into())
    );
    window.click("Fordelingsregler");
    window.ctrl("k");
    window.type_text("skift fagsystem");
    window.press(Named::Enter);
    window.fill("switch-day", "1. januar");
    window.must_show_below("fredag 1. januar 2027", "switch-day");
    // Whoever looks back means the last such day.
    window.ctrl("7");
    window.choose("log-period", "Fra");
    window.fill("log-from", "1. januar");
    window.must_show("torsdag 1. januar 2026");
    window.fill("log-to", "fredag");
    window.must_show("fredag 10. juli 2026");
    window.fill("log-to", "31/2/26");
    window.must_show("Den dato findes ikke");
    window.close();
}
