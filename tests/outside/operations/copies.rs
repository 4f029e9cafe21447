//! `backup` and `restore`: what a copy holds, what is put back, and what is refused.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

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

#[test]
fn a_window_that_is_open_stands_in_the_way() {
    let place = Place::new();
    out(&place.call("backup", "kopi.zip", "data", &[]));
    let window = Store::open(&place.at("data")).unwrap();
    let words = refusal(&place.call("restore", "kopi.zip", "data", &[]));
    assert!(words.contains("a router or a window uses"), "{words}");
    drop(window);
    out(&place.call("restore", "kopi.zip", "data", &[]));
}

#[test]
fn a_name_that_is_taken_stays_as_it_is_unless_it_is_said() {
    let place = Place::new();
    fs::write(place.at("kopi.zip"), "noget andet").unwrap();
    let words = refusal(&place.call("backup", "kopi.zip", "data", &[]));
    assert!(words.contains("is there already"), "{words}");
    assert_eq!(fs::read(place.at("kopi.zip")).unwrap(), b"noget andet");
    out(&place.call("backup", "kopi.zip", "data", &["--overwrite"]));
    out(&place.call("restore", "kopi.zip", "ny", &[]));
    assert_eq!(place.publications("ny"), 1);
    let words = refusal(&place.call("backup", "data", "data", &["--overwrite"]));
    assert!(words.contains("no plain file"), "{words}");
    let words = refusal(&place.call("backup", "her/kopi.zip", "data", &[]));
    assert!(words.contains("nothing was changed"), "{words}");
    let words = refusal(&place.call("backup", "b.zip", "findes-ikke", &[]));
    assert!(words.contains("there is no database in") && !place.at("findes-ikke").exists(), "{words}");
    let names: Vec<_> = fs::read_dir(place.directory.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "nothing is left of what was refused: {names:?}");
}

#[test]
fn a_copy_that_is_damaged_not_ours_or_newer_is_refused_and_changes_nothing() {
    let place = Place::new();
    out(&place.call("backup", "kopi.zip", "data", &[]));
    let copy = fs::read(place.at("kopi.zip")).unwrap();
    let file = |name: &str, bytes: &[u8]| fs::write(place.at(name), bytes).unwrap();
    let mut flipped = copy.clone();
    flipped[copy.len() / 2] ^= 1;
    file("damaged 1", &flipped);
    file("damaged 2", &copy[..copy.len() * 2 / 3]);
    file("not ours 1", b"PK er ikke nok");
    file("not ours 2", b"tekst");
    file("not ours 3", &zip(&[("andet.txt", b"x")]));
    file("empty", b"");
    let about = |version: u32| {
        format!(
            r#"{{"format":"postfordeler-sikkerhedskopi","version":{version},"program":"9","lavet":"2030-01-01T00:00:00Z"}}"#
        )
    };
    let name = "postfordeler-sikkerhedskopi.json";
    file("newer 1", &zip(&[(name, about(2).as_bytes()), ("postfordeler.db", b"x")]));
    file("damaged 3", &zip(&[(name, about(1).as_bytes()), ("postfordeler.db", b"x")]));
    file("damaged 4", &zip(&[(name, about(1).as_bytes())]));
    let other = Connection::open(place.at("not ours 4")).unwrap();
    other.execute_batch("CREATE TABLE publications (number INTEGER)").unwrap();
    drop(other);
    out(&place.call("backup", "frisk.zip", "data", &[]));
    out(&place.call("restore", "frisk.zip", "nyere", &[]));
    let newer = Connection::open(place.at("nyere/postfordeler.db")).unwrap();
    newer.execute_batch("PRAGMA user_version = 9999; PRAGMA journal_mode = DELETE").unwrap();
    drop(newer);
    fs::copy(place.at("nyere/postfordeler.db"), place.at("newer 2")).unwrap();
    let before = contents(&place.at("data"));
    let cases = [
        ("damaged 1", "damaged"),
        ("damaged 2", "damaged"),
        ("damaged 3", "damaged"),
        ("damaged 4", "damaged"),
        ("not ours 1", "damaged"),
        ("not ours 2", "is no copy"),
        ("not ours 3", "is no copy"),
        ("not ours 4", "is no copy"),
        ("empty", "is no copy"),
        ("newer 1", "newer version"),
        ("newer 2", "newer version"),
        ("findes ikke", "findes ikke"),
        ("data", "no plain file"),
    ];
    for (file, about) in cases {
        let words = refusal(&place.call("restore", file, "data", &[]));
        assert!(words.contains(about), "{file}: {words}");
        assert!(contents(&place.at("data")) == before, "{file}");
        let elsewhere = refusal(&place.call("restore", file, "ny", &[]));
        assert!(elsewhere.contains(about) && !place.at("ny").exists(), "{file}: {elsewhere}");
    }
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
    // Where nobody has named a file, none is guessed at.
    let words = refusal(&place.call("backup", "ny.zip", "data", &["--secrets"]));
    assert!(words.contains("--secrets <FILE>") && !place.at("ny.zip").exists(), "{words}");
    let words = refusal(&place.call("backup", "ny.zip", "data", &["--secrets", "findes-ikke.json"]));
    assert!(words.contains("findes-ikke.json"), "{words}");
    out(&place.call("backup", "uden.zip", "data", &[]));
    let words = refusal(&place.call("restore", "uden.zip", "data", &["--secrets", secrets]));
    assert!(words.contains("holds no secrets file"), "{words}");
}

/// As SQLite's own tools make it, which earlier versions of the documents told people to use.
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

/// Whatever it was doing: what is there is what was there, or what was put back, and can be opened.
#[cfg(unix)]
#[test]
fn killed_in_the_middle_it_leaves_nothing_half() {
    let place = Place::new();
    publish(
        &place.at("data"),
        &configuration(&[fagsystem_entry("esdh", "http://127.0.0.1:9/")], &[rule(1, "esdh", "kle", "27")]),
    );
    out(&place.call("backup", "to.zip", "data", &[]));
    let (data, copy) = (place.at("data"), place.at("to.zip"));
    let begins: [&dyn Fn(&str) -> bool; 4] = [
        &|_| true,
        &|name| name.starts_with("postfordeler.restore-"),
        &|name| name.starts_with("before-restore-"),
        &|name| name == "journal.key.next",
    ];
    for is_there in begins {
        // Something else is in force before each.
        publish(&data, &everything_to("http://127.0.0.1:9/"));
        let before = place.publications("data");
        for entry in fs::read_dir(&data).unwrap().flatten() {
            if entry.path().is_dir() {
                fs::remove_dir_all(entry.path()).unwrap();
            }
        }
        let mut restore = Command::new(env!("CARGO_BIN_EXE_postfordeler"))
            .args(["restore".as_ref(), copy.as_os_str(), "--data".as_ref(), data.as_os_str()])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let names = || fs::read_dir(&data).unwrap().flatten().filter_map(|entry| entry.file_name().into_string().ok());
        while restore.try_wait().unwrap().is_none() && !names().any(|name| is_there(&name)) {
            std::thread::yield_now();
        }
        let _ = restore.kill();
        restore.wait().unwrap();
        let after = place.publications("data");
        assert!(after == before || after == 2, "{before} publications before, {after} after");
        out(&place.call("restore", "to.zip", "data", &[]));
        assert_eq!(place.publications("data"), 2);
        let left: Vec<_> =
            names().filter(|name| name.starts_with("postfordeler.restore-") || name == "journal.key.next").collect();
        assert!(left.is_empty(), "{left:?}");
    }
    // A copy that is being made has no name until it is whole.
    let mut backup = Command::new(env!("CARGO_BIN_EXE_postfordeler"))
        .args(["backup".as_ref(), place.at("halv.zip").as_os_str(), "--data".as_ref(), data.as_os_str()])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let part = |name: &str| name.starts_with("halv.zip.");
    let names =
        || fs::read_dir(place.directory.path()).unwrap().flatten().filter_map(|it| it.file_name().into_string().ok());
    while backup.try_wait().unwrap().is_none() && !names().any(|name| part(&name)) {
        std::thread::yield_now();
    }
    let _ = backup.kill();
    backup.wait().unwrap();
    if place.at("halv.zip").exists() {
        out(&place.call("restore", "halv.zip", "ny", &[]));
    }
}

/// The key comes into its place after the database; whoever opens the directory in between finishes that.
#[test]
fn a_key_that_was_not_yet_in_its_place_is_put_there() {
    let fagsystem = Fagsystem::accepting();
    let served = Served::start(&everything_to(&fagsystem.endpoint()), &[]);
    let message = Memo::new();
    assert_eq!(served.deliver(&message.xml()).status(), 200);
    let Served { mut running, data } = served;
    running.terminate();
    assert_eq!(running.exit_status(), Some(0));
    let (key, next) = (data.path().join("journal.key"), data.path().join("journal.key.next"));
    let own = fs::read(&key).unwrap();
    fs::rename(&key, &next).unwrap();
    fs::write(&key, [7; 32]).unwrap();
    let served = Served::start_on(data, &[]);
    assert_eq!((fs::read(&key).unwrap(), next.exists()), (own.clone(), false));
    assert_eq!(served.deliver(&message.xml()).status(), 200);
    assert_eq!(fagsystem.whole_requests().len(), 1, "its digest is known");
    let Served { mut running, data } = served;
    running.terminate();
    assert_eq!(running.exit_status(), Some(0));
    // One of a database that did not come is removed.
    fs::write(&next, [8; 32]).unwrap();
    drop(Served::start_on(data, &[]));
    assert!(!next.exists());
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

#[test]
fn a_copy_on_which_no_program_would_start_is_refused_and_changes_nothing() {
    let place = Place::new();
    let database = Connection::open(place.at("data/postfordeler.db")).unwrap();
    database.execute("VACUUM INTO ?1", [place.at("kopi.db").to_str().unwrap()]).unwrap();
    drop(database);
    let copy = Connection::open(place.at("kopi.db")).unwrap();
    copy.execute("DELETE FROM router_state", []).unwrap();
    drop(copy);
    let before = contents(&place.at("data"));
    let words = refusal(&place.call("restore", "kopi.db", "data", &[]));
    assert!(words.contains("is damaged") && words.contains("nothing was changed"), "{words}");
    assert!(contents(&place.at("data")) == before);
}

#[test]
fn secrets_that_cannot_be_read_are_not_put_in_their_place() {
    let place = Place::new();
    out(&place.call("backup", "kopi.zip", "data", &[]));
    let mut archive = zip::ZipArchive::new(fs::File::open(place.at("kopi.zip")).unwrap()).unwrap();
    let mut entries = Vec::new();
    for name in ["postfordeler-sikkerhedskopi.json", "journal.key", "postfordeler.db"] {
        let mut bytes = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        entries.push((name, bytes));
    }
    entries.push(("hemmeligheder.json", b"{\"ikke".to_vec()));
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    fs::write(place.at("spoleret.zip"), zip(&entries)).unwrap();
    let before = contents(&place.at("data"));
    let secrets = place.at("hemmeligheder.json");
    let words = refusal(&place.call("restore", "spoleret.zip", "data", &["--secrets", secrets.to_str().unwrap()]));
    assert!(words.contains("secrets file in it cannot be used"), "{words}");
    assert!(contents(&place.at("data")) == before && !secrets.exists());
}

#[test]
fn a_copy_never_takes_the_place_of_what_the_program_works_with() {
    let place = Place::new();
    let secrets = place.at("hemmeligheder.json");
    fs::write(&secrets, "{}").unwrap();
    // So that the key is there.
    out(&place.call("backup", "foer.zip", "data", &[]));
    fs::hard_link(place.at("data/postfordeler.db"), place.at("samme-fil")).unwrap();
    let before = contents(&place.at("data"));
    let names = ["data/postfordeler.db", "data/../data/journal.key", "data/postfordeler.db-journal", "samme-fil"];
    for name in names {
        let words = refusal(&place.call("backup", name, "data", &["--overwrite"]));
        assert!(words.contains("a file that Postfordeler works with"), "{name}: {words}");
    }
    let refused = Store::open(&place.at("data")).unwrap().back_up(&secrets, Some(&secrets), true).unwrap_err();
    assert!(refused.to_string().contains("a file that Postfordeler works with"), "{refused}");
    assert_eq!(fs::read(&secrets).unwrap(), b"{}");
    assert!(contents(&place.at("data")) == before);
    assert_eq!(place.publications("data"), 1);
    // A copy that somebody keeps there is one, and no file of the program's own.
    for _ in 0..2 {
        out(&place.call("backup", "data/kopi.zip", "data", &["--overwrite"]));
    }
}

#[test]
fn what_a_killed_call_left_for_the_same_copy_is_removed() {
    let place = Place::new();
    let id = "0123456789abcdef0123456789abcdef";
    let part = |name: &str, hours: u64| {
        let path = place.at(name);
        let file = fs::File::create(&path).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(hours * 60 * 60)).unwrap();
        path
    };
    let left = [part(&format!("kopi.zip.{id}.db.part"), 2), part(&format!("kopi.zip.{id}.zip.part"), 2)];
    // Of another copy, of a call that is under way, and of somebody else.
    let stay = [
        part(&format!("anden.zip.{id}.db.part"), 2),
        part(&format!("kopi.zip.{}.db.part", id.replace('0', "f")), 0),
        part("kopi.zip.mit.db.part", 2),
    ];
    out(&place.call("backup", "kopi.zip", "data", &[]));
    assert!(left.iter().all(|path| !path.exists()));
    assert!(stay.iter().all(|path| path.exists()));
}

#[test]
fn what_an_archive_says_of_its_database_bounds_what_is_unpacked() {
    let place = Place::new();
    let about = br#"{"format":"postfordeler-sikkerhedskopi","version":1,"program":"1","lavet":"2026-01-01T00:00:00Z"}"#;
    let name = "postfordeler-sikkerhedskopi.json";
    let zeroes = vec![0; 1024 * 1024];
    fs::write(place.at("nuller.zip"), zip(&[(name, about), ("postfordeler.db", &zeroes)])).unwrap();
    let words = refusal(&place.call("restore", "nuller.zip", "data", &[]));
    assert!(words.contains("postfordeler.db in it is no database"), "{words}");

    let database = Connection::open(place.at("data/postfordeler.db")).unwrap();
    database.execute("VACUUM INTO ?1", [place.at("kopi.db").to_str().unwrap()]).unwrap();
    drop(database);
    let database = fs::read(place.at("kopi.db")).unwrap();
    let mut archive = zip(&[(name, about), ("postfordeler.db", &database)]);
    // The size stands behind that of what is packed, in the directory entry and before the entry itself.
    let size = u32::try_from(database.len()).unwrap().to_le_bytes();
    for at in 0..archive.len() - 4 {
        let behind = match archive.get(at..at + 4) {
            Some(b"PK\x01\x02") => 24,
            Some(b"PK\x03\x04") => 22,
            _ => continue,
        };
        if archive[at + behind..at + behind + 4] == size {
            archive[at + behind..at + behind + 4].copy_from_slice(&4096_u32.to_le_bytes());
        }
    }
    fs::write(place.at("laengere.zip"), &archive).unwrap();
    let words = refusal(&place.call("restore", "laengere.zip", "data", &[]));
    assert!(words.contains("laengere.zip is damaged"), "{words}");
    assert_eq!(place.publications("data"), 1);
}

/// As a restore has it, which says nothing of a router.
#[test]
fn what_a_killed_router_said_of_itself_is_not_said_of_who_has_the_lock_now() {
    let served = Served::start(&everything_to("http://127.0.0.1:9/"), &[]);
    let process = served.running.process();
    let Served { running, data } = served;
    let directory = data.path().to_str().unwrap();
    let again = ["serve", "--listen", "127.0.0.1:0", "--data", directory];
    let words = refusal(&postfordeler(&again));
    assert!(words.contains(&format!("'postfordeler serve' (process {process}) at ")), "{words}");
    drop(running);
    let own = Store::open(data.path()).unwrap();
    let lock = own.lock_router().unwrap();
    let words = refusal(&postfordeler(&again));
    assert!(words.contains(&format!(": a program (process {}), which is starting", std::process::id())), "{words}");
    drop(lock);
    // What the killed one left stands there as it did.
    let row = format!("UPDATE router_state SET program = 'serve', process = {process}, since = '2026-11-26T20:14:48Z'");
    Connection::open(data.path().join("postfordeler.db")).unwrap().execute(&row, []).unwrap();
    let file = fs::File::options().write(true).open(data.path().join("router.lock")).unwrap();
    file.lock().unwrap();
    let words = refusal(&postfordeler(&again));
    assert!(words.contains("another router runs") && !words.contains("process"), "{words}");
}

/// As on a disk without room.
#[test]
fn a_router_that_cannot_write_what_it_says_of_itself_runs_all_the_same() {
    let fagsystem = Fagsystem::accepting();
    let data = TempDir::new().unwrap();
    publish(data.path(), &everything_to(&fagsystem.endpoint()));
    let database = Connection::open(data.path().join("postfordeler.db")).unwrap();
    let trigger = "CREATE TRIGGER full BEFORE UPDATE OF process, address ON router_state
                   BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END";
    database.execute(trigger, []).unwrap();
    drop(database);
    let served = Served::start_on(data, &[]);
    assert_eq!(served.deliver(&Memo::new().xml()).status(), 200);
    let directory = served.data.path().to_str().unwrap().to_owned();
    let words = refusal(&postfordeler(&["serve", "--listen", "127.0.0.1:0", "--data", &directory]));
    assert!(words.contains("another router runs") && !words.contains("process"), "{words}");
    let log = served.end();
    assert!(log.contains("cannot tell which one runs the router"), "{log}");
}
