//! What must hold of every file of tables, whatever its format.

use std::cell::RefCell;
use std::fs;
use std::path::PathBuf;

use postfordeler::exchange::{
    CellFault, CellProblem, Progress, SheetKind, TableNotice, TablesError, TablesImport, TablesWriteError,
    read_configuration, read_tables, write_configuration, write_workbook,
};
use postfordeler::rules::{Cvr, KlePlan, RuleBook, without_cpr};
use tempfile::TempDir;

const DRAFT: &[u8] = include_bytes!("../../data/example_configuration.json");

thread_local! {
    static DRAFT_BOOK: RuleBook = read_configuration(DRAFT).expect("a book without faults");
    static DESK: RefCell<TempDir> = RefCell::new(TempDir::new().expect("a directory"));
}

/// Reads the file into a book without faults: what is accepted leaves it without faults and survives being written, and what
/// is refused is refused in words that can be shown to anybody. Says which it was.
pub fn check(file: &[u8], name: &str) -> bool {
    DRAFT_BOOK.with(|draft| {
        let current = draft.authorities.first().map(|own| own.cvr);
        let read = read_tables(file, name, draft, current, &Progress::default());
        assert_eq!(read, read_tables(file, name, draft, current, &Progress::default()), "it is the same each time");
        match &read {
            Ok(read) => check_taken(draft, read),
            Err(TablesError::Faults(faults)) => check_faults(faults),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        read.is_ok()
    })
}

fn check_taken(draft: &RuleBook, read: &TablesImport) {
    let book = &read.book;
    assert!(!read.kinds.is_empty());
    assert_eq!(book.faults(), [], "what is taken in has no faults");
    assert!(book.compile().is_ok(), "what is taken in can decide");
    let written = write_configuration(book);
    assert_eq!(read_configuration(written.as_bytes()).as_ref().map(write_configuration), Ok(written));
    if !read.kinds.contains(&SheetKind::KnownAuthorities) {
        assert_eq!(book.known_authorities, draft.known_authorities);
    }
    for other in draft.authorities.iter().filter(|other| Some(other.cvr) != read.authority) {
        assert_eq!(book.authority(other.cvr), Some(other), "another authority stays as it is");
    }
    for notice in &read.notices {
        match notice {
            // The digits of its place and of two ids may be as many as those of a CPR number.
            TableNotice::Misspelt { found, meant, .. } => {
                assert_plain(&found.to_string());
                assert_plain(&meant.to_string());
                assert_seen(&notice.to_string());
            }
            _ => assert_plain(&notice.to_string()),
        }
    }
    if let Some(authority) = read.authority {
        check_written(book, authority);
    }
}

/// Written as a workbook and read again it is the same, its rules in the order of their priorities.
fn check_written(book: &RuleBook, authority: Cvr) {
    let path: PathBuf = DESK.with(|desk| desk.borrow().path().join("bog.xlsx"));
    match write_workbook(&path, book, authority, &KlePlan::empty(), &Progress::default()) {
        Ok(()) => {}
        Err(TablesWriteError::TooLong { .. }) => return,
        Err(error) => panic!("it cannot be written: {error}"),
    }
    let written = fs::read(&path).expect("it was written");
    let again = read_tables(&written, "bog.xlsx", book, Some(authority), &Progress::default());
    let again = again.unwrap_or_else(|error| panic!("what was written cannot be read: {error}"));
    assert_eq!(in_order(&again.book), in_order(book));
}

fn in_order(book: &RuleBook) -> String {
    let mut book = book.clone();
    for authority in &mut book.authorities {
        authority.rules.sort_by_key(|rule| rule.priority);
    }
    write_configuration(&book)
}

fn check_faults(faults: &[CellFault]) {
    assert!(!faults.is_empty());
    for CellFault { place, problem } in faults {
        assert!(place.row >= 1 && place.column.bytes().all(|letter| letter.is_ascii_uppercase()), "{place}");
        check_problem(problem);
    }
}

fn check_problem(problem: &CellProblem) {
    assert_seen(&problem.to_string());
    match problem {
        // The digits of an interval may be as many as those of a CPR number.
        CellProblem::NotAnInterval { .. } | CellProblem::NotANumber { .. } | CellProblem::Backwards(_) => {}
        // So may those that are quoted, together with those of the sentence about them.
        CellProblem::NotAPriority(found)
        | CellProblem::NotSeconds(found)
        | CellProblem::NotMegabytes(found)
        | CellProblem::NotACount(found)
        | CellProblem::NotADate(found)
        | CellProblem::NotACode(found) => assert_plain(&format!("'{found}'")),
        CellProblem::Many { first, .. } => check_problem(first),
        _ => assert_plain(&problem.to_string()),
    }
}

/// Fit for a terminal, and without what looks like a CPR number.
pub fn assert_plain(words: &str) {
    assert_eq!(without_cpr(words), words);
    assert_seen(words);
}

fn assert_seen(words: &str) {
    assert!(!words.is_empty() && !words.chars().any(char::is_control), "{words:?}");
}
