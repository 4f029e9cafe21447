//! A window with a mouse, a keyboard, and eyes that see what is in sight. Nothing is drawn on a display.

mod eyes;
mod keys;
mod listed;
mod mouse;

use std::path::Path;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use iced_test::Simulator;
use iced_test::core::keyboard::Modifiers;
use iced_test::core::mouse::Cursor;
use iced_test::core::widget::Operation;
use iced_test::core::widget::operation::Outcome;
use iced_test::core::{Event, Rectangle, Size, Theme, clipboard, event, window};
use iced_test::renderer::Renderer;
use iced_test::runtime::user_interface::Cache;
use iced_test::runtime::{Action, Task, UserInterface, task};
use jiff::Timestamp;
use postfordeler::desktop::{self, Desktop, Message, User};
use postfordeler::secrets::leave_keyring_alone;
use tokio::runtime::Runtime;

/// How long something that must happen may take before it counts as not happening.
const PATIENCE: Duration = Duration::from_secs(30);
const SIZE: Size = Size::new(1600.0, 1000.0);

type Screen<'a> = UserInterface<'a, Message, Theme, Renderer>;

/// A window on a data directory, with what it asks for being done. What has the focus, what is scrolled and what the
/// mouse holds is kept from event to event, as on a display.
pub struct Window {
    desktop: Desktop,
    runtime: Runtime,
    renderer: Renderer,
    cache: Option<Cache>,
    cursor: Cursor,
    modifiers: Modifiers,
    size: Size,
}

/// Words in sight.
#[derive(Debug, Clone)]
pub struct Seen {
    pub words: String,
    pub bounds: Rectangle,
}

/// Who sits at the window: nothing of theirs is kept where the person who runs the tests keeps their own.
pub fn user(data: &Path) -> User {
    User { name: "prøve".to_owned(), preferences: Some(data.join("own.json")) }
}

impl Window {
    pub fn open(data: &Path) -> Self {
        Self::open_at(data, Timestamp::now)
    }

    /// Opens a window for which it is always the same time.
    pub fn open_at(data: &Path, now: fn() -> Timestamp) -> Self {
        Self::open_for(user(data), data, now)
    }

    /// Opens a window at which that user sits.
    pub fn open_for(user: User, data: &Path, now: fn() -> Timestamp) -> Self {
        leave_keyring_alone();
        let runtime = Runtime::new().expect("a runtime");
        let settings = desktop::settings();
        let renderer = Renderer::new(settings.default_font, settings.default_text_size);
        let (desktop, task) = Desktop::open_as(data, now, user);
        // Fonts are loaded where a simulator is made.
        drop(Simulator::with_size(settings, SIZE, desktop.view()));
        let (cursor, modifiers) = (Cursor::Unavailable, Modifiers::empty());
        let mut window = Self { desktop, runtime, renderer, cache: None, cursor, modifiers, size: SIZE };
        window.perform(task);
        window.tell(Message::Resized(SIZE));
        window.redraw();
        window
    }

    /// Does what a task asks, and all that follows from it.
    fn perform(&mut self, task: Task<Message>) {
        let Some(mut actions) = task::into_stream(task) else { return };
        while let Some(action) = self.runtime.block_on(actions.next()) {
            match action {
                Action::Output(message) => self.tell(message),
                Action::Widget(operation) => self.operate(operation),
                _ => {}
            }
        }
    }

    /// Everything that the palette offers now, each with the words that it is found by besides its own.
    pub fn actions(&self) -> Vec<(String, &'static str)> {
        self.desktop.actions()
    }

    pub fn tell(&mut self, message: Message) {
        // As the toolkit does.
        let task = {
            let _within = self.runtime.enter();
            self.desktop.update(message)
        };
        self.perform(task);
    }

    /// Looks at the store, as the window does by itself.
    pub fn look(&mut self) {
        self.tell(Message::Look(Instant::now()));
        self.redraw();
    }

    /// Closes the window and waits until what ran has ended.
    pub fn close(mut self) {
        self.tell(Message::CloseRequested(window::Id::unique()));
    }

    /// Makes the window that large.
    pub fn resize(&mut self, width: f32, height: f32) {
        self.size = Size::new(width, height);
        self.tell(Message::Resized(self.size));
        self.redraw();
    }

    pub fn theme(&self) -> Theme {
        self.desktop.theme()
    }

    pub fn scale_factor(&self) -> f32 {
        self.desktop.scale_factor()
    }

    fn with_screen<T>(&mut self, deed: impl FnOnce(&mut Screen<'_>, &mut Renderer) -> T) -> T {
        let cache = self.cache.take().unwrap_or_default();
        let mut screen = UserInterface::build(self.desktop.view(), self.size, cache, &mut self.renderer);
        let done = deed(&mut screen, &mut self.renderer);
        self.cache = Some(screen.into_cache());
        done
    }

    fn operate(&mut self, operation: Box<dyn Operation>) {
        let mut next = Some(operation);
        while let Some(mut operation) = next.take() {
            self.with_screen(|screen, renderer| screen.operate(renderer, operation.as_mut()));
            if let Outcome::Chain(after) = operation.finish() {
                next = Some(after);
            }
        }
    }

    fn happen(&mut self, event: Event) -> event::Status {
        let status = self.pass_on(event);
        self.redraw();
        status
    }

    fn redraw(&mut self) {
        self.pass_on(Event::Window(window::Event::RedrawRequested(Instant::now())));
    }

    fn pass_on(&mut self, event: Event) -> event::Status {
        let (cursor, mut messages) = (self.cursor, Vec::new());
        let status = self.with_screen(|screen, renderer| {
            let (_, statuses) = screen.update(&[event], cursor, renderer, &mut clipboard::Null, &mut messages);
            statuses[0]
        });
        for message in messages {
            self.tell(message);
        }
        status
    }
}
