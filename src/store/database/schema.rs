//! The number of a database's schema, which program gave it that, and the copies from before it had it.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::store::migrations::STEPS;

/// The beginning and the end of the name of a copy; between them stands the number of its schema, in three digits.
pub(super) const COPY_PREFIX: &str = "before-upgrade-schema-";
pub(super) const COPY_ENDING: &str = ".db";
/// The setting with the version of the program that gave the database its schema.
const SCHEMA_BY: &str = "schema_by";

/// The newest schema that this program knows.
pub(in crate::store) const fn newest_schema() -> usize {
    STEPS.len()
}

/// What the copy of a database with that schema is called.
pub(super) fn copy_name(path: &Path, schema: usize) -> PathBuf {
    path.with_file_name(format!("{COPY_PREFIX}{schema:03}{COPY_ENDING}"))
}

/// The copies in a directory that an upgrade has made, each with the number of its schema.
pub(super) fn copies_in(directory: &Path) -> Vec<(usize, PathBuf)> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let copies = entries.filter_map(|entry| {
        let name = entry.file_name();
        let schema = name.to_str()?.strip_prefix(COPY_PREFIX)?.strip_suffix(COPY_ENDING)?.parse().ok()?;
        entry.file_type().is_ok_and(|kind| kind.is_file()).then(|| (schema, entry.path()))
    });
    copies.collect()
}

/// The copy in a directory that a program with that schema can open: the newest of them.
pub(super) fn copy_for(directory: &Path, schema: usize) -> Option<PathBuf> {
    let fitting = copies_in(directory).into_iter().filter(|(of, _)| *of <= schema);
    fitting.max_by_key(|(of, _)| *of).map(|(_, path)| path)
}

/// Records which version of the program gave the database its schema, so that an older one can name it. If that cannot be
/// written, it does without.
pub(in crate::store) fn record_program(connection: &Connection) {
    let query = "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2";
    let version = serde_json::Value::from(env!("CARGO_PKG_VERSION")).to_string();
    let _ = connection.execute(query, [SCHEMA_BY, &version]);
}

/// The version that [`record_program`] has recorded, if it looks like one: the database is from a program that is not known.
pub(super) fn recorded_program(connection: &Connection) -> Option<String> {
    let query = "SELECT value FROM settings WHERE key = ?1";
    let value: String = connection.query_row(query, [SCHEMA_BY], |row| row.get(0)).ok()?;
    let version: String = serde_json::from_str(&value).ok()?;
    is_version(&version).then_some(version)
}

/// Whether it is three numbers, perhaps with a short word after them: `0.3.0`, `1.0.0-beta.2`. Nothing that stands there is
/// repeated otherwise.
fn is_version(text: &str) -> bool {
    const MAX_DIGITS: usize = 4;
    let (numbers, word) = text.split_once('-').unwrap_or((text, ""));
    let is_number =
        |part: &str| (1..=MAX_DIGITS).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = |part: &str| ["", "alpha", "beta", "rc"].contains(&part) || is_number(part);
    numbers.split('.').count() == 3
        && numbers.split('.').all(is_number)
        && word.split('.').count() <= 2
        && word.split('.').all(is_word)
}
