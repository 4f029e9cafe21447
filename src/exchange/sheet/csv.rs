//! Tables as CSV, as a Danish Excel expects it.

use std::borrow::Cow;
use std::io::{self, Write};

use super::cell::SheetCell;
use crate::clock;
use crate::exchange::text::formula_guard::guarded;

/// Without this mark Excel does not recognise UTF-8.
pub(super) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A line of a CSV file.
pub(super) fn write_line<'a>(csv: &mut impl Write, cells: impl Iterator<Item = Cow<'a, str>>) -> io::Result<()> {
    let line = cells.collect::<Vec<_>>().join(";");
    // Readers skip an empty line.
    let line = if line.is_empty() { r#""""# } else { &line };
    write!(csv, "{line}\r\n")
}

/// Quotes a text that contains any program's delimiter, not only the semicolon of a Danish Excel.
pub(super) fn quoted(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains([';', ',', '\t', '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        text
    }
}

pub(super) fn csv_text(cell: &SheetCell) -> Cow<'_, str> {
    let SheetCell::Text(text) = cell else { return Cow::Owned(csv_number(cell)) };
    quoted(guarded(text))
}

fn csv_number(cell: &SheetCell) -> String {
    match cell {
        SheetCell::Empty | SheetCell::Text(_) => String::new(),
        SheetCell::Whole(number) => number.to_string(),
        SheetCell::Decimal(number) => number.to_string().replace('.', ","),
        SheetCell::Day(day) => day.strftime("%d-%m-%Y").to_string(),
        SheetCell::Milliseconds(duration) => {
            format!("{},{:03}", duration.as_millis(), duration.subsec_micros() % 1_000)
        }
        SheetCell::Moment(moment) => clock::in_denmark(*moment).strftime("%d-%m-%Y %H:%M:%S").to_string(),
    }
}
