//! Tables set as pieces: a row stays whole unless it is long, and the names of the columns stand at the top of each page.

use std::rc::Rc;

use krilla::tagging::{TableHeaderScope, Tag};

use super::Sheet;
use super::blocks::{BODY, Setter, beside};
use super::fonts::Weight;
use super::ink::Ink;
use super::lines::{Line, Style, broken};
use super::piece::{Head, Mark, Piece};
use crate::document::content::{Column, Table, Text};

const CELL: Style = Style { size: 8.8, leading: 12.0, ..BODY };
const NAME: Style = Style { weight: Weight::SemiBold, ..CELL };
/// Between two columns.
const BETWEEN: f32 = 9.0;
/// Above and below the words of a row.
const PADDING: f32 = 3.2;
/// Rows with more lines than this may go over to the next page.
const MOST_WHOLE: usize = 14;

/// Where a column is.
struct Place {
    x: f32,
    room: f32,
    is_number: bool,
}

impl Setter {
    pub(super) fn table(&mut self, table: &Table) {
        let places = places(&table.columns);
        let node = self.out.structure.root(Tag::Table);
        let mut rows = Vec::with_capacity(table.rows.len() + 1);
        let names: Vec<Text> = table.columns.iter().map(|column| column.name.as_str().into()).collect();
        let head_node = self.out.structure.within(node, Tag::THead);
        let row_node = self.out.structure.within(head_node, Tag::TR);
        let cells = names.iter().zip(&places).map(|(name, place)| {
            let node = self.out.structure.within(row_node, Tag::TH(TableHeaderScope::Column));
            let lines = broken(&mut self.fonts, name, NAME, place.room);
            (place, lines, NAME, node)
        });
        let mut head = row(cells.collect(), (1.2, Ink::StrongLine));
        for piece in &mut head {
            piece.keeps_next = true;
        }
        let repeated = Rc::new(repeated(&head));
        if let Some(first) = head.first_mut() {
            first.gap = 7.0;
        }
        rows.extend(head);
        let body = self.out.structure.within(node, Tag::TBody);
        for texts in &table.rows {
            let row_node = self.out.structure.within(body, Tag::TR);
            let cells = places.iter().enumerate().map(|(at, place)| {
                let node = self.out.structure.within(row_node, Tag::TD);
                let empty = Text::default();
                let lines = broken(&mut self.fonts, texts.get(at).unwrap_or(&empty), CELL, place.room);
                (place, lines, CELL, node)
            });
            let mut pieces = row(cells.collect(), (0.6, Ink::Line));
            let last = pieces.len().saturating_sub(1);
            let is_whole = pieces.len() <= MOST_WHOLE;
            for (at, piece) in pieces.iter_mut().enumerate() {
                piece.head = Some(Rc::clone(&repeated));
                piece.keeps_next |= is_whole && at < last;
            }
            rows.extend(pieces);
        }
        self.out.pieces.extend(rows);
    }
}

/// A row of cells, with a line below it.
fn row(
    cells: Vec<(&Place, Vec<Line>, Style, super::structure::NodeNumber)>,
    (thickness, ink): (f32, Ink),
) -> Vec<Piece> {
    let mut texts = Vec::new();
    for (place, lines, style, node) in cells {
        if place.is_number {
            // Each line has a place of its own, so that they end below each other.
            for (at, line) in lines.into_iter().enumerate() {
                let x = place.x + place.room - line.width;
                let above = vec![Line::default(); at];
                texts.push((x, above.into_iter().chain([line]).collect(), style, node));
            }
        } else {
            texts.push((place.x, lines, style, node));
        }
    }
    let mut pieces = beside(texts);
    if let Some(first) = pieces.first_mut() {
        first.height += PADDING;
        first.marks.iter_mut().for_each(|mark| lower(mark, PADDING));
    }
    if let Some(last) = pieces.last_mut() {
        let y = last.height + PADDING;
        last.height = y + thickness;
        last.marks.push(Mark::Line { x: 0.0, y, width: Sheet::ROOM, thickness, ink });
    }
    pieces
}

fn lower(mark: &mut Mark, by: f32) {
    match mark {
        Mark::Words { baseline, .. } | Mark::PageOf { baseline, .. } => *baseline += by,
        Mark::Line { y, .. } => *y += by,
        Mark::Picture { .. } | Mark::Link { .. } => {}
    }
}

/// All of a head as one.
fn repeated(pieces: &[Piece]) -> Head {
    let mut head = Head { height: 0.0, marks: Vec::new() };
    for piece in pieces {
        for mark in &piece.marks {
            let mut mark = mark.clone();
            lower(&mut mark, head.height);
            head.marks.push(mark);
        }
        head.height += piece.height;
    }
    head
}

/// Where the columns are. They share what the spaces between them leave.
#[expect(clippy::cast_precision_loss, reason = "there are few columns")]
fn places(columns: &[Column]) -> Vec<Place> {
    let all: f32 = columns.iter().map(|column| f32::from(column.share)).sum();
    let room = (Sheet::ROOM - BETWEEN * columns.len().saturating_sub(1) as f32).max(1.0);
    let mut x = 0.0;
    let place = |column: &Column| {
        let place = Place { x, room: room * f32::from(column.share) / all.max(1.0), is_number: column.is_number };
        x += place.room + BETWEEN;
        place
    };
    columns.iter().map(place).collect()
}
