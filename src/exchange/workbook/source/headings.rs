//! Which kind of table headings belong to.

use std::ops::Range;

use super::cell::{Cell, PlacedCell, Sheet};
use crate::exchange::text::resemblance::meant;
use crate::exchange::workbook::format::kind::SheetKind;
use crate::exchange::workbook::format::words;
use crate::visible::as_seen;

/// How many headings are those of the best-matching kind of table.
pub(in crate::exchange::workbook) fn likeness<'a>(headings: impl Iterator<Item = &'a str>) -> usize {
    let headings: Vec<_> = headings.map(words::folded).collect();
    SheetKind::ALL.into_iter().map(|kind| known_headings(kind, &headings)).max().unwrap_or_default()
}

/// Which cells of a sheet are its headings: those of the first row that has anything.
pub(in crate::exchange::workbook) fn headings_of(sheet: &Sheet) -> Option<Range<usize>> {
    let row = sheet.cells.iter().find(|it| !is_white(&it.cell))?.row;
    let start = sheet.cells.partition_point(|cell| cell.row < row);
    Some(start..sheet.cells.partition_point(|cell| cell.row <= row))
}

/// The missing column that a heading may mean: one that differs by a letter, or the only one with the same beginning.
pub(in crate::exchange::workbook) fn meant_heading(
    text: &str,
    missing: impl Iterator<Item = &'static str> + Clone,
) -> Option<&'static str> {
    const SHORTEST: usize = 4;
    if let Some(meant) = meant(text, missing.clone()) {
        return missing.into_iter().find(|title| *title == meant);
    }
    let text = words::folded(text);
    let is_like = |title: &&str| {
        let title = words::folded(title);
        text.len().min(title.len()) >= SHORTEST && (title.starts_with(&text) || text.starts_with(&title))
    };
    let mut like = missing.filter(is_like);
    like.next().filter(|_| like.next().is_none())
}

/// The kind that the headings of a sheet are more like than those of any other: at least two of them.
pub(in crate::exchange::workbook) fn kind_by_some_headings(headings: &[PlacedCell]) -> Option<SheetKind> {
    const MIN_ALIKE: usize = 2;
    let headings: Vec<_> = headings.iter().map(|heading| heading_text(&heading.cell)).collect();
    let known = SheetKind::ALL.map(|kind| (known_headings(kind, &headings), kind));
    let most = known.iter().map(|(count, _)| *count).max().filter(|most| *most >= MIN_ALIKE)?;
    let mut likest = known.into_iter().filter(|(count, _)| *count == most);
    likest.next().filter(|_| likest.next().is_none()).map(|(_, kind)| kind)
}

/// The kind that a sheet is of by its headings alone.
pub(in crate::exchange::workbook) fn kind_by_headings(sheet: &Sheet) -> Option<SheetKind> {
    let headings = &sheet.cells[headings_of(sheet)?];
    let headings: Vec<_> = headings.iter().map(|heading| heading_text(&heading.cell)).collect();
    let kinds = SheetKind::ALL.into_iter().filter(|kind| known_headings(*kind, &headings) > 0);
    kinds.max_by_key(|kind| {
        let known = known_headings(*kind, &headings);
        // Of two kinds with as many matches, the one with fewer other columns.
        (known, std::cmp::Reverse(kind.columns().len() - known))
    })
}

pub(in crate::exchange::workbook) fn known_headings(kind: SheetKind, headings: &[String]) -> usize {
    kind.columns().iter().filter(|column| headings.contains(&words::folded(column.title))).count()
}

pub(in crate::exchange::workbook) fn heading_text(cell: &Cell) -> String {
    words::folded(&shown(cell))
}

pub(in crate::exchange::workbook) fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Moment(text) => text.clone(),
        Cell::Fault(_) => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Switch(is_on) => is_on.to_string(),
        Cell::Day(day) => day.strftime("%d-%m-%Y").to_string(),
    }
}

pub(in crate::exchange::workbook) fn is_white(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if as_seen(text).trim().is_empty())
}
