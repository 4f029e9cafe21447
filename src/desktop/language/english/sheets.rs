use crate::desktop::language::grouped;
use crate::exchange::{CellProblem, TableNotice, TablesError};

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
        TablesError::Faults(faults) => match faults.iter().map(|fault| fault.problem.cells()).sum::<usize>() {
            1 => "There is 1 fault in the file".to_owned(),
            count => format!("There are {} faults in the file", grouped(count as u64, ',')),
        },
        TablesError::Stopped(_) => "The reading was stopped".to_owned(),
        error => capitalised(&error.to_string()),
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
