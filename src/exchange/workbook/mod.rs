//! An authority as tables that colleagues edit in a spreadsheet: a workbook with a sheet for each kind of thing, or one
//! kind as a CSV file; and back.

mod cell_range;
mod fault;
mod format;
mod outcome;
mod reading;
mod source;
mod writing;

pub use self::cell_range::CellRange;
pub use self::fault::doubt::CellDoubt;
pub use self::fault::excerpt::Excerpt;
pub use self::fault::problem::{CellFault, CellProblem};
pub use self::format::kind::SheetKind;
pub use self::outcome::{TableNotice, TablesError, TablesImport, TablesWriteError};
pub use self::reading::read_tables;
pub(super) use self::reading::{TableCells, TablesReport, read_tables_with_report};
pub use self::writing::workbook::{write_csv, write_template, write_workbook};
