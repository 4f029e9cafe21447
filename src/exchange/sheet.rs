use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use csv::{Terminator, WriterBuilder};
use jiff::Timestamp;
use jiff::civil::DateTime;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::clock;

/// By this mark Excel takes a CSV file for UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
/// As many rows as Excel has on a sheet.
const MOST_ROWS: u32 = 1_048_576;

/// What kind of file a table is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFormat {
    /// Text as a Danish Excel expects it: UTF-8 with a byte order mark, semicolons, decimal commas, CRLF.
    Csv,
    /// Excel's own.
    Excel,
}

impl SheetFormat {
    /// How the file's name ends, without the dot.
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
    /// What stands above it.
    pub title: &'static str,
    /// About how many characters wide it is, where the format has widths.
    pub width: f64,
}

/// What stands in one place of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetCell {
    /// Nothing.
    Empty,
    /// A text. It is never taken for a formula.
    Text(String),
    /// A whole number.
    Whole(u64),
    /// A duration, as milliseconds with three decimals.
    Milliseconds(Duration),
    /// A moment, as date and time of day in Denmark, to the second.
    Moment(Timestamp),
}

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The file cannot be written.
    #[error("the file {path} cannot be written: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The table is more than an Excel file can hold, or a part of it cannot be written.
    #[error("the Excel file {path} cannot be written: {source}")]
    Excel {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Box<XlsxError>,
    },
}

/// Writes a table row by row, of which few are in memory at a time. The file stands in its place when it is finished;
/// one that is given up leaves nothing behind.
pub struct SheetWriter {
    path: PathBuf,
    unfinished: PathBuf,
    body: Body,
    is_finished: bool,
}

enum Body {
    Csv(Box<csv::Writer<BufWriter<File>>>),
    Excel(Box<Book>),
}

impl SheetWriter {
    /// Begins a table with that name and those columns.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn create(path: &Path, format: SheetFormat, name: &str, columns: &[SheetColumn]) -> Result<Self, SheetError> {
        let mut unfinished = path.as_os_str().to_owned();
        unfinished.push(".part");
        let (path, unfinished) = (path.to_owned(), PathBuf::from(unfinished));
        let failed = |source| SheetError::File { path: path.clone(), source };
        let mut file = File::create(&unfinished).map_err(failed)?;
        let body = match format {
            SheetFormat::Csv => {
                file.write_all(BYTE_ORDER_MARK).map_err(failed)?;
                let mut builder = WriterBuilder::new();
                let writer = builder.delimiter(b';').terminator(Terminator::CRLF).from_writer(BufWriter::new(file));
                Body::Csv(Box::new(writer))
            }
            SheetFormat::Excel => Body::Excel(Box::new(Book::new(name, columns))),
        };
        let mut writer = Self { path, unfinished, body, is_finished: false };
        if let Body::Csv(csv) = &mut writer.body {
            let titles = csv.write_record(columns.iter().map(|column| column.title));
            titles.map_err(|error| writer.failed(error.into()))?;
        }
        Ok(writer)
    }

    /// Writes the next row, a cell for each column.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write(&mut self, cells: &[SheetCell]) -> Result<(), SheetError> {
        let written = match &mut self.body {
            Body::Csv(csv) => csv.write_record(cells.iter().map(csv_text)).map_err(|error| Failure::File(error.into())),
            Body::Excel(book) => book.write(cells).map_err(Failure::Excel),
        };
        written.map_err(|failure| self.explained(failure))
    }

    /// Puts the file in its place; what stood there is replaced.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn finish(mut self) -> Result<(), SheetError> {
        let written = match &mut self.body {
            Body::Csv(csv) => csv.flush().and_then(|()| csv.get_ref().get_ref().sync_all()).map_err(Failure::File),
            Body::Excel(book) => book.save(&self.unfinished).map_err(Failure::Excel),
        };
        written.map_err(|failure| self.explained(failure))?;
        fs::rename(&self.unfinished, &self.path).map_err(|error| self.failed(error))?;
        self.is_finished = true;
        Ok(())
    }

    fn failed(&self, source: io::Error) -> SheetError {
        SheetError::File { path: self.path.clone(), source }
    }

    fn explained(&self, failure: Failure) -> SheetError {
        match failure {
            Failure::File(source) | Failure::Excel(XlsxError::IoError(source)) => self.failed(source),
            Failure::Excel(source) => SheetError::Excel { path: self.path.clone(), source: Box::new(source) },
        }
    }
}

impl Drop for SheetWriter {
    fn drop(&mut self) {
        if !self.is_finished {
            let _ = fs::remove_file(&self.unfinished);
        }
    }
}

enum Failure {
    File(io::Error),
    Excel(XlsxError),
}

fn csv_text(cell: &SheetCell) -> String {
    match cell {
        SheetCell::Empty => String::new(),
        SheetCell::Text(text) if is_taken_for_a_formula(text) => format!("'{text}"),
        SheetCell::Text(text) => text.clone(),
        SheetCell::Whole(number) => number.to_string(),
        SheetCell::Milliseconds(duration) => {
            format!("{},{:03}", duration.as_millis(), duration.subsec_micros() % 1_000)
        }
        SheetCell::Moment(moment) => in_denmark(*moment).strftime("%d-%m-%Y %H:%M:%S").to_string(),
    }
}

/// Programs that open a CSV file would work it out, whoever wrote it.
fn is_taken_for_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn in_denmark(moment: Timestamp) -> DateTime {
    clock::in_denmark(moment)
}

/// An Excel file, on as many sheets as it takes.
struct Book {
    workbook: Workbook,
    name: String,
    columns: Vec<SheetColumn>,
    sheets: usize,
    /// On the last sheet, its head among them.
    rows: u32,
    title: Format,
    moment: Format,
    milliseconds: Format,
}

impl Book {
    fn new(name: &str, columns: &[SheetColumn]) -> Self {
        Self {
            workbook: Workbook::new(),
            name: name.to_owned(),
            columns: columns.to_vec(),
            sheets: 0,
            rows: 0,
            title: Format::new().set_bold(),
            moment: Format::new().set_num_format("dd-mm-yyyy hh:mm:ss"),
            milliseconds: Format::new().set_num_format("0.000"),
        }
    }

    fn write(&mut self, cells: &[SheetCell]) -> Result<(), XlsxError> {
        if self.sheets == 0 || self.rows == MOST_ROWS {
            self.begin_sheet()?;
        }
        let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
        for (column, cell) in (0..).zip(cells) {
            write_cell(sheet, self.rows, column, cell, &self.moment, &self.milliseconds)?;
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
            sheet.write_string_with_format(0, at, column.title, &self.title)?;
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

    fn save(&mut self, path: &Path) -> Result<(), XlsxError> {
        if self.sheets == 0 {
            self.begin_sheet()?;
        }
        self.end_sheet()?;
        let file = File::create(path)?;
        self.workbook.save_to_writer(&file)?;
        Ok(file.sync_all()?)
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &SheetCell,
    moment_format: &Format,
    milliseconds: &Format,
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
        SheetCell::Milliseconds(duration) => {
            #[expect(clippy::cast_precision_loss, reason = "Excel has no other numbers")]
            let duration = duration.as_micros() as f64 / 1e3;
            sheet.write_number_with_format(row, column, duration, milliseconds)?;
        }
        SheetCell::Moment(moment) => {
            let it = in_denmark(*moment);
            let part = |part: i8| u16::from(part.unsigned_abs());
            let (year, month, day) = (it.year().unsigned_abs(), it.month().unsigned_abs(), it.day().unsigned_abs());
            let moment = ExcelDateTime::from_ymd(year, month, day)?;
            let moment = moment.and_hms(part(it.hour()), it.minute().unsigned_abs(), part(it.second()))?;
            sheet.write_datetime_with_format(row, column, &moment, moment_format)?;
        }
    }
    Ok(())
}
