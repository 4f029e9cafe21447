//! A command: something that people can do from the command palette, and often by keys as well. Each screen lists its
//! own, so that its name, its keywords and its keys are said in one place.

use std::fmt;

use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};
use lucide_icons::Icon;

use crate::desktop::language::Texts;
use crate::desktop::model::page::Page;

/// A line of the command palette. `Message` is the screen's own.
#[derive(Debug)]
pub(in crate::desktop) struct Command<Message> {
    pub symbol: Icon,
    pub words: String,
    /// Other words that people search for it by, in both languages.
    pub keywords: &'static str,
    pub shortcut: Option<Shortcut>,
    /// What it does, in order.
    pub steps: Vec<CommandStep<Message>>,
    /// Sent by the keys instead of the steps, where the two differ.
    pub key_message: Option<Message>,
}

/// One thing that a command does.
#[derive(Debug, Clone)]
pub(in crate::desktop) enum CommandStep<Message> {
    /// Sends the screen a message.
    Send(Message),
    Standard(Standard),
    Show(Page),
    /// Opens the palette with the values of the current row that the list can be filtered by.
    OfferFilters,
}

/// A command that every screen understands in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// Save the open form in the draft.
    Save,
    /// Begin a new rule, fagsystem, ...
    New,
    /// Move the focus to the search field.
    Search,
    /// Close what is open, unless it has unsaved changes.
    Leave,
    /// Close what is open and discard its unsaved changes.
    Discard,
}

impl Standard {
    /// The keys for it; `None` where the keymap decides, as for Escape.
    pub(in crate::desktop) const fn shortcut(self) -> Option<Shortcut> {
        match self {
            Self::Save => Some(Shortcut::ctrl('s')),
            Self::New => Some(Shortcut::ctrl('n')),
            Self::Search => Some(Shortcut::ctrl('f').without_shift()),
            Self::Leave | Self::Discard => None,
        }
    }
}

/// Keys that are pressed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) struct Shortcut {
    modifier: Modifier,
    /// Whether Shift must be held; `None` where it does not matter.
    shift: Option<bool>,
    key: ShortcutKey,
    /// It is handled before the focused widget sees the key, so it works everywhere.
    is_global: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Modifier {
    None,
    /// Ctrl, or ⌘ on a Mac.
    Command,
    Alt,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ShortcutKey {
    Letter(char),
    Named(Named),
}

impl Shortcut {
    /// A letter with Ctrl, handled before the focused widget sees it.
    pub const fn ctrl(letter: char) -> Self {
        Self { modifier: Modifier::Command, shift: None, key: ShortcutKey::Letter(letter), is_global: true }
    }

    /// A letter with Ctrl and Shift, handled before the focused widget sees it.
    pub const fn ctrl_shift(letter: char) -> Self {
        Self { shift: Some(true), ..Self::ctrl(letter) }
    }

    /// A named key with Ctrl, handled before the focused widget sees it.
    pub const fn ctrl_named(key: Named) -> Self {
        Self { modifier: Modifier::Command, shift: None, key: ShortcutKey::Named(key), is_global: true }
    }

    /// A named key that the focused widget has not handled.
    pub const fn named(key: Named) -> Self {
        Self { modifier: Modifier::None, shift: None, key: ShortcutKey::Named(key), is_global: false }
    }

    /// A letter that the focused widget has not handled: no text field has the focus.
    pub const fn letter(letter: char) -> Self {
        let key = ShortcutKey::Letter(letter);
        Self { modifier: Modifier::None, shift: Some(false), key, is_global: false }
    }

    /// A named key with Alt that the focused widget has not handled.
    pub const fn alt_named(key: Named) -> Self {
        Self { modifier: Modifier::Alt, ..Self::named(key) }
    }

    /// Only while Shift is not held.
    pub const fn without_shift(self) -> Self {
        Self { shift: Some(false), ..self }
    }

    /// Whether Shift must be held. Such shortcuts are tried before those for which Shift does not matter.
    pub const fn needs_shift(self) -> bool {
        matches!(self.shift, Some(true))
    }

    /// Only when the focused widget has not handled the key: in a text field Ctrl+A selects its text.
    pub const fn unless_handled(self) -> Self {
        Self { is_global: false, ..self }
    }

    /// Whether these keys were pressed. `is_global` says whether the focused widget has yet to see them.
    pub fn matches(self, key: &Key, physical: Physical, modifiers: Modifiers, is_global: bool) -> bool {
        let is_letter = matches!(self.key, ShortcutKey::Letter(_));
        let is_modified = match self.modifier {
            Modifier::None => !is_letter || !(modifiers.command() || modifiers.alt()),
            Modifier::Command => modifiers.command(),
            Modifier::Alt => modifiers.alt(),
        };
        let is_shifted = self.shift.is_none_or(|shift| shift == modifiers.shift());
        let is_key = match (self.key, key) {
            (ShortcutKey::Letter(letter), _) => key.to_latin(physical) == Some(letter),
            (ShortcutKey::Named(wanted), Key::Named(key)) => wanted == *key,
            (ShortcutKey::Named(_), _) => false,
        };
        self.is_global == is_global && is_modified && is_shifted && is_key
    }
}

impl fmt::Display for Shortcut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.modifier {
            Modifier::None => "",
            Modifier::Command => "Ctrl+",
            Modifier::Alt => "Alt+",
        })?;
        if self.shift == Some(true) {
            f.write_str("Shift+")?;
        }
        match self.key {
            ShortcutKey::Letter(letter) => write!(f, "{}", letter.to_uppercase()),
            ShortcutKey::Named(Named::ArrowLeft) => f.write_str("←"),
            ShortcutKey::Named(Named::ArrowRight) => f.write_str("→"),
            ShortcutKey::Named(Named::ArrowUp) => f.write_str("↑"),
            ShortcutKey::Named(Named::ArrowDown) => f.write_str("↓"),
            ShortcutKey::Named(key) => write!(f, "{key:?}"),
        }
    }
}

impl<Message> Command<Message> {
    pub fn new(
        symbol: Icon,
        words: impl Into<String>,
        keywords: &'static str,
        step: impl Into<CommandStep<Message>>,
    ) -> Self {
        Self::with_steps(symbol, words, keywords, vec![step.into()])
    }

    /// A command of several steps. It has the shortcut of its step where that is a [`Standard`] one.
    pub fn with_steps(
        symbol: Icon,
        words: impl Into<String>,
        keywords: &'static str,
        steps: Vec<CommandStep<Message>>,
    ) -> Self {
        let shortcut = match steps[..] {
            [CommandStep::Standard(standard)] => standard.shortcut(),
            _ => None,
        };
        Self { symbol, words: words.into(), keywords, shortcut, steps, key_message: None }
    }

    /// Opens the palette with the values of the current row that the list can be filtered by.
    pub fn offer_filters(t: &'static Texts) -> Self {
        let words = t.input.filter_by_value;
        Self::new(Icon::Funnel, words, "tragt værdi funnel value", CommandStep::OfferFilters)
            .with_shortcut(Shortcut::ctrl_shift('f'))
    }

    /// The same command, run by these keys as well.
    pub fn with_shortcut(self, shortcut: Shortcut) -> Self {
        Self { shortcut: Some(shortcut), ..self }
    }

    /// The same command with keys that send a message of their own.
    pub fn with_shortcut_sending(self, shortcut: Shortcut, message: Message) -> Self {
        Self { shortcut: Some(shortcut), key_message: Some(message), ..self }
    }

    pub fn map<N>(self, wrap: impl Fn(Message) -> N) -> Command<N> {
        let Self { symbol, words, keywords, shortcut, steps, key_message } = self;
        let steps = steps.into_iter().map(|step| step.map(&wrap)).collect();
        Command { symbol, words, keywords, shortcut, steps, key_message: key_message.map(wrap) }
    }
}

impl<Message> CommandStep<Message> {
    pub fn map<N>(self, wrap: impl Fn(Message) -> N) -> CommandStep<N> {
        match self {
            Self::Send(message) => CommandStep::Send(wrap(message)),
            Self::Standard(standard) => CommandStep::Standard(standard),
            Self::Show(page) => CommandStep::Show(page),
            Self::OfferFilters => CommandStep::OfferFilters,
        }
    }
}

impl<Message> From<Message> for CommandStep<Message> {
    fn from(message: Message) -> Self {
        Self::Send(message)
    }
}
