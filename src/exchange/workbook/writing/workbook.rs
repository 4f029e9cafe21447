use std::path::Path;

use rust_xlsxwriter::{Color, Format, FormatAlign, IgnoreError, Note, Workbook, Worksheet, XlsxError};

use super::rows::Rows;
use super::validation;
use crate::exchange::atomic_file::AtomicFile;
use crate::exchange::progress::Progress;
use crate::exchange::sheet::{Formats, SheetCell, SheetColumn, SheetFormat, SheetWriter, write_cell};
use crate::exchange::workbook::cell_range::CellRange;
use crate::exchange::workbook::format::kind::{Column, Entry, Need, SheetKind};
use crate::exchange::workbook::outcome::TablesWriteError;
use crate::exchange::write_error::SheetError;
use crate::rules::{Authority, Cvr, KlePlan, RuleBook};

/// How many rows after the last one have its drop-downs, for those that people add.
pub(in crate::exchange::workbook) const FURTHER_ROWS: u32 = 500;
/// The sheets of a template.
const OF_A_TEMPLATE: [SheetKind; 3] = [SheetKind::Authority, SheetKind::Fagsystems, SheetKind::Rules];
/// As many characters as Excel has in a cell.
const MAX_CHARACTERS: usize = 32_767;

/// Writes an authority as an Excel workbook with a sheet for each kind of thing, whole or not at all. Only an authority that
/// has guards gets a sheet of them.
///
/// `read_tables` reads the same book from it.
///
/// # Errors
///
/// The book has no such authority; a text is too long for Excel; the file cannot be written; or it was stopped.
pub fn write_workbook(
    path: &Path,
    book: &RuleBook,
    authority: Cvr,
    kle: &KlePlan,
    progress: &Progress,
) -> Result<(), TablesWriteError> {
    let authority = authority_of(book, authority)?;
    let rows = Rows::new(book, authority, kle);
    expect(progress, SheetKind::ALL.iter().map(|kind| rows.count(*kind)).sum());
    write_sheets(path, Some(&rows), progress)
}

/// Writes an empty workbook for a new authority: headings and drop-downs without rows. It has only the sheets that a new
/// authority needs, since an empty sheet would mean that there are none of its kind.
///
/// # Errors
///
/// The file cannot be written.
pub fn write_template(path: &Path) -> Result<(), TablesWriteError> {
    write_sheets(path, None, &Progress::default())
}

fn write_sheets(path: &Path, rows: Option<&Rows<'_>>, progress: &Progress) -> Result<(), TablesWriteError> {
    let number = Format::new().set_align(FormatAlign::Center);
    let text = Format::new().set_num_format("@");
    let help = text.clone().set_italic().set_font_color(Color::RGB(0x0060_6870));
    let writer = WorkbookWriter { path, formats: Formats::new(), text, number, help, rows, progress };
    let mut workbook = Workbook::new();
    let mut done = 0;
    let kinds = if rows.is_some() { &SheetKind::ALL[..] } else { &OF_A_TEMPLATE };
    // Few authorities have guards, and a sheet without rows would mean that there must be none.
    let is_wanted = |kind: &SheetKind| *kind != SheetKind::Guards || rows.is_some_and(|rows| rows.count(*kind) > 0);
    for kind in kinds.iter().copied().filter(is_wanted) {
        let sheet = workbook.add_worksheet();
        writer.sheet(sheet, kind, &mut done)?;
    }
    let failed = |source| SheetError::File { path: path.to_owned(), source };
    let (unfinished, file) = AtomicFile::create(path).map_err(failed)?;
    workbook.save_to_writer(&file).map_err(|error| writer.failed(error))?;
    file.sync_all().map_err(failed)?;
    progress.reach(done)?;
    Ok(unfinished.finish().map_err(failed)?)
}

/// Writes one kind of table as a CSV file, as a Danish Excel saves it, whole or not at all.
///
/// # Errors
///
/// The book has no such authority; the file cannot be written; or it was stopped.
pub fn write_csv(
    path: &Path,
    kind: SheetKind,
    book: &RuleBook,
    authority: Cvr,
    kle: &KlePlan,
    progress: &Progress,
) -> Result<(), TablesWriteError> {
    let authority = authority_of(book, authority)?;
    let rows = Rows::new(book, authority, kle);
    expect(progress, rows.count(kind));
    let columns = kind.columns().iter().map(|it| SheetColumn { title: it.title, width: it.width });
    let columns: Vec<_> = columns.collect();
    let mut writer = SheetWriter::create(path, SheetFormat::Csv, kind.sheet_name(), &columns)?;
    for (done, row) in (1..).zip(rows.of(kind)) {
        writer.write(&row)?;
        progress.reach(done)?;
    }
    Ok(writer.finish()?)
}

fn authority_of(book: &RuleBook, cvr: Cvr) -> Result<&Authority, TablesWriteError> {
    book.authority(cvr).ok_or(TablesWriteError::NoSuchAuthority(cvr))
}

fn expect(progress: &Progress, rows: usize) {
    progress.expect(u64::try_from(rows).unwrap_or(u64::MAX));
}

struct WorkbookWriter<'a> {
    path: &'a Path,
    formats: Formats,
    text: Format,
    number: Format,
    /// Of what is for people alone.
    help: Format,
    /// `None` for a template.
    rows: Option<&'a Rows<'a>>,
    progress: &'a Progress,
}

impl WorkbookWriter<'_> {
    fn sheet(&self, sheet: &mut Worksheet, kind: SheetKind, done: &mut u64) -> Result<(), TablesWriteError> {
        self.head(sheet, kind).map_err(|error| self.failed(error))?;
        let mut last = 0;
        for (number, cells) in (1..).zip(self.rows.into_iter().flat_map(|rows| rows.of(kind))) {
            *done += 1;
            self.progress.reach(*done)?;
            for ((at, cell), column) in (0..).zip(&cells).zip(kind.columns()) {
                self.check_length(kind, number, at, cell)?;
                self.cell(sheet, number, at, cell, column).map_err(|error| self.failed(error))?;
            }
            last = number;
        }
        self.foot(sheet, kind, last).map_err(|error| self.failed(error))
    }

    /// The headings, and how the cells below look, also those of rows that are yet to come.
    fn head(&self, sheet: &mut Worksheet, kind: SheetKind) -> Result<(), XlsxError> {
        sheet.set_name(kind.sheet_name())?;
        sheet.set_freeze_panes(1, 0)?;
        // On paper, the columns go side by side, and every page has the headings.
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        for (at, column) in (0..).zip(kind.columns()) {
            sheet.set_column_width(at, column.width)?;
            match column.entry {
                Entry::Text | Entry::Choice(_) | Entry::Fagsystem => sheet.set_column_format(at, self.text(column))?,
                Entry::Day => sheet.set_column_format(at, &self.formats.day)?,
                Entry::Whole(..) | Entry::Number => sheet.set_column_format(at, &self.number)?,
            };
            sheet.write_string_with_format(0, at, column.title, &heading(column.need))?;
            if let Some(help) = column.help() {
                sheet.insert_note(0, at, &Note::new(help).add_author_prefix(false).set_width(280))?;
            }
        }
        Ok(())
    }

    fn cell(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        at: u16,
        cell: &SheetCell,
        column: &Column,
    ) -> Result<(), XlsxError> {
        match cell {
            SheetCell::Text(text) => sheet.write_string_with_format(row, at, text, self.text(column)).map(drop),
            SheetCell::Whole(number) =>
            {
                #[expect(clippy::cast_precision_loss, reason = "Excel has no other numbers")]
                sheet.write_number_with_format(row, at, *number as f64, &self.number).map(drop)
            }
            SheetCell::Decimal(number) => sheet.write_number_with_format(row, at, *number, &self.number).map(drop),
            cell => write_cell(sheet, row, at, cell, &self.formats),
        }
    }

    /// Text stays text when it is edited, also where it looks like a number or a formula.
    fn text(&self, column: &Column) -> &Format {
        if column.need == Need::NotRead { &self.help } else { &self.text }
    }

    fn check_length(&self, kind: SheetKind, row: u32, column: u16, cell: &SheetCell) -> Result<(), TablesWriteError> {
        match cell {
            SheetCell::Text(text) if text.encode_utf16().count() > MAX_CHARACTERS => {
                let place = CellRange::new(Some(kind.sheet_name()), row + 1, column.into());
                Err(TablesWriteError::TooLong { path: self.path.to_owned(), place })
            }
            _ => Ok(()),
        }
    }

    fn foot(&self, sheet: &mut Worksheet, kind: SheetKind, last: u32) -> Result<(), XlsxError> {
        let last_column = u16::try_from(kind.columns().len() - 1).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last.max(1), last_column)?;
        let end = if kind == SheetKind::Authority { 1 } else { last + FURTHER_ROWS };
        // Numbers that are meant as text are no mistake.
        sheet.ignore_error_range(1, 0, end, last_column, IgnoreError::NumberStoredAsText)?;
        let fagsystems =
            u32::try_from(self.rows.map_or(0, |rows| rows.count(SheetKind::Fagsystems))).unwrap_or(u32::MAX);
        for (at, column) in (0..).zip(kind.columns()) {
            if let Some(validation) = validation::of(column, fagsystems.saturating_add(FURTHER_ROWS))? {
                sheet.add_data_validation(1, at, end, at, &validation)?;
            }
        }
        Ok(())
    }

    fn failed(&self, error: XlsxError) -> TablesWriteError {
        let path = self.path.to_owned();
        TablesWriteError::Sheet(match error {
            XlsxError::IoError(source) => SheetError::File { path, source },
            source => SheetError::Excel { path, source: Box::new(source) },
        })
    }
}

/// Required columns are highlighted.
fn heading(need: Need) -> Format {
    let colour = if need == Need::Required { 0x00BC_D3EC } else { 0x00E4_EAF1 };
    Format::new().set_bold().set_background_color(Color::RGB(colour))
}
