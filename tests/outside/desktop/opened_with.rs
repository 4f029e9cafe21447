//! Windows that are opened with files, as by a double click on one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::Timestamp;
use postfordeler::exchange::{Package, write_configuration, write_package};
use postfordeler::store::{LessonProgress, MachineProgress, Store};
use postfordeler::training::{ProgressFile, TrainingPackage};
use tempfile::TempDir;

use super::town::*;
use crate::support::small_town;
use crate::window::Window;

/// Rules of the town, one of them changed, as a package.
fn package(data: &TempDir) -> PathBuf {
    let mut authority = in_force(data).authorities.remove(0);
    authority.rules.truncate(1);
    let path = data.path().join("regler.pfpakke");
    fs::write(&path, write_package(&Package::of(&authority, None, "Test", Timestamp::UNIX_EPOCH))).expect("written");
    path
}

#[test]
fn a_package_is_read_as_if_it_was_dropped_on_the_window() {
    let data = town();
    let path = package(&data);
    let mut window = Window::open_with(data.path(), vec![path]);
    window.must_show("Hvad regler.pfpakke ændrer");
    window.close();
    // Nothing is read again by the next window.
    let mut window = Window::open(data.path());
    window.must_not_show("Hvad regler.pfpakke ændrer");
    window.close();
}

#[test]
fn a_window_opened_with_files_begins_no_tour() {
    let data = town();
    let path = package(&data);
    let user = crate::window::user(data.path());
    let (desktop, task) = postfordeler::desktop::Desktop::open_as(data.path(), Timestamp::now, user);
    let mut window = Window::new(desktop.greeting().reading(vec![path]), iced_test::core::Size::new(1600.0, 1000.0));
    window.perform(task);
    window.must_show("Hvad regler.pfpakke ændrer");
    window.must_not_show("Rundtur");
    window.close();
}

#[test]
fn before_anything_is_published_the_first_screen_reads_them() {
    let data = data();
    let path = data.path().join("konfiguration.json");
    fs::write(&path, write_configuration(&small_town("127.0.0.1:9".parse().expect("an address")))).expect("written");
    let mut window = Window::open_with(data.path(), vec![path]);
    window.must_show_part("konfiguration.json");
    window.must_show("Begynd med det");
    window.close();
}

#[test]
fn what_cannot_be_taken_in_is_told_and_changes_nothing() {
    let data = town();
    let path = data.path().join("andet.pfpakke");
    fs::write(&path, "ikke en pakke").expect("written");
    let before = in_force(&data);
    let mut window = Window::open_with(data.path(), vec![path]);
    window.must_show_part("andet.pfpakke");
    window.must_show("Alt er udgivet");
    window.close();
    assert_eq!(in_force(&data), before);
}

fn training(data: &TempDir) -> PathBuf {
    let directory = data.path().join("training");
    Store::open(&directory).and_then(|store| store.dedicate_to_training()).expect("training");
    directory
}

#[test]
fn a_training_package_is_read_in_training_that_has_not_begun_yet() {
    let data = data();
    let path = data.path().join("fredag.pfoevelse");
    let package = TrainingPackage {
        name: "Fredag".to_owned(),
        book: small_town("127.0.0.1:9".parse().expect("an address")),
        lesson: None,
        messages: Vec::new(),
        calls: Vec::new(),
    };
    fs::write(&path, package.write().expect("a file")).expect("written");
    let mut window = Window::open_with(&training(&data), vec![path]);
    window.wait_for("Øvelsespakke: Fredag");
    window.must_show("Begynd øvelsen med pakken");
    window.close();
}

#[test]
fn progress_is_taken_in_on_the_lessons_page() {
    let data = data();
    let progress = LessonProgress {
        learner: "Åse".to_owned(),
        lesson: "foerste-regel".to_owned(),
        begun_at: Timestamp::now(),
        checks: 1,
        solved_at: None,
        rules: None,
        hints: 0,
    };
    let machine = MachineProgress {
        machine: uuid::Uuid::new_v4(),
        name: "LOKALE-7".to_owned(),
        saved_at: Timestamp::now(),
        progress: vec![progress],
    };
    let path = data.path().join("lokale-7.pffremgang");
    fs::write(&path, ProgressFile::write(&machine).expect("a file")).expect("written");
    let mut window = Window::open_with(&training(&data), vec![path]);
    window.wait_for("Åse");
    window.must_show("1 fil: hentet.");
    window.close();
}

/// A call that cannot open a window here, with what it says: which data directory it would have used is made by then.
fn called(data: &Path, files: &[&Path]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_postfordeler"))
        .arg("open")
        .args(files)
        .arg("--data")
        .arg(data)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("the program runs");
    (output.status.code(), String::from_utf8(output.stderr).expect("text"))
}

#[cfg(target_os = "linux")]
#[test]
fn files_of_training_open_its_own_data_and_files_that_are_not_there_open_nothing() {
    let directory = TempDir::new().expect("a directory");
    let (data, at) = (directory.path().join("data"), |name: &str| directory.path().join(name));
    let (status, words) = called(&data, &[&at("væk.pfpakke")]);
    assert_eq!(status, Some(2));
    assert!(words.contains("væk.pfpakke") && words.lines().count() == 1, "{words}");
    assert!(called(&data, &[directory.path()]).1.contains("it is a directory"));
    assert!(!data.exists(), "nothing is made");
    for name in ["a.pfoevelse", "b.PFFREMGANG", "c.pfpakke"] {
        fs::write(at(name), "{}").expect("written");
    }
    let no_screen = |files: &[&Path]| {
        let (status, words) = called(&data, files);
        assert!(status == Some(2) && words.contains("names a screen"), "{words}");
    };
    no_screen(&[&at("a.pfoevelse"), &at("b.PFFREMGANG")]);
    let beginnings =
        |directory: &Path| Store::open(directory).expect("a store").training_beginnings().expect("readable");
    assert_eq!(beginnings(&data.join("training")), Some(0));
    assert!(!data.join("postfordeler.db").exists(), "the data of the rules are left alone");
    // The same where the data directory is that of training itself.
    let (status, words) = called(&data.join("training"), &[&at("a.pfoevelse")]);
    assert!(status == Some(2) && words.contains("names a screen"), "{words}");
    assert!(!data.join("training/training").exists());
    no_screen(&[&at("c.pfpakke"), &at("a.pfoevelse")]);
    no_screen(&[]);
}
