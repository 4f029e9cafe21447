use std::fmt;
use std::path::PathBuf;

use super::cell_range::CellRange;
use super::fault::excerpt::Excerpt;
use super::fault::problem::CellFault;
use super::format::kind::SheetKind;
use crate::exchange::progress::Stopped;
use crate::exchange::recognition::foreign::ForeignTable;
use crate::exchange::write_error::SheetError;
use crate::rules::{Cvr, RuleBook};

/// The result of reading tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablesImport {
    /// The draft with the tables applied.
    pub book: RuleBook,
    /// The authority that the tables belong to; `None` if they hold only known authorities.
    pub authority: Option<Cvr>,
    /// The kinds of table in the file. All others stay as they were.
    pub kinds: Vec<SheetKind>,
    /// Notices.
    pub notices: Vec<TableNotice>,
}

/// Something in a file of tables that is no fault but may not be what was intended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableNotice {
    /// A sheet that is none of the kinds that are known.
    #[error("the sheet '{0}' is not one of Postfordeler's, and was not read")]
    UnknownSheet(Excerpt),
    /// A sheet with a name similar to a known one.
    #[error("the sheet '{name}' is not one of Postfordeler's, and was not read; did you mean '{}'?", .meant.sheet_name())]
    MisspeltSheet {
        /// What it is called.
        name: Excerpt,
        /// A suggestion.
        meant: SheetKind,
    },
    /// A rule names a contact point or a group that is not listed, but similar to a listed one.
    #[error("{place}: '{found}' is in no list of this authority; did you mean '{meant}'?")]
    Misspelt {
        /// The cell.
        place: CellRange,
        /// The text that was found.
        found: Excerpt,
        /// A suggestion.
        meant: Excerpt,
    },
    /// A column that may be left out is not there.
    #[error("{} has no column '{heading}'; it counts as empty", .kind.sheet_name())]
    NoColumn {
        /// The table.
        kind: SheetKind,
        /// The column's heading.
        heading: &'static str,
    },
    /// A sheet that programs do not show.
    #[error("the sheet '{0}' is hidden, and was read all the same")]
    HiddenSheet(Excerpt),
    /// Rows with nothing in the columns that must be filled in.
    #[error("{place}: {}", without_content(*.rows))]
    WithoutContent {
        /// Where they are, from the first to the last, with what they have.
        place: CellRange,
        /// How many they are.
        rows: usize,
    },
    /// A table without rows: it leaves nothing of its kind.
    #[error("{} has no rows", .0.sheet_name())]
    NoRows(SheetKind),
}

impl TableNotice {
    /// The cell or the sheet that it is about.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        match self {
            Self::UnknownSheet(name) | Self::HiddenSheet(name) | Self::MisspeltSheet { name, .. } => {
                Some(name.to_string())
            }
            Self::Misspelt { place, .. } | Self::WithoutContent { place, .. } => Some(place.to_string()),
            Self::NoColumn { kind, .. } | Self::NoRows(kind) => Some(kind.sheet_name().to_owned()),
        }
    }
}

/// Why nothing could be read from a file of tables.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TablesError {
    /// It is neither a workbook nor a table of text.
    #[error("the file is neither an Excel or OpenDocument workbook nor a CSV table")]
    NotTables,
    /// It is locked by a password.
    #[error("the workbook is protected by a password; save it without one")]
    Protected,
    /// It is in one of Excel's binary formats.
    #[error("the workbook has one of Excel's binary formats (.xls, .xlsb); save it as .xlsx")]
    Binary,
    /// It is a table of another make.
    #[error("the file is {0}; open it in Excel or LibreOffice, and save it as .xlsx, .ods or CSV UTF-8")]
    Foreign(ForeignTable),
    /// It is larger than any such book.
    #[error(
        "the file is too large: it may have 32 MB, 256 MB unpacked, 50,000 rows, 1,500,000 cells that are not empty, and \
         16 MB of text in them"
    )]
    TooLarge,
    /// None of its sheets is one that is known.
    #[error("the file has no sheet that Postfordeler knows: {}{}", sheet_names(), or_meant(.misspelt))]
    NoKnownSheet {
        /// Sheets that may be meant, with their names.
        misspelt: Vec<(Excerpt, SheetKind)>,
    },
    /// The headings of the only table match no known kind.
    #[error("the headings are those of no table that Postfordeler knows: {}", sheet_names())]
    NoKnownHeadings,
    /// It names no authority, and there is none that it could belong to.
    #[error("there is no authority yet that the tables could be of; the file must have the sheet 'Myndighed'")]
    NoAuthority,
    /// Every fault; never empty.
    #[error("{}", CellFaults(.0))]
    Faults(Vec<CellFault>),
    /// The reading was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

fn without_content(rows: usize) -> String {
    match rows {
        1 => "this row has nothing in the columns that must be filled in, and was not read".to_owned(),
        _ => format!("{rows} rows here have nothing in the columns that must be filled in, and were not read"),
    }
}

fn sheet_names() -> String {
    SheetKind::ALL.map(SheetKind::sheet_name).join(", ")
}

fn or_meant(misspelt: &[(Excerpt, SheetKind)]) -> String {
    let meant = misspelt.iter().map(|(name, meant)| format!("; is '{name}' meant to be '{}'?", meant.sheet_name()));
    meant.collect()
}

/// A list of faults, one a line.
struct CellFaults<'a>(&'a [CellFault]);

impl fmt::Display for CellFaults<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count: usize = self.0.iter().map(|fault| fault.problem.cells()).sum();
        write!(f, "{count} {}:", if count == 1 { "fault" } else { "faults" })?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

/// Why tables could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TablesWriteError {
    /// The book has no such authority.
    #[error("there is no authority with CVR number {0}")]
    NoSuchAuthority(Cvr),
    /// A text is longer than a cell of an Excel file can be.
    #[error("the Excel file {path} cannot be written: the text at {place} is longer than 32,767 characters")]
    TooLong {
        /// The file.
        path: PathBuf,
        /// The cell.
        place: CellRange,
    },
    /// The file cannot be written.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// The writing was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}
