use super::geometry::Point;
use super::outline::{Outline, Step, on_curve};

/// The width of a stripe, and of the space between two, along the band.
const STRIPE: f32 = 7.0;
/// How far the lower end of a stripe lies behind its upper one, as a share of the band's thickness.
const SLANT: f32 = 0.7;
/// The edge of a stripe is drawn in so many pieces.
const PIECES: u8 = 3;

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
        let [a, b, c, d] = self.edge(false);
        let [e, f, g, h] = self.edge(true);
        Outline::new(vec![Step::Move(a), Step::Curve(b, c, d), Step::Line(h), Step::Curve(g, f, e), Step::Close])
    }

    /// Slanting stripes over the band, as one outline.
    #[must_use]
    pub fn stripes(&self) -> Outline {
        let (upper, lower) = (self.edge(false), self.edge(true));
        let length = (self.to.x - self.from.x).max(1.0);
        let thickness = self.from.thickness.max(self.to.thickness);
        let (stripe, slant) = (STRIPE / length, (thickness * SLANT).min(60.0) / length);
        let mut steps = Vec::new();
        let mut begin = 0.0;
        while begin < 1.0 + slant {
            let share = |piece: u8, behind: f32| {
                (begin - behind + stripe * f32::from(piece) / f32::from(PIECES)).clamp(0.0, 1.0)
            };
            let above = (0..=PIECES).map(|piece| on_curve(upper, share(piece, 0.0)));
            let below = (0..=PIECES).rev().map(|piece| on_curve(lower, share(piece, slant)));
            steps.extend_from_slice(Outline::polygon(above.chain(below)).steps());
            begin += 2.0 * stripe;
        }
        Outline::new(steps)
    }
}
