//! Files of tables, whatever their format, as cells.

mod delimited;
mod spreadsheet;

use jiff::civil::Date;

use super::TablesTrouble;

/// Files beyond this are no book of rules.
const MOST_BYTES: usize = 64 << 20;

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

/// Takes a file apart.
pub(super) fn source(bytes: &[u8], file_name: &str) -> Result<Source, TablesTrouble> {
    if bytes.len() > MOST_BYTES {
        return Err(TablesTrouble::TooLarge);
    }
    if spreadsheet::is_container(bytes) {
        return Ok(Source { sheets: spreadsheet::sheets(bytes)?, is_text: false });
    }
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if ["xlsx", "xlsm", "xlsb", "xls", "ods"].contains(&ending.as_str()) {
        return Err(TablesTrouble::NotTables);
    }
    let rows = delimited::rows(bytes)?;
    Ok(Source { sheets: vec![Sheet { name: String::new(), rows }], is_text: true })
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
