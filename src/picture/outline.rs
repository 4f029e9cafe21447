use super::geometry::{Bounds, Point};

/// How far the control points of a quarter circle are from its ends, as a share of its radius.
const QUARTER: f32 = 0.552_284_8;
/// Into how many straight lines a curve is taken apart.
const LINES: u8 = 16;

/// A step of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Begin anew at a point.
    Move(Point),
    /// A straight line to a point.
    Line(Point),
    /// A curve to the last point, by two control points.
    Curve(Point, Point, Point),
    /// A straight line back to where it began.
    Close,
}

/// The edge of an area, or the course of a line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outline {
    steps: Vec<Step>,
}

impl Outline {
    /// The steps, of which the first is a [`Step::Move`].
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// An outline of these steps.
    #[must_use]
    pub fn new(steps: Vec<Step>) -> Self {
        Self { steps }
    }

    /// Straight lines from point to point.
    #[must_use]
    pub fn line(points: impl IntoIterator<Item = Point>) -> Self {
        let steps = points.into_iter().enumerate();
        Self { steps: steps.map(|(at, point)| if at == 0 { Step::Move(point) } else { Step::Line(point) }).collect() }
    }

    /// The area within straight lines from point to point.
    #[must_use]
    pub fn polygon(points: impl IntoIterator<Item = Point>) -> Self {
        let mut outline = Self::line(points);
        outline.steps.push(Step::Close);
        outline
    }

    /// A rectangle.
    #[must_use]
    pub fn rectangle(bounds: Bounds) -> Self {
        let (right, bottom) = (bounds.right(), bounds.bottom());
        Self::polygon([
            Point::new(bounds.x, bounds.y),
            Point::new(right, bounds.y),
            Point::new(right, bottom),
            Point::new(bounds.x, bottom),
        ])
    }

    /// Several rectangles, none of which lies over another.
    #[must_use]
    pub fn rectangles(all: impl IntoIterator<Item = Bounds>) -> Self {
        Self { steps: all.into_iter().flat_map(|bounds| Self::rectangle(bounds).steps).collect() }
    }

    /// The same elsewhere: so far to the right and down.
    #[must_use]
    pub fn moved(&self, by: Point) -> Self {
        let to = |point: Point| Point::new(point.x + by.x, point.y + by.y);
        let step = |step: &Step| match *step {
            Step::Move(point) => Step::Move(to(point)),
            Step::Line(point) => Step::Line(to(point)),
            Step::Curve(one, other, point) => Step::Curve(to(one), to(other), to(point)),
            Step::Close => Step::Close,
        };
        Self { steps: self.steps.iter().map(step).collect() }
    }

    /// Whether it can be drawn: every point is a place, and none is farther away than any picture is large.
    pub(crate) fn is_drawable(&self) -> bool {
        self.steps.iter().all(|step| match step {
            Step::Move(to) | Step::Line(to) => to.is_drawable(),
            Step::Curve(one, other, to) => [one, other, to].into_iter().all(|point| point.is_drawable()),
            Step::Close => true,
        })
    }

    /// A rectangle with rounded corners of that radius, or of half its shorter side where that is less.
    #[must_use]
    pub fn rounded(bounds: Bounds, radius: f32) -> Self {
        let radius = radius.min(bounds.width / 2.0).min(bounds.height / 2.0);
        if radius <= 0.0 {
            return Self::rectangle(bounds);
        }
        let (left, top, right, bottom) = (bounds.x, bounds.y, bounds.right(), bounds.bottom());
        let near = radius * (1.0 - QUARTER);
        let point = Point::new;
        Self::new(vec![
            Step::Move(point(left + radius, top)),
            Step::Line(point(right - radius, top)),
            Step::Curve(point(right - near, top), point(right, top + near), point(right, top + radius)),
            Step::Line(point(right, bottom - radius)),
            Step::Curve(point(right, bottom - near), point(right - near, bottom), point(right - radius, bottom)),
            Step::Line(point(left + radius, bottom)),
            Step::Curve(point(left + near, bottom), point(left, bottom - near), point(left, bottom - radius)),
            Step::Line(point(left, top + radius)),
            Step::Curve(point(left, top + near), point(left + near, top), point(left + radius, top)),
            Step::Close,
        ])
    }

    /// Whether a point is in the area, where lines that are not closed are taken as closed.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        let mut is_inside = false;
        self.for_each_line(|from, to| {
            let is_crossed = (from.y > point.y) != (to.y > point.y);
            if is_crossed && point.x < (to.x - from.x) * (point.y - from.y) / (to.y - from.y) + from.x {
                is_inside = !is_inside;
            }
        });
        is_inside
    }

    fn for_each_line(&self, mut see: impl FnMut(Point, Point)) {
        let (mut begin, mut at) = (Point::default(), Point::default());
        for step in &self.steps {
            match *step {
                Step::Move(to) => {
                    see(at, begin);
                    (begin, at) = (to, to);
                }
                Step::Line(to) => {
                    see(at, to);
                    at = to;
                }
                Step::Curve(one, other, to) => {
                    let from = at;
                    for line in 1..=LINES {
                        let next = on_curve([from, one, other, to], f32::from(line) / f32::from(LINES));
                        see(at, next);
                        at = next;
                    }
                }
                Step::Close => {
                    see(at, begin);
                    at = begin;
                }
            }
        }
        see(at, begin);
    }
}

/// The point at a share of the way along a curve.
pub(super) fn on_curve([from, one, other, to]: [Point; 4], share: f32) -> Point {
    let rest = 1.0 - share;
    let weights = [rest.powi(3), 3.0 * rest * rest * share, 3.0 * rest * share * share, share.powi(3)];
    let sum = |of: fn(Point) -> f32| {
        [from, one, other, to].into_iter().zip(weights).map(|(point, weight)| of(point) * weight).sum()
    };
    Point::new(sum(|point| point.x), sum(|point| point.y))
}
