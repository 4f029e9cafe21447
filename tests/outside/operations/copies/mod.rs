//! `backup` and `restore`: what a copy holds, what is put back, and what is refused.

mod interrupted;
mod refused;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Output;

use postfordeler::store::Store;
use rusqlite::Connection;
use tempfile::TempDir;

use super::{Served, everything_to};
use crate::support::{Fagsystem, Memo, configuration, fagsystem_entry, postfordeler, publish, rule};

struct Place {
    directory: TempDir,
}

impl Place {
    fn new() -> Self {
        let directory = TempDir::new().unwrap();
        let place = Self { directory };
        publish(&place.at("data"), &everything_to("http://127.0.0.1:9/"));
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// A call on that data directory, with a file of this place as its first argument.
    fn call(&self, call: &str, file: &str, data: &str, further: &[&str]) -> Output {
        let (file, data) = (self.at(file), self.at(data));
        let always = [call, file.to_str().unwrap(), "--data", data.to_str().unwrap()];
        postfordeler(&[&always, further].concat())
    }

    fn publications(&self, data: &str) -> usize {
        Store::open(&self.at(data)).unwrap().publications().unwrap().len()
    }
}

fn out(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Status 2 and one line; returns it.
fn refusal(output: &Output) -> String {
    let words = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!((output.status.code(), words.lines().count()), (Some(2), 1), "{words}");
    words
}

/// All files below a directory, by name, with what is in them; but the lock, which holds nothing.
fn contents(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => files.extend(contents(&path)),
            path if path.ends_with("router.lock") => {}
            path => {
                let bytes = fs::read(&path).unwrap();
                files.insert(path, bytes);
            }
        }
    }
    files
}

#[test]
fn what_is_copied_while_a_router_runs_is_put_back_elsewhere() {
    let fagsystem = Fagsystem::accepting();
    let served = Served::start(&everything_to(&fagsystem.endpoint()), &[]);
    let (known, lost) = (Memo::new(), Memo::new());
    assert_eq!(served.deliver(&known.xml()).status(), 200);
    let place = Place::new();
    let (data, copy) = (served.data.path().to_str().unwrap().to_owned(), place.at("kopi.zip"));
    let copy = copy.to_str().unwrap();
    let words = out(&postfordeler(&["backup", copy, "--data", &data]));
    assert!(words.contains("publication 1, a journal with 1 row until 2"), "{words}");
    assert!(words.contains("secrets that business systems want are not in it"), "{words}");
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&fs::metadata(copy).unwrap()) & 0o777, 0o600);
    assert_eq!(served.deliver(&lost.xml()).status(), 200);
    let Served { running, data } = served;
    drop(running);

    let new = TempDir::new().unwrap();
    let words = out(&postfordeler(&["restore", copy, "--data", new.path().to_str().unwrap()]));
    assert!(words.contains("The journal does not know what was accepted after "), "{words}");
    assert!(fs::read(data.path().join("journal.key")).unwrap() == fs::read(new.path().join("journal.key")).unwrap());
    let served = Served::start_on(new, &[]);
    let before = fagsystem.whole_requests().len();
    assert_eq!(served.deliver(&known.xml()).status(), 200);
    assert_eq!(fagsystem.whole_requests().len(), before, "it is known to have been accepted");
    assert_eq!(served.deliver(&lost.xml()).status(), 200);
    assert_eq!(fagsystem.whole_requests().len(), before + 1, "which is what restore warned of");
    let log = served.end();
    assert!(!log.contains("journal.key"), "the digests are made with the same key: {log}");
}

#[test]
fn what_was_there_is_kept_aside_and_what_the_copy_does_not_know_is_counted() {
    let fagsystem = Fagsystem::accepting();
    let place = Place::new();
    let data = TempDir::new().unwrap();
    publish(data.path(), &everything_to(&fagsystem.endpoint()));
    let (directory, copy) = (data.path().to_str().unwrap().to_owned(), place.at("kopi.zip"));
    let copy = copy.to_str().unwrap();
    out(&postfordeler(&["backup", copy, "--data", &directory]));
    let served = Served::start_on(data, &[]);
    for _ in 0..2 {
        assert_eq!(served.deliver(&Memo::new().xml()).status(), 200);
    }
    // While a router runs, nothing is put back.
    let before = contents(served.data.path());
    let words = refusal(&postfordeler(&["restore", copy, "--data", &directory]));
    assert!(words.contains("a router or a window uses the data directory"), "{words}");
    assert_eq!(contents(served.data.path()).keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    let Served { running, data } = served;
    // Killed, so that its marker and its write-ahead log stay.
    drop(running);
    let words = out(&postfordeler(&["restore", copy, "--data", &directory]));
    assert!(words.contains("the one before has 2 such messages"), "{words}");
    let aside = words.lines().find_map(|line| line.strip_prefix("What was there before is in ")).unwrap();
    assert!(Path::new(aside).starts_with(data.path()) && aside.contains("before-restore-20"), "{aside}");
    let kept = Connection::open(Path::new(aside).join("postfordeler.db")).unwrap();
    let rows = |connection: &Connection| {
        connection.query_row("SELECT count(*) FROM journal", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(rows(&kept), 2);
    drop(kept);
    // The one before was killed, which is nothing to this one.
    assert_eq!(rows(&Connection::open(data.path().join("postfordeler.db")).unwrap()), 0);
    assert_eq!(Served::start_on(data, &[]).deliver(&Memo::new().xml()).status(), 200);
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn secrets_come_along_when_they_are_asked_for() {
    let place = Place::new();
    let mut wanting = fagsystem_entry("esdh", "https://esdh.example.dk/");
    wanting["adgang"] = serde_json::json!({"type": "header"});
    publish(&place.at("data"), &configuration(&[wanting], &[]));
    let (secrets, data) = (place.at("hemmeligheder.json"), place.at("data"));
    let secrets = secrets.to_str().unwrap();
    let keep = |value: &str| {
        let always = ["secret", "set", "11223344", "esdh", "--secrets", secrets, "--data", data.to_str().unwrap()];
        let kept = crate::support::postfordeler_reading(&always, value.as_bytes());
        assert!(kept.status.success(), "{}", String::from_utf8_lossy(&kept.stderr));
    };
    keep("den-foerste-noegle");
    let first = fs::read(secrets).unwrap();
    let words = out(&place.call("backup", "kopi.zip", "data", &["--secrets", secrets]));
    assert!(words.contains("the secrets file") && !words.contains("not in it"), "{words}");
    assert!(!words.contains("noegle"), "{words}");
    keep("den-anden-noegle");
    let second = fs::read(secrets).unwrap();
    let words = out(&place.call("restore", "kopi.zip", "data", &[]));
    assert!(words.contains("secrets file in it was not put back"), "{words}");
    assert_eq!(fs::read(secrets).unwrap(), second);
    let words = out(&place.call("restore", "kopi.zip", "data", &["--secrets", secrets]));
    assert_eq!(fs::read(secrets).unwrap(), first);
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&fs::metadata(secrets).unwrap()) & 0o777, 0o600);
    let aside = words.lines().find_map(|line| line.strip_prefix("What was there before is in ")).unwrap();
    assert_eq!(fs::read(Path::new(aside).join("hemmeligheder.json")).unwrap(), second);
    // If no file is named, none is guessed.
    let words = refusal(&place.call("backup", "ny.zip", "data", &["--secrets"]));
    assert!(words.contains("--secrets <FILE>") && !place.at("ny.zip").exists(), "{words}");
    let words = refusal(&place.call("backup", "ny.zip", "data", &["--secrets", "findes-ikke.json"]));
    assert!(words.contains("findes-ikke.json"), "{words}");
    out(&place.call("backup", "uden.zip", "data", &[]));
    let words = refusal(&place.call("restore", "uden.zip", "data", &["--secrets", secrets]));
    assert!(words.contains("holds no secrets file"), "{words}");
}

/// As made by SQLite's own tools, which earlier versions of the documentation recommended.
#[test]
fn a_bare_database_is_put_back_too() {
    let place = Place::new();
    let database = Connection::open(place.at("data/postfordeler.db")).unwrap();
    database.execute("VACUUM INTO ?1", [place.at("kopi.db").to_str().unwrap()]).unwrap();
    drop(database);
    let words = out(&place.call("restore", "kopi.db", "ny", &[]));
    assert!(words.contains("holds no journal.key"), "{words}");
    assert_eq!(place.publications("ny"), 1);
    // One cut short is not.
    let bytes = fs::read(place.at("kopi.db")).unwrap();
    fs::write(place.at("halv.db"), &bytes[..bytes.len() / 2]).unwrap();
    let words = refusal(&place.call("restore", "halv.db", "ny", &[]));
    assert!(words.contains("damaged"), "{words}");
    assert_eq!(place.publications("ny"), 1);
}

#[test]
fn a_database_that_nobody_can_open_is_replaced() {
    let place = Place::new();
    out(&place.call("backup", "kopi.zip", "data", &[]));
    fs::write(place.at("data/postfordeler.db"), "ødelagt ".repeat(1000)).unwrap();
    fs::write(place.at("data/postfordeler.db-wal"), "rest").unwrap();
    let words = out(&place.call("restore", "kopi.zip", "data", &[]));
    assert!(words.contains("nobody knows"), "{words}");
    assert_eq!(place.publications("data"), 1);
    let aside = words.lines().find_map(|line| line.strip_prefix("What was there before is in ")).unwrap();
    assert_eq!(fs::read(Path::new(aside).join("postfordeler.db-wal")).unwrap(), b"rest");
    assert!(fs::metadata(place.at("data/postfordeler.db-wal")).is_err(), "it is nothing to the new one");
    assert!(fs::read(Path::new(aside).join("postfordeler.db")).unwrap().starts_with("ødelagt".as_bytes()));
}

#[test]
fn a_copy_is_read_by_any_program_for_zip() {
    let place = Place::new();
    out(&place.call("backup", "kopi.zip", "data", &[]));
    let mut archive = zip::ZipArchive::new(fs::File::open(place.at("kopi.zip")).unwrap()).unwrap();
    let mut entry = |name: &str| {
        let mut bytes = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let about: serde_json::Value = serde_json::from_slice(&entry("postfordeler-sikkerhedskopi.json")).unwrap();
    assert_eq!((&about["format"], &about["version"]), (&"postfordeler-sikkerhedskopi".into(), &1.into()));
    assert_eq!(entry("journal.key"), fs::read(place.at("data/journal.key")).unwrap());
    fs::write(place.at("ud.db"), entry("postfordeler.db")).unwrap();
    let database = Connection::open(place.at("ud.db")).unwrap();
    let publications: i64 = database.query_row("SELECT count(*) FROM publications", [], |row| row.get(0)).unwrap();
    assert_eq!(publications, 1);
}

/// As a program that has just begun to open the database, and waits for its turn.
#[test]
fn who_has_opened_the_database_meanwhile_works_in_what_was_put_back() {
    let place = Place::new();
    out(&place.call("backup", "kopi.zip", "data", &[]));
    publish(
        &place.at("data"),
        &configuration(&[fagsystem_entry("esdh", "http://127.0.0.1:9/")], &[rule(1, "esdh", "kle", "27")]),
    );
    let waiting = Connection::open(place.at("data/postfordeler.db")).unwrap();
    let words = out(&place.call("restore", "kopi.zip", "data", &[]));
    let count = |database: &Connection| {
        database.query_row("SELECT count(*) FROM publications", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(count(&waiting), 1);
    waiting.execute("UPDATE router_state SET commits = 41", []).unwrap();
    drop(waiting);
    let now = Connection::open(place.at("data/postfordeler.db")).unwrap();
    let commits: i64 = now.query_row("SELECT commits FROM router_state", [], |row| row.get(0)).unwrap();
    assert_eq!(commits, 41, "it has not written beside the database");
    let aside = words.lines().find_map(|line| line.strip_prefix("What was there before is in ")).unwrap();
    assert_eq!(count(&Connection::open(Path::new(aside).join("postfordeler.db")).unwrap()), 2);
}

#[test]
fn a_copy_with_pages_of_another_size_is_put_back_too() {
    let place = Place::new();
    let database = Connection::open(place.at("data/postfordeler.db")).unwrap();
    database.execute("VACUUM INTO ?1", [place.at("kopi.db").to_str().unwrap()]).unwrap();
    drop(database);
    let copy = Connection::open(place.at("kopi.db")).unwrap();
    copy.execute_batch("PRAGMA page_size = 8192; VACUUM").unwrap();
    drop(copy);
    publish(&place.at("data"), &everything_to("http://127.0.0.1:8/"));
    assert_eq!(place.publications("data"), 2);
    out(&place.call("restore", "kopi.db", "data", &[]));
    assert_eq!(place.publications("data"), 1);
}
