//! *Kort*: who gets what, as a picture that one can use.

use iced_test::core::Point;
use iced_test::core::keyboard::key::Named;
use jiff::civil::date;
use lucide_icons::Icon;
use postfordeler::rules::{Authority, Caseless, Criterion, Cvr, FagsystemId, PostType, Priority, Rule, Validity};

use super::other_day::look_at;
use super::town::*;
use crate::window::Window;

const PICTURE: &str = "map-picture";

fn map_of(data: &tempfile::TempDir) -> Window {
    let mut window = Window::open(data.path());
    window.click("Kort");
    window.must_show_part("Kort over fordelingen hos");
    window
}

trait Map {
    /// The middle of the node with those words, which is the smallest thing that says them.
    fn node(&mut self, words: &str) -> Point;
}

impl Map for Window {
    fn node(&mut self, words: &str) -> Point {
        let size = |place: &iced_test::core::Rectangle| place.width * place.height;
        let places = self.find_all(words);
        places.into_iter().min_by(|one, other| size(one).total_cmp(&size(other))).expect("it is on the map").center()
    }
}

#[test]
fn without_mail_every_rule_is_on_the_map_with_what_it_looks_at_and_where_it_leads() {
    let data = town();
    let mut window = map_of(&data);
    window.must_show_part("ingen meddelelser de sidste 30 dage");
    window.must_not_show("Lige brede");
    for words in ["Person", "Virksomhed", "Myndighed", "Pladsanvisningen", "10 Kontaktpunkt", "Jobcenter", "Ellers"] {
        window.must_show(words);
    }
    window.must_show("Det, som ingen regel tager");
    window.close();
}

#[test]
fn mail_is_counted_on_its_way() {
    let data = data();
    let mut window = sample_with_two_messages(&data);
    window.click("Kort");
    // The second may still be on its way into the summary of the journal.
    window.wait_until(|window| window.shows_part("2 meddelelser de sidste 30 dage"));
    window.must_show("Lige brede");
    window.must_show("Pladsanvisningen → 10 Kontaktpunkt");
    window.must_show("10 Kontaktpunkt → Dagtilbud og pladsanvisning");
    window.must_show("Ingen meddelelser de sidste 30 dage");
    window.close();
}

#[test]
fn a_press_on_a_rule_opens_it_beside_the_map_and_leads_to_its_editor() {
    let data = town();
    let mut window = map_of(&data);
    let rule = window.node("10 Kontaktpunkt");
    window.click_at(rule);
    window.must_show("Åbn reglen");
    window.press(Named::Escape);
    window.must_not_show("Åbn reglen");
    window.click_at(rule);
    window.click("Åbn reglen");
    assert_eq!(window.text_in("rule-priority"), "10");
    window.close();
}

#[test]
fn a_contact_point_dragged_to_a_fagsystem_becomes_a_rule_that_takes_effect() {
    let data = town();
    let mut window = map_of(&data);
    let (from, to) = (window.node("Pladsanvisningen"), window.node("Jobcenter"));
    window.drag(from, to);
    window.must_show("Pladsanvisningen → Jobcenter");
    window.mouse_up();
    window.must_show("Ny regel");
    // Before rule 10, which would leave nothing to it.
    assert_eq!(window.text_in("rule-value"), "Pladsanvisningen");
    assert_eq!(window.text_in("rule-priority"), "5");
    window.must_show("Regel 10 får herefter ingen post.");
    window.ctrl("s");
    window.must_show("1 ændring ikke udgivet");
    window.close();
}

#[test]
fn what_is_dropped_beside_every_fagsystem_changes_nothing() {
    let data = town();
    let mut window = map_of(&data);
    let (from, to) = (window.node("Pladsanvisningen"), window.node("Person"));
    window.drag(from, to);
    window.mouse_up();
    window.must_show_part("Kort over fordelingen hos");
    let nothing = window.node("Jobcenter");
    window.drag(from, nothing);
    window.press(Named::Escape);
    window.mouse_up();
    window.must_show_part("Kort over fordelingen hos");
    window.must_not_show("Ny regel");
    window.close();
}

#[test]
fn keys_reach_every_node_and_open_it() {
    let data = town();
    let mut window = map_of(&data);
    window.tab_until(|window| window.has_focus(PICTURE));
    window.press(Named::ArrowDown);
    window.press(Named::ArrowRight);
    window.press(Named::ArrowRight);
    window.press(Named::Home);
    // From who writes to what the rules look at, and on to the rules.
    window.press(Named::ArrowRight);
    window.press(Named::ArrowRight);
    window.press(Named::ArrowUp);
    window.press(Named::ArrowUp);
    window.press(Named::ArrowUp);
    window.press(Named::Enter);
    window.must_show("Åbn reglen");
    window.press(Named::Escape);
    window.press(Named::ArrowRight);
    window.press(Named::Enter);
    window.must_show("Åbn fagsystemet");
    window.close();
}

#[test]
fn home_and_end_lead_into_the_picture_as_arrows_do() {
    let data = town();
    let mut window = map_of(&data);
    window.tab_until(|window| window.has_focus(PICTURE));
    window.press(Named::End);
    window.press(Named::Enter);
    window.must_show("Åbn fagsystemet");
    window.close();
    let mut window = map_of(&data);
    window.tab_until(|window| window.has_focus(PICTURE));
    window.press(Named::Home);
    window.press(Named::ArrowRight);
    window.press(Named::ArrowRight);
    window.press(Named::Enter);
    window.must_show("Åbn reglen");
    window.close();
}

/// Mail that comes in, and edits elsewhere, give the same nodes other places in the picture.
#[test]
fn what_is_dragged_stays_what_it_was_when_the_picture_changes_meanwhile() {
    let data = town();
    let mut window = map_of(&data);
    let (from, to) = (window.node("Pladsanvisningen"), window.node("Jobcenter"));
    window.drag(from, to);
    window.mouse_up();
    window.click("Gem i kladden");
    window.must_show("1 ændring ikke udgivet");
    window.click("Kort");
    window.must_show_part("5 Kontaktpunkt");
    let (from, to) = (window.node("Pladsanvisningen"), window.node("Jobcenter"));
    window.drag(from, to);
    window.undo();
    window.must_show("Alt er udgivet");
    let to = window.node("Jobcenter");
    window.point_at(to);
    window.must_show("Pladsanvisningen → Jobcenter");
    window.mouse_up();
    window.must_show("Ny regel");
    assert_eq!(window.text_in("rule-value"), "Pladsanvisningen");
    window.close();
}

#[test]
fn where_no_rule_applies_one_is_begun_and_nothing_else_is_offered() {
    let data = town_with(|authority| authority.rules.clear());
    let mut window = Window::open(data.path());
    window.click("Kort");
    window.must_show("Ingen regler gælder den dag. Al post går til opsamlingssystemet.");
    assert!(window.icons(Icon::ImageDown).is_empty(), "there is no picture");
    window.click("Ny regel");
    window.must_show("Regelelement");
    // Nothing is in it yet but what it may look like.
    assert_eq!(window.text_in("rule-value"), "Navn, nummer eller id");
    window.close();
}

#[test]
fn mail_is_seen_to_go_to_the_default_recipient_where_no_rule_applies() {
    let data = data();
    let mut window = sample_with_two_messages(&data);
    window.click("Fordelingsregler");
    window.ctrl("a");
    window.press(Named::Delete);
    window.click("Kort");
    window.must_show("ESDH – sager og dokumenter");
    window.must_not_show("Ingen regler gælder den dag. Al post går til opsamlingssystemet.");
    window.close();
}

#[test]
fn values_of_the_same_name_are_told_apart() {
    let data = town_with(|authority| {
        authority.rules.clear();
        let always = Validity::new(date(2020, 1, 1), None).expect("a validity");
        let to = FagsystemId::new("jobcenter").expect("an id");
        let mut points = authority.contact_points.iter_mut().take(2);
        let ids: Vec<_> = points.by_ref().map(|point| point.id.clone()).collect();
        authority.contact_points.iter_mut().take(2).for_each(|point| point.title = "Borgerservice".to_owned());
        let points = ids.into_iter().map(Criterion::ContactPoint);
        let types = [PostType::Authority, PostType::Company, PostType::Unspecified].map(Criterion::NoContactPoint);
        let cvr: Cvr = "10101010".parse().expect("a number");
        let ends = [Criterion::SenderCvr(cvr), Criterion::RecipientCvr(authority.cvr)];
        for (number, criterion) in (1..).zip(points.chain(types).chain(ends)) {
            let priority = Priority::new(number).expect("not 0");
            authority.rules.push(Rule::new(priority, criterion, to.clone(), always).into());
        }
    });
    let ids = in_force(&data).authorities[0].contact_points.iter().take(2).map(|point| point.id.to_string()).collect();
    let ids: Vec<String> = ids;
    let mut window = map_of(&data);
    for words in [
        "Myndighedspost uden kontaktpunkt",
        "Virksomhedspost uden kontaktpunkt",
        "Posttype ikke angivet, intet kontaktpunkt",
        "Afsenders CVR-nr.",
        "Modtagers CVR-nr.",
    ] {
        window.must_show(words);
    }
    for id in ids {
        window.must_show(&format!("Kontaktpunkt {id}"));
    }
    window.close();
}

fn many(authority: &mut Authority) {
    for number in 0..500_u32 {
        let criterion = match number % 2 {
            0 => Criterion::ContactPoint(Caseless::new(&format!("punkt-{number}"))),
            _ => Criterion::Kle(format!("{:02}.{:02}", number % 90, number % 60).parse().expect("a number")),
        };
        let always = Validity::new(date(2020, 1, 1), None).expect("a validity");
        let priority = Priority::new(1000 + number).expect("a number");
        let to = FagsystemId::new("jobcenter").expect("an id");
        let to = authority.fagsystem(&to).map_or(authority.default_fagsystem.clone(), |it| it.id.clone());
        authority.rules.push(Rule::new(priority, criterion, to, always).into());
    }
}

#[test]
fn keys_stay_in_the_picture_when_a_bundle_is_opened() {
    let data = town_with(many);
    let mut window = map_of(&data);
    let bundle = window.find("Tryk for at se det nærmere").center();
    window.click_at(bundle);
    window.must_show("Hele fordelingen");
    assert!(window.has_focus(PICTURE), "the keys are still in the picture");
    window.press(Named::End);
    window.press(Named::Enter);
    window.must_show("Åbn fagsystemet");
    window.close();
}

#[test]
fn many_rules_are_gathered_into_bundles_that_open() {
    let data = town_with(many);
    let mut window = map_of(&data);
    let bundle = window.find("Tryk for at se det nærmere").center();
    window.click_at(bundle);
    window.must_show("Hele fordelingen");
    window.must_not_show("Ellers");
    window.press(Named::Escape);
    window.must_show("Ellers");
    window.click_at(bundle);
    window.click("Hele fordelingen");
    window.must_show("Ellers");
    window.close();
}

#[test]
fn what_the_draft_moves_is_told_at_the_fagsystems() {
    let data = data();
    let mut window = sample_with_two_messages(&data);
    window.click("Fordelingsregler");
    window.click_rule(10);
    window.choose("rule-fagsystem", "J");
    window.ctrl("s");
    window.click("Kort");
    window.wait_until(|window| window.shows_part("2 meddelelser de sidste 30 dage"));
    window.must_show("+2 i forhold til udgivelsen");
    window.must_show("−2 i forhold til udgivelsen");
    window.must_show("2 går et andet sted hen end efter udgivelsen");
    window.must_show("Bevis");
    window.click("Ændringer");
    window.close();
}

#[test]
fn the_overview_has_the_map_small_and_leads_to_it() {
    let data = data();
    let mut window = sample_with_two_messages(&data);
    window.click("Overblik");
    window.must_show("Åbn kortet");
    window.click("Åbn kortet");
    window.must_show_part("Kort over fordelingen hos");
    window.close();
}

#[test]
fn on_another_day_the_map_and_its_proof_are_of_that_day() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(10);
    window.choose("rule-fagsystem", "J");
    window.fill("rule-from", "01-01-2099");
    window.ctrl("s");
    look_at(&mut window, "01-01-2099");
    window.click("Kort");
    window.must_show_part("pr. 01-01-2099");
    window.must_show_part("Post til kontaktpunktet Pladsanvisningen: Dagtilbud og pladsanvisning → Jobcenter");
    window.must_show_part("Fra og med 01-01-2099: Intet andet skifter fagsystem, på nogen dag.");
    window.must_show("Noget af det, den får, går et andet sted hen efter udgivelsen");
    window.close();
}
