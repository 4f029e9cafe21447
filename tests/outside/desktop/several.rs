//! Several rules at once, copies, room between two rules, and another fagsystem from a day on.

use std::sync::Arc;

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use lucide_icons::Icon;
use postfordeler::rules::Priority;

use super::town::*;
use crate::window::Window;

#[test]
fn ctrl_chooses_one_more_and_shift_everything_between() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.click_rule_with(Modifiers::CTRL, 50);
    window.must_show("2 regler valgt");
    window.click_rule_with(Modifiers::CTRL, 80);
    window.must_show("3 regler valgt");
    window.click_rule_with(Modifiers::CTRL, 50);
    window.must_show("2 regler valgt");
    window.click_rule(30);
    window.must_not_show("2 regler valgt");
    window.must_show("Regel 30");
    window.click_rule_with(Modifiers::SHIFT, 70);
    window.must_show("5 regler valgt");
    window.click_rule_with(Modifiers::SHIFT, 10);
    window.must_show("3 regler valgt");
    window.press_with(Modifiers::SHIFT, Named::ArrowDown);
    window.must_show("2 regler valgt");
    window.ctrl("a");
    window.must_show("10 regler valgt");
    window.press(Named::Escape);
    window.must_not_show("10 regler valgt");
    window.close();
}

#[test]
fn the_chosen_rules_get_another_fagsystem_in_one_step() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.click_rule_with(Modifiers::CTRL, 70);
    window.click_rule_with(Modifiers::CTRL, 90);
    window.choose("rules-fagsystem", "J");
    window.must_show("Reglerne 20, 70 og 90 sender nu til Jobcenter");
    window.must_show("3 ændringer ikke udgivet");
    for rule in [20, 70, 90] {
        assert_eq!(window.cell(rule, "Fagsystem"), "Jobcenter", "{rule}");
    }
    assert_eq!(window.cell(30, "Fagsystem"), "Kontante ydelser");
    window.must_show("3 regler valgt");
    window.undo();
    window.must_show("Alt er udgivet");
    assert_eq!(window.cell(20, "Fagsystem"), "Byggesag");
    window.close();
}

#[test]
fn the_chosen_rules_get_a_segment_dates_and_are_switched_off_and_deleted() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(60);
    window.click_rule_with(Modifiers::SHIFT, 80);
    window.choose("rules-segment", "V");
    window.must_show("Reglerne 60, 70 og 80 har nyt segment");
    assert_eq!(window.cell(70, "Segment"), "Virksomhed");
    window.fill("rules-to", "01-01-2019");
    window.must_show_below("Regel 60 ville slutte, før den begynder", "rules-to");
    window.click("Sæt datoer");
    assert_eq!(window.cell(60, "Gyldig til"), "–");
    window.fill("rules-to", "31-12-2040");
    window.click("Sæt datoer");
    window.must_show("Reglerne 60, 70 og 80 har nye datoer");
    assert_eq!((window.cell(80, "Gyldig til"), window.cell(90, "Gyldig til")), ("31-12-2040".into(), "–".into()));
    window.click("Fjern slutdato");
    assert_eq!(window.cell(80, "Gyldig til"), "–");
    window.click("Slå fra");
    window.must_show("Reglerne 60, 70 og 80 slået fra");
    assert_eq!(window.column("Tilstand")[5..8], ["Slået fra", "Slået fra", "Slået fra"]);
    window.click("Slå til");
    assert_eq!(window.cell(60, "Tilstand"), "Aktiv");
    window.click_icon(Icon::Trash2);
    window.must_show("Reglerne 60, 70 og 80 slettet");
    assert_eq!(window.rules(), [10, 20, 30, 40, 50, 90, 100]);
    for _ in 0..6 {
        window.undo();
    }
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn a_clone_comes_right_after_its_original() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.click_icon(Icon::Copy);
    window.must_show("Regel 25 tilføjet som kopi");
    assert_eq!(window.rules()[..4], [10, 20, 25, 30]);
    assert_eq!((window.cell(25, "Regelværdi"), window.cell(25, "Tilstand")), ("Byg og bolig".into(), "Skygget".into()));
    window.undo();
    window.click_rule(30);
    window.click_rule_with(Modifiers::CTRL, 40);
    window.ctrl("d");
    assert_eq!(window.rules().len(), 12);
    let values = window.column("Regelværdi");
    assert_eq!((&values[4], &values[5]), (&values[2], &values[3]));
    window.must_show("2 regler valgt");
    window.close();
}

#[test]
fn a_new_rule_is_put_above_the_one_that_is_open() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.click_icon(Icon::ListPlus);
    assert_eq!(window.text_in("rule-priority"), "15");
    window.type_text("Skole og SFO");
    window.choose("rule-fagsystem", "D");
    window.ctrl("s");
    window.must_show("Regel 15 tilføjet");
    assert_eq!(window.rules()[..3], [10, 15, 20]);
    window.close();
}

#[test]
fn where_no_number_is_free_a_new_rule_above_shifts_the_others_in_the_same_step() {
    let data = town_with(|authority| {
        for (rule, priority) in authority.rules.iter_mut().zip(1..) {
            Arc::make_mut(rule).priority = Priority::new(priority).expect("not zero");
        }
    });
    let mut window = rules(&data);
    let before = window.column("Regelværdi");
    window.click_rule(2);
    window.press_with(Modifiers::CTRL | Modifiers::SHIFT, "n");
    window.type_text("Skole og SFO");
    window.choose("rule-fagsystem", "D");
    window.ctrl("s");
    let after = window.column("Regelværdi");
    assert_eq!((&after[..2], &after[2..]), (&[before[0].clone(), "Skole og SFO".to_owned()][..], &before[1..]));
    let numbers = window.rules();
    assert!(numbers.is_sorted_by(|one, other| one < other), "{numbers:?}");
    window.undo();
    assert_eq!(window.rules(), (1..=10).collect::<Vec<_>>());
    window.close();
}

#[test]
fn numbers_are_spread_evenly_in_one_step() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(20);
    window.click_icon(Icon::Copy);
    window.click_icon(Icon::ListOrdered);
    window.must_show("Numrene fordelt jævnt: 10, 20, 30 …");
    assert_eq!(window.rules(), (1..=11).map(|at| at * 10).collect::<Vec<_>>());
    assert_eq!(window.column("Regelværdi")[1..3], ["Byg og bolig", "Byg og bolig"]);
    window.undo();
    assert_eq!(window.rules()[..3], [10, 20, 25]);
    window.close();
}

#[test]
fn a_fagsystem_is_followed_by_another_from_a_day_on() {
    let data = town();
    let mut window = Window::open_at(data.path(), noon);
    window.click_icon(Icon::ArrowLeftRight);
    window.must_show("Udfyld »Fra fagsystem« og »Til fagsystem«, så står det her, hvad der sker.");
    assert_eq!(window.text_in("switch-day"), "01-08-2026");
    window.choose("switch-from", "J");
    window.choose("switch-to", "J");
    window.must_show_below("Vælg et andet fagsystem end det gamle", "switch-to");
    window.choose("switch-to", "B");
    window.fill("switch-day", "01-09-2026");
    window.must_show("2 regler slutter dagen før, og en ny efter hver begynder på dagen.");
    window.click("Lav skiftet i kladden");
    window.must_show("Fagsystem skiftet fra Jobcenter til Byggesag");
    assert_eq!(window.rules().len(), 12);
    let lines: Vec<_> =
        [50, 60].into_iter().map(|rule| (window.cell(rule, "Fagsystem"), window.cell(rule, "Gyldig til"))).collect();
    assert_eq!(lines, vec![("Jobcenter".to_owned(), "31-08-2026".to_owned()); 2]);
    window.fill("rule-search", "01-09-2026");
    assert_eq!(window.column("Fagsystem"), ["Byggesag", "Byggesag"]);
    assert_eq!(window.column("Regelværdi"), ["Virksomhedspost", "15 · Arbejdsmarked og beskæftigelsesindsats"]);
    assert_eq!(window.column("Tilstand"), ["Kommende", "Kommende"]);
    window.undo();
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn a_fagsystem_that_no_rule_sends_to_cannot_be_followed() {
    let data = town_with(|authority| authority.rules.retain(|rule| rule.fagsystem.as_str() != "jobcenter"));
    let mut window = Window::open_at(data.path(), noon);
    window.click_icon(Icon::ArrowLeftRight);
    window.choose("switch-from", "J");
    window.choose("switch-to", "B");
    window.must_show("Ingen regler sender til det gamle fagsystem.");
    window.click("Lav skiftet i kladden");
    window.must_show("Alt er udgivet");
    window.choose("switch-from", "E");
    window.must_show_part("Det gamle fagsystem er opsamlingssystem og bliver ved med at være det.");
    window.close();
}

#[test]
fn a_switch_is_written_from_its_first_field_on_and_made_by_the_key_that_saves() {
    let data = town();
    let mut window = Window::open_at(data.path(), noon);
    window.click_icon(Icon::ArrowLeftRight);
    window.ctrl("s");
    window.must_show("Vælg et fagsystem");
    window.type_text("job");
    window.press(Named::Enter);
    window.choose("switch-to", "B");
    window.fill("switch-day", "01-01-2020");
    window.must_show("Dagen er gået: skiftet gælder, så snart det er udgivet.");
    window.fill("switch-day", "01-09-2026");
    window.must_not_show("Dagen er gået: skiftet gælder, så snart det er udgivet.");
    window.ctrl("s");
    window.must_show("Fagsystem skiftet fra Jobcenter til Byggesag");
    window.close();
}
