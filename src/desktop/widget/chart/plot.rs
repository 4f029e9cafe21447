//! Where on a chart its columns are, and what is written around them.

use super::super::picture::Spot;
use crate::picture::{Anchor, Bounds, Picture, Size, Tone, WordStyle};

/// The room for the numbers left of the grid, for the labels below it, and above it.
const LEFT: f32 = 46.0;
const BELOW: f32 = 22.0;
pub(super) const ABOVE: f32 = 8.0;
const LABEL: f32 = 12.0;

/// The part of a chart of that size within the numbers and labels.
pub(super) fn plot_in(size: Size) -> Bounds {
    let (width, height) = ((size.width - LEFT).max(1.0), (size.height - ABOVE - BELOW).max(1.0));
    Bounds::new(LEFT, ABOVE, width, height)
}

/// The area of the column of that index, over the full height of the plot.
#[expect(clippy::cast_precision_loss, reason = "there are few columns")]
pub(super) fn column(plot: Bounds, at: usize, count: usize) -> Bounds {
    let pitch = plot.width / count.max(1) as f32;
    Bounds { x: plot.x + pitch * at as f32, width: pitch, ..plot }
}

pub(super) fn label(tone: Tone) -> WordStyle {
    WordStyle::new(LABEL, tone)
}

/// Draws a line of the grid with its number before it.
pub(super) fn draw_grid_line(picture: &mut Picture, plot: Bounds, y: f32, number: &str, is_lowest: bool) {
    let tone = if is_lowest { Tone::StrongLine } else { Tone::Line };
    picture.rectangle(Bounds { y, height: 1.0, ..plot }, tone);
    let style = label(Tone::Muted).anchored(Anchor::End);
    picture.write_at_height(number, (plot.x - 8.0, y), f32::INFINITY, style);
}

/// Draws what stands below a column, with a line where it begins.
pub(super) fn draw_label(picture: &mut Picture, plot: Bounds, column: Bounds, words: &str) {
    let (left, below) = (column.x.round(), plot.bottom());
    picture.rectangle(Bounds::new(left, below, 1.0, 5.0), Tone::StrongLine);
    picture.write(words, (left + 4.0, below + 4.0), f32::INFINITY, label(Tone::Muted));
}

/// A spot for each column, which says what stands below it.
pub(super) fn columns<'a>(
    size: Size,
    labels: impl ExactSizeIterator<Item = Option<&'a String>>,
    is_pressed: impl Fn(usize) -> bool,
) -> Vec<Spot> {
    let (plot, count) = (plot_in(size), labels.len());
    let spot = |(at, label): (usize, Option<&String>)| Spot {
        is_pressed: is_pressed(at),
        ..Spot::new(column(plot, at, count), label.cloned().into_iter().collect())
    };
    labels.enumerate().map(spot).collect()
}
