//! What is refused, and that it changes nothing.

use std::fs;
use std::io::Read;

use postfordeler::store::Store;
use rusqlite::Connection;

use super::{Place, contents, out, refusal, zip};

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
    // The size comes after the packed size, in the directory entry and before the entry itself.
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
