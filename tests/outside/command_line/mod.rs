//! Every call of the command line, as scripts and services make it.

mod asking;
mod carrying;
mod defined;
mod guards;
mod health;
mod making;
mod practice;
mod proving;
mod publishing;
mod reading;
mod replaying;
#[cfg(target_os = "linux")]
mod screens;
mod taking_in;
mod terminal;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::postfordeler;

/// A directory with a data directory in it, and calls that use that.
struct Workplace {
    directory: TempDir,
}

impl Workplace {
    fn new() -> Self {
        Self { directory: TempDir::new().unwrap() }
    }

    fn with_published(configuration: &Value) -> Self {
        let workplace = Self::new();
        crate::support::publish(&workplace.data(), configuration);
        workplace
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn data(&self) -> PathBuf {
        self.path("data")
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), content).unwrap();
        text(&self.path(name))
    }

    fn call(&self, arguments: &[&str]) -> Output {
        let data = text(&self.data());
        postfordeler(&[arguments, &["--data", &data]].concat())
    }
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Status 0, and nothing on standard error but that the data directory is new.
fn assert_done(output: &Output) {
    let words = err(output);
    let others: Vec<_> = words.lines().filter(|line| !line.starts_with(MADE_NEW)).collect();
    assert_eq!((output.status.code(), others), (Some(0), Vec::new()), "{}", out(output));
}

/// What is said of a data directory that was not there before.
const MADE_NEW: &str = "made a new data directory at ";

/// Status 2, nothing on standard output, and one clear line on standard error that says what it is about.
fn assert_failed(case: &str, output: &Output, about: &str) {
    let words = err(output);
    assert_eq!((output.status.code(), out(output).as_str()), (Some(2), ""), "{case}: {words}");
    assert_eq!(words.lines().count(), 1, "{case}: {words}");
    assert!(words.contains(about), "{case}: {words}");
}

#[test]
fn every_call_tells_how_it_is_used() {
    let calls = [
        (vec!["--help"], vec!["serve", "import", "export", "decide", "check", "send", "fagsystem", "--data"]),
        (vec!["serve", "--help"], vec!["--listen", "127.0.0.1:8606", "--certificate", "--key", "--data"]),
        (
            vec!["serve", "--help"],
            vec!["--pkcs12", "--pkcs12-password-file", "POSTFORDELER_PKCS12_PASSWORD", "--self-signed"],
        ),
        (vec!["serve", "--help"], vec!["--client-issuers", "--client-cvr"]),
        (vec!["serve", "--help"], vec!["--listen", "127.0.0.1:8606", "--metrics", "--log", "--log-level", "--data"]),
        (vec!["read", "--help"], vec!["<FILE>...", "--json", "--data"]),
        (
            vec!["import", "--help"],
            vec!["<FILE>...", "--authority", "--dry-run", "--strict", "--despite-guards", "--data"],
        ),
        (vec!["export", "--help"], vec!["<FILE>", "--data"]),
        (vec!["decide", "--help"], vec!["<FILE>", "--facts", "--draft", "--on", "YYYY-MM-DD", "--json", "--data"]),
        (vec!["check", "--help"], vec!["--json", "--data"]),
        (
            vec!["replay", "--help"],
            vec!["[FILE]", "--draft", "--days", "--from", "--to", "--on", "YYYY-MM-DD", "--json", "--list", "--data"],
        ),
        (
            vec!["send", "--help"],
            vec!["<FILE>...", "--to", "--api-key-file", "--trust", "--certificate", "--key", "--data"],
        ),
        (vec!["backup", "--help"], vec!["<FILE>", "--secrets", "secrets file", "--overwrite", "--data"]),
        (vec!["restore", "--help"], vec!["<FILE>", "--secrets", "secrets file", "--data"]),
        (vec!["schema", "--help"], vec!["--markdown", "--danish"]),
        (vec!["api-key", "--help"], vec!["--add", "--name", "--list", "--revoke", "--remove", "--data"]),
        (vec!["fagsystem", "--help"], vec!["--listen", "--answer", "slow:<milliseconds>", "--keep", "--data"]),
        (vec!["--version"], vec![env!("CARGO_PKG_VERSION")]),
    ];
    for (arguments, words) in calls {
        let output = postfordeler(&arguments);
        assert_done(&output);
        for word in words {
            assert!(out(&output).contains(word), "{arguments:?} does not speak of {word}");
        }
    }
}

#[test]
fn misuse_is_told_in_one_line_with_status_2() {
    let cases: [(&[&str], &str); 18] = [
        (&["flyv"], "flyv"),
        (&["--flyv"], "--flyv"),
        (&["import"], "<FILE>"),
        (&["import", "a", "b"], "b"),
        (&["export"], "<FILE>"),
        (&["decide"], "<FILE>"),
        (&["decide", "-", "--on", "i morgen"], "i morgen"),
        (&["decide", "-", "--on", "2024-02-30"], "2024-02-30"),
        (&["send", "--to", "http://127.0.0.1:1"], "<FILE>"),
        (&["send", "a.xml"], "--to"),
        (&["send", "a.xml", "--to", "her"], "her"),
        (&["serve", "--listen", "her"], "her"),
        (&["serve", "--metrics", "her"], "her"),
        (&["serve", "--log", "xml"], "text, json"),
        (&["serve", "--log-level", "alt"], "error, warn, info, debug"),
        (&["fagsystem"], "--listen"),
        (&["fagsystem", "--listen", "127.0.0.1:0", "--answer", "maaske"], "accept, reject, unavailable or slow:"),
        (&["fagsystem", "--listen", "127.0.0.1:0", "--answer", "slow:snart"], "accept, reject, unavailable or slow:"),
    ];
    let workplace = Workplace::new();
    for (arguments, about) in cases {
        assert_failed(&format!("{arguments:?}"), &workplace.call(arguments), about);
    }
    assert!(!workplace.data().exists(), "misuse leaves no data directory");
}

#[test]
fn a_data_directory_that_cannot_be_used_is_told_in_one_line() {
    let workplace = Workplace::new();
    fs::write(workplace.data(), "en fil").unwrap();
    let message = workplace.file("besked.xml", crate::support::Memo::new().xml());
    let calls: [&[&str]; 4] =
        [&["export", "-"], &["check"], &["decide", &message], &["serve", "--listen", "127.0.0.1:0"]];
    for arguments in calls {
        assert_failed(&format!("{arguments:?}"), &workplace.call(arguments), &text(&workplace.data()));
    }
    assert_eq!(fs::read_to_string(workplace.data()).unwrap(), "en fil", "it is left as it is");
}

#[test]
fn a_damaged_database_is_told_in_one_line_and_left_as_it_is() {
    let workplace = Workplace::new();
    fs::create_dir(workplace.data()).unwrap();
    let database = workplace.data().join("postfordeler.db");
    let damaged = "ikke en database ".repeat(1_000);
    fs::write(&database, &damaged).unwrap();
    let calls: [&[&str]; 3] = [&["export", "-"], &["check"], &["serve", "--listen", "127.0.0.1:0"]];
    for arguments in calls {
        assert_failed(&format!("{arguments:?}"), &workplace.call(arguments), "damaged");
    }
    assert_eq!(fs::read_to_string(&database).unwrap(), damaged);
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_screen_the_window_fails_in_one_line() {
    let workplace = Workplace::new();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_postfordeler"))
        .args(["--data", &text(&workplace.data())])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    assert_failed("no screen", &output, "postfordeler serve");
}
