//! Reads the cells of a file of tables, whatever its format.
//!
//! A workbook comes from anywhere, and a request for memory that cannot be met ends the program, the router included. So
//! nothing here allocates by a number in the file: parts, cells and texts are counted as they come, and what exceeds the
//! limits is refused. General readers of spreadsheets (calamine was used before) reserve every cell between the first and
//! the last, or expand what OpenDocument repeats by `number-rows-repeated`, and hide what matters here: the order of cells,
//! formulas without a value, and errors.
//!
//! Sheets are read one by one, and only those that are needed: first the headings of sheets with other names, to find those
//! that may be misspelt, then those with known names. A fault on a sheet with another name does not matter. `archive` and
//! `part` bound a workbook's XML, `excel` and `open_document` read the two makes of workbook, `delimited` reads text, and
//! `grid` collects cells.

mod archive;
mod cell;
mod delimited;
mod error_words;
mod excel;
mod grid;
mod headings;
mod letters;
mod open;
mod open_document;
mod part;
mod quotes;
mod styles;
mod texts;
mod workbook;

pub(super) use self::cell::{Cell, PlacedCell, Sheet};
pub(super) use self::headings::{heading_text, headings_of, is_white, kind_by_headings, meant_heading, shown};

use self::grid::Grid;
use self::headings::kind_by_some_headings;
use self::open::open;
use self::workbook::{SheetHead, Workbook};
use super::format::kind::SheetKind;
use super::outcome::TablesError;
use crate::exchange::progress::Progress;
use crate::exchange::recognition::foreign::ForeignTable;

/// The largest file that is read, in bytes.
const MAX_BYTES: usize = 32 << 20;

/// The sheets of a file that are read.
pub(super) struct Source {
    pub(super) sheets: Vec<Sheet>,
    /// Sheets with content that are not read.
    pub(super) unread: Vec<Unread>,
    /// Whether it is text alone, with one table that has no name.
    pub(super) is_text: bool,
}

/// A sheet that is not read.
pub(super) struct Unread {
    pub(super) name: String,
    /// The kind whose headings its first row has.
    pub(super) likely: Option<SheetKind>,
}

/// Takes a file apart.
pub(super) fn source(bytes: &[u8], file_name: &str, progress: &Progress) -> Result<Source, TablesError> {
    progress.go_on()?;
    if bytes.len() > MAX_BYTES {
        return Err(TablesError::TooLarge);
    }
    if let Some(make) = ForeignTable::of(file_name, bytes) {
        return Err(TablesError::Foreign(make));
    }
    if archive::is_container(bytes) {
        return of_workbook(open(bytes, progress)?.as_mut(), progress);
    }
    let mut grid = Grid::new(progress);
    delimited::read(bytes, &mut grid)?;
    let sheet = Sheet { name: String::new(), is_hidden: false, cells: grid.finish()? };
    Ok(Source { sheets: vec![sheet], unread: Vec::new(), is_text: true })
}

/// Reads the sheets with known names, else the only sheet with content. Faults on other sheets therefore do not matter.
fn of_workbook(book: &mut dyn Workbook, progress: &Progress) -> Result<Source, TablesError> {
    let mut known: Vec<(SheetKind, usize)> = Vec::new();
    let mut others = Vec::new();
    for (at, head) in book.sheets().iter().enumerate() {
        match SheetKind::called(&head.name).filter(|kind| known.iter().all(|(own, _)| own != kind)) {
            Some(kind) => known.push((kind, at)),
            None => others.push(at),
        }
    }
    let mut filled = Vec::new();
    for at in others {
        if let Some(unread) = look(book, at, progress)? {
            filled.push((at, unread));
        }
    }
    let (wanted, unread) = match (known.is_empty(), filled.as_slice()) {
        (true, [(only, _)]) => (vec![*only], Vec::new()),
        _ => (known.into_iter().map(|(_, at)| at).collect(), filled),
    };
    let mut grid = Grid::new(progress);
    let mut sheets = Vec::new();
    for at in wanted {
        book.read(at, &mut grid)?;
        let SheetHead { name, is_hidden } = &book.sheets()[at];
        sheets.push(Sheet { name: name.clone(), is_hidden: *is_hidden, cells: grid.finish()? });
    }
    let unread = unread.into_iter().map(|(_, unread)| unread).collect();
    Ok(Source { sheets, unread, is_text: false })
}

/// Looks at a sheet with an unknown name: `None` if it is empty, else which kind its first row may be the headings of. A
/// sheet that cannot be read counts as having content.
fn look(book: &mut dyn Workbook, sheet: usize, progress: &Progress) -> Result<Option<Unread>, TablesError> {
    let mut grid = Grid::looking(progress);
    let is_filled = match book.read(sheet, &mut grid) {
        Ok(()) => grid.has_anything(),
        Err(TablesError::Stopped(stopped)) => return Err(stopped.into()),
        Err(_) => true,
    };
    let name = || book.sheets()[sheet].name.clone();
    Ok(is_filled.then(|| Unread { name: name(), likely: kind_by_some_headings(grid.first_row()) }))
}
