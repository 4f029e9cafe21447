//! Databases as earlier versions of the program left them.

use std::path::Path;

use rusqlite::Connection;

use super::database;

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
    let database = database(home);
    database.pragma_update(None, "journal_mode", "WAL").expect("the test may write");
    for step in &STEPS[..version.into()] {
        database.execute_batch(step).expect("it is SQL");
    }
    database.pragma_update(None, "user_version", version).expect("the test may write");
    database
}
