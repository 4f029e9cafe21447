//! Tables and other lists whose rows are built only while they can be seen.

use iced::widget::{Column as Rows, Row, button, column, container, scrollable, space, stack, text};
use iced::{Center, Element, Fill, Length, alignment};

use super::line::horizontal_line;
use super::measure::bold_width;
use super::one_line::one_line;
use super::scroll::{ROW_HEIGHT, Scroll};
use crate::desktop::theme;

const PADDING: [u16; 2] = [0, 20];
const SPACING: u32 = 14;
/// The width of the mark at the left of a chosen row, in logical pixels.
pub(super) const MARK: f32 = 3.0;
/// Added to a measured width: letters may reach slightly beyond it.
const SLACK: f32 = 2.0;

/// How many columns a table has room for: only those that it cannot do without, some more, or all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    Little,
    Some,
    Plenty,
}

impl Room {
    /// The room in a width, given the widths from which it counts as some and as plenty, all in logical pixels.
    pub fn of(width: f32, some: f32, plenty: f32) -> Self {
        if width >= plenty {
            Self::Plenty
        } else if width >= some {
            Self::Some
        } else {
            Self::Little
        }
    }
}

/// A column's title, width and alignment.
#[derive(Debug, Clone, Copy)]
pub(in crate::desktop) struct Column {
    pub title: &'static str,
    pub width: Length,
    pub is_number: bool,
}

impl Column {
    pub const fn text(title: &'static str, width: Length) -> Self {
        Self { title, width, is_number: false }
    }

    pub const fn number(title: &'static str, width: Length) -> Self {
        Self { title, width, is_number: true }
    }
}

/// A row of a table, with a cell for each column.
pub(in crate::desktop) struct TableRow<'a, Message> {
    pub cells: Vec<Element<'a, Message>>,
    pub is_chosen: bool,
    pub on_press: Option<Message>,
}

/// A cell with text.
pub(in crate::desktop) fn cell<'a, Message: 'a>(words: impl text::IntoFragment<'a>) -> Element<'a, Message> {
    one_line(words).into()
}

/// The cells of one row, each as wide as its column.
pub(in crate::desktop) fn cells<'a, Message: 'a>(
    columns: &[Column],
    cells: Vec<Element<'a, Message>>,
    height: f32,
) -> Element<'a, Message> {
    let nothing = std::iter::repeat_with(|| space().into());
    let cells = columns.iter().zip(cells.into_iter().chain(nothing)).map(|(column, content)| {
        let side = if column.is_number { alignment::Horizontal::Right } else { alignment::Horizontal::Left };
        // Texts end in "…" where they do not fit. To cut each cell off as well would make drawing several times slower.
        container(content).width(column.width).align_x(side).into()
    });
    Row::with_children(cells).spacing(SPACING).padding(PADDING).height(height).align_y(Center).into()
}

pub(in crate::desktop) fn header<'a, Message: 'a>(columns: &[Column]) -> Element<'a, Message> {
    let titles = columns.iter().map(|column| one_line(column.title).size(theme::SMALL).bold().into());
    let titles = cells(columns, titles.collect(), ROW_HEIGHT);
    column![container(titles).width(Fill).style(theme::table_head), horizontal_line()].into()
}

pub(in crate::desktop) fn row_of<'a, Message: Clone + 'a>(
    columns: &[Column],
    row: TableRow<'a, Message>,
) -> Element<'a, Message> {
    line_of(cells(columns, row.cells, ROW_HEIGHT - 1.0), row.is_chosen, row.on_press)
}

/// A row with any content. A chosen one is marked as in every list.
pub(in crate::desktop) fn line_of<'a, Message: Clone + 'a>(
    content: impl Into<Element<'a, Message>>,
    is_chosen: bool,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    let mark = container(space()).width(MARK).height(Fill).style(theme::row_mark(is_chosen));
    let content = button(stack![content.into(), mark]).padding(0).width(Fill).style(theme::table_row(is_chosen));
    column![content.on_press_maybe(on_press), horizontal_line()].into()
}

/// Fits columns into a width by their contents. Each has room for its title; the rest is shared, and a column that needs
/// less than its share leaves the remainder to the others. `widest` returns the width of a column's contents. Columns of a
/// fixed width keep it, unless their titles need more.
pub(in crate::desktop) fn fitted(columns: Vec<Column>, room: f32, widest: impl Fn(usize) -> f32) -> Vec<Column> {
    let mut columns = columns;
    for column in &mut columns {
        if let Length::Fixed(width) = &mut column.width {
            *width = width.max(bold_width(column.title, theme::SMALL) + SLACK);
        }
    }
    let flexible = |column: &Column| matches!(column.width, Length::Fill | Length::FillPortion(_));
    let taken: f32 =
        columns.iter().map(|column| if let Length::Fixed(width) = column.width { width } else { 0.0 }).sum();
    #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
    let around = 2.0 * f32::from(PADDING[1]) + SPACING as f32 * columns.len().saturating_sub(1) as f32;
    let at: Vec<usize> = (0..columns.len()).filter(|at| flexible(&columns[*at])).collect();
    let titles: Vec<f32> = at.iter().map(|at| bold_width(columns[*at].title, theme::SMALL) + SLACK).collect();
    let room = (room - around - taken).max(0.0);
    let for_titles = share(room.min(titles.iter().sum()), &titles);
    let more: Vec<f32> = at.iter().zip(&titles).map(|(at, title)| (widest(*at) + SLACK - title).max(0.0)).collect();
    let shares = share(room - for_titles.iter().sum::<f32>(), &more);
    let shares = for_titles.iter().zip(shares).map(|(title, more)| title + more);
    for (at, width) in at.into_iter().zip(shares) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width in pixels")]
        let portion = width.clamp(1.0, 10_000.0) as u16;
        columns[at].width = Length::FillPortion(portion);
    }
    columns
}

/// Shares room among wishes: small wishes are granted, and the larger ones share what is left equally. Room beyond all
/// wishes is shared in proportion to them.
pub(in crate::desktop) fn share(room: f32, wishes: &[f32]) -> Vec<f32> {
    let all: f32 = wishes.iter().sum();
    if all <= room {
        return wishes.iter().map(|wish| if all > 0.0 { wish * room / all } else { 0.0 }).collect();
    }
    let mut by_wish: Vec<usize> = (0..wishes.len()).collect();
    by_wish.sort_by(|one, other| wishes[*one].total_cmp(&wishes[*other]));
    let (mut left, mut shares) = (room, vec![0.0; wishes.len()]);
    for (done, at) in by_wish.into_iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
        let fair = left / (wishes.len() - done) as f32;
        shares[at] = wishes[at].min(fair);
        left -= shares[at];
    }
    shares
}

/// The rows of a table. Only those in sight are built.
pub(in crate::desktop) fn table<'a, Message: Clone + 'a>(
    id: &'static str,
    columns: &[Column],
    count: usize,
    scroll: Scroll,
    on_scroll: impl Fn(Scroll) -> Message + 'a,
    row: impl Fn(usize) -> TableRow<'a, Message>,
) -> Element<'a, Message> {
    rows_in_sight(id, count, scroll, on_scroll, |at| row_of(columns, row(at)))
}

/// A list that scrolls. Only the rows in sight are built, each [`ROW_HEIGHT`] high.
pub(in crate::desktop) fn rows_in_sight<'a, Message: 'a>(
    id: &'static str,
    count: usize,
    scroll: Scroll,
    on_scroll: impl Fn(Scroll) -> Message + 'a,
    row: impl Fn(usize) -> Element<'a, Message>,
) -> Element<'a, Message> {
    let in_sight = scroll.rows_in_sight(count);
    let rows = in_sight.clone().map(row);
    #[expect(clippy::cast_precision_loss, reason = "row numbers are small")]
    let gap = |rows: usize| space().height(rows as f32 * ROW_HEIGHT);
    let body = column![gap(in_sight.start), Rows::with_children(rows), gap(count - in_sight.end)];
    scrollable(body)
        .id(id)
        .width(Fill)
        .height(Fill)
        .style(theme::scrollbar)
        .on_scroll(move |view| on_scroll(Scroll::at(view.absolute_offset().y, view.bounds().height)))
        .into()
}
