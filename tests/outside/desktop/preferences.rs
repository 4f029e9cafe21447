//! What belongs to the person at the window: two people on the same data have each their own.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use iced_test::core::keyboard::key::Named;
use postfordeler::desktop::{Message, User};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::town::*;
use crate::window::Window;

/// Somebody with a configuration directory of their own.
struct Person {
    home: TempDir,
}

impl Person {
    fn new() -> Self {
        Self { home: TempDir::new().expect("a directory") }
    }

    fn file(&self) -> std::path::PathBuf {
        self.home.path().join("postfordeler").join("window.json")
    }

    fn kept(&self) -> Value {
        serde_json::from_slice(&fs::read(self.file()).expect("it is kept")).expect("JSON")
    }

    fn write(&self, text: &str) {
        fs::create_dir_all(self.file().parent().expect("a directory")).expect("it is made");
        fs::write(self.file(), text).expect("it is written");
    }

    fn sits_at(&self, data: &Path) -> Window {
        let user = User { name: "prøve".to_owned(), preferences: Some(self.file()), policy: Arc::default() };
        Window::open_for(user, data, noon)
    }
}

/// Writes into the settings that all share, as earlier versions did.
fn share(data: &TempDir, key: &str, value: &Value) {
    let database = rusqlite::Connection::open(data.path().join("postfordeler.db")).expect("it opens");
    let row = "INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)";
    database.execute(row, [key, &value.to_string()]).expect("it is written");
}

#[test]
fn two_people_on_the_same_data_have_language_theme_and_size_for_themselves() {
    let (data, anna, bent) = (town(), Person::new(), Person::new());
    let mut window = anna.sits_at(data.path());
    let theme = window.theme();
    window.click("English");
    window.send(Message::SwitchTheme);
    window.send(Message::Zoom(1));
    window.must_show("Distribution rules");
    let mut other = bent.sits_at(data.path());
    other.must_show("Fordelingsregler");
    assert_eq!(other.theme(), theme);
    assert!((other.scale_factor() - 1.0).abs() < 0.001);
    other.close();
    window.close();
    let mut window = anna.sits_at(data.path());
    window.must_show("Distribution rules");
    assert_ne!(window.theme(), theme);
    assert!((window.scale_factor() - 1.1).abs() < 0.001);
    window.close();
    let shared = store(&data).former_preferences().expect("readable");
    assert!(shared.is_empty(), "nobody else's: {shared:?}");
}

#[test]
fn how_lists_are_shown_is_kept_for_each_person_too() {
    let (data, anna, bent) = (town(), Person::new(), Person::new());
    let mut window = anna.sits_at(data.path());
    window.click("Vælg kolonner");
    window.click("Note");
    window.press(Named::Escape);
    window.close();
    assert!(anna.kept()["views"]["rules"].is_object(), "{}", anna.kept());
    bent.sits_at(data.path()).close();
    assert_eq!(bent.kept()["views"], json!({}));
}

#[test]
fn what_all_shared_once_is_taken_over_by_each_person_and_only_once() {
    let (data, anna, bent) = (town(), Person::new(), Person::new());
    share(&data, "language", &json!("en"));
    share(&data, "zoom_percent", &json!(125));
    share(&data, "theme", &json!("lilla"));
    let mut window = anna.sits_at(data.path());
    window.must_show("Distribution rules");
    assert!((window.scale_factor() - 1.25).abs() < 0.001);
    window.close();
    // An earlier version goes on beside it.
    share(&data, "language", &json!("da"));
    share(&data, "zoom_percent", &json!(200));
    let mut window = anna.sits_at(data.path());
    window.must_show("Distribution rules");
    assert!((window.scale_factor() - 1.25).abs() < 0.001);
    window.close();
    let mut window = bent.sits_at(data.path());
    window.must_show("Fordelingsregler");
    assert!((window.scale_factor() - 2.0).abs() < 0.001);
    window.close();
}

#[test]
fn a_file_that_cannot_be_read_is_told_of_and_put_aside_when_something_is_chosen() {
    for damaged in ["", "{", "[]", "\"da\"", "{\"language\": \"en\"} {}"] {
        let (data, anna) = (town(), Person::new());
        anna.write(damaged);
        let mut window = anna.sits_at(data.path());
        window.must_show("Fordelingsregler");
        window.must_show_part("kan ikke læses i ");
        window.click("English");
        assert_eq!(anna.kept()["language"], "en");
        let aside = anna.file().with_extension("damaged.json");
        assert_eq!(fs::read_to_string(aside).expect("it is put aside"), damaged);
        window.close();
    }
}

#[test]
fn a_preference_that_cannot_be_read_has_its_default_and_the_others_stay() {
    let (data, anna) = (town(), Person::new());
    anna.write(r#"{"language": "en", "theme": 7, "zoom_percent": "stor", "window": [1440], "views": [], "senere": 1}"#);
    let mut window = anna.sits_at(data.path());
    window.must_show("Distribution rules");
    assert!((window.scale_factor() - 1.0).abs() < 0.001);
    window.close();
}

#[test]
fn where_nothing_can_be_kept_the_window_says_so_and_goes_on() {
    let (data, anna) = (town(), Person::new());
    // Where the directory would be there is a file.
    fs::write(anna.home.path().join("postfordeler"), "").expect("it is written");
    let mut window = anna.sits_at(data.path());
    window.click("English");
    window.must_show("Distribution rules");
    window.must_show_part("only last until the window closes");
    window.close();
}

#[test]
fn two_windows_of_one_person_take_nothing_from_each_other() {
    let (data, anna) = (town(), Person::new());
    let (mut one, mut other) = (anna.sits_at(data.path()), anna.sits_at(data.path()));
    one.send(Message::Zoom(1));
    other.click("English");
    other.close();
    one.close();
    assert_eq!((&anna.kept()["language"], &anna.kept()["zoom_percent"]), (&json!("en"), &json!(110)));
}

#[test]
fn windows_that_keep_what_they_chose_at_the_same_time_lose_nothing() {
    let (data, anna) = (town(), Person::new());
    anna.sits_at(data.path()).close();
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut window = anna.sits_at(data.path());
            window.send(Message::Zoom(1));
            window.close();
        });
        scope.spawn(|| {
            let mut window = anna.sits_at(data.path());
            window.send(Message::SwitchLanguage);
            window.close();
        });
    });
    assert_eq!((&anna.kept()["language"], &anna.kept()["zoom_percent"]), (&json!("en"), &json!(110)));
}
