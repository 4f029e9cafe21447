//! *Fordelingsregler*: the rules in priority order, with the default recipient as the last row, and an editor beside
//! the list.
//!
//! The list: [`listing`] selects and sorts the rules of the draft by the [`list_settings`], [`widths`] lays out the
//! [`column`]s, [`list`] draws them, and [`input`] handles the mouse and the keyboard. The editor: [`form`] holds what
//! the user has entered and reads a rule from it, [`rule_editor`] adds undo and what the rule would do, [`editor`]
//! draws it. [`edits`], [`bulk`] and [`switching`] change several rules at once. Every change is a new draft in an
//! [`Action`].

mod bulk;
mod column;
mod commands;
mod editor;
mod edits;
mod filter_bar;
mod form;
mod form_message;
mod input;
mod keeping;
mod list;
mod list_settings;
mod listing;
mod moving;
mod number_tree;
mod panel;
mod rule_editor;
mod suggestions;
mod switching;
mod widths;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};
use iced::{Element, Point};
use jiff::civil::Date;
use lucide_icons::Icon;

use self::bulk::{BulkForm, BulkMessage};
use self::column::ColumnKind;
use self::form::RuleForm;
pub(super) use self::form::{contact_group, contact_point_id, contact_point_text};
use self::form_message::FormMessage;
use self::list_settings::{Filter, ListSettings, SavedFilter};
use self::listing::{Listing, Refreshed};
use self::moving::{Moving, Press};
use self::rule_editor::RuleEditor;
pub(super) use self::suggestions::found_points;
use self::switching::{SwitchForm, SwitchMessage};
use super::action::{Action, Request};
use super::command::{Command, Standard};
use super::contract::Screen;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::trial::FactsOrigin;
use crate::desktop::widget::{EDITOR_WIDTH, Motion, Scroll, beside};
use crate::rules::{Criterion, Facts, FagsystemId, Priority, RuleBook};
use crate::store::RouterSettings;

/// The name under which the list settings are saved in the preferences.
const VIEW: &str = "rules";
const SEARCH_FIELD: &str = "rule-search";
const TABLE: &str = "rules";

#[derive(Debug, Default)]
pub(in crate::desktop) struct RulesScreen {
    settings: ListSettings,
    search: String,
    listing: Listing,
    scroll: Scroll,
    chosen: BTreeSet<Priority>,
    /// The row with the keyboard cursor.
    cursor: Option<Priority>,
    /// The first row of a range that is chosen with Shift.
    anchor: Option<Priority>,
    press: Option<Press>,
    moving: Option<Moving>,
    /// The column being resized, its width before, and the x coordinate where the drag began (`None` until the mouse
    /// has moved).
    resizing: Option<(ColumnKind, f32, Option<f32>)>,
    shows_columns: bool,
    /// The filters were restored from the last session and have not been changed since.
    filters_restored: bool,
    /// The name being entered for a saved filter; `None` when no filter is being saved.
    filter_name: Option<String>,
    panel: Panel,
}

/// What is open beside the list.
#[derive(Debug, Default)]
enum Panel {
    #[default]
    Nothing,
    Rule(Box<RuleEditor>),
    Bulk(BulkForm),
    Switch(SwitchForm),
}

#[derive(Debug, Clone)]
pub enum Message {
    New,
    /// A new rule directly above the row with the cursor.
    NewAbove,
    /// Show this made-up message on *Prøv en meddelelse*, on that day.
    Try(Box<Facts>, Date),
    /// A new rule with this criterion.
    NewFor(Criterion),
    /// A new rule that sends what meets this criterion to that fagsystem, before the rule that would leave nothing to it.
    NewTo(Criterion, FagsystemId),
    Clone,
    /// Make a guard that keeps what the rule in the editor decides on the day that is shown.
    Keep,
    SwitchOn(bool),
    Delete,
    SpreadEvenly,
    /// Move the rule in the editor to directly before this one.
    PutBefore(Priority),
    /// Open *Skift fagsystem*, from and to these fagsystems as far as they are known.
    BeginSwitch(Option<FagsystemId>, Option<FagsystemId>),
    /// The mouse button went down on a row.
    Press(Priority),
    /// Open the rule and focus its value field.
    Open(Priority),
    /// Scroll to the rule and open it, without filters if they hide it.
    Find(Priority),
    /// Make these the chosen rules.
    Choose(Vec<Priority>),
    /// Move the keyboard cursor without choosing the row.
    MoveCursor(Option<Priority>),
    MouseMoved(Point),
    MouseReleased,
    MouseLeft,
    Key(ListKey),
    Search(String),
    AddFilter(Filter),
    RemoveFilter(usize),
    ClearFilters,
    /// Show only the rules that send to this fagsystem.
    FilterByFagsystem(FagsystemId),
    NameFilter(Option<String>),
    SaveFilter,
    UseFilter(SavedFilter),
    DeleteFilter(String),
    Sort(ColumnKind),
    Resize(ColumnKind, f32),
    ShowColumns(bool),
    ToggleColumn(ColumnKind),
    Form(FormMessage),
    Bulk(BulkMessage),
    /// Make a package of the chosen rules for another environment.
    Pack,
    Switch(SwitchMessage),
    Save,
    /// Close what is open, unless unsaved changes would be lost.
    Leave,
    /// Close the editor and discard its changes.
    Close,
    /// Reload the rule from the draft and discard the changes.
    Reload,
    /// Keep editing, based on the rule as it is in the draft now.
    KeepMine,
    Scrolled(Scroll),
}

/// A key pressed in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKey {
    Go(Motion),
    Open,
    All,
    /// Move the chosen rules this many rows down (up if negative); they are in place at [`ListKey::Drop`].
    Move(isize),
    /// Finish the move.
    Drop,
    /// Move the chosen rules this many rows down (up if negative) and finish the move.
    Nudge(isize),
}

impl Message {
    /// Whether it would replace what is open in the editor.
    fn replaces_editor(&self) -> bool {
        match self {
            Self::New
            | Self::NewAbove
            | Self::NewFor(_)
            | Self::NewTo(..)
            | Self::Clone
            | Self::BeginSwitch(..)
            | Self::SwitchOn(_)
            | Self::SpreadEvenly
            | Self::Press(_)
            | Self::Open(_)
            | Self::Find(_) => true,
            Self::Key(key) => !matches!(key, ListKey::Drop),
            _ => false,
        }
    }

    /// Whether it identifies a rule by a number that saving may have given to another rule.
    fn names_a_rule(&self) -> bool {
        matches!(self, Self::Press(_) | Self::Open(_) | Self::Find(_))
    }

    /// Whether it moves the cursor, which an arrow key meant for a field may do by mistake.
    fn moves_cursor(&self) -> bool {
        matches!(self, Self::Key(ListKey::Go(_)))
    }
}

impl RulesScreen {
    pub fn is_moving(&self) -> bool {
        self.moving.is_some()
    }

    /// Follows the rules to their new numbers.
    fn renumber(&mut self, numbers: &HashMap<Priority, Priority>) {
        let now = |priority: Priority| numbers.get(&priority).copied();
        self.chosen = self.chosen.iter().filter_map(|priority| now(*priority)).collect();
        self.cursor = self.cursor.and_then(now);
        self.anchor = self.anchor.and_then(now);
        // A move counts positions among the rules as they were.
        self.moving = None;
        if let Panel::Rule(editor) = &mut self.panel {
            editor.renumber(now);
        }
    }

    /// Removes from the choice what is no longer listed.
    fn retain_listed(&mut self) {
        if self.chosen.is_empty() && self.cursor.is_none() {
            return;
        }
        let listed: BTreeSet<_> = self.listing.rows.iter().map(|rule| rule.priority).collect();
        self.chosen.retain(|priority| listed.contains(priority));
        self.cursor = self.cursor.filter(|priority| listed.contains(priority));
    }

    fn refresh_panel(&mut self, scene: Scene<'_>) {
        match &mut self.panel {
            Panel::Rule(editor) => {
                editor.refresh(scene);
                if editor.is_gone(scene) {
                    self.panel = Panel::Nothing;
                }
            }
            Panel::Switch(form) => form.update_preview(scene),
            Panel::Nothing | Panel::Bulk(_) => {}
        }
    }
}

impl Screen for RulesScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::ListOrdered;
    const KEYWORDS: &'static str = "regler fordeling rules routing";
    const HAS_FORMS: bool = true;

    fn title(t: &'static Texts) -> &'static str {
        t.rules.title
    }

    fn open(_: &RouterSettings, preferences: &Preferences) -> Self {
        let settings = preferences.views.get(VIEW).and_then(|view| serde_json::from_value(view.clone()).ok());
        let settings: ListSettings = settings.unwrap_or_default();
        let filters_restored = !settings.filters.is_empty();
        Self { settings, filters_restored, ..Self::default() }
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        let modifiers = scene.modifiers;
        if self.is_changed() && message.moves_cursor() {
            return Action::None;
        }
        if self.is_changed() && message.replaces_editor() {
            return self.save_before(message, scene);
        }
        match message {
            Message::New => return self.open_editor(RuleForm::new(scene), scene),
            Message::NewAbove => return self.open_editor(RuleForm::above(self.cursor, scene), scene),
            Message::NewFor(criterion) => {
                self.open_editor(RuleForm::for_criterion(&criterion, scene), scene);
                return Action::focus(form::FAGSYSTEM_FIELD);
            }
            Message::NewTo(criterion, fagsystem) => {
                let form = RuleForm { fagsystem: Some(fagsystem), ..RuleForm::for_criterion(&criterion, scene) };
                return self.open_new(form, scene);
            }
            Message::Clone => return self.clone_chosen(scene),
            Message::Keep => return self.keep(scene),
            Message::SwitchOn(on) => return self.switch_on(on, scene),
            Message::Delete if self.is_changed() => return Action::warn_unsaved(),
            Message::Delete => return self.delete(scene),
            Message::SpreadEvenly => return Self::spread_evenly(scene),
            Message::Try(facts, day) => {
                return Request::TryMessage(facts, Some(day), FactsOrigin::Example).into();
            }
            Message::PutBefore(other) => return self.put_before(other, scene),
            Message::BeginSwitch(from, to) => return self.begin_switch(from, to, scene),
            Message::Press(priority) => self.press(priority, modifiers),
            // With Shift or Ctrl, a double click is two separate choices.
            Message::Open(_) if modifiers.shift() || modifiers.command() => {}
            Message::Open(priority) => return self.open_rule(priority, scene),
            Message::Find(priority) => return self.find(priority, scene),
            Message::Choose(rules) => return self.choose(&rules, scene),
            Message::MoveCursor(priority) => self.cursor = priority,
            Message::MouseMoved(position) => return self.mouse_moved(position, scene),
            Message::MouseReleased => return self.mouse_released(scene),
            Message::MouseLeft => return self.mouse_left(),
            Message::Key(key) => return self.list_key(key, modifiers, scene),
            Message::Search(text) => return self.search_for(text),
            Message::AddFilter(_)
            | Message::RemoveFilter(_)
            | Message::ClearFilters
            | Message::FilterByFagsystem(_)
            | Message::NameFilter(_)
            | Message::SaveFilter
            | Message::UseFilter(_)
            | Message::DeleteFilter(_)
            | Message::Sort(_)
            | Message::ToggleColumn(_) => return self.change_list(message),
            Message::Resize(kind, width) => self.resizing = Some((kind, width, None)),
            Message::ShowColumns(shows) => self.shows_columns = shows,
            Message::Form(message) => {
                if let Panel::Rule(editor) = &mut self.panel {
                    return editor.update(message, scene);
                }
            }
            Message::Pack => return Request::PackageRules(self.chosen.clone()).into(),
            Message::Bulk(message) => {
                if let Panel::Bulk(form) = &mut self.panel {
                    return form.update(message, &self.chosen, scene);
                }
            }
            Message::Switch(message) => return self.update_switch(message, scene),
            Message::Save => return self.save(scene),
            Message::Leave => return self.leave(),
            Message::Close => self.close(),
            Message::Reload => self.reload(scene),
            Message::KeepMine => {
                if let Panel::Rule(editor) = &mut self.panel {
                    editor.keep_mine(scene);
                }
            }
            Message::Scrolled(scroll) => self.scroll = scroll,
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let panel: Option<Element<'a, Message>> = match &self.panel {
            Panel::Nothing => None,
            Panel::Rule(editor) => Some(editor.view(scene)),
            Panel::Bulk(form) => Some(form.view(&self.chosen, scene)),
            Panel::Switch(form) => Some(form.view(scene)),
        };
        let is_open = panel.is_some();
        beside(|| self.list(is_open, scene), panel, scene.size.width, EDITOR_WIDTH)
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(numbers) = self.listing.new_numbers(scene) {
            self.renumber(&numbers);
        }
        let Some(refreshed) = self.listing.refresh(&self.settings, &self.search, scene) else { return };
        self.retain_listed();
        if refreshed == Refreshed::Rules {
            self.refresh_panel(scene);
        }
        self.sync_panel();
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
        matches!(&self.panel, Panel::Rule(editor) if editor.is_changed())
    }

    /// Clears the choice too: another authority's rules have the same numbers.
    fn close_authority(&mut self) {
        self.reset();
    }

    fn open_item(&self) -> Option<String> {
        Some(match &self.panel {
            Panel::Nothing => return None,
            Panel::Rule(editor) => editor.form.replaces().map_or_else(|| "new".to_owned(), |rule| rule.to_string()),
            Panel::Bulk(_) => "several".to_owned(),
            Panel::Switch(_) => "switch".to_owned(),
        })
    }

    /// The draft after the move or the switch of fagsystems that is being prepared.
    fn preview(&self) -> Option<Arc<RuleBook>> {
        match (&self.moving, &self.panel) {
            (Some(moving), _) => moving.preview.clone(),
            (None, Panel::Switch(form)) => form.preview().cloned(),
            (None, Panel::Rule(editor)) => editor.assessment.preview.clone(),
            _ => None,
        }
    }

    fn undo_typing(&mut self, is_undo: bool, scene: Scene<'_>) -> bool {
        match &mut self.panel {
            Panel::Rule(editor) if is_undo => editor.undo(scene),
            Panel::Rule(editor) => editor.redo(scene),
            _ => false,
        }
    }

    fn sight_hash(&self) -> u64 {
        self.scroll.sight_hash(&self.listing.rows, |rule| rule.priority)
    }

    fn key(&self, key: &Key, _: Physical, _: Modifiers) -> Option<Message> {
        match key {
            Key::Named(Named::Enter) => Some(Message::Key(ListKey::Open)),
            Key::Named(key) => Some(Message::Key(ListKey::Go(Motion::of(*key)?))),
            _ => None,
        }
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        commands::commands(self, scene)
    }

    fn list_commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        commands::list_commands(self, scene)
    }

    fn row_filters(&self, scene: Scene<'_>) -> Option<Vec<(String, Message)>> {
        Some(self.values_of_row(scene))
    }
}
