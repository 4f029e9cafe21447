//! From cells to a book, whole or not at all: each part notes what is wrong, so that every fault is found.

mod authority;
mod contact_point;
mod contradictions;
mod fagsystem;
mod parts;
mod rule;
mod value;

use std::collections::HashMap;

use super::fault::{CellProblem, Found};
use super::faults::Faults;
use super::place::CellPlace;
use super::source::{Source, source};
use super::table::{Field, MOST_ROWS, Row, Table, kind_by_headings};
use super::{SheetKind, TableNotice, TablesRead, TablesTrouble};
use crate::exchange::{Progress, Stopped};
use crate::rules::{AuthorityOutline, Cvr, Place, RuleBook};

/// Reads a workbook (.xlsx, .xlsm, .ods) or a CSV file, and says what the book would be.
///
/// Each kind of table that is there takes the place of that kind in its authority: the one on the sheet *Myndighed*, else
/// `current`. The other kinds stay as they are in the draft. An authority that the draft does not have is added.
///
/// Faults that the draft has of itself, in what the file does not touch, stay and are not told.
///
/// # Errors
///
/// Every fault of the file in one report, each with its cell; or why it cannot be read at all.
pub fn read_tables(
    bytes: &[u8],
    file_name: &str,
    draft: &RuleBook,
    current: Option<Cvr>,
    progress: &Progress,
) -> Result<TablesRead, TablesTrouble> {
    let mut reading = Reading::new(progress);
    let tables = reading.tables(source(bytes, file_name, progress)?)?;
    let rows: usize = tables.0.iter().map(|(_, table)| table.as_ref().map_or(0, Table::len)).sum();
    progress.expect(u64::try_from(rows).unwrap_or(u64::MAX));
    let known = match tables.read(SheetKind::KnownAuthorities) {
        Some(table) => all_of(reading.known_authorities(table)?),
        None => Some(draft.known_authorities.clone()),
    };
    let own = reading.authority(&tables, draft, current)?;
    let kinds = tables.0.iter().map(|(kind, _)| *kind).collect();
    let Some(known_authorities) = known.filter(|_| reading.faults.is_empty()) else {
        return Err(TablesTrouble::Faults(reading.faults.in_order()));
    };
    let mut book = RuleBook { known_authorities, ..draft.clone() };
    let authority = own.as_ref().map(|own| own.cvr);
    if let Some(own) = own {
        match book.authorities.iter_mut().find(|it| it.cvr == own.cvr) {
            Some(before) => *before = own,
            None => book.authorities.push(own),
        }
    }
    Ok(TablesRead { book, authority, kinds, notices: reading.notices })
}

/// The tables of a file, in the order of [`SheetKind::ALL`]; `None` for one without headings.
struct Tables(Vec<(SheetKind, Option<Table>)>);

impl Tables {
    fn read(&self, kind: SheetKind) -> Option<&Table> {
        self.0.iter().find(|(own, _)| *own == kind)?.1.as_ref()
    }

    fn has(&self, kind: SheetKind) -> bool {
        self.0.iter().any(|(own, _)| *own == kind)
    }
}

/// A file being read: each method returns what it could make of a part, and notes what was wrong.
struct Reading<'p> {
    progress: &'p Progress,
    done: u64,
    faults: Faults,
    notices: Vec<TableNotice>,
    /// Of the authority that is read.
    outline: AuthorityOutline,
    /// The cells of what the outline holds.
    cells: HashMap<Place, CellPlace>,
}

impl<'p> Reading<'p> {
    fn new(progress: &'p Progress) -> Self {
        Self {
            progress,
            done: 0,
            faults: Faults::default(),
            notices: Vec::new(),
            outline: AuthorityOutline::default(),
            cells: HashMap::new(),
        }
    }
}

impl Reading<'_> {
    fn fault<T>(&mut self, place: CellPlace, problem: CellProblem) -> Option<T> {
        self.faults.add(place, problem);
        None
    }

    /// Notes the cell of something that has its place in the book.
    fn put(&mut self, place: Place, field: Field<'_>) -> Place {
        self.cells.insert(place.clone(), field.place());
        place
    }

    /// Reads every row, with its place in the book; `None` for each that has a fault.
    fn each<T>(
        &mut self,
        table: &Table,
        list: &Place,
        mut read: impl FnMut(&mut Self, Row<'_>, &Place) -> Option<T>,
    ) -> Result<Vec<Option<T>>, Stopped> {
        let mut items = Vec::new();
        for (at, row) in table.rows().enumerate() {
            self.done += 1;
            self.progress.reach(self.done)?;
            items.push(read(self, row, &list.at(at)));
        }
        Ok(items)
    }

    fn tables(&mut self, source: Source) -> Result<Tables, TablesTrouble> {
        let is_alone = source.sheets.len() == 1;
        let mut tables: Vec<(SheetKind, Option<Table>)> = Vec::new();
        let mut unread = source.unread;
        for sheet in source.sheets {
            self.progress.reach(0)?;
            let kind = SheetKind::called(&sheet.name);
            let kind = if is_alone { kind.or_else(|| kind_by_headings(&sheet)) } else { kind };
            if let Some(kind) = kind {
                let table = Table::new(kind, sheet, &mut self.faults, &mut self.notices, self.progress)?;
                tables.push((kind, table));
            } else {
                unread.push(sheet.name);
            }
        }
        if tables.is_empty() {
            return Err(if source.is_text { TablesTrouble::NoKnownHeadings } else { TablesTrouble::NoKnownSheet });
        }
        self.notices.extend(unread.iter().map(|name| TableNotice::UnknownSheet(Found::new(name))));
        if tables.iter().filter_map(|(_, table)| table.as_ref()).map(Table::len).sum::<usize>() > MOST_ROWS {
            return Err(TablesTrouble::TooLarge);
        }
        tables.sort_by_key(|(kind, _)| SheetKind::ALL.iter().position(|own| own == kind));
        Ok(Tables(tables))
    }
}

/// All of them, when none has a fault.
fn all_of<T>(items: Vec<Option<T>>) -> Option<Vec<T>> {
    items.into_iter().collect()
}
