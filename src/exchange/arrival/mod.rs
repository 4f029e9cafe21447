//! Whatever files people bring, read together: what they hold, what they would make of a draft, and what is wrong with
//! them. The window and the command line take files in through this alone.

mod contents;
mod reading;
mod refusal;

pub use self::contents::AuthorityContents;
pub use self::reading::read_files;
pub use self::refusal::Refusal;

use std::collections::HashMap;
use std::fmt;
use std::mem::discriminant;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::workbook::TableCells;
use super::{
    CellRange, ContactStructure, FileKind, Package, Progress, SheetKind, SkippedKleEntry, StructureNotice,
    StructurePages, TableNotice,
};
use crate::rules::{Authority, Cvr, Finding, KlePlan, RuleBook};

/// What is to be read.
#[derive(Debug, Clone)]
pub struct ReadRequest {
    /// The files.
    pub paths: Vec<PathBuf>,
    /// The draft.
    pub book: Arc<RuleBook>,
    /// The authority that is shown, of which tables are that do not name one; `None` while there is none.
    pub authority: Option<Cvr>,
    /// Whether contact points go that are not in a contact structure; `None`: when the structure is the authority's own
    /// and whole.
    pub removes_missing: Option<bool>,
    /// What a file is taken for that tells nothing of itself; `None`: it is refused.
    pub assumed: Option<FileKind>,
    /// Whether tables may be of an authority that nobody knows, when what they hold is only to be looked at.
    pub may_lack_authority: bool,
    /// Whether pipes are read too, and standard input for `-`: they wait until somebody has written.
    pub may_wait: bool,
    /// How far it has come, and by which it is stopped.
    pub progress: Arc<Progress>,
}

impl ReadRequest {
    /// To read those files into that draft.
    #[must_use]
    pub fn new(paths: Vec<PathBuf>, book: Arc<RuleBook>, authority: Option<Cvr>, progress: Arc<Progress>) -> Self {
        Self {
            paths,
            book,
            authority,
            removes_missing: None,
            assumed: None,
            may_lack_authority: false,
            may_wait: false,
            progress,
        }
    }
}

/// What was read, before it is taken in.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// What the files are called.
    pub names: Vec<String>,
    /// Each file: what it is, and how much is in it. In the order in which they were named.
    pub files: Vec<FileSummary>,
    /// Those of which something comes into the draft.
    pub of_the_book: Vec<String>,
    /// The draft that it was read for.
    pub base: Arc<RuleBook>,
    /// What the draft would be.
    pub book: RuleBook,
    /// What the files hold.
    pub summaries: Vec<ImportSummary>,
    /// What the files say of each authority, and nothing else.
    pub contents: Vec<AuthorityContents>,
    /// What people should know of what was read.
    pub notices: Vec<FileNotice>,
    /// What the analysis finds in the book that it did not find in the draft, each with the authority that it is in.
    pub findings: Vec<(Option<Cvr>, Finding)>,
    /// Where what was read of tables stands in them, by the files' names, the last one first.
    cells: Vec<(String, TableCells)>,
    /// What cannot be taken in, file by file; when there is anything, nothing is.
    pub refused: Vec<(String, Refusal)>,
    /// Rules from another environment: a person must say what stands here for what they name.
    pub package: Option<Package>,
    /// The contact structure.
    pub structure: Option<StructureArrival>,
    /// The authority that tables are of.
    pub authority: Option<Cvr>,
    /// Whether tables or a contact structure went into an authority that they do not name.
    pub tells_no_authority: bool,
    /// The plan of KLE numbers.
    pub kle: Option<Arc<KlePlan>>,
}

/// A file, and how much is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSummary {
    /// What it is called.
    pub name: String,
    /// What it is; `None` when it cannot be read, or is nothing that can be taken in.
    pub kind: Option<FileKind>,
    /// Whether it is text, as a CSV file is and a workbook is not.
    pub is_text: bool,
    /// How much is in it, as far as that can be told of a file with faults.
    pub counts: FileCounts,
}

/// How many things are in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct FileCounts {
    /// Rules.
    #[serde(rename = "regler")]
    pub rules: usize,
    /// Fagsystems.
    #[serde(rename = "fagsystemer")]
    pub fagsystems: usize,
    /// Contact points.
    #[serde(rename = "kontaktpunkter")]
    pub contact_points: usize,
    /// Senders that are authorities besides our own.
    #[serde(rename = "kendteMyndigheder")]
    pub known_authorities: usize,
    /// KLE numbers that are in use.
    #[serde(rename = "kleNumre")]
    pub kle_numbers: usize,
    /// KLE numbers that are not any more.
    #[serde(rename = "historiske")]
    pub historic: usize,
}

/// A contact structure that was read.
#[derive(Debug, Clone)]
pub struct StructureArrival {
    /// The structure.
    pub structure: Arc<ContactStructure>,
    /// The authority that it was put into; `None` when there is none.
    pub authority: Option<Cvr>,
    /// Whether contact points went that are not in it.
    pub removes_missing: bool,
}

/// What files hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportSummary {
    /// A whole configuration.
    Configuration {
        /// How many authorities.
        authorities: usize,
        /// How many rules they have together.
        rules: usize,
    },
    /// Rules from another environment.
    Package {
        /// How many.
        rules: usize,
    },
    /// A contact structure.
    Structure {
        /// How many contact points.
        points: usize,
        /// On how many pages.
        pages: StructurePages,
    },
    /// Tables.
    Tables {
        /// The authority's name.
        authority: String,
        /// Which.
        kinds: Vec<SheetKind>,
    },
    /// A plan of KLE numbers.
    KlePlan {
        /// How many numbers.
        numbers: usize,
        /// How many more that are not in use.
        historic: usize,
        /// When it was published, where that is told.
        published: Option<Date>,
    },
}

/// A notice, and the file that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNotice {
    /// What the file is called, or several that were read as one.
    pub file: String,
    /// What people should know.
    pub notice: Notice,
}

/// A finding as it is told.
#[derive(Debug, Clone)]
pub struct ReportedFinding<'a> {
    /// The authority that it is in.
    pub authority: Option<Cvr>,
    /// What was found; of many, the first.
    pub finding: &'a Finding,
    /// The file, and the cell or cells.
    pub cell: Option<(&'a str, CellRange)>,
    /// How many of its kind are told with it.
    pub alike: usize,
}

/// What people should know of what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Of a contact structure.
    Structure(StructureNotice),
    /// Of a table.
    Table(TableNotice),
    /// So many contact points are known to be on pages that were not read.
    PointsMissing(u64),
    /// Tables are of an authority that nobody knows, so it cannot be known which fagsystems it has.
    WithoutAuthority,
    /// A part of a KLE plan was left out.
    Skipped(SkippedKleEntry),
    /// So many more parts of a KLE plan were left out.
    MoreSkipped(usize),
}

impl Notice {
    /// Where it is, as far as it is anywhere.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        match self {
            Self::Structure(notice) => Some(notice.place().place.to_string()),
            Self::Table(notice) => notice.place(),
            Self::Skipped(skipped) => Some(format!("linje {}", skipped.line)),
            Self::PointsMissing(_) | Self::MoreSkipped(_) | Self::WithoutAuthority => None,
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Structure(notice) => notice.fmt(f),
            Self::Table(notice) => notice.fmt(f),
            Self::PointsMissing(missing) => write!(f, "{missing} contact point(s) are on pages that were not read"),
            Self::WithoutAuthority => f.write_str(
                "there is no authority yet that the tables could be of; the business systems that they name were not looked up",
            ),
            Self::Skipped(skipped) => skipped.fmt(f),
            Self::MoreSkipped(more) => write!(f, "{more} more parts were left out"),
        }
    }
}

impl Arrival {
    /// The file and the cell that a finding is about, where a table tells it.
    #[must_use]
    pub fn cell_of(&self, finding: &Finding) -> Option<(&str, CellRange)> {
        self.cells.iter().find_map(|(file, cells)| Some((file.as_str(), cells.cell(&finding.place)?)))
    }

    /// What is to be told of the findings: those of a kind that stand in many cells of a column are told once, by the first
    /// of them, with the range of all.
    #[must_use]
    pub fn reported_findings(&self) -> Vec<ReportedFinding<'_>> {
        const MOST_ALIKE: usize = 20;
        let mut told: Vec<(Option<usize>, ReportedFinding<'_>)> = Vec::new();
        let mut kinds: HashMap<_, usize> = HashMap::new();
        let mut counts: Vec<(usize, Option<CellRange>)> = Vec::new();
        for (authority, finding) in &self.findings {
            let cell = self.cell_of(finding);
            let kind = cell.as_ref().map(|(file, cell)| {
                let key = (*file, cell.sheet.clone(), cell.column.clone(), discriminant(&finding.kind));
                *kinds.entry(key).or_insert_with(|| {
                    counts.push((0, None));
                    counts.len() - 1
                })
            });
            if let (Some(kind), Some((_, cell))) = (kind, &cell) {
                let (count, range) = &mut counts[kind];
                *count += 1;
                range.get_or_insert_with(|| cell.clone()).stretch(cell);
            }
            let authority = *authority;
            told.push((kind, ReportedFinding { authority, finding, cell, alike: 1 }));
        }
        let mut is_told = vec![false; counts.len()];
        told.retain_mut(|(kind, finding)| {
            let Some(kind) = *kind else { return true };
            let (count, range) = &counts[kind];
            if *count <= MOST_ALIKE {
                return true;
            }
            if let (Some((_, cell)), Some(range)) = (&mut finding.cell, range) {
                cell.clone_from(range);
            }
            finding.alike = *count;
            !std::mem::replace(&mut is_told[kind], true)
        });
        told.into_iter().map(|(_, finding)| finding).collect()
    }

    /// Whose contact structure it is and whose authority it comes into, when these are not the same.
    #[must_use]
    pub fn stranger(&self) -> Option<(&str, &Authority)> {
        let StructureArrival { structure, authority, .. } = self.structure.as_ref()?;
        let authority = self.book.authority(authority.or(self.authority)?)?;
        let organisation = structure.organisations.first().filter(|_| !structure.belongs_to(authority))?;
        Some((&organisation.name, authority))
    }

    /// Whether it can be taken in but for an authority to take it into.
    #[must_use]
    pub fn lacks_authority(&self) -> bool {
        self.refused.is_empty() && self.book.authorities.is_empty()
    }

    /// Whether something of it is of an authority, and the files do not tell which.
    #[must_use]
    pub fn needs_authority(&self) -> bool {
        self.package.is_some() || self.tells_no_authority
    }

    /// Whether something of it comes into the draft; a plan of KLE numbers does not.
    #[must_use]
    pub fn is_of_the_book(&self) -> bool {
        !self.of_the_book.is_empty()
    }

    /// Has that authority in the place of the one with its number, and looks at the book anew.
    pub fn replace_authority(&mut self, authority: Authority, today: Date) {
        if let Some(before) = self.book.authorities.iter_mut().find(|it| it.cvr == authority.cvr) {
            *before = authority;
        }
        self.look_through(today);
    }

    /// What the files are called of which something comes into the draft, or else all.
    #[must_use]
    pub fn names_of_the_book(&self) -> String {
        if self.of_the_book.is_empty() { self.names.join(", ") } else { self.of_the_book.join(", ") }
    }
}
