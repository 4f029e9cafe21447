//! Moments that are marked on a chart, such as publications.

use super::super::picture::Tip;
use super::plot::label;
use crate::picture::{Bounds, Outline, Picture, Tone, width};

/// The length of the dashes of a mark's line, and of the gaps between them.
const DASH: f32 = 3.0;
/// The space between the line and its number.
const GAP: f32 = 3.0;

/// A moment that is marked on a chart.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::desktop) struct ChartMark {
    /// How far along the chart: 0 at its beginning, 1 at its end.
    pub along: f32,
    /// What stands at the line.
    pub number: String,
    /// The same in words, for who points there.
    pub words: String,
}

/// A tip, with the words of the marks within its column.
#[expect(clippy::cast_precision_loss, reason = "there are few columns")]
pub(super) fn with_marks(mut tip: Tip, marks: &[ChartMark], at: usize, count: usize) -> Tip {
    let (from, to) = (at as f32 / count.max(1) as f32, (at + 1) as f32 / count.max(1) as f32);
    tip.notes.extend(marks.iter().filter(|mark| (from..to).contains(&mark.along)).map(|mark| mark.words.clone()));
    tip
}

/// Draws a dashed line for each, with its number where there is room for it.
pub(super) fn draw_marks(picture: &mut Picture, plot: Bounds, marks: &[ChartMark]) {
    let mut written_to = plot.x;
    for mark in marks {
        let x = (plot.x + mark.along * plot.width).round().min(plot.right() - 1.0);
        let tops = std::iter::successors(Some(plot.y), |top| Some(top + 2.0 * DASH)).take_while(|y| *y < plot.bottom());
        let dashes = tops.map(|top| Bounds::new(x, top, 1.0, DASH.min(plot.bottom() - top)));
        picture.fill(Outline::rectangles(dashes), Tone::Text);
        let style = label(Tone::Text);
        let needed = width(&mark.number, style.size, style.is_bold);
        let left = if x + GAP + needed <= plot.right() { x + GAP } else { x - GAP - needed };
        if left >= written_to {
            picture.write(&mark.number, (left, plot.y), f32::INFINITY, style);
            written_to = left + needed + GAP;
        }
    }
}
