//! What the analysis finds in files that were read, as it is reported.

use crate::exchange::workbook::CellRange;
use crate::rules::{Cvr, Finding};

/// A finding as it is reported: one for many of the same kind in a column.
#[derive(Debug, Clone)]
pub struct ReportedFinding<'a> {
    /// The authority that it is in.
    pub authority: Option<Cvr>,
    /// The finding, or the first of those it represents.
    pub finding: &'a Finding,
    /// The file and the range of cells.
    pub cell: Option<(&'a str, CellRange)>,
    /// How many findings it represents.
    pub alike: usize,
}
