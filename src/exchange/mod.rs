//! Files in and out: the configuration file, the form of import, export and every published version; and tables for
//! spreadsheets.

mod configuration;
mod fault;
mod formula_guard;
mod json;
mod progress;
mod sheet;
mod unfinished;
mod workbook;

pub use configuration::{read_configuration, read_unfinished, write_configuration};
pub use fault::{FileFault, FileFaults, FileProblem};
pub use progress::{Progress, Stopped};
pub use sheet::{SheetCell, SheetColumn, SheetError, SheetFormat, SheetWriter};
pub use workbook::{
    CellFault, CellPlace, CellProblem, Found, SheetKind, TableNotice, TablesNotWritten, TablesRead, TablesTrouble,
    read_tables, write_csv, write_workbook,
};
