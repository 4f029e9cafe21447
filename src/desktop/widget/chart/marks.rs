//! Moments that are marked on a chart, such as publications.

use iced::{Point, Rectangle, Renderer, Theme};

use super::look::quad;
use super::words::words;
use crate::desktop::theme;

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

/// The words of the marks within a column.
#[expect(clippy::cast_precision_loss, reason = "there are few columns")]
pub(super) fn marks_of(marks: &[ChartMark], at: usize, count: usize) -> Vec<String> {
    let (from, to) = (at as f32 / count.max(1) as f32, (at + 1) as f32 / count.max(1) as f32);
    marks.iter().filter(|mark| (from..to).contains(&mark.along)).map(|mark| mark.words.clone()).collect()
}

/// Draws a dashed line for each, with its number where there is room for it.
pub(super) fn draw_marks(
    renderer: &mut Renderer,
    theme: &Theme,
    plot: Rectangle,
    marks: &[ChartMark],
    clip: Rectangle,
) {
    let colours = theme::colours(theme);
    let mut written_to = plot.x;
    for mark in marks {
        let x = (plot.x + mark.along * plot.width).round().min(plot.x + plot.width - 1.0);
        let mut y = plot.y;
        while y < plot.y + plot.height {
            quad(renderer, Rectangle { x, y, width: 1.0, height: DASH.min(plot.y + plot.height - y) }, colours.ink);
            y += 2.0 * DASH;
        }
        let number = words(&mark.number, colours.ink);
        let width = number.size().width;
        let is_right = x + GAP + width <= plot.x + plot.width;
        let left = if is_right { x + GAP } else { x - GAP - width };
        if left >= written_to {
            number.write(renderer, Point::new(left, plot.y), clip);
            written_to = left + width + GAP;
        }
    }
}
