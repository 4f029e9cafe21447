//! The keyboard.

use iced_test::core::keyboard::key::{Code, Named, Physical};
use iced_test::core::keyboard::{Event as KeyEvent, Key, Location, Modifiers};
use iced_test::core::widget::Id;
use iced_test::core::widget::operation::focusable;
use iced_test::core::{Event, SmolStr, event};
use iced_test::runtime::widget::operation;
use iced_test::selector;
use iced_test::selector::Target;

use super::Window;

/// A key by its name, or by the letter on it.
pub trait IntoKey {
    fn into_key(self) -> Key;
}

impl IntoKey for Named {
    fn into_key(self) -> Key {
        Key::Named(self)
    }
}

impl IntoKey for &str {
    fn into_key(self) -> Key {
        Key::Character(self.into())
    }
}

impl Window {
    /// Holds down Shift, Ctrl and Alt as given, and releases the others.
    pub fn hold(&mut self, modifiers: Modifiers) {
        self.modifiers = modifiers;
        self.handle(Event::Keyboard(KeyEvent::ModifiersChanged(modifiers)));
    }

    /// Presses a key with the modifiers that are held down.
    pub fn press(&mut self, key: impl IntoKey) {
        self.press_status(key);
    }

    /// Presses a key and returns whether a widget used it.
    pub fn press_status(&mut self, key: impl IntoKey) -> event::Status {
        self.handle(self.key_pressed(key.into_key(), false))
    }

    /// A key that repeats because it is held down.
    pub fn repeat(&mut self, key: impl IntoKey) -> event::Status {
        self.handle(self.key_pressed(key.into_key(), true))
    }

    fn key_pressed(&self, key: Key, repeat: bool) -> Event {
        let text = match &key {
            Key::Character(text) if !self.modifiers.control() => Some(SmolStr::new(text)),
            _ => None,
        };
        Event::Keyboard(KeyEvent::KeyPressed {
            modified_key: key.clone(),
            key,
            // Of no key that a keyboard has, so that only `key` counts.
            physical_key: Physical::Code(Code::F24),
            location: Location::Standard,
            modifiers: self.modifiers,
            text,
            repeat,
        })
    }

    /// Presses a key while modifiers are held down, and releases them.
    pub fn press_with(&mut self, modifiers: Modifiers, key: impl IntoKey) {
        self.hold(modifiers);
        self.press(key);
        self.hold(Modifiers::empty());
    }

    pub fn ctrl(&mut self, letter: &str) {
        self.press_with(Modifiers::CTRL, letter);
    }

    pub fn undo(&mut self) {
        self.ctrl("z");
    }

    pub fn redo(&mut self) {
        self.press_with(Modifiers::CTRL | Modifiers::SHIFT, "z");
    }

    /// Types letter by letter, with a redraw after each.
    pub fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.handle(self.typed(letter));
        }
    }

    /// Types so fast that the window is drawn only after the last letter.
    pub fn type_fast(&mut self, text: &str) {
        let letters: Vec<_> = text.chars().map(|letter| self.typed(letter)).collect();
        self.handle_together(&letters);
    }

    pub(super) fn typed(&self, letter: char) -> Event {
        if letter != ' ' {
            return self.key_pressed(Key::Character(SmolStr::new(letter.encode_utf8(&mut [0; 4]))), false);
        }
        let mut event = self.key_pressed(Key::Named(Named::Space), false);
        if let Event::Keyboard(KeyEvent::KeyPressed { text, .. }) = &mut event {
            *text = Some(" ".into());
        }
        event
    }

    /// What has the focus.
    pub fn focused(&mut self) -> Option<Target> {
        self.first_selected(selector::is_focused())
    }

    pub fn has_focus(&mut self, field: &'static str) -> bool {
        matches!(self.focused(), Some(Target::Focusable { id: Some(id), .. }) if id == Id::new(field))
    }

    /// Whether the words are within what has the focus.
    pub fn has_focus_on(&mut self, words: &str) -> bool {
        let Some(bounds) = self.focused().and_then(|focused| focused.visible_bounds()) else { return false };
        self.texts().iter().any(|text| text.words == words && bounds.contains(text.bounds.center()))
    }

    /// Presses Tab until the condition holds.
    #[track_caller]
    pub fn tab_until(&mut self, condition: impl Fn(&mut Self) -> bool) {
        for _ in 0..80 {
            self.press(Named::Tab);
            if condition(self) {
                return;
            }
        }
        panic!("Tab never gets there");
    }

    /// Puts the focus on a field, as Tab does in the end.
    #[track_caller]
    pub fn focus(&mut self, field: &'static str) {
        self.operate(Box::new(focusable::focus::<()>(Id::new(field))));
        assert!(self.has_focus(field), "no field {field}");
    }

    /// Chooses in a list by the beginning of the name, with the keyboard.
    #[track_caller]
    pub fn choose(&mut self, list: &'static str, name: &str) {
        self.focus(list);
        self.type_text(name);
        self.press(Named::Enter);
        assert!(!self.shows(&format!("Intet passer på »{name}«")), "nothing in {list} has {name}");
    }

    /// Chooses the entry with that index of a list, with the keyboard.
    #[track_caller]
    pub fn choose_nth(&mut self, list: &'static str, index: usize) {
        self.focus(list);
        self.press(Named::Enter);
        self.press(Named::Home);
        for _ in 0..index {
            self.press(Named::ArrowDown);
        }
        self.press(Named::Enter);
    }

    /// Replaces the contents of a field.
    #[track_caller]
    pub fn fill(&mut self, field: &'static str, text: &str) {
        self.click_field(field);
        self.ctrl("a");
        self.press(Named::Backspace);
        self.type_text(text);
    }

    /// Scrolls a list or an editor to `y` pixels below its top.
    pub fn scroll_to(&mut self, list: &'static str, y: f32) {
        self.perform(operation::scroll_to(list, operation::AbsoluteOffset { x: None, y: Some(y) }));
    }
}
