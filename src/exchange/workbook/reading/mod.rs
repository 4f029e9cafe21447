//! From cells to a book, completely or not at all. Each part records its faults and reading goes on, so that one attempt
//! finds every fault.

mod authority;
mod cell_index;
mod contact_point;
mod contradictions;
mod fagsystem;
mod guard;
mod parts;
mod rule;
mod table;
mod value;

pub(in crate::exchange) use self::cell_index::TableCells;

use std::collections::HashMap;
use std::sync::Arc;

use self::table::{Field, MAX_ROWS, Row, Table};
use super::cell_range::CellRange;
use super::fault::excerpt::Excerpt;
use super::fault::list::FaultList;
use super::fault::problem::CellProblem;
use super::format::kind::SheetKind;
use super::outcome::{TableNotice, TablesError, TablesImport};
use super::source::{Source, Unread, kind_by_headings, source};
use crate::exchange::progress::{Progress, Stopped};
use crate::rules::{AuthorityOutline, Caseless, ContactPoint, Cvr, Fagsystem, Guard, JsonPath, Rule, RuleBook};

/// Reads a workbook (.xlsx, .xlsm, .ods) or a CSV file and applies it to a copy of the draft.
///
/// Each table in the file replaces that part of its authority: the one on the sheet *Myndighed*, else `current`. What the
/// file has no table for stays as it is in the draft. An authority that the draft lacks is added.
///
/// Faults of the draft itself, in parts that the file does not replace, are not reported.
///
/// # Errors
///
/// [`TablesError::Faults`] with every fault of the file, each with its cell; the other variants if it cannot be read at
/// all.
pub fn read_tables(
    bytes: &[u8],
    file_name: &str,
    draft: &RuleBook,
    current: Option<Cvr>,
    progress: &Progress,
) -> Result<TablesImport, TablesError> {
    read_tables_with_report(bytes, file_name, draft, current, progress, &mut TablesReport::default())
}

/// What else is known of a file of tables, also if it has faults.
#[derive(Debug, Default)]
pub(in crate::exchange) struct TablesReport {
    /// Whether tables may belong to an unknown authority. The names of fagsystems then count as their ids.
    pub may_lack_authority: bool,
    /// The number of rows of each table.
    pub rows: Vec<(SheetKind, usize)>,
    /// Notices about a file with faults.
    pub notices: Vec<TableNotice>,
    /// The content of tables of an unknown authority.
    pub loose: Option<LooseTables>,
    /// The cells that everything was read from.
    pub cells: TableCells,
}

/// The content of tables of an unknown authority; `None` for tables that are not in the file.
#[derive(Debug, Default)]
pub(in crate::exchange) struct LooseTables {
    pub fagsystems: Option<Vec<Fagsystem>>,
    pub contact_points: Option<Vec<ContactPoint>>,
    pub rules: Option<Vec<Arc<Rule>>>,
    pub guards: Option<Vec<Guard>>,
}

/// The same as [`read_tables`], with a report.
pub(in crate::exchange) fn read_tables_with_report(
    bytes: &[u8],
    file_name: &str,
    draft: &RuleBook,
    current: Option<Cvr>,
    progress: &Progress,
    look: &mut TablesReport,
) -> Result<TablesImport, TablesError> {
    let mut reading = Reading { may_lack_authority: look.may_lack_authority, ..Reading::new(progress) };
    let tables = reading.tables(source(bytes, file_name, progress)?)?;
    let count = |table: &Option<Table>| table.as_ref().map_or(0, |table| table.rows().count());
    look.rows = tables.0.iter().map(|(kind, table)| (*kind, count(table))).collect();
    let rows: usize = tables.0.iter().map(|(_, table)| table.as_ref().map_or(0, Table::len)).sum();
    progress.expect(u64::try_from(rows).unwrap_or(u64::MAX));
    let known = match tables.read(SheetKind::KnownAuthorities) {
        Some(table) => all_of(reading.known_authorities(table)?),
        None => Some(draft.known_authorities.clone()),
    };
    let own = reading.authority(&tables, draft, current)?;
    if reading.items > MAX_ITEMS {
        return Err(TablesError::TooLarge);
    }
    look.loose = reading.loose.take();
    look.cells = reading.cells_of(&tables);
    let kinds = tables.0.iter().map(|(kind, _)| *kind).collect();
    let Some(known_authorities) = known.filter(|_| reading.faults.is_empty()) else {
        look.notices = std::mem::take(&mut reading.notices);
        return Err(TablesError::Faults(reading.faults.in_order()));
    };
    let mut book = RuleBook { known_authorities, ..draft.clone() };
    let authority = own.as_ref().map(|own| own.cvr);
    if let Some(own) = own {
        match book.authorities.iter_mut().find(|it| it.cvr == own.cvr) {
            Some(before) => *before = own,
            None => book.authorities.push(own),
        }
    }
    Ok(TablesImport { book, authority, kinds, notices: reading.notices })
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

/// A file being read. Each method returns a part if it is valid, and records its faults otherwise, so that one reading
/// finds every fault.
struct Reading<'p> {
    progress: &'p Progress,
    done: u64,
    faults: FaultList,
    notices: Vec<TableNotice>,
    /// Of the authority that is read.
    outline: AuthorityOutline,
    /// The cells of what the outline holds.
    cells: HashMap<JsonPath, CellRange>,
    /// How the draft spells the names of groups, by how they are compared.
    group_names: HashMap<String, Vec<Caseless>>,
    /// For how many more unknown words a suggestion is looked for: it is slow, and thousands help nobody.
    guesses: usize,
    /// Whether the tables may belong to an unknown authority.
    may_lack_authority: bool,
    /// The content of tables of an unknown authority.
    loose: Option<LooseTables>,
    /// The authority's path in the book.
    owner: Option<JsonPath>,
    /// The number of items in cells that hold lists.
    items: usize,
}

/// The most items in cells that hold lists, all together: an item takes far more memory than its text.
const MAX_ITEMS: usize = 200_000;

const MAX_GUESSES: usize = 500;
/// The most sheets that are listed as possibly misspelt.
const MAX_LISTED: usize = 10;

impl<'p> Reading<'p> {
    fn new(progress: &'p Progress) -> Self {
        Self {
            progress,
            done: 0,
            faults: FaultList::default(),
            notices: Vec::new(),
            outline: AuthorityOutline::default(),
            cells: HashMap::new(),
            group_names: HashMap::new(),
            guesses: MAX_GUESSES,
            may_lack_authority: false,
            loose: None,
            owner: None,
            items: 0,
        }
    }
}

impl Reading<'_> {
    /// The cells that everything was read from.
    fn cells_of(&self, tables: &Tables) -> TableCells {
        let mut cells = TableCells::default();
        for kind in SheetKind::ALL {
            let Some(table) = tables.read(kind) else { continue };
            let own = self.owner.as_ref();
            let list = match kind {
                SheetKind::KnownAuthorities => Some(JsonPath::top().key("kendteMyndigheder")),
                SheetKind::Rules => own.map(|own| own.key("regler")),
                SheetKind::Fagsystems => own.map(|own| own.key("fagsystemer")),
                SheetKind::ContactPoints => own.map(|own| own.key("kontaktpunkter")),
                SheetKind::Authority => own.cloned(),
                SheetKind::Guards => own.map(|own| own.key("vagtmeddelelser")),
            };
            if let Some(list) = list {
                cells.add(table, &list);
            }
        }
        cells
    }

    fn fault<T>(&mut self, place: CellRange, problem: CellProblem) -> Option<T> {
        self.faults.add(place, problem);
        None
    }

    /// A suggestion for an unknown word.
    fn guess(&mut self, guess: impl FnOnce() -> Option<String>) -> Option<Excerpt> {
        self.guesses = self.guesses.checked_sub(1)?;
        Excerpt::meant(guess())
    }

    /// Records the cell that a part of the book was read from.
    fn put(&mut self, place: JsonPath, field: Field<'_>) -> JsonPath {
        self.cells.insert(place.clone(), field.place());
        place
    }

    /// Reads every row, with its path in the book; `None` for each row with a fault.
    fn each<T>(
        &mut self,
        table: &Table,
        list: &JsonPath,
        mut read: impl FnMut(&mut Self, Row<'_>, &JsonPath) -> Option<T>,
    ) -> Result<Vec<Option<T>>, Stopped> {
        let mut items = Vec::new();
        for (at, row) in table.rows().enumerate() {
            self.done += 1;
            self.progress.reach(self.done)?;
            items.push(read(self, row, &list.at(at)));
        }
        Ok(items)
    }

    fn tables(&mut self, source: Source) -> Result<Tables, TablesError> {
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
                unread.push(Unread { name: sheet.name, likely: None });
            }
        }
        let is_there = |kind: SheetKind| tables.iter().any(|(own, _)| *own == kind);
        let meant = |sheet: &Unread| {
            let meant = sheet.likely.or_else(|| SheetKind::nearly_called(&sheet.name));
            meant.filter(|meant| !is_there(*meant))
        };
        let unread: Vec<_> = unread.iter().map(|sheet| (Excerpt::new(&sheet.name), meant(sheet))).collect();
        if tables.is_empty() {
            if source.is_text {
                return Err(TablesError::NoKnownHeadings);
            }
            let misspelt = unread.into_iter().filter_map(|(name, meant)| Some((name, meant?)));
            return Err(TablesError::NoKnownSheet { misspelt: misspelt.take(MAX_LISTED).collect() });
        }
        self.notices.extend(unread.into_iter().map(|(name, meant)| match meant {
            Some(meant) => TableNotice::MisspeltSheet { name, meant },
            None => TableNotice::UnknownSheet(name),
        }));
        if tables.iter().filter_map(|(_, table)| table.as_ref()).map(Table::len).sum::<usize>() > MAX_ROWS {
            return Err(TablesError::TooLarge);
        }
        tables.sort_by_key(|(kind, _)| SheetKind::ALL.iter().position(|own| own == kind));
        Ok(Tables(tables))
    }
}

/// All of them, when none has a fault.
fn all_of<T>(items: Vec<Option<T>>) -> Option<Vec<T>> {
    items.into_iter().collect()
}
