//! Files in and out: the configuration file, the form of import, export and every published version; and tables for
//! spreadsheets.

mod configuration;
mod json;
mod sheet;

pub use configuration::{FileFault, FileFaults, FileProblem, read_configuration, read_unfinished, write_configuration};
pub use sheet::{SheetCell, SheetColumn, SheetError, SheetFormat, SheetWriter};
