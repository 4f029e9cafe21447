//! Files in and out: the configuration file, the form of import, export and every published version; packages of rules
//! on their way between environments; tables for spreadsheets; KL's plan of KLE numbers.

mod arrival;
mod atomic_file;
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
mod workbook;
mod xml;

/// The most groups that may stand above one: far more than anybody has, and few enough to be drawn.
const MOST_LEVELS: usize = 100;

pub use arrival::{
    Arrival, AuthorityContents, FileCounts, FileNotice, FileSummary, ImportSummary, Notice, ReadRequest, Refusal,
    ReportedFinding, StructureArrival, read_files,
};
pub use atomic_file::write_atomically;
pub use configuration::{
    ReferenceLanguage, configuration_reference, configuration_schema, read_configuration, read_stored, read_unfinished,
    write_configuration,
};
pub use contact_structure::{
    ContactStructure, FilePosition, FoundInstead, StructureError, StructureFault, StructureNotice,
    StructureOrganisation, StructurePages, StructureProblem, read_contact_structure,
};
pub use fault::{FileFault, FileFaults, FileProblem, InvalidText, ValueKind};
pub use foreign::ForeignTable;
pub use kle::{KleFlaw, KlePlanError, KlePlanImport, SkippedKleEntry, read_kle_plan};
pub use package::{Package, read_package, write_package};
pub use progress::{Progress, Stopped};
pub use recognition::FileKind;
pub use sheet::{SheetCell, SheetColumn, SheetError, SheetFormat, SheetWriter};
pub use workbook::{
    CellDoubt, CellFault, CellProblem, CellRange, Excerpt, SheetKind, TableNotice, TablesError, TablesImport,
    TablesWriteError, read_tables, write_csv, write_template, write_workbook,
};
