//! The way of one message of the journal on *Kort*, from its story and back.

use iced_test::core::keyboard::key::Named;
use postfordeler::desktop::{Message, Page};
use postfordeler::rules::{Criterion, CriterionKind, FagsystemId, Kle, Priority, Rule};
use postfordeler::store::{JournalEntry, Outcome, Routed};
use tempfile::TempDir;

use super::town::*;
use super::travelling::{come, entry};
use crate::window::Window;

const ITS_WAY: &str = "Sådan går den";

/// The story of the newest message.
fn story(data: &TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.click("Meddelelser");
    window.click("15-07-2026 12:00:00");
    window
}

fn on_the_map(data: &TempDir) -> Window {
    let mut window = story(data);
    window.click("Vis på kortet");
    window.wait_until(|window| window.shows_part("Kort over fordelingen hos"));
    window
}

#[test]
fn its_story_leads_to_its_way_and_the_map_leads_back() {
    let data = town();
    come(&data, [entry(&data, Outcome::Rejected)]);
    let mut window = on_the_map(&data);
    window.must_show_part(
        "regel 10 (Kontaktpunkt Pladsanvisningen) gav meddelelsen til Dagtilbud og pladsanvisning, som afviste den.",
    );
    assert_eq!(window.count(ITS_WAY), 5, "four nodes, and what the line stands for");
    window.click("Åbn meddelelsen");
    window.must_show_part("Regel 10");
    window.send(Message::Show(Page::Map));
    window.press(Named::Escape);
    window.must_not_show(ITS_WAY);
    window.close();
}

#[test]
fn one_that_another_publication_decided_says_so_and_still_shows_who_has_it() {
    let data = town();
    come(&data, [entry(&data, Outcome::Accepted)]);
    publish_elsewhere(&data, |town| town.rules.retain(|rule| rule.priority.get() != 10));
    let mut window = on_the_map(&data);
    window.must_show_part("Den blev afgjort efter en anden udgivelse");
    assert_eq!(window.count(ITS_WAY), 2, "who wrote it and who has it");
    window.close();
}

#[test]
fn one_that_the_router_refused_has_no_way() {
    let data = town();
    let refused = JournalEntry { routed: None, ..entry(&data, Outcome::NotAllowed) };
    come(&data, [refused]);
    let mut window = story(&data);
    window.must_show("Hvad ville kladden gøre?");
    window.must_not_show("Vis på kortet");
    window.close();
}

#[test]
fn a_rule_that_the_map_has_in_a_bundle_is_shown_as_the_bundle_and_one_can_look_into_it() {
    let data = town_with(|town| {
        let dagtilbud = town.rules[0].fagsystem.clone();
        let rule = |number: u32| {
            let kle: Kle = format!("05.{:02}.{:02}", number / 50, number % 50).parse().expect("a number");
            let priority = Priority::new(1_000 + number).expect("a number");
            Rule::new(priority, Criterion::Kle(kle.into()), dagtilbud.clone(), town.rules[0].validity)
        };
        let rules: Vec<_> = (0..200).map(|number| rule(number).into()).collect();
        town.rules.extend(rules);
    });
    let by_bundle = |entry: JournalEntry| {
        let routed = entry.routed.map(|routed| Routed {
            fagsystem: FagsystemId::new("dagtilbud").expect("an id"),
            priority: Priority::new(1_150),
            element: Some(CriterionKind::Kle),
            ..routed
        });
        JournalEntry { routed, ..entry }
    };
    come(&data, [by_bundle(entry(&data, Outcome::Accepted))]);
    let mut window = on_the_map(&data);
    window.must_show_part("Kortet viser reglen sammen med andre (");
    assert_eq!(window.count(ITS_WAY), 5);
    while window.shows("Se dem hver for sig") {
        window.click("Se dem hver for sig");
    }
    window.must_show("1150 KLE");
    window.must_not_show("Kortet viser reglen sammen med andre (");
    window.close();
}
