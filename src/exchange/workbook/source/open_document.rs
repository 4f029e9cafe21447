//! OpenDocument spreadsheets (.ods; ISO/IEC 26300), as LibreOffice saves them.
//!
//! Rows and cells carry a repeat count (`number-rows-repeated`, `number-columns-repeated`), up to a million in an ordinary
//! file for the empty rest of a sheet. General readers expand these; here empty repeats cost nothing and filled ones count
//! towards the limits. `content.xml` is unpacked and read again for each sheet, which is cheaper than holding all sheets in
//! memory.

use std::collections::HashSet;

use quick_xml::events::BytesStart;

use super::archive::Archive;
use super::cell::Cell;
use super::grid::Grid;
use super::part::{Part, XmlPiece, add, attribute, label};
use super::workbook::{SheetHead, Workbook};
use crate::exchange::workbook::fault::doubt::CellDoubt;
use crate::exchange::workbook::fault::excerpt::Excerpt;
use crate::exchange::workbook::fault::problem::CellProblem;
use crate::exchange::workbook::outcome::TablesError;

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
const CONTENT: &str = "content.xml";
/// More than any workbook has.
const MAX_SHEETS: usize = 1_000;
/// The number of columns of a LibreOffice sheet.
const MAX_COLUMNS: usize = 16_384;
/// The most text of a row, in bytes.
const MAX_ROW_TEXT_BYTES: usize = 8 << 20;
/// The longest text that spaces are added to, in bytes: the file states spaces by their number, which may be huge.
const LONGEST_BLANK: usize = 32_767;

pub(super) fn is_one(archive: &mut Archive<'_>) -> Result<bool, TablesError> {
    let Some(mut part) = archive.part("mimetype")? else { return Ok(false) };
    Ok(matches!(part.next()?, XmlPiece::Text(told) if told.starts_with(MEDIA_TYPE)))
}

pub(super) struct OpenDocument<'a> {
    archive: Archive<'a>,
    sheets: Vec<SheetHead>,
}

impl<'a> OpenDocument<'a> {
    pub(super) fn open(mut archive: Archive<'a>) -> Result<Self, TablesError> {
        if is_encrypted(&mut archive)? {
            return Err(TablesError::Protected);
        }
        let sheets = heads(TableReader::of(&mut archive)?)?;
        Ok(Self { archive, sheets })
    }
}

fn heads(mut tables: TableReader<'_>) -> Result<Vec<SheetHead>, TablesError> {
    let mut sheets = Vec::new();
    while let Some(head) = tables.next()? {
        if sheets.len() == MAX_SHEETS {
            return Err(TablesError::TooLarge);
        }
        sheets.push(head);
        tables.part.skip()?;
    }
    Ok(sheets)
}

impl Workbook for OpenDocument<'_> {
    fn sheets(&self) -> &[SheetHead] {
        &self.sheets
    }

    fn read(&mut self, sheet: usize, grid: &mut Grid<'_>) -> Result<(), TablesError> {
        let mut tables = TableReader::of(&mut self.archive)?;
        for _ in 0..sheet {
            tables.next()?;
            tables.part.skip()?;
        }
        tables.next()?;
        TableReading { part: tables.part, row: 0, grid }.read()
    }
}

fn is_encrypted(archive: &mut Archive<'_>) -> Result<bool, TablesError> {
    let Some(mut part) = archive.part("META-INF/manifest.xml")? else { return Ok(false) };
    loop {
        match part.next()? {
            XmlPiece::Begin(element) if element.local_name().as_ref() == "encryption-data" => return Ok(true),
            XmlPiece::Over => return Ok(false),
            _ => {}
        }
    }
}

/// The tables of a document, one after the other.
struct TableReader<'a> {
    part: Part<'a>,
    /// The style defined last, and the styles of hidden sheets.
    style: String,
    hidden: HashSet<String>,
}

impl<'a> TableReader<'a> {
    fn of(archive: &'a mut Archive<'_>) -> Result<Self, TablesError> {
        let part = archive.part(CONTENT)?.ok_or(TablesError::NotTables)?;
        Ok(Self { part, style: String::new(), hidden: HashSet::new() })
    }

    /// Goes on to where the next table has begun.
    fn next(&mut self) -> Result<Option<SheetHead>, TablesError> {
        loop {
            match self.part.next()? {
                XmlPiece::Begin(element) => match element.local_name().as_ref() {
                    "table" => {
                        let style = label(&element, "table:style-name").unwrap_or_default();
                        let name = label(&element, "table:name").unwrap_or_default();
                        return Ok(Some(SheetHead { name, is_hidden: self.hidden.contains(&style) }));
                    }
                    "style" => self.style = label(&element, "style:name").unwrap_or_default(),
                    "table-properties" if attribute(&element, "table:display").is_some_and(|it| it == "false") => {
                        self.hidden.insert(self.style.clone());
                        if self.hidden.len() > MAX_SHEETS {
                            return Err(TablesError::TooLarge);
                        }
                    }
                    // Cached content of other files, and deleted content.
                    "dde-links" | "tracked-changes" => self.part.skip()?,
                    _ => {}
                },
                XmlPiece::Over => return Ok(None),
                XmlPiece::End | XmlPiece::Text(_) | XmlPiece::Other => {}
            }
        }
    }
}

/// A table whose element has begun.
struct TableReading<'b, 'p> {
    part: Part<'b>,
    /// The row that is read, or would be next; counted from 0.
    row: u32,
    grid: &'b mut Grid<'p>,
}

/// A row that is being read.
#[derive(Default)]
struct RowRead {
    /// How many rows are like it.
    rows: u32,
    /// The next column, counted from 0.
    column: u32,
    /// Each with its column, and how many are like it.
    cells: Vec<(u32, u32, Cell)>,
    weight: usize,
}

/// The content of a cell's element.
struct CellRead {
    kind: String,
    value: Option<String>,
    is_error: bool,
    is_formula: bool,
}

impl TableReading<'_, '_> {
    fn read(mut self) -> Result<(), TablesError> {
        let mut depth = 0;
        while !self.grid.has_enough() {
            match self.part.next()? {
                XmlPiece::Begin(element) => match element.local_name().as_ref() {
                    "table-row" => {
                        let rows = count(&element, "table:number-rows-repeated");
                        self.row(RowRead { rows, ..RowRead::default() })?;
                    }
                    "table-rows" | "table-row-group" | "table-header-rows" => depth += 1,
                    _ => self.part.skip()?,
                },
                XmlPiece::End if depth == 0 => break,
                XmlPiece::End => depth -= 1,
                XmlPiece::Over => return Err(TablesError::NotTables),
                XmlPiece::Text(_) | XmlPiece::Other => {}
            }
        }
        Ok(())
    }

    fn row(&mut self, mut row: RowRead) -> Result<(), TablesError> {
        loop {
            match self.part.next()? {
                XmlPiece::Begin(element) => match element.local_name().as_ref() {
                    "table-cell" => {
                        let columns = count(&element, "table:number-columns-repeated");
                        let cell = CellRead::new(&element);
                        let text = self.paragraphs()?;
                        row.add(columns, cell.what(text))?;
                    }
                    // A cell covered by a merged one is not displayed.
                    "covered-table-cell" => {
                        let columns = count(&element, "table:number-columns-repeated");
                        self.part.skip()?;
                        row.add(columns, None)?;
                    }
                    _ => self.part.skip()?,
                },
                XmlPiece::End => return self.put(&row),
                XmlPiece::Over => return Err(TablesError::NotTables),
                XmlPiece::Text(_) | XmlPiece::Other => {}
            }
        }
    }

    fn put(&mut self, row: &RowRead) -> Result<(), TablesError> {
        let next = self.row.saturating_add(row.rows);
        if !row.cells.is_empty() {
            for number in self.row..next {
                self.grid.begin_row();
                for (first, columns, cell) in &row.cells {
                    for column in *first..first.saturating_add(*columns) {
                        self.grid.put(number, column, cell.clone())?;
                    }
                }
            }
        }
        self.row = next;
        Ok(())
    }

    /// The text of a cell's own paragraphs, not of notes and drawings in it.
    fn paragraphs(&mut self) -> Result<String, TablesError> {
        let mut text = String::new();
        let mut count = 0;
        loop {
            match self.part.next()? {
                XmlPiece::Begin(element) if element.local_name().as_ref() == "p" => {
                    if count > 0 {
                        add(&mut text, "\n")?;
                    }
                    count += 1;
                    self.paragraph(&mut text)?;
                }
                XmlPiece::Begin(_) => self.part.skip()?,
                XmlPiece::End => return Ok(text),
                XmlPiece::Over => return Err(TablesError::NotTables),
                XmlPiece::Text(_) | XmlPiece::Other => {}
            }
        }
    }

    fn paragraph(&mut self, text: &mut String) -> Result<(), TablesError> {
        let mut depth = 0;
        loop {
            match self.part.next()? {
                XmlPiece::Begin(element) => {
                    depth += 1;
                    match element.local_name().as_ref() {
                        "s" => {
                            let room = LONGEST_BLANK.saturating_sub(text.len());
                            let blanks = usize::try_from(count(&element, "text:c")).unwrap_or(room);
                            add(text, &" ".repeat(blanks.min(room)))?;
                        }
                        "tab" => add(text, "\t")?,
                        "line-break" => add(text, "\n")?,
                        _ => {}
                    }
                }
                XmlPiece::Text(more) => add(text, &more)?,
                XmlPiece::End if depth == 0 => return Ok(()),
                XmlPiece::End => depth -= 1,
                XmlPiece::Over => return Err(TablesError::NotTables),
                XmlPiece::Other => {}
            }
        }
    }
}

impl RowRead {
    /// The row's cells are held until it ends, since it may be repeated.
    fn add(&mut self, columns: u32, cell: Option<Cell>) -> Result<(), TablesError> {
        if let Some(cell) = cell {
            self.weight += cell.weight();
            self.cells.push((self.column, columns, cell));
            if self.weight > MAX_ROW_TEXT_BYTES || self.cells.len() > MAX_COLUMNS {
                return Err(TablesError::TooLarge);
            }
        }
        self.column = self.column.saturating_add(columns);
        Ok(())
    }
}

impl CellRead {
    fn new(element: &BytesStart<'_>) -> Self {
        let values = ["value", "date-value", "time-value", "boolean-value", "string-value"];
        Self {
            kind: attribute(element, "office:value-type").unwrap_or_default(),
            value: values.iter().find_map(|name| attribute(element, &format!("office:{name}"))),
            is_error: attribute(element, "calcext:value-type").is_some_and(|kind| kind == "error"),
            is_formula: attribute(element, "table:formula").is_some(),
        }
    }

    fn what(self, text: String) -> Option<Cell> {
        let value = self.value.filter(|value| !value.is_empty());
        match (self.kind.as_str(), value) {
            _ if self.is_error => Some(Cell::fault(CellProblem::ErrorCell(Excerpt::new(&text)))),
            ("", None) if self.is_formula && text.is_empty() => Some(Cell::fault(CellDoubt::NotWorkedOut)),
            ("float" | "percentage" | "currency", Some(value)) => number(value),
            ("date", Some(value)) => Some(Cell::of_iso_date(value)),
            ("time", Some(value)) => Some(Cell::Moment(value)),
            ("boolean", Some(value)) => Some(Cell::Switch(value.eq_ignore_ascii_case("true"))),
            (_, value) => Cell::of_text(value.unwrap_or(text)),
        }
    }
}

fn number(value: String) -> Option<Cell> {
    match value.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Some(Cell::Number(number)),
        _ => Cell::of_text(value),
    }
}

/// How many are alike.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).map_or(1, |count| count.trim().parse().unwrap_or(u32::MAX))
}
