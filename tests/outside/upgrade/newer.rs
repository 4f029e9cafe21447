//! A database that a newer version has brought up to date.

use std::fs;
use std::path::Path;

use postfordeler::desktop::Message;
use postfordeler::store::{Store, StoreError};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{name_of, with};
use crate::support::postfordeler;
use crate::window::Window;

/// A data directory as a later version leaves it: with a schema of its own, and the copy of what was there before.
fn newer(with_copy: bool) -> TempDir {
    let home = with(&name_of(16));
    let store = Store::open(home.path()).expect("it opens");
    fs::remove_file(&store.upgrade().unwrap().copy).unwrap();
    drop(store);
    let path = home.path().join("postfordeler.db");
    if with_copy {
        let database = Connection::open(&path).unwrap();
        let copy = home.path().join(format!("before-upgrade-{}", name_of(Store::SCHEMA)));
        database.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    }
    let database = Connection::open(&path).unwrap();
    let later = "CREATE TABLE later (word TEXT); UPDATE settings SET value = '\"0.9.3\"' WHERE key = 'schema_by'";
    database.execute_batch(later).unwrap();
    database.pragma_update(None, "user_version", i64::try_from(Store::SCHEMA).unwrap() + 2).unwrap();
    database.execute("DELETE FROM journal", []).unwrap();
    database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    home
}

fn refused(home: &Path) -> String {
    let output = postfordeler(&["export", "-", "--data", home.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{said}");
    said
}

#[test]
fn it_is_refused_with_the_version_to_install_and_the_copy_to_go_back_to() {
    let home = newer(true);
    let bytes = fs::read(home.path().join("postfordeler.db")).unwrap();
    let said = refused(home.path());
    let copy = home.path().join(format!("before-upgrade-{}", name_of(Store::SCHEMA)));
    let restore = format!("postfordeler restore '{}' --data '{}'", copy.display(), home.path().display());
    for words in ["install 0.9.3 or a later one", "nothing was changed", &restore] {
        assert!(said.contains(words), "{words} is not in: {said}");
    }
    assert!(fs::read(home.path().join("postfordeler.db")).unwrap() == bytes);
    // What it says to do leads back.
    let restored = postfordeler(&["restore", copy.to_str().unwrap(), "--data", home.path().to_str().unwrap()]);
    assert_eq!(restored.status.code(), Some(0), "{}", String::from_utf8_lossy(&restored.stderr));
    assert_eq!(Store::open(home.path()).expect("it opens").count_journal().unwrap(), 49);
}

#[test]
fn without_a_copy_it_speaks_of_a_backup_and_names_no_version_that_is_none() {
    let home = newer(false);
    assert!(refused(home.path()).contains("or put back a copy from before: postfordeler restore FILE"));
    let database = Connection::open(home.path().join("postfordeler.db")).unwrap();
    for odd in
        ["'[1]'", "'\"se her: kør rm\"'", "'\"1\u{1b}[2J\"'", "'\"2211771212\"'", "'\"0.1.0-2211771212\"'", "'\"0.1\"'"]
    {
        database.execute(&format!("UPDATE settings SET value = {odd} WHERE key = 'schema_by'"), []).unwrap();
        let said = refused(home.path());
        assert!(said.contains("install that version or a later one"), "{said}");
    }
    // A copy that this version cannot use either is not offered.
    fs::write(home.path().join(format!("before-upgrade-{}", name_of(Store::SCHEMA + 1))), "x").unwrap();
    assert!(!refused(home.path()).contains("before-upgrade"));
}

#[test]
fn the_window_says_it_in_both_languages() {
    let home = newer(true);
    let Err(StoreError::Newer { schema, program, .. }) = Store::open(home.path()) else { panic!("it is newer") };
    assert_eq!((schema, program.as_deref()), (Store::SCHEMA + 2, Some("0.9.3")));
    let mut window = Window::open(home.path());
    for words in [
        [
            "er skrevet af Postfordeler 0.9.3",
            "Installér 0.9.3 eller en senere",
            "Eller gå tilbage",
            "postfordeler restore",
        ],
        ["was written by a newer version", "install 0.9.3 or a later one", "or go back", "postfordeler restore"],
    ] {
        for words in words {
            assert!(window.shows_part(words), "{words}");
        }
        window.send(Message::SwitchLanguage);
    }
    window.close();
}
