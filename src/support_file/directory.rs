//! The sizes of the files in the data directory. Only names that the program gives are told.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

/// Files of the program by their whole names.
const NAMES: [&str; 8] = [
    "postfordeler.db",
    "postfordeler.db-wal",
    "postfordeler.db-shm",
    "journal.key",
    "router.lock",
    "router.process",
    "router.running",
    "secrets.json",
];
/// More are not counted: somebody keeps other things there.
const MAX_FILES: usize = 10_000;

pub(super) fn facts(data: &Path) -> Value {
    let Ok(entries) = fs::read_dir(data) else { return json!({"readable": false}) };
    let (mut files, mut others, mut other_bytes) = (Map::new(), 0_u64, 0_u64);
    for entry in entries.flatten().take(MAX_FILES) {
        let bytes = entry.metadata().map_or(0, |found| if found.is_file() { found.len() } else { 0 });
        if let Some(name) = entry.file_name().to_str().and_then(known) {
            files.insert(name, bytes.into());
        } else {
            others += 1;
            other_bytes += bytes;
        }
    }
    files.sort_keys();
    json!({"readable": true, "bytes_by_file": files, "other_files": others, "bytes_of_other_files": other_bytes})
}

/// The name, if the program gives it: whole, or with nothing but digits in the one place where it varies.
fn known(name: &str) -> Option<String> {
    if NAMES.contains(&name) {
        return Some(name.to_owned());
    }
    let schema = name.strip_prefix("before-upgrade-schema-")?.strip_suffix(".db")?;
    (schema.len() == 3 && schema.bytes().all(|byte| byte.is_ascii_digit())).then(|| name.to_owned())
}
