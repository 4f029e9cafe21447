use std::collections::{HashMap, HashSet};

use crate::exchange::progress::Progress;
use crate::exchange::workbook::cell_range::CellRange;
use crate::exchange::workbook::fault::excerpt::Excerpt;
use crate::exchange::workbook::fault::list::FaultList;
use crate::exchange::workbook::fault::problem::CellProblem;
use crate::exchange::workbook::format::kind::{Column, Need, SheetKind};
use crate::exchange::workbook::format::{title, words};
use crate::exchange::workbook::outcome::{TableNotice, TablesError};
use crate::exchange::workbook::source::{
    Cell, PlacedCell, Sheet, heading_text, headings_of, is_white, meant_heading, shown,
};
use crate::rules::without_cpr;

/// More than any authority has, in all tables together.
pub(in crate::exchange::workbook) const MAX_ROWS: usize = 50_000;

/// A table of a known kind, its columns found by their headings.
pub(in crate::exchange::workbook) struct Table {
    pub(in crate::exchange::workbook) kind: SheetKind,
    /// The sheet's name; `None` in a CSV file.
    sheet: Option<String>,
    /// The columns by their headings.
    columns: HashMap<&'static str, u32>,
    /// The columns that unknown headings resemble.
    misspelt: HashSet<&'static str>,
    headings: Vec<PlacedCell>,
    /// Of the rows that are read.
    cells: Vec<PlacedCell>,
    rows: usize,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(in crate::exchange::workbook) struct Row<'a> {
    pub(in crate::exchange::workbook) table: &'a Table,
    /// Never empty.
    cells: &'a [PlacedCell],
}

/// A cell of a table, with its position.
#[derive(Clone, Copy)]
pub(in crate::exchange::workbook) struct Field<'a> {
    row: Row<'a>,
    column: u32,
    /// `None` where there is nothing but white space.
    pub(in crate::exchange::workbook) cell: Option<&'a Cell>,
}

impl Table {
    /// Finds the columns of a sheet; the first row that has anything is the one with the headings.
    pub(in crate::exchange::workbook) fn new(
        kind: SheetKind,
        sheet: Sheet,
        faults: &mut FaultList,
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

    fn find_columns(&mut self, faults: &mut FaultList) {
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

    /// A column with a misspelt heading is not missing: the heading is a fault already.
    fn miss_columns(&self, faults: &mut FaultList, notices: &mut Vec<TableNotice>) {
        let is_there = |title| self.columns.contains_key(title) || self.misspelt.contains(title);
        let missing = self.kind.columns().iter().filter(|column| !is_there(column.title));
        for Column { title, need, .. } in missing {
            match need {
                Need::Required => faults.add(self.beginning(), CellProblem::MissingHeading(title)),
                // What an authority's own row leaves out stays as it is in the draft.
                Need::Optional if self.kind != SheetKind::Authority => {
                    notices.push(TableNotice::NoColumn { kind: self.kind, heading: title });
                }
                Need::Optional | Need::NotRead => {}
            }
        }
    }

    /// Keeps the rows with content. The others get one notice with their range: people fill a column down to its end.
    fn choose_rows(
        &mut self,
        faults: &mut FaultList,
        notices: &mut Vec<TableNotice>,
        progress: &Progress,
    ) -> Result<(), TablesError> {
        let headed: HashSet<u32> =
            self.headings.iter().filter(|it| !is_white(&it.cell)).map(|heading| heading.column).collect();
        let read = self.columns_that(|need| need != Need::NotRead);
        let required = self.columns_that(|need| need == Need::Required);
        // A known authority with a name and no number is a fault rather than an empty row.
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
                if kept.len() > MAX_ROWS {
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
    pub(in crate::exchange::workbook) fn beginning(&self) -> CellRange {
        let first = self.headings.first();
        self.place(first.map_or(1, |heading| heading.row), first.map_or(0, |heading| heading.column))
    }

    /// Whether that column is there.
    pub(in crate::exchange::workbook) fn has(&self, title: &str) -> bool {
        self.columns.contains_key(title)
    }

    /// The sheet's name; `None` in a CSV file.
    pub(in crate::exchange::workbook) fn sheet(&self) -> Option<&str> {
        self.sheet.as_deref()
    }

    /// The headings of the columns that are read, with their positions.
    pub(in crate::exchange::workbook) fn columns(&self) -> impl Iterator<Item = (&'static str, u32)> {
        self.columns.iter().map(|(title, column)| (*title, *column))
    }

    /// The numbers of the rows that are read.
    pub(in crate::exchange::workbook) fn row_numbers(&self) -> Vec<u32> {
        self.rows().map(|row| row.cells[0].row).collect()
    }

    pub(in crate::exchange::workbook) fn len(&self) -> usize {
        self.rows
    }

    pub(in crate::exchange::workbook) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.cells.chunk_by(|one, other| one.row == other.row).map(|cells| Row { table: self, cells })
    }
}

impl<'a> Row<'a> {
    /// The cell in that column; `None` when the column is not there.
    pub(in crate::exchange::workbook) fn field(self, title: &str) -> Option<Field<'a>> {
        let column = *self.table.columns.get(title)?;
        Some(Field { row: self, column, cell: self.cell(column).filter(|cell| !is_white(cell)) })
    }

    fn cell(self, column: u32) -> Option<&'a Cell> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        Some(&self.cells[at].cell)
    }

    /// Where the row begins.
    pub(in crate::exchange::workbook) fn place(self) -> CellRange {
        self.table.place(self.cells[0].row, self.cells[0].column)
    }
}

impl<'a> Field<'a> {
    pub(in crate::exchange::workbook) fn place(self) -> CellRange {
        self.row.table.place(self.row.cells[0].row, self.column)
    }

    /// The cell, even if it holds only white space.
    pub(in crate::exchange::workbook) fn written(self) -> Option<&'a Cell> {
        self.row.cell(self.column)
    }
}
