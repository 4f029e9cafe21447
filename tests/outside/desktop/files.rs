//! *Filer*: what comes in from files, after a comparison, and goes out to them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced_test::core::keyboard::key::Named;
use jiff::Timestamp;
use postfordeler::desktop::Message;
use postfordeler::exchange::{
    Package, Progress, read_configuration, read_package, write_configuration, write_package, write_workbook,
};
use postfordeler::rules::{Authority, Fagsystem, FagsystemId, KlePlan, Rule};
use postfordeler::training::sample_book;
use tempfile::TempDir;

use super::town::*;
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

#[test]
fn chosen_rules_go_to_another_environment_as_a_package() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(10);
    window.press_with(iced_test::core::keyboard::Modifiers::SHIFT, Named::ArrowDown);
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
    window
        .must_show("Pakken har 2 regler fra Test til Eksempelby Kommune. Sig, hvad der her svarer til det, de nævner.");
    window.must_show("Vælg et fagsystem her for hvert af pakkens, så vises det, der ændres.");
    window.click("Tag ind i kladden");
    window.must_show("Alt er udgivet");
    window.choose_nth("transfer-fagsystem-1", 0);
    window.must_not_show("Vælg et fagsystem her for hvert af pakkens, så vises det, der ændres.");
    window.must_show_part("Regel 10 sender nu Kontaktpunkt Pladsanvisningen til Byggesag i stedet for ");
    // A new one needs an address of this environment: that of the test is never used.
    window.press(Named::End);
    window.press(Named::Enter);
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

/// At which places of the list what goes out stands.
const KIND_CONFIGURATION: usize = 6;
const KIND_CSV_RULES: usize = 1;

/// The contact structure of a municipality, as the API lists it.
const STRUCTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/kontaktstruktur/contact-points.json");
const KLE_PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/kle/emneplan-uddrag.xml");

#[test]
fn a_package_comes_into_the_authority_that_it_was_opened_for() {
    let data = town();
    publish_elsewhere_in(&data, |book| {
        let mut other = book.authorities[0].clone();
        other.cvr = "66137112".parse().expect("a number");
        "Naboby Kommune".clone_into(&mut other.name);
        other.rules.clear();
        book.authorities.push(other);
    });
    let path = package(&data);
    let mut window = files(&data);
    read(&mut window, &path);
    window.choose_nth("authority", 1);
    window.choose_nth("transfer-fagsystem-1", 0);
    window.must_show_part("Pakken har 2 regler fra Test til Eksempelby Kommune.");
    window.click("Tag ind i kladden");
    window.close();
    let draft = store(&data).draft().expect("readable").book.expect("a draft");
    assert_eq!(draft.authorities[1].rules.len(), 0);
    assert_eq!(draft.authorities[0].rules[0].fagsystem, id("byggesag"));
}

#[test]
fn chosen_rules_are_packed_as_they_were_when_they_were_chosen() {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(10);
    window.press_with(iced_test::core::keyboard::Modifiers::SHIFT, Named::ArrowDown);
    window.click("Lav pakke …");
    publish_elsewhere(&data, |authority| authority.renumber(&authority.clone().spread_evenly()));
    publish_elsewhere(&data, |authority| {
        authority.rules.remove(0);
    });
    window.poll();
    let path = data.path().join("pakke.json");
    window.fill("files-out", &path.display().to_string());
    window.click("Skriv filen");
    window.close();
    let package = read_package(&fs::read(&path).expect("a file")).expect("a package");
    let rules: Vec<_> = package.authority.rules.iter().map(|rule| rule.priority.get()).collect();
    assert_eq!(rules, [10, 20]);
}

#[test]
fn the_workbook_goes_out_and_comes_in_again_without_a_difference() {
    let data = town();
    let mut window = files(&data);
    for (kind, name) in [(0, "bog.xlsx"), (KIND_CSV_RULES, "regler.csv"), (2, "fagsystemer.csv"), (3, "punkter.csv")] {
        let path = data.path().join(name);
        window.choose_nth("files-out-kind", kind);
        window.fill("files-out", &path.display().to_string());
        window.click("Skriv filen");
        window.must_show(&format!("Skrevet til {}", path.display()));
        read(&mut window, &path);
        window.must_show("Filen siger det samme som kladden. Der er intet at tage ind.");
        window.click("Lad være");
    }
    window.close();
}

#[test]
fn every_fault_of_a_table_is_told_by_its_cell() {
    let data = town();
    let path = data.path().join("regler.csv");
    let table = "Prioritet;Segment;Regelelement;Regelværdi;Fagsystem;Gyldig fra\r\n\
                 10;alle;KLE;28;Jobcenter;25-10-2020\r\n\
                 10;enhver;KLE;28.1;Nexus;31-02-2020\r\n";
    fs::write(&path, table).expect("written");
    let mut window = files(&data);
    read(&mut window, &path);
    window.must_show("Der er 5 fejl i filen.");
    for cell in ["A3", "B3", "D3", "E3", "F3"] {
        window.must_show(cell);
    }
    window.click("Tag ind i kladden");
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn what_the_analysis_finds_anew_is_told_before_it_comes_in() {
    let data = town();
    let path = data.path().join("regler.csv");
    let table = "Prioritet;Segment;Regelelement;Regelværdi;Fagsystem;Gyldig fra\r\n\
                 10;alle;KLE;28;Jobcenter;25-10-2020\r\n\
                 20;alle;KLE;28.06;Jobcenter;25-10-2020\r\n\
                 30;alle;Kontaktgruppe;Findes ikke;Jobcenter;25-10-2020\r\n\
                 40;alle;Afsender CVR-nr.;12345678;Jobcenter;25-10-2020\r\n";
    fs::write(&path, table).expect("written");
    let mut window = files(&data);
    read(&mut window, &path);
    window.must_show("3 ting at se på i reglerne");
    window.must_show("Regel 20 får aldrig post: Regel 10 tager alt det, den kunne få.");
    window.must_show_part("Kontaktgruppen Findes ikke står ikke på listen.");
    window.must_show("CVR-nr. 12345678: Kontrolcifferet passer ikke.");
    window.click("Tag ind i kladden");
    window.must_show_part("Taget ind fra regler.csv");
    window.close();
}

#[test]
fn what_is_good_to_know_stands_beside_the_faults_and_what_is_odd_at_its_cell() {
    let data = town();
    let path = data.path().join("regler.csv");
    let head = "Prioritet;Segment;Regelelement;Regelværdi;Fagsystem;Gyldig fra\r\n";
    let odd = "10;alle;Kontaktpunkt;Pladsanvisnngen;Jobcenter;25-10-2020\r\n20;alle;Kontaktpunkt;Havnen;Jobcenter;25-10-2020\r\n";
    fs::write(&path, format!("{head}{odd}")).expect("written");
    let mut window = files(&data);
    read(&mut window, &path);
    window.must_show("D2: »Pladsanvisnngen« står ikke på listen. Mente du »Pladsanvisningen«?");
    window.must_show_part("Kontaktpunktet Havnen står ikke på listen.");
    window.must_show("D3 · Regel 20");
    window.click("Lad være");
    fs::write(&path, format!("{head}{odd}0;alle;KLE;27;Jobcenter;25-10-2020\r\n")).expect("written");
    read(&mut window, &path);
    window.must_show("Der er 1 fejl i filen.");
    window.must_show("D2: »Pladsanvisnngen« står ikke på listen. Mente du »Pladsanvisningen«?");
    window.close();
}

#[test]
fn a_contact_structure_comes_in_once_and_tells_whose_it_is() {
    let data = town();
    let mut window = files(&data);
    read(&mut window, Path::new(STRUCTURE));
    window.must_show("Kontaktstruktur med 1 kontaktpunkt på 1 side");
    window
        .must_show("Kontaktstrukturen er for Albertslund Kommune, men den lægges i Eksempelby Kommune (CVR 01102036).");
    // Nothing of ours goes because it is not in somebody else's structure.
    window.must_show("1 ændring i forhold til kladden");
    window.click("Tag ind i kladden");
    read(&mut window, Path::new(STRUCTURE));
    window.must_show("Filen siger det samme som kladden. Der er intet at tage ind.");
    window.close();
}

#[test]
fn a_changed_structure_shows_its_changes() {
    let data = town();
    let mut window = files(&data);
    read(&mut window, Path::new(STRUCTURE));
    window.click("Tag ind i kladden");
    let text = fs::read_to_string(STRUCTURE).expect("a file");
    let text = text.replace("Kontanthjælp og sygedagpenge", "Ydelser").replace("\"active\": false", "\"active\": true");
    let text = text.replace("\"memoSizeThresholdMB\": 10.0", "\"memoSizeThresholdMB\": 20.5");
    let path = data.path().join("ny-side.json");
    fs::write(&path, text).expect("written");
    read(&mut window, &path);
    window.must_show(
        "Kontaktpunktet Kontanthjælp og sygedagpenge hedder nu Ydelser, er nu aktivt og tager nu højst 20,5 MB",
    );
    window.close();
}

#[test]
fn the_kle_plan_counts_once_it_is_taken_in() {
    let data = town();
    let mut window = files(&data);
    read(&mut window, Path::new(KLE_PLAN));
    window.must_show_part("KL's plan af 01-05-2025 med ");
    window.must_show_part("KLE-planen får ");
    window.click("Tag ind i kladden");
    window.must_show("Alt er udgivet");
    window.click("KLE-plan");
    window.must_show_part("KL's plan af 01-05-2025 · ");
    window.click("Filer");
    read(&mut window, Path::new(KLE_PLAN));
    window.must_show("Filen siger det samme som kladden. Der er intet at tage ind.");
    window.close();
}

#[test]
fn a_first_start_begins_with_a_workbook_and_a_contact_structure_at_once() {
    let (there, data) = (TempDir::new().expect("a directory"), data());
    let mut book = sample_book(([127, 0, 0, 1], 1).into());
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
