//! Messages that travel over *Kort* as they come. Time passes only where a test lets it.

use std::time::Duration;

use iced_test::core::keyboard::key::Named;
use iced_test::core::{Point, Rectangle};
use jiff::{Timestamp, ToSpan};
use postfordeler::rules::{
    AddressedContactPoint, Caseless, CriterionKind, Cvr, Facts, FagsystemId, PostType, Priority, Sender, SenderKind,
};
use postfordeler::store::{Journal, JournalEntry, Outcome, Routed};
use rusqlite::params;
use tempfile::TempDir;

use super::other_day::look_at;
use super::town::*;
use crate::support::{block_on, settled_database};
use crate::window::Window;

const NURSERY: &str = "5f0c2a51-8f43-4d0c-9d6c-1e2b7c9a4d10";
/// So long a message travels, and a little longer.
const JOURNEY: Duration = Duration::from_millis(2_650);
const MOMENT: Duration = Duration::from_millis(130);
const TO_NURSERY: &str = "En person skrev til kontaktpunktet Pladsanvisningen: regel 10 (Kontaktpunkt Pladsanvisningen) gav \
                          meddelelsen til Dagtilbud og pladsanvisning, som accepterede den.";

/// A message to *Pladsanvisningen*, which rule 10 takes.
pub(super) fn entry(data: &TempDir, outcome: Outcome) -> JournalEntry {
    let town: Cvr = in_force(data).authorities[0].cvr;
    let facts = Facts {
        contact_point: Some(AddressedContactPoint { id: Some(Caseless::new(NURSERY)), group: None }),
        post_type: Some(PostType::Unspecified),
        ..Facts::new(Sender::Person, town)
    };
    let routed = Routed {
        publication: store(data).newest_publication_number().expect("readable").expect("a publication"),
        authority: town,
        fagsystem: FagsystemId::new("dagtilbud").expect("an id"),
        priority: Priority::new(10),
        element: Some(CriterionKind::ContactPoint),
    };
    JournalEntry {
        facts: Some((facts, SenderKind::Person)),
        own_names: postfordeler::store::OwnNames { contact_point: true, contact_group: true },
        routed: Some(routed),
        ..JournalEntry::new(noon(), outcome)
    }
}

/// One that no rule takes.
pub(super) fn to_nobody(data: &TempDir) -> JournalEntry {
    let entry = entry(data, Outcome::Accepted);
    let town = in_force(data).authorities[0].cvr;
    let routed = entry.routed.map(|routed| Routed {
        fagsystem: FagsystemId::new("esdh").expect("an id"),
        priority: None,
        element: None,
        ..routed
    });
    JournalEntry { facts: Some((Facts::new(Sender::Person, town), SenderKind::Person)), routed, ..entry }
}

pub(super) fn come(data: &TempDir, entries: impl IntoIterator<Item = JournalEntry>) {
    let journal = Journal::start(&store(data)).expect("it starts");
    for entry in entries {
        block_on(journal.record(entry)).expect("it is written");
    }
}

/// The map with messages that travel.
fn live(data: &TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.click("Kort");
    window.must_show_part("Kort over fordelingen hos");
    window.click("Levende");
    window.must_show("0 undervejs · 0 venter · 0 nået frem");
    window
}

/// A message has come, and the window has seen it.
fn with_one(data: &TempDir, outcome: Outcome) -> Window {
    let mut window = live(data);
    come(data, [entry(data, outcome)]);
    window.poll();
    window
}

trait Travelling {
    /// Where the marks with those words are.
    fn marks(&mut self, words: &str) -> Vec<Rectangle>;
    fn mark(&mut self, words: &str) -> Point;
    fn let_all_arrive(&mut self);
}

impl Travelling for Window {
    fn marks(&mut self, words: &str) -> Vec<Rectangle> {
        self.find_all(words).into_iter().filter(|place| place.width < 60.0 && place.height < 30.0).collect()
    }

    fn mark(&mut self, words: &str) -> Point {
        let marks = self.marks(words);
        assert_eq!(marks.len(), 1, "one mark says it");
        marks[0].center()
    }

    fn let_all_arrive(&mut self) {
        for _ in 0..80 {
            self.pass_time(MOMENT);
        }
    }
}

#[test]
fn a_message_travels_along_its_bands_from_who_writes_to_the_fagsystem() {
    let data = town();
    let mut window = with_one(&data, Outcome::Accepted);
    // From the first mail on, bands are as thick as mail; the reading of it comes with another look.
    window.wait_until(|window| window.shows_part("1 meddelelse de sidste 30 dage"));
    let parts = ["Person", "Person → Pladsanvisningen", "Pladsanvisningen", "Pladsanvisningen → 10 Kontaktpunkt"];
    let more = ["10 Kontaktpunkt", "10 Kontaktpunkt → Dagtilbud og pladsanvisning", "Dagtilbud og pladsanvisning"];
    let places: Vec<Rectangle> = parts.into_iter().chain(more).flat_map(|words| window.find_all(words)).collect();
    let (from, to) = (window.find("Person"), window.find_all("Dagtilbud og pladsanvisning"));
    let begin = window.mark(TO_NURSERY);
    assert!((begin.x - from.x - from.width).abs() < 4.0, "it begins at who writes: {begin:?}, {from:?}");
    let mut before = begin;
    let mut half = None;
    for frame in 0..25 {
        window.pass_time(Duration::from_millis(100));
        let now = window.mark(TO_NURSERY);
        assert!(now.x > before.x, "it goes on to the right");
        let near = places.iter().any(|place| place.expand(2.0).contains(now));
        assert!(near, "it is on its way: {now:?} is in none of {places:?}");
        half = if frame == 12 { Some(now) } else { half };
        before = now;
    }
    let rule = window.find("Pladsanvisningen");
    assert!(half.is_some_and(|half| half.x > rule.x), "half of the way lies behind it");
    assert!(to.iter().any(|to| (to.x - before.x).abs() < 60.0), "it ends at the fagsystem");
    window.pass_time(Duration::from_millis(200));
    assert!(window.marks(TO_NURSERY).is_empty(), "it has arrived");
    window.must_show("0 undervejs · 0 venter · 1 nået frem");
    window.must_show("+1");
    window.must_show(TO_NURSERY);
    window.pass_time(Duration::from_millis(2_600));
    window.must_not_show("+1");
    window.close();
}

#[test]
fn each_says_why_it_went_there_and_leads_to_its_story() {
    let data = town();
    let mut window = live(&data);
    come(&data, [to_nobody(&data), entry(&data, Outcome::Accepted)]);
    window.poll();
    window.pass_time(2 * MOMENT);
    let nobodys = "En person skrev: ingen regel tog meddelelsen, så den gik til opsamlingssystemet ESDH – sager og dokumenter, \
                   som accepterede den.";
    window.must_show(nobodys);
    let mark = window.mark(TO_NURSERY);
    window.click_at(mark);
    window.click("Åbn meddelelsen");
    window.must_show("Dagtilbud og pladsanvisning");
    window.must_show_part("Regel 10");
    window.close();
}

#[test]
fn what_became_of_a_message_is_said_in_words_and_by_shape() {
    let mut pictures = Vec::new();
    for (outcome, words) in [
        (Outcome::Accepted, "som accepterede den."),
        (Outcome::Rejected, "som afviste den."),
        (Outcome::Unavailable, "som ikke fik den (Utilgængeligt). Digital Post sender den igen."),
        (Outcome::Unknown, "Det er uvist, om fagsystemet fik den."),
        (Outcome::UnderWay, "som ikke har svaret endnu."),
    ] {
        let data = town();
        let mut window = with_one(&data, outcome);
        window.pass_time(MOMENT);
        window.must_show_part(words);
        let mark = window.texts().into_iter().find(|text| text.words.contains(words) && text.bounds.width < 60.0);
        let bounds = mark.expect("it travels").bounds;
        let picture = window.picture();
        pictures.push((outcome, shape_of(&picture, bounds)));
        window.close();
    }
    for (at, (outcome, shape)) in pictures.iter().enumerate() {
        let same = pictures[..at].iter().find(|(_, other)| other == shape);
        assert!(same.is_none(), "{outcome:?} has the shape of {:?}", same.map(|(outcome, _)| outcome));
    }
}

/// Which pixels of a place are light, whatever colour they have.
fn shape_of(picture: &crate::window::Picture, bounds: Rectangle) -> Vec<bool> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places have whole pixels")]
    let (left, top) = (bounds.center_x().round() as u32 - 12, bounds.center_y().round() as u32 - 12);
    let places = (top..top + 24).flat_map(|y| (left..left + 24).map(move |x| (x, y)));
    let pixel = |(x, y): (u32, u32)| {
        let at = 4 * (y * picture.width + x) as usize;
        picture.rgba[at..at + 3].iter().map(|part| u32::from(*part)).sum::<u32>() > 600
    };
    places.map(pixel).collect()
}

#[test]
fn what_is_not_answered_waits_at_the_fagsystem() {
    let data = town();
    let mut window = with_one(&data, Outcome::UnderWay);
    window.let_all_arrive();
    window.must_show("1 undervejs · 0 venter · 0 nået frem");
    window.must_show_part("som ikke har svaret endnu.");
    let journal = settled_database(data.path());
    journal.execute("UPDATE journal SET outcome = 'fagsystem.afvist'", params![]).expect("it is written");
    window.poll();
    window.pass_time(MOMENT);
    window.must_show("0 undervejs · 0 venter · 1 nået frem");
    window.must_show_part("som afviste den.");
    window.close();
}

#[test]
fn the_space_bar_stops_all_and_lets_them_go_on() {
    let data = town();
    let mut window = with_one(&data, Outcome::Accepted);
    window.pass_time(Duration::from_millis(800));
    window.press(Named::Space);
    window.must_show("Fortsæt (mellemrum)");
    let stopped = window.mark(TO_NURSERY);
    window.pass_time(JOURNEY);
    assert_eq!(window.mark(TO_NURSERY), stopped, "it stands still");
    come(&data, [to_nobody(&data)]);
    window.poll();
    window.must_show("1 undervejs · 1 venter · 0 nået frem");
    window.press(Named::Space);
    window.pass_time(Duration::from_millis(100));
    assert!(window.mark(TO_NURSERY).x > stopped.x, "it goes on from there");
    window.must_show("2 undervejs · 0 venter · 0 nået frem");
    window.let_all_arrive();
    window.must_show("0 undervejs · 0 venter · 2 nået frem");
    window.close();
}

#[test]
fn step_by_step_each_travels_alone_and_is_told() {
    let data = town();
    let mut window = live(&data);
    window.press(Named::Space);
    come(&data, [entry(&data, Outcome::Accepted), to_nobody(&data), entry(&data, Outcome::Rejected)]);
    window.poll();
    window.must_show("0 undervejs · 3 venter · 0 nået frem");
    window.press("n");
    window.must_show("1 undervejs · 2 venter · 0 nået frem");
    window.must_show(TO_NURSERY);
    window.pass_time(JOURNEY);
    window.must_show("0 undervejs · 2 venter · 1 nået frem");
    window.must_show(TO_NURSERY);
    window.click("Næste (N)");
    window.must_show_part("ingen regel tog meddelelsen");
    // The next one does not wait until this one is there.
    window.press("n");
    window.must_show("1 undervejs · 0 venter · 2 nået frem");
    window.must_show_part("som afviste den.");
    window.pass_time(JOURNEY);
    window.press("n");
    window.must_show("0 undervejs · 0 venter · 3 nået frem");
    window.close();
}

#[test]
fn what_has_begun_to_travel_comes_first_when_one_goes_on_by_steps() {
    let data = town();
    let mut window = with_one(&data, Outcome::Accepted);
    window.pass_time(Duration::from_millis(800));
    come(&data, [to_nobody(&data)]);
    window.press("n");
    window.poll();
    window.must_show("1 undervejs · 1 venter · 0 nået frem");
    let before = window.mark(TO_NURSERY);
    window.pass_time(Duration::from_millis(300));
    assert!(window.mark(TO_NURSERY).x > before.x, "it travels");
    window.close();
}

#[test]
fn what_is_more_than_fifty_is_gathered_and_none_is_lost() {
    let data = town();
    let mut window = live(&data);
    come(&data, (0..50).map(|_| entry(&data, Outcome::Accepted)));
    come(&data, (0..30).map(|_| to_nobody(&data)));
    window.poll();
    window.pass_time(MOMENT);
    window.must_show("50 undervejs · 30 venter · 0 nået frem");
    for _ in 0..23 {
        window.pass_time(MOMENT);
    }
    window.must_show_part("30 meddelelser samme vej. Den seneste:");
    window.let_all_arrive();
    window.must_show("0 undervejs · 0 venter · 80 nået frem");
    window.close();
}

#[test]
fn so_many_wait_and_the_others_are_counted() {
    let data = town();
    let mut window = live(&data);
    window.press(Named::Space);
    come(&data, (0..200).map(|_| entry(&data, Outcome::Accepted)));
    // There is no one like it that waits already.
    come(&data, (0..3).map(|_| to_nobody(&data)));
    window.poll();
    window.must_show("0 undervejs · 200 venter · 0 nået frem · 3 kom for hurtigt til at blive vist");
    window.close();
}

#[test]
fn what_came_long_before_the_map_was_shown_does_not_travel_and_what_has_just_come_does() {
    let data = town();
    let old = |before: i64| JournalEntry { received_at: noon() - before.seconds(), ..entry(&data, Outcome::Accepted) };
    come(&data, [old(120), old(40), old(10)]);
    let mut window = Window::open_at(data.path(), noon);
    window.click("Kort");
    window.click("Levende");
    window.pass_time(MOMENT);
    window.must_show("1 undervejs · 0 venter · 0 nået frem");
    window.close();
}

#[test]
fn a_message_without_a_way_on_the_map_says_why() {
    for (change, words) in [
        (
            Box::new(|entry: &mut JournalEntry| {
                entry.routed = None;
                entry.outcome = Outcome::UnknownRecipient;
            }) as Box<dyn Fn(&mut JournalEntry)>,
            "En person skrev til kontaktpunktet 5f0c2a51-8f43-4d0c-9d6c-1e2b7c9a4d10: routeren afviste meddelelsen, før nogen regel \
             blev spurgt (Ukendt modtager). Derfor har den ingen vej på kortet.",
        ),
        (
            Box::new(|entry: &mut JournalEntry| {
                entry.routed.as_mut().expect("decided").authority = "10101010".parse().expect("a number");
            }),
            "Den er til en anden myndighed end den, kortet viser.",
        ),
        (
            Box::new(|entry: &mut JournalEntry| entry.routed.as_mut().expect("decided").priority = Priority::new(7)),
            "Den regel er ikke den samme på kortet, så dens vej kan ikke vises.",
        ),
        (
            Box::new(|entry: &mut JournalEntry| {
                entry.routed.as_mut().expect("decided").fagsystem = FagsystemId::new("byggesag").expect("an id");
            }),
            "Den regel er ikke den samme på kortet, så dens vej kan ikke vises.",
        ),
    ] {
        let data = town();
        let mut window = live(&data);
        let mut without = entry(&data, Outcome::Accepted);
        change(&mut without);
        come(&data, [without]);
        window.poll();
        window.pass_time(MOMENT);
        window.must_show("0 undervejs · 0 venter · 0 nået frem · 1 uden vej på kortet");
        window.must_show_part(words);
        window.close();
    }
}

#[test]
fn a_message_that_another_publication_decided_has_no_way() {
    let data = town();
    let mut window = live(&data);
    let before = entry(&data, Outcome::Accepted);
    publish_elsewhere(&data, |authority| authority.rules.retain(|rule| rule.priority.get() != 80));
    come(&data, [before]);
    window.poll();
    window.pass_time(MOMENT);
    window.must_show_part("Den blev afgjort efter en anden udgivelse end den, der gælder nu");
    window.close();
}

#[test]
fn a_rule_that_the_draft_changes_is_not_shown_as_the_way_of_what_it_decided() {
    let data = town();
    let mut window = Window::open_at(data.path(), noon);
    window.click("Fordelingsregler");
    window.click_rule(10);
    window.choose("rule-fagsystem", "J");
    window.ctrl("s");
    window.click("Kort");
    window.click("Levende");
    window.must_show_part("Meddelelserne følger udgivelse 1, ikke kladden.");
    come(&data, [entry(&data, Outcome::Accepted)]);
    window.poll();
    window.pass_time(MOMENT);
    window.must_show_part("Den regel er ikke den samme på kortet");
    window.close();
}

#[test]
fn on_another_day_nothing_travels_and_the_map_says_so() {
    let data = town();
    let mut window = live(&data);
    look_at(&mut window, "01-01-2099");
    window.must_show("Kortet er pr. 01-01-2099. Det, der kommer i dag, følger dagens regler og rejser ikke på det.");
    come(&data, [entry(&data, Outcome::Accepted)]);
    window.poll();
    window.pass_time(MOMENT);
    window.must_show_part("Den rejser ikke her, for kortet er pr. 01-01-2099.");
    window.close();
}

#[test]
fn whether_messages_travel_is_remembered_and_offered_in_the_palette() {
    let data = town();
    let mut window = Window::open_at(data.path(), noon);
    window.click("Kort");
    window.must_not_show("Næste (N)");
    let offered = |window: &Window, words: &str| window.actions().iter().any(|(name, _)| name == words);
    assert!(!offered(&window, "Kort: Lad den næste meddelelse rejse alene"), "there is nothing to step through");
    window.click("Levende");
    window.must_show("Næste (N)");
    assert!(offered(&window, "Kort: Lad den næste meddelelse rejse alene"));
    assert!(offered(&window, "Kort: Stands meddelelserne på kortet, eller lad dem fortsætte"));
    window.close();
    let mut window = Window::open_at(data.path(), Timestamp::now);
    window.click("Kort");
    window.must_show("Næste (N)");
    window.click("Levende");
    window.must_not_show("Næste (N)");
    window.close();
}

#[test]
fn a_queue_that_people_have_stopped_is_there_when_they_come_back() {
    let data = town();
    let mut window = live(&data);
    window.press(Named::Space);
    come(&data, [entry(&data, Outcome::Accepted), to_nobody(&data)]);
    window.poll();
    window.click("Fagsystemer");
    come(&data, [to_nobody(&data)]);
    window.poll();
    window.click("Kort");
    window.must_show("0 undervejs · 3 venter · 0 nået frem");
    window.close();
}

/// The space bar presses what the keys are at in other pictures.
#[test]
fn the_space_bar_stops_them_while_the_keys_are_in_the_picture() {
    let data = town();
    let mut window = live(&data);
    window.tab_until(|window| window.has_focus("map-picture"));
    window.press(Named::Home);
    window.press(Named::Space);
    window.must_show("Fortsæt (mellemrum)");
    window.close();
}

#[test]
fn the_picture_is_drawn_anew_in_one_area_and_each_of_its_lines_within_bounds_of_its_own() {
    let data = town();
    let mut window = live(&data);
    come(&data, (0..40).map(|_| entry(&data, Outcome::Accepted)));
    window.poll();
    window.pass_time(4 * MOMENT);
    window.must_show_part("40 undervejs");
    let all = window.frame();
    assert_eq!(all.len(), 1, "the first frame is drawn as a whole");
    let picture = window.field("map-picture").expand(30.0);
    for _ in 0..4 {
        window.pass_time(Duration::from_millis(16));
        let areas = window.frame();
        assert!(areas.len() == 1 && areas[0].is_within(&picture), "{areas:?} of {picture:?}");
    }
    let lines = window.drawn_lines();
    let wide: Vec<_> =
        lines.iter().filter(|(line, within)| picture.contains(line.position()) && within.height > 40.0).collect();
    assert!(!lines.is_empty() && wide.is_empty(), "the toolkit draws them by way of a mask: {wide:?}");
    window.close();
}
