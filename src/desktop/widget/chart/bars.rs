use std::sync::Arc;

use super::super::picture::{PictureView, Spot, Tip, picture_view_of};
use super::marks::{ChartMark, draw_marks, with_marks};
use super::plot::{ABOVE, column, columns, draw_grid_line, draw_label, plot_in};
use crate::picture::{Bounds, Look, Picture, Size, Tone};

/// The height of a part that is not zero, at least: one message among thousands must be seen too.
const MIN_HEIGHT: f32 = 3.0;
/// About how many grid lines are drawn.
const LINES: u64 = 4;

/// A bar of a chart.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct Bar {
    /// The counts of each kind, from the bottom up.
    pub counts: Vec<u64>,
    /// The words below it.
    pub label: Option<String>,
}

/// A chart of stacked bars.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct BarChart {
    /// Of the parts of each bar, from the bottom up.
    pub looks: &'static [Look],
    pub bars: Vec<Bar>,
    /// How a count is written.
    pub number: fn(u64) -> String,
    /// Moments that are marked on it.
    pub marks: Vec<ChartMark>,
    pub height: f32,
}

/// The highest grid line, and the distance between lines: 1, 2 or 5 times a power of ten.
fn scale(most: u64) -> (u64, u64) {
    let mut ten: u64 = 1;
    loop {
        for step in [ten, ten.saturating_mul(2), ten.saturating_mul(5)] {
            if step.saturating_mul(LINES) >= most {
                return (most.div_ceil(step).max(1).saturating_mul(step), step);
            }
        }
        ten = ten.saturating_mul(10);
    }
}

/// The height of a count, where `most` fills the room.
#[expect(clippy::cast_precision_loss, reason = "a bar is not so high that it matters")]
pub(super) fn height(count: u64, most: u64, room: f32) -> f32 {
    if most == 0 { 0.0 } else { count as f32 / most as f32 * room }
}

impl BarChart {
    /// The chart in that width; the bar that is pointed at stands out.
    pub fn lay_out(&self, width: f32, pointed_at: Option<usize>) -> Picture {
        let mut picture = Picture::new(Size::new(width, self.height), "");
        let plot = plot_in(picture.size);
        if let Some(at) = pointed_at.filter(|at| *at < self.bars.len()) {
            picture.rectangle(column(plot, at, self.bars.len()), Tone::Chosen);
        }
        let sum = |bar: &Bar| bar.counts.iter().fold(0, |sum: u64, count| sum.saturating_add(*count));
        let (top, step) = scale(self.bars.iter().map(sum).max().unwrap_or_default());
        for line in 0..=top / step {
            let count = line * step;
            let y = (plot.bottom() - height(count, top, plot.height)).round();
            draw_grid_line(&mut picture, plot, y, &(self.number)(count), count == 0);
        }
        for (at, bar) in self.bars.iter().enumerate() {
            self.draw_bar(&mut picture, plot, column(plot, at, self.bars.len()), (bar, top));
        }
        draw_marks(&mut picture, plot, &self.marks);
        picture
    }

    fn draw_bar(&self, picture: &mut Picture, plot: Bounds, column: Bounds, (bar, top): (&Bar, u64)) {
        let gap = (column.width * 0.22).clamp(1.0, 10.0);
        let (left, right) = ((column.x + gap / 2.0).round(), (column.right() - gap / 2.0).round());
        let mut bottom = plot.bottom();
        for (count, look) in bar.counts.iter().zip(self.looks).filter(|(count, _)| **count > 0) {
            let high = height(*count, top, plot.height).max(MIN_HEIGHT).round().min(bottom - plot.y + ABOVE);
            bottom -= high;
            picture.fill_with(Bounds::new(left, bottom, (right - left).max(1.0), high), *look);
        }
        if let Some(label) = &bar.label {
            draw_label(picture, plot, column, label);
        }
    }

    fn spots(&self, width: f32) -> Vec<Spot> {
        let is_of_something = |at: usize| self.bars[at].counts.iter().any(|count| *count > 0);
        let labels = self.bars.iter().map(|bar| bar.label.as_ref());
        columns(Size::new(width, self.height), labels, is_of_something)
    }

    /// The chart as wide as the room for it. `tip` returns the words about the bar of that index; only bars that are not empty
    /// can be pressed.
    pub fn view<'a, Message: 'a>(self, tip: impl Fn(usize) -> Tip + 'a) -> PictureView<'a, Message> {
        let chart = Arc::new(self);
        let (height, laid_out) = (chart.height, Arc::clone(&chart));
        let lay_out = move |width, pointed_at| (Arc::new(laid_out.lay_out(width, pointed_at)), laid_out.spots(width));
        picture_view_of(height, lay_out).tips(move |at, _| with_marks(tip(at), &chart.marks, at, chart.bars.len()))
    }
}
