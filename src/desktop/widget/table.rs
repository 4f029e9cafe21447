use std::ops::Range;

use iced::widget::{Column as Rows, Row, button, column, container, scrollable, space, text};
use iced::{Center, Element, Fill, Length, alignment};

use super::{horizontal_line, one_line, theme};

/// How high a row is. All have the same height, so that only those in sight need to be built.
pub(in crate::desktop) const ROW_HEIGHT: f32 = 30.0;
/// How many rows are built above and below those in sight.
const MARGIN: usize = 4;
/// How high a table is taken to be until it has been drawn once.
const PRESUMED_HEIGHT: f32 = 1200.0;
const PADDING: [u16; 2] = [0, 20];
const SPACING: u32 = 14;

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
    let content = cells(columns, row.cells, ROW_HEIGHT - 1.0);
    let content = button(content).padding(0).width(Fill).style(theme::table_row(row.is_chosen));
    column![content.on_press_maybe(row.on_press), horizontal_line()].into()
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
