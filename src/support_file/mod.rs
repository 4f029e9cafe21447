//! A file for whoever helps with the program: how it runs and what went wrong, without personal data, secrets or names.
//!
//! Whatever it says comes from a closed set: numbers, days, versions, and codes of the program's own. No text that people or
//! other systems have written gets in, so that nothing has to be recognised and taken out again. It can be made while the
//! database cannot be opened, and then says why.

mod database;
mod directory;
mod rules;
mod settings;
mod system;

pub use self::system::operating_system;

use std::io::{Cursor, Write};
use std::path::Path;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::router::Hindrance;
use crate::store::{Store, StoreError};

/// What it says of itself.
const FORMAT: &str = "postfordeler-support";
const VERSION: u32 = 1;
/// The entry with everything that was gathered.
const FACTS: &str = "support.json";
/// The entry that says what it is.
const ABOUT: &str = "laes-mig.txt";

/// Where a support file is made from.
#[derive(Debug)]
pub struct SupportSource<'a> {
    /// The data directory.
    pub data: &'a Path,
    /// The database; `None` where there is none.
    pub store: Option<Result<&'a Store, &'a StoreError>>,
    /// What will not work, now or soon; `None` where nobody has looked.
    pub hindrances: Option<&'a [Hindrance]>,
    /// How many notices there were about rights of files when the database was opened.
    pub notices: usize,
    /// What is known of the window, if it is made there.
    pub window: Option<SupportWindow>,
}

/// What a support file says of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SupportWindow {
    /// Whether it speaks Danish; else English.
    pub is_danish: bool,
    /// Whether it is dark.
    pub is_dark: bool,
    /// How far it is enlarged.
    pub zoom_percent: u16,
    /// Its width and height, in logical pixels.
    pub size: (u32, u32),
}

/// What was gathered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportFile {
    text: String,
}

impl SupportFile {
    /// The name that is suggested for it.
    pub const NAME: &'static str = "postfordeler-support.zip";

    /// Gathers what it says.
    #[must_use]
    pub fn gather(source: &SupportSource<'_>, now: Timestamp) -> Self {
        let mut facts = Map::new();
        facts.insert("format".to_owned(), FORMAT.into());
        facts.insert("version".to_owned(), VERSION.into());
        facts.insert("made_at".to_owned(), format!("{now:.0}").into());
        facts.insert("program".to_owned(), system::program());
        facts.insert("system".to_owned(), system::system());
        if let Some(window) = source.window {
            facts.insert("window".to_owned(), described(window));
        }
        facts.insert("data_directory".to_owned(), directory::facts(source.data));
        facts.insert("file_notices".to_owned(), source.notices.into());
        match source.store {
            None => drop(facts.insert("database".to_owned(), json!({"opened": false, "error": "absent"}))),
            Some(Err(error)) => drop(facts.insert("database".to_owned(), database::error(error))),
            Some(Ok(store)) => facts.extend(database::facts(store, now)),
        }
        facts.insert("hindrances".to_owned(), hindrances(source.hindrances));
        let text = serde_json::to_string_pretty(&Value::Object(facts)).unwrap_or_default();
        Self { text: text + "\n" }
    }

    /// All that it says: the entry `support.json`.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The file: a ZIP archive.
    ///
    /// # Errors
    ///
    /// There is no memory for it.
    pub fn to_zip(&self) -> Result<Vec<u8>, zip::result::ZipError> {
        let options = SimpleFileOptions::default().unix_permissions(0o600);
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [(ABOUT, include_str!("about.txt")), (FACTS, &self.text)] {
            archive.start_file(name, options)?;
            archive.write_all(text.as_bytes())?;
        }
        Ok(archive.finish()?.into_inner())
    }
}

fn described(window: SupportWindow) -> Value {
    json!({
        "language": if window.is_danish { "da" } else { "en" },
        "theme": if window.is_dark { "dark" } else { "light" },
        "zoom_percent": window.zoom_percent,
        "size": [window.size.0, window.size.1],
    })
}

/// How many there are of each kind.
fn hindrances(hindrances: Option<&[Hindrance]>) -> Value {
    let Some(hindrances) = hindrances else { return "not_looked_for".into() };
    let mut counts = Map::new();
    for hindrance in hindrances {
        add(&mut counts, hindrance.code(), 1);
    }
    Value::Object(counts)
}

/// Adds to the count under that word.
fn add(counts: &mut Map<String, Value>, word: &str, more: usize) {
    let before = counts.get(word).and_then(Value::as_u64).unwrap_or_default();
    counts.insert(word.to_owned(), (before + more as u64).into());
}
