//! *Fordelingsregler*: what is listed, in which order, and what is shown of each rule.

use std::sync::Arc;

use iced_test::core::keyboard::key::Named;
use iced_test::core::{Rectangle, Vector};
use jiff::civil::date;
use lucide_icons::Icon;
use postfordeler::rules::{Authority, Criterion, Priority, Rule, Validity};

use super::town::*;
use crate::window::Window;

const DEFAULT: [&str; 4] = ["Ellers", "Alt, som ingen regel tager", "ESDH – sager og dokumenter", "0"];

fn change(authority: &mut Authority, rule: u32, change: impl FnOnce(&mut Rule)) {
    let priority = Priority::new(rule).expect("not zero");
    let rule = authority.rules.iter_mut().find(|rule| rule.priority == priority).expect("the rule");
    change(Arc::make_mut(rule));
}

/// The list beside the search field.
fn filter_list(window: &mut Window) -> Rectangle {
    let search = window.field("rule-search");
    let is_beside = |it: &Rectangle| (it.center_y() - search.center_y()).abs() < 4.0 && it.x > search.x;
    window.focusables().into_iter().find(is_beside).expect("the list of filters")
}

#[test]
fn a_rule_is_found_by_a_word_of_its_contact_points_title() {
    let data = town();
    let mut window = rules(&data);
    window.fill("rule-search", "kontantHJÆLP");
    assert_eq!(window.rules(), [30]);
    window.must_show("1 af 10 regler");
    assert_eq!(window.last_line(), DEFAULT);
    window.fill("rule-search", "jobcenter virksomhed");
    assert_eq!(window.rules(), [50]);
    window.fill("rule-search", "forskud");
    assert_eq!(window.rules(), [40], "its note says so");
    window.fill("rule-search", "findes ikke");
    window.must_show("Ingen regler passer til søgningen og filtrene.");
    assert_eq!(window.last_line(), DEFAULT);
    window.click("Vis alle regler");
    assert_eq!(window.rules().len(), 10);
    window.close();
}

#[test]
fn escape_leaves_the_search_and_then_empties_it() {
    let data = town();
    let mut window = rules(&data);
    window.fill("rule-search", "kle");
    assert_eq!(window.rules(), [60, 70, 80, 100]);
    window.press(Named::Escape);
    assert_eq!((window.rules().len(), window.focused()), (4, None));
    window.press(Named::Escape);
    assert_eq!(window.rules().len(), 10);
    window.close();
}

#[test]
fn the_funnel_on_a_value_filters_by_it_and_its_chip_takes_it_away() {
    let data = town();
    let mut window = rules(&data);
    window.filter_by("KLE");
    assert_eq!(window.rules(), [60, 70, 80, 100]);
    window.must_show("4 af 10 regler");
    window.filter_by("Kontante ydelser");
    assert_eq!(window.rules(), [80]);
    window.must_show("Fagsystem: Kontante ydelser");
    assert_eq!(window.last_line(), DEFAULT);
    window.click("Regelelement: KLE");
    window.must_not_show("Regelelement: KLE");
    assert_eq!(window.rules(), [30, 40, 80]);
    window.click("Fagsystem: Kontante ydelser");
    assert_eq!(window.rules().len(), 10);
    window.close();
}

#[test]
fn of_several_values_of_one_kind_one_is_enough() {
    let data = town();
    let mut window = rules(&data);
    window.filter_by("Person");
    assert_eq!(window.rules(), [30]);
    window.choose("rule-filter", "virksomhed");
    window.must_show("Segment: Virksomhed");
    assert_eq!(window.rules(), [30, 50]);
    window.click_icon(Icon::FunnelX);
    assert_eq!(window.rules().len(), 10);
    window.close();
}

#[test]
fn a_filter_saved_by_name_is_used_again_after_a_restart() {
    let data = town();
    let mut window = rules(&data);
    window.filter_by("KLE");
    window.fill("rule-search", "ydelser");
    window.click_icon(Icon::BookmarkPlus);
    assert!(window.has_focus("rule-filter-name"));
    window.type_text("Ydelser efter KLE");
    window.press(Named::Enter);
    window.click_icon(Icon::FunnelX);
    window.close();

    let mut window = rules(&data);
    assert_eq!(window.rules().len(), 10);
    let list = filter_list(&mut window);
    window.pick(list, "Ydelser efter KLE");
    assert_eq!((window.rules(), window.text_in("rule-search")), (vec![80], "ydelser".to_owned()));
    window.must_show("Regelelement: KLE");
    window.click_icon(Icon::BookmarkX);
    window.click_icon(Icon::FunnelX);
    let list = filter_list(&mut window);
    window.pick(list, "Aktiv");
    window.must_show("Tilstand: Aktiv");
    window.close();
}

#[test]
fn names_are_sorted_as_in_a_danish_dictionary() {
    let names = ["Østre", "Zebra", "Åben", "Ældre", "Aftale"];
    let data = town_with(|authority| {
        for (fagsystem, name) in authority.fagsystems.iter_mut().zip(names) {
            name.clone_into(&mut fagsystem.name);
        }
    });
    let mut window = rules(&data);
    window.click("Fagsystem");
    let mut sorted = window.column("Fagsystem");
    sorted.dedup();
    assert_eq!(sorted, ["Aftale", "Zebra", "Ældre", "Østre", "Åben"]);
    assert_eq!(window.last_line()[0], "Ellers");
    window.click("Fagsystem");
    let mut sorted = window.column("Fagsystem");
    sorted.dedup();
    assert_eq!(sorted, ["Åben", "Østre", "Ældre", "Zebra", "Aftale"]);
    assert_eq!(window.last_line()[0], "Ellers");
    window.click("Prioritet");
    assert!(window.rules().is_sorted());
    window.close();
}

#[test]
fn a_hidden_column_stays_hidden_until_it_is_shown_again() {
    let data = town();
    let mut window = rules(&data);
    assert_eq!(window.cell(10, "Note"), "Pladsanvisningen skriver selv til forældrene");
    window.click_icon(Icon::Columns3);
    assert_eq!(window.count("Prioritet"), 1, "the order of evaluation cannot be hidden");
    window.click("Note");
    window.press(Named::Escape);
    window.must_not_show("Note");
    window.must_not_show("Pladsanvisningen skriver selv til forældrene");
    window.close();
    let mut window = rules(&data);
    window.must_not_show("Note");
    window.click_icon(Icon::Columns3);
    window.click("Note");
    window.must_show("Pladsanvisningen skriver selv til forældrene");
    window.close();
}

#[test]
fn a_column_is_made_wider_with_the_mouse_and_stays_so() {
    let data = town();
    let mut window = rules(&data);
    let (element, value) = (window.find("Regelelement"), window.find("Regelværdi"));
    let edge = iced_test::core::Point::new(value.x - 8.5, value.center_y());
    window.drag(edge, edge + Vector::new(40.0, 0.0));
    window.mouse_up();
    let moved = window.find("Regelværdi");
    // The first step of the mouse takes hold of the edge.
    assert!((34.0..41.0).contains(&(moved.x - value.x)), "{} became {}", value.x, moved.x);
    assert_eq!(window.find("Regelelement"), element);
    assert!(window.rules().is_sorted(), "that sorts nothing");
    window.close();
    let mut window = rules(&data);
    assert_eq!(window.find("Regelværdi"), moved);
    window.close();
}

#[test]
fn every_rule_says_how_it_stands_in_a_word() {
    let valid = |to| Validity::new(date(2020, 1, 1), Some(to)).expect("forwards");
    let data = town_with(|authority| {
        change(authority, 20, |rule| rule.active = false);
        change(authority, 30, |rule| rule.validity = valid(date(2026, 7, 14)));
        change(authority, 40, |rule| rule.validity = valid(date(2026, 7, 15)));
        change(authority, 50, |rule| rule.validity = valid(date(2026, 8, 14)));
        change(authority, 60, |rule| rule.validity = valid(date(2026, 8, 15)));
        change(authority, 80, |rule| rule.criterion = Criterion::Kle("28.05".parse().expect("a number")));
        change(authority, 90, |rule| rule.validity = Validity::new(date(2026, 7, 16), None).expect("open"));
        change(authority, 100, |rule| rule.validity = Validity::new(date(2026, 7, 15), None).expect("open"));
    });
    let mut window = Window::open_at(data.path(), noon);
    let states = [
        "Aktiv",
        "Slået fra",
        "Udløbet",
        "Udløber snart",
        "Udløber snart",
        "Aktiv",
        "Aktiv",
        "Skygget",
        "Kommende",
        "Aktiv",
    ];
    assert_eq!(window.column("Tilstand"), states);
    window.filter_by("Skygget");
    assert_eq!(window.rules(), [80]);
    window.must_show("Tilstand: Skygget");
    window.close();
}

#[test]
fn the_last_thirty_days_messages_are_counted_for_each_rule() {
    let data = data();
    let mut window = sample(&data);
    window.click("Send eksempelmeddelelse");
    window.wait_for("1 meddelelse");
    window.click("Send eksempelmeddelelse");
    window.wait_for("2 meddelelser");
    let button = window.find("Send eksempelmeddelelse");
    let mut lists = window.focusables().into_iter();
    let letters = lists.rfind(|list| list.y + list.height < button.y && (list.x - button.x).abs() < 60.0);
    // To the mayor: no rule takes it.
    window.pick(letters.expect("the list of letters"), "Borger skriver til borgmesteren");
    window.click("Send eksempelmeddelelse");
    window.wait_for("3 meddelelser");
    window.click("Fordelingsregler");
    window.wait_until(|window| window.cell(10, "30 dage") == "2" && window.last_line().contains(&"1".to_owned()));
    assert_eq!((window.cell(10, "Sidst brugt"), window.cell(20, "Sidst brugt")), ("I dag".into(), "Aldrig".into()));
    assert_eq!(window.cell(20, "30 dage"), "0");
    // A rule of the draft is counted by what the router knows it as.
    window.click_rule(10);
    window.fill("rule-priority", "7");
    window.ctrl("s");
    assert_eq!((window.cell(7, "30 dage"), window.cell(10, "30 dage")), ("2".into(), String::new()));
    window.click("30 dage");
    window.click("30 dage");
    assert_eq!(window.rules()[0], 7);
    window.close();
}

#[test]
fn of_many_rules_those_in_sight_are_listed() {
    let data = town();
    publish_elsewhere(&data, |authority| {
        let example = Rule::clone(&authority.rules[9]);
        let more =
            (1..=3000).map(|at| Rule { priority: Priority::new(100 + at).expect("not zero"), ..example.clone() });
        authority.rules.extend(more.map(Arc::new));
    });
    let mut window = Window::open(data.path());
    window.must_show("3.010 regler · den øverste, der passer, bestemmer");
    assert_eq!(window.rules()[0], 10);
    window.press(Named::End);
    assert_eq!(window.rules().last(), Some(&3100));
    assert_eq!(window.last_line(), DEFAULT);
    assert!(window.rules().len() < 60);
    window.press(Named::PageUp);
    window.press(Named::Home);
    assert_eq!(window.rules()[0], 10);
    window.fill("rule-search", "3100");
    assert_eq!(window.rules(), [3100]);
    window.close();
}

#[test]
fn a_plain_click_on_any_value_opens_the_rule() {
    let data = town();
    let mut window = rules(&data);
    for title in ["Tilstand", "Segment", "Regelelement", "Regelværdi", "Fagsystem"] {
        let at = window.cell_bounds(80, title).center();
        window.click_at(at);
        window.must_show("Regel 80");
        assert_eq!(window.rules().len(), 10, "{title}");
        window.press(Named::Escape);
        window.must_not_show("Regel 80");
    }
    window.close();
}

#[test]
fn the_right_mouse_button_offers_to_filter() {
    let data = town();
    let mut window = rules(&data);
    let at = window.cell_bounds(80, "Fagsystem").center();
    window.right_click_at(at);
    window.must_show("Vis kun: Fagsystem: Kontante ydelser");
    window.press(Named::Escape);
    window.must_not_show("Vis kun: Fagsystem: Kontante ydelser");
    window.right_click_at(at);
    window.click("Vis kun: Fagsystem: Kontante ydelser");
    assert_eq!(window.rules(), [30, 40, 80]);
    window.must_not_show("Regel 80");
    window.close();
}

#[test]
fn filters_of_last_time_say_so_and_are_reset() {
    let data = town();
    let mut window = rules(&data);
    window.filter_by("KLE");
    window.must_not_show("Filtre fra sidst");
    window.close();

    let mut window = Window::open(data.path());
    assert_eq!(window.rules(), [60, 70, 80, 100]);
    window.must_show("Filtre fra sidst");
    window.click("Nulstil");
    assert_eq!(window.rules().len(), 10);
    window.must_not_show("Filtre fra sidst");
    window.close();
    let mut window = rules(&data);
    window.must_not_show("Filtre fra sidst");
    window.close();
}
