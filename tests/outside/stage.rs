//! The window without a display, with everything that a display would keep: what has the focus, how far lists are
//! scrolled, where the mouse is. The benchmark uses it too.

#![allow(dead_code, reason = "the tests use one part of it, the benchmark another")]

use std::cell::Cell;
use std::future::Future;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use iced_test::Selector;
use iced_test::core::keyboard::key::{Named, NativeCode, Physical};
use iced_test::core::keyboard::{Event as KeyEvent, Key, Location, Modifiers};
use iced_test::core::renderer::{Headless, Style};
use iced_test::core::theme::Base;
use iced_test::core::widget::operation::{Outcome, black_box};
use iced_test::core::widget::{Id, Operation};
use iced_test::core::{Event, Point, Rectangle, Size, SmolStr, clipboard, mouse, window};
use iced_test::renderer::Renderer;
use iced_test::runtime::user_interface::Cache;
use iced_test::runtime::widget::operation;
use iced_test::runtime::{Action, Task, UserInterface, task};
use iced_test::selector::Candidate;
use iced_test::simulator;
use lucide_icons::Icon;
use postfordeler::desktop::{self, Desktop, Message};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

type Screen<'a> = UserInterface<'a, Message, iced_test::core::Theme, Renderer>;

/// Does what the windows ask for.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
/// A redraw in the moment when everything began: nothing blinks, and nothing has been pointed at for long.
static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);

thread_local! {
    /// What drew a window that is closed, and has the shapes of the letters that the next one needs too.
    static RENDERER: Cell<Option<Renderer>> = const { Cell::new(None) };
}

/// A window that is shown to nobody.
pub struct Stage {
    pub desktop: Desktop,
    renderer: Lent,
    cache: Option<Cache>,
    cursor: mouse::Cursor,
    size: Size,
    /// The longest that one message kept everything else waiting.
    pub longest: Duration,
}

/// What stands in a window, pixel by pixel.
pub struct Picture {
    pub width: u32,
    pub height: u32,
    /// Red, green, blue and opacity of each pixel.
    pub rgba: Vec<u8>,
}

/// A renderer that the thread's next window gets.
struct Lent(Option<Renderer>);

impl Lent {
    fn get(&mut self) -> &mut Renderer {
        self.0.as_mut().expect("it is there until the window is dropped")
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        RENDERER.set(self.0.take());
    }
}

impl Stage {
    /// Does nothing of what the window asks for when it opens.
    pub fn new(desktop: Desktop, size: Size) -> Self {
        LazyLock::force(&BEGINNING);
        let settings = desktop::settings();
        let mut fonts = iced_test::renderer::graphics::text::font_system().write().expect("nobody has panicked");
        settings.fonts.into_iter().for_each(|font| fonts.load_font(font));
        drop(fonts);
        let renderer = RENDERER.take().unwrap_or_else(|| {
            let renderer = <Renderer as Headless>::new(settings.default_font, settings.default_text_size, None);
            RUNTIME.block_on(renderer).expect("the software renderer is always there")
        });
        Self {
            desktop,
            renderer: Lent(Some(renderer)),
            cache: None,
            cursor: mouse::Cursor::Unavailable,
            size,
            longest: Duration::ZERO,
        }
    }

    /// Does what a task asks, and all that follows from it.
    pub fn perform(&mut self, task: Task<Message>) {
        let Some(mut actions) = task::into_stream(task) else { return };
        while let Some(action) = wait(actions.next()) {
            match action {
                Action::Output(message) => self.tell(message),
                Action::Widget(operation) => self.operate(operation),
                _ => {}
            }
        }
    }

    pub fn tell(&mut self, message: Message) {
        let task = self.update(message);
        self.perform(task);
    }

    /// Leaves what follows from it to whoever asks.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        let _entered = RUNTIME.enter();
        let begun = Instant::now();
        let task = self.desktop.update(message);
        self.longest = self.longest.max(begun.elapsed());
        task
    }

    /// Builds and lays out what stands in the window, as happens after each message.
    pub fn lay_out(&mut self) {
        self.with_screen(|_, _, _| ());
    }

    fn with_screen<T>(&mut self, deed: impl FnOnce(&mut Screen<'_>, &mut Renderer, mouse::Cursor) -> T) -> T {
        let cache = self.cache.take().unwrap_or_default();
        let mut screen = UserInterface::build(self.desktop.view(), self.size, cache, self.renderer.get());
        let done = deed(&mut screen, self.renderer.get(), self.cursor);
        self.cache = Some(screen.into_cache());
        done
    }

    pub fn operate(&mut self, operation: Box<dyn Operation>) {
        let mut next = Some(operation);
        while let Some(mut operation) = next.take() {
            self.with_screen(|screen, renderer, _| screen.operate(renderer, operation.as_mut()));
            if let Outcome::Chain(after) = operation.finish() {
                next = Some(after);
            }
        }
        self.settle();
    }

    /// Events that come between two pictures.
    fn happen(&mut self, events: &[Event]) {
        let mut messages = Vec::new();
        self.with_screen(|screen, renderer, cursor| {
            let _ = screen.update(events, cursor, renderer, &mut clipboard::Null, &mut messages);
        });
        for message in messages {
            self.tell(message);
        }
    }

    /// Draws until nothing changes by being drawn: lists tell how high they are when they are drawn.
    fn settle(&mut self) {
        for _ in 0..8 {
            let redraw = Event::Window(window::Event::RedrawRequested(*BEGINNING));
            let mut messages = Vec::new();
            self.with_screen(|screen, renderer, cursor| {
                let _ = screen.update(&[redraw], cursor, renderer, &mut clipboard::Null, &mut messages);
            });
            if messages.is_empty() {
                return;
            }
            for message in messages {
                self.tell(message);
            }
        }
        panic!("the window never comes to rest");
    }

    /// The window has another size, in logical pixels.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.tell(Message::Resized(size));
        self.settle();
    }

    /// What stands in the window, as large as on a screen without enlargement.
    pub fn picture(&mut self) -> Picture {
        self.enlarged_picture(1.0)
    }

    /// What stands in the window on a screen that shows a logical pixel so large.
    pub fn enlarged_picture(&mut self, scale: f32) -> Picture {
        self.settle();
        let theme = self.desktop.theme();
        let base = theme.base();
        // Widgets learn how they stand from the redraw, and forget it with the screen.
        let redraw = Event::Window(window::Event::RedrawRequested(*BEGINNING));
        self.with_screen(|screen, renderer, cursor| {
            let _ = screen.update(&[redraw], cursor, renderer, &mut clipboard::Null, &mut Vec::new());
            screen.draw(renderer, &theme, &Style { text_color: base.text_color }, cursor);
        });
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "windows have whole sizes")]
        let (width, height) = ((self.size.width * scale).round() as u32, (self.size.height * scale).round() as u32);
        let rgba = self.renderer.get().screenshot(Size::new(width, height), scale, base.background_color);
        Picture { width, height, rgba }
    }

    /// All things on the screen that are wanted.
    pub fn find_all<T: Clone + Send>(&mut self, wanted: impl FnMut(Candidate<'_>) -> Option<T> + Send) -> Vec<T> {
        let mut find = wanted.find_all();
        self.with_screen(|screen, renderer, _| screen.operate(renderer, &mut black_box(&mut find)));
        match find.finish() {
            Outcome::Some(found) => found,
            _ => Vec::new(),
        }
    }

    /// The first thing on the screen that is wanted.
    pub fn find<T: Clone + Send>(&mut self, wanted: impl FnMut(Candidate<'_>) -> Option<T> + Send) -> Option<T> {
        let mut find = wanted.find();
        self.with_screen(|screen, renderer, _| screen.operate(renderer, &mut black_box(&mut find)));
        match find.finish() {
            Outcome::Some(found) => found,
            _ => None,
        }
    }

    /// Where those words stand first.
    pub fn place_of(&mut self, words: &str) -> Option<Rectangle> {
        self.find(|candidate| match candidate {
            Candidate::Text { content, visible_bounds, .. } if content == words => visible_bounds,
            _ => None,
        })
    }

    #[track_caller]
    pub fn place_of_id(&mut self, id: &'static str) -> Rectangle {
        let wanted = Id::new(id);
        let place =
            self.find(|candidate| if candidate.id() == Some(&wanted) { candidate.visible_bounds() } else { None });
        place.unwrap_or_else(|| panic!("nothing with the id {id} is in sight"))
    }

    /// Points at a place with the mouse, and stays there.
    pub fn point_at(&mut self, place: Point) {
        self.cursor = mouse::Cursor::Available(place);
        self.happen(&[Event::Mouse(mouse::Event::CursorMoved { position: place })]);
    }

    pub fn click_at(&mut self, place: Point) {
        self.cursor = mouse::Cursor::Available(place);
        self.happen(&[Event::Mouse(mouse::Event::CursorMoved { position: place })]);
        for event in simulator::click() {
            self.happen(&[event]);
        }
        // Nothing is pointed at afterwards.
        self.cursor = mouse::Cursor::Unavailable;
        self.happen(&[Event::Mouse(mouse::Event::CursorLeft)]);
    }

    #[track_caller]
    pub fn click(&mut self, words: &str) {
        let place = self.place_of(words).unwrap_or_else(|| panic!("'{words}' is not in sight"));
        self.click_at(place.center());
    }

    /// The same in every language.
    #[track_caller]
    pub fn click_icon(&mut self, icon: Icon) {
        self.click(&char::from(icon).to_string());
    }

    /// Replaces what stands in a field.
    #[track_caller]
    pub fn fill(&mut self, field: &'static str, text: &str) {
        let place = self.place_of_id(field);
        self.click_at(place.center());
        self.press_with(Modifiers::CTRL, Key::Character("a".into()));
        self.type_in(text);
    }

    pub fn type_in(&mut self, text: &str) {
        let events: Vec<_> = simulator::typewrite(text).collect();
        self.happen(&events);
    }

    /// Scrolls a list or an editor so far down.
    pub fn scroll_to(&mut self, list: &'static str, y: f32) {
        self.perform(operation::scroll_to(list, operation::AbsoluteOffset { x: None, y: Some(y) }));
    }

    /// Opens a drop-down list.
    #[track_caller]
    pub fn drop_down(&mut self, list: &'static str) {
        let place = self.place_of_id(list);
        self.click_at(place.center());
    }

    /// Chooses the entry at that place of a drop-down list, counted from 0, by keys.
    pub fn choose(&mut self, list: &'static str, entry: usize) {
        self.perform(operation::focus(list));
        let keys = [Named::Enter, Named::Home].into_iter().chain(std::iter::repeat_n(Named::ArrowDown, entry));
        for key in keys.chain([Named::Enter]) {
            self.press(key);
        }
    }

    pub fn press(&mut self, key: impl Into<Key>) {
        self.press_with(Modifiers::empty(), key);
    }

    /// Holds Ctrl and the like, presses the key, and lets all go.
    pub fn press_with(&mut self, held: Modifiers, key: impl Into<Key>) {
        self.hold(held);
        self.key(held, key);
        self.hold(Modifiers::empty());
    }

    /// From now on these are held.
    pub fn hold(&mut self, modifiers: Modifiers) {
        self.happen(&[Event::Keyboard(KeyEvent::ModifiersChanged(modifiers))]);
    }

    pub fn key(&mut self, modifiers: Modifiers, key: impl Into<Key>) {
        let key = key.into();
        let letter = match &key {
            Key::Character(letter) if modifiers.is_empty() => Some(SmolStr::new(letter)),
            _ => None,
        };
        self.happen(&[Event::Keyboard(KeyEvent::KeyPressed {
            modified_key: key.clone(),
            key,
            physical_key: Physical::Unidentified(NativeCode::Unidentified),
            location: Location::Standard,
            modifiers,
            text: letter,
            repeat: false,
        })]);
    }

    /// Closes the window and waits until what ran has ended.
    pub fn close(mut self) {
        self.tell(Message::CloseRequested(window::Id::unique()));
    }
}

pub fn wait<T>(what: impl Future<Output = T>) -> T {
    RUNTIME.block_on(what)
}

/// Lets the work of a task go on beside everything else, and drops what it tells.
pub fn begin(task: Task<Message>) -> JoinHandle<()> {
    RUNTIME.spawn(async {
        if let Some(actions) = task::into_stream(task) {
            actions.for_each(|_| async {}).await;
        }
    })
}
