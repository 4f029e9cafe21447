//! The configuration file: a rule book, or a package of a part of one, as JSON. `reading` and the files of the same names as
//! what they read turn it into values and report every fault with its place; `format` says which keys there are, from which
//! `schema` and `reference` are generated.

mod authority;
mod book;
mod contact_point;
mod facts;
mod fagsystem;
mod fault;
mod format;
mod guard;
mod package;
mod reading;
mod reference;
mod rule;
mod schema;

pub use self::facts::{read_facts, write_facts};
pub use self::fault::{FileFault, FileFaults, FileProblem, InvalidText, ValueKind};
pub(super) use self::package::read_package_within;
pub use self::package::{Package, read_package, write_package};
pub use self::reference::{ReferenceLanguage, configuration_reference};
pub use self::schema::configuration_schema;

use serde::Serialize;

use self::format::{FORMAT, VERSION};
use self::reading::Reading;
use super::progress::Progress;
use crate::rules::RuleBook;
use crate::visible::visible_json;

/// Writes a rule book as a configuration file. Control characters are escaped, so that it is safe to print on a terminal.
///
/// [`read_configuration`] reads the same book from it:
///
/// ```
/// use postfordeler::exchange::{read_configuration, write_configuration};
/// use postfordeler::rules::RuleBook;
///
/// let book = RuleBook::default();
/// let file = write_configuration(&book);
/// assert_eq!(read_configuration(file.as_bytes()), Ok(book));
/// ```
#[must_use]
pub fn write_configuration(book: &RuleBook) -> String {
    #[derive(Serialize)]
    struct File<'a> {
        format: &'static str,
        version: u64,
        #[serde(flatten)]
        book: &'a RuleBook,
    }
    let mut text = serde_json::to_string_pretty(&File { format: FORMAT, version: VERSION, book })
        .expect("a rule book has only text keys, so it can always be printed as JSON");
    text.push('\n');
    visible_json(&text).into_owned()
}

/// Reads a configuration file, completely or not at all. The format is described by [`configuration_schema`].
///
/// ```
/// use postfordeler::exchange::read_configuration;
///
/// let file = br#"{"format": "postfordeler-konfiguration", "version": 1, "myndigheder": [{}]}"#;
/// let faults = read_configuration(file).unwrap_err();
/// assert_eq!(faults.0[0].to_string(), "myndigheder[0].cvr: this is missing");
/// ```
///
/// # Errors
///
/// Every fault of the file, each with its path: [`FileFaults`].
pub fn read_configuration(file: &[u8]) -> Result<RuleBook, FileFaults> {
    read_configuration_within(file, &Progress::default())
}

/// The same, stoppable by `progress`; it then fails with [`FileProblem::Stopped`].
pub(super) fn read_configuration_within(file: &[u8], progress: &Progress) -> Result<RuleBook, FileFaults> {
    let mut reading = Reading::within(progress);
    let book = reading.file(file, Reading::book);
    reading.find_repeated_authorities();
    reading.cross_checked(book)
}

/// Reads a configuration file that is still being edited: its parts may contradict each other.
///
/// # Errors
///
/// Every other fault of the file, each with its path.
pub fn read_unfinished(file: &[u8]) -> Result<RuleBook, FileFaults> {
    let mut reading = Reading::default();
    let book = reading.file(file, Reading::book);
    reading.concluded(book)
}

/// Reads a configuration from the database, written by this program or an older version of it. Its parts may contradict
/// each other.
///
/// Older versions accepted endpoints that are refused today. Such an address becomes what the URL standard makes of it,
/// which is where messages were sent. A user name and password are removed from it and the fagsystem is paused, with an
/// explanation in its note: nothing is sent there until a person has checked it.
///
/// # Errors
///
/// Every other fault, each with its path.
pub fn read_stored(configuration: &[u8]) -> Result<RuleBook, FileFaults> {
    let mut reading = Reading { is_kept: true, ..Reading::default() };
    let book = reading.file(configuration, Reading::book);
    reading.concluded(book)
}
