//! What each file holds, in short.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::exchange::contact_structure::{ContactStructure, StructurePages};
use crate::exchange::recognition::kind::FileKind;
use crate::exchange::workbook::SheetKind;
use crate::rules::{Authority, Cvr};

/// A file, and how much is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSummary {
    /// What it is called.
    pub name: String,
    /// Its kind; `None` if it cannot be read or is of no kind that can be imported.
    pub kind: Option<FileKind>,
    /// Whether it is text, as a CSV file is and a workbook is not.
    pub is_text: bool,
    /// How many things it holds, as far as that is known of a file with faults.
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
    /// Known authorities: senders besides the book's own authorities.
    #[serde(rename = "kendteMyndigheder")]
    pub known_authorities: usize,
    /// KLE numbers that are in use.
    #[serde(rename = "kleNumre")]
    pub kle_numbers: usize,
    /// KLE numbers that are historic.
    #[serde(rename = "historiske")]
    pub historic: usize,
}

/// A contact structure that was read.
#[derive(Debug, Clone)]
pub struct StructureArrival {
    /// The structure.
    pub structure: Arc<ContactStructure>,
    /// The authority that it was applied to; `None` if there is none.
    pub authority: Option<Cvr>,
    /// Whether contact points that it lacks were removed.
    pub removes_missing: bool,
}

/// What an imported file holds, for the summary.
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
        /// The trial.
        kinds: Vec<SheetKind>,
    },
    /// A plan of KLE numbers.
    KlePlan {
        /// How many numbers.
        numbers: usize,
        /// How many more that are not in use.
        historic: usize,
        /// Its day of publication, if the file states it.
        published: Option<Date>,
    },
}

impl FileCounts {
    /// These and what that authority has.
    #[must_use]
    pub fn with(self, authority: &Authority) -> Self {
        Self {
            rules: self.rules + authority.rules.len(),
            fagsystems: self.fagsystems + authority.fagsystems.len(),
            contact_points: self.contact_points + authority.contact_points.len(),
            ..self
        }
    }
}
