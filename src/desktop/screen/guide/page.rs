//! Draws a page.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use iced::widget::image::{self, Handle};
use iced::widget::{Column, Row, column, container, row, text};
use iced::{Color, Element, Fill, FillPortion, Padding, Shrink, Theme};

use super::{Message, heading};
use crate::LanguageChoice;
use crate::desktop::screen::part::explained::prose_spans;
use crate::desktop::theme;
use crate::desktop::widget::{Prose, ProseSpan, horizontal_line, note, prose};
use crate::guide::{Block, Cell, GuidePage, Span, document, picture};

/// The widest that lines are: longer ones are hard to read.
const WIDEST: f32 = 780.0;
/// Between blocks, and above headings.
const GAP: f32 = 12.0;
const ABOVE_SECTION: f32 = 16.0;
/// The room for the dot or number before an item.
const INDENT: f32 = 22.0;

/// What the blocks of a page are drawn with.
#[derive(Clone, Copy)]
struct Drawing {
    language: LanguageChoice,
    /// The colour of links.
    accent: Color,
}

/// The id of the heading with that anchor.
pub(super) fn heading_id(anchor: &str) -> iced::widget::Id {
    iced::widget::Id::from(format!("guide-heading-{anchor}"))
}

pub(super) fn page(page: GuidePage, language: LanguageChoice, theme: &Theme) -> Element<'static, Message> {
    let drawing = Drawing { language, accent: theme::colours(theme).accent };
    let blocks = document(page, language).blocks.iter().map(|block| drawing.block(block));
    Column::with_children(blocks).spacing(GAP).max_width(WIDEST).into()
}

impl Drawing {
    fn block(self, block: &'static Block) -> Element<'static, Message> {
        match block {
            Block::Heading { level, words, anchor } => {
                let above = if *level == 1 { 0.0 } else { ABOVE_SECTION };
                let words = container(heading(words, *level)).padding(Padding::ZERO.top(above));
                words.id(heading_id(anchor)).into()
            }
            Block::Paragraph(spans) => self.run(spans).into(),
            Block::List { first, items } => self.list(*first, items),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Code(code) => shown_code(code),
            Block::Picture { file, words } => shown(file, words),
        }
    }

    fn run(self, spans: &'static [Span]) -> Prose<'static, Message> {
        prose(prose_spans(spans, self.language, Some(self.accent), Message::Open))
    }

    fn list(self, first: Option<u64>, items: &'static [Vec<Block>]) -> Element<'static, Message> {
        let numbers = first.unwrap_or(0)..;
        let items = items.iter().zip(numbers).map(|(blocks, number)| {
            let mark = first.map_or_else(|| "•".to_owned(), |_| format!("{number}."));
            let blocks = blocks.iter().map(|block| self.block(block));
            let mark = container(text(mark).line_height(1.45)).width(INDENT);
            row![mark, Column::with_children(blocks).spacing(6)].into()
        });
        Column::with_children(items).spacing(6).into()
    }

    fn table(self, head: &'static [Cell], rows: &'static [Vec<Cell>]) -> Element<'static, Message> {
        let shares: Vec<_> = (0..head.len()).map(|column| share(head, rows, column)).collect();
        let has_head = head.iter().any(|cell| !words_of(cell).trim().is_empty());
        let line = |cells: &'static [Cell], is_head: bool| {
            let cells = cells.iter().zip(&shares).map(|(cell, share)| {
                let run = self.run(cell).size(theme::SMALL);
                let run = if is_head { run.tone(theme::muted) } else { run };
                container(run).padding([6, 8]).width(FillPortion(*share)).into()
            });
            Row::with_children(cells)
        };
        let title = has_head.then(|| container(line(head, true)).width(Fill).style(theme::table_head));
        let rows = rows.iter().map(|cells| column![horizontal_line(), line(cells, false)].into());
        let table = column![title, Column::with_children(rows)];
        container(table).padding(1).width(Fill).style(theme::card).into()
    }
}

fn shown_code(code: &'static str) -> Element<'static, Message> {
    let words = ProseSpan { words: code.into(), font: theme::MONOSPACED, colour: None, is_code: false, link: None };
    container(prose(vec![words]).size(theme::SMALL)).padding([10, 12]).width(Fill).style(theme::code).into()
}

/// How much of a table's width a column is given: more the more is written in it, and enough for its longest word.
fn share(head: &[Cell], rows: &[Vec<Cell>], column: usize) -> u16 {
    let cells = std::iter::once(head.get(column)).chain(rows.iter().map(|row| row.get(column))).flatten();
    let (mut longest_word, mut longest) = (4, 4);
    for cell in cells {
        let words = words_of(cell);
        longest = longest.max(words.chars().count());
        longest_word = words.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0).max(longest_word);
    }
    let by_length = longest.isqrt() * 4;
    u16::try_from(by_length.max(longest_word + 3).min(longest + 3)).unwrap_or(u16::MAX)
}

fn words_of(cell: &[Span]) -> String {
    cell.iter().map(|span| span.text.as_str()).collect()
}

/// A picture, as wide as the page, with what it shows below it.
fn shown(file: &'static str, words: &'static str) -> Element<'static, Message> {
    let drawn = handle(file).map(|handle| {
        container(image::Image::new(handle).width(Fill).filter_method(image::FilterMethod::Linear))
            .padding(1)
            .style(theme::card)
    });
    column![drawn, container(note(words)).height(Shrink)].spacing(4).into()
}

/// The picture as the toolkit draws it. It is made once: every handle is another picture to the toolkit.
fn handle(file: &'static str) -> Option<Handle> {
    static HANDLES: LazyLock<Mutex<BTreeMap<&'static str, Handle>>> = LazyLock::new(Mutex::default);
    let mut handles = HANDLES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = handles.get(file) {
        return Some(handle.clone());
    }
    let pixels = picture(file)?;
    let handle = Handle::from_rgba(pixels.width, pixels.height, pixels.rgba.clone());
    Some(handles.entry(file).or_insert(handle).clone())
}
