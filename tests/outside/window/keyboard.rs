//! The keyboard.

use iced_test::core::keyboard::key::{Code, Named, Physical};
use iced_test::core::keyboard::{Event as KeyEvent, Key, Location, Modifiers};
use iced_test::core::widget::Id;
use iced_test::core::widget::operation::focusable;
use iced_test::core::{Event, SmolStr, event};
use iced_test::selector;
use iced_test::selector::Target;

use super::Window;

impl Window {
    /// Shift, Ctrl and Alt are held down from now on, or let go.
    pub fn hold(&mut self, modifiers: Modifiers) {
        self.modifiers = modifiers;
        self.happen(Event::Keyboard(KeyEvent::ModifiersChanged(modifiers)));
    }

    fn press_key(&mut self, key: Key, repeat: bool) -> event::Status {
        let text = match &key {
            Key::Character(text) if !self.modifiers.control() => Some(SmolStr::new(text)),
            _ => None,
        };
        self.happen(Event::Keyboard(KeyEvent::KeyPressed {
            modified_key: key.clone(),
            key,
            physical_key: Physical::Code(Code::F24),
            location: Location::Standard,
            modifiers: self.modifiers,
            text,
            repeat,
        }))
    }

    pub fn key(&mut self, key: Named) -> event::Status {
        self.press_key(Key::Named(key), false)
    }

    /// A key that is held down.
    pub fn key_again(&mut self, key: Named) -> event::Status {
        self.press_key(Key::Named(key), true)
    }

    pub fn letter(&mut self, letter: &str) -> event::Status {
        self.press_key(Key::Character(letter.into()), false)
    }

    /// Presses a key while others are held down.
    pub fn key_with(&mut self, modifiers: Modifiers, key: Named) {
        self.hold(modifiers);
        self.key(key);
        self.hold(Modifiers::empty());
    }

    /// Presses a letter with Ctrl, and perhaps more.
    pub fn letter_with(&mut self, modifiers: Modifiers, letter: &str) {
        self.hold(modifiers);
        self.letter(letter);
        self.hold(Modifiers::empty());
    }

    pub fn ctrl(&mut self, letter: &str) {
        self.letter_with(Modifiers::CTRL, letter);
    }

    pub fn undo(&mut self) {
        self.ctrl("z");
    }

    pub fn redo(&mut self) {
        self.letter_with(Modifiers::CTRL | Modifiers::SHIFT, "z");
    }

    pub fn type_in(&mut self, text: &str) {
        for letter in text.chars() {
            if letter == ' ' {
                self.happen(Event::Keyboard(KeyEvent::KeyPressed {
                    key: Key::Named(Named::Space),
                    modified_key: Key::Named(Named::Space),
                    physical_key: Physical::Code(Code::Space),
                    location: Location::Standard,
                    modifiers: self.modifiers,
                    text: Some(" ".into()),
                    repeat: false,
                }));
            } else {
                self.letter(letter.encode_utf8(&mut [0; 4]));
            }
        }
    }

    /// Where the focus is.
    pub fn focus(&mut self) -> Option<Target> {
        self.look_for(selector::is_focused())
    }

    /// Whether the field has the focus.
    pub fn is_in(&mut self, field: &'static str) -> bool {
        matches!(self.focus(), Some(Target::Focusable { id: Some(id), .. }) if id == Id::new(field))
    }

    /// Whether what has the focus is around the words.
    pub fn is_on(&mut self, words: &str) -> bool {
        let Some(focus) = self.focus() else { return false };
        let Some(bounds) = focus.visible_bounds() else { return false };
        self.seen().iter().any(|seen| seen.words == words && bounds.contains(seen.bounds.center()))
    }

    /// Presses Tab until that is so.
    #[track_caller]
    pub fn tab_until(&mut self, is_there: impl Fn(&mut Self) -> bool) {
        for _ in 0..80 {
            self.key(Named::Tab);
            if is_there(self) {
                return;
            }
        }
        panic!("Tab never comes there");
    }

    /// Puts the focus on a field, as Tab does in the end.
    pub fn go_to(&mut self, field: &'static str) {
        self.operate(Box::new(focusable::focus::<()>(Id::new(field))));
        assert!(self.is_in(field), "no field {field}");
    }

    /// Chooses in a list by the beginning of the name, with the keyboard.
    #[track_caller]
    pub fn choose(&mut self, list: &'static str, name: &str) {
        self.go_to(list);
        self.type_in(name);
        self.key(Named::Enter);
        assert!(!self.shows(&format!("Intet passer på »{name}«")), "nothing in {list} has {name}");
    }

    /// Chooses the entry at that place of a list, counted from 0, with the keyboard.
    pub fn choose_nth(&mut self, list: &'static str, nth: usize) {
        self.go_to(list);
        self.key(Named::Enter);
        self.key(Named::Home);
        for _ in 0..nth {
            self.key(Named::ArrowDown);
        }
        self.key(Named::Enter);
    }

    /// Replaces what stands in a field.
    #[track_caller]
    pub fn fill(&mut self, field: &'static str, text: &str) {
        let at = self.field(field).center();
        self.click_at(at);
        self.ctrl("a");
        self.key(Named::Backspace);
        self.type_in(text);
    }
}
