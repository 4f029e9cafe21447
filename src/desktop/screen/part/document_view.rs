//! A document in the window, as one reads it.

use std::sync::Arc;

use iced::widget::text::Wrapping;
use iced::widget::{Column, Row, column, container, row, text};
use iced::{Element, Fill, FillPortion, Length};

use crate::desktop::language::Texts;
use crate::desktop::theme;
use crate::desktop::widget::{horizontal_line, note, picture_view};
use crate::document::{Block, Column as TableColumn, Definition, Document, Level, Look, Table, Text};

/// More rows of a table than this are counted. The document has them all.
const MOST_ROWS: usize = 150;
const BETWEEN: f32 = 14.0;

/// All of a document but what only paper needs.
pub(in crate::desktop) fn document_view<'a, Message: 'a>(
    document: &'a Document,
    t: &'static Texts,
) -> Element<'a, Message> {
    let title = column![
        text(&document.title).font(theme::SEMIBOLD).size(theme::TITLE),
        text(&document.subtitle).style(theme::muted).size(theme::HEADING)
    ];
    let blocks = document.blocks.iter().filter_map(|block| block_view(block, t));
    Column::new().push(title.spacing(2)).extend(blocks).spacing(10).into()
}

fn block_view<'a, Message: 'a>(block: &'a Block, t: &'static Texts) -> Option<Element<'a, Message>> {
    Some(match block {
        Block::Heading(level, words) => {
            let size = if *level == Level::Section { theme::HEADING } else { theme::BODY };
            let words = text(words).font(theme::SEMIBOLD).size(size);
            let line = (*level == Level::Section).then(horizontal_line);
            container(column![words, line].spacing(6)).padding(iced::Padding::ZERO.top(10)).into()
        }
        Block::Paragraph(words) => words_view(words),
        Block::List(items) => {
            let item = |item| row![text("•").style(theme::muted), words_view(item)].spacing(8).into();
            Column::with_children(items.iter().map(item)).spacing(4).into()
        }
        Block::Definitions(definitions) => {
            let line = |Definition { term, meaning }: &'a Definition| {
                let term = text(term).style(theme::muted).width(FillPortion(2));
                row![term, container(words_view(meaning)).width(FillPortion(5))].spacing(BETWEEN).into()
            };
            Column::with_children(definitions.iter().map(line)).spacing(4).into()
        }
        Block::Table(table) => table_view(table, t),
        Block::Picture(picture, _) => {
            let picture = picture_view(Arc::new(picture.clone()), Vec::new());
            container(Element::from(picture)).clip(true).into()
        }
        Block::Contents | Block::Signature(_) | Block::PageBreak => return None,
    })
}

fn table_view<'a, Message: 'a>(table: &'a Table, t: &'static Texts) -> Element<'a, Message> {
    let Table { columns, rows } = table;
    let names = columns.iter().map(|column| {
        let name = text(&column.name).font(theme::SEMIBOLD).size(theme::SMALL);
        container(name).width(width(column)).align_x(side(column)).into()
    });
    let names = Row::with_children(names).spacing(BETWEEN);
    let lines = rows.iter().take(MOST_ROWS).map(|cells| {
        let cells = columns.iter().zip(cells);
        let cells = cells.map(|(column, cell)| container(words_beside(cell, side(column))).width(width(column)).into());
        column![horizontal_line(), Row::with_children(cells).spacing(BETWEEN)].spacing(5).into()
    });
    let more = rows.len().saturating_sub(MOST_ROWS);
    let more = (more > 0).then(|| note(t.paper.more_rows.of(more)));
    Column::new().push(names).extend(lines).push(more).spacing(5).into()
}

fn width(column: &TableColumn) -> Length {
    FillPortion(column.share)
}

fn side(column: &TableColumn) -> iced::alignment::Horizontal {
    if column.is_number { iced::alignment::Horizontal::Right } else { iced::alignment::Horizontal::Left }
}

fn words_view<'a, Message: 'a>(words: &'a Text) -> Element<'a, Message> {
    words_beside(words, iced::alignment::Horizontal::Left)
}

/// The words of a text, line by line, since those of one look stand together in nearly all; at that side of their room.
fn words_beside<'a, Message: 'a>(words: &'a Text, side: iced::alignment::Horizontal) -> Element<'a, Message> {
    match words.runs() {
        [one] if one.look() == Look::Plain => {
            text(one.words()).size(theme::BODY).width(Fill).align_x(side).wrapping(Wrapping::WordOrGlyph).into()
        }
        runs => {
            let lines = runs.iter().map(|run| {
                let words = text(run.words().trim_start_matches('\n')).size(theme::BODY).width(Fill);
                let words = words.align_x(side).wrapping(Wrapping::WordOrGlyph);
                match run.look() {
                    Look::Plain => words.into(),
                    Look::Strong => words.font(theme::SEMIBOLD).into(),
                    Look::Muted => words.size(theme::SMALL).style(theme::muted).into(),
                }
            });
            Column::with_children(lines).spacing(1).into()
        }
    }
}
