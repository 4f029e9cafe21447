//! Files of tables, whatever their format, as cells.

mod archive;
mod delimited;
mod error_words;
mod excel;
mod grid;
mod letters;
mod open_document;
mod part;
mod quotes;
mod styles;
mod texts;

use jiff::civil::{Date, Time};
use jiff::fmt::temporal::Pieces;

use self::error_words::is_error_word;
use self::grid::Grid;
use super::fault::{CellProblem, Excerpt};
use super::kind::SheetKind;
use super::outcome::TablesError;
use super::table::kind_by_some_headings;
use crate::exchange::Progress;
use crate::exchange::foreign::ForeignTable;

/// Files beyond this are no book of rules.
const MOST_BYTES: usize = 32 << 20;

/// The sheets of a file that are read.
pub(super) struct Source {
    pub(super) sheets: Vec<Sheet>,
    /// Those that have anything on them and are not read.
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

pub(super) struct Sheet {
    pub(super) name: String,
    /// Programs do not show it.
    pub(super) is_hidden: bool,
    /// Every cell that has anything in it, row by row and from left to right.
    pub(super) cells: Vec<PlacedCell>,
}

/// What stands in a cell, and where.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedCell {
    /// Counted from 1.
    pub(super) row: u32,
    /// Counted from 0.
    pub(super) column: u32,
    pub(super) cell: Cell,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Text(String),
    Number(f64),
    Switch(bool),
    Day(Date),
    /// A date with a time of day, or a time alone.
    Moment(String),
    /// Something of which nobody can say what the person who wrote it saw there.
    Fault(Box<CellProblem>),
}

impl Cell {
    fn fault(problem: impl Into<CellProblem>) -> Self {
        Self::Fault(Box::new(problem.into()))
    }

    /// A text, or the error that it spells; `None` for none.
    fn of_text(text: String) -> Option<Self> {
        match text.as_str() {
            "" => None,
            word if is_error_word(word) => Some(Self::fault(CellProblem::ErrorCell(Excerpt::new(word)))),
            _ => Some(Self::Text(text)),
        }
    }

    /// A day as ISO 8601 writes it; with a time of day it is none.
    fn of_iso_date(text: String) -> Self {
        let Ok(pieces) = Pieces::parse(&text) else {
            return match text.parse::<Time>() {
                Ok(_) => Self::Moment(text),
                Err(_) => Self::fault(CellProblem::NoSuchDate(Excerpt::new(&text))),
            };
        };
        match pieces.time() {
            Some(time) if time != Time::midnight() => Self::Moment(text),
            _ => Self::Day(pieces.date()),
        }
    }

    /// How many bytes of text it holds.
    fn weight(&self) -> usize {
        match self {
            Self::Text(text) | Self::Moment(text) => text.len(),
            Self::Fault(_) => size_of::<CellProblem>(),
            Self::Number(_) | Self::Switch(_) | Self::Day(_) => 0,
        }
    }
}

/// A workbook whose sheets are read one by one.
trait Workbook {
    /// Its sheets, in order.
    fn sheets(&self) -> &[SheetHead];

    /// Puts the cells of a sheet into the grid.
    fn read(&mut self, sheet: usize, grid: &mut Grid<'_>) -> Result<(), TablesError>;
}

/// What a workbook tells of a sheet.
struct SheetHead {
    name: String,
    is_hidden: bool,
}

/// Takes a file apart.
pub(super) fn source(bytes: &[u8], file_name: &str, progress: &Progress) -> Result<Source, TablesError> {
    progress.go_on()?;
    if bytes.len() > MOST_BYTES {
        return Err(TablesError::TooLarge);
    }
    if let Some(make) = ForeignTable::of(file_name, bytes) {
        return Err(TablesError::Foreign(make));
    }
    if archive::is_container(bytes) {
        return of_workbook(archive::open(bytes, progress)?.as_mut(), progress);
    }
    let mut grid = Grid::new(progress);
    delimited::read(bytes, &mut grid)?;
    let sheet = Sheet { name: String::new(), is_hidden: false, cells: grid.finish()? };
    Ok(Source { sheets: vec![sheet], unread: Vec::new(), is_text: true })
}

/// Reads the sheets that are known by their names, or else the only one that has anything on it. What stands on the others
/// is never read, so that nothing wrong there is in the way.
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

/// Whether a sheet has anything on it, and if so which kind its first row may be the headings of. One that cannot be read
/// has something on it, whatever that may be.
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
