//! Workbooks of Excel (.xlsx, .xlsm).

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Reader, Xlsx, XlsxError};
use jiff::civil::{Date, DateTime, Time};

use super::{Cell, Sheets, is_error_word};
use crate::exchange::TablesTrouble;

/// Reads cell by cell: a file may have one in its last row and column, and nothing between.
pub(super) fn read(bytes: &[u8], sheets: &mut Sheets<'_>) -> Result<(), TablesTrouble> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => TablesTrouble::Protected,
        _ => TablesTrouble::NotTables,
    })?;
    for name in book.sheet_names() {
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(_) => return Err(TablesTrouble::NotTables),
        };
        sheets.begin(name)?;
        while let Some(cell) = reader.next_cell().map_err(|_| TablesTrouble::NotTables)? {
            let (row, column) = cell.get_position();
            sheets.put(row, column, cell_of(Data::from(cell.get_value().clone())))?;
        }
    }
    Ok(())
}

fn cell_of(data: Data) -> Option<Cell> {
    match data {
        Data::Empty => None,
        Data::String(text) if text.is_empty() => None,
        Data::String(text) if is_error_word(&text) => Some(Cell::Error(text)),
        Data::String(text) => Some(Cell::Text(text)),
        #[expect(clippy::cast_precision_loss, reason = "so large a number is refused")]
        Data::Int(number) => Some(Cell::Number(number as f64)),
        Data::Float(number) => Some(Cell::Number(number)),
        Data::Bool(is_on) => Some(Cell::Switch(is_on)),
        Data::DateTime(moment) => Some(excel_day(&moment)),
        Data::DateTimeIso(text) => Some(iso_day(text)),
        Data::DurationIso(text) => Some(Cell::Moment(text)),
        Data::Error(error) => Some(Cell::Error(error.to_string())),
    }
}

fn excel_day(moment: &ExcelDateTime) -> Cell {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let shown = format!("{day:02}-{month:02}-{year:04} {hour:02}:{minute:02}:{second:02}");
    let is_whole = (hour, minute, second, milli) == (0, 0, 0, 0) && moment.is_datetime();
    let date = i16::try_from(year).ok().zip(i8::try_from(month).ok()).zip(i8::try_from(day).ok());
    let date = date.and_then(|((year, month), day)| Date::new(year, month, day).ok());
    date.filter(|_| is_whole).map_or(Cell::Moment(shown), Cell::Day)
}

/// A day as ISO 8601 writes it; with a time of day it is none.
pub(super) fn iso_day(text: String) -> Cell {
    match text.parse::<DateTime>() {
        Ok(moment) if moment.time() == Time::midnight() => Cell::Day(moment.date()),
        _ => Cell::Moment(text),
    }
}
