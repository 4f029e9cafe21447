//! An authority as tables that colleagues edit in a spreadsheet: a workbook with a sheet for each kind of thing, or one
//! kind as a CSV file; and back.

mod called;
mod cells;
mod doubt;
mod fault;
mod faults;
mod kind;
mod listed;
mod outcome;
mod place;
mod reading;
mod rows;
mod source;
mod table;
mod validation;
mod words;
mod writing;

pub(super) use cells::TableCells;
pub use doubt::CellDoubt;
pub use fault::{CellFault, CellProblem, Found};
pub use kind::SheetKind;
pub use outcome::{TableNotice, TablesError, TablesNotWritten, TablesRead};
pub use place::CellPlace;
pub use reading::read_tables;
pub(super) use reading::{TablesLook, look_at_tables};
pub use writing::{write_csv, write_template, write_workbook};
