use super::geometry::Point;
use super::outline::{Outline, Step, on_curve};

/// The width of a stripe, and of the space between two, along the band.
const STRIPE: f32 = 7.0;
/// How far the lower end of a stripe lies behind its upper one, as a share of the band's thickness.
const SLANT: f32 = 0.7;
/// A band has at most so many stripes: wider ones where it is longer.
const MOST_STRIPES: f32 = 500.0;
/// Each edge of a stripe is drawn in so many pieces.
const PIECES: u8 = 3;
/// So many halvings of a band's length come to less than a pixel of it.
const HALVINGS: u8 = 14;

/// Where a band begins or ends: an upright edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct End {
    /// The edge's place from the left.
    pub x: f32,
    /// Its upper end.
    pub top: f32,
    /// Its height.
    pub thickness: f32,
}

/// What flows from one upright edge to another further right. It leaves and arrives level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// On the left.
    pub from: End,
    /// On the right.
    pub to: End,
}

impl Band {
    /// The curve along the upper edge, or along the lower one.
    fn edge(&self, is_lower: bool) -> [Point; 4] {
        let middle = f32::midpoint(self.from.x, self.to.x);
        let y = |end: End| if is_lower { end.top + end.thickness } else { end.top };
        let (from, to) = (y(self.from), y(self.to));
        [Point::new(self.from.x, from), Point::new(middle, from), Point::new(middle, to), Point::new(self.to.x, to)]
    }

    /// The area of the band.
    #[must_use]
    pub fn outline(&self) -> Outline {
        let [begin, one, other, end] = self.edge(false);
        let [home, last, first, turn] = self.edge(true);
        let way = Step::Curve(one, other, end);
        Outline::new(vec![Step::Move(begin), way, Step::Line(turn), Step::Curve(first, last, home), Step::Close])
    }

    /// The place so far along the band from its left end, and so far down in it, each as a share from 0 to 1.
    #[must_use]
    pub fn place(&self, along: f32, down: f32) -> Point {
        let share = share_at(along.clamp(0.0, 1.0));
        let (above, below) = (on_curve(self.edge(false), share), on_curve(self.edge(true), share));
        Point::new(above.x, above.y + (below.y - above.y) * down)
    }

    /// A line along it, so far down in it, as a share of its thickness from 0 to 1.
    #[must_use]
    pub fn line(&self, down: f32) -> Outline {
        let (above, below) = (self.edge(false), self.edge(true));
        let point = |at: usize| Point::new(above[at].x, above[at].y + (below[at].y - above[at].y) * down);
        Outline::new(vec![Step::Move(point(0)), Step::Curve(point(1), point(2), point(3))])
    }

    /// Slanting stripes over the band, as one outline. They are evenly wide however the band winds, and end where it does.
    #[must_use]
    pub fn stripes(&self) -> Outline {
        let length = (self.to.x - self.from.x).max(1.0);
        let thickness = self.from.thickness.max(self.to.thickness);
        let slant = if thickness.is_finite() { thickness.max(0.0) * SLANT / length } else { 0.0 };
        let stripe = (STRIPE / length).max((1.0 + slant) / (2.0 * MOST_STRIPES));
        let mut steps = Vec::new();
        let mut begin = 0.0;
        while begin < 1.0 + slant {
            let end = begin + stripe;
            // How far along the band, and how far down in it.
            let corners = [(begin, 0.0), (end, 0.0), (end - slant, 1.0), (begin - slant, 1.0)];
            let points = within(&within(&corners, |along| along), |along| 1.0 - along);
            if points.len() > 2 {
                let next = points.iter().cycle().skip(1);
                let edge = points.iter().zip(next).flat_map(|(from, to)| pieces(*from, *to));
                let place = |(along, down): (f32, f32)| self.place(along, down);
                steps.extend_from_slice(Outline::polygon(edge.map(place)).steps());
            }
            begin += 2.0 * stripe;
        }
        Outline::new(steps)
    }
}

/// The part of a polygon in which that is not negative for how far along the band it is.
fn within(corners: &[(f32, f32)], inside: impl Fn(f32) -> f32) -> Vec<(f32, f32)> {
    let mut kept = Vec::new();
    for (at, to) in corners.iter().enumerate() {
        let from = corners[(at + corners.len() - 1) % corners.len()];
        let (before, after) = (inside(from.0), inside(to.0));
        if (before < 0.0) != (after < 0.0) {
            let share = before / (before - after);
            kept.push((from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share));
        }
        if after >= 0.0 {
            kept.push(*to);
        }
    }
    kept
}

/// The beginnings of the pieces of a line.
fn pieces(from: (f32, f32), to: (f32, f32)) -> impl Iterator<Item = (f32, f32)> {
    (0..PIECES).map(move |piece| {
        let share = f32::from(piece) / f32::from(PIECES);
        (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
    })
}

/// How far along its curve an edge is at a share of its length from left to right: its control points lie above and below the
/// middle, so that it is slower there.
fn share_at(along: f32) -> f32 {
    let (mut low, mut high) = (0.0_f32, 1.0_f32);
    for _ in 0..HALVINGS {
        let middle = f32::midpoint(low, high);
        let there = middle * (1.5 - 1.5 * middle + middle * middle);
        if there < along { low = middle } else { high = middle }
    }
    f32::midpoint(low, high)
}
