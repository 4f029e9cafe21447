//! The copy that is made before a database is brought up to date.

use std::fs::{self, File};
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use postfordeler::store::{Store, StoreError};
use rusqlite::Connection;

use super::{copies, name_of, number, read_only, with};
use crate::support::{Running, postfordeler};

const COPY: &str = "before-upgrade-schema-011.db";

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Every row of every table, as text.
fn rows(path: &Path) -> Vec<String> {
    let database = read_only(path);
    let mut tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut all = Vec::new();
    for table in tables.iter().filter(|name| !name.starts_with("sqlite_")) {
        let mut statement = database.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let values: Vec<_> = (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect();
            all.push(format!("{table}: {}", values.join(", ")));
        }
    }
    all.sort();
    all
}

#[test]
fn the_copy_is_the_database_as_it_was_and_for_its_owner_alone() {
    let home = with(&name_of(11));
    let before = rows(&home.path().join("postfordeler.db"));
    let output = postfordeler(&["export", "-", "--data", home.path().to_str().unwrap()]);
    let said = text(&output.stderr);
    assert!(said.contains("from schema 11 to") && said.contains(COPY), "{said}");
    assert_eq!(copies(home.path()), [COPY]);
    let copy = home.path().join(COPY);
    assert_eq!(rows(&copy), before);
    assert_eq!(number(&read_only(&copy), "PRAGMA user_version"), 11);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let again = postfordeler(&["export", "-", "--data", home.path().to_str().unwrap()]);
    assert_eq!(text(&again.stderr), "", "it is said once");
    assert_eq!(rows(&copy), before);
}

#[test]
fn what_is_only_in_the_write_ahead_log_is_in_the_copy_too() {
    let home = with(&name_of(16));
    let path = home.path().join("postfordeler.db");
    let other = Connection::open(&path).expect("it opens");
    other.execute("UPDATE settings SET value = '33' WHERE key = 'retention_days'", []).expect("the test may write");
    assert!(fs::metadata(home.path().join("postfordeler.db-wal")).unwrap().len() > 0);
    let store = Store::open(home.path()).expect("it opens beside the other");
    let kept = read_only(&store.upgrade().expect("it was older").copy);
    assert_eq!(number(&kept, "SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'retention_days'"), 33);
    assert_eq!(store.settings().unwrap().retention_days, 33);
}

/// The way back that the guide tells.
#[test]
fn the_copy_can_be_restored() {
    let home = with(&name_of(11));
    drop(Store::open(home.path()).expect("it opens"));
    let database = Connection::open(home.path().join("postfordeler.db")).expect("it opens");
    database.execute("DELETE FROM journal", []).expect("the test may write");
    drop(database);
    let (data, copy) = (home.path().to_str().unwrap(), home.path().join(COPY));
    let output = postfordeler(&["restore", copy.to_str().unwrap(), "--data", data]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let store = Store::open(home.path()).expect("it opens");
    assert_eq!(store.count_journal().unwrap(), 49);
    assert!(
        store.upgrade().is_none() && copy.is_file(),
        "restoring brought it up to date, and left the copy where it was"
    );
    let by = format!(
        "SELECT count(*) FROM settings WHERE key = 'schema_by' AND value = '\"{}\"'",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(number(&read_only(store.path()), &by), 1, "an older program can name this one");
}

#[test]
fn only_the_copy_of_the_last_upgrade_is_kept_and_an_earlier_attempt_is_replaced() {
    let home = with(&name_of(12));
    let file = |name: &str| home.path().join(name);
    fs::write(file("before-upgrade-schema-003.db"), "af en tidligere opgradering").unwrap();
    fs::write(file("before-upgrade-schema-012.db"), "af et tidligere forsøg").unwrap();
    fs::write(file("before-upgrade-schema-012.db.0123456789abcdef0123456789abcdef.db.part"), "afbrudt").unwrap();
    drop(Store::open(home.path()).expect("it opens"));
    assert_eq!(copies(home.path()), ["before-upgrade-schema-012.db"]);
    assert_eq!(number(&read_only(&file("before-upgrade-schema-012.db")), "SELECT count(*) FROM journal"), 49);
}

#[test]
fn where_no_copy_can_be_made_nothing_is_changed() {
    let home = with(&name_of(11));
    let path = home.path().join("postfordeler.db");
    let bytes = fs::read(&path).unwrap();
    fs::create_dir(home.path().join(COPY)).unwrap();
    let error = Store::open(home.path()).expect_err("something else has the name");
    assert!(matches!(error, StoreError::NoPlainFile(_)) && error.to_string().contains(COPY), "{error}");
    assert_eq!(number(&read_only(&path), "PRAGMA user_version"), 11);
    assert!(fs::read(&path).unwrap() == bytes);
    fs::remove_dir(home.path().join(COPY)).unwrap();
    assert!(Store::open(home.path()).is_ok());
}

/// The system lets the program's files grow no further, which is as near to a full disk as a test comes without rights.
#[cfg(target_os = "linux")]
#[test]
fn where_there_is_no_room_it_says_so_and_changes_nothing() {
    // In units of 512 bytes: less than the database has, so that there is none for the copy; then enough for that alone.
    for (room, schema) in [(120, 11), (200, 3)] {
        let home = with(&name_of(schema));
        let path = home.path().join("postfordeler.db");
        let before = rows(&path);
        let limited = format!(
            "ulimit -S -f {room}; exec '{}' export - --data '{}'",
            env!("CARGO_BIN_EXE_postfordeler"),
            home.path().display()
        );
        let output = std::process::Command::new("sh").args(["-c", &limited]).output().unwrap();
        let said = text(&output.stderr);
        assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{said}");
        assert!(
            said.contains("no room") && said.contains("nothing was changed") && said.contains("MB"),
            "{room}: {said}"
        );
        assert_eq!(
            (number(&read_only(&path), "PRAGMA user_version"), rows(&path)),
            (i64::try_from(schema).unwrap(), before),
            "{room}"
        );
        let parts = copies(home.path()).into_iter().filter(|name| name.contains(".part")).count();
        assert_eq!(parts, 0, "{room}: nothing unfinished is left");
        assert!(Store::open(home.path()).is_ok(), "{room}: with room, it opens");
    }
}

#[test]
fn programs_that_start_together_make_one_copy_and_one_upgrade() {
    let home = with(&name_of(9));
    let opened: Vec<_> = thread::scope(|scope| {
        let open = |_| scope.spawn(|| Store::open(home.path()).map(|store| store.upgrade().cloned()));
        let threads: Vec<_> = (0..6).map(open).collect();
        threads.into_iter().map(|thread| thread.join().unwrap().expect("each opens")).collect()
    });
    assert!(opened.iter().flatten().count() >= 1, "{opened:?}");
    let copy = home.path().join("before-upgrade-schema-009.db");
    assert_eq!(copies(home.path()), ["before-upgrade-schema-009.db"]);
    assert_eq!(number(&read_only(&copy), "PRAGMA user_version"), 9, "it is of before, whoever came last");
    let store = Store::open(home.path()).unwrap();
    assert_eq!(store.count_journal().unwrap(), 49);
}

#[test]
fn a_damaged_database_is_not_brought_up_to_date() {
    let home = with(&name_of(11));
    let path = home.path().join("postfordeler.db");
    let database = read_only(&path);
    let root = number(&database, "SELECT rootpage FROM sqlite_schema WHERE name = 'journal'");
    drop(database);
    let mut bytes = fs::read(&path).unwrap();
    let page = usize::try_from(root - 1).unwrap() * 4096;
    bytes[page..page + 4096].fill(0xA5);
    fs::write(&path, &bytes).unwrap();
    let error = Store::open(home.path()).expect_err("its journal is damaged");
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    assert!(copies(home.path()).is_empty() && number(&read_only(&path), "PRAGMA user_version") == 11);
}

#[test]
fn a_backup_leaves_the_copy_out_and_the_journals_retention_covers_it() {
    let home = with(&name_of(16));
    let store = Store::open(home.path()).expect("it opens");
    let archive = home.path().join("kopi.zip");
    store.back_up(&archive, None, false).expect("it is copied");
    let mut archive = zip::ZipArchive::new(File::open(archive).unwrap()).unwrap();
    let names: Vec<_> =
        (0..archive.len()).map(|at| archive.by_index(at).unwrap().name().unwrap().into_owned()).collect();
    assert_eq!(names, ["postfordeler-sikkerhedskopi.json", "journal.key", "postfordeler.db"]);
    let copy = store.upgrade().unwrap().copy.clone();
    let days = |days: u64| Duration::from_hours(24 * days);
    let now = Timestamp::now();
    File::options().write(true).open(&copy).unwrap().set_modified(SystemTime::from(now) - days(59)).unwrap();
    store.prune_journal(now).expect("it forgets");
    assert!(copy.is_file(), "messages are kept for 60 days here");
    File::options().write(true).open(&copy).unwrap().set_modified(SystemTime::from(now) - days(61)).unwrap();
    store.prune_journal(now).expect("it forgets");
    assert!(!copy.exists());
}

#[test]
fn the_routers_log_says_what_was_done() {
    let home = with(&name_of(10));
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--log", "json", "--data", home.path().to_str().unwrap()];
    let mut router = Running::start(&arguments);
    router.terminate();
    router.exit_status();
    let log = router.log();
    let line = log.lines().find(|line| line.contains("the database was brought up to date")).expect("a line says so");
    let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
    assert_eq!((&line["schema_before"], &line["schema"]), (&10.into(), &Store::SCHEMA.into()), "{line}");
    assert!(line["copy"].as_str().unwrap().ends_with("before-upgrade-schema-010.db"), "{line}");
}
