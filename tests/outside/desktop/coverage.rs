//! *Dækning*: who gets mail by its number, and rules for what nobody takes.

use std::time::{Duration, Instant};

use iced_test::core::keyboard::key::Named;
use jiff::SignedDuration;
use postfordeler::rules::{
    Criterion, Facts, FagsystemId, KlePlan, Priority, Rule, Segment, Sender, SenderKind, Validity,
};
use postfordeler::store::{Journal, JournalEntry};
use tempfile::TempDir;

use super::kle::plan;
use super::overview::{Sent, entry, sent};
use super::town::*;
use crate::support::block_on;
use crate::window::Window;

const PICTURE: &str = "coverage-picture";

fn shown(data: &TempDir) -> Window {
    let mut window = Window::open_at(data.path(), noon);
    window.click("Dækning");
    window
}

fn rule(number: u32, kle: &str, segment: Segment) -> Rule {
    Rule {
        segment,
        ..Rule::new(
            Priority::new(number).expect("not zero"),
            Criterion::Kle(kle.parse().expect("KLE")),
            FagsystemId::new("esdh").expect("an id"),
            Validity::new(jiff::civil::date(2026, 1, 1), None).expect("no end"),
        )
    }
}

/// Messages from citizens to the town with these numbers.
fn came(data: &TempDir, numbers: &[(&str, usize)]) {
    let store = store(data);
    let publication = store.newest_publication_number().expect("readable").expect("a publication");
    let journal = Journal::start(&store).expect("the journal starts");
    let town = in_force(data).authorities[0].cvr;
    let all = numbers.iter().flat_map(|(number, count)| std::iter::repeat_n(number, *count));
    for (at, number) in all.enumerate() {
        let facts = Facts { kle: number.parse().ok(), ..Facts::new(Sender::Person, town) };
        let it = Sent { ago: SignedDuration::from_hours(30), ..sent("esdh") };
        let entry = JournalEntry { facts: Some((facts, SenderKind::Person)), ..entry(&it, publication, at) };
        block_on(journal.record(entry)).expect("it is written");
    }
}

#[test]
fn a_press_on_what_no_rule_takes_leads_to_a_rule_for_it() {
    let data = town();
    let mut window = shown(&data);
    window.must_show("Kun hovedgrupperne er kendt. Med KL's plan ses også grupper og emner.");
    window.must_show("Ingen post med KLE-nummer de sidste 30 dage: delene er lige store.");
    window.click("02 Byggeri");
    window.must_show_part("Går til opsamlingssystemet, ESDH – sager og dokumenter");
    window.click("Ny regel for 02");
    assert_eq!(window.text_in("rule-value"), "02");
    window.close();
}

#[test]
fn a_part_of_a_main_group_begins_a_rule_for_just_that_interval() {
    let data = town();
    let mut window = shown(&data);
    // Rule 80 takes 32.00 - 32.45 alone; the rest stands beside it.
    window.click("32 Kontante ydelser");
    window.click("32.46 - 32.99 Del af Kontante ydelser");
    window.click("Ny regel for 32.46 - 32.99");
    assert_eq!(
        (window.text_in("rule-value"), window.text_in("rule-value-end")),
        ("32.46".to_owned(), "32.99".to_owned())
    );
    window.close();
}

#[test]
fn what_a_rule_takes_says_so_and_leads_to_it() {
    let data = town();
    let mut window = shown(&data);
    window.click("28 Dagtilbud");
    window.must_show_part("Går til Dagtilbud og pladsanvisning ved regel 70");
    window.click("Åbn regel 70");
    assert_eq!(window.text_in("rule-value"), "28");
    window.close();
}

#[test]
fn the_keyboard_leads_through_the_plan_and_each_part_says_itself() {
    let data = town();
    store(&data).save_kle_plan(&plan()).expect("it is kept");
    let mut window = shown(&data);
    window.tab_until(|window| window.has_focus(PICTURE));
    window.press(Named::ArrowDown);
    window.must_show_part("00 Kommunens styrelse: Ingen meddelelser de sidste 30 dage. Går til opsamlingssystemet");
    window.press(Named::End);
    window.press(Named::Home);
    window.press(Named::Enter);
    // One level in: the groups of 00, and the way back.
    window.must_show("Ny regel for 00");
    window.must_show_part("00.01 ");
    window.press(Named::Backspace);
    window.must_show("28 Dagtilbud");
    window.press(Named::Enter);
    window.press(Named::Escape);
    window.must_show("28 Dagtilbud");
    window.close();
}

#[test]
fn the_draft_is_followed_while_it_is_written() {
    let data = town();
    let mut window = shown(&data);
    window.click("02 Byggeri");
    window.click("Ny regel for 02");
    window.choose("rule-fagsystem", "Byggesag");
    window.ctrl("s");
    window.click("Dækning");
    window.must_show_part("Går til Byggesag");
    window.undo();
    window.must_show_part("Går til opsamlingssystemet");
    window.close();
}

#[test]
fn mail_makes_parts_large_and_the_uncovered_ones_come_first_in_the_list() {
    let data = town();
    came(&data, &[("02.34.02", 7), ("28.06.00", 30), ("05.01.00", 9), ("99.01.00", 2)]);
    let mut window = shown(&data);
    let size = |window: &mut Window, words: &str| {
        let place = window.find(words);
        place.width * place.height
    };
    assert!(size(&mut window, "28 Dagtilbud") > 3.0 * size(&mut window, "02 Byggeri"));
    assert!(size(&mut window, "02 Byggeri") > 2.0 * size(&mut window, "03 Boliger"));
    window.must_show_part("2 af meddelelserne havde et nummer, som planen ikke har");
    // In the list beside the picture.
    let places = ["05 Veje og trafik", "02 Byggeri", "99 Ikke i planen", "00 Kommunens styrelse"]
        .map(|words| window.find_all(words).pop().expect("it is listed").y);
    assert!(places.is_sorted(), "{places:?}");
    window.click("Lige store");
    let even = size(&mut window, "28 Dagtilbud") / size(&mut window, "03 Boliger");
    assert!((0.7..1.4).contains(&even), "{even}");
    window.close();
}

#[test]
fn a_segment_is_told_from_the_rest() {
    let data = town_with(|authority| authority.rules.push(rule(110, "29", Segment::Company).into()));
    let mut window = shown(&data);
    window.click("29 Sundhed");
    window.must_show_part("Fra virksomheder: går til ESDH – sager og dokumenter ved regel 110");
    window.must_show_part("Fra personer og myndigheder: går til opsamlingssystemet");
    window.close();
}

#[test]
fn form_has_its_service_areas() {
    let data = town_with(|authority| {
        authority.rules.retain(|rule| !matches!(rule.criterion, Criterion::Form(_)));
    });
    let mut window = shown(&data);
    window.click("FORM");
    window.must_show("Kun FORM's 34 serviceområder er indbygget. Under dem ses de intervaller, reglerne nævner.");
    window.must_show_part("Ingen regel ser på FORM");
    window.click("24 Dagtilbud");
    window.click("Ny regel for 24");
    assert_eq!(window.text_in("rule-value"), "24");
    window.close();
}

#[test]
fn a_plan_without_titles_below_leads_to_where_one_is_fetched() {
    let data = town();
    let mut window = shown(&data);
    window.click("Hent KLE-plan …");
    window.must_not_show("Lige store");
    window.must_show_part("Filer");
    window.close();
}

/// As many numbers as the plan that KL publishes has, and a rule on every fourth.
#[test]
fn a_whole_plan_with_ten_thousand_rules_is_shown_at_once() {
    let mut whole = KlePlan::built_in();
    let mains: Vec<_> = whole.entries().map(|(number, _)| number.to_string()).collect();
    let mut subjects = Vec::new();
    for main in &mains {
        for group in 0..8 {
            whole.add(format!("{main}.{group:02}").parse().expect("KLE"), "Gruppe");
            for subject in 0..8 {
                let number = format!("{main}.{group:02}.{subject:02}");
                whole.add(number.parse().expect("KLE"), "Emne med en lang titel");
                subjects.push(number);
            }
        }
    }
    let data = town_with(|authority| {
        authority.rules.clear();
        for at in 0..10_000_usize {
            let number = u32::try_from(at + 1).expect("small");
            let mut rule = rule(number, &subjects[at * 7 % subjects.len()], Segment::Everyone);
            rule.fagsystem = authority.fagsystems[at % authority.fagsystems.len()].id.clone();
            authority.rules.push(rule.into());
        }
    });
    store(&data).save_kle_plan(&whole).expect("it is kept");
    let mut window = Window::open_at(data.path(), noon);
    window.take_longest_update();
    let begun = Instant::now();
    window.click("Dækning");
    window.must_show("28 Dagtilbud");
    println!("shown in {:?}, longest update {:?}", begun.elapsed(), window.take_longest_update());
    let begun = Instant::now();
    window.click("28 Dagtilbud");
    window.must_show_part("28.00 Gruppe");
    println!("looked into in {:?}, longest update {:?}", begun.elapsed(), window.take_longest_update());
    let place = window.field(PICTURE);
    let begun = Instant::now();
    for at in [0.2_f32, 0.4, 0.6, 0.8] {
        window.point_at(iced_test::core::Point::new(place.x + place.width * at, place.center_y()));
        window.picture();
    }
    let frame = begun.elapsed() / 4;
    println!("a frame while pointing in {frame:?}");
    assert!(frame < Duration::from_secs(5), "a frame took {frame:?}");
    window.close();
}
