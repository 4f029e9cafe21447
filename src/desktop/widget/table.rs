use std::ops::Range;

use iced::keyboard::key::Named;
use iced::widget::{Column as Rows, Row, button, column, container, scrollable, space, stack, text};
use iced::{Center, Element, Fill, Length, alignment};

use super::{bold_width, horizontal_line, one_line, theme};

/// How high a row is. All have the same height, so that only those in sight need to be built.
pub(in crate::desktop) const ROW_HEIGHT: f32 = 30.0;
/// How many rows are built above and below those in sight.
const MARGIN: usize = 4;
/// How high a table is taken to be until it has been drawn once.
const PRESUMED_HEIGHT: f32 = 1200.0;
const PADDING: [u16; 2] = [0, 20];
const SPACING: u32 = 14;
/// How wide the mark of a chosen row is.
pub(super) const MARK: f32 = 3.0;
/// Letters may be drawn a trifle beyond where they end.
const TRIFLE: f32 = 2.0;

/// How much a table has room for, from the columns it cannot do without to all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    Little,
    Some,
    Plenty,
}

impl Room {
    /// What a width in pixels is, where that much is some and that much plenty.
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

/// A way up or down the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// So many rows down.
    Step(isize),
    /// So many times what is in sight down.
    Page(isize),
    First,
    Last,
}

impl Motion {
    /// The way that a key goes.
    pub fn of(key: Named) -> Option<Self> {
        Some(match key {
            Named::ArrowUp => Self::Step(-1),
            Named::ArrowDown => Self::Step(1),
            Named::PageUp => Self::Page(-1),
            Named::PageDown => Self::Page(1),
            Named::Home => Self::First,
            Named::End => Self::Last,
            _ => return None,
        })
    }
}

/// How far a table is scrolled.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Scroll {
    offset: f32,
    height: f32,
}

impl Scroll {
    /// At the top of a list as high as that.
    pub fn within(height: f32) -> Self {
        Self { offset: 0.0, height }
    }

    /// The same list from its top.
    pub fn back_at_the_top(self) -> Self {
        Self { offset: 0.0, ..self }
    }

    fn height(self) -> f32 {
        if self.height > 0.0 { self.height } else { PRESUMED_HEIGHT }
    }

    /// The gap between two rows that is nearest to that height, counted from the top of the table: 0 is above the
    /// first row.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is cut off at 0 and at the count")]
    pub fn gap_at(self, y: f32, count: usize) -> usize {
        (((self.offset + y) / ROW_HEIGHT).round().max(0.0) as usize).min(count)
    }

    /// How far to scroll while something is dragged at that height, counted from the top of the table; `None` while
    /// that is not near an edge.
    pub fn at_edge(self, y: f32) -> Option<f32> {
        const STEP: f32 = 2.0 * ROW_HEIGHT;
        if y < ROW_HEIGHT && self.offset > 0.0 {
            return Some((self.offset - STEP).max(0.0));
        }
        (self.height > 0.0 && y > self.height - ROW_HEIGHT).then_some(self.offset + STEP)
    }

    /// Whether it stands where it began.
    pub fn is_at_the_top(self) -> bool {
        self.offset < ROW_HEIGHT
    }

    /// Whether fewer rows than a page has lie below what is in sight.
    #[expect(clippy::cast_precision_loss, reason = "row numbers are small")]
    pub fn nears_the_end(self, count: usize) -> bool {
        self.offset + 2.0 * self.height() > count as f32 * ROW_HEIGHT
    }

    /// The row among so many that a motion from that one ends at; the first where it begins nowhere. `None` where there
    /// are no rows.
    pub fn row_after(self, motion: Motion, from: Option<usize>, count: usize) -> Option<usize> {
        let last = count.checked_sub(1)?;
        let by = |rows: isize| from.map_or(0, |from| from.saturating_add_signed(rows));
        let row = match motion {
            Motion::Step(rows) => by(rows),
            Motion::Page(pages) => by(pages * self.rows_a_page()),
            Motion::First => 0,
            Motion::Last => last,
        };
        Some(row.min(last))
    }

    /// How many rows are in sight.
    #[expect(clippy::cast_possible_truncation, reason = "few rows are in sight")]
    fn rows_a_page(self) -> isize {
        ((self.height() / ROW_HEIGHT) as isize - 1).max(1)
    }

    /// How far to scroll for a row to be in sight; `None` when it is.
    #[expect(clippy::cast_precision_loss, reason = "row numbers are small")]
    pub fn to_show(self, row: usize) -> Option<f32> {
        let top = row as f32 * ROW_HEIGHT;
        if top < self.offset {
            return Some(top);
        }
        let least = top + ROW_HEIGHT - self.height();
        (least > self.offset).then_some(least)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "row numbers are small and not negative"
    )]
    fn rows_in_sight(self, count: usize) -> Range<usize> {
        let first = ((self.offset / ROW_HEIGHT) as usize).saturating_sub(MARGIN).min(count);
        let last = ((self.offset + self.height()) / ROW_HEIGHT).ceil() as usize + MARGIN;
        first..last.min(count).max(first)
    }
}

/// A column's heading and width.
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

/// One row of a table, a cell for each column.
pub(in crate::desktop) struct TableRow<'a, Message> {
    pub cells: Vec<Element<'a, Message>>,
    pub is_chosen: bool,
    pub on_press: Option<Message>,
}

/// A cell that is a text.
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
        container(content).width(column.width).align_x(side).clip(true).into()
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

/// A line of a table whatever stands in it. One that is chosen is marked as in every list.
pub(in crate::desktop) fn line_of<'a, Message: Clone + 'a>(
    content: impl Into<Element<'a, Message>>,
    is_chosen: bool,
    on_press: Option<Message>,
) -> Element<'a, Message> {
    let mark = container(space()).width(MARK).height(Fill).style(theme::row_mark(is_chosen));
    let content = button(stack![content.into(), mark]).padding(0).width(Fill).style(theme::table_row(is_chosen));
    column![content.on_press_maybe(on_press), horizontal_line()].into()
}

/// Those columns with the room shared by what stands in them: each has room for its title, and of the rest a column that
/// needs less than its share leaves what it does not need to those that need more. `widest` is how wide a column's
/// contents are; columns of a fixed width keep it, unless their titles need more.
pub(in crate::desktop) fn fitted(columns: Vec<Column>, room: f32, widest: impl Fn(usize) -> f32) -> Vec<Column> {
    let mut columns = columns;
    for column in &mut columns {
        if let Length::Fixed(width) = &mut column.width {
            *width = width.max(bold_width(column.title, theme::SMALL) + TRIFLE);
        }
    }
    let flexible = |column: &Column| matches!(column.width, Length::Fill | Length::FillPortion(_));
    let taken: f32 =
        columns.iter().map(|column| if let Length::Fixed(width) = column.width { width } else { 0.0 }).sum();
    #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
    let around = 2.0 * f32::from(PADDING[1]) + SPACING as f32 * columns.len().saturating_sub(1) as f32;
    let at: Vec<usize> = (0..columns.len()).filter(|at| flexible(&columns[*at])).collect();
    let titles: Vec<f32> = at.iter().map(|at| bold_width(columns[*at].title, theme::SMALL) + TRIFLE).collect();
    let room = (room - around - taken).max(0.0);
    let for_titles = share(room.min(titles.iter().sum()), &titles);
    let more: Vec<f32> = at.iter().zip(&titles).map(|(at, title)| (widest(*at) + TRIFLE - title).max(0.0)).collect();
    let shares = share(room - for_titles.iter().sum::<f32>(), &more);
    let shares = for_titles.iter().zip(shares).map(|(title, more)| title + more);
    for (at, width) in at.into_iter().zip(shares) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width in pixels")]
        let portion = width.clamp(1.0, 10_000.0) as u16;
        columns[at].width = Length::FillPortion(portion);
    }
    columns
}

/// So much room, shared among those who wish for so much of it: who wishes for little gets it, and the others share
/// what is left. What nobody wishes for is shared in proportion.
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

/// The rows of a table, of which only those in sight are built.
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

/// A list that scrolls, of which only the rows in sight are built. All are as high as [`ROW_HEIGHT`].
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
        .on_scroll(move |view| on_scroll(Scroll { offset: view.absolute_offset().y, height: view.bounds().height }))
        .into()
}
