//! Where the arrow keys lead in a picture.

use iced::keyboard::Key;
use iced::keyboard::key::Named;

use super::spot::Spot;

/// How much a step aside counts beside a step ahead.
const ASIDE: f32 = 2.5;

/// The spot that a key leads to from another; `None` where it leads nowhere, or is no such key.
pub(super) fn next(spots: &[Spot], from: usize, key: &Key) -> Option<usize> {
    let reached = || spots.iter().enumerate().filter(|(_, spot)| spot.is_reached_by_keys);
    let (x, y) = match key {
        Key::Named(Named::ArrowLeft) => (-1.0, 0.0),
        Key::Named(Named::ArrowRight) => (1.0, 0.0),
        Key::Named(Named::ArrowUp) => (0.0, -1.0),
        Key::Named(Named::ArrowDown) => (0.0, 1.0),
        Key::Named(Named::Home) => return reached().next().map(|(at, _)| at),
        Key::Named(Named::End) => return reached().next_back().map(|(at, _)| at),
        _ => return None,
    };
    let here = spots.get(from)?.bounds.middle();
    let distance = |spot: &Spot| {
        let there = spot.bounds.middle();
        let (right, down) = (there.x - here.x, there.y - here.y);
        let (ahead, aside) = (right * x + down * y, (right * y).abs() + (down * x).abs());
        (ahead > 0.5).then_some(ahead + aside * ASIDE)
    };
    let near = reached().filter_map(|(at, spot)| Some((at, distance(spot)?)));
    near.min_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(at, _)| at)
}

/// The spot that a key begins at where the keys are at none yet: End at the last one, the others at the first.
pub(super) fn begin(spots: &[Spot], key: &Key) -> Option<usize> {
    match key {
        Key::Named(Named::End) => spots.iter().rposition(|spot| spot.is_reached_by_keys),
        Key::Named(Named::Home | Named::ArrowLeft | Named::ArrowRight | Named::ArrowUp | Named::ArrowDown) => {
            spots.iter().position(|spot| spot.is_reached_by_keys)
        }
        _ => None,
    }
}
