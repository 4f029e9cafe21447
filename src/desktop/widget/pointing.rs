//! What the mouse and fingers do, for widgets that draw themselves: a finger is a mouse with one button.

use iced::advanced::mouse;
use iced::{Event, Point, Rectangle, touch};

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
