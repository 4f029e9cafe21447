use std::io::Cursor;
use std::panic;

use calamine::{Data, ExcelDateTime, Ods, OdsError, Reader, Xls, XlsError, Xlsb, Xlsx, XlsxError};
use jiff::civil::{Date, DateTime};

use super::{Cell, Sheet, SheetRow, is_error_word};
use crate::exchange::TablesTrouble;

const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Whether the file is of the make of workbooks.
pub(super) fn is_container(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(COMPOUND)
}

/// The sheets of a workbook, whichever format it has.
///
/// A damaged file can make the reader of old formats panic; to people it is a file like any other that cannot be read.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, TablesTrouble> {
    if bytes.starts_with(COMPOUND) && claims_too_much(bytes) {
        return Err(TablesTrouble::NotTables);
    }
    panic::catch_unwind(|| sheets_of_any(bytes)).unwrap_or(Err(TablesTrouble::NotTables))
}

/// Whether a sheet of an old workbook (BIFF8, record DIMENSIONS) claims to have more rows than there can be. The reader
/// would ask for memory for all of them, and end the program when there is not so much.
fn claims_too_much(bytes: &[u8]) -> bool {
    const DIMENSIONS: &[u8] = &[0x00, 0x02, 0x0E, 0x00];
    const MOST_ROWS: u32 = 0x1_0000;
    memchr::memmem::find_iter(bytes, DIMENSIONS).any(|at| {
        let number = |from: usize| {
            let bytes = bytes.get(at + DIMENSIONS.len() + from..)?.first_chunk()?;
            Some(u32::from_le_bytes(*bytes))
        };
        number(0).zip(number(4)).is_some_and(|(first, end)| end > MOST_ROWS || first > end)
    })
}

fn sheets_of_any(bytes: &[u8]) -> Result<Vec<Sheet>, TablesTrouble> {
    let file = || Cursor::new(bytes);
    match Xlsx::new(file()) {
        Ok(book) => return sheets_of_excel(book),
        Err(XlsxError::Password) => return Err(TablesTrouble::Protected),
        Err(_) => {}
    }
    if bytes.starts_with(COMPOUND) {
        return match Xls::new(file()) {
            Ok(book) => sheets_of(book),
            Err(XlsError::Password) => Err(TablesTrouble::Protected),
            Err(_) => Err(TablesTrouble::NotTables),
        };
    }
    match Ods::new(file()) {
        Ok(book) => return sheets_of(book),
        Err(OdsError::Password) => return Err(TablesTrouble::Protected),
        Err(_) => {}
    }
    Xlsb::new(file()).map_err(|_| TablesTrouble::NotTables).and_then(sheets_of)
}

/// Reads cell by cell: a file may have one in its last row and column, and nothing between.
fn sheets_of_excel(mut book: Xlsx<Cursor<&[u8]>>) -> Result<Vec<Sheet>, TablesTrouble> {
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let mut rows = Rows::default();
        match book.worksheet_cells_reader(&name) {
            Ok(mut reader) => {
                while let Some(cell) = reader.next_cell().map_err(|_| TablesTrouble::NotTables)? {
                    let (row, column) = cell.get_position();
                    if let Some(cell) = cell_of(Data::from(cell.get_value().clone())) {
                        rows.put(row, column, cell);
                    }
                }
            }
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(_) => return Err(TablesTrouble::NotTables),
        }
        sheets.push(Sheet { name, rows: rows.0 });
    }
    Ok(sheets)
}

fn sheets_of<'a, B: Reader<Cursor<&'a [u8]>>>(mut book: B) -> Result<Vec<Sheet>, TablesTrouble> {
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|_| TablesTrouble::NotTables)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut rows = Rows::default();
        for (row, column, data) in range.used_cells() {
            let at = |begin: u32, offset| begin.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
            if let Some(cell) = cell_of(data.clone()) {
                rows.put(at(top, row), at(left, column), cell);
            }
        }
        sheets.push(Sheet { name, rows: rows.0 });
    }
    Ok(sheets)
}

#[derive(Default)]
struct Rows(Vec<SheetRow>);

impl Rows {
    /// Cells come row by row and from left to right; one that does not is left out.
    fn put(&mut self, row: u32, column: u32, cell: Cell) {
        let number = row.saturating_add(1);
        match self.0.last_mut() {
            Some(last) if last.number == number => {
                if last.cells.last().is_none_or(|(before, _)| *before < column) {
                    last.cells.push((column, cell));
                }
            }
            Some(last) if last.number > number => {}
            _ => self.0.push(SheetRow { number, cells: vec![(column, cell)] }),
        }
    }
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

fn iso_day(text: String) -> Cell {
    match text.parse::<DateTime>() {
        Ok(moment) if moment.time() == jiff::civil::Time::midnight() => Cell::Day(moment.date()),
        _ => Cell::Moment(text),
    }
}
