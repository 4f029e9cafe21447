//! Files in and out: the configuration file, the form of import, export and every published version; packages of rules
//! on their way between environments; tables for spreadsheets; KL's plan of KLE numbers.

mod arrival;
mod atomic_file;
mod configuration;
mod contact_structure;
mod json;
mod kle;
mod limits;
mod progress;
mod recognition;
mod sheet;
mod text;
mod workbook;
mod write_error;

pub use self::arrival::{
    Arrival, AuthorityContents, FileCounts, FileNotice, FileSummary, ImportError, ImportSummary, Notice, ReadRequest,
    ReportedFinding, StructureArrival, read_files,
};
pub use self::atomic_file::{write_atomically, write_privately};
pub use self::configuration::{
    FileFault, FileFaults, FileProblem, InvalidText, Package, ReferenceLanguage, ValueKind, configuration_reference,
    configuration_schema, read_configuration, read_facts, read_package, read_stored, read_unfinished,
    write_configuration, write_facts, write_package,
};
pub use self::contact_structure::{
    ContactStructure, FilePosition, FoundInstead, StructureError, StructureFault, StructureNotice,
    StructureOrganisation, StructurePages, StructureProblem, read_contact_structure,
};
pub use self::kle::{KleFlaw, KlePlanError, KlePlanImport, SkippedKleEntry, read_kle_plan};
pub use self::progress::{Progress, Stopped};
pub use self::recognition::foreign::ForeignTable;
pub use self::recognition::kind::FileKind;
pub use self::recognition::training::TrainingFile;
pub use self::sheet::{SheetCell, SheetColumn, SheetFormat, SheetWriter};
pub(crate) use self::text::{decimal, id};
pub use self::workbook::{
    CellDoubt, CellFault, CellProblem, CellRange, Excerpt, SheetKind, TableNotice, TablesError, TablesImport,
    TablesWriteError, read_tables, write_csv, write_template, write_workbook,
};
pub use self::write_error::SheetError;
