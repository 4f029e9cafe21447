use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::atomic_file::AtomicFile;
use super::formula_guard::guarded;
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
    /// A number.
    Decimal(f64),
    /// A day.
    Day(Date),
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
    file: AtomicFile,
    body: Body,
}

enum Body {
    Csv(BufWriter<File>),
    Excel(Box<Book>),
}

impl SheetWriter {
    /// Begins a table with that name and those columns.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn create(path: &Path, format: SheetFormat, name: &str, columns: &[SheetColumn]) -> Result<Self, SheetError> {
        Self::begin(path, AtomicFile::create(path), format, name, columns)
    }

    /// The same, in a file that nobody but its owner may read.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn create_private(
        path: &Path,
        format: SheetFormat,
        name: &str,
        columns: &[SheetColumn],
    ) -> Result<Self, SheetError> {
        Self::begin(path, AtomicFile::create_private(path), format, name, columns)
    }

    fn begin(
        path: &Path,
        created: io::Result<(AtomicFile, File)>,
        format: SheetFormat,
        name: &str,
        columns: &[SheetColumn],
    ) -> Result<Self, SheetError> {
        let failed = |source| SheetError::File { path: path.to_owned(), source };
        let (unfinished, mut file) = created.map_err(failed)?;
        let body = match format {
            SheetFormat::Csv => {
                file.write_all(BYTE_ORDER_MARK).map_err(failed)?;
                Body::Csv(BufWriter::new(file))
            }
            SheetFormat::Excel => Body::Excel(Box::new(Book::new(name, columns))),
        };
        let mut writer = Self { file: unfinished, body };
        if let Body::Csv(csv) = &mut writer.body {
            let titles = write_line(csv, columns.iter().map(|column| quoted(column.title.into())));
            titles.map_err(|error| writer.failed(error))?;
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
            Body::Csv(csv) => write_line(csv, cells.iter().map(csv_text)).map_err(Failure::File),
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
            Body::Csv(csv) => csv.flush().and_then(|()| csv.get_ref().sync_all()).map_err(Failure::File),
            Body::Excel(book) => book.save(self.file.meanwhile()).map_err(Failure::Excel),
        };
        written.map_err(|failure| self.explained(failure))?;
        let path = self.file.path().to_owned();
        self.file.finish().map_err(|source| SheetError::File { path, source })
    }

    fn failed(&self, source: io::Error) -> SheetError {
        SheetError::File { path: self.file.path().to_owned(), source }
    }

    fn explained(&self, failure: Failure) -> SheetError {
        match failure {
            Failure::File(source) | Failure::Excel(XlsxError::IoError(source)) => self.failed(source),
            Failure::Excel(source) => SheetError::Excel { path: self.file.path().to_owned(), source: Box::new(source) },
        }
    }
}

enum Failure {
    File(io::Error),
    Excel(XlsxError),
}

/// A line of a CSV file.
fn write_line<'a>(csv: &mut impl Write, cells: impl Iterator<Item = Cow<'a, str>>) -> io::Result<()> {
    let line = cells.collect::<Vec<_>>().join(";");
    // A line with nothing on it would be passed over by whoever reads it.
    let line = if line.is_empty() { r#""""# } else { &line };
    write!(csv, "{line}\r\n")
}

/// A text is quoted also where it holds what separates cells for other programs than a Danish Excel.
fn quoted(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains([';', ',', '\t', '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        text
    }
}

fn csv_text(cell: &SheetCell) -> Cow<'_, str> {
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
        SheetCell::Moment(moment) => in_denmark(*moment).strftime("%d-%m-%Y %H:%M:%S").to_string(),
    }
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
    formats: Formats,
}

/// How cells look.
pub(super) struct Formats {
    /// What stands above a column.
    pub(super) title: Format,
    pub(super) day: Format,
    moment: Format,
    milliseconds: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
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
    fn new(name: &str, columns: &[SheetColumn]) -> Self {
        Self {
            workbook: Workbook::new(),
            name: name.to_owned(),
            columns: columns.to_vec(),
            sheets: 0,
            rows: 0,
            formats: Formats::new(),
        }
    }

    fn write(&mut self, cells: &[SheetCell]) -> Result<(), XlsxError> {
        if self.sheets == 0 || self.rows == MOST_ROWS {
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

/// A text is a text, however it begins.
pub(super) fn write_cell(
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
            let it = in_denmark(*moment);
            let part = |part: i8| u16::from(part.unsigned_abs());
            let (year, month, day) = (it.year().unsigned_abs(), it.month().unsigned_abs(), it.day().unsigned_abs());
            let moment = ExcelDateTime::from_ymd(year, month, day)?;
            let moment = moment.and_hms(part(it.hour()), it.minute().unsigned_abs(), part(it.second()))?;
            sheet.write_datetime_with_format(row, column, &moment, &formats.moment)?;
        }
    }
    Ok(())
}
