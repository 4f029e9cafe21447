//! Tables of text, whichever their encoding and delimiter.

use std::borrow::Cow;

use super::cell::Cell;
use super::grid::Grid;
use super::headings::likeness;
use super::letters::Letters;
use super::quotes::Lines;
use crate::exchange::progress::{Progress, Stopped};
use crate::exchange::text::encoding::{in_utf8, is_marked};
use crate::exchange::text::formula_guard::unguarded;
use crate::exchange::workbook::fault::doubt::CellDoubt;
use crate::exchange::workbook::format::listed;
use crate::exchange::workbook::outcome::TablesError;

const DELIMITERS: [u8; 3] = [b';', b',', b'\t'];
/// The number of columns of an Excel sheet.
const MAX_COLUMNS: u32 = 16_384;

/// Reads a table of text as the only sheet.
pub(super) fn read(file: &[u8], grid: &mut Grid<'_>) -> Result<(), TablesError> {
    let bytes = in_utf8(file);
    let letters = if is_marked(file) { Letters::Utf8 } else { Letters::of(&bytes) };
    let (stated, text) = stated_delimiter(&bytes);
    let delimiter = match stated {
        Some(delimiter) => delimiter,
        None => likeliest_delimiter(text, &letters, grid.progress)?,
    };
    let mut lines = Lines::new(text, delimiter);
    let mut row = 0;
    while !lines.is_over() {
        grid.progress.go_on()?;
        grid.begin_row();
        let mut column = 0;
        loop {
            let field = lines.next();
            let cell = match field.problem {
                Some(problem) => Some(Cell::fault(problem)),
                None => letters.read(&field.bytes).map_or(Some(Cell::fault(CellDoubt::UnknownLetters)), |it| cell(&it)),
            };
            if let Some(cell) = cell {
                grid.put(row, column, cell)?;
            }
            column += 1;
            if field.is_last {
                break;
            }
            grid.progress.go_on()?;
            if column == MAX_COLUMNS {
                return Err(TablesError::TooLarge);
            }
        }
        if grid.has_anything() {
            lines.expect(usize::try_from(column).unwrap_or(usize::MAX));
        }
        row += 1;
    }
    Ok(())
}

/// The delimiter from a first line `sep=;`, which Excel obeys and hides.
fn stated_delimiter(text: &[u8]) -> (Option<u8>, &[u8]) {
    let stated = text.iter().position(|byte| matches!(byte, b'\r' | b'\n')).and_then(|end| {
        let (line, rest) = text.split_at(end);
        let line = std::str::from_utf8(line).ok()?;
        let [delimiter] = line.trim_matches('"').strip_prefix("sep=")?.as_bytes() else { return None };
        Some((Some(*delimiter), rest.strip_prefix(b"\r\n").unwrap_or(&rest[1..])))
    });
    stated.unwrap_or((None, text))
}

/// The one by which the headings are most like those of a table that is known.
fn likeliest_delimiter(text: &[u8], letters: &Letters, progress: &Progress) -> Result<u8, Stopped> {
    let mut best = (0, DELIMITERS[0]);
    for delimiter in DELIMITERS {
        let headings = headings(text, delimiter, letters, progress)?;
        let likeness = likeness(headings.iter().map(String::as_str));
        if likeness > best.0 {
            best = (likeness, delimiter);
        }
    }
    Ok(best.1)
}

/// The first row that has anything.
fn headings(text: &[u8], delimiter: u8, letters: &Letters, progress: &Progress) -> Result<Vec<String>, Stopped> {
    const MAX_FIELDS: usize = 1_000;
    let mut lines = Lines::new(text, delimiter);
    let mut headings = Vec::new();
    while !lines.is_over() && headings.len() < MAX_FIELDS {
        progress.go_on()?;
        let field = lines.next();
        headings.extend(letters.read(&field.bytes).filter(|text| !text.is_empty()).map(Cow::into_owned));
        if field.is_last && !headings.is_empty() {
            break;
        }
    }
    Ok(headings)
}

fn cell(text: &str) -> Option<Cell> {
    let bare = unguarded(text);
    if bare.len() < text.len() {
        return Some(Cell::Text(bare.to_owned()));
    }
    match bare.strip_prefix('=') {
        Some(formula) if is_formula(formula) => Some(match text_of_formula(formula) {
            Some(text) => Cell::Text(text.into_owned()),
            None => Cell::fault(CellDoubt::NotWorkedOut),
        }),
        _ => Cell::of_text(bare.to_owned()),
    }
}

/// Whether what comes after an equals sign is something that a spreadsheet works out.
fn is_formula(text: &str) -> bool {
    text.starts_with(|sign: char| sign.is_alphanumeric() || matches!(sign, '"' | '(' | '+' | '-' | '$' | '\'' | '@'))
}

/// The text of a formula that is nothing but that text: programs write `="0012"` for a text that looks like a number.
fn text_of_formula(formula: &str) -> Option<Cow<'_, str>> {
    let formula = formula.trim_end();
    formula.starts_with('"').then(|| listed::unquoted(formula).ok()).flatten()
}
