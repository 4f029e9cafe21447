//! Files in and out: the configuration file, the form of import, export and every published version; packages of rules
//! on their way between environments; tables for spreadsheets; KL's plan of KLE numbers.

mod arrival;
mod configuration;
mod contact_structure;
pub(crate) mod decimal;
mod encoding;
mod fault;
mod foreign;
mod formula_guard;
pub(crate) mod id;
mod json;
mod kle;
mod package;
mod progress;
mod recognition;
mod resemblance;
mod sheet;
mod unfinished;
mod workbook;
mod xml;

/// The most groups that may stand above one: far more than anybody has, and few enough to be drawn.
const MOST_LEVELS: usize = 100;

pub use arrival::{
    Arrival, AuthorityRead, FileCounts, FileRead, Notice, Piece, ReadOrder, Refusal, StructureArrival, Told,
    ToldFinding, read_files,
};
pub use configuration::{
    ReferenceLanguage, configuration_reference, configuration_schema, read_configuration, read_kept, read_unfinished,
    write_configuration,
};
pub use contact_structure::{
    ContactStructure, FilePlace, FoundInstead, StructureError, StructureFault, StructureNotice, StructureOrganisation,
    StructurePages, StructureProblem, read_contact_structure,
};
pub use fault::{FileFault, FileFaults, FileProblem, Illegible, Wanted};
pub use foreign::ForeignTable;
pub use kle::{KleFlaw, KlePlanError, KlePlanRead, KleSkipped, read_kle_plan};
pub use package::{Package, read_package, write_package};
pub use progress::{Progress, Stopped};
pub use recognition::FileKind;
pub use sheet::{SheetCell, SheetColumn, SheetError, SheetFormat, SheetWriter};
pub use unfinished::write_whole;
pub use workbook::{
    CellDoubt, CellFault, CellPlace, CellProblem, Found, SheetKind, TableNotice, TablesError, TablesNotWritten,
    TablesRead, read_tables, write_csv, write_template, write_workbook,
};
