use super::band::Band;
use super::geometry::Point;

/// A band is followed by so many straight pieces.
const PIECES: u8 = 24;

/// A way from the left to the right that can be followed at an even speed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Way {
    /// Each further right than the one before it, or as far.
    points: Vec<Point>,
}

impl Way {
    /// Goes on along a band, so far down in it, as a share of its thickness from 0 to 1. From where the way has come to so far it
    /// goes straight to the beginning of the band.
    pub fn follow(&mut self, band: &Band, down: f32) {
        let share = |piece: u8| f32::from(piece) / f32::from(PIECES);
        self.points.extend((0..=PIECES).map(|piece| band.place(share(piece), down)));
    }

    /// The place at a share of the way from 0 to 1, by how far it is to the right; `None` where there is no way.
    #[must_use]
    pub fn at(&self, share: f32) -> Option<Point> {
        let (first, last) = (self.points.first()?, self.points.last()?);
        let x = first.x + (last.x - first.x) * share.clamp(0.0, 1.0);
        let next = self.points.partition_point(|point| point.x < x).clamp(1, self.points.len().max(2) - 1);
        let (Some(from), Some(to)) = (self.points.get(next - 1), self.points.get(next)) else { return Some(*first) };
        let length = to.x - from.x;
        let part = if length > 0.0 { ((x - from.x) / length).clamp(0.0, 1.0) } else { 1.0 };
        Some(Point::new(x, from.y + (to.y - from.y) * part))
    }

    /// Where it ends; `None` where there is no way.
    #[must_use]
    pub fn end(&self) -> Option<Point> {
        self.points.last().copied()
    }
}
