//! The cells of a sheet while it is read.

use super::cell::{Cell, PlacedCell};
use crate::exchange::progress::Progress;
use crate::exchange::workbook::fault::doubt::CellDoubt;
use crate::exchange::workbook::outcome::TablesError;

/// More than any book of rules has, and room for a column that is filled down to its end.
const MAX_CELLS: usize = 1_500_000;
/// The most text of all cells together, in bytes: a file may hold a text once that occurs in many cells.
const MAX_TEXT_BYTES: usize = 16 << 20;
/// The most cells of the first row that are compared with headings.
const MAX_HEADINGS: usize = 100;
/// The most comparisons of cells with those that are merged.
const MAX_COMPARISONS: usize = 50_000_000;

pub(super) struct Grid<'p> {
    pub(super) progress: &'p Progress,
    cells: Vec<PlacedCell>,
    /// The number of each row that has cells, as often as the file begins it.
    rows: Vec<u32>,
    is_row_new: bool,
    covered: Vec<Area>,
    /// Of all sheets.
    taken: usize,
    text: usize,
    /// Whether only the first row is needed.
    is_look: bool,
    /// Whether nothing more need be read.
    is_seen: bool,
}

/// Cells that were merged into the first of them, counted from 0, the last ones included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Area {
    pub(super) rows: (u32, u32),
    pub(super) columns: (u32, u32),
}

impl<'p> Grid<'p> {
    pub(super) fn new(progress: &'p Progress) -> Self {
        Self {
            progress,
            cells: Vec::new(),
            rows: Vec::new(),
            is_row_new: true,
            covered: Vec::new(),
            taken: 0,
            text: 0,
            is_look: false,
            is_seen: false,
        }
    }

    /// A grid that only finds out whether there is any content, and keeps its first row.
    pub(super) fn looking(progress: &'p Progress) -> Self {
        Self { is_look: true, ..Self::new(progress) }
    }

    pub(super) fn has_anything(&self) -> bool {
        self.taken > 0
    }

    /// Whether nothing more need be read.
    pub(super) fn has_enough(&self) -> bool {
        self.is_seen
    }

    /// The first cells of the first row with content.
    pub(super) fn first_row(&self) -> &[PlacedCell] {
        &self.cells
    }

    /// Begins another row, of this sheet or the next.
    pub(super) fn begin_row(&mut self) {
        self.is_row_new = true;
    }

    /// Adds a cell, by its row and column, both counted from 0.
    pub(super) fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), TablesError> {
        self.progress.go_on()?;
        if self.is_look && matches!(&cell, Cell::Text(text) if text.trim().is_empty()) {
            return Ok(());
        }
        self.taken += 1;
        self.text = self.text.saturating_add(cell.weight());
        if self.taken > MAX_CELLS || self.text > MAX_TEXT_BYTES {
            return Err(TablesError::TooLarge);
        }
        let row = row.saturating_add(1);
        if self.is_look {
            let is_of_first = self.cells.first().is_none_or(|first| first.row == row);
            if is_of_first {
                self.cells.push(PlacedCell { row, column, cell });
            }
            self.is_seen = !is_of_first || self.cells.len() == MAX_HEADINGS;
        } else {
            if std::mem::take(&mut self.is_row_new) {
                self.rows.push(row);
            }
            self.cells.push(PlacedCell { row, column, cell });
        }
        Ok(())
    }

    /// Hides all cells of a merged area except the first, as spreadsheets do.
    pub(super) fn cover(&mut self, area: Area) {
        self.covered.push(area);
    }

    /// The cells of the sheet that has been read, in order.
    pub(super) fn finish(&mut self) -> Result<Vec<PlacedCell>, TablesError> {
        let mut cells = std::mem::take(&mut self.cells);
        let is_before = |one: &PlacedCell, other: &PlacedCell| (one.row, one.column) < (other.row, other.column);
        if !cells.is_sorted_by(is_before) {
            cells.sort_unstable_by_key(|cell| (cell.row, cell.column));
            mark_repeated_cells(&mut cells);
        }
        self.mark_repeated_rows(&mut cells);
        self.leave_out_covered(&mut cells)?;
        self.begin_row();
        Ok(cells)
    }

    fn mark_repeated_rows(&mut self, cells: &mut [PlacedCell]) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_unstable();
        for pair in rows.windows(2).filter(|pair| pair[0] == pair[1]) {
            let at = cells.partition_point(|cell| cell.row < pair[0]);
            if let Some(first) = cells.get_mut(at) {
                first.cell = Cell::fault(CellDoubt::Repeated);
            }
        }
    }

    fn leave_out_covered(&mut self, cells: &mut Vec<PlacedCell>) -> Result<(), TablesError> {
        let covered = std::mem::take(&mut self.covered);
        let mut compared = 0;
        let mut hidden = vec![false; if covered.is_empty() { 0 } else { cells.len() }];
        for Area { rows, columns } in covered {
            self.progress.go_on()?;
            let first = cells.partition_point(|cell| cell.row <= rows.0);
            for (cell, is_hidden) in cells.iter().zip(&mut hidden).skip(first) {
                if cell.row > rows.1.saturating_add(1) {
                    break;
                }
                compared += 1;
                let is_first = (cell.row, cell.column) == (rows.0 + 1, columns.0);
                *is_hidden |= (columns.0..=columns.1).contains(&cell.column) && !is_first;
            }
            if compared > MAX_COMPARISONS {
                return Err(TablesError::TooLarge);
            }
        }
        let mut hidden = hidden.into_iter();
        cells.retain(|_| !hidden.next().unwrap_or_default());
        Ok(())
    }
}

/// Replaces cells that occur twice by one fault.
fn mark_repeated_cells(cells: &mut Vec<PlacedCell>) {
    cells.dedup_by(|second, first| {
        let is_same = (second.row, second.column) == (first.row, first.column);
        if is_same {
            first.cell = Cell::fault(CellDoubt::Repeated);
        }
        is_same
    });
}
