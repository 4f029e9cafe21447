//! Uses the window without a mouse. What has the focus is kept from key to key, as on a display.

use futures_util::StreamExt;
use iced_test::Selector;
use iced_test::core::keyboard::key::{Code, Named, Physical};
use iced_test::core::keyboard::{Event as KeyEvent, Key, Location, Modifiers};
use iced_test::core::widget::operation::{Outcome, black_box};
use iced_test::core::widget::{Id, Operation};
use iced_test::core::{Event, SmolStr, clipboard, event, mouse};
use iced_test::renderer::Renderer;
use iced_test::runtime::user_interface::Cache;
use iced_test::runtime::{Action, UserInterface, task};
use iced_test::selector::Target;

use super::*;

type Screen<'a> = UserInterface<'a, Message, iced_test::core::Theme, Renderer>;

/// A window with a keyboard.
struct Keyboard {
    window: Window,
    renderer: Renderer,
    cache: Option<Cache>,
    cursor: mouse::Cursor,
}

impl Keyboard {
    fn before(window: Window) -> Self {
        let settings = desktop::settings();
        // Fonts are loaded where the simulator is made.
        drop(window.ui());
        let renderer = Renderer::new(settings.default_font, settings.default_text_size);
        Self { window, renderer, cache: None, cursor: mouse::Cursor::Unavailable }
    }

    fn with_screen<T>(&mut self, deed: impl FnOnce(&mut Screen<'_>, &mut Renderer) -> T) -> T {
        let size = Size::new(1280.0, 800.0);
        let cache = self.cache.take().unwrap_or_default();
        let mut screen = UserInterface::build(self.window.desktop.view(), size, cache, &mut self.renderer);
        let done = deed(&mut screen, &mut self.renderer);
        self.cache = Some(screen.into_cache());
        done
    }

    fn happen(&mut self, event: Event) -> event::Status {
        let cursor = self.cursor;
        let mut messages = Vec::new();
        let status = self.with_screen(|screen, renderer| {
            let events = [event.clone()];
            let (_, statuses) = screen.update(&events, cursor, renderer, &mut clipboard::Null, &mut messages);
            statuses[0]
        });
        if let (Event::Keyboard(event), event::Status::Ignored) = (event, status) {
            messages.push(Message::Key(event));
        }
        for message in messages {
            self.tell(message);
        }
        status
    }

    fn tell(&mut self, message: Message) {
        let task = self.window.desktop.update(message);
        let Some(mut actions) = task::into_stream(task) else { return };
        while let Some(action) = self.window.runtime.block_on(actions.next()) {
            match action {
                Action::Output(message) => self.tell(message),
                Action::Widget(operation) => self.operate(operation),
                _ => {}
            }
        }
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

    fn key(&mut self, key: impl Into<Key>, text: Option<&str>, modifiers: Modifiers, repeat: bool) -> event::Status {
        let key = key.into();
        self.happen(Event::Keyboard(KeyEvent::KeyPressed {
            modified_key: key.clone(),
            key,
            physical_key: Physical::Code(Code::F24),
            location: Location::Standard,
            modifiers,
            text: text.map(SmolStr::new),
            repeat,
        }))
    }

    fn press(&mut self, key: Named) -> event::Status {
        self.key(key, None, Modifiers::empty(), false)
    }

    fn type_letter(&mut self, letter: &str) -> event::Status {
        self.key(Key::Character(letter.into()), Some(letter), Modifiers::empty(), false)
    }

    /// Where the focus is.
    fn focus(&mut self) -> Option<Target> {
        let mut find = selector::is_focused().find();
        self.with_screen(|screen, renderer| screen.operate(renderer, &mut black_box(&mut find)));
        match find.finish() {
            Outcome::Some(target) => target,
            _ => None,
        }
    }

    /// Whether what has the focus is around the words.
    fn is_on(&mut self, words: &'static str) -> bool {
        let Some(focus) = self.focus() else { return false };
        self.window.ui().find(words).is_ok_and(|found| focus.bounds().contains(found.bounds().center()))
    }

    /// Whether the field has the focus.
    fn is_in(&mut self, field: &'static str) -> bool {
        matches!(self.focus(), Some(Target::Focusable { id: Some(id), .. }) if id == Id::new(field))
    }

    /// Presses Tab until that is so.
    #[track_caller]
    fn tab_until(&mut self, is_there: impl Fn(&mut Self) -> bool) {
        for _ in 0..40 {
            self.press(Named::Tab);
            if is_there(self) {
                return;
            }
        }
        panic!("Tab never comes there");
    }

    /// The switch stands below a rule's note; its words cannot be looked for.
    #[track_caller]
    fn tab_to_the_switch(&mut self) -> Target {
        self.tab_until(|keyboard| keyboard.is_in("rule-note"));
        self.press(Named::Tab);
        self.focus().expect("the switch")
    }

    fn click(&mut self, at: Point) {
        self.cursor = mouse::Cursor::Available(at);
        for event in simulator::click() {
            self.happen(event);
        }
    }
}

/// A rule is open, one that goes to Byggesag.
fn open_rule(data: &TempDir) -> Keyboard {
    let mut window = sample(data);
    window.click("Fordelingsregler");
    window.click("Kontaktgruppe");
    window.must_show(&sentence("Byggesag"));
    Keyboard::before(window)
}

fn sentence(fagsystem: &str) -> String {
    format!("Post til kontaktgruppen Byg og bolig går til {fagsystem} fra 01-01-2021.")
}

#[test]
fn tab_reaches_everything_on_the_first_screen_and_enter_presses_it() {
    let data = data();
    let mut keyboard = Keyboard::before(Window::open(data.path()));
    for words in ["English", "Mørkt", "Start med eksempelkommune"] {
        keyboard.press(Named::Tab);
        assert!(keyboard.is_on(words), "{words}");
    }
    for field in ["authority-name", "authority-cvr", "first-fagsystem", "first-endpoint"] {
        keyboard.press(Named::Tab);
        assert!(keyboard.is_in(field), "{field}");
    }
    keyboard.press(Named::Tab);
    assert!(keyboard.is_on("Opret myndighed"));
    keyboard.press(Named::Enter);
    keyboard.window.must_show("Skal udfyldes");
    keyboard.press(Named::Tab);
    assert_eq!(keyboard.focus(), None);
    keyboard.key(Named::Tab, None, Modifiers::SHIFT, false);
    assert!(keyboard.is_on("Opret myndighed"));
    keyboard.tab_until(|keyboard| keyboard.is_on("Start med eksempelkommune"));
    keyboard.press(Named::Space);
    keyboard.window.must_show("Kører");
    keyboard.window.close();
}

#[test]
fn a_choice_is_made_with_arrows_ends_and_letters() {
    let data = data();
    let mut keyboard = open_rule(&data);
    let store = Store::open(data.path()).expect("a second look at the store");
    let mut book =
        std::sync::Arc::unwrap_or_clone(store.newest_publication().expect("readable").expect("the sample").book);
    book.authorities[0].fagsystems[1].name = "Ældre og ægteskab".to_owned();
    store.publish_over(&book.clone().compile().expect("no fault"), "elsewhere").expect("published");
    keyboard.window.wait_for("Reglerne er ændret et andet sted; udgivelse 2 gælder nu.");
    let names: Vec<String> = book.authorities[0].fagsystems.iter().map(|it| it.name.clone()).collect();
    keyboard.tab_until(|keyboard| keyboard.is_in("rule-fagsystem"));
    let last = names.len() - 1;
    let ways = [
        (Named::Home, 0),
        (Named::ArrowUp, 0),
        (Named::ArrowDown, 1),
        (Named::End, last),
        (Named::ArrowDown, last),
        (Named::ArrowUp, last - 1),
    ];
    for (key, to) in ways {
        assert_eq!(keyboard.press(key), event::Status::Captured);
        keyboard.window.must_show(&sentence(&names[to]));
    }
    keyboard.press(Named::Home);
    for (letter, name) in [("æ", names[1].as_str()), ("b", "Byggesag")] {
        assert_eq!(keyboard.type_letter(letter), event::Status::Captured);
        keyboard.window.must_show(&sentence(name));
    }
    assert_eq!(keyboard.type_letter("q"), event::Status::Ignored);
    assert_eq!(keyboard.key(Named::ArrowDown, None, Modifiers::CTRL, false), event::Status::Ignored);
    keyboard.window.must_show(&sentence("Byggesag"));
    keyboard.window.close();
}

#[test]
fn space_held_down_switches_once() {
    let data = data();
    let mut keyboard = open_rule(&data);
    keyboard.tab_to_the_switch();
    keyboard.press(Named::Space);
    assert_eq!(keyboard.key(Named::Space, None, Modifiers::empty(), true), event::Status::Captured);
    keyboard.tab_until(|keyboard| keyboard.is_on("Gem og sæt i kraft"));
    assert_eq!(keyboard.key(Named::Enter, None, Modifiers::CTRL, false), event::Status::Ignored);
    keyboard.press(Named::Enter);
    keyboard.window.must_show("Regel 20 er ændret og i kraft");
    keyboard.window.must_show("Slået fra");
    keyboard.window.close();
}

#[test]
fn keys_do_nothing_where_no_focus_is_and_a_click_elsewhere_takes_it_away() {
    let data = data();
    let mut keyboard = open_rule(&data);
    for key in [Named::Enter, Named::Space, Named::ArrowDown, Named::Home] {
        assert_eq!(keyboard.press(key), event::Status::Ignored, "{key:?}");
    }
    assert_eq!(keyboard.type_letter("k"), event::Status::Ignored);
    keyboard.window.must_show(&sentence("Byggesag"));
    let switch = keyboard.tab_to_the_switch();
    keyboard.click(Point::new(700.0, 700.0));
    assert_eq!(keyboard.focus(), None);
    keyboard.click(switch.bounds().center());
    assert_eq!(keyboard.focus(), Some(switch));
    keyboard.click(Point::new(700.0, 700.0));
    assert_eq!(keyboard.focus(), None);
    keyboard.window.close();
}
