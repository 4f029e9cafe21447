//! What was read, and what it would make of the draft.

use std::collections::{HashMap, HashSet};
use std::mem::discriminant;
use std::sync::Arc;

use jiff::civil::Date;

pub use super::contents::AuthorityContents;
pub use super::error::ImportError;
use super::findings::ReportedFinding;
use super::notice::{FileNotice, Notice};
use super::summary::{FileSummary, ImportSummary, StructureArrival};
use crate::exchange::configuration::Package;
use crate::exchange::workbook::{CellRange, TableCells, TableNotice};
use crate::rules::{Authority, Cvr, Finding, FindingKind, KlePlan, RuleBook, Severity};

/// The result of reading files, not yet accepted.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The files' names.
    pub names: Vec<String>,
    /// A summary of each file, in the order in which they were named.
    pub files: Vec<FileSummary>,
    /// The names of those that change the draft.
    pub of_the_book: Vec<String>,
    /// The draft that they were read for.
    pub base: Arc<RuleBook>,
    /// The draft with the files applied.
    pub book: RuleBook,
    /// What the files hold, for the summary.
    pub summaries: Vec<ImportSummary>,
    /// What the files hold about each authority, apart from what the draft has.
    pub contents: Vec<AuthorityContents>,
    /// Something that was read but may not be what was intended.
    pub notices: Vec<FileNotice>,
    /// What the analysis finds in the result but not in the draft, each with its authority.
    pub findings: Vec<(Option<Cvr>, Finding)>,
    /// The cells that table content came from, with the file's name; the file that was applied last comes first.
    pub(super) cells: Vec<(String, TableCells)>,
    /// Refused files and why. If there are any, nothing may be imported.
    pub refused: Vec<(String, ImportError)>,
    /// Rules from another environment. The caller must map what they name to what is here.
    pub package: Option<Package>,
    /// The contact structure.
    pub structure: Option<StructureArrival>,
    /// The authority that the tables belong to.
    pub authority: Option<Cvr>,
    /// Whether tables or a contact structure were applied to an authority that they do not name.
    pub tells_no_authority: bool,
    /// The plan of KLE numbers.
    pub kle: Option<Arc<KlePlan>>,
}

impl Arrival {
    /// The file and cell that a finding concerns, if it came from a table.
    #[must_use]
    pub fn cell_of(&self, finding: &Finding) -> Option<(&str, CellRange)> {
        self.cells.iter().find_map(|(file, cells)| Some((file.as_str(), cells.cell(&finding.place)?)))
    }

    /// The findings to report. More than 20 of one kind in a column are reported once, as the first of them with the range
    /// of all.
    #[must_use]
    pub fn reported_findings(&self) -> Vec<ReportedFinding<'_>> {
        const MAX_ALIKE: usize = 20;
        let mut reported: Vec<(Option<usize>, ReportedFinding<'_>)> = Vec::new();
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
            reported.push((kind, ReportedFinding { authority, finding, cell, alike: 1 }));
        }
        let mut is_reported = vec![false; counts.len()];
        reported.retain_mut(|(kind, finding)| {
            let Some(kind) = *kind else { return true };
            let (count, range) = &counts[kind];
            if *count <= MAX_ALIKE {
                return true;
            }
            if let (Some((_, cell)), Some(range)) = (&mut finding.cell, range) {
                cell.clone_from(range);
            }
            finding.alike = *count;
            !std::mem::replace(&mut is_reported[kind], true)
        });
        reported.into_iter().map(|(_, finding)| finding).collect()
    }

    /// The owner of the contact structure and the authority that it is applied to, if they differ.
    #[must_use]
    pub fn stranger(&self) -> Option<(&str, &Authority)> {
        let StructureArrival { structure, authority, .. } = self.structure.as_ref()?;
        let authority = self.book.authority(authority.or(self.authority)?)?;
        let organisation = structure.organisations.first().filter(|_| !structure.belongs_to(authority))?;
        Some((&organisation.name, authority))
    }

    /// Whether all it lacks is an authority to be applied to.
    #[must_use]
    pub fn lacks_authority(&self) -> bool {
        self.refused.is_empty() && self.book.authorities.is_empty()
    }

    /// Whether some of it belongs to an authority that the files do not name.
    #[must_use]
    pub fn needs_authority(&self) -> bool {
        self.package.is_some() || self.tells_no_authority
    }

    /// Whether any of it changes the draft. A plan of KLE numbers does not.
    #[must_use]
    pub fn is_of_the_book(&self) -> bool {
        !self.of_the_book.is_empty()
    }

    /// Replaces the authority with the same number and analyses the book again, as of that day.
    pub fn replace_authority(&mut self, authority: Authority, today: Date) {
        if let Some(before) = self.book.authorities.iter_mut().find(|it| it.cvr == authority.cvr) {
            *before = authority;
        }
        self.look_through(today);
    }

    /// The names of the files that change the draft, else of all.
    #[must_use]
    pub fn names_of_the_book(&self) -> String {
        if self.of_the_book.is_empty() { self.names.join(", ") } else { self.of_the_book.join(", ") }
    }

    pub(super) fn look_through(&mut self, today: Date) {
        let key = |finding: &Finding| (finding.authority, finding.kind.to_string());
        let known: HashSet<_> = self.base.findings(today).iter().map(key).collect();
        let new = self
            .book
            .findings(today)
            .into_iter()
            .filter(|finding| finding.kind.severity() != Severity::Information && !known.contains(&key(finding)));
        self.findings = new.map(|finding| (finding.authority, finding)).collect();
        // A misspelt contact point or group already has a notice with a suggestion.
        let misspelt = self.notices.iter().filter_map(|found| match &found.notice {
            Notice::Table(TableNotice::Misspelt { place, .. }) => Some((found.file.as_str(), place)),
            _ => None,
        });
        let misspelt: HashSet<_> = misspelt.collect();
        let is_reported = |finding: &Finding| {
            let is_unlisted =
                matches!(finding.kind, FindingKind::UnlistedContactPoint(_) | FindingKind::UnlistedContactGroup(_));
            is_unlisted && self.cell_of(finding).is_some_and(|(file, cell)| misspelt.contains(&(file, &cell)))
        };
        let reported: Vec<_> = self.findings.iter().map(|(_, finding)| is_reported(finding)).collect();
        let mut reported = reported.into_iter();
        self.findings.retain(|_| !reported.next().unwrap_or_default());
    }
}
