//! Keys and certificates, and what the window shows of them.

use std::fs;
use std::path::PathBuf;

use postfordeler::store::RouterSettings;
use tempfile::TempDir;

use crate::desktop::town::*;
use crate::window::Window;

const KEY_MISSING: &str = "Ikke gemt endnu. Til da bliver posten i Digital Post.";

/// A municipality whose secrets are stored in a file.
struct Keys {
    data: TempDir,
    file: PathBuf,
}

impl Keys {
    fn new() -> Self {
        let data = town();
        let file = data.path().join("hemmeligheder.json");
        let settings = RouterSettings { secrets: Some(file.clone()), ..store(&data).settings().expect("settings") };
        store(&data).save_settings(&settings).expect("settings");
        Self { data, file }
    }

    /// The window at a fagsystem that knows the router by that choice of the list.
    fn window(&self, access: usize) -> Window {
        let mut window = rules(&self.data);
        window.click("Fagsystemer");
        window.click("Jobcenter");
        window.choose_nth("fagsystem-access", access);
        window
    }

    /// The same, at one that requires a key in a header, which is stored.
    fn window_with_key(&self, key: &str) -> Window {
        let mut window = self.window(1);
        window.fill("fagsystem-secret", key);
        window.click("Gem nøglen");
        window
    }

    fn kept(&self) -> String {
        fs::read_to_string(&self.file).expect("a file")
    }

    /// How many files beside the database hold that text, or are the database and do.
    fn files_holding(&self, text: &str) -> usize {
        let files = fs::read_dir(self.data.path()).expect("a directory").map(|file| file.expect("a file").path());
        let holds = |path: &PathBuf| {
            let bytes = fs::read(path).expect("a file");
            bytes.windows(text.len()).any(|window| window == text.as_bytes())
        };
        files.filter(holds).count()
    }
}

#[test]
fn a_key_that_is_lacking_is_told_until_it_is_kept() {
    let keys = Keys::new();
    let mut window = rules(&keys.data);
    window.click("Fagsystemer");
    window.click("Jobcenter");
    window.must_not_show(KEY_MISSING);
    window.choose_nth("fagsystem-access", 1);
    window.must_show(KEY_MISSING);
    window.fill("fagsystem-secret", "xyzzy-1");
    window.click("Gem nøglen");
    window.must_show(&format!("Gemt i {}", keys.file.display()));
    window.must_not_show(KEY_MISSING);
    window.close();
}

#[test]
fn a_key_is_kept_in_its_file_alone_and_never_shown() {
    let keys = Keys::new();
    let mut window = keys.window(1);
    window.fill("fagsystem-secret", "xyzzy-1");
    window.must_not_show("xyzzy-1");
    window.click("Gem nøglen");
    assert_eq!(window.text_in("fagsystem-secret"), "");
    window.must_show("Alt er udgivet");
    window.close();
    assert!(keys.kept().contains("xyzzy-1"));
    assert_eq!(keys.files_holding("xyzzy"), 1);
}

#[test]
fn how_a_key_is_shown_is_a_part_of_the_draft() {
    let keys = Keys::new();
    let mut window = keys.window_with_key("xyzzy-1");
    window.fill("fagsystem-header", "X Nøgle");
    window.must_show_below("Et navn har 1 til 64 bogstaver, tal eller bindestreger", "fagsystem-header");
    window.fill("fagsystem-header", "Authorization");
    window.ctrl("s");
    window.click("1 ændring ikke udgivet");
    window.must_show("Fagsystemet Jobcenter kræver nu nøgle i headeren Authorization i stedet for ingen nøgle");
    window.close();
}

#[test]
fn a_key_is_replaced_by_one_that_a_header_can_hold() {
    let keys = Keys::new();
    let mut window = keys.window_with_key("xyzzy-1");
    window.fill("fagsystem-secret", "æøå");
    window.ctrl("s");
    window.must_show_part("En header kan kun have én linje");
    assert!(keys.kept().contains("xyzzy-1"), "what was kept stays");
    window.fill("fagsystem-secret", "xyzzy-2");
    window.ctrl("s");
    assert!(keys.kept().contains("xyzzy-2") && !keys.kept().contains("xyzzy-1"));
    window.close();
}

#[test]
fn a_key_that_is_removed_is_nowhere_any_more() {
    let keys = Keys::new();
    let mut window = keys.window_with_key("xyzzy-1");
    window.click("Fjern nøglen");
    window.must_show(KEY_MISSING);
    window.close();
    assert_eq!(keys.files_holding("xyzzy"), 0);
}

#[test]
fn a_certificate_is_neither_shown_unencrypted_nor_kept_when_it_cannot_be_read() {
    let keys = Keys::new();
    let mut window = keys.window(2);
    window.must_show_part("Nøglen ville gå ukrypteret til adressen.");
    window.fill("fagsystem-secret", "/findes/ikke.pem");
    window.click("Gem nøglen");
    window.must_show_part("/findes/ikke.pem kan ikke læses");
    window.close();
    assert!(!keys.file.exists(), "nothing was kept");
}
