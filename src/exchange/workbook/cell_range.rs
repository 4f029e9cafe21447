use std::fmt;

/// A cell, or a range of cells on one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellRange {
    /// The sheet's name; `None` in a CSV file.
    pub sheet: Option<String>,
    /// The row, counted from 1.
    pub row: u32,
    /// The column, by its letters.
    pub column: String,
    /// The row and column of the last cell of a range; `None` for a single cell.
    pub last: Option<(u32, String)>,
}

impl CellRange {
    /// A single cell; the column is counted from 0.
    #[must_use]
    pub fn new(sheet: Option<&str>, row: u32, column: u32) -> Self {
        Self { sheet: sheet.map(str::to_owned), row, column: column_letters(column), last: None }
    }

    /// Extends the range to contain another one on the same sheet.
    pub(in crate::exchange) fn stretch(&mut self, other: &Self) {
        let by_position = |column: &String| (column.len(), column.clone());
        let [own, others] =
            [&*self, other].map(|place| place.last.clone().unwrap_or_else(|| (place.row, place.column.clone())));
        let column = [own.1, others.1].into_iter().max_by_key(by_position).unwrap_or_default();
        self.last = Some((own.0.max(others.0), column));
        self.row = self.row.min(other.row);
        if by_position(&other.column) < by_position(&self.column) {
            self.column.clone_from(&other.column);
        }
    }
}

/// In Excel's notation: `Regler!C5`, `Regler!C5:C90`, `'Kendte myndigheder'!A2`; `C5` in a CSV file.
impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sheet {
            Some(sheet) if sheet.chars().all(char::is_alphanumeric) => write!(f, "{sheet}!")?,
            Some(sheet) => write!(f, "'{}'!", sheet.replace('\'', "''"))?,
            None => {}
        }
        write!(f, "{}{}", self.column, self.row)?;
        match &self.last {
            Some((row, column)) if (*row, column) != (self.row, &self.column) => write!(f, ":{column}{row}"),
            _ => Ok(()),
        }
    }
}

fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
