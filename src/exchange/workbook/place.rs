use std::fmt;

/// Where a cell stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellPlace {
    /// The sheet it stands on; `None` in a CSV file, which has no name for its only one.
    pub sheet: Option<String>,
    /// The row, counted from 1.
    pub row: u32,
    /// The column, by its letters.
    pub column: String,
}

impl CellPlace {
    /// A place by the column's position, counted from 0.
    #[must_use]
    pub fn new(sheet: Option<&str>, row: u32, column: u32) -> Self {
        Self { sheet: sheet.map(str::to_owned), row, column: column_letters(column) }
    }
}

/// As Excel finds it: `Regler!C5`, `'Kendte myndigheder'!A2`, and `C5` in a CSV file.
impl fmt::Display for CellPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sheet {
            Some(sheet) if sheet.chars().all(char::is_alphanumeric) => write!(f, "{sheet}!")?,
            Some(sheet) => write!(f, "'{}'!", sheet.replace('\'', "''"))?,
            None => {}
        }
        write!(f, "{}{}", self.column, self.row)
    }
}

fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
