//! The message that goes wrong in a lesson, on the map: which it is, why it goes there, and where it belongs.

use iced_test::core::keyboard::key::Named;
use postfordeler::desktop::{Message, Page};
use tempfile::TempDir;

use super::played::{at_the_first, at_the_lessons, publish_rule};
use crate::window::Window;

const ITS_WAY: &str = "Sådan går den";
const ITS_PLACE: &str = "Hertil hører den";

/// A lesson that has been begun and checked, with what goes wrong first on the map.
fn shown(data: &TempDir, lesson: &str) -> Window {
    let mut window = at_the_lessons(data);
    window.click(lesson);
    window.click("Begynd opgaven");
    window.wait_for("Tjek");
    show(&mut window);
    window
}

fn show(window: &mut Window) {
    window.click("Tjek");
    window.click("Vis på kortet");
    window.wait_until(|window| window.shows_part("Kort over fordelingen hos"));
}

/// The names of the nodes that say so, from the left.
fn nodes(window: &mut Window, mark: &str) -> Vec<String> {
    let texts = window.texts();
    let marked: Vec<_> = texts.iter().filter(|text| text.words == mark).map(|text| text.bounds).collect();
    let mut named: Vec<_> = texts
        .iter()
        .filter(|text| marked.contains(&text.bounds))
        .map(|text| (text.bounds.x, text.bounds.y, text.words.clone()))
        .collect();
    named.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    // A node says its name before anything else of itself.
    named.dedup_by(|later, first| (later.0, later.1) == (first.0, first.1));
    named.into_iter().map(|(.., words)| words).filter(|words| words != mark).collect()
}

#[test]
fn one_that_no_rule_takes_is_led_to_the_default_recipient_and_leaves_again() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_first(&data);
    show(&mut window);
    window.must_show_part("Post til kontaktpunktet Pladsanvisningen fra ");
    window.must_show_part("ingen regel tager den, så den går til opsamlingssystemet ESDH – sager og dokumenter.");
    window.must_show_part("Den hører til i Dagtilbud og pladsanvisning.");
    window.must_show_part("Ingen af de regler, der passer på den, giver den til Dagtilbud og pladsanvisning.");
    let way = nodes(&mut window, ITS_WAY);
    assert_eq!(way[1..], ["Andet", "Ellers", "ESDH – sager og dokumenter"], "{way:?}");
    assert_eq!(nodes(&mut window, ITS_PLACE), ["Dagtilbud og pladsanvisning"]);
    window.press(Named::Escape);
    window.must_not_show(ITS_WAY);
    window.must_show("Ingen regler gælder den dag. Al post går til opsamlingssystemet.");
    window.close();
}

#[test]
fn one_that_an_earlier_rule_takes_shows_the_rule_that_would_have_led_it_right() {
    let data = TempDir::new().unwrap();
    let mut window = shown(&data, "2. Den øverste regel bestemmer");
    window.must_show_part("Post til kontaktpunktet Familierådgivningen fra ");
    window.must_show_part("regel 10 (Gruppe Børn og familie) giver den til Dagtilbud og pladsanvisning.");
    window.must_show_part("Regel 20 ville give den til Omsorg og sundhed, men regel 10 kommer før den.");
    let way = nodes(&mut window, ITS_WAY);
    assert_eq!(way[1..], ["Børn og familie (gruppe)", "10 Gruppe", "Dagtilbud og pladsanvisning"], "{way:?}");
    assert_eq!(nodes(&mut window, ITS_PLACE), ["Familierådgivningen", "20 Kontaktpunkt", "Omsorg og sundhed"]);
    window.must_not_show("Levende");
    window.click("Vis hele kortet");
    window.must_not_show(ITS_WAY);
    window.must_show("Levende");
    window.close();
}

#[test]
fn it_follows_the_rules_as_they_are_published_and_leads_back_to_the_lesson() {
    let data = TempDir::new().unwrap();
    let mut window = at_the_first(&data);
    show(&mut window);
    publish_rule(&mut window, "D");
    window.send(Message::Show(Page::Map));
    window.must_show_part("regel 10 (Kontaktpunkt Pladsanvisningen) giver den til Dagtilbud og pladsanvisning.");
    window.must_show_part("Det er dér, den hører til.");
    window.must_not_show(ITS_PLACE);
    let way = nodes(&mut window, ITS_WAY);
    assert_eq!(way[1..], ["Pladsanvisningen", "10 Kontaktpunkt", "Dagtilbud og pladsanvisning"], "{way:?}");
    window.click("Tilbage til opgaven");
    window.must_show("Den første regel");
    window.close();
}

#[test]
fn what_the_draft_would_do_with_it_is_said_before_it_is_published() {
    let data = TempDir::new().unwrap();
    let mut window = shown(&data, "2. Den øverste regel bestemmer");
    window.click("Fordelingsregler");
    window.click_rule(10);
    window.choose("rule-fagsystem", "O");
    window.ctrl("s");
    window.send(Message::Show(Page::Map));
    window.must_show_part("Kladden giver den til Omsorg og sundhed (regel 10), når den er udgivet.");
    window.must_show_part("Den regel er ikke den samme på kortet, så dens vej kan ikke vises.");
    let way = nodes(&mut window, ITS_WAY);
    assert_eq!(way[1..], ["Dagtilbud og pladsanvisning"], "who writes it and who gets it are still there: {way:?}");
    window.close();
}

#[test]
fn one_of_another_day_is_shown_on_that_day_and_the_day_is_todays_again_afterwards() {
    let data = TempDir::new().unwrap();
    let mut window = shown(&data, "8. Fra en bestemt dag");
    window.wait_until(|window| !window.shows("I dag"));
    window.must_show_part(", som kommer ");
    window.must_show_part("giver den til Dagtilbud og pladsanvisning. Den hører til i Omsorg og sundhed.");
    assert_eq!(nodes(&mut window, ITS_WAY).last().map(String::as_str), Some("Dagtilbud og pladsanvisning"));
    window.press(Named::Escape);
    window.wait_until(|window| window.shows("I dag"));
    window.must_not_show(ITS_WAY);
    window.close();
}
