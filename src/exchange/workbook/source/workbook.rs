//! What Excel and OpenDocument workbooks have in common.

use super::grid::Grid;
use crate::exchange::workbook::outcome::TablesError;

/// A workbook whose sheets are read one by one.
pub(super) trait Workbook {
    /// Its sheets, in order.
    fn sheets(&self) -> &[SheetHead];

    /// Puts the cells of a sheet into the grid.
    fn read(&mut self, sheet: usize, grid: &mut Grid<'_>) -> Result<(), TablesError>;
}

/// A sheet's name and visibility.
pub(super) struct SheetHead {
    pub name: String,
    pub is_hidden: bool,
}
