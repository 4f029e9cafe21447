//! *Filer*: what comes in from files, after a comparison, and goes out to them.

mod packages;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};

use iced_test::core::keyboard::key::Named;
use postfordeler::desktop::Message;
use postfordeler::exchange::{Progress, read_configuration, write_configuration, write_workbook};
use postfordeler::rules::{Authority, FagsystemId, KlePlan};
use tempfile::TempDir;

use super::town::*;
use crate::support::small_town;
use crate::window::Window;

/// A window on *Filer*.
fn files(data: &TempDir) -> Window {
    let mut window = rules(data);
    window.click("Filer");
    window.must_show("Hent ind");
    window
}

fn read(window: &mut Window, path: &Path) {
    window.fill("files-in", &path.display().to_string());
    window.press(Named::Enter);
}

/// The published configuration with something changed in it, as a file.
fn configuration(data: &TempDir, name: &str, change: impl FnOnce(&mut Authority)) -> PathBuf {
    let mut book = in_force(data);
    change(&mut book.authorities[0]);
    let path = data.path().join(name);
    fs::write(&path, write_configuration(&book)).expect("written");
    path
}

fn id(text: &str) -> FagsystemId {
    FagsystemId::new(text).expect("an id")
}

#[test]
fn a_configuration_is_compared_before_it_comes_into_the_draft_as_one_step() {
    let data = town();
    let path = configuration(&data, "ny.json", |authority| {
        "Eksempelby".clone_into(&mut authority.name);
        authority.rules.remove(0);
    });
    let mut window = files(&data);
    read(&mut window, &path);
    window.must_show("Hvad ny.json ændrer");
    window.must_show("2 ændringer i forhold til kladden");
    window.must_show("Konfiguration med 1 myndighed og 9 regler");
    window.must_show("Myndigheden hedder nu Eksempelby i stedet for Eksempelby Kommune");
    window.must_show_part("Regel 10 slettes: Post til kontaktpunktet Pladsanvisningen");
    window.must_show("Alt er udgivet");
    window.click("Tag ind i kladden");
    window.must_show("Taget ind fra ny.json");
    window.must_show("2 ændringer ikke udgivet");
    window.must_show("Hent ind");
    window.undo();
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn a_file_that_says_what_the_draft_says_has_nothing_to_take_in() {
    let data = town();
    let path = configuration(&data, "samme.json", |_| {});
    let mut window = files(&data);
    read(&mut window, &path);
    window.must_show("Filen siger det samme som kladden. Der er intet at tage ind.");
    window.click("Tag ind i kladden");
    window.ctrl("s");
    window.must_show("Alt er udgivet");
    window.must_not_show("Hent ind");
    window.click("Lad være");
    window.must_show("Hent ind");
    window.close();
}

#[test]
fn what_was_compared_is_taken_in_or_left_by_a_key() {
    let data = town();
    let path = configuration(&data, "ny.json", |authority| "Ny By".clone_into(&mut authority.name));
    let mut window = files(&data);
    read(&mut window, &path);
    window.press(Named::Escape);
    window.must_show("Hent ind");
    window.must_show("Alt er udgivet");
    read(&mut window, &path);
    window.ctrl("s");
    window.must_show("Taget ind fra ny.json");
    window.must_show("1 ændring ikke udgivet");
    window.close();
}

#[test]
fn every_fault_of_a_configuration_is_told_with_its_place_and_nothing_changes() {
    let data = town();
    let path = configuration(&data, "fejl.json", |_| {});
    let text = fs::read_to_string(&path).expect("a file");
    let text = text.replacen("\"prioritet\": 20", "\"prioritet\": 10", 1).replacen("\"alle\"", "\"enhver\"", 1);
    fs::write(&path, text).expect("written");
    let mut window = files(&data);
    read(&mut window, &path);
    window.must_show("Intet er taget ind. Ret filen, gem den, og læs den igen.");
    window.must_show("myndigheder[0].regler[1].prioritet");
    window.must_show("Prioritet 10 står allerede på myndigheder[0].regler[0].prioritet.");
    window.must_show_part("»enhver« kan ikke stå her. Vælg mellem alle, person, virksomhed, myndighed.");
    window.click("Tag ind i kladden");
    window.must_show("Alt er udgivet");
    // Mended, it is read again.
    configuration(&data, "fejl.json", |authority| "Ny By".clone_into(&mut authority.name));
    window.click("Læs igen");
    window.must_show("Myndigheden hedder nu Ny By i stedet for Eksempelby Kommune");
    window.close();
}

#[test]
fn files_that_are_something_else_or_not_there_are_told() {
    let data = town();
    let (picture, missing) = (data.path().join("billede.png"), data.path().join("mangler.json"));
    fs::write(&picture, b"\x89PNG\r\n").expect("written");
    let mut window = files(&data);
    window.fill("files-in", &format!("{}; {}", picture.display(), missing.display()));
    window.click("Læs");
    window.must_show("billede.png");
    window.must_show_part("Filen er hverken Excel, CSV");
    window.must_show("mangler.json");
    window.must_show("Filen findes ikke. Se efter, om stien er rigtig.");
    window.close();
}

#[test]
fn files_dropped_on_the_window_are_read_together() {
    let data = town();
    let one = configuration(&data, "en.json", |_| {});
    let other = configuration(&data, "to.json", |_| {});
    let mut window = rules(&data);
    window.send(Message::Dropped(vec![one.clone()]));
    window.must_show("Hvad en.json ændrer");
    window.send(Message::Dropped(vec![other]));
    window.must_show("en.json, to.json kan ikke tages ind");
    window.must_show("En pakke eller en konfiguration hentes ind alene.");
    window.close();
}

#[test]
fn what_was_compared_with_another_draft_is_not_taken_in() {
    let data = town();
    let path = configuration(&data, "ny.json", |authority| "Ny By".clone_into(&mut authority.name));
    let mut window = files(&data);
    read(&mut window, &path);
    publish_elsewhere(&data, |authority| {
        authority.rules.remove(0);
    });
    window.poll();
    window.must_show("Kladden er ændret, siden filen blev læst. Læs den igen for at se, hvad den ændrer nu.");
    window.click("Tag ind i kladden");
    window.must_show("Alt er udgivet");
    window.click("Læs igen");
    window.must_show("2 ændringer i forhold til kladden");
    window.click("Tag ind i kladden");
    window.must_show("2 ændringer ikke udgivet");
    window.close();
}

#[test]
fn the_whole_configuration_is_written_and_no_file_is_replaced_unasked() {
    let data = town();
    let mut window = files(&data);
    let path = data.path().join("ud.json");
    window.choose_nth("files-out-kind", KIND_CONFIGURATION);
    window.fill("files-out", &path.display().to_string());
    window.click("Skriv filen");
    window.must_show(&format!("Skrevet til {}", path.display()));
    let read = read_configuration(&fs::read(&path).expect("a file")).expect("a configuration");
    assert_eq!(read, in_force(&data));
    fs::write(&path, "andet").expect("written");
    window.click("Skriv filen");
    window.must_show_part("findes allerede");
    assert_eq!(fs::read_to_string(&path).expect("a file"), "andet");
    window.click("Erstat filen, der står der");
    window.must_show(&format!("Skrevet til {}", path.display()));
    assert!(fs::read_to_string(&path).expect("a file").contains("postfordeler-konfiguration"));
    window.close();
}

/// The positions of the exports in the list.
const KIND_CONFIGURATION: usize = 6;
/// The contact structure of a municipality, as the API lists it.
const STRUCTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/kontaktstruktur/contact-points.json");
const KLE_PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/kle/emneplan-uddrag.xml");

#[test]
fn a_first_start_begins_with_a_workbook_and_a_contact_structure_at_once() {
    let (there, data) = (TempDir::new().expect("a directory"), data());
    let mut book = small_town(([127, 0, 0, 1], 1).into());
    book.authorities[0].cvr = "66137112".parse().expect("a number");
    book.authorities[0].contact_points.clear();
    let path = there.path().join("bog.xlsx");
    let (kle, progress) = (KlePlan::built_in(), Progress::default());
    write_workbook(&path, &book, book.authorities[0].cvr, &kle, &progress).expect("written");
    let mut window = Window::open(data.path());
    window.fill("files-in", &format!("{STRUCTURE}; {}", path.display()));
    window.press(Named::Enter);
    window.must_show("CVR 66137112: 5 fagsystemer, 1 kontaktpunkt og 10 regler");
    window.click("Begynd med det");
    window.must_show("10 regler · den øverste, der passer, bestemmer");
    window.close();
    assert_eq!(in_force(&data).authorities[0].contact_points.len(), 1);
}

#[test]
fn a_contact_structure_alone_fills_in_whose_it_is() {
    let data = data();
    let mut window = Window::open(data.path());
    read(&mut window, Path::new(STRUCTURE));
    assert_eq!(window.text_in("authority-name"), "Albertslund Kommune");
    assert_eq!(window.text_in("authority-cvr"), "66137112");
    window.fill("first-fagsystem", "SBSYS");
    window.fill("first-endpoint", "https://sbsys.example/");
    window.click("Opret myndighed");
    window.must_show_part("Der er ingen regler endnu");
    window.close();
    let book = in_force(&data);
    assert_eq!(
        (book.authorities[0].name.as_str(), book.authorities[0].contact_points.len()),
        ("Albertslund Kommune", 1)
    );
}

#[test]
fn a_first_start_begins_with_a_configuration() {
    let (there, data) = (town(), data());
    let path = configuration(&there, "by.json", |authority| "Filby Kommune".clone_into(&mut authority.name));
    let mut window = Window::open(data.path());
    window.must_show("Har I det i filer?");
    read(&mut window, &path);
    window.must_show("Filby Kommune");
    window.must_show("CVR 01102036: 5 fagsystemer, 6 kontaktpunkter og 10 regler");
    assert_eq!(publications(&data), 0);
    window.press(Named::Escape);
    window.must_not_show("Filby Kommune");
    window.must_show("Har I det i filer?");
    read(&mut window, &path);
    window.click("Begynd med det");
    window.must_show("10 regler · den øverste, der passer, bestemmer");
    assert_eq!(in_force(&data).authorities[0].name, "Filby Kommune");
    window.close();
}

#[test]
fn a_new_authority_is_compared_with_its_rules_and_fagsystems() {
    let data = town();
    let mut book = in_force(&data);
    let mut new = book.authorities[0].clone();
    new.cvr = "11223344".parse().expect("a number");
    new.name = "Ny By".to_owned();
    new.rules.truncate(2);
    new.fagsystems.retain(|fagsystem| ["dagtilbud", "byggesag", "esdh"].contains(&fagsystem.id.as_str()));
    book.authorities.push(new);
    let path = data.path().join("begge.json");
    fs::write(&path, write_configuration(&book)).expect("written");
    let mut window = files(&data);
    read(&mut window, &path);
    window.must_show("1 ændring i forhold til kladden");
    window.must_show("Ny myndighed: Ny By (CVR 11223344) med 2 regler");
    window.must_show("Opsamlingssystemet er ESDH – sager og dokumenter");
    window.must_show_part("Ny regel 10: Post til kontaktpunktet Pladsanvisningen");
    window.must_show_part("Ny regel 20: Post til kontaktgruppen Byg og bolig");
    window.must_show_part("Nyt fagsystem Byggesag: ");
    window.close();
}

#[test]
fn what_cannot_be_seen_is_left_out_of_what_is_pasted_into_a_field() {
    let data = town();
    let mut window = rules(&data);
    window.click("Ny regel");
    window.fill("rule-value", "\u{feff}27.36\u{200b}");
    assert_eq!(window.text_in("rule-value"), "27.36");
    window.close();
}
