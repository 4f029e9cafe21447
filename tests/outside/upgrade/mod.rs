//! Data of earlier versions, and of later ones: what was there is still there, a copy is made first, and a newer database is refused
//! with what to do.

mod before;
mod earlier;
mod newer;
mod newest;

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

/// The folder with a database of every schema.
fn databases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/databases")
}

fn name_of(schema: usize) -> String {
    format!("schema-{schema:03}.db")
}

/// A data directory with a copy of that database.
fn with(name: &str) -> TempDir {
    let home = TempDir::new().expect("a directory");
    fs::copy(databases().join(name), home.path().join("postfordeler.db")).expect("there is one of every schema");
    home
}

fn read_only(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("the database opens")
}

fn number(database: &Connection, query: &str) -> i64 {
    database.query_row(query, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// The copies that upgrades have left in a data directory.
fn copies(home: &Path) -> Vec<String> {
    let entries = fs::read_dir(home).expect("the directory is there").flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut copies: Vec<_> = names.filter(|name| name.starts_with("before-upgrade")).collect();
    copies.sort();
    copies
}
