//! Any bytes as pages of a contact structure, each in a file of its own.

use std::collections::HashSet;

use postfordeler::exchange::{
    ContactStructure, Progress, StructureError, read_configuration, read_contact_structure, write_configuration,
};
use postfordeler::rules::{RuleBook, without_cpr};

use super::parts::parts;
use super::tables::assert_plain;

const DRAFT: &[u8] = include_bytes!("../../data/example_configuration.json");

thread_local! {
    static DRAFT_BOOK: RuleBook = read_configuration(DRAFT).expect("a book without faults");
}

/// Returns whether it was accepted.
pub fn check(input: &[u8]) -> bool {
    let pages = parts(input);
    let read = read_contact_structure(&pages, &Progress::default());
    match &read {
        Ok(structure) => {
            check_read(structure);
            let twice: Vec<_> = pages.iter().chain(&pages).cloned().collect();
            let twice = read_contact_structure(&twice, &Progress::default()).expect("it was read before");
            let ids = |structure: &ContactStructure| -> HashSet<_> {
                structure.points.iter().map(|point| point.id.clone()).collect()
            };
            assert_eq!(ids(&twice), ids(structure), "pages that were saved twice add nothing");
        }
        Err(error) => check_error(error),
    }
    read.is_ok()
}

fn check_read(structure: &ContactStructure) {
    let ids: HashSet<_> = structure.points.iter().map(|point| &point.id).collect();
    assert_eq!(ids.len(), structure.points.len(), "each contact point counts once");
    for notice in &structure.notices {
        assert!(!notice.to_string().is_empty());
    }
    DRAFT_BOOK.with(|draft| {
        let own = &draft.authorities[0];
        for removes_missing in [false, true] {
            let book = structure.into_book(draft, own.cvr, removes_missing);
            let points = book.authorities[0].contact_points.len();
            assert!(points >= structure.points.len() && (removes_missing || points >= own.contact_points.len()));
            assert_eq!(structure.into_book(&book, own.cvr, removes_missing), book, "once taken in, it changes nothing");
            assert_eq!(book.faults(), []);
            let written = write_configuration(&book);
            assert_eq!(read_configuration(written.as_bytes()).as_ref(), Ok(&book));
        }
    });
}

fn check_error(error: &StructureError) {
    match error {
        StructureError::NotJson { line, column: _, reason, .. } => {
            assert!(*line >= 1);
            assert_plain(reason);
        }
        StructureError::Faults(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                assert_plain(&fault.problem.to_string());
            }
        }
        error => assert_eq!(without_cpr(&error.to_string()), error.to_string()),
    }
}
