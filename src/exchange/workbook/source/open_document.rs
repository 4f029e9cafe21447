//! OpenDocument spreadsheets (.ods), as LibreOffice saves them.

use std::borrow::Cow;
use std::io::Read;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::excel::iso_day;
use super::spreadsheet::Archive;
use super::{Cell, Sheets, is_error_word};
use crate::exchange::TablesTrouble;
use crate::exchange::xml::resolved;

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// In bytes: blanks are told by their number, and more than would make such a text are left out.
const LONGEST_TEXT: usize = 32_767;

pub(super) fn is_one(archive: &mut Archive<'_>) -> bool {
    part(archive, "mimetype").is_some_and(|told| told.starts_with(MEDIA_TYPE))
}

pub(super) fn read(archive: &mut Archive<'_>, sheets: &mut Sheets<'_>) -> Result<(), TablesTrouble> {
    let manifest = part(archive, "META-INF/manifest.xml").unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(TablesTrouble::Protected);
    }
    let content = part(archive, "content.xml").ok_or(TablesTrouble::NotTables)?;
    Reading { sheets, row: 0, cells: None, cell: None }.read(&content)
}

fn part(archive: &mut Archive<'_>, name: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(name).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

struct Reading<'s, 'p> {
    sheets: &'s mut Sheets<'p>,
    /// The row that is read, or would be next; counted from 0.
    row: u32,
    /// Those of the row that is being read.
    cells: Option<RowCells>,
    cell: Option<CellRead>,
}

#[derive(Default)]
struct RowCells {
    /// How many rows are like this one.
    rows: u32,
    /// The next column, counted from 0.
    column: u32,
    /// Each with its column, and how many are like it.
    cells: Vec<(u32, u32, Cell)>,
}

/// A cell whose element has begun.
struct CellRead {
    /// How many are like it.
    columns: u32,
    kind: String,
    value: Option<String>,
    is_error: bool,
    text: String,
    /// How many of its paragraphs have begun.
    paragraphs: usize,
    is_in_paragraph: bool,
    /// How many elements have begun within it.
    depth: usize,
}

impl Reading<'_, '_> {
    fn read(mut self, content: &str) -> Result<(), TablesTrouble> {
        let mut reader = Reader::from_str(content);
        reader.config_mut().expand_empty_elements = true;
        loop {
            match reader.read_event().map_err(|_| TablesTrouble::NotTables)? {
                Event::Start(element) => self.begin(&element)?,
                Event::End(element) => self.end(element.local_name().as_ref())?,
                Event::Text(text) => self.add(&text.xml10_content()),
                Event::CData(text) => self.add(&text.xml10_content()),
                Event::GeneralRef(reference) => self.add(&resolved(&reference)),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) -> Result<(), TablesTrouble> {
        let name = element.local_name();
        if let Some(cell) = &mut self.cell {
            cell.begin(name.as_ref(), element);
            return Ok(());
        }
        match (name.as_ref(), &mut self.cells) {
            ("table", None) => {
                self.row = 0;
                self.sheets.begin(attribute(element, "table:name").unwrap_or_default())?;
            }
            ("table-row", None) => {
                let rows = count(element, "table:number-rows-repeated");
                self.cells = Some(RowCells { rows, ..RowCells::default() });
            }
            ("table-cell" | "covered-table-cell", Some(_)) => self.cell = Some(CellRead::new(element)),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), TablesTrouble> {
        if let Some(cell) = self.cell.take() {
            if cell.depth > 0 {
                self.cell = Some(cell.ended());
            } else if let Some(row) = &mut self.cells {
                let (column, columns) = (row.column, cell.columns);
                row.column = column.saturating_add(columns);
                row.cells.extend(cell.what().map(|what| (column, columns, what)));
            }
        } else if name == "table-row"
            && let Some(row) = self.cells.take()
        {
            self.put(&row)?;
        }
        Ok(())
    }

    fn put(&mut self, row: &RowCells) -> Result<(), TablesTrouble> {
        let next = self.row.saturating_add(row.rows);
        if !row.cells.is_empty() {
            for number in self.row..next {
                for (first, columns, cell) in &row.cells {
                    for column in *first..first.saturating_add(*columns) {
                        self.sheets.put(number, column, Some(cell.clone()))?;
                    }
                }
            }
        }
        self.row = next;
        Ok(())
    }

    fn add(&mut self, more: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.is_in_paragraph) {
            cell.text.push_str(more);
        }
    }
}

impl CellRead {
    fn new(element: &BytesStart<'_>) -> Self {
        let value = ["office:value", "office:date-value", "office:time-value", "office:boolean-value"]
            .into_iter()
            .chain(["office:string-value"])
            .find_map(|name| attribute(element, name));
        Self {
            columns: count(element, "table:number-columns-repeated"),
            kind: attribute(element, "office:value-type").unwrap_or_default(),
            value,
            is_error: attribute(element, "calcext:value-type").is_some_and(|kind| kind == "error"),
            text: String::new(),
            paragraphs: 0,
            is_in_paragraph: false,
            depth: 0,
        }
    }

    /// Its own paragraphs alone are its text, not those of notes and drawings in it.
    fn begin(&mut self, name: &str, element: &BytesStart<'_>) {
        if self.depth == 0 && name == "p" {
            if self.paragraphs > 0 {
                self.text.push('\n');
            }
            self.paragraphs += 1;
            self.is_in_paragraph = true;
        } else if self.is_in_paragraph {
            match name {
                "s" => {
                    let room = LONGEST_TEXT.saturating_sub(self.text.len());
                    let blanks = usize::try_from(count(element, "text:c")).unwrap_or(room);
                    self.text.push_str(&" ".repeat(blanks.min(room)));
                }
                "tab" => self.text.push('\t'),
                "line-break" => self.text.push('\n'),
                _ => {}
            }
        }
        self.depth += 1;
    }

    /// As it is when an element within it has ended.
    fn ended(mut self) -> Self {
        self.depth -= 1;
        self.is_in_paragraph &= self.depth > 0;
        self
    }

    fn what(self) -> Option<Cell> {
        let value = self.value.filter(|value| !value.is_empty());
        match (self.kind.as_str(), value) {
            _ if self.is_error => Some(Cell::Error(self.text)),
            ("float" | "percentage" | "currency", Some(value)) => value.trim().parse().ok().map(Cell::Number),
            ("date", Some(value)) => Some(iso_day(value)),
            ("time", Some(value)) => Some(Cell::Moment(value)),
            ("boolean", Some(value)) => Some(Cell::Switch(value.eq_ignore_ascii_case("true"))),
            ("string", value) => {
                let text = value.unwrap_or(self.text);
                match text.as_str() {
                    "" => None,
                    word if is_error_word(word) => Some(Cell::Error(text)),
                    _ => Some(Cell::Text(text)),
                }
            }
            _ => None,
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok().flatten()?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

/// How many are alike.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).map_or(1, |count| count.trim().parse().unwrap_or(u32::MAX))
}
