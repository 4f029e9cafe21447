//! Tables as Excel workbooks.

use std::fs::File;
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::cell::{SheetCell, SheetColumn};
use crate::clock;

/// The most rows of an Excel sheet.
const MAX_ROWS: u32 = 1_048_576;

/// An Excel file with as many sheets as the rows need.
pub(super) struct Book {
    workbook: Workbook,
    name: String,
    columns: Vec<SheetColumn>,
    sheets: usize,
    /// Rows on the last sheet, including the headings.
    rows: u32,
    formats: Formats,
}

/// Cell formats.
pub(in crate::exchange) struct Formats {
    /// A heading.
    pub(in crate::exchange) title: Format,
    pub(in crate::exchange) day: Format,
    moment: Format,
    milliseconds: Format,
}

impl Formats {
    pub(in crate::exchange) fn new() -> Self {
        let numbered = |format| Format::new().set_num_format(format);
        Self {
            title: Format::new().set_bold(),
            day: numbered("dd-mm-yyyy").set_align(FormatAlign::Center),
            moment: numbered("dd-mm-yyyy hh:mm:ss"),
            milliseconds: numbered("0.000"),
        }
    }
}

impl Book {
    pub fn new(name: &str, columns: &[SheetColumn]) -> Self {
        Self {
            workbook: Workbook::new(),
            name: name.to_owned(),
            columns: columns.to_vec(),
            sheets: 0,
            rows: 0,
            formats: Formats::new(),
        }
    }

    pub fn write(&mut self, cells: &[SheetCell]) -> Result<(), XlsxError> {
        if self.sheets == 0 || self.rows == MAX_ROWS {
            self.begin_sheet()?;
        }
        let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
        for (column, cell) in (0..).zip(cells) {
            write_cell(sheet, self.rows, column, cell, &self.formats)?;
        }
        self.rows += 1;
        Ok(())
    }

    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        self.end_sheet()?;
        self.sheets += 1;
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(if self.sheets == 1 { self.name.clone() } else { format!("{} {}", self.name, self.sheets) })?;
        sheet.set_freeze_panes(1, 0)?;
        for (at, column) in (0..).zip(&self.columns) {
            sheet.set_column_width(at, column.width)?;
            sheet.write_string_with_format(0, at, column.title, &self.formats.title)?;
        }
        self.rows = 1;
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), XlsxError> {
        let last_column = u16::try_from(self.columns.len()).unwrap_or(u16::MAX).checked_sub(1);
        if let (Some(last_column), Some(last)) = (last_column, self.sheets.checked_sub(1)) {
            self.workbook.worksheet_from_index(last)?.autofilter(0, 0, self.rows.max(1) - 1, last_column)?;
        }
        Ok(())
    }

    pub fn save(&mut self, path: &Path) -> Result<(), XlsxError> {
        if self.sheets == 0 {
            self.begin_sheet()?;
        }
        self.end_sheet()?;
        let file = File::create(path)?;
        self.workbook.save_to_writer(&file)?;
        Ok(file.sync_all()?)
    }
}

/// Writes a cell. A text stays a text even if it begins like a formula.
pub(in crate::exchange) fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &SheetCell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        SheetCell::Empty => {}
        SheetCell::Text(text) => {
            sheet.write_string(row, column, text)?;
        }
        SheetCell::Whole(number) => {
            #[expect(clippy::cast_precision_loss, reason = "Excel has no other numbers")]
            sheet.write_number(row, column, *number as f64)?;
        }
        SheetCell::Decimal(number) => {
            sheet.write_number(row, column, *number)?;
        }
        SheetCell::Day(day) => {
            let (year, month, date) = (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
            let day = ExcelDateTime::from_ymd(year, month, date)?;
            sheet.write_datetime_with_format(row, column, &day, &formats.day)?;
        }
        SheetCell::Milliseconds(duration) => {
            #[expect(clippy::cast_precision_loss, reason = "Excel has no other numbers")]
            let duration = duration.as_micros() as f64 / 1e3;
            sheet.write_number_with_format(row, column, duration, &formats.milliseconds)?;
        }
        SheetCell::Moment(moment) => {
            let it = clock::in_denmark(*moment);
            let part = |part: i8| u16::from(part.unsigned_abs());
            let (year, month, day) = (it.year().unsigned_abs(), it.month().unsigned_abs(), it.day().unsigned_abs());
            let moment = ExcelDateTime::from_ymd(year, month, day)?;
            let moment = moment.and_hms(part(it.hour()), it.minute().unsigned_abs(), part(it.second()))?;
            sheet.write_datetime_with_format(row, column, &moment, &formats.moment)?;
        }
    }
    Ok(())
}
