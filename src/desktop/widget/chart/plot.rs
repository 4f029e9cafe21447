//! Where on a chart its columns are.

use iced::{Point, Rectangle};

/// The room for the numbers left of the grid, for the labels below it, and above it.
const LEFT: f32 = 46.0;
const BELOW: f32 = 22.0;
pub(super) const ABOVE: f32 = 8.0;

/// The part of a chart within the numbers and labels.
pub(super) fn plot_in(bounds: Rectangle) -> Rectangle {
    Rectangle {
        x: bounds.x + LEFT,
        y: bounds.y + ABOVE,
        width: (bounds.width - LEFT).max(1.0),
        height: (bounds.height - ABOVE - BELOW).max(1.0),
    }
}

/// The area of the column of that index, over the full height of the plot.
#[expect(clippy::cast_precision_loss, reason = "there are few columns")]
pub(super) fn column(plot: Rectangle, at: usize, count: usize) -> Rectangle {
    let pitch = plot.width / count.max(1) as f32;
    Rectangle { x: plot.x + pitch * at as f32, width: pitch, ..plot }
}

/// The index of the column at a point of a chart.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies within the plot")]
pub(super) fn column_at(bounds: Rectangle, position: Point, count: usize) -> Option<usize> {
    let plot = plot_in(bounds);
    let at = ((position.x - plot.x) / column(plot, 0, count).width).floor();
    (at >= 0.0 && bounds.contains(position)).then_some(at as usize).filter(|at| *at < count)
}
