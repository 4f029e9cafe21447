use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::cell_range::CellRange;
use super::fault::{CellProblem, Excerpt};
use super::faults::Faults;
use super::kind::{Column, Need, title};
use super::outcome::{TableNotice, TablesError};
use super::source::{Cell, PlacedCell, Sheet};
use super::{SheetKind, words};
use crate::exchange::Progress;
use crate::exchange::resemblance::meant;
use crate::rules::without_cpr;
use crate::visible::as_seen;

/// More than any authority has, in all tables together.
pub(super) const MOST_ROWS: usize = 50_000;

/// A table of a known kind, its columns found by their headings.
pub(super) struct Table {
    pub(super) kind: SheetKind,
    /// What the sheet is called; `None` for one that has no name.
    sheet: Option<String>,
    /// Where the columns are, by what stands above them.
    columns: HashMap<&'static str, u32>,
    /// The columns that unknown headings are but for a letter.
    misspelt: HashSet<&'static str>,
    headings: Vec<PlacedCell>,
    /// Of the rows that are read.
    cells: Vec<PlacedCell>,
    rows: usize,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) table: &'a Table,
    /// Never empty.
    cells: &'a [PlacedCell],
}

/// A cell of a table, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    row: Row<'a>,
    column: u32,
    /// `None` where there is nothing but white space.
    pub(super) cell: Option<&'a Cell>,
}

impl Table {
    /// Finds the columns of a sheet; the first row that has anything is the one with the headings.
    pub(super) fn new(
        kind: SheetKind,
        sheet: Sheet,
        faults: &mut Faults,
        notices: &mut Vec<TableNotice>,
        progress: &Progress,
    ) -> Result<Option<Self>, TablesError> {
        let name = Some(without_cpr(&sheet.name).into_owned()).filter(|name| !name.is_empty());
        if sheet.is_hidden {
            notices.push(TableNotice::HiddenSheet(Excerpt::new(&sheet.name)));
        }
        let Some(headings) = headings_of(&sheet) else {
            faults.add(CellRange::new(name.as_deref(), 1, 0), CellProblem::NoHeadings);
            return Ok(None);
        };
        let mut cells = sheet.cells;
        let headings = cells.drain(..headings.end).skip(headings.start).collect();
        let (columns, misspelt) = (HashMap::new(), HashSet::new());
        let mut table = Self { kind, sheet: name, columns, misspelt, headings, cells, rows: 0 };
        table.find_columns(faults);
        table.miss_columns(faults, notices);
        table.choose_rows(faults, notices, progress)?;
        if table.rows == 0 && kind != SheetKind::Authority {
            notices.push(TableNotice::NoRows(kind));
        }
        Ok(Some(table))
    }

    fn find_columns(&mut self, faults: &mut Faults) {
        let mut unknown = Vec::new();
        for heading in &self.headings {
            let PlacedCell { row, column, cell } = heading;
            let text = heading_text(cell);
            let known = self.kind.columns().iter().find(|known| words::folded(known.title) == text);
            let problem = match (known.map(|known| known.title), cell) {
                (_, Cell::Fault(problem)) => CellProblem::clone(problem),
                (None, _) if text.is_empty() => continue,
                (None, _) => {
                    unknown.push(heading);
                    continue;
                }
                (Some(title), _) => match self.columns.get(title) {
                    None => {
                        self.columns.insert(title, *column);
                        continue;
                    }
                    Some(first) => CellProblem::RepeatedHeading { heading: title, first: self.place(*row, *first) },
                },
            };
            faults.add(self.place(*row, *column), problem);
        }
        for PlacedCell { row, column, cell } in unknown {
            let known: Vec<_> = self.kind.columns().iter().map(|known| known.title).collect();
            let missing = known.iter().filter(|title| !self.has(title) && !self.misspelt.contains(*title));
            let meant = meant_heading(&shown(cell), missing.copied());
            self.misspelt.extend(meant);
            let (found, meant) = (Excerpt::new(&shown(cell)), meant.map(Excerpt::new));
            faults.add(self.place(*row, *column), CellProblem::UnknownHeading { found, known, meant });
        }
    }

    /// A column whose heading is misspelt has been told.
    fn miss_columns(&self, faults: &mut Faults, notices: &mut Vec<TableNotice>) {
        let is_there = |title| self.columns.contains_key(title) || self.misspelt.contains(title);
        let missing = self.kind.columns().iter().filter(|column| !is_there(column.title));
        for Column { title, need, .. } in missing {
            match need {
                Need::Required => faults.add(self.beginning(), CellProblem::MissingHeading(title)),
                // What an authority's own row does not tell stays as it is.
                Need::Optional if self.kind != SheetKind::Authority => {
                    notices.push(TableNotice::NoColumn { kind: self.kind, heading: title });
                }
                Need::Optional | Need::NotRead => {}
            }
        }
    }

    /// Keeps the rows that say something. Of the others it is told where they have anything, once: people fill a column
    /// down to its end.
    fn choose_rows(
        &mut self,
        faults: &mut Faults,
        notices: &mut Vec<TableNotice>,
        progress: &Progress,
    ) -> Result<(), TablesError> {
        let headed: HashSet<u32> =
            self.headings.iter().filter(|it| !is_white(&it.cell)).map(|heading| heading.column).collect();
        let read = self.columns_that(|need| need != Need::NotRead);
        let required = self.columns_that(|need| need == Need::Required);
        // Whoever is named without a number has been meant.
        let cvr = self.columns.get(title::CVR).copied();
        let cells = std::mem::take(&mut self.cells);
        let mut left_out: Option<(CellRange, usize)> = None;
        let mut kept = HashSet::new();
        for row in cells.chunk_by(|one, other| one.row == other.row) {
            progress.go_on()?;
            let filled = || row.iter().filter(|it| !is_white(&it.cell));
            let has = |columns: &HashSet<u32>| filled().any(|it| columns.contains(&it.column));
            let is_kept = has(&read) && (has(&required) || self.kind == SheetKind::Authority);
            for PlacedCell { row, column, cell } in filled() {
                let place = || self.place(*row, *column);
                match cell {
                    Cell::Fault(problem) if problem.is_of_the_file() && !(is_kept && read.contains(column)) => {
                        faults.add(place(), CellProblem::clone(problem));
                    }
                    _ if !headed.contains(column) => faults.add(place(), CellProblem::WithoutHeading),
                    _ => {}
                }
            }
            if is_kept {
                kept.insert(row[0].row);
                if kept.len() > MOST_ROWS {
                    return Err(TablesError::TooLarge);
                }
            } else if let (SheetKind::KnownAuthorities, Some(column), true) = (self.kind, cvr, has(&read)) {
                faults.add(self.place(row[0].row, column), CellProblem::Missing(title::CVR));
            } else if has(&read) {
                for place in filled().filter(|it| read.contains(&it.column)).map(|it| self.place(it.row, it.column)) {
                    left_out.get_or_insert_with(|| (place.clone(), 0)).0.stretch(&place);
                }
                if let Some((_, rows)) = &mut left_out {
                    *rows += 1;
                }
            }
        }
        notices.extend(left_out.map(|(place, rows)| TableNotice::WithoutContent { place, rows }));
        self.rows = kept.len();
        self.cells = cells;
        self.cells.retain(|cell| kept.contains(&cell.row));
        self.cells.shrink_to_fit();
        Ok(())
    }

    /// Where those columns are that are needed so.
    fn columns_that(&self, is_meant: impl Fn(Need) -> bool) -> HashSet<u32> {
        let meant = self.kind.columns().iter().filter(|column| is_meant(column.need));
        meant.filter_map(|column| self.columns.get(column.title).copied()).collect()
    }

    fn place(&self, row: u32, column: u32) -> CellRange {
        CellRange::new(self.sheet.as_deref(), row, column)
    }

    /// The first heading.
    pub(super) fn beginning(&self) -> CellRange {
        let first = self.headings.first();
        self.place(first.map_or(1, |heading| heading.row), first.map_or(0, |heading| heading.column))
    }

    /// Whether that column is there.
    pub(super) fn has(&self, title: &str) -> bool {
        self.columns.contains_key(title)
    }

    /// What the sheet is called; `None` for one that has no name.
    pub(super) fn sheet(&self) -> Option<&str> {
        self.sheet.as_deref()
    }

    /// What stands above the columns that are read, and where they are.
    pub(super) fn columns(&self) -> impl Iterator<Item = (&'static str, u32)> {
        self.columns.iter().map(|(title, column)| (*title, *column))
    }

    /// The numbers of the rows that are read.
    pub(super) fn row_numbers(&self) -> Vec<u32> {
        self.rows().map(|row| row.cells[0].row).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.rows
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.cells.chunk_by(|one, other| one.row == other.row).map(|cells| Row { table: self, cells })
    }
}

impl<'a> Row<'a> {
    /// The cell in that column; `None` when the column is not there.
    pub(super) fn field(self, title: &str) -> Option<Field<'a>> {
        let column = *self.table.columns.get(title)?;
        Some(Field { row: self, column, cell: self.cell(column).filter(|cell| !is_white(cell)) })
    }

    fn cell(self, column: u32) -> Option<&'a Cell> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        Some(&self.cells[at].cell)
    }

    /// Where the row begins.
    pub(super) fn place(self) -> CellRange {
        self.table.place(self.cells[0].row, self.cells[0].column)
    }
}

impl<'a> Field<'a> {
    pub(super) fn place(self) -> CellRange {
        self.row.table.place(self.row.cells[0].row, self.column)
    }

    /// The cell, and be it white space.
    pub(super) fn written(self) -> Option<&'a Cell> {
        self.row.cell(self.column)
    }
}

/// How like the headings are to those of the kind of table that they are most like.
pub(super) fn likeness<'a>(headings: impl Iterator<Item = &'a str>) -> usize {
    let headings: Vec<_> = headings.map(words::folded).collect();
    SheetKind::ALL.into_iter().map(|kind| known_headings(kind, &headings)).max().unwrap_or_default()
}

/// Which cells of a sheet are its headings: those of the first row that has anything.
fn headings_of(sheet: &Sheet) -> Option<Range<usize>> {
    let row = sheet.cells.iter().find(|it| !is_white(&it.cell))?.row;
    let start = sheet.cells.partition_point(|cell| cell.row < row);
    Some(start..sheet.cells.partition_point(|cell| cell.row <= row))
}

/// The missing column that a heading means: it is but for a letter, or the only one that begins so.
fn meant_heading(text: &str, missing: impl Iterator<Item = &'static str> + Clone) -> Option<&'static str> {
    const SHORTEST: usize = 4;
    if let Some(meant) = meant(text, missing.clone()) {
        return missing.into_iter().find(|title| *title == meant);
    }
    let text = words::folded(text);
    let is_like = |title: &&str| {
        let title = words::folded(title);
        text.len().min(title.len()) >= SHORTEST && (title.starts_with(&text) || text.starts_with(&title))
    };
    let mut like = missing.filter(is_like);
    like.next().filter(|_| like.next().is_none())
}

/// The kind that the headings of a sheet are more like than those of any other: at least two of them.
pub(super) fn kind_by_some_headings(headings: &[PlacedCell]) -> Option<SheetKind> {
    const LEAST: usize = 2;
    let headings: Vec<_> = headings.iter().map(|heading| heading_text(&heading.cell)).collect();
    let known = SheetKind::ALL.map(|kind| (known_headings(kind, &headings), kind));
    let most = known.iter().map(|(count, _)| *count).max().filter(|most| *most >= LEAST)?;
    let mut likest = known.into_iter().filter(|(count, _)| *count == most);
    likest.next().filter(|_| likest.next().is_none()).map(|(_, kind)| kind)
}

/// The kind that a sheet is of by its headings alone.
pub(super) fn kind_by_headings(sheet: &Sheet) -> Option<SheetKind> {
    let headings = &sheet.cells[headings_of(sheet)?];
    let headings: Vec<_> = headings.iter().map(|heading| heading_text(&heading.cell)).collect();
    let kinds = SheetKind::ALL.into_iter().filter(|kind| known_headings(*kind, &headings) > 0);
    kinds.max_by_key(|kind| {
        let known = known_headings(*kind, &headings);
        // Of two kinds that have as many of the headings, the one that wants no others.
        (known, std::cmp::Reverse(kind.columns().len() - known))
    })
}

fn known_headings(kind: SheetKind, headings: &[String]) -> usize {
    kind.columns().iter().filter(|column| headings.contains(&words::folded(column.title))).count()
}

fn heading_text(cell: &Cell) -> String {
    words::folded(&shown(cell))
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Moment(text) => text.clone(),
        Cell::Fault(_) => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Switch(is_on) => is_on.to_string(),
        Cell::Day(day) => day.strftime("%d-%m-%Y").to_string(),
    }
}

fn is_white(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if as_seen(text).trim().is_empty())
}
