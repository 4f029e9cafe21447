//! *Filer*: what comes in from files, after a comparison, and goes out to them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced_test::core::keyboard::key::Named;
use jiff::Timestamp;
use postfordeler::desktop::Message;
use postfordeler::exchange::{Package, read_configuration, read_package, write_configuration, write_package};
use postfordeler::rules::{Authority, Fagsystem, FagsystemId, Rule};
use tempfile::TempDir;

use super::town::*;
use super::window::Window;

/// A window on *Filer*.
fn files(data: &TempDir) -> Window {
    let mut window = rules(data);
    window.click("Filer");
    window.must_show("Hent ind");
    window
}

fn read(window: &mut Window, path: &Path) {
    window.fill("files-in", &path.display().to_string());
    window.key(Named::Enter);
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
    window.must_show("Alt er udgivet");
    window.click("Lad være");
    window.must_show("Hent ind");
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
    window.must_show_part("Filen kan ikke læses: ");
    window.close();
}

#[test]
fn files_dropped_on_the_window_are_read_together() {
    let data = town();
    let one = configuration(&data, "en.json", |_| {});
    let other = configuration(&data, "to.json", |_| {});
    let mut window = rules(&data);
    window.tell(Message::Dropped(vec![one.clone()]));
    window.must_show("Hvad en.json ændrer");
    window.tell(Message::Dropped(vec![other]));
    window.must_show("Hvad en.json, to.json ændrer");
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
    window.look();
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
    window.click("Skriv filen");
    window.must_show_part("findes allerede");
    window.close();
}

#[test]
fn chosen_rules_go_to_another_environment_as_a_package() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(10);
    window.key_with(iced_test::core::keyboard::Modifiers::SHIFT, Named::ArrowDown);
    window.click("Lav pakke …");
    let path = data.path().join("pakke.json");
    window.fill("files-out-environment", "Test");
    window.fill("files-out", &path.display().to_string());
    window.click("Skriv filen");
    window.must_show(&format!("Skrevet til {}", path.display()));
    let package = read_package(&fs::read(&path).expect("a file")).expect("a package");
    assert_eq!((package.environment.as_str(), package.is_whole), ("Test", false));
    let rules: Vec<_> = package.authority.rules.iter().map(|rule| rule.priority.get()).collect();
    assert_eq!(rules, [10, 20]);
    window.close();
}

/// A package from a test environment: its fagsystem `test-bolig` is not here, its `byggesag` has another endpoint.
fn package(data: &TempDir) -> PathBuf {
    let mut authority = in_force(data).authorities.remove(0);
    let bolig = Fagsystem::new(id("test-bolig"), "Bolig", "https://test.example/bolig".parse().expect("an address"));
    authority.fagsystems.push(bolig);
    for fagsystem in &mut authority.fagsystems {
        fagsystem.endpoint = format!("https://test.example/{}", fagsystem.id).parse().expect("an address");
    }
    let mut first = Rule::clone(&authority.rules[0]);
    first.fagsystem = id("test-bolig");
    authority.rules[0] = Arc::new(first);
    authority.rules.truncate(2);
    let path = data.path().join("pakke.json");
    let package = Package::of(&authority, None, "Test", Timestamp::UNIX_EPOCH);
    fs::write(&path, write_package(&package)).expect("written");
    path
}

#[test]
fn a_package_comes_in_once_it_is_said_what_its_fagsystems_are_here() {
    let data = town();
    let path = package(&data);
    let mut window = files(&data);
    read(&mut window, &path);
    window.must_show("Pakken har 2 regler fra Test. Sig, hvad der her svarer til det, de nævner.");
    window.must_show("Vælg et fagsystem her for hvert af pakkens, så vises det, der ændres.");
    window.click("Tag ind i kladden");
    window.must_show("Alt er udgivet");
    window.choose_nth("transfer-fagsystem-1", 0);
    window.must_not_show("Vælg et fagsystem her for hvert af pakkens, så vises det, der ændres.");
    window.must_show_part("Regel 10 sender nu Kontaktpunkt Pladsanvisningen til Byggesag i stedet for ");
    // A new one needs an address of this environment: that of the test is never used.
    window.key(Named::End);
    window.must_show("Skriv adressen i dette miljø. Pakkens egen bruges ikke.");
    window.must_show("Vælg et fagsystem her for hvert af pakkens, så vises det, der ændres.");
    window.fill("transfer-endpoint-1", "https://bolig.example/");
    window.must_show_part("Nyt fagsystem Bolig: https://bolig.example/");
    window.click("Tag ind i kladden");
    window.must_show("Taget ind fra pakke.json");
    window.must_show("2 ændringer ikke udgivet");
    window.close();
    let draft = store(&data).draft().expect("readable").book.expect("a draft");
    let endpoints: Vec<_> = draft.authorities[0].fagsystems.iter().map(|it| it.endpoint.as_str()).collect();
    assert!(endpoints.iter().all(|endpoint| !endpoint.contains("test.example")), "{endpoints:?}");
}

/// At which place of the list what goes out stands.
const KIND_CONFIGURATION: usize = 6;

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
    window.click("Begynd med det");
    window.must_show("10 regler · den øverste, der passer, bestemmer");
    assert_eq!(in_force(&data).authorities[0].name, "Filby Kommune");
    window.close();
}
