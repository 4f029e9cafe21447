//! Where in a file of tables stands what has its place in the book.

use super::SheetKind;
use super::cell_range::CellRange;
use super::kind::title;
use super::table::Table;
use crate::rules::JsonPath;

/// The cells of the tables that a book was read from.
#[derive(Debug, Clone, Default)]
pub(in crate::exchange) struct TableCells {
    tables: Vec<TableRows>,
}

/// The rows of one table.
#[derive(Debug, Clone)]
struct TableRows {
    kind: SheetKind,
    /// Where its things stand in the book: `myndigheder[0].regler`, or the authority itself.
    list: String,
    sheet: Option<String>,
    rows: Vec<u32>,
    /// Where the columns are, by what stands above them.
    columns: Vec<(&'static str, u32)>,
}

impl TableCells {
    /// Notes where the things of a table stand in the book.
    pub(in crate::exchange::workbook) fn add(&mut self, table: &Table, list: &JsonPath) {
        self.tables.push(TableRows {
            kind: table.kind,
            list: list.to_string(),
            sheet: table.sheet().map(str::to_owned),
            rows: table.row_numbers(),
            columns: table.columns().collect(),
        });
    }

    /// The cell in which that stands; `None` for what the file does not tell.
    pub fn cell(&self, place: &JsonPath) -> Option<CellRange> {
        let place = place.to_string();
        // An authority's own table last, for everything of the authority begins with its place.
        self.tables.iter().find_map(|table| table.cell(&place))
    }
}

impl TableRows {
    fn cell(&self, place: &str) -> Option<CellRange> {
        let rest = place.strip_prefix(&self.list)?;
        let (row, key) = if self.kind == SheetKind::Authority {
            (*self.rows.first()?, rest)
        } else {
            let (at, key) = rest.strip_prefix('[')?.split_once(']')?;
            (*self.rows.get(at.parse::<usize>().ok()?)?, key)
        };
        let heading = heading(self.kind, key.trim_start_matches('.'))?;
        let column = self.columns.iter().find(|(title, _)| *title == heading).map(|(_, column)| *column)?;
        Some(CellRange::new(self.sheet.as_deref(), row, column))
    }
}

/// What stands above what the book has under that key.
fn heading(kind: SheetKind, key: &str) -> Option<&'static str> {
    Some(match (kind, key) {
        (SheetKind::Rules, "" | "prioritet") => title::PRIORITY,
        (SheetKind::Rules, "regelvaerdi") => title::VALUE,
        (SheetKind::Rules, "fagsystem") => title::FAGSYSTEM,
        (SheetKind::Rules, "gyldigFra") => title::FROM,
        (SheetKind::Rules, "gyldigTil") => title::TO,
        (SheetKind::Fagsystems, "endpoint") => title::ENDPOINT,
        (SheetKind::Fagsystems | SheetKind::ContactPoints, "" | "id") => title::ID,
        (SheetKind::KnownAuthorities, "") | (SheetKind::Authority, "cvr") => title::CVR,
        (SheetKind::Authority, "opsamlingssystem") => title::DEFAULT,
        (SheetKind::Authority, key) if key.starts_with("flereCvr") => title::MORE_CVRS,
        _ => return None,
    })
}
