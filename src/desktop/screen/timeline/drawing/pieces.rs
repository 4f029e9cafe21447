//! What bars are drawn with.

use crate::picture::{Bounds, Ink, Outline, Picture, Point, Step};

/// The distance between the lines of a hatching.
const HATCH: f32 = 6.0;
/// The most lines of one.
const MOST_LINES: usize = 600;
/// The length of an arrow's head.
const HEAD: f32 = 7.0;

/// Slanting lines over a rectangle, none of which leaves it.
pub(super) fn hatch(picture: &mut Picture, place: Bounds, ink: Ink) {
    let mut steps = Vec::new();
    let mut x = place.x - place.height + HATCH / 2.0;
    while x < place.right() && steps.len() < 2 * MOST_LINES {
        // From below on the left to above on the right.
        let (left, right) = (x.max(place.x), (x + place.height).min(place.right()));
        if right > left {
            steps.push(Step::Move(Point::new(left, place.bottom() - (left - x))));
            steps.push(Step::Line(Point::new(right, place.bottom() - (right - x))));
        }
        x += HATCH;
    }
    if !steps.is_empty() {
        picture.draw(Outline::new(steps), ink, 1.2);
    }
}

/// The head of an arrow to the right, which fills the right end of a rectangle.
pub(super) fn arrow_head(place: Bounds) -> Outline {
    let back = (place.right() - HEAD).max(place.x);
    Outline::polygon([
        Point::new(back, place.y),
        Point::new(place.right(), place.middle().y),
        Point::new(back, place.bottom()),
    ])
}

/// A rectangle whose right end makes room for an arrow's head.
pub(super) fn before_head(place: Bounds) -> Bounds {
    Bounds { width: (place.width - HEAD).max(0.0), ..place }
}

/// A ring with a ground.
pub(super) fn ring(picture: &mut Picture, middle: Point, radius: f32, (ground, line): (Ink, Ink)) {
    let place = Bounds::new(middle.x - radius, middle.y - radius, 2.0 * radius, 2.0 * radius);
    picture.fill(Outline::rounded(place, radius), ground);
    picture.draw(Outline::rounded(place, radius), line, 1.6);
}
