//! Notices about files that were read.

use std::fmt;

use crate::exchange::contact_structure::StructureNotice;
use crate::exchange::kle::SkippedKleEntry;
use crate::exchange::workbook::TableNotice;

/// A notice, and the file that it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNotice {
    /// The file's name; several names where files were read as one.
    pub file: String,
    /// The notice.
    pub notice: Notice,
}

/// Something that was read but may not be what was intended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Of a contact structure.
    Structure(StructureNotice),
    /// Of a table.
    Table(TableNotice),
    /// That many contact points are on pages that were not among the files.
    PointsMissing(u64),
    /// The tables' authority is unknown, so its fagsystems are unknown too.
    WithoutAuthority,
    /// A part of a KLE plan was left out.
    Skipped(SkippedKleEntry),
    /// That many more parts of a KLE plan were left out.
    MoreSkipped(usize),
}

impl Notice {
    /// Its place, if it has one.
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
