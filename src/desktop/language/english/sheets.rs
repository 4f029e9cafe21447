//! What is wrong with cells and tables, in English: what the errors themselves say, with a capital letter. They are the one
//! source of English, for the command line and the window.

use super::grammar::counted;
use crate::desktop::language::grammar::{Counted, capitalised};
use crate::exchange::{CellProblem, TableNotice, TablesError};

const FAULTS: Counted =
    counted("There is 1 fault in the file", |count| format!("There are {count} faults in the file"));

/// What is wrong in a cell, and what to do.
pub(super) fn cell_problem(problem: &CellProblem) -> String {
    capitalised(&problem.to_string())
}

/// What is good to know of a file.
pub(super) fn table_notice(notice: &TableNotice) -> String {
    capitalised(&notice.to_string())
}

/// Why nothing can be read from a file.
pub(super) fn tables_error(error: &TablesError) -> String {
    match error {
        TablesError::Faults(faults) => FAULTS.of(faults.iter().map(|fault| fault.problem.cells()).sum::<usize>()),
        TablesError::Stopped(_) => "Reading was stopped".to_owned(),
        error => capitalised(&error.to_string()),
    }
}
