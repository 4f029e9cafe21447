//! Collects faults while tables are read.

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};

use super::doubt::CellDoubt;
use super::problem::{CellFault, CellProblem};
use crate::exchange::workbook::cell_range::CellRange;
use crate::exchange::workbook::format::kind::SheetKind;

/// More cells of a column with the same fault are reported as one fault with their range.
const MAX_ALIKE: usize = 20;

/// Faults, those of a kind counted.
#[derive(Default)]
pub(in crate::exchange::workbook) struct FaultList {
    found: Vec<CellFault>,
    kinds: HashMap<Kind, Alike>,
}

/// The kind of fault, and its column.
#[derive(PartialEq, Eq, Hash)]
struct Kind {
    sheet: Option<String>,
    column: Option<String>,
    problem: Discriminant<CellProblem>,
    doubt: Option<Discriminant<CellDoubt>>,
}

/// Faults of a kind.
struct Alike {
    cells: usize,
    range: CellRange,
    /// Positions in `found` of the first of them.
    first: Vec<usize>,
}

impl FaultList {
    pub(in crate::exchange::workbook) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(in crate::exchange::workbook) fn add(&mut self, place: CellRange, problem: CellProblem) {
        let kind = Kind::of(&place, &problem);
        let alike =
            self.kinds.entry(kind).or_insert_with(|| Alike { cells: 0, range: place.clone(), first: Vec::new() });
        alike.cells += 1;
        alike.range.stretch(&place);
        if alike.cells <= MAX_ALIKE {
            alike.first.push(self.found.len());
            self.found.push(CellFault { place, problem });
        }
    }

    /// The faults by sheet, row and column. Many of a kind are replaced by one at the first of them, with the range of all.
    pub(in crate::exchange::workbook) fn in_order(self) -> Vec<CellFault> {
        let mut found: Vec<Option<CellFault>> = self.found.into_iter().map(Some).collect();
        for alike in self.kinds.into_values().filter(|alike| alike.cells > MAX_ALIKE) {
            let of_kind: Vec<CellFault> = alike.first.iter().filter_map(|at| found[*at].take()).collect();
            let first = of_kind.into_iter().min_by_key(|fault| position(&fault.place));
            if let (Some(at), Some(CellFault { problem, .. })) = (alike.first.first(), first) {
                let problem = CellProblem::Many { first: Box::new(problem), cells: alike.cells };
                found[*at] = Some(CellFault { place: alike.range, problem });
            }
        }
        let mut faults: Vec<CellFault> = found.into_iter().flatten().collect();
        faults.sort_by_cached_key(|fault| position(&fault.place));
        faults
    }
}

impl Kind {
    fn of(place: &CellRange, problem: &CellProblem) -> Self {
        // These can be in any number of columns.
        let is_of_any_column = matches!(
            problem,
            CellProblem::UnknownHeading { .. } | CellProblem::RepeatedHeading { .. } | CellProblem::WithoutHeading
        );
        let column = (!is_of_any_column && !problem.is_of_the_file()).then(|| place.column.clone());
        let doubt = match problem {
            CellProblem::Doubtful(doubt) => Some(discriminant(doubt)),
            _ => None,
        };
        Self { sheet: place.sheet.clone(), column, problem: discriminant(problem), doubt }
    }
}

/// By sheet, row and column.
fn position(place: &CellRange) -> (Option<usize>, u32, usize, String) {
    let kind = place.sheet.as_deref().and_then(SheetKind::called);
    let sheet = SheetKind::ALL.iter().position(|own| Some(*own) == kind);
    (sheet, place.row, place.column.len(), place.column.clone())
}
