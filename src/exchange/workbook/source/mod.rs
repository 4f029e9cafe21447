//! Files of tables, whatever their format, as cells.

mod delimited;
mod excel;
mod open_document;
mod spreadsheet;

use jiff::civil::Date;

use super::TablesTrouble;
use crate::exchange::Progress;

/// Files beyond this are no book of rules.
const MOST_BYTES: usize = 64 << 20;
/// So many cells are more than any book of rules has.
const MOST_CELLS: usize = 2_000_000;
/// The most text of all cells together, in bytes: a file need hold but once what stands in many.
const MOST_TEXT: usize = 128 << 20;

/// The sheets of a file that have anything on them.
pub(super) struct Source {
    pub(super) sheets: Vec<Sheet>,
    /// Whether it is text alone, with one table that has no name.
    pub(super) is_text: bool,
}

pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) rows: Vec<SheetRow>,
}

/// A row that has anything in it.
#[derive(Debug, Default)]
pub(super) struct SheetRow {
    /// Counted from 1.
    pub(super) number: u32,
    /// What stands in its cells, by column counted from 0, in order; empty ones are not there.
    pub(super) cells: Vec<(u32, Cell)>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Text(String),
    Number(f64),
    Switch(bool),
    Day(Date),
    /// A date with a time of day, or what is no date though it is shown as one.
    Moment(String),
    /// A formula that came to nothing.
    Error(String),
}

impl SheetRow {
    pub(super) fn cell(&self, column: u32) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        Some(&self.cells[at].1)
    }
}

impl Cell {
    /// How many bytes of text it holds.
    fn weight(&self) -> usize {
        match self {
            Self::Text(text) | Self::Moment(text) | Self::Error(text) => text.len(),
            Self::Number(_) | Self::Switch(_) | Self::Day(_) => 0,
        }
    }
}

/// Sheets being read, cell by cell.
struct Sheets<'p> {
    found: Vec<Sheet>,
    cells: usize,
    text: usize,
    progress: &'p Progress,
}

impl<'p> Sheets<'p> {
    fn new(progress: &'p Progress) -> Self {
        Self { found: Vec::new(), cells: 0, text: 0, progress }
    }

    fn begin(&mut self, name: String) -> Result<(), TablesTrouble> {
        self.progress.go_on()?;
        self.found.push(Sheet { name, rows: Vec::new() });
        Ok(())
    }

    /// Takes what stands in a cell of the sheet that was begun last, by row and column counted from 0. Cells come row by
    /// row and from left to right; one that does not is left out.
    fn put(&mut self, row: u32, column: u32, cell: Option<Cell>) -> Result<(), TablesTrouble> {
        self.progress.go_on()?;
        let Some(cell) = cell else { return Ok(()) };
        // Counted also where no sheet has begun: a file may repeat what stands outside of any without end.
        self.cells += 1;
        self.text = self.text.saturating_add(cell.weight());
        if self.cells > MOST_CELLS || self.text > MOST_TEXT {
            return Err(TablesTrouble::TooLarge);
        }
        let Some(Sheet { rows, .. }) = self.found.last_mut() else { return Ok(()) };
        let number = row.saturating_add(1);
        match rows.last_mut() {
            Some(last) if last.number == number => {
                if last.cells.last().is_none_or(|(before, _)| *before < column) {
                    last.cells.push((column, cell));
                }
            }
            Some(last) if last.number > number => {}
            _ => rows.push(SheetRow { number, cells: vec![(column, cell)] }),
        }
        Ok(())
    }
}

/// Takes a file apart.
pub(super) fn source(bytes: &[u8], file_name: &str, progress: &Progress) -> Result<Source, TablesTrouble> {
    if bytes.len() > MOST_BYTES {
        return Err(TablesTrouble::TooLarge);
    }
    let mut sheets = Sheets::new(progress);
    let is_text = !spreadsheet::is_container(bytes);
    if is_text {
        let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        if ["xlsx", "xlsm", "xlsb", "xls", "ods"].contains(&ending.as_str()) {
            return Err(TablesTrouble::NotTables);
        }
        delimited::read(bytes, &mut sheets)?;
    } else {
        spreadsheet::read(bytes, &mut sheets)?;
    }
    Ok(Source { sheets: sheets.found, is_text })
}

/// What programs show for a formula that came to nothing, for formats that have but the text; Danish and English.
fn is_error_word(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "#REF!",
        "#REFERENCE!",
        "#N/A",
        "#I/T",
        "#VALUE!",
        "#VÆRDI!",
        "#NAME?",
        "#NAVN?",
        "#DIV/0!",
        "#DIVISION/0!",
        "#NUM!",
        "#NUL!",
    ];
    WORDS.contains(&text)
}
