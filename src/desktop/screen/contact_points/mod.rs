//! *Kontaktpunkter*: the addresses that the authority offers to those who write to it, and who takes their post.

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

pub use self::form::Part;
pub use self::listing::Filter;
pub use crate::desktop::model::point_state::PointState;

use iced::Element;
use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};
use lucide_icons::Icon;
use serde_json::Value;

use self::entry::Row;
use self::form::{PointForm, TITLE_FIELD};
use self::listing::{Listing, Place, Wanted};
use super::action::{Action, Request};
use super::command::{Command, Deed, Standard};
use super::contract::Screen;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::widget::{EDITOR_WIDTH, Motion, Scroll, beside};
use crate::rules::{Caseless, Criterion, Priority};
use crate::store::RouterSettings;

/// Under this name the way the list is shown is remembered.
pub(in crate::desktop) const VIEW: &str = "contactPoints";
pub(in crate::desktop) const SEARCH_FIELD: &str = "point-search";
const TABLE: &str = "contact-points";

/// The screen's state.
#[derive(Debug, Default)]
pub(in crate::desktop) struct ContactPointsScreen {
    wanted: Wanted,
    listing: Listing,
    scroll: Scroll,
    /// Where the keyboard is.
    here: Option<Place>,
    form: Option<Box<PointForm>>,
}

#[derive(Debug, Clone)]
pub enum Message {
    New,
    /// The mouse went down on a line.
    Press(usize),
    Key(PointKey),
    Search(String),
    AddFilter(Filter),
    RemoveFilter(usize),
    ClearFilters,
    /// By group, or in one list.
    ShowTree(bool),
    Write(Part),
    Save,
    Delete,
    /// Leave the editor, unless something would be lost.
    Leave,
    /// Leave the editor, and what was written in it.
    Close,
    /// Take the contact point as it is now, and what was written is lost.
    Reload,
    /// A rule for the contact point is to be written.
    NewRule,
    FindRule(Priority),
    /// Where the contact structure is read from files.
    ShowFiles,
    Scrolled(Scroll),
}

/// What the keyboard does in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointKey {
    Go(Motion),
    /// A group is folded up (true) or unfolded.
    Fold(bool),
}

impl ContactPointsScreen {
    /// With the list as it was shown last.
    pub fn new(view: Option<&Value>) -> Self {
        let view = view.and_then(|view| serde_json::from_value(view.clone()).ok()).unwrap_or_default();
        Self { wanted: Wanted { view, ..Wanted::default() }, ..Self::default() }
    }

    /// Closes the editor; what was written in it is dropped.
    fn close(&mut self) {
        self.form = None;
    }

    fn save(&mut self, scene: Scene<'_>) -> Action<Message> {
        let Some(form) = &mut self.form else { return Action::None };
        let action = form.save(scene);
        if let Some(id) = form.original_id().filter(|_| action.is_edit()) {
            let group = match &self.here {
                Some(Place::Point(_, group)) => group.clone(),
                _ => String::new(),
            };
            self.here = Some(Place::Point(id.clone(), group));
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

    fn back_to_the_top(&mut self) -> Action<Message> {
        self.scroll = Scroll::default();
        Action::scroll_to(TABLE, 0.0)
    }

    /// A contact point is opened, a group folded up or unfolded.
    fn press(&mut self, row: usize, scene: Scene<'_>) {
        self.stand_at(row, scene);
        if let Some(Place::Group(key)) = &self.here
            && !self.wanted.folded.remove(key)
        {
            self.wanted.folded.insert(key.clone());
        }
    }

    /// The keyboard is at that line, and the editor shows what stands there.
    fn stand_at(&mut self, row: usize, scene: Scene<'_>) {
        self.here = self.listing.place(row);
        match self.here.clone() {
            Some(Place::Point(id, _)) => self.open(&id, scene),
            _ => self.close(),
        }
    }

    fn here(&self) -> Option<usize> {
        self.here.as_ref().and_then(|place| self.listing.row(place))
    }

    fn go(&mut self, motion: Motion, scene: Scene<'_>) -> Action<Message> {
        let Some(row) = self.scroll.row_after(motion, self.here(), self.listing.rows.len()) else {
            return Action::None;
        };
        self.stand_at(row, scene);
        self.scroll.to_show(row).map(|y| Action::scroll_to(TABLE, y)).into()
    }

    /// Folds up the group that the keyboard is at, or in, or unfolds it.
    fn fold_here(&mut self, folds: bool, scene: Scene<'_>) {
        if !self.wanted.view.is_tree {
            return;
        }
        let Some(row) = self.here() else { return };
        let key = match &self.listing.rows[row] {
            Row::Group { key, .. } => key.clone(),
            Row::Point { group, .. } if folds => group.clone(),
            Row::Point { .. } => return,
        };
        if folds {
            self.wanted.folded.insert(key.clone());
        } else {
            self.wanted.folded.remove(&key);
        }
        if let Some(heading) = self.listing.row(&Place::Group(key)) {
            self.stand_at(heading, scene);
        }
    }
}

impl Screen for ContactPointsScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::MapPin;
    const ALSO: &'static str = "postkasser kontaktstruktur mailboxes contact structure";
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
                return Action::keep_form();
            }
            Message::New => {
                self.form = Some(Box::new(PointForm::of(None)));
                self.here = None;
                return Action::focus(TITLE_FIELD);
            }
            Message::Press(row) => self.press(row, scene),
            Message::Key(PointKey::Fold(folds)) => self.fold_here(folds, scene),
            Message::Key(PointKey::Go(motion)) => return self.go(motion, scene),
            Message::Search(text) => {
                self.wanted.search = text;
                return self.back_to_the_top();
            }
            Message::AddFilter(filter) => {
                if !self.wanted.filters.contains(&filter) {
                    self.wanted.filters.push(filter);
                }
                return self.back_to_the_top();
            }
            Message::RemoveFilter(at) => {
                if at < self.wanted.filters.len() {
                    self.wanted.filters.remove(at);
                }
            }
            Message::ClearFilters => {
                self.wanted.filters.clear();
                self.wanted.search.clear();
            }
            Message::ShowTree(is_tree) => {
                self.wanted.view.is_tree = is_tree;
                self.scroll = Scroll::default();
                let view = serde_json::to_value(&self.wanted.view).unwrap_or_default();
                return Request::KeepView(VIEW, view).into();
            }
            Message::Write(part) => {
                if let Some(form) = &mut self.form {
                    form.write(part);
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
            Message::Leave if self.form.is_none() => self.wanted.search.clear(),
            Message::Leave | Message::Close => self.close(),
            Message::Reload => self.reload(scene),
            Message::NewRule => {
                let id = self.form.as_ref().and_then(|form| form.original_id()).cloned();
                return id.map(|id| Request::BeginRule(None, Criterion::ContactPoint(id)).into()).into();
            }
            Message::FindRule(priority) => return Action::Ask(Request::FindRule(priority)),
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

    /// Brings what is shown up to date with the draft, and the editor too unless something is written in it.
    fn refresh(&mut self, scene: Scene<'_>) {
        // Two thousand take a moment: not while they are out of sight.
        if scene.page != Page::ContactPoints {
            return;
        }
        if self.listing.is_of_other(scene.authority.cvr) {
            // Its groups are not this one's.
            self.wanted.filters.clear();
            self.wanted.folded.clear();
            (self.here, self.scroll) = (None, Scroll::default());
        }
        self.listing.refresh(&self.wanted, scene);
        let form = self.form.as_ref().filter(|form| form.original_id().is_some() && !form.is_changed());
        if form.is_some_and(|form| form.is_overtaken(scene.authority)) {
            self.reload(scene);
        }
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        Some(match standard {
            Standard::Save => Action::Then(Message::Save),
            Standard::New => Action::Then(Message::New),
            Standard::Search => Action::focus(SEARCH_FIELD),
            Standard::Leave => Action::Then(Message::Leave),
            Standard::Discard => Action::Then(Message::Close),
        })
    }

    /// Whether anything has been written that would be lost.
    fn is_changed(&self) -> bool {
        self.form.as_ref().is_some_and(|form| form.is_changed())
    }

    fn leave_authority(&mut self) {
        self.close();
    }

    /// What stands in the editor.
    fn opened(&self) -> Option<String> {
        let form = self.form.as_ref()?;
        Some(form.original_id().map(ToString::to_string).unwrap_or_default())
    }

    fn key(&self, key: &Key, _: Physical, _: Modifiers) -> Option<Message> {
        let key = match key {
            Key::Named(Named::ArrowLeft) => PointKey::Fold(true),
            Key::Named(Named::ArrowRight) => PointKey::Fold(false),
            Key::Named(key) => PointKey::Go(Motion::of(*key)?),
            _ => return None,
        };
        Some(Message::Key(key))
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let (t, p) = (scene.t, &scene.t.contact_points);
        let is_tree = self.wanted.view.is_tree;
        let (symbol, words) = if is_tree { (Icon::List, p.as_list) } else { (Icon::ListTree, p.as_tree) };
        let new = Deed::Standard(Standard::New);
        let also = "importér indlæs fil digital post import load file";
        let mut commands = vec![
            Command::new(Icon::Plus, p.new, "opret tilføj postkasse create add mailbox", new),
            Command::new(Icon::Search, p.search, "find led efter look for", Deed::Standard(Standard::Search)),
            Command::new(symbol, words, "træ gruppe liste tree group list", Message::ShowTree(!is_tree)),
            Command::new(Icon::Download, p.import, also, Message::ShowFiles),
            Command::new(Icon::FunnelX, p.show_all, "nulstil ryd filtre reset clear filters", Message::ClearFilters),
        ];
        if self.form.as_ref().is_none_or(|form| form.original_id().is_none()) {
            return commands;
        }
        if self.is_changed() {
            let save = Deed::Standard(Standard::Save);
            commands.push(Command::new(Icon::Check, t.save, "gem bekræft store confirm", save));
        }
        commands.push(Command::new(Icon::Plus, p.new_rule, "opret regel create rule", Message::NewRule));
        commands.push(Command::new(Icon::Trash2, p.delete, "slet fjern delete remove", Message::Delete));
        commands
    }
}
