//! Data that are for training begin anew, and no others.

use postfordeler::store::{Reach, RouterSettings, Store, StoreError};
use postfordeler::training::sample_book;
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::{postfordeler, publish};

fn training() -> (TempDir, Store) {
    let data = TempDir::new().unwrap();
    let store = Store::open(data.path()).unwrap();
    store.dedicate_to_training().unwrap();
    (data, store)
}

/// What is learnt, which a new beginning leaves as it is.
const KEPT: [&str; 8] = [
    "learner",
    "lesson",
    "lesson_files",
    "lesson_progress",
    "lesson_recording",
    "progress_machine",
    "room_machines",
    "room_progress",
];

/// The number of rows in each table of the database.
fn rows(data: &TempDir) -> Vec<(String, i64)> {
    let database = Connection::open(data.path().join("postfordeler.db")).unwrap();
    let mut tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").unwrap();
    let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let count = |name: &str| database.query_row(&format!("SELECT count(*) FROM {name}"), [], |row| row.get(0)).unwrap();
    names.into_iter().map(|name| (name.clone(), count(&name))).collect()
}

/// Puts a row into each table that can have any number of rows.
fn fill(data: &TempDir) {
    let database = Connection::open(data.path().join("postfordeler.db")).unwrap();
    database.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    // SQLite numbers rows in a table of its own, which the others fill.
    let empty = rows(data).into_iter().filter(|(name, count)| *count == 0 && name != "sqlite_sequence");
    let empty: Vec<_> = empty.map(|(name, _)| name).collect();
    for table in empty {
        let query =
            format!("SELECT name, type FROM pragma_table_info('{table}') WHERE \"notnull\" AND dflt_value IS NULL");
        let mut columns = database.prepare(&query).unwrap();
        let columns = columns.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let columns: Vec<(String, String)> = columns.map(Result::unwrap).collect();
        let names: Vec<_> = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let values: Vec<_> = columns.iter().map(|(_, kind)| if kind == "TEXT" { "'x'" } else { "1" }).collect();
        let insert = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "));
        database.execute(&insert, []).unwrap_or_else(|error| panic!("{insert}: {error}"));
    }
}

#[test]
fn a_new_beginning_leaves_the_data_as_they_were_at_first() {
    let (data, store) = training();
    let mut new = rows(&data);
    fill(&data);
    assert!(rows(&data).iter().all(|(_, count)| *count > 0), "{:?}", rows(&data));
    store.begin_training_anew().unwrap();
    for (table, count) in &mut new {
        *count += i64::from(KEPT.contains(&table.as_str()));
    }
    assert_eq!(rows(&data), new);
    assert_eq!(store.training_beginnings().unwrap(), Some(1));
    let rules = sample_book(([127, 0, 0, 1], 9101).into()).compile().unwrap();
    assert_eq!(store.publish(&rules, "", None).unwrap().get(), 1, "it is numbered from 1 again");
    assert_eq!(store.settings().unwrap(), RouterSettings { reach: Reach::ThisMachine, ..RouterSettings::default() });
}

#[test]
fn what_was_published_or_received_in_earnest_is_never_training() {
    let data = TempDir::new().unwrap();
    let store = Store::open(data.path()).unwrap();
    let rules = sample_book(([127, 0, 0, 1], 9101).into()).compile().unwrap();
    store.publish(&rules, "", None).unwrap();
    assert!(matches!(store.dedicate_to_training(), Err(StoreError::RealData(_))));
    assert!(matches!(store.begin_training_anew(), Err(StoreError::NoTraining(_))));
    assert_eq!((store.training_beginnings().unwrap(), store.reach().unwrap()), (None, Reach::Anywhere));
    assert!(store.newest_publication().unwrap().is_some());
    let database = Connection::open(data.path().join("postfordeler.db")).unwrap();
    for forbidden in ["DELETE FROM publications", "INSERT INTO training VALUES (1, 0)"] {
        assert!(database.execute(forbidden, []).is_err(), "{forbidden}");
    }
}

#[test]
fn training_data_stay_training_data() {
    let (data, store) = training();
    store.dedicate_to_training().unwrap();
    let database = Connection::open(data.path().join("postfordeler.db")).unwrap();
    for forbidden in ["DELETE FROM training", "UPDATE training SET beginnings = 0"] {
        assert!(database.execute(forbidden, []).is_err(), "{forbidden}");
    }
    assert_eq!(store.reach().unwrap(), Reach::ThisMachine);
}

#[test]
fn nothing_is_emptied_while_a_router_runs() {
    let (_data, store) = training();
    let rules = sample_book(([127, 0, 0, 1], 9101).into()).compile().unwrap();
    store.publish(&rules, "", None).unwrap();
    let lock = store.lock_router().unwrap();
    let other = store.reopen().unwrap();
    assert!(matches!(other.begin_training_anew(), Err(StoreError::RouterRuns { .. })));
    assert!(other.newest_publication().unwrap().is_some());
    drop(lock);
    other.begin_training_anew().unwrap();
    assert!(other.newest_publication().unwrap().is_none());
}

#[test]
fn the_command_leaves_real_data_alone() {
    let data = TempDir::new().unwrap();
    publish(
        data.path(),
        &crate::support::configuration(&[crate::support::fagsystem_entry("esdh", "http://127.0.0.1:1/")], &[]),
    );
    let refused = postfordeler(&["training", "--data", data.path().to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("training needs data of its own") && said.lines().count() == 1, "{said}");
    assert_eq!(Store::open(data.path()).unwrap().training_beginnings().unwrap(), None);
}
