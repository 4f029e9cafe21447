//! Excel workbooks (.xlsx, .xlsm; ISO/IEC 29500), whichever program wrote them.
//!
//! Read event by event from the XML, in constant memory besides the cells themselves.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, date};

use super::archive::Archive;
use super::cell::Cell;
use super::grid::{Area, Grid};
use super::part::{Part, XmlPiece, attribute, label};
use super::styles::{self, Shown};
use super::texts::{SharedTexts, rich_text, unescaped};
use super::workbook::{SheetHead, Workbook};
use crate::exchange::workbook::fault::doubt::CellDoubt;
use crate::exchange::workbook::fault::excerpt::Excerpt;
use crate::exchange::workbook::fault::problem::CellProblem;
use crate::exchange::workbook::outcome::TablesError;

/// More than any workbook has.
const MAX_SHEETS: usize = 1_000;
const MAX_RELATIONS: usize = 10_000;
/// More cells than a sheet of rules can have merged.
const MAX_MERGED: usize = 100_000;
/// The number of columns of an Excel sheet.
const MAX_COLUMNS: u32 = 16_384;

pub(super) struct Excel<'a> {
    archive: Archive<'a>,
    sheets: Vec<SheetHead>,
    /// Where each sheet is; `None` for one that has no cells, such as a chart.
    paths: Vec<Option<String>>,
    /// Whether dates count from 1904, as in old files from a Macintosh.
    is_from_1904: bool,
    styles: Vec<Shown>,
    /// Where its texts are, until they are read.
    texts_path: Option<String>,
    texts: SharedTexts,
}

/// A relationship between two parts of the package.
struct Relation {
    kind: String,
    path: String,
}

impl<'a> Excel<'a> {
    pub(super) fn open(mut archive: Archive<'a>) -> Result<Self, TablesError> {
        let of_package = relations(&mut archive, "_rels/.rels", "")?;
        let main = of_package.into_values().find(|it| it.kind == "officeDocument" && archive.has(&it.path));
        let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |it| it.path);
        let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
        let relations = relations(&mut archive, &format!("{folder}/_rels/{name}.rels"), folder)?;
        let path_of = |kind: &str| {
            let told = relations.values().find(|it| it.kind == kind).map(|it| it.path.clone());
            told.unwrap_or_else(|| path_from(folder, &format!("{kind}.xml")))
        };
        let (texts_path, styles_path) = (Some(path_of("sharedStrings")), path_of("styles"));
        let styles = archive.part(&styles_path)?.map(styles::read).transpose()?.unwrap_or_default();
        let mut book = Self {
            archive,
            sheets: Vec::new(),
            paths: Vec::new(),
            is_from_1904: false,
            styles,
            texts_path,
            texts: SharedTexts::default(),
        };
        book.read_heads(&main, &relations)?;
        Ok(book)
    }

    fn read_heads(&mut self, main: &str, relations: &HashMap<String, Relation>) -> Result<(), TablesError> {
        let mut part = self.archive.part(main)?.ok_or(TablesError::NotTables)?;
        loop {
            match part.next()? {
                XmlPiece::Begin(element) => match element.local_name().as_ref() {
                    "sheet" if self.sheets.len() < MAX_SHEETS => {
                        let name = label(&element, "name").unwrap_or_default();
                        let is_hidden = attribute(&element, "state").is_some_and(|state| state != "visible");
                        let relation = label(&element, "id").and_then(|id| relations.get(&id));
                        self.paths.push(relation.filter(|it| it.kind == "worksheet").map(|it| it.path.clone()));
                        self.sheets.push(SheetHead { name, is_hidden });
                    }
                    "workbookPr" => self.is_from_1904 = attribute(&element, "date1904").is_some_and(|it| is_on(&it)),
                    _ => {}
                },
                XmlPiece::Over => return Ok(()),
                XmlPiece::End | XmlPiece::Text(_) | XmlPiece::Other => {}
            }
        }
    }

    fn read_texts(&mut self) -> Result<(), TablesError> {
        if let Some(path) = &self.texts_path {
            self.texts = self.archive.part(path)?.map(SharedTexts::read).transpose()?.unwrap_or_default();
            self.texts_path = None;
        }
        Ok(())
    }
}

impl Workbook for Excel<'_> {
    fn sheets(&self) -> &[SheetHead] {
        &self.sheets
    }

    fn read(&mut self, sheet: usize, grid: &mut Grid<'_>) -> Result<(), TablesError> {
        let Some(path) = self.paths.get(sheet).cloned().flatten() else { return Ok(()) };
        self.read_texts()?;
        let part = self.archive.part(&path)?.ok_or(TablesError::NotTables)?;
        let shown = Showing { styles: &self.styles, texts: &self.texts, is_from_1904: self.is_from_1904 };
        SheetReading { part, shown, row: 0, column: 0, merged: 0 }.read(grid)
    }
}

/// A part's relationships by their ids. Of the kind only the last segment counts: the editions of the standard have
/// different namespaces.
fn relations(archive: &mut Archive<'_>, path: &str, folder: &str) -> Result<HashMap<String, Relation>, TablesError> {
    let mut relations = HashMap::new();
    let Some(mut part) = archive.part(path)? else { return Ok(relations) };
    loop {
        match part.next()? {
            XmlPiece::Begin(element) if element.local_name().as_ref() == "Relationship" => {
                let told = |name: &str| label(&element, name).unwrap_or_default();
                let kind = told("Type").rsplit('/').next().unwrap_or_default().to_owned();
                relations.insert(told("Id"), Relation { kind, path: path_from(folder, &told("Target")) });
                if relations.len() > MAX_RELATIONS {
                    return Err(TablesError::TooLarge);
                }
            }
            XmlPiece::Over => return Ok(relations),
            _ => {}
        }
    }
}

/// Where a target is that is named from a folder.
fn path_from(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let from = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// What a cell's display depends on.
struct Showing<'b> {
    styles: &'b [Shown],
    texts: &'b SharedTexts,
    is_from_1904: bool,
}

struct SheetReading<'b> {
    part: Part<'b>,
    shown: Showing<'b>,
    /// The current row, counted from 1, and the next column, counted from 0: rows and cells may omit their positions.
    row: u32,
    column: u32,
    merged: usize,
}

/// The content of a cell's element.
#[derive(Default)]
struct CellRead {
    kind: String,
    style: Option<usize>,
    value: Option<String>,
    inline: Option<String>,
    is_formula: bool,
}

impl SheetReading<'_> {
    fn read(mut self, grid: &mut Grid<'_>) -> Result<(), TablesError> {
        while !grid.has_enough() {
            match self.part.next()? {
                XmlPiece::Begin(element) => match element.local_name().as_ref() {
                    "row" => {
                        let told = attribute(&element, "r").and_then(|row| row.trim().parse().ok());
                        self.row = told.unwrap_or(self.row.saturating_add(1));
                        self.column = 0;
                        grid.begin_row();
                    }
                    "c" => {
                        let told = attribute(&element, "r");
                        let cell = CellRead {
                            kind: attribute(&element, "t").unwrap_or_default(),
                            style: attribute(&element, "s").and_then(|style| style.trim().parse().ok()),
                            ..CellRead::default()
                        };
                        let (row, column) = self.place(told.as_deref())?;
                        if let Some(cell) = self.cell(cell)? {
                            grid.put(row.saturating_sub(1), column, cell)?;
                        }
                    }
                    "mergeCell" => {
                        let area = attribute(&element, "ref").as_deref().and_then(area);
                        self.merged += 1;
                        if self.merged > MAX_MERGED {
                            return Err(TablesError::TooLarge);
                        }
                        if let Some(area) = area {
                            grid.cover(area);
                        }
                    }
                    _ => {}
                },
                XmlPiece::Over => break,
                XmlPiece::End | XmlPiece::Text(_) | XmlPiece::Other => {}
            }
        }
        Ok(())
    }

    /// A cell's row, counted from 1, and column, counted from 0.
    fn place(&mut self, told: Option<&str>) -> Result<(u32, u32), TablesError> {
        let (row, column) = match told {
            Some(told) => reference(told).ok_or(TablesError::NotTables)?,
            None => (self.row.max(1), self.column),
        };
        self.column = column.saturating_add(1);
        Ok((row, column))
    }

    fn cell(&mut self, mut cell: CellRead) -> Result<Option<Cell>, TablesError> {
        loop {
            match self.part.next()? {
                XmlPiece::Begin(element) => match element.local_name().as_ref() {
                    "v" => cell.value = Some(self.part.text()?),
                    "is" => cell.inline = Some(rich_text(&mut self.part)?),
                    "f" => {
                        cell.is_formula = true;
                        self.part.skip()?;
                    }
                    _ => self.part.skip()?,
                },
                XmlPiece::End => return self.shown.what(cell),
                XmlPiece::Over => return Err(TablesError::NotTables),
                XmlPiece::Text(_) | XmlPiece::Other => {}
            }
        }
    }
}

impl Showing<'_> {
    fn what(&self, cell: CellRead) -> Result<Option<Cell>, TablesError> {
        let CellRead { kind, style, value, inline, is_formula } = cell;
        let text = |text: Option<String>| Cell::of_text(unescaped(&text.unwrap_or_default()).into_owned());
        // A formula whose result is an empty text has a value, though an empty one.
        match (kind.as_str(), value) {
            ("inlineStr", value) => Ok(text(inline.or(value))),
            ("str", Some(value)) => Ok(text(Some(value))),
            (_, None) if is_formula => Ok(Some(Cell::fault(CellDoubt::NotWorkedOut))),
            (_, Some(value)) if is_formula && value.trim().is_empty() => Ok(Some(Cell::fault(CellDoubt::NotWorkedOut))),
            (_, None) => Ok(None),
            (_, Some(value)) if value.trim().is_empty() => Ok(None),
            ("s", Some(value)) => {
                let shared = value.trim().parse().ok().and_then(|number| self.texts.get(number));
                Ok(Cell::of_text(shared.ok_or(TablesError::NotTables)?.to_owned()))
            }
            ("b", Some(value)) => Ok(Some(Cell::Switch(is_on(&value)))),
            ("e", Some(value)) => Ok(Some(Cell::fault(CellProblem::ErrorCell(Excerpt::new(&value))))),
            ("d", Some(value)) => Ok(Some(Cell::of_iso_date(value.trim().to_owned()))),
            (_, Some(value)) => Ok(self.number(style, value)),
        }
    }

    /// A number, which its style may show as a date.
    fn number(&self, style: Option<usize>, value: String) -> Option<Cell> {
        let Some(number) = value.trim().parse::<f64>().ok().filter(|number| number.is_finite()) else {
            return Cell::of_text(value);
        };
        let style = style.and_then(|style| self.styles.get(style)).copied().unwrap_or(Shown::Number);
        Some(match (style, moment(number, self.is_from_1904)) {
            (Shown::Number, _) => Cell::Number(number),
            (_, None) => Cell::fault(CellDoubt::BeyondCalendar(Excerpt::new(value.trim()))),
            (Shown::Day, Some(moment)) if moment.time() == Time::midnight() => Cell::Day(moment.date()),
            (_, Some(moment)) => Cell::Moment(moment.strftime("%d-%m-%Y %H:%M:%S").to_string()),
        })
    }
}

/// The moment that Excel shows for a number; `None` where it shows none.
#[expect(clippy::cast_possible_truncation, reason = "it has been looked at before")]
fn moment(number: f64, is_from_1904: bool) -> Option<DateTime> {
    const MILLISECONDS_OF_DAY: f64 = 86_400_000.0;
    /// As if the year 1900 had had a leap day, which is day 60.
    const DAY_BEFORE_MARCH_1900: Date = date(1899, 12, 30);
    const DAY_BEFORE_1900: Date = date(1899, 12, 31);
    const FIRST_DAY_OF_1904: Date = date(1904, 1, 1);
    const LAST_DAY: f64 = 2_958_465.0;
    if !(0.0..LAST_DAY + 1.0).contains(&number) {
        return None;
    }
    let milliseconds = (number * MILLISECONDS_OF_DAY).round();
    let days = (milliseconds / MILLISECONDS_OF_DAY).floor() as i32;
    let of_day = (milliseconds % MILLISECONDS_OF_DAY) as i64;
    let start = match (is_from_1904, days) {
        (true, _) => FIRST_DAY_OF_1904,
        // A time alone has no day.
        (false, 0) if of_day > 0 => DAY_BEFORE_1900,
        (false, 0 | 60) => return None,
        (false, ..60) => DAY_BEFORE_1900,
        (false, _) => DAY_BEFORE_MARCH_1900,
    };
    let day = start.checked_add(days.days()).ok()?;
    day.to_datetime(Time::midnight()).checked_add(of_day.milliseconds()).ok()
}

fn is_on(value: &str) -> bool {
    !matches!(value.trim(), "0" | "false" | "")
}

/// The row, counted from 1, and the column, counted from 0, of a reference such as C5.
fn reference(text: &str) -> Option<(u32, u32)> {
    let text = text.trim();
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at(letters);
    let mut column: u32 = 0;
    for letter in letters.bytes().take(4) {
        column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    let row = digits.parse().ok().filter(|row| *row > 0)?;
    let column = column.checked_sub(1).filter(|column| *column < MAX_COLUMNS && letters.len() <= 3)?;
    Some((row, column))
}

/// The cells of a reference such as C5:D7.
fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':')?;
    let ((top, left), (bottom, right)) = (reference(first)?, reference(last)?);
    Some(Area { rows: (top - 1, bottom - 1), columns: (left, right) })
}
