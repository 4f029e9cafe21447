//! Files in and out: the configuration file, the form of import, export and every published version; and tables for
//! spreadsheets.

mod configuration;
mod contact_structure;
mod fault;
mod json;
mod progress;
mod sheet;

pub use configuration::{read_configuration, read_unfinished, write_configuration};
pub use contact_structure::{
    ContactStructure, FilePlace, FoundInstead, StructureFault, StructureNotice, StructureOrganisation, StructurePages,
    StructureProblem, StructureTrouble, read_contact_structure,
};
pub use fault::{FileFault, FileFaults, FileProblem};
pub use progress::{Progress, Stopped};
pub use sheet::{SheetCell, SheetColumn, SheetError, SheetFormat, SheetWriter};
