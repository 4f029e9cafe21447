//! Which cell a part of the book was read from.

use super::table::Table;
use crate::exchange::workbook::cell_range::CellRange;
use crate::exchange::workbook::format::kind::SheetKind;
use crate::exchange::workbook::format::title;
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
    /// The path in the book of what the table holds: `myndigheder[0].regler`, or that of the authority.
    list: String,
    sheet: Option<String>,
    rows: Vec<u32>,
    /// The columns by their headings.
    columns: Vec<(&'static str, u32)>,
}

impl TableCells {
    /// Records which path of the book a table was read into.
    pub(in crate::exchange::workbook) fn add(&mut self, table: &Table, list: &JsonPath) {
        self.tables.push(TableRows {
            kind: table.kind,
            list: list.to_string(),
            sheet: table.sheet().map(str::to_owned),
            rows: table.row_numbers(),
            columns: table.columns().collect(),
        });
    }

    /// The cell that the value with that path was read from; `None` if it did not come from the file.
    pub fn cell(&self, place: &JsonPath) -> Option<CellRange> {
        let place = place.to_string();
        // The authority's own table comes last: its path is the beginning of all others.
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

/// The heading of the column that a key is read from.
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
