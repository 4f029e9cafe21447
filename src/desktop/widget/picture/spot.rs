use iced::advanced::widget::Operation;
use iced::widget::Id;
use iced::{Point as Place, Rectangle};

use crate::picture::{Bounds, Outline, Point};

/// The id of everything that a picture says without drawing it.
const SAID: &str = "said";

/// Tells an operation what the spots of a picture say, whose upper left corner is there.
pub(super) fn tell(operation: &mut dyn Operation, spots: &[Spot], corner: Place) {
    let said = Id::new(SAID);
    for spot in spots {
        let place = placed(spot.bounds, corner);
        spot.words.iter().for_each(|words| operation.text(Some(&said), place, words));
    }
}

/// Where a rectangle of a picture is in the window, whose upper left corner is there.
pub(super) fn placed(Bounds { x, y, width, height }: Bounds, corner: Place) -> Rectangle {
    Rectangle { x: corner.x + x, y: corner.y + y, width, height }
}

/// The place in a picture, whose upper left corner is there, of one in the window.
pub(super) fn within(place: Place, corner: Place) -> Point {
    Point::new(place.x - corner.x, place.y - corner.y)
}

/// The spot at a place in the window: the uppermost, of several.
pub(super) fn spot_at(spots: &[Spot], place: Place, corner: Place) -> Option<usize> {
    let place = within(place, corner);
    spots.iter().rposition(|spot| spot.contains(place))
}

/// Tells an operation words about a picture, which has those bounds.
pub(in crate::desktop::widget) fn tell_about(operation: &mut dyn Operation, bounds: Rectangle, words: &str) {
    operation.text(Some(&Id::new(SAID)), bounds, words);
}

/// A part of a picture that can be pointed at.
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that can be done with it")]
#[derive(Debug, Clone, PartialEq)]
pub(in crate::desktop) struct Spot {
    /// Where it is: what the keys go by, and where the ring is drawn.
    pub bounds: Bounds,
    /// Where it is pointed at, if that is not all of its bounds.
    pub outline: Option<Outline>,
    /// What it says of itself, a line each; the first is its name.
    pub words: Vec<String>,
    /// Whether arrow keys lead to it.
    pub is_reached_by_keys: bool,
    /// Whether it can be pressed, with the mouse or by Enter.
    pub is_pressed: bool,
    /// Whether something can be dragged from it.
    pub is_dragged: bool,
    /// Whether something that is dragged can be dropped on it.
    pub is_target: bool,
}

impl Spot {
    /// A rectangle that keys reach and that can be pressed.
    pub fn new(bounds: Bounds, words: Vec<String>) -> Self {
        Self {
            bounds,
            outline: None,
            words,
            is_reached_by_keys: true,
            is_pressed: true,
            is_dragged: false,
            is_target: false,
        }
    }

    /// An area that only the mouse reaches.
    pub fn area(bounds: Bounds, outline: Outline, words: Vec<String>) -> Self {
        Self { outline: Some(outline), is_reached_by_keys: false, ..Self::new(bounds, words) }
    }

    /// Something that only says its words, at the place where they are written.
    pub fn said(bounds: Bounds, words: impl Into<String>) -> Self {
        Self { is_reached_by_keys: false, is_pressed: false, ..Self::new(bounds, vec![words.into()]) }
    }

    pub fn contains(&self, point: Point) -> bool {
        self.bounds.contains(point) && self.outline.as_ref().is_none_or(|outline| outline.contains(point))
    }
}
