//! Where the window is, and how large: it opens as it was closed, on a screen that there is now, and wholly visible; and
//! everything is enlarged no further than the screen has room for.

use std::sync::atomic::Ordering;

use iced::window as iced_window;
use iced::{Point, Size, Task};

use super::message::Message;
use super::opening::IS_OPEN;
use super::state::Desktop;
use super::window_message::WindowMessage;
use super::window_size::{self as window, ScreenFacts, size_to_save, visible_place};

impl Desktop {
    pub(super) fn update_window(&mut self, message: WindowMessage) -> Task<Message> {
        match message {
            WindowMessage::Opened(id) | WindowMessage::Rescaled(id) => look(id),
            WindowMessage::Moved(id, place) => {
                let scale = self.shared.screen.scale * self.scale_factor();
                #[expect(clippy::cast_possible_truncation, reason = "desktops are not that large")]
                let pixels = |at: f32| (at * scale).round() as i32;
                self.placing.moved_to = Some((pixels(place.x), pixels(place.y)));
                look(id)
            }
            WindowMessage::Resized(id, size) => {
                self.shared.size = size;
                look(id)
            }
            WindowMessage::Seen { id, scale, size, is_maximized } => {
                // The system gives the size of a screen as enlarged by the program as well.
                let size = size.map(|size| size * self.scale_factor());
                self.shared.screen = ScreenFacts { scale, size };
                IS_OPEN.store(true, Ordering::Relaxed);
                if !std::mem::replace(&mut self.placing.is_placed, true) {
                    return self.place(id);
                }
                let preferences = &mut self.shared.preferences;
                preferences.is_maximized = is_maximized;
                if !is_maximized {
                    preferences.window = Some(size_to_save(self.shared.size));
                    preferences.place = self.placing.moved_to.or(preferences.place);
                }
                Task::none()
            }
        }
    }

    /// Puts the window, which has not been shown yet, where it was last, and shows it.
    fn place(&mut self, id: iced_window::Id) -> Task<Message> {
        let (zoom, screen) = (self.scale_factor(), self.shared.screen);
        let size = screen.fitting(window::size(&self.shared.preferences), zoom);
        self.shared.size = size;
        let pixels = size * (screen.scale * zoom);
        let pixels = Size::new(pixels.width, screen.with_title(pixels.height));
        let place = self.shared.preferences.place;
        let place = place.and_then(|place| visible_place(place, pixels, &self.placing.monitors));
        let moved = || match place {
            Some(Point { x, y }) => iced_window::move_to(id, Point::new(x / screen.scale, y / screen.scale)),
            None => Task::none(),
        };
        let maximized =
            if self.shared.preferences.is_maximized { iced_window::maximize(id, true) } else { Task::none() };
        iced_window::set_min_size(id, Some(screen.smallest(zoom)))
            .chain(iced_window::resize(id, size))
            .chain(moved())
            .chain(iced_window::set_mode(id, iced_window::Mode::Windowed))
            // Window managers of X11 put a window where they like when it is shown.
            .chain(moved())
            .chain(maximized)
    }
}

/// Asks the system for what it knows of the window and its screen.
fn look(id: iced_window::Id) -> Task<Message> {
    iced_window::scale_factor(id).then(move |scale| {
        iced_window::monitor_size(id).then(move |size: Option<Size>| {
            iced_window::is_maximized(id)
                .map(move |is_maximized| Message::Window(WindowMessage::Seen { id, scale, size, is_maximized }))
        })
    })
}
