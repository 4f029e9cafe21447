//! An authority as tables that colleagues edit in a spreadsheet: a workbook with a sheet for each kind of thing, or one
//! kind as a CSV file; and back.

mod called;
mod cell_range;
mod cells;
mod doubt;
mod fault;
mod faults;
mod kind;
mod listed;
mod outcome;
mod reading;
mod rows;
mod source;
mod table;
mod validation;
mod words;
mod writing;

pub use cell_range::CellRange;
pub(super) use cells::TableCells;
pub use doubt::CellDoubt;
pub use fault::{CellFault, CellProblem, Excerpt};
pub use kind::SheetKind;
pub use outcome::{TableNotice, TablesError, TablesImport, TablesWriteError};
pub use reading::read_tables;
pub(super) use reading::{TablesReport, read_tables_with_report};
pub use writing::{write_csv, write_template, write_workbook};
