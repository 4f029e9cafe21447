//! Rules that go to another environment, and come from one.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use iced_test::core::keyboard::key::Named;
use jiff::Timestamp;
use postfordeler::exchange::{Package, read_package, write_package};
use postfordeler::rules::{Fagsystem, Rule};
use tempfile::TempDir;

use super::super::town::*;
use super::{files, id, read};

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
