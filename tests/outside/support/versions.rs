//! Databases as earlier versions of the program left them.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use tempfile::TempDir;

use super::settled_database;

const STEPS: [&str; 10] = [
    include_str!("../../../src/store/migrations/001_beginning.sql"),
    include_str!("../../../src/store/migrations/002_workbench.sql"),
    include_str!("../../../src/store/migrations/003_trust.sql"),
    include_str!("../../../src/store/migrations/004_kle_plan.sql"),
    include_str!("../../../src/store/migrations/005_same_message.sql"),
    include_str!("../../../src/store/migrations/006_found_by.sql"),
    include_str!("../../../src/store/migrations/007_callers.sql"),
    include_str!("../../../src/store/migrations/008_plain_reasons.sql"),
    include_str!("../../../src/store/migrations/009_transmission.sql"),
    include_str!("../../../src/store/migrations/010_running_router.sql"),
];

/// A new database in that directory, as the version with that number made it.
pub fn database_of(home: &Path, version: u8) -> Connection {
    let database = Connection::open(home.join("postfordeler.db")).expect("the database opens");
    database.pragma_update(None, "journal_mode", "WAL").expect("the test may write");
    for step in &STEPS[..version.into()] {
        database.execute_batch(step).expect("it is SQL");
    }
    database.pragma_update(None, "user_version", version).expect("the test may write");
    database
}

/// Turns the database of a data directory, which no program has open, into one of that earlier version.
pub fn turn_back(home: &Path, version: u8) {
    // It had no arrivals.
    drop(settled_database(home));
    let path = home.join("postfordeler.db");
    let earlier = TempDir::new().expect("a directory");
    let database = database_of(earlier.path(), version);
    database.execute("ATTACH DATABASE ?1 AS now", [path.to_str()]).expect("it is there");
    let columns = "SELECT group_concat(name, ', ') FROM pragma_table_info('journal') WHERE name <> 'received_at'";
    let columns: String = database.query_row(columns, [], |row| row.get(0)).expect("columns");
    let filled = format!(
        "INSERT INTO publications (number, published_at, published_by, note, configuration)
         SELECT number, published_at, published_by, note, configuration FROM now.publications;
         INSERT INTO settings SELECT * FROM now.settings;
         INSERT INTO journal (received_at, {columns})
         SELECT strftime('%Y-%m-%dT%H:%M:%SZ', received_at / 1000000000, 'unixepoch'), {columns} FROM now.journal;
         DETACH DATABASE now;"
    );
    database.execute_batch(&filled).expect("all of it had that version too");
    database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).expect("all is in the file");
    drop(database);
    for companion in ["postfordeler.db-wal", "postfordeler.db-shm"] {
        let _ = fs::remove_file(home.join(companion));
    }
    fs::copy(earlier.path().join("postfordeler.db"), path).expect("it takes its place");
}
