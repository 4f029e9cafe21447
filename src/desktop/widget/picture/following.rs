//! What a picture in the window follows, whatever people can do in it: the focus, and the mouse.

use std::cell::RefCell;
use std::sync::Arc;

use iced::advanced::mouse;
use iced::{Point, Rectangle, Renderer, Theme};

use super::drawing::Drawn;
use super::spot::{Spot, spot_at};
use crate::desktop::widget::focusable::{FocusState, draw_ring};
use crate::desktop::widget::pointing::{Moved, Pointing};
use crate::picture::Picture;

/// The state of a picture; `Of` is what the mouse can hold.
pub(super) struct Following<Of> {
    pub focus: FocusState,
    /// Where the mouse is, and the spot that it is on.
    pub mouse: Pointing<usize>,
    pub held: Option<Held<Of>>,
    drawn: RefCell<Drawn>,
}

/// The mouse button is down since it was pressed there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held<Of> {
    pub of: Of,
    pub from: Point,
    /// Whether the mouse has moved far enough since, and not only trembled.
    pub is_dragged: bool,
}

impl<Of> Default for Following<Of> {
    fn default() -> Self {
        Self { focus: FocusState::default(), mouse: Pointing::default(), held: None, drawn: RefCell::default() }
    }
}

impl<Of> Following<Of> {
    /// The spot that the mouse is on.
    pub fn spot(&self) -> Option<usize> {
        self.mouse.on()
    }

    /// Follows the mouse, as far as it is over what is in sight; `None` if it has not moved.
    pub fn follow(
        &mut self,
        spots: &[Spot],
        cursor: mouse::Cursor,
        bounds: Rectangle,
        viewport: &Rectangle,
    ) -> Option<Moved<usize>> {
        self.mouse.follow(cursor, bounds, viewport, |place| spot_at(spots, place, bounds.position()))
    }

    /// Draws the picture in its bounds, and returns what of them is in sight; `None` if nothing is.
    pub fn draw(
        &self,
        picture: &Arc<Picture>,
        renderer: &mut Renderer,
        theme: &Theme,
        bounds: Rectangle,
        viewport: &Rectangle,
    ) -> Option<Rectangle> {
        let in_sight = bounds.intersection(viewport)?;
        self.drawn.borrow_mut().draw(picture, renderer, theme, bounds.position(), in_sight);
        Some(in_sight)
    }

    /// Draws its words one by one from now on, or not: a redraw then takes half of the time, and they stand some hundredths of a pixel
    /// elsewhere.
    pub fn draw_by_word(&mut self, is_by_word: bool) {
        self.drawn.get_mut().is_by_word = is_by_word;
    }

    /// Draws the ring around what the keys are at, if they are in the picture.
    pub fn draw_ring(&self, renderer: &mut Renderer, theme: &Theme, place: Rectangle, viewport: &Rectangle) {
        if self.focus.has_ring() {
            draw_ring(renderer, theme, place, viewport);
        }
    }
}

impl<Of> Held<Of> {
    pub fn new(of: Of, from: Point) -> Self {
        Self { of, from, is_dragged: false }
    }

    /// The mouse is at that place: from `far` on, the press is a drag.
    pub fn follow(&mut self, place: Point, far: f32) {
        self.is_dragged |= self.from.distance(place) > far;
    }
}
