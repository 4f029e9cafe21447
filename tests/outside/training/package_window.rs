//! Training packages in the window: written on *Filer*, opened there in training, and where training begins again from.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use iced_test::core::keyboard::key::Named;
use postfordeler::desktop::{Message, Page};
use postfordeler::store::Store;
use postfordeler::training::{TrainingPackage, TrainingStart};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::window::Window;

/// The place of the training package among what *Filer* writes.
const KIND_TRAINING: usize = 8;

fn entered(data: &TempDir) -> Window {
    let mut window = Window::open(data.path());
    window.click("Åbn øvelsen");
    window.wait_for("Kører");
    window.send(Message::Show(Page::Files));
    window
}

fn write(window: &mut Window, path: &Path) {
    window.choose_nth("files-out-kind", KIND_TRAINING);
    window.fill("training-package-name", "Fredag");
    window.fill("training-package-count", "3");
    window.fill("files-out", &path.display().to_string());
    window.click("Skriv filen");
    window.must_show_part(&format!("Skrevet til {}: 3 meddelelser og ", path.display()));
}

fn read(window: &mut Window, path: &Path) {
    window.fill("files-in", &path.display().to_string());
    window.press(Named::Enter);
}

#[test]
fn a_package_that_was_written_is_what_training_begins_with_again_and_again() {
    let data = TempDir::new().unwrap();
    let mut window = entered(&data);
    let path = data.path().join("fredag.pfoevelse");
    write(&mut window, &path);
    let mut package = TrainingPackage::read(&fs::read(&path).unwrap()).expect("it can be read");
    assert_eq!((package.name.as_str(), package.messages.len()), ("Fredag", 3));
    "Pakkeby Kommune".clone_into(&mut package.book.authorities[0].name);
    fs::write(&path, package.write().unwrap()).unwrap();
    read(&mut window, &path);
    window.wait_for("Øvelsespakke: Fredag");
    window.must_show("• Pakkeby Kommune");
    window.must_show("• 3 meddelelser");
    window.click("Begynd øvelsen med pakken");
    window.wait_for("Kører");
    window.must_show("Pakkeby Kommune");
    window.click("Nulstil");
    window.wait_for("Kører");
    window.must_show("Pakkeby Kommune");
    let training = data.path().join("training");
    assert!(TrainingStart::messages_in(&training).is_some());
    window.click("Router");
    window.send(Message::Show(Page::Files));
    window.click("Begynd med Eksempelby Kommune");
    window.wait_for("Kører");
    window.must_show("Eksempelby Kommune");
    assert_eq!(TrainingStart::kept_in(&training).unwrap(), TrainingStart::Sample);
    window.close();
}

#[test]
fn what_is_no_package_changes_nothing() {
    let data = TempDir::new().unwrap();
    let mut window = entered(&data);
    let path = data.path().join("andet.pfoevelse");
    fs::write(&path, "noget andet").unwrap();
    read(&mut window, &path);
    window.must_show_part("Filen er ikke en øvelsespakke.");
    window.must_show("Hent ind");
    let training = data.path().join("training");
    assert_eq!(TrainingStart::kept_in(&training).unwrap(), TrainingStart::Sample);
    assert_eq!(Store::open(&training).unwrap().training_beginnings().unwrap(), Some(0));
    window.close();
}

#[test]
fn a_package_that_was_spoilt_meanwhile_is_told_of_and_the_sample_takes_its_place() {
    let data = TempDir::new().unwrap();
    let training = data.path().join("training");
    Store::open(&training).unwrap().dedicate_to_training().unwrap();
    fs::write(training.join("begyndelse.pfoevelse"), "spoilt").unwrap();
    let mut window = Window::open(data.path());
    window.click("Åbn øvelsen");
    window.wait_for("Kører");
    window.must_show_part("Filen er ikke en øvelsespakke.");
    window.must_show("Eksempelby Kommune");
    window.close();
}

#[test]
fn what_is_wrong_in_a_journal_is_told_in_the_language_of_the_window() {
    let data = TempDir::new().unwrap();
    let mut window = entered(&data);
    let path = data.path().join("journal.pfoevelse");
    let configuration = super::configuration().to_string();
    let cases = [
        (r#"{"dag":1,"kl":"8:30"}"#, "Linje 2: Den er ikke et kald i en journal: Tegn 21 hører ikke til der."),
        (
            r#"{"dag":500,"kl":"08:30:00","bytes":1,"sendt":false,"udfald":"afvist","ialtMs":1}"#,
            "Linje 2: dag: Højst 400.",
        ),
        (
            r#"{"dag":1,"kl":"8:30","bytes":1,"sendt":false,"udfald":"afvist","ialtMs":1}"#,
            "Linje 2: kl: Et klokkeslæt skrives 08:30:00.",
        ),
        (
            r#"{"dag":1,"kl":"08:30:00","bytes":1,"sendt":false,"udfald":"nej","ialtMs":1}"#,
            "Linje 2: udfald: Det ord er der ikke.",
        ),
    ];
    for (line, words) in cases {
        let journal = format!("{{\"format\":\"postfordeler-oevelsesjournal\",\"version\":1}}\n{line}\n");
        let about = r#"{"format": "postfordeler-oevelsespakke", "version": 1}"#;
        let entries =
            [("oevelsespakke.json", about), ("konfiguration.json", &configuration), ("journal.jsonl", &journal)];
        fs::write(&path, archive(&entries)).unwrap();
        read(&mut window, &path);
        window.must_show_part(&format!("Intet er brugt. I øvelsespakken, journal.jsonl: {words}"));
    }
    window.close();
}

fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn files_of_training_say_where_they_belong() {
    let data = TempDir::new().unwrap();
    let mut window = entered(&data);
    window.must_show("Regler, opgave, meddelelser og journal til øvelsen (.pfoevelse), hentes for sig");
    let package = data.path().join("pakke.zip");
    let about = r#"{"format": "postfordeler-oevelsespakke", "version": 1}"#;
    fs::write(&package, archive(&[("oevelsespakke.json", about)])).unwrap();
    let lesson = data.path().join("opgave.toml");
    fs::write(&lesson, include_str!("../../../resources/training/01-foerste-regel.toml")).unwrap();
    let progress = data.path().join("fremskridt.json");
    fs::write(&progress, r#"{"format": "postfordeler-fremgang", "version": 1}"#).unwrap();
    let cases = [
        (package, "Filen er en øvelsespakke, som ikke tages ind i kladden."),
        (lesson, "Filen er en opgave til øvelsen."),
        (progress, "Filen er fremskridt fra en maskine i en øvelse."),
    ];
    for (path, words) in cases {
        window.send(Message::Dropped(vec![path]));
        window.must_show_part(words);
        window.press(Named::Escape);
    }
    window.close();
}

#[test]
fn a_package_that_was_dropped_is_opened_like_one_that_was_chosen() {
    let data = TempDir::new().unwrap();
    let mut window = entered(&data);
    let path = data.path().join("fredag.pfoevelse");
    write(&mut window, &path);
    window.send(Message::Dropped(vec![path.clone()]));
    window.wait_for("Øvelsespakke: Fredag");
    let mut real = Window::open(crate::desktop::town::town().path());
    real.send(Message::Dropped(vec![path]));
    real.wait_for("Øvelsespakke: Fredag");
    real.must_show("Åbn pakken i øvelsen");
    real.close();
    window.close();
}
