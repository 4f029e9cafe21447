//! Training packages in the window: written on *Filer*, opened there in training, and where training begins again from.

use std::fs;
use std::path::Path;

use iced_test::core::keyboard::key::Named;
use postfordeler::desktop::{Message, Page};
use postfordeler::store::Store;
use postfordeler::training::{TrainingPackage, TrainingStart};
use tempfile::TempDir;

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
