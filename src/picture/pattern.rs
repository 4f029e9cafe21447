//! Patterns over a rectangle, which tell areas apart without colour.

use super::geometry::{Bounds, Point};
use super::outline::{Outline, Step};

/// A rectangle has at most so many lines or stripes: further apart, and wider, where it would need more.
const MOST: f32 = 4_000.0;

/// Slanting lines over a rectangle, that far from each other; to be drawn as a line.
#[must_use]
pub fn hatching(bounds: Bounds, gap: f32) -> Outline {
    let mut steps = Vec::new();
    for at in places(bounds, wide_enough(bounds, gap)) {
        let (from, to) = ends(bounds, at);
        steps.extend([Step::Move(from), Step::Line(to)]);
    }
    Outline::new(steps)
}

/// Every `of`th slanting stripe over a rectangle from the stripe with the number `first` on, each that wide; to be filled. The
/// stripes of all numbers below `of` cover the rectangle.
#[must_use]
pub fn stripes(bounds: Bounds, width: f32, first: usize, of: usize) -> Outline {
    let mut steps = Vec::new();
    let corners = [
        Point::new(bounds.x, bounds.y),
        Point::new(bounds.right(), bounds.y),
        Point::new(bounds.right(), bounds.bottom()),
        Point::new(bounds.x, bounds.bottom()),
    ];
    let begin = bounds.x + bounds.y;
    let width = wide_enough(bounds, width);
    for (_, at) in
        std::iter::once(begin).chain(places(bounds, width)).enumerate().filter(|(n, _)| n % of.max(1) == first)
    {
        let after = clipped(&corners, |point| point.x + point.y - at);
        let stripe = clipped(&after, |point| at + width - point.x - point.y);
        steps.extend_from_slice(Outline::polygon(stripe).steps());
    }
    Outline::new(steps)
}

/// A distance from line to line, or the least at which there are not too many of them.
fn wide_enough(bounds: Bounds, distance: f32) -> f32 {
    distance.max(2.0).max((bounds.width + bounds.height) / MOST)
}

/// Where slanting lines are, by the sum of x and y, which is the same along each.
fn places(bounds: Bounds, gap: f32) -> impl Iterator<Item = f32> {
    let (begin, end) = (bounds.x + bounds.y, bounds.right() + bounds.bottom());
    std::iter::successors(Some(begin + gap), move |at| Some(at + gap)).take_while(move |at| *at < end)
}

/// The ends of the slanting line with that sum of x and y.
fn ends(bounds: Bounds, at: f32) -> (Point, Point) {
    let left = (at - bounds.bottom()).max(bounds.x);
    let right = (at - bounds.y).min(bounds.right());
    (Point::new(left, at - left), Point::new(right, at - right))
}

/// The part of a convex area where `side` is not negative. `side` must be linear.
fn clipped(corners: &[Point], side: impl Fn(Point) -> f32) -> Vec<Point> {
    let mut kept = Vec::with_capacity(corners.len() + 1);
    for (at, from) in corners.iter().enumerate() {
        let to = corners[(at + 1) % corners.len()];
        let (here, there) = (side(*from), side(to));
        if here >= 0.0 {
            kept.push(*from);
        }
        if (here < 0.0) != (there < 0.0) {
            let share = here / (here - there);
            kept.push(Point::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share));
        }
    }
    kept
}
