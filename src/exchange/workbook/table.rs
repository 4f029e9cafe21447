use std::collections::HashMap;

use super::fault::{CellFault, CellProblem, Found};
use super::kind::{Column, Need};
use super::outcome::TableNotice;
use super::place::CellPlace;
use super::source::{Cell, Sheet, SheetRow};
use super::{SheetKind, words};
use crate::rules::without_cpr;

/// A table of a known kind, its columns found by their headings.
pub(super) struct Table {
    pub(super) kind: SheetKind,
    /// What the sheet is called; `None` for one that has no name.
    sheet: Option<String>,
    /// Where the columns are, by what stands above them.
    columns: HashMap<&'static str, u32>,
    headings: SheetRow,
    rows: Vec<SheetRow>,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) table: &'a Table,
    row: &'a SheetRow,
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
        faults: &mut Vec<CellFault>,
        notices: &mut Vec<TableNotice>,
    ) -> Option<Self> {
        let name = Some(without_cpr(&sheet.name).into_owned()).filter(|name| !name.is_empty());
        let mut rows = sheet.rows.into_iter().skip_while(is_blank);
        let Some(headings) = rows.next() else {
            let place = CellPlace::new(name.as_deref(), 1, 0);
            faults.push(CellFault { place, problem: CellProblem::NoHeadings });
            return None;
        };
        let mut table = Self { kind, sheet: name, columns: HashMap::new(), headings, rows: Vec::new() };
        table.find_columns(faults);
        table.miss_columns(faults, notices);
        table.rows = rows.collect();
        table.find_stray_cells(faults);
        table.rows.retain(|row| !is_blank(row));
        if table.rows.is_empty() && kind != SheetKind::Authority {
            notices.push(TableNotice::NoRows(kind));
        }
        Some(table)
    }

    fn find_columns(&mut self, faults: &mut Vec<CellFault>) {
        for (column, cell) in &self.headings.cells {
            let place = self.place(self.headings.number, *column);
            let heading = heading_text(cell);
            let known = self.kind.columns().iter().find(|known| words::folded(known.title) == heading);
            let problem = match known.map(|known| known.title) {
                None if heading.is_empty() => continue,
                None => CellProblem::UnknownHeading {
                    found: Found::new(&shown(cell)),
                    known: self.kind.columns().iter().map(|known| known.title).collect(),
                },
                Some(title) => match self.columns.get(title) {
                    None => {
                        self.columns.insert(title, *column);
                        continue;
                    }
                    Some(first) => {
                        CellProblem::RepeatedHeading { heading: title, first: self.place(self.headings.number, *first) }
                    }
                },
            };
            faults.push(CellFault { place, problem });
        }
    }

    fn miss_columns(&self, faults: &mut Vec<CellFault>, notices: &mut Vec<TableNotice>) {
        let missing = self.kind.columns().iter().filter(|column| !self.columns.contains_key(column.title));
        for Column { title, need, .. } in missing {
            match need {
                Need::Required => {
                    let problem = CellProblem::MissingHeading(title);
                    faults.push(CellFault { place: self.beginning(), problem });
                }
                // What an authority's own row does not tell stays as it is.
                Need::Optional if self.kind != SheetKind::Authority => {
                    notices.push(TableNotice::NoColumn { kind: self.kind, heading: title });
                }
                Need::Optional | Need::NotRead => {}
            }
        }
    }

    /// A value that no heading tells of would be lost without a word.
    fn find_stray_cells(&self, faults: &mut Vec<CellFault>) {
        let headed: Vec<u32> = self.headings.cells.iter().filter(|(_, cell)| !is_white(cell)).map(|it| it.0).collect();
        for row in &self.rows {
            for (column, _) in row.cells.iter().filter(|(column, cell)| !headed.contains(column) && !is_white(cell)) {
                let place = self.place(row.number, *column);
                faults.push(CellFault { place, problem: CellProblem::WithoutHeading });
            }
        }
    }

    fn place(&self, row: u32, column: u32) -> CellPlace {
        CellPlace::new(self.sheet.as_deref(), row, column)
    }

    /// The first heading.
    pub(super) fn beginning(&self) -> CellPlace {
        let column = self.headings.cells.first().map_or(0, |(column, _)| *column);
        self.place(self.headings.number, column)
    }

    /// Whether that column is there.
    pub(super) fn has(&self, title: &str) -> bool {
        self.columns.contains_key(title)
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|row| Row { table: self, row }).filter(|row| !row.is_empty())
    }
}

impl<'a> Row<'a> {
    /// The cell in that column; `None` when the column is not there.
    pub(super) fn field(self, title: &str) -> Option<Field<'a>> {
        let column = *self.table.columns.get(title)?;
        let cell = self.row.cell(column).filter(|cell| !is_white(cell));
        Some(Field { row: self, column, cell })
    }

    /// Where the row begins.
    pub(super) fn place(self) -> CellPlace {
        let column = self.row.cells.first().map_or(0, |(column, _)| *column);
        self.table.place(self.row.number, column)
    }

    /// Whether there is nothing in it but what is for people alone.
    fn is_empty(self) -> bool {
        let mut read = self.table.kind.columns().iter().filter(|column| column.need != Need::NotRead);
        read.all(|column| self.field(column.title).is_none_or(|field| field.cell.is_none()))
    }
}

impl<'a> Field<'a> {
    pub(super) fn place(self) -> CellPlace {
        self.row.table.place(self.row.row.number, self.column)
    }

    /// The cell, and be it white space.
    pub(super) fn written(self) -> Option<&'a Cell> {
        self.row.row.cell(self.column)
    }
}

/// How like the headings are to those of the kind of table that they are most like.
pub(super) fn likeness<'a>(headings: impl Iterator<Item = &'a str>) -> usize {
    let headings: Vec<_> = headings.map(words::folded).collect();
    SheetKind::ALL.into_iter().map(|kind| known_headings(kind, &headings)).max().unwrap_or_default()
}

/// The kind that a sheet is of by its headings alone.
pub(super) fn kind_by_headings(sheet: &Sheet) -> Option<SheetKind> {
    let headings = sheet.rows.iter().find(|row| !is_blank(row))?;
    let headings: Vec<_> = headings.cells.iter().map(|(_, cell)| heading_text(cell)).collect();
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
        Cell::Text(text) | Cell::Moment(text) | Cell::Error(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Switch(is_on) => is_on.to_string(),
        Cell::Day(day) => day.strftime("%d-%m-%Y").to_string(),
    }
}

fn is_white(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if text.trim().is_empty())
}

fn is_blank(row: &SheetRow) -> bool {
    row.cells.iter().all(|(_, cell)| is_white(cell))
}
