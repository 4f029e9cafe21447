//! Files in and out: the configuration file, the form of import, export and every published version; tables for
//! spreadsheets; KL's plan of KLE numbers.

mod configuration;
mod fault;
mod json;
mod kle;
mod progress;
mod sheet;

pub use configuration::{read_configuration, read_unfinished, write_configuration};
pub use fault::{FileFault, FileFaults, FileProblem};
pub use kle::{KleFlaw, KlePlanRead, KleSkipped, KleTrouble, LARGEST_KLE_PLAN, read_kle_plan};
pub use progress::{Progress, Stopped};
pub use sheet::{SheetCell, SheetColumn, SheetError, SheetFormat, SheetWriter};
