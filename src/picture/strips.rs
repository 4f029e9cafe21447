//! Areas in proportion to numbers, in strips that are read as lines of text are.

use super::geometry::Bounds;

/// How many times as wide as high an area should be: words are wide.
const IDEAL: f32 = 1.7;
/// How much worse it is to be too narrow than to be too wide, as a power.
const NARROW: f32 = 1.25;
/// At most so many areas are in one strip.
const MOST_IN_A_STRIP: usize = 40;

/// Divides a rectangle into areas in proportion to the weights, and returns them in the same order: from left to right in
/// strips, and strip after strip downwards. Strips begin anew where that makes the areas the least oblong in all.
///
/// An area without weight is empty. Where no weight is more than 0, all are.
///
/// ```
/// use postfordeler::picture::{Bounds, strips};
///
/// let areas = strips(&[1.0, 1.0, 2.0], Bounds::new(0.0, 0.0, 200.0, 100.0));
/// assert_eq!(areas[2].width * areas[2].height, 10_000.0);
/// ```
#[must_use]
pub fn strips(weights: &[f32], bounds: Bounds) -> Vec<Bounds> {
    let is_some = |weight: f32| weight.is_finite() && weight > 0.0;
    let all: f32 = weights.iter().copied().filter(|weight| is_some(*weight)).sum();
    let mut areas = vec![Bounds::new(bounds.x, bounds.y, 0.0, 0.0); weights.len()];
    let size = bounds.width * bounds.height;
    if !is_some(all) || !is_some(size) {
        return areas;
    }
    let shown: Vec<(usize, f32)> = weights
        .iter()
        .enumerate()
        .filter(|(_, weight)| is_some(**weight))
        .map(|(at, weight)| (at, weight / all * size))
        .collect();
    let sizes: Vec<f32> = shown.iter().map(|(_, size)| *size).collect();
    let mut top = bounds.y;
    for (from, to) in lines(&sizes, bounds.width) {
        let height = sizes[from..to].iter().sum::<f32>() / bounds.width;
        let mut left = bounds.x;
        for (at, size) in &shown[from..to] {
            let width = size / height;
            areas[*at] = Bounds::new(left, top, width, height);
            left += width;
        }
        top += height;
    }
    areas
}

/// Where each strip begins and ends.
fn lines(sizes: &[f32], width: f32) -> Vec<(usize, usize)> {
    // For each number of areas, the least cost of placing so many, and where the last strip begins then.
    let mut least = vec![(0.0_f32, 0_usize); sizes.len() + 1];
    for end in 1..=sizes.len() {
        let begins = end.saturating_sub(MOST_IN_A_STRIP)..end;
        let costs = begins.map(|begin| (least[begin].0 + oblong(&sizes[begin..end], width), begin));
        least[end] = costs.min_by(|(one, _), (other, _)| one.total_cmp(other)).unwrap_or_default();
    }
    let mut lines = Vec::new();
    let mut end = sizes.len();
    while end > 0 {
        let begin = least[end].1;
        lines.push((begin, end));
        end = begin;
    }
    lines.reverse();
    lines
}

/// How far the areas of a strip are from the ideal, in all.
fn oblong(sizes: &[f32], width: f32) -> f32 {
    let height = sizes.iter().sum::<f32>() / width;
    let each = sizes.iter().map(|size| {
        let shape = size / height / height / IDEAL;
        shape.max(1.0 / shape).powf(if shape < 1.0 { NARROW } else { 1.0 })
    });
    each.sum()
}
