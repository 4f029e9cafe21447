//! The window without a display: tests and benchmarks click, type and read in it as a user would.
//!
//! Focus, scroll offsets, the position of the mouse and the keys held down carry over from one event to the next, as on a
//! display. Everything that the program asks for, such as reading files or the database, is done before a call returns.

#![allow(dead_code, unused_imports, reason = "the tests use one part of it, the benchmark another")]

mod frames;
mod keyboard;
mod mouse;
mod news;
mod picture;
mod rule_list;
mod sight;

use std::cell::Cell;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use futures_util::future::FutureExt;
use iced_test::core::keyboard::Modifiers;
use iced_test::core::mouse::Cursor;
use iced_test::core::renderer::Headless;
use iced_test::core::widget::Operation;
use iced_test::core::widget::operation::Outcome;
use iced_test::core::{Event, Size, Theme, clipboard, event, window};
use iced_test::renderer::Renderer;
use iced_test::runtime::clipboard::Action as ClipboardAction;
use iced_test::runtime::user_interface::{Cache, State};
use iced_test::runtime::{Action, Task, UserInterface, task};
use jiff::Timestamp;
use postfordeler::desktop::{self, Desktop, Message, User, leave_system_alone};
use postfordeler::secrets::leave_keyring_alone;
use postfordeler::store::DataPlace;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

use self::frames::Display;
pub use self::picture::Picture;
pub use self::sight::Text;

const SIZE: Size = Size::new(1600.0, 1000.0);
/// Redraws until the window must be stable: a list reports its height by being drawn, which may change its content.
const MAX_REDRAWS: usize = 8;

type Interface<'a> = UserInterface<'a, Message, Theme, Renderer>;

/// The time of every redraw, until a test lets time pass. As it does not by itself, cursors do not blink and nothing has been pointed at
/// for long.
static REDRAWN_AT: LazyLock<Instant> = LazyLock::new(Instant::now);

thread_local! {
    /// The renderer of a closed window. It has shaped the letters that the thread's next window needs too.
    static RENDERER: Cell<Option<Renderer>> = const { Cell::new(None) };
}

pub struct Window {
    desktop: Desktop,
    runtime: Runtime,
    renderer: SharedRenderer,
    cache: Option<Cache>,
    cursor: Cursor,
    modifiers: Modifiers,
    size: Size,
    longest_update: Duration,
    /// The time of the next redraws.
    now: Instant,
    /// `None` until a frame is drawn.
    display: Option<Display>,
    /// The text on the clipboard, for what the program reads itself; fields cannot paste it.
    pub clipboard: Option<String>,
}

/// A renderer that goes to the thread's next window when this one is dropped.
struct SharedRenderer(Option<Renderer>);

impl SharedRenderer {
    fn get(&mut self) -> &mut Renderer {
        self.0.as_mut().expect("it is there until the window is dropped")
    }
}

impl Drop for SharedRenderer {
    fn drop(&mut self) {
        RENDERER.set(self.0.take());
    }
}

/// A user whose preferences are kept in the data directory, not where the person who runs the tests has their own.
pub fn user(data: &Path) -> User {
    User { name: "prøve".to_owned(), preferences: Some(data.join("own.json")), policy: Arc::default() }
}

impl Window {
    pub fn open(data: &Path) -> Self {
        Self::open_at(data, Timestamp::now)
    }

    /// Opens a window that takes its time of day from `now`.
    pub fn open_at(data: &Path, now: fn() -> Timestamp) -> Self {
        Self::open_for(user(data), data, now)
    }

    /// Opens a window with files to read in it, as by a double click on them.
    pub fn open_with(data: &Path, files: Vec<PathBuf>) -> Self {
        Self::open_reading(user(data), &data.to_owned().into(), Timestamp::now, files)
    }

    pub fn open_for(user: User, data: &Path, now: fn() -> Timestamp) -> Self {
        Self::open_reading(user, &data.to_owned().into(), now, Vec::new())
    }

    /// Opens a window on a database that may be on a server.
    pub fn open_at_place(place: &DataPlace) -> Self {
        Self::open_reading(user(&place.directory), place, Timestamp::now, Vec::new())
    }

    fn open_reading(user: User, data: &DataPlace, now: fn() -> Timestamp, files: Vec<PathBuf>) -> Self {
        leave_keyring_alone();
        let (desktop, task) = Desktop::open_at(data, now, user);
        let mut window = Self::new(desktop.reading(files), SIZE);
        window.perform(task);
        window.resize(SIZE.width, SIZE.height);
        window
    }

    /// A window around a program that has been opened already, whose first task is left to the caller.
    pub fn new(desktop: Desktop, size: Size) -> Self {
        LazyLock::force(&REDRAWN_AT);
        leave_system_alone();
        let settings = desktop::settings();
        let mut fonts = iced_test::renderer::graphics::text::font_system().write().expect("nobody has panicked");
        settings.fonts.into_iter().for_each(|font| fonts.load_font(font));
        drop(fonts);
        let renderer = RENDERER.take().unwrap_or_else(|| {
            let renderer = <Renderer as Headless>::new(settings.default_font, settings.default_text_size, None);
            renderer.now_or_never().flatten().expect("the software renderer is always there")
        });
        Self {
            desktop,
            runtime: Runtime::new().expect("a runtime"),
            renderer: SharedRenderer(Some(renderer)),
            cache: None,
            cursor: Cursor::Unavailable,
            modifiers: Modifiers::empty(),
            size,
            longest_update: Duration::ZERO,
            now: *REDRAWN_AT,
            display: None,
            clipboard: None,
        }
    }

    /// Closes the window and waits for what it was running.
    pub fn close(mut self) {
        self.send(Message::CloseRequested(window::Id::unique()));
    }

    /// Runs a task to its end, with everything that follows from its messages.
    pub fn perform(&mut self, task: Task<Message>) {
        let Some(mut actions) = task::into_stream(task) else { return };
        while let Some(action) = self.block_on(actions.next()) {
            match action {
                Action::Output(message) => self.send(message),
                Action::Widget(operation) => self.operate(operation),
                Action::Clipboard(ClipboardAction::Read { channel, .. }) => {
                    let _ = channel.send(self.clipboard.clone());
                }
                _ => {}
            }
        }
    }

    /// Sends the program a message, and does everything that follows from it.
    pub fn send(&mut self, message: Message) {
        let task = self.update(message);
        self.perform(task);
    }

    /// Sends the program a message, and leaves the task that follows to the caller.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        let _within = self.runtime.enter();
        let begun = Instant::now();
        let task = self.desktop.update(message);
        self.longest_update = self.longest_update.max(begun.elapsed());
        task
    }

    /// The longest update of a message since this was last called, during which the window does not respond.
    pub fn take_longest_update(&mut self) -> Duration {
        std::mem::take(&mut self.longest_update)
    }

    pub fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// Runs a task in the background, and drops its messages.
    pub fn spawn(&self, task: Task<Message>) -> JoinHandle<()> {
        self.runtime.spawn(async {
            if let Some(actions) = task::into_stream(task) {
                actions.for_each(|_| async {}).await;
            }
        })
    }

    /// Looks for changes in the data directory, as the window does every moment by itself.
    pub fn poll(&mut self) {
        self.send(Message::Poll(Instant::now()));
        self.redraw();
    }

    /// Gives the window another size, in logical pixels.
    pub fn resize(&mut self, width: f32, height: f32) {
        self.size = Size::new(width, height);
        self.send(Message::Resized(self.size));
        self.redraw();
    }

    /// Gives the window another size without telling the program, as when that happens before it listens.
    pub fn resize_silently(&mut self, width: f32, height: f32) {
        self.size = Size::new(width, height);
        self.redraw();
    }

    /// Every action that the palette offers now, each with the words that it is found by besides its own.
    pub fn actions(&self) -> Vec<(String, &'static str)> {
        self.desktop.actions()
    }

    pub fn theme(&self) -> Theme {
        self.desktop.theme()
    }

    pub fn scale_factor(&self) -> f32 {
        self.desktop.scale_factor()
    }

    /// Builds and lays out what the window shows, as happens after each message.
    pub fn lay_out(&mut self) {
        self.with_interface(|_, _, _| ());
    }

    pub fn operate(&mut self, operation: Box<dyn Operation>) {
        let mut next = Some(operation);
        while let Some(mut operation) = next.take() {
            self.with_interface(|interface, renderer, _| interface.operate(renderer, operation.as_mut()));
            if let Outcome::Chain(after) = operation.finish() {
                next = Some(after);
            }
        }
        self.redraw();
    }

    fn with_interface<T>(&mut self, run: impl FnOnce(&mut Interface<'_>, &mut Renderer, Cursor) -> T) -> T {
        let cache = self.cache.take().unwrap_or_default();
        let mut interface = UserInterface::build(self.desktop.view(), self.size, cache, self.renderer.get());
        let result = run(&mut interface, self.renderer.get(), self.cursor);
        self.cache = Some(interface.into_cache());
        result
    }

    /// Handles an event and draws the window again.
    fn handle(&mut self, event: Event) -> event::Status {
        let passed = self.pass(&[event, self.redraw_requested()]);
        let status = passed.status;
        self.come_to_rest(passed);
        status
    }

    /// Handles events that come between two redraws, as when someone types fast.
    fn handle_together(&mut self, events: &[Event]) {
        let messages = self.with_interface(|interface, renderer, cursor| {
            let mut messages = Vec::new();
            let _ = interface.update(events, cursor, renderer, &mut clipboard::Null, &mut messages);
            messages
        });
        self.come_to_rest(Passed { status: event::Status::Ignored, messages, must_be_rebuilt: true });
    }

    fn redraw(&mut self) {
        let passed = self.pass(&[self.redraw_requested()]);
        self.come_to_rest(passed);
    }

    fn redraw_requested(&self) -> Event {
        Event::Window(window::Event::RedrawRequested(self.now))
    }

    /// Lets time pass for what moves, and draws the window again.
    pub fn pass_time(&mut self, time: Duration) {
        self.now += time;
        self.redraw();
    }

    /// Sends the program what its widgets publish, and draws again until they publish nothing.
    fn come_to_rest(&mut self, mut passed: Passed) {
        for _ in 0..MAX_REDRAWS {
            if !passed.must_be_rebuilt {
                return;
            }
            for message in passed.messages {
                self.send(message);
            }
            passed = self.pass(&[self.redraw_requested()]);
        }
        panic!("the window never comes to rest");
    }

    /// Passes events to the widgets until they must be built anew, as after a message.
    fn pass(&mut self, events: &[Event]) -> Passed {
        self.with_interface(|interface, renderer, cursor| {
            let mut passed = Passed { status: event::Status::Ignored, messages: Vec::new(), must_be_rebuilt: false };
            for (number, event) in events.iter().enumerate() {
                let events = std::slice::from_ref(event);
                let (state, statuses) =
                    interface.update(events, cursor, renderer, &mut clipboard::Null, &mut passed.messages);
                if number == 0 {
                    passed.status = statuses[0];
                }
                passed.must_be_rebuilt = !passed.messages.is_empty() || matches!(state, State::Outdated);
                if passed.must_be_rebuilt {
                    break;
                }
            }
            passed
        })
    }
}

/// What widgets did with events.
struct Passed {
    /// Of the first event.
    status: event::Status,
    messages: Vec<Message>,
    must_be_rebuilt: bool,
}
