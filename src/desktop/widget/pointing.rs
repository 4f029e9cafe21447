//! What the mouse and fingers do, for widgets that draw themselves: a finger is a mouse with one button.

use iced::advanced::mouse;
use iced::{Event, Point, Rectangle, touch};

/// Where the mouse is in a widget, and what it is on there: `On` tells the widget's things apart.
#[derive(Debug)]
pub(super) struct Pointing<On> {
    mouse: Option<(Point, Option<On>)>,
}

/// The mouse is elsewhere, or on something else: what it was on, and what it is on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moved<On> {
    pub from: Option<On>,
    pub to: Option<On>,
}

impl<On> Default for Pointing<On> {
    fn default() -> Self {
        Self { mouse: None }
    }
}

impl<On: Copy + PartialEq> Pointing<On> {
    /// Follows the mouse, as far as it is over what is in sight; `None` if nothing has changed. `on` says what is at a place.
    pub fn follow(
        &mut self,
        cursor: mouse::Cursor,
        bounds: Rectangle,
        viewport: &Rectangle,
        on: impl FnOnce(Point) -> Option<On>,
    ) -> Option<Moved<On>> {
        let mouse = over(cursor, bounds, viewport).map(|place| (place, on(place)));
        let (before, from) = (self.mouse, self.on());
        self.mouse = mouse;
        (before != mouse).then(|| Moved { from, to: self.on() })
    }

    /// Where the mouse is, and what it is on.
    pub fn at(&self) -> Option<(Point, Option<On>)> {
        self.mouse
    }

    /// What the mouse is on.
    pub fn on(&self) -> Option<On> {
        self.mouse.and_then(|(_, on)| on)
    }
}

impl<On: PartialEq> Moved<On> {
    /// Whether it is on something else, and not only elsewhere on the same.
    pub fn is_to_another(&self) -> bool {
        self.from != self.to
    }
}

/// Whether the left button goes down, or a finger.
pub(super) fn is_press(event: &Event) -> bool {
    matches!(
        event,
        Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. })
    )
}

/// Whether the mouse moves, or a finger.
pub(super) fn is_move(event: &Event) -> bool {
    matches!(event, Event::Mouse(mouse::Event::CursorMoved { .. }) | Event::Touch(touch::Event::FingerMoved { .. }))
}

/// Whether the left button is released, or a finger lifted.
pub(super) fn is_release(event: &Event) -> bool {
    matches!(
        event,
        Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. } | touch::Event::FingerLost { .. })
    )
}

/// Where the mouse is, if it is over what is in sight of a widget.
pub(super) fn over(cursor: mouse::Cursor, bounds: Rectangle, viewport: &Rectangle) -> Option<Point> {
    cursor.position_over(bounds).filter(|position| viewport.contains(*position))
}
