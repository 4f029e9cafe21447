//! How far a list is scrolled, and which of its rows that brings into sight.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use iced::keyboard::key::Named;

/// The height of a row in logical pixels. It is the same for all rows, so that only those in sight need to be built.
pub(in crate::desktop) const ROW_HEIGHT: f32 = 30.0;
/// How many rows are built above and below those in sight.
const MARGIN_ROWS: usize = 4;
/// The height of a table until it has been drawn once, in logical pixels.
const INITIAL_HEIGHT: f32 = 1200.0;

/// A movement through rows, as keys make it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// This many rows down; up if negative.
    Step(isize),
    /// This many pages down; up if negative. A page is what is in sight.
    Page(isize),
    First,
    Last,
}

impl Motion {
    /// The movement that a key makes.
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

/// How far a list is scrolled, and how much of it is in sight, in logical pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Scroll {
    offset: f32,
    height: f32,
}

impl Scroll {
    /// Scrolled down by `offset`, where `height` can be seen.
    pub(super) fn at(offset: f32, height: f32) -> Self {
        Self { offset, height }
    }

    /// At the top of a list of that height.
    pub fn within(height: f32) -> Self {
        Self { offset: 0.0, height }
    }

    /// The same list, scrolled to its top.
    pub fn back_at_the_top(self) -> Self {
        Self { offset: 0.0, ..self }
    }

    fn height(self) -> f32 {
        if self.height > 0.0 { self.height } else { INITIAL_HEIGHT }
    }

    /// The gap between two rows that is nearest to that height, measured from the top of what is in sight. Gap 0 is above
    /// the first row.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is cut off at 0 and at the count")]
    pub fn gap_at(self, y: f32, count: usize) -> usize {
        (((self.offset + y) / ROW_HEIGHT).round().max(0.0) as usize).min(count)
    }

    /// The offset to scroll to while something is dragged at that height, measured from the top of what is in sight; `None`
    /// if that is not near an edge.
    pub fn at_edge(self, y: f32) -> Option<f32> {
        const STEP: f32 = 2.0 * ROW_HEIGHT;
        if y < ROW_HEIGHT && self.offset > 0.0 {
            return Some((self.offset - STEP).max(0.0));
        }
        (self.height > 0.0 && y > self.height - ROW_HEIGHT).then_some(self.offset + STEP)
    }

    /// Whether the first row is in sight, at least in part.
    pub fn is_at_the_top(self) -> bool {
        self.offset < ROW_HEIGHT
    }

    /// Whether less than a page is left below what is in sight.
    #[expect(clippy::cast_precision_loss, reason = "row numbers are small")]
    pub fn nears_the_end(self, count: usize) -> bool {
        self.offset + 2.0 * self.height() > count as f32 * ROW_HEIGHT
    }

    /// The row, of `count`, that a movement leads to from a row, or from before the first. `None` if there are no rows.
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

    /// The number of rows in a page.
    #[expect(clippy::cast_possible_truncation, reason = "few rows are in sight")]
    fn rows_a_page(self) -> isize {
        ((self.height() / ROW_HEIGHT) as isize - 1).max(1)
    }

    /// The offset to scroll to so that a row is in sight; `None` if it is.
    #[expect(clippy::cast_precision_loss, reason = "row numbers are small")]
    pub fn to_show(self, row: usize) -> Option<f32> {
        let top = row as f32 * ROW_HEIGHT;
        if top < self.offset {
            return Some(top);
        }
        let least = top + ROW_HEIGHT - self.height();
        (least > self.offset).then_some(least)
    }

    /// A hash of where the rows stand, whichever they are.
    pub fn place_hash(self) -> u64 {
        self.sight_hash(&[(); 0], |()| ())
    }

    /// A hash of what is in sight: which rows, by `id`, and where they stand.
    pub fn sight_hash<Row, Id: Hash>(self, rows: &[Row], id: impl Fn(&Row) -> Id) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.offset.to_bits(), self.height.to_bits()).hash(&mut hasher);
        rows[self.rows_in_sight(rows.len())].iter().for_each(|row| id(row).hash(&mut hasher));
        hasher.finish()
    }

    /// The rows to build, of `count`.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "row numbers are small and not negative"
    )]
    pub(super) fn rows_in_sight(self, count: usize) -> Range<usize> {
        let first = ((self.offset / ROW_HEIGHT) as usize).saturating_sub(MARGIN_ROWS).min(count);
        let last = ((self.offset + self.height()) / ROW_HEIGHT).ceil() as usize + MARGIN_ROWS;
        first..last.min(count).max(first)
    }
}
