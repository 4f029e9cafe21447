//! *Filer*: what comes in, what it changes, and what goes out.

use std::io;

use crate::desktop::language::format::date_text;
use crate::desktop::language::grammar::{Counted, Grammar};
use crate::desktop::language::texts::contact_points::StructureTexts;
use crate::exchange::{
    CellProblem, FileKind, FileProblem, ImportError, ImportSummary, KleFlaw, KlePlanError, Notice, SheetKind,
    StructurePages, TableNotice, TablesError, TrainingFile,
};
use crate::rules::{Authority, KleChange, without_cpr};

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

/// What has been read, before it is imported.
#[derive(Debug)]
pub(in crate::desktop) struct ComparisonTexts {
    pub title: fn(names: &str) -> String,
    /// Above what cannot be imported.
    pub refused: fn(names: &str) -> String,
    pub grammar: &'static Grammar,
    pub summary: SummaryTexts,
    /// How many differences from the draft.
    pub count: Counted,
    pub nothing: &'static str,
    pub take_in: &'static str,
    pub leave: &'static str,
    pub more: fn(usize) -> String,
    pub changes_nothing: &'static str,
    pub refusal: RefusalTexts,
    pub file_problem: fn(&FileProblem) -> String,
    pub cell_problem: fn(&CellProblem) -> String,
    pub structure: StructureTexts,
    pub remove_missing: &'static str,
    /// How many contact points are missing from the files.
    pub remove_missing_hint: Counted,
    pub other_organisation: fn(organisation: &str, authority: &Authority) -> String,
    pub notice: NoticeTexts,
    pub kle: KleChangeTexts,
    pub read_again: &'static str,
    pub overtaken: &'static str,
}

/// What here corresponds to what a package names.
#[derive(Debug)]
pub(in crate::desktop) struct TransferTexts {
    pub title: &'static str,
    pub rules: Counted,
    /// Where the package is from; empty where it does not say.
    pub about: fn(environment: &str, rules: &str, authority: &str) -> String,
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
    pub chosen_rules: Counted,
    pub all_rules: Counted,
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

/// The names of files that go out, before the day and the ending.
#[derive(Debug)]
pub(in crate::desktop) struct FileNames {
    pub workbook: &'static str,
    pub csv: fn(SheetKind) -> &'static str,
    pub configuration: &'static str,
    pub package: &'static str,
}

/// What has been read.
#[derive(Debug)]
pub(in crate::desktop) struct SummaryTexts {
    pub authorities: Counted,
    pub rules: Counted,
    pub points: Counted,
    pub pages: Counted,
    pub pages_of: fn(have: u64, of: u64) -> String,
    pub numbers: Counted,
    pub configuration: fn(authorities: &str, rules: &str) -> String,
    pub tables: fn(kinds: &str) -> String,
    pub tables_of: fn(authority: &str, kinds: &str) -> String,
    pub package: fn(rules: &str) -> String,
    pub structure: fn(points: &str, pages: &str) -> String,
    pub kle_plan: fn(numbers: &str) -> String,
    pub kle_plan_of: fn(day: &str, numbers: &str) -> String,
    /// After a plan: how many numbers that are no longer in use were left out.
    pub historic: Counted,
}

/// Why files cannot be imported.
#[derive(Debug)]
pub(in crate::desktop) struct RefusalTexts {
    pub not_found: &'static str,
    pub not_permitted: &'static str,
    pub unreadable: fn(reason: &str) -> String,
    pub too_large: &'static str,
    pub no_authority: &'static str,
    pub no_counterpart: fn(ids: &str) -> String,
    pub quoted: fn(&str) -> String,
    pub unknown: &'static str,
    pub of_training: fn(TrainingFile) -> &'static str,
    pub not_together: &'static str,
    pub tables: fn(&TablesError) -> String,
    pub kle_plan: fn(KlePlanError) -> &'static str,
    /// Above the faults of a configuration or a package.
    pub has_faults: &'static str,
}

/// What people should know of what was read.
#[derive(Debug)]
pub(in crate::desktop) struct NoticeTexts {
    pub points_missing: Counted,
    pub table: fn(&TableNotice) -> String,
    pub without_authority: &'static str,
    pub flaw: fn(&KleFlaw) -> String,
    pub skipped: fn(line: usize, flaw: &str) -> String,
    pub more_skipped: fn(usize) -> String,
}

/// What another KLE plan changes.
#[derive(Debug)]
pub(in crate::desktop) struct KleChangeTexts {
    pub added: fn(number: &str) -> String,
    pub removed: fn(number: &str) -> String,
    pub renamed: fn(number: &str) -> String,
    pub whole: fn(changes: &str) -> String,
}

impl ComparisonTexts {
    /// What has been read.
    pub fn summary(&self, summary: &ImportSummary) -> String {
        let words = &self.summary;
        match summary {
            ImportSummary::Configuration { authorities, rules } => {
                (words.configuration)(&words.authorities.of(*authorities), &words.rules.of(*rules))
            }
            ImportSummary::Tables { authority, kinds } => {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.sheet_name()).collect();
                let kinds = self.grammar.joined(&kinds);
                if authority.is_empty() { (words.tables)(&kinds) } else { (words.tables_of)(authority, &kinds) }
            }
            ImportSummary::Package { rules } => (words.package)(&words.rules.of(*rules)),
            ImportSummary::Structure { points, pages } => {
                (words.structure)(&words.points.of(*points), &words.pages(*pages))
            }
            ImportSummary::KlePlan { numbers, historic, published } => {
                let numbers = words.numbers.of(*numbers);
                let plan = match published {
                    Some(day) => (words.kle_plan_of)(&date_text(*day), &numbers),
                    None => (words.kle_plan)(&numbers),
                };
                if *historic == 0 { plan } else { format!("{plan}{}", words.historic.of(*historic)) }
            }
        }
    }

    /// Why files cannot be imported.
    pub fn refusal(&self, refusal: &ImportError) -> String {
        let words = &self.refusal;
        match refusal {
            ImportError::Unreadable(io::ErrorKind::NotFound, _) => words.not_found.to_owned(),
            ImportError::Unreadable(io::ErrorKind::PermissionDenied, _) => words.not_permitted.to_owned(),
            ImportError::Unreadable(_, reason) => (words.unreadable)(reason),
            ImportError::TooLarge => words.too_large.to_owned(),
            ImportError::NoAuthority => words.no_authority.to_owned(),
            ImportError::NoCounterpart(ids) => {
                let ids: Vec<_> = ids.iter().map(|id| (words.quoted)(&without_cpr(id.as_str()))).collect();
                (words.no_counterpart)(&self.grammar.joined(&ids))
            }
            ImportError::Unknown => words.unknown.to_owned(),
            ImportError::OfTraining(file) => (words.of_training)(*file).to_owned(),
            ImportError::NotTogether => words.not_together.to_owned(),
            ImportError::Structure(error) => self.structure.error(error),
            ImportError::Tables(error) => {
                let text = (words.tables)(error);
                if text.ends_with('?') { text } else { format!("{text}.") }
            }
            ImportError::KlePlan(error) => (words.kle_plan)(*error).to_owned(),
            ImportError::File(_) => words.has_faults.to_owned(),
        }
    }

    /// What people should know of what was read.
    pub fn notice(&self, notice: &Notice) -> String {
        let words = &self.notice;
        match notice {
            Notice::Structure(notice) => self.structure.notice(notice),
            Notice::PointsMissing(missing) => words.points_missing.of(*missing),
            Notice::Table(notice) => (words.table)(notice),
            Notice::WithoutAuthority => words.without_authority.to_owned(),
            Notice::Skipped(skipped) => (words.skipped)(skipped.line, &(words.flaw)(&skipped.what)),
            Notice::MoreSkipped(more) => (words.more_skipped)(*more),
        }
    }

    /// What another KLE plan changes.
    pub fn kle(&self, change: KleChange) -> String {
        let words = &self.kle;
        let parts = [(change.added, words.added), (change.removed, words.removed), (change.renamed, words.renamed)];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<_> = parts.map(|(count, part)| part(&self.grammar.number(*count))).collect();
        (words.whole)(&self.grammar.joined(&parts))
    }
}

impl TransferTexts {
    /// What a package has, and where it is from.
    pub fn about(&self, environment: &str, rules: usize, authority: &str) -> String {
        (self.about)(environment, &self.rules.of(rules), authority)
    }
}

impl SummaryTexts {
    fn pages(&self, pages: StructurePages) -> String {
        match pages.of {
            Some(1) if pages.have == 1 => self.pages.of(1),
            Some(of) => (self.pages_of)(pages.have, of),
            None => self.pages.of(pages.have),
        }
    }
}
