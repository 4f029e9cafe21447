//! An authority as a workbook or as CSV files: written, edited, read back, and what is said of the faults.

mod as_seen;
mod cells;
mod delimited;
mod faults;
mod hostile;
mod letters;
mod memory;
mod programs;
mod replacing;
mod round_trip;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use postfordeler::exchange::{
    Progress, SheetKind, TablesError, TablesImport, read_tables, write_configuration, write_csv, write_workbook,
};
use postfordeler::rules::{Authority, Cvr, KlePlan, RuleBook};
use tempfile::TempDir;

use crate::rules::books::{cvr, fagsystem_id};
use crate::support::small_town;

/// The sample municipality.
fn sample() -> RuleBook {
    small_town(SocketAddr::from((Ipv4Addr::LOCALHOST, 9101)))
}

fn sample_cvr() -> Cvr {
    cvr("01102036")
}

/// A directory for a test's files.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(TempDir::new().expect("a directory"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The authority as a workbook.
    fn workbook(&self, book: &RuleBook, authority: Cvr) -> Vec<u8> {
        let path = self.path("bog.xlsx");
        write_workbook(&path, book, authority, &KlePlan::built_in(), &Progress::default()).expect("written");
        std::fs::read(path).expect("it is there")
    }

    /// One kind of table as a CSV file.
    fn csv(&self, kind: SheetKind, book: &RuleBook, authority: Cvr) -> Vec<u8> {
        let path = self.path("tabel.csv");
        write_csv(&path, kind, book, authority, &KlePlan::built_in(), &Progress::default()).expect("written");
        std::fs::read(path).expect("it is there")
    }
}

fn read(bytes: &[u8], name: &str, draft: &RuleBook, current: Cvr) -> Result<TablesImport, TablesError> {
    read_tables(bytes, name, draft, Some(current), &Progress::default())
}

/// What was read, of a file without faults.
fn taken(bytes: &[u8], name: &str, draft: &RuleBook, current: Cvr) -> TablesImport {
    read(bytes, name, draft, current).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The faults of a file, each as a line.
fn faults(bytes: &[u8], name: &str, draft: &RuleBook, current: Cvr) -> Vec<String> {
    match read(bytes, name, draft, current) {
        Err(TablesError::Faults(faults)) => faults.iter().map(ToString::to_string).collect(),
        other => panic!("{name} should have faults: {other:?}"),
    }
}

/// The book as a text, rules in order: what is not in it makes no difference to anybody.
fn spelt(book: &RuleBook) -> String {
    let mut book = book.clone();
    for authority in &mut book.authorities {
        authority.rules.sort_by_key(|rule| rule.priority);
    }
    write_configuration(&book)
}

/// The book without anything of that authority but its number.
fn emptied(book: &RuleBook, authority: Cvr) -> RuleBook {
    let mut book = book.clone();
    book.known_authorities.clear();
    let own = book.authorities.iter_mut().find(|it| it.cvr == authority).expect("it is there");
    *own = Authority {
        cvr: authority,
        name: String::new(),
        more_cvrs: Vec::new(),
        default_fagsystem: fagsystem_id("intet"),
        fagsystems: Vec::new(),
        contact_points: Vec::new(),
        rules: Vec::new(),
        guards: Vec::new(),
    };
    book
}
