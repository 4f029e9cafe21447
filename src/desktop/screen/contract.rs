//! What every screen answers.

use std::sync::Arc;

use iced::Element;
use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};
use lucide_icons::Icon;

use super::action::Action;
use super::command::{Command, Standard};
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::widget::EDITOR;
use crate::rules::RuleBook;
use crate::store::RouterSettings;

/// A screen: its own state, which nobody else changes, and how it looks.
pub(in crate::desktop) trait Screen: Sized {
    type Message: Clone + Send + 'static;

    /// Its sign in the sidebar.
    const SYMBOL: Icon;
    /// What people call it besides its name, in both languages.
    const ALSO: &'static str;
    /// Whether what is written in it can keep the window from closing.
    const HAS_FORMS: bool = false;

    fn title(t: &'static Texts) -> &'static str;

    /// As it was left, as far as that is remembered.
    fn open(settings: &RouterSettings, preferences: &Preferences) -> Self;

    fn update(&mut self, message: Self::Message, scene: Scene<'_>) -> Action<Self::Message>;

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Self::Message>;

    /// It comes in sight.
    fn shown(&mut self, _: Scene<'_>) -> Action<Self::Message> {
        Action::None
    }

    /// Something has been written to the store while it is in sight.
    fn news(&mut self, _: Scene<'_>) -> Action<Self::Message> {
        Action::None
    }

    /// Brings what follows from the draft up to date: after everything that happens, in sight or not.
    fn refresh(&mut self, _: Scene<'_>) {}

    /// Does what means the same on every screen; `None` where it means nothing on this one.
    fn standard(&self, _: Standard) -> Option<Action<Self::Message>> {
        None
    }

    /// Whether anything has been written that would be lost.
    fn is_changed(&self) -> bool {
        false
    }

    /// Whether the message would take away what is being written on other screens.
    fn unsettles(&self, _: &Self::Message, _: Scene<'_>) -> bool {
        false
    }

    /// Another authority is shown from now on: what is open is of the one before.
    fn leave_authority(&mut self) {}

    /// What stands in the editor beside the list, whatever has been written of it.
    fn opened(&self) -> Option<String> {
        None
    }

    /// The name of what scrolls where that stands.
    fn editor(&self) -> &'static str {
        EDITOR
    }

    /// The draft as it would be after what is being prepared.
    fn preview(&self) -> Option<Arc<RuleBook>> {
        None
    }

    /// Takes back (true) or writes again what was written last; says whether there was anything.
    fn undo_writing(&mut self, _is_undo: bool, _: Scene<'_>) -> bool {
        false
    }

    /// What a key does that nothing with the focus wants.
    fn key(&self, _: &Key, _: Physical, _: Modifiers) -> Option<Self::Message> {
        None
    }

    /// What can be done on it, and from everywhere.
    fn commands(&self, _: Scene<'_>) -> Vec<Command<Self::Message>> {
        Vec::new()
    }

    /// What can be done on it while it is in sight: how its list can be filtered and sorted.
    fn list_commands(&self, _: Scene<'_>) -> Vec<Command<Self::Message>> {
        Vec::new()
    }

    /// What its list can be filtered by in the row where the keyboard is, each by its name; `None` where it has no such
    /// list.
    fn values_here(&self, _: Scene<'_>) -> Option<Vec<(String, Self::Message)>> {
        None
    }
}

/// A row up (-1) or down (1) by the arrow keys.
pub(in crate::desktop) fn step(key: &Key) -> Option<isize> {
    match key {
        Key::Named(Named::ArrowUp) => Some(-1),
        Key::Named(Named::ArrowDown) => Some(1),
        _ => None,
    }
}
