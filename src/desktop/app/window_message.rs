use iced::window::Id;
use iced::{Point, Size};

/// What happens to the window itself.
#[derive(Debug, Clone, Copy)]
pub enum WindowMessage {
    /// It is there, but not shown yet.
    Opened(Id),
    /// It was moved; its corner, in logical pixels.
    Moved(Id, Point),
    /// It was resized, in logical pixels.
    Resized(Id, Size),
    /// It came to a screen on which the system enlarges things otherwise.
    Rescaled(Id),
    /// What the system knows of it and of its screen.
    Seen {
        /// The window.
        id: Id,
        /// What the system enlarges everything by.
        scale: f32,
        /// The size of the screen in logical pixels; `None` where the system does not say.
        size: Option<Size>,
        /// Whether the window takes all of the screen.
        is_maximized: bool,
    },
}
