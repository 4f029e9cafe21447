//! *Fordelingsregler*: the rules in priority order, with the default recipient as their visible last row, and an editor
//! beside them.

mod bulk;
mod column;
mod commands;
mod editor;
mod edits;
mod filter_bar;
mod form;
mod form_message;
mod input;
mod list;
mod list_settings;
mod listing;
mod moving;
mod number_tree;
mod rule_editor;
mod suggestions;
mod switching;
mod widths;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};
use iced::{Element, Point};
use lucide_icons::Icon;
use serde_json::Value;

use self::bulk::{BulkForm, BulkMessage};
use self::column::ColumnKind;
use self::form::RuleForm;
use self::form_message::Part;
use self::list_settings::{Filter, ListView, SavedFilter};
use self::listing::{Listing, Refreshed};
use self::moving::{Moving, Press};
use self::rule_editor::Writing;
use self::switching::{SwitchForm, SwitchMessage};
use super::action::{Action, Request};
use super::command::{Command, Standard};
use super::contract::Screen;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::widget::{EDITOR_WIDTH, Motion, Scroll, beside};
use crate::rules::{Criterion, FagsystemId, Priority, RuleBook};
use crate::store::RouterSettings;

/// Under this name the way the list is shown is remembered.
pub(in crate::desktop) const VIEW: &str = "rules";
pub(in crate::desktop) const SEARCH_FIELD: &str = "rule-search";
const TABLE: &str = "rules";

/// The screen's state.
#[derive(Debug, Default)]
pub(in crate::desktop) struct RulesScreen {
    view: ListView,
    search: String,
    listing: Listing,
    scroll: Scroll,
    chosen: BTreeSet<Priority>,
    /// Where the keyboard is.
    here: Option<Priority>,
    /// Where a choice of several began.
    anchor: Option<Priority>,
    press: Option<Press>,
    moving: Option<Moving>,
    /// The column whose edge the mouse holds, with its width and where that began.
    resizing: Option<(ColumnKind, f32, Option<f32>)>,
    shows_columns: bool,
    /// The filters are those that the list had when the window was last closed.
    filters_are_old: bool,
    /// What a filter is to be called; `None` while none is being saved.
    filter_name: Option<String>,
    panel: Panel,
}

/// What stands beside the list.
#[derive(Debug, Default)]
enum Panel {
    #[default]
    Nothing,
    Rule(Box<Writing>),
    Several(BulkForm),
    Switch(SwitchForm),
}

#[derive(Debug, Clone)]
pub enum Message {
    New,
    /// A rule directly above the one where the keyboard is.
    NewAbove,
    /// A rule that looks at that.
    NewFor(Criterion),
    Clone,
    SwitchOn(bool),
    Delete,
    SpreadEvenly,
    /// The rule that is shown is to come directly before that one.
    PutBefore(Priority),
    /// From that fagsystem, when it is known.
    BeginSwitch(Option<FagsystemId>, Option<FagsystemId>),
    /// The mouse went down on a rule.
    Press(Priority),
    /// A rule is to be shown and written in.
    Open(Priority),
    /// A rule is to be found in the list and shown.
    Find(Priority),
    /// Those rules are meant now.
    Mean(Vec<Priority>),
    /// The keyboard is to be at that rule.
    GoTo(Option<Priority>),
    MouseAt(Point),
    MouseUp,
    MouseAway,
    Key(ListKey),
    Search(String),
    AddFilter(Filter),
    RemoveFilter(usize),
    ClearFilters,
    /// The rules that send to that fagsystem, and no others.
    FilterByFagsystem(FagsystemId),
    NameFilter(Option<String>),
    SaveFilter,
    UseFilter(SavedFilter),
    ForgetFilter(String),
    Sort(ColumnKind),
    Resize(ColumnKind, f32),
    ShowColumns(bool),
    ToggleColumn(ColumnKind),
    Write(Part),
    Several(BulkMessage),
    /// The chosen rules are to be packed for another environment.
    Pack,
    Switch(SwitchMessage),
    Save,
    /// Leave what is open, unless something would be lost.
    Leave,
    /// Leave the editor, and what was written in it.
    Close,
    /// Take the rule as it is now, and what was written is lost.
    Reload,
    /// Go on with what was written, past what others have made of the rule.
    KeepMine,
    Scrolled(Scroll),
}

/// What the keyboard does in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKey {
    Go(Motion),
    Open,
    All,
    /// The chosen rules one place up or down.
    Move(isize),
    /// The chosen rules stay where they have come to.
    Drop,
    /// One place up or down, and stay there.
    Nudge(isize),
}

impl Message {
    /// Whether what is written in the editor would be lost by it.
    fn leaves_the_editor(&self) -> bool {
        match self {
            Self::New
            | Self::NewAbove
            | Self::NewFor(_)
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

    /// Whether it means a rule by its number, which may be another rule's by then.
    fn names_a_rule(&self) -> bool {
        matches!(self, Self::Press(_) | Self::Open(_) | Self::Find(_))
    }

    /// Whether it goes up or down the list, as a key in a field may by mistake.
    fn only_looks_around(&self) -> bool {
        matches!(self, Self::Key(ListKey::Go(_)))
    }
}

impl RulesScreen {
    /// With the list as it was shown last.
    pub fn new(view: Option<&Value>) -> Self {
        let view: ListView = view.and_then(|view| serde_json::from_value(view.clone()).ok()).unwrap_or_default();
        let filters_are_old = !view.filters.is_empty();
        Self { view, filters_are_old, ..Self::default() }
    }

    /// Closes the editor; what was written in it is dropped.
    pub fn close(&mut self) {
        self.panel = Panel::Nothing;
        self.moving = None;
    }

    pub fn is_moving(&self) -> bool {
        self.moving.is_some()
    }

    /// Rules have other numbers than before; the same ones are meant.
    fn follow(&mut self, numbers: &HashMap<Priority, Priority>) {
        let now = |priority: Priority| numbers.get(&priority).copied();
        self.chosen = self.chosen.iter().filter_map(|priority| now(*priority)).collect();
        self.here = self.here.and_then(now);
        self.anchor = self.anchor.and_then(now);
        // Where they were going was counted from where the others were.
        self.moving = None;
        if let Panel::Rule(writing) = &mut self.panel {
            writing.renumber(now);
        }
    }

    /// Several chosen rules have an editor of their own.
    fn settle_panel(&mut self) {
        match (&self.panel, self.chosen.len()) {
            (Panel::Nothing, 2..) => self.panel = Panel::Several(BulkForm::default()),
            (Panel::Several(_), 0 | 1) => self.panel = Panel::Nothing,
            (Panel::Rule(writing), 2..) if !writing.is_changed() => self.panel = Panel::Several(BulkForm::default()),
            _ => {}
        }
    }

    /// Closes everything, and forgets which rules were meant: another authority's rules have the same numbers.
    fn forget(&mut self) {
        self.close();
        self.chosen.clear();
        (self.here, self.anchor, self.press) = (None, None, None);
    }

    /// What is written goes into the draft when it is whole; otherwise it is kept, and says so.
    fn save_before(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        let gives_numbers = matches!(&self.panel, Panel::Rule(writing) if !writing.form.shifted.is_empty());
        let saved = self.save(scene);
        if self.is_changed() {
            saved.then(Action::keep_form())
        } else if gives_numbers && message.names_a_rule() {
            saved
        } else {
            saved.then(Action::Then(message))
        }
    }

    fn begin(&mut self, form: RuleForm, scene: Scene<'_>) -> Action<Message> {
        self.chosen.clear();
        self.panel = written(form, scene);
        Action::focus(form::VALUE_FIELD)
    }

    /// What is known of the rule stands there; the keyboard is where something is missing.
    fn save(&mut self, scene: Scene<'_>) -> Action<Message> {
        if matches!(self.panel, Panel::Switch(_)) {
            return self.update_switch(SwitchMessage::Make, scene);
        }
        let Panel::Rule(writing) = &mut self.panel else { return Action::None };
        if writing.form.is_overtaken(scene.authority) {
            return Action::warn(scene.t.rules.overtaken_hint.to_owned());
        }
        let Some((book, edit, rule)) = writing.in_the_draft(scene) else {
            return writing.first_wrong().map_or(Action::keep_form(), Action::focus);
        };
        self.panel = Panel::Nothing;
        Action::edit(book, edit).then(Action::Then(Message::Mean(vec![rule.priority])))
    }

    fn leave(&mut self) -> Action<Message> {
        if self.moving.take().is_some() || std::mem::take(&mut self.shows_columns) || self.filter_name.take().is_some()
        {
            self.press = None;
            return Action::None;
        }
        if let Panel::Rule(writing) = &mut self.panel {
            if writing.close_calendar() {
                return Action::None;
            }
            if writing.is_changed() {
                return Action::keep_form();
            }
            self.close();
            return Action::None;
        }
        if matches!(self.panel, Panel::Nothing) && !self.search.is_empty() {
            self.search.clear();
        }
        self.close();
        self.chosen.clear();
        Action::None
    }

    fn begin_switch(
        &mut self,
        from: Option<FagsystemId>,
        to: Option<FagsystemId>,
        scene: Scene<'_>,
    ) -> Action<Message> {
        let form = SwitchForm::new(from, to, scene);
        let first = form.first_missing();
        self.panel = Panel::Switch(form);
        Action::focus(first)
    }

    fn update_switch(&mut self, message: SwitchMessage, scene: Scene<'_>) -> Action<Message> {
        let Panel::Switch(form) = &mut self.panel else { return Action::None };
        let action = form.update(message, scene);
        if action.is_edit() {
            self.panel = Panel::Nothing;
        }
        action
    }
}

impl Screen for RulesScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::ListOrdered;
    const ALSO: &'static str = "regler fordeling rules routing";
    const HAS_FORMS: bool = true;

    fn title(t: &'static Texts) -> &'static str {
        t.rules.title
    }

    fn open(_: &RouterSettings, preferences: &Preferences) -> Self {
        Self::new(preferences.views.get(VIEW))
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        let modifiers = scene.modifiers;
        if self.is_changed() && message.only_looks_around() {
            return Action::None;
        }
        if self.is_changed() && message.leaves_the_editor() {
            return self.save_before(message, scene);
        }
        match message {
            Message::New => return self.begin(RuleForm::new(scene), scene),
            Message::NewAbove => {
                let form = RuleForm::above(self.here, scene);
                return self.begin(form, scene);
            }
            Message::NewFor(criterion) => {
                self.begin(RuleForm::about(&criterion, scene), scene);
                return Action::focus(form::FAGSYSTEM_FIELD);
            }
            Message::Clone => return self.clone_chosen(scene),
            Message::SwitchOn(on) => return self.switch_on(on, scene),
            Message::Delete if self.is_changed() => return Action::keep_form(),
            Message::Delete => return self.delete(scene),
            Message::SpreadEvenly => return Self::spread_evenly(scene),
            Message::PutBefore(other) => return self.put_before(other, scene),
            Message::BeginSwitch(from, to) => return self.begin_switch(from, to, scene),
            Message::Press(priority) => self.press(priority, modifiers),
            // Two quick clicks with Shift or Ctrl choose twice.
            Message::Open(_) if modifiers.shift() || modifiers.command() => {}
            Message::Open(priority) => return self.open(priority, scene),
            Message::Find(priority) => {
                if self.listing.position(priority).is_none() {
                    self.view.filters.clear();
                    self.filters_are_old = false;
                    self.search.clear();
                    self.listing.refresh(&self.view, &self.search, scene);
                }
                self.choose_only(priority, scene);
                return self.scroll_to(priority);
            }
            Message::Mean(rules) => return self.mean(&rules, scene),
            Message::GoTo(priority) => self.here = priority,
            Message::MouseAt(position) => return self.mouse_at(position, scene),
            Message::MouseUp => return self.mouse_up(scene),
            Message::MouseAway => {
                // Rules that the keyboard moves do not mind the mouse.
                if self.press.take().is_some() {
                    self.moving = None;
                }
                if self.resizing.take().is_some() {
                    return self.kept_view();
                }
            }
            Message::Key(key) => return self.key(key, modifiers, scene),
            Message::Search(text) => {
                self.search = text;
                self.scroll = Scroll::default();
                return Action::scroll_to(TABLE, 0.0);
            }
            Message::AddFilter(_)
            | Message::RemoveFilter(_)
            | Message::ClearFilters
            | Message::FilterByFagsystem(_)
            | Message::NameFilter(_)
            | Message::SaveFilter
            | Message::UseFilter(_)
            | Message::ForgetFilter(_)
            | Message::Sort(_)
            | Message::ToggleColumn(_) => return self.change_view(message),
            Message::Resize(kind, width) => self.resizing = Some((kind, width, None)),
            Message::ShowColumns(shows) => self.shows_columns = shows,
            Message::Write(part) => {
                if let Panel::Rule(writing) = &mut self.panel {
                    return writing.write(part, scene);
                }
            }
            Message::Pack => return Action::Ask(Request::Pack(self.chosen.clone())),
            Message::Several(message) => {
                if let Panel::Several(form) = &mut self.panel {
                    return form.update(message, &self.chosen, scene);
                }
            }
            Message::Switch(message) => return self.update_switch(message, scene),
            Message::Save => return self.save(scene),
            Message::Leave => return self.leave(),
            Message::Close => self.close(),
            Message::Reload => {
                if let Panel::Rule(writing) = &self.panel {
                    let rule = writing.form.replaces().and_then(|number| scene.authority.rule(number));
                    self.panel =
                        rule.map_or(Panel::Nothing, |rule| written(RuleForm::of(rule, scene.authority), scene));
                }
            }
            Message::KeepMine => {
                if let Panel::Rule(writing) = &mut self.panel {
                    writing.keep_mine(scene);
                }
            }
            Message::Scrolled(scroll) => self.scroll = scroll,
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let panel: Option<Element<'a, Message>> = match &self.panel {
            Panel::Nothing => None,
            Panel::Rule(writing) => Some(writing.view(scene)),
            Panel::Several(form) => Some(form.view(&self.chosen, scene)),
            Panel::Switch(form) => Some(form.view(scene)),
        };
        let is_open = panel.is_some();
        beside(|| self.list(is_open, scene), panel, scene.size.width, EDITOR_WIDTH)
    }

    /// Brings everything that follows from the draft up to date.
    fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(numbers) = self.listing.new_numbers(scene) {
            self.follow(&numbers);
        }
        let Some(refreshed) = self.listing.refresh(&self.view, &self.search, scene) else { return };
        // What is not on the list is not meant.
        let listed: BTreeSet<_> = self.listing.rows.iter().map(|rule| rule.priority).collect();
        self.chosen.retain(|priority| listed.contains(priority));
        self.here = self.here.filter(|priority| listed.contains(priority));
        if refreshed == Refreshed::Rules {
            match &mut self.panel {
                Panel::Rule(writing) => {
                    writing.follow(scene);
                    if writing.is_gone(scene) {
                        self.panel = Panel::Nothing;
                    }
                }
                Panel::Switch(form) => form.work_out(scene),
                Panel::Nothing | Panel::Several(_) => {}
            }
        }
        self.settle_panel();
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
        matches!(&self.panel, Panel::Rule(writing) if writing.is_changed())
    }

    /// Closes everything, and forgets which rules were meant: another authority's rules have the same numbers.
    fn leave_authority(&mut self) {
        self.forget();
    }

    /// What stands in the editor.
    fn opened(&self) -> Option<String> {
        Some(match &self.panel {
            Panel::Nothing => return None,
            Panel::Rule(writing) => writing.form.replaces().map_or_else(|| "new".to_owned(), |rule| rule.to_string()),
            Panel::Several(_) => "several".to_owned(),
            Panel::Switch(_) => "switch".to_owned(),
        })
    }

    /// The draft as it would be after what is being prepared: a move, or a switch of fagsystems.
    fn preview(&self) -> Option<Arc<RuleBook>> {
        match (&self.moving, &self.panel) {
            (Some(moving), _) => moving.preview.clone(),
            (None, Panel::Switch(form)) => form.preview().cloned(),
            _ => None,
        }
    }

    fn undo_writing(&mut self, is_undo: bool, scene: Scene<'_>) -> bool {
        match &mut self.panel {
            Panel::Rule(writing) if is_undo => writing.undo(scene),
            Panel::Rule(writing) => writing.redo(scene),
            _ => false,
        }
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

    fn values_here(&self, scene: Scene<'_>) -> Option<Vec<(String, Message)>> {
        Some(self.values_of_row(scene))
    }
}

fn written(form: RuleForm, scene: Scene<'_>) -> Panel {
    Panel::Rule(Box::new(Writing::begin(form, scene)))
}
