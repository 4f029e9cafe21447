//! The cells of a table that is written, whichever its format.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

/// The file format of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFormat {
    /// Text as a Danish Excel expects it: UTF-8 with a byte order mark, semicolons, decimal commas, CRLF.
    Csv,
    /// Excel's own.
    Excel,
}

impl SheetFormat {
    /// The file name extension, without the dot.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Excel => "xlsx",
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SheetColumn {
    /// Its heading.
    pub title: &'static str,
    /// Its width in characters, approximately; CSV has none.
    pub width: f64,
}

/// A cell's content.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetCell {
    /// Nothing.
    Empty,
    /// A text. Spreadsheets never evaluate it as a formula.
    Text(String),
    /// A whole number.
    Whole(u64),
    /// A number.
    Decimal(f64),
    /// A day.
    Day(Date),
    /// A duration, as milliseconds with three decimals.
    Milliseconds(Duration),
    /// A moment, as date and time of day in Denmark, to the second.
    Moment(Timestamp),
}
