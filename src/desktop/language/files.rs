use crate::exchange::{
    CellProblem, FileKind, FileProblem, ImportSummary, Notice, Refusal, SheetKind, StructureProblem,
};
use crate::rules::{Authority, KleChange};

/// *Filer*.
#[derive(Debug)]
pub(in crate::desktop) struct FilesTexts {
    pub title: &'static str,
    pub about: &'static str,
    pub incoming: IncomingTexts,
    pub comparison: ComparisonTexts,
    pub transfer: TransferTexts,
    pub outgoing: OutgoingTexts,
}

/// What is to come in.
#[derive(Debug)]
pub(in crate::desktop) struct IncomingTexts {
    pub title: &'static str,
    pub about: &'static str,
    /// A kind of file, and what it is.
    pub kind: fn(FileKind) -> (&'static str, &'static str),
    pub file_example: &'static str,
    pub browse: &'static str,
    pub read: &'static str,
    pub no_file: &'static str,
    pub drop_here: &'static str,
    pub reading: fn(names: &str) -> String,
    /// How far it has come, when that is known.
    pub progress: fn(percent: Option<u8>) -> String,
    pub stop: &'static str,
    pub stopped: &'static str,
}

/// What has been read, before it is taken in.
#[derive(Debug)]
pub(in crate::desktop) struct ComparisonTexts {
    pub title: fn(names: &str) -> String,
    /// Above what cannot be taken in.
    pub refused: fn(names: &str) -> String,
    pub piece: fn(&ImportSummary) -> String,
    /// So many differences.
    pub count: fn(usize) -> String,
    pub nothing: &'static str,
    pub take_in: &'static str,
    pub leave: &'static str,
    pub more: fn(usize) -> String,
    pub changes_nothing: &'static str,
    pub refusal: fn(&Refusal) -> String,
    pub file_problem: fn(&FileProblem) -> String,
    pub cell_problem: fn(&CellProblem) -> String,
    pub structure_problem: fn(StructureProblem) -> String,
    pub remove_missing: &'static str,
    pub remove_missing_hint: fn(missing: u64) -> String,
    pub other_organisation: fn(organisation: &str, authority: &Authority) -> String,
    pub notice: fn(&Notice) -> String,
    pub kle: fn(KleChange) -> String,
    pub read_again: &'static str,
    pub overtaken: &'static str,
}

/// What stands here for what a package names.
#[derive(Debug)]
pub(in crate::desktop) struct TransferTexts {
    pub title: &'static str,
    pub about: fn(environment: &str, rules: usize, authority: &str) -> String,
    pub fagsystems: &'static str,
    pub contact_points: &'static str,
    pub there: &'static str,
    pub here: &'static str,
    pub choose: &'static str,
    pub new_fagsystem: &'static str,
    pub new_point: &'static str,
    pub id: &'static str,
    pub endpoint: &'static str,
    pub endpoint_hint: &'static str,
    pub incomplete: &'static str,
    pub replace_all: &'static str,
    pub replace_all_hint: &'static str,
}

/// What is to go out.
#[derive(Debug)]
pub(in crate::desktop) struct OutgoingTexts {
    pub title: &'static str,
    pub about: &'static str,
    pub what: &'static str,
    pub workbook: &'static str,
    pub csv: fn(SheetKind) -> &'static str,
    pub configuration: &'static str,
    pub package: &'static str,
    /// What is in each, and what it is for.
    pub workbook_hint: &'static str,
    pub csv_hint: &'static str,
    pub configuration_hint: &'static str,
    pub package_hint: &'static str,
    pub source: &'static str,
    pub draft: &'static str,
    pub publication: fn(i64) -> String,
    pub environment: &'static str,
    pub environment_example: &'static str,
    pub chosen_rules: fn(usize) -> String,
    pub all_rules: fn(usize) -> String,
    pub file: &'static str,
    pub browse: &'static str,
    pub write: &'static str,
    pub not_a_file: &'static str,
    pub no_file: &'static str,
    pub replace: &'static str,
    pub writing: &'static str,
    pub written: fn(path: &str) -> String,
    pub stopped: &'static str,
    pub make_package: &'static str,
    pub names: FileNames,
}

/// What files are called that go out, before the day and the ending.
#[derive(Debug)]
pub(in crate::desktop) struct FileNames {
    pub workbook: &'static str,
    pub csv: fn(SheetKind) -> &'static str,
    pub configuration: &'static str,
    pub package: &'static str,
}
