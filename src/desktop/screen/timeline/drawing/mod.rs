//! The timeline as a picture: names to the left, the axis on top, a bar for each rule, and what happens at their ends. Only
//! the rows that are in sight are laid out.

mod axis;
mod bars;
mod legend;
mod marks;
mod names;
mod pieces;

use jiff::civil::Date;

use super::sight::ROW;
use crate::desktop::model::timeline::redating::End;
use crate::desktop::model::timeline::rows::{Grouping, Row, Rows};
use crate::desktop::model::timeline::scale::Scale;
use crate::desktop::screen::scene::Scene;
use crate::desktop::widget::Spot;
use crate::picture::{Bounds, Picture, Size, Tone};
use crate::rules::{Priority, Validity};

/// The height of the axis: a line for today, and two for the days.
pub(super) const AXIS: f32 = 58.0;
const LEGEND: f32 = 30.0;
/// The height of a bar.
const BAR: f32 = 16.0;
/// The font size on bars and on the axis, and of names.
const SMALL: f32 = 12.0;
pub(super) const NAME: f32 = 12.5;
/// What is kept free at the right edge.
const EDGE: f32 = 12.0;

/// A part of the drawing that people can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Row(Priority),
    End(Priority, End),
    /// Where one rule takes over from another.
    Changeover {
        from: Priority,
        to: Priority,
        is_tight: bool,
    },
    /// The axis, on which a day is chosen.
    Axis,
    /// The bar that scrolls the rows.
    Track,
}

/// How a drawing is divided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    pub size: Size,
    /// Where the bars are.
    pub plot: Bounds,
}

impl Room {
    pub fn of(size: Size) -> Self {
        let names = (size.width * 0.36).clamp(150.0, 420.0).round();
        let rows = ((size.height - AXIS - LEGEND) / ROW).floor().max(1.0);
        let plot = Bounds::new(names, AXIS, (size.width - names - EDGE).max(60.0), rows * ROW);
        Self { size, plot }
    }

    /// The room for so many rows in that width.
    #[expect(clippy::cast_precision_loss, reason = "few rows")]
    pub fn of_rows(width: f32, rows: usize) -> Self {
        Self::of(Size::new(width, AXIS + LEGEND + rows.max(1) as f32 * ROW + 1.0))
    }

    /// How many rows fit.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "few rows")]
    pub fn rows(&self) -> usize {
        (self.plot.height / ROW).round() as usize
    }
}

/// What is to be drawn.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub scene: Scene<'a>,
    pub rows: &'a Rows,
    pub grouping: Grouping,
    pub room: Room,
    /// How wide the numbers of the rules are.
    pub numbers: f32,
    pub first: usize,
    pub scale: Scale,
    /// The row that the keys are at, and the end of its bar.
    pub cursor: Option<Priority>,
    pub end: Option<End>,
    /// The dates of bars whose ends are being moved.
    pub moved: &'a [(Priority, Validity)],
    /// The end that is being moved to where it cannot be.
    pub refused: Option<(Priority, Date)>,
}

/// The picture, and what of it people can use, in the order of its spots.
pub(super) struct Drawing {
    pub picture: Picture,
    pub spots: Vec<Spot>,
    pub targets: Vec<Target>,
    /// Where the row or the end is that the keys are at.
    pub ring: Option<Bounds>,
}

impl Drawing {
    fn spot(&mut self, target: Target, spot: Spot) {
        self.targets.push(target);
        self.spots.push(spot);
    }
}

impl Shown<'_> {
    /// The rows in sight, with the upper edge of each.
    #[expect(clippy::cast_precision_loss, reason = "few rows")]
    fn in_sight(&self) -> impl Iterator<Item = (usize, f32)> {
        let (first, count) = (self.first, self.rows.all.len());
        (first..count.min(first + self.room.rows())).map(move |at| (at, AXIS + (at - first) as f32 * ROW))
    }

    /// The upper edge of a row, if it is in sight.
    #[expect(clippy::cast_precision_loss, reason = "few rows")]
    fn top(&self, rule: Priority) -> Option<f32> {
        let at = self.rows.position(rule)?.checked_sub(self.first)?;
        (at < self.room.rows()).then_some(AXIS + at as f32 * ROW)
    }

    /// Where a day begins, within the plot.
    fn x(&self, day: Date) -> f32 {
        (self.room.plot.x + self.scale.x(day)).clamp(self.room.plot.x, self.room.plot.right())
    }

    /// Where a last day ends, within the plot; its right edge where there is none.
    fn end(&self, day: Option<Date>) -> f32 {
        let plot = self.room.plot;
        day.map_or(plot.right(), |day| (plot.x + self.scale.end(day)).clamp(plot.x, plot.right()))
    }

    /// Whether days are in sight.
    fn sees(&self, (from, to): (Date, Option<Date>)) -> bool {
        let plot = self.room.plot;
        let begin = plot.x + self.scale.x(from);
        let end = to.map_or(f32::MAX, |to| plot.x + self.scale.end(to));
        begin < plot.right() && end > plot.x
    }

    /// The dates of a bar, as they are being moved.
    fn dates(&self, rule: Priority, own: Validity) -> Validity {
        self.moved.iter().find(|(moved, _)| *moved == rule).map_or(own, |(_, dates)| *dates)
    }

    pub fn draw(&self) -> Drawing {
        let about = self.scene.t.timeline.title;
        let picture = Picture::new(self.room.size, about);
        let mut drawing = Drawing { picture, spots: Vec::new(), targets: Vec::new(), ring: None };
        axis::draw(self, &mut drawing);
        for (at, top) in self.in_sight() {
            match &self.rows.all[at] {
                Row::Heading(group, count) => names::heading(self, group, *count, top, &mut drawing),
                Row::Bar(bar) => {
                    let is_line_above = self.grouping == Grouping::Value && bar.begins_value && at > self.first;
                    if is_line_above {
                        let line = Bounds::new(0.0, top, self.room.plot.right(), 1.0);
                        drawing.picture.rectangle(line, Tone::Line.at(0.7));
                    }
                    names::draw(self, bar, top, &mut drawing);
                    bars::draw(self, bar, top, &mut drawing);
                }
            }
        }
        marks::days(self, &mut drawing);
        for (at, top) in self.in_sight() {
            if let Row::Bar(bar) = &self.rows.all[at] {
                marks::handovers(self, bar, top, &mut drawing);
                bars::ends(self, bar, top, &mut drawing);
            }
        }
        marks::track(self, &mut drawing);
        legend::draw(self, &mut drawing);
        drawing
    }
}
