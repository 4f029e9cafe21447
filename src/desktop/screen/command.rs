//! What can be done: by the command palette, and by keys.

use std::fmt;

use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};
use lucide_icons::Icon;

use crate::desktop::language::Texts;
use crate::desktop::model::page::Page;

/// Something that can be done, as the command palette lists it. `Message` is the screen's own.
#[derive(Debug)]
pub(in crate::desktop) struct Command<Message> {
    pub symbol: Icon,
    pub words: String,
    /// What it is found by as well: words that people use for it, in both languages.
    pub also: &'static str,
    pub shortcut: Option<Shortcut>,
    /// What is done, one after the other.
    pub does: Vec<Deed<Message>>,
    /// What the keys do, where that is not quite the same.
    pub by_key: Option<Message>,
}

/// What a command does.
#[derive(Debug, Clone)]
pub(in crate::desktop) enum Deed<Message> {
    /// Tells the screen.
    Own(Message),
    Standard(Standard),
    Show(Page),
    /// Offers what the list can be filtered by in the row where the keyboard is.
    OfferFilters,
}

/// What means the same on every screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// Save what is open in an editor in the draft.
    Save,
    /// Begin something new.
    New,
    Search,
    /// Leave whatever is open, unless something would be lost.
    Leave,
    /// Leave whatever is open, and what was written in it.
    Discard,
}

impl Standard {
    /// The keys for it, as far as the palette shows them.
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
    /// `None`: whether Shift is held does not matter.
    shift: Option<bool>,
    key: Pressed,
    /// It works wherever one is, before what has the focus hears of the key.
    is_first: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Modifier {
    None,
    /// Ctrl, or ⌘ on a Mac.
    Command,
    Alt,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pressed {
    Letter(char),
    Named(Named),
}

impl Shortcut {
    /// With Ctrl, wherever one is.
    pub const fn ctrl(letter: char) -> Self {
        Self { modifier: Modifier::Command, shift: None, key: Pressed::Letter(letter), is_first: true }
    }

    /// With Ctrl and Shift, wherever one is.
    pub const fn ctrl_shift(letter: char) -> Self {
        Self { shift: Some(true), ..Self::ctrl(letter) }
    }

    /// A key that has a name, with Ctrl, wherever one is.
    pub const fn ctrl_named(key: Named) -> Self {
        Self { modifier: Modifier::Command, shift: None, key: Pressed::Named(key), is_first: true }
    }

    /// A key that has a name, when nothing that has the focus wants it.
    pub const fn named(key: Named) -> Self {
        Self { modifier: Modifier::None, shift: None, key: Pressed::Named(key), is_first: false }
    }

    /// The same with Alt.
    pub const fn alt_named(key: Named) -> Self {
        Self { modifier: Modifier::Alt, ..Self::named(key) }
    }

    /// Not while Shift is held.
    pub const fn without_shift(self) -> Self {
        Self { shift: Some(false), ..self }
    }

    /// Whether it says that Shift must be held: such keys come before those for which Shift does not matter.
    pub const fn needs_shift(self) -> bool {
        matches!(self.shift, Some(true))
    }

    /// When nothing that has the focus wants it: a field chooses its own text by Ctrl+A, say.
    pub const fn in_lists(self) -> Self {
        Self { is_first: false, ..self }
    }

    /// Whether these are the keys, before (true) or after what has the focus has heard of them.
    pub fn is(self, key: &Key, physical: Physical, modifiers: Modifiers, is_first: bool) -> bool {
        let is_modified = match self.modifier {
            Modifier::None => true,
            Modifier::Command => modifiers.command(),
            Modifier::Alt => modifiers.alt(),
        };
        let is_shifted = self.shift.is_none_or(|shift| shift == modifiers.shift());
        let is_key = match (self.key, key) {
            (Pressed::Letter(letter), _) => key.to_latin(physical) == Some(letter),
            (Pressed::Named(wanted), Key::Named(key)) => wanted == *key,
            (Pressed::Named(_), _) => false,
        };
        self.is_first == is_first && is_modified && is_shifted && is_key
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
            Pressed::Letter(letter) => write!(f, "{}", letter.to_uppercase()),
            Pressed::Named(Named::ArrowUp) => f.write_str("↑"),
            Pressed::Named(Named::ArrowDown) => f.write_str("↓"),
            Pressed::Named(key) => write!(f, "{key:?}"),
        }
    }
}

impl<Message> Command<Message> {
    pub fn new(symbol: Icon, words: impl Into<String>, also: &'static str, deed: impl Into<Deed<Message>>) -> Self {
        Self::all(symbol, words, also, vec![deed.into()])
    }

    /// One that does several things, one after the other.
    pub fn all(symbol: Icon, words: impl Into<String>, also: &'static str, does: Vec<Deed<Message>>) -> Self {
        let shortcut = match does[..] {
            [Deed::Standard(standard)] => standard.shortcut(),
            _ => None,
        };
        Self { symbol, words: words.into(), also, shortcut, does, by_key: None }
    }

    /// Offers what the list can be filtered by in the row where the keyboard is.
    pub fn offer_filters(t: &'static Texts) -> Self {
        let words = t.input.filter_by_value;
        Self::new(Icon::Funnel, words, "tragt værdi funnel value", Deed::OfferFilters).by(Shortcut::ctrl_shift('f'))
    }

    /// Keys do it too.
    pub fn by(self, shortcut: Shortcut) -> Self {
        Self { shortcut: Some(shortcut), ..self }
    }

    /// Keys do it too, or nearly.
    pub fn by_keys_as(self, shortcut: Shortcut, message: Message) -> Self {
        Self { shortcut: Some(shortcut), by_key: Some(message), ..self }
    }

    pub fn map<N>(self, wrap: impl Fn(Message) -> N) -> Command<N> {
        let Self { symbol, words, also, shortcut, does, by_key } = self;
        let does = does.into_iter().map(|deed| deed.map(&wrap)).collect();
        Command { symbol, words, also, shortcut, does, by_key: by_key.map(wrap) }
    }
}

impl<Message> Deed<Message> {
    pub fn map<N>(self, wrap: impl Fn(Message) -> N) -> Deed<N> {
        match self {
            Self::Own(message) => Deed::Own(wrap(message)),
            Self::Standard(standard) => Deed::Standard(standard),
            Self::Show(page) => Deed::Show(page),
            Self::OfferFilters => Deed::OfferFilters,
        }
    }
}

impl<Message> From<Message> for Deed<Message> {
    fn from(message: Message) -> Self {
        Self::Own(message)
    }
}
