//! The contract between the application and a screen. A screen that implements it and has a row in `model::page` is in
//! the sidebar, the palette and the keymap without further code.

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

/// A screen: its state, how messages change it, and how it is drawn.
pub(in crate::desktop) trait Screen: Sized {
    type Message: Clone + Send + 'static;

    /// Its icon in the sidebar.
    const SYMBOL: Icon;
    /// Other words that people search for it by, in both languages.
    const KEYWORDS: &'static str;
    /// Whether it has forms with unsaved changes that can keep the window from closing.
    const HAS_FORMS: bool = false;

    fn title(t: &'static Texts) -> &'static str;

    /// The screen as the window opens, with what the settings and preferences have saved of it.
    fn open(settings: &RouterSettings, preferences: &Preferences) -> Self;

    fn update(&mut self, message: Self::Message, scene: Scene<'_>) -> Action<Self::Message>;

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Self::Message>;

    /// Called each time the screen is shown.
    fn on_shown(&mut self, _: Scene<'_>) -> Action<Self::Message> {
        Action::None
    }

    /// Called when the store has changed while the screen is shown.
    fn on_store_changed(&mut self, _: Scene<'_>) -> Action<Self::Message> {
        Action::None
    }

    /// Recomputes what depends on the draft. Called after every message, whether the screen is shown or not, so it must be
    /// cheap when nothing has changed.
    fn refresh(&mut self, _: Scene<'_>) {}

    /// Starts the work that what is shown needs, unless it is done or under way. Called after every message while the screen is
    /// shown, so it must be cheap when nothing has changed.
    fn follow(&mut self, _: Scene<'_>) -> Action<Self::Message> {
        Action::None
    }

    /// Whether what is shown changes without a message, such as how far a work has come, or something is to begin once some time has
    /// passed. While it does, the screen is told to look every moment.
    fn is_moving(&self) -> bool {
        false
    }

    /// What a standard command does here; `None` where this screen has no use for it.
    fn standard(&self, _: Standard) -> Option<Action<Self::Message>> {
        None
    }

    /// Whether a form has unsaved changes.
    fn is_changed(&self) -> bool {
        false
    }

    /// Whether the message would discard unsaved changes on other screens.
    fn would_discard_edits(&self, _: &Self::Message, _: Scene<'_>) -> bool {
        false
    }

    /// Closes what is open of an authority, because another one has been selected.
    fn close_authority(&mut self) {}

    /// Identifies what is open in the editor beside the list. When it changes, the editor is scrolled to its top.
    fn open_item(&self) -> Option<String> {
        None
    }

    /// A hash of which rows of the list are in sight, and of where they stand; of the latter alone where its rows are few or stay what
    /// they are. When it changes, so does most of the window, which is then drawn as a whole.
    fn sight_hash(&self) -> u64 {
        0
    }

    /// The id of the scrollable that shows it.
    fn editor_id(&self) -> &'static str {
        EDITOR
    }

    /// The draft with the changes that are being prepared, so that their effect on past messages can be shown.
    fn preview(&self) -> Option<Arc<RuleBook>> {
        None
    }

    /// Undoes (true) or redoes the last typing in a form. Returns false when there was none, so that the draft's own last
    /// step is undone instead.
    fn undo_typing(&mut self, _is_undo: bool, _: Scene<'_>) -> bool {
        false
    }

    /// The message for a key that neither the focused widget nor a command has handled.
    fn key(&self, _: &Key, _: Physical, _: Modifiers) -> Option<Self::Message> {
        None
    }

    /// The commands that the palette offers from every screen.
    fn commands(&self, _: Scene<'_>) -> Vec<Command<Self::Message>> {
        Vec::new()
    }

    /// The commands that the palette offers only while the screen is shown: how its list can be filtered and sorted.
    fn list_commands(&self, _: Scene<'_>) -> Vec<Command<Self::Message>> {
        Vec::new()
    }

    /// The values of the current row that the list can be filtered by, each with its name; `None` where the screen has no
    /// such list.
    fn row_filters(&self, _: Scene<'_>) -> Option<Vec<(String, Self::Message)>> {
        None
    }
}

/// The rows that an arrow key moves by: up is -1, down is 1.
pub(in crate::desktop) fn row_step(key: &Key) -> Option<isize> {
    match key {
        Key::Named(Named::ArrowUp) => Some(-1),
        Key::Named(Named::ArrowDown) => Some(1),
        _ => None,
    }
}
