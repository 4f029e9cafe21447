//! What comes in from files.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use iced_test::core::keyboard::key::Named;
use jiff::Timestamp;
use postfordeler::desktop::{Message, Page};
use postfordeler::exchange::{Package, write_configuration, write_package};
use postfordeler::rules::{Caseless, ContactPoint, Criterion, Fagsystem, FagsystemId, Rule, RuleBook};
use tempfile::TempDir;

use crate::support::small_town;
use crate::window::Window;

/// A file with that name and content, the same for every picture.
fn file(name: &str, content: impl FnOnce() -> Vec<u8>) -> PathBuf {
    static DIRECTORY: OnceLock<TempDir> = OnceLock::new();
    let directory = DIRECTORY.get_or_init(|| TempDir::new().expect("a directory"));
    let path = directory.path().join(name);
    if !path.exists() {
        let unfinished = TempDir::new_in(directory.path()).expect("a directory").keep().join(name);
        fs::write(&unfinished, content()).expect("written");
        fs::rename(unfinished, &path).expect("in its place");
    }
    path
}

fn town() -> RuleBook {
    small_town(([127, 0, 0, 1], 9101).into())
}

pub fn show(window: &mut Window) {
    window.send(Message::Show(Page::Files));
    window.fill("files-out", "/home/kirsten/fordeling-2026-11-23.xlsx");
}

pub fn training_package(window: &mut Window) {
    window.send(Message::Show(Page::Files));
    window.choose_nth("files-out-kind", 8);
    // The form is longer than the window.
    let fields = [
        ("training-package-name", "Fordelingsregler for begyndere"),
        ("files-out", "/home/kirsten/oevelsespakke-2026-11-23.pfoevelse"),
    ];
    for (field, text) in fields {
        window.focus(field);
        window.ctrl("a");
        window.press(Named::Backspace);
        window.type_text(text);
    }
}

pub fn faulty(window: &mut Window) {
    let path = file("konfiguration.json", || {
        let text = write_configuration(&town());
        let text = text.replacen("\"prioritet\": 20", "\"prioritet\": 10", 1).replacen("\"alle\"", "\"enhver\"", 2);
        text.replacen("\"gyldigFra\": \"2", "\"gyldigFra\": \"31-02-2", 1).into_bytes()
    });
    window.send(Message::Dropped(vec![path]));
}

pub fn compared(window: &mut Window) {
    window.send(Message::Dropped(vec![file("konfiguration.json-ny", || {
        let mut book = town();
        let authority = &mut book.authorities[0];
        authority.rules.remove(1);
        let mut changed = Rule::clone(&authority.rules[2]);
        "Aftalt med Byg og Miljø den 12-11-2026".clone_into(&mut changed.note);
        authority.rules[2] = Arc::new(changed);
        "Jobcenter og virksomhedsservice".clone_into(&mut authority.fagsystems[4].name);
        "Skriv her om plads i dagtilbud.".clone_into(&mut authority.contact_points[0].details.description);
        write_configuration(&book).into_bytes()
    })]));
}

/// Of a test environment: a fagsystem is not here, a contact point has another id.
pub fn package(window: &mut Window) {
    window.send(Message::Dropped(vec![file("pakke.json", || {
        let mut authority = town().authorities.remove(0);
        let id = FagsystemId::new("test-bolig").expect("an id");
        let endpoint = "https://test.example/bolig".parse().expect("an address");
        let name = "Boligsystemet i Center for Teknik, Miljø og Ejendomme";
        authority.fagsystems.push(Fagsystem::new(id.clone(), name, endpoint));
        for fagsystem in &mut authority.fagsystems {
            let endpoint = format!("https://test.example/{}/postmodtag", fagsystem.id);
            fagsystem.endpoint = endpoint.parse().expect("an address");
        }
        let there = Caseless::new("0b6e2f84-test");
        let title = authority.contact_points[0].title.clone();
        authority.contact_points[0] = ContactPoint::new(there.clone(), &title, Vec::new());
        let first = Rule { criterion: Criterion::ContactPoint(there), ..Rule::clone(&authority.rules[0]) };
        authority.rules[0] = Arc::new(first);
        authority.rules[1] = Arc::new(Rule { fagsystem: id, ..Rule::clone(&authority.rules[1]) });
        write_package(&Package::of(&authority, None, "Testmiljø", Timestamp::UNIX_EPOCH)).into_bytes()
    })]));
}
