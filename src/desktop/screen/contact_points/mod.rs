//! *Kontaktpunkter*: the contact points that senders can write to, and which fagsystem gets their messages.

mod editor;
mod entry;
mod filter_bar;
mod form;
mod group_key;
mod list;
mod listing;
mod notation;
mod rule_index;
mod tree;

pub use self::form::FormMessage;
pub use self::listing::Filter;
pub use crate::desktop::model::point_state::PointState;

use iced::Element;
use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};
use lucide_icons::Icon;
use serde_json::Value;

use self::entry::Row;
use self::form::{PointForm, TITLE_FIELD};
use self::listing::{Listing, Query, RowId};
use super::action::{Action, Request};
use super::command::{Command, CommandStep, Standard};
use super::contract::Screen;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::widget::{EDITOR_WIDTH, Motion, Scroll, beside};
use crate::rules::{Caseless, Criterion, Priority};
use crate::store::RouterSettings;

/// The name under which the list settings are saved in the preferences.
const VIEW: &str = "contactPoints";
const SEARCH_FIELD: &str = "point-search";
const TABLE: &str = "contact-points";

#[derive(Debug, Default)]
pub(in crate::desktop) struct ContactPointsScreen {
    query: Query,
    listing: Listing,
    scroll: Scroll,
    /// The row with the keyboard cursor.
    cursor: Option<RowId>,
    form: Option<Box<PointForm>>,
}

#[derive(Debug, Clone)]
pub enum Message {
    New,
    /// The mouse button went down on a row.
    Press(usize),
    Key(ListKey),
    Search(String),
    AddFilter(Filter),
    RemoveFilter(usize),
    ClearFilters,
    /// Show a tree of groups, or a flat list.
    ShowTree(bool),
    Form(FormMessage),
    Save,
    Delete,
    /// Close the editor, unless unsaved changes would be lost.
    Leave,
    /// Close the editor and discard its changes.
    Close,
    /// Reload the contact point from the draft and discard the changes.
    Reload,
    /// Begin a rule for the contact point.
    NewRule,
    FindRule(Priority),
    /// Show *Filer*, where the contact structure is imported.
    ShowFiles,
    Scrolled(Scroll),
}

/// A key pressed in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKey {
    Go(Motion),
    /// Fold (true) or unfold a group.
    Fold(bool),
}

impl ContactPointsScreen {
    /// With the saved list settings.
    pub fn new(view: Option<&Value>) -> Self {
        let settings = view.and_then(|view| serde_json::from_value(view.clone()).ok()).unwrap_or_default();
        Self { query: Query { settings, ..Query::default() }, ..Self::default() }
    }

    /// Closes the editor and discards its changes.
    fn close(&mut self) {
        self.form = None;
    }

    fn save(&mut self, scene: Scene<'_>) -> Action<Message> {
        let Some(form) = &mut self.form else { return Action::None };
        let action = form.save(scene);
        if let Some(id) = form.original_id().filter(|_| action.is_edit()) {
            let group = match &self.cursor {
                Some(RowId::Point(_, group)) => group.clone(),
                _ => String::new(),
            };
            self.cursor = Some(RowId::Point(id.clone(), group));
        }
        action
    }

    fn open(&mut self, id: &Caseless, scene: Scene<'_>) {
        self.form = scene.authority.contact_point(id).map(|point| Box::new(PointForm::of(Some(point))));
    }

    fn reload(&mut self, scene: Scene<'_>) {
        let id = self.form.as_ref().and_then(|form| form.original_id()).cloned();
        self.form = None;
        if let Some(id) = id {
            self.open(&id, scene);
        }
    }

    fn scroll_to_top(&mut self) -> Action<Message> {
        self.scroll = Scroll::default();
        Action::scroll_to(TABLE, 0.0)
    }

    /// Opens a contact point, or folds or unfolds a group.
    fn press(&mut self, row: usize, scene: Scene<'_>) {
        self.open_row(row, scene);
        if let Some(RowId::Group(key)) = &self.cursor
            && !self.query.folded.remove(key)
        {
            self.query.folded.insert(key.clone());
        }
    }

    /// Moves the cursor to the row and opens its contact point, if it is one.
    fn open_row(&mut self, row: usize, scene: Scene<'_>) {
        self.cursor = self.listing.row_id(row);
        match self.cursor.clone() {
            Some(RowId::Point(id, _)) => self.open(&id, scene),
            _ => self.close(),
        }
    }

    fn cursor_row(&self) -> Option<usize> {
        self.cursor.as_ref().and_then(|id| self.listing.row(id))
    }

    fn go(&mut self, motion: Motion, scene: Scene<'_>) -> Action<Message> {
        let Some(row) = self.scroll.row_after(motion, self.cursor_row(), self.listing.rows.len()) else {
            return Action::None;
        };
        self.open_row(row, scene);
        self.scroll.to_show(row).map(|y| Action::scroll_to(TABLE, y)).into()
    }

    /// Folds or unfolds the group that the cursor is at or in.
    fn fold_at_cursor(&mut self, folds: bool, scene: Scene<'_>) {
        if !self.query.settings.is_tree {
            return;
        }
        let Some(row) = self.cursor_row() else { return };
        let key = match &self.listing.rows[row] {
            Row::Group { key, .. } => key.clone(),
            Row::Point { group, .. } if folds => group.clone(),
            Row::Point { .. } => return,
        };
        if folds {
            self.query.folded.insert(key.clone());
        } else {
            self.query.folded.remove(&key);
        }
        if let Some(heading) = self.listing.row(&RowId::Group(key)) {
            self.open_row(heading, scene);
        }
    }
}

impl Screen for ContactPointsScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::MapPin;
    const KEYWORDS: &'static str = "postkasser kontaktstruktur mailboxes contact structure";
    const HAS_FORMS: bool = true;

    fn title(t: &'static Texts) -> &'static str {
        t.contact_points.title
    }

    fn open(_: &RouterSettings, preferences: &Preferences) -> Self {
        Self::new(preferences.views.get(VIEW))
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::New | Message::Press(_) | Message::Leave | Message::Key(_) | Message::NewRule
                if self.is_changed() =>
            {
                return Action::warn_unsaved();
            }
            Message::New => {
                self.form = Some(Box::new(PointForm::of(None)));
                self.cursor = None;
                return Action::focus(TITLE_FIELD);
            }
            Message::Press(row) => self.press(row, scene),
            Message::Key(ListKey::Fold(folds)) => self.fold_at_cursor(folds, scene),
            Message::Key(ListKey::Go(motion)) => return self.go(motion, scene),
            Message::Search(text) => {
                self.query.search = text;
                return self.scroll_to_top();
            }
            Message::AddFilter(filter) => {
                if !self.query.filters.contains(&filter) {
                    self.query.filters.push(filter);
                }
                return self.scroll_to_top();
            }
            Message::RemoveFilter(at) => {
                if at < self.query.filters.len() {
                    self.query.filters.remove(at);
                }
            }
            Message::ClearFilters => {
                self.query.filters.clear();
                self.query.search.clear();
            }
            Message::ShowTree(is_tree) => {
                self.query.settings.is_tree = is_tree;
                self.scroll = Scroll::default();
                let view = serde_json::to_value(&self.query.settings).unwrap_or_default();
                return Request::SaveView(VIEW, view).into();
            }
            Message::Form(message) => {
                if let Some(form) = &mut self.form {
                    form.update(message);
                }
            }
            Message::Save => return self.save(scene),
            Message::Delete => {
                let deleted = self.form.as_ref().map(|form| form.delete(scene)).unwrap_or_default();
                if deleted.is_edit() {
                    self.close();
                }
                return deleted;
            }
            Message::Leave if self.form.is_none() => self.query.search.clear(),
            Message::Leave | Message::Close => self.close(),
            Message::Reload => self.reload(scene),
            Message::NewRule => {
                let id = self.form.as_ref().and_then(|form| form.original_id()).cloned();
                return id.map(|id| Request::BeginRule(None, Criterion::ContactPoint(id)).into()).into();
            }
            Message::FindRule(priority) => return Request::ShowRule(priority).into(),
            Message::ShowFiles => return Action::show(Page::Files),
            Message::Scrolled(scroll) => self.scroll = scroll,
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let editor = self.form.as_ref().map(|form| form.view(scene, &self.listing));
        let is_open = editor.is_some();
        beside(|| self.list(is_open, scene), editor, scene.size.width, EDITOR_WIDTH)
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        // An authority can have thousands: they are not computed while the screen is hidden.
        if scene.page != Page::ContactPoints {
            return;
        }
        if self.listing.is_of_other(scene.authority.cvr) {
            // Filters and folds refer to groups of the other authority.
            self.query.filters.clear();
            self.query.folded.clear();
            (self.cursor, self.scroll) = (None, Scroll::default());
        }
        self.listing.refresh(&self.query, scene);
        let form = self.form.as_ref().filter(|form| form.original_id().is_some() && !form.is_changed());
        if form.is_some_and(|form| form.is_overtaken(scene.authority)) {
            self.reload(scene);
        }
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        Some(match standard {
            Standard::Save => Action::Send(Message::Save),
            Standard::New => Action::Send(Message::New),
            Standard::Search => Action::focus(SEARCH_FIELD),
            Standard::Leave => Action::Send(Message::Leave),
            Standard::Discard => Action::Send(Message::Close),
        })
    }

    fn is_changed(&self) -> bool {
        self.form.as_ref().is_some_and(|form| form.is_changed())
    }

    fn close_authority(&mut self) {
        self.close();
    }

    fn open_item(&self) -> Option<String> {
        let form = self.form.as_ref()?;
        Some(form.original_id().map(ToString::to_string).unwrap_or_default())
    }

    fn sight_hash(&self) -> u64 {
        self.scroll.sight_hash(&self.listing.rows, |row| self.listing.id_of(row))
    }

    fn key(&self, key: &Key, _: Physical, _: Modifiers) -> Option<Message> {
        let key = match key {
            Key::Named(Named::ArrowLeft) => ListKey::Fold(true),
            Key::Named(Named::ArrowRight) => ListKey::Fold(false),
            Key::Named(key) => ListKey::Go(Motion::of(*key)?),
            _ => return None,
        };
        Some(Message::Key(key))
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let (t, p) = (scene.t, &scene.t.contact_points);
        let is_tree = self.query.settings.is_tree;
        let (symbol, words) = if is_tree { (Icon::List, p.as_list) } else { (Icon::ListTree, p.as_tree) };
        let new = CommandStep::Standard(Standard::New);
        let keywords = "importér indlæs fil digital post import load file";
        let mut commands = vec![
            Command::new(Icon::Plus, p.new, "opret tilføj postkasse create add mailbox", new),
            Command::new(Icon::Search, p.search, "find led efter look for", CommandStep::Standard(Standard::Search)),
            Command::new(symbol, words, "træ gruppe liste tree group list", Message::ShowTree(!is_tree)),
            Command::new(Icon::Download, p.import, keywords, Message::ShowFiles),
            Command::new(Icon::FunnelX, p.show_all, "nulstil ryd filtre reset clear filters", Message::ClearFilters),
        ];
        if self.form.as_ref().is_none_or(|form| form.original_id().is_none()) {
            return commands;
        }
        if self.is_changed() {
            let save = CommandStep::Standard(Standard::Save);
            commands.push(Command::new(Icon::Check, t.save, "gem bekræft store confirm", save));
        }
        commands.push(Command::new(Icon::Plus, p.new_rule, "opret regel create rule", Message::NewRule));
        commands.push(Command::new(Icon::Trash2, p.delete, "slet fjern delete remove", Message::Delete));
        commands
    }
}
