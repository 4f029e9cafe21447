//! *Fagsystemer*: the systems that receive messages, and how the router authenticates to each.

mod editor;
mod form;
mod list;
mod probing;
mod secret;
mod secrets_location;
mod trial_panel;
mod usage;

pub(super) use self::probing::Probing;
pub use self::secret::SecretMessage;
pub use self::trial_panel::TrialMessage;

use std::sync::Arc;

use iced::keyboard::key::Physical;
use iced::keyboard::{Key, Modifiers};
use iced::widget::column;
use iced::{Element, Fill};
use lucide_icons::Icon;

use self::editor::NAME_FIELD;
use self::form::FagsystemForm;
use self::list::{by_name, list};
use self::secret::SecretForm;
use super::action::Action;
use super::command::{Command, CommandStep, Standard};
use super::contract::{Screen, row_step};
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::access_kind::AccessKind;
use crate::desktop::model::error::Error;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::widget::{EDITOR_WIDTH, Head, Scroll, Tool, beside};
use crate::router::Probe;
use crate::rules::{Endpoint, FagsystemId, Priority, RuleBook};
use crate::store::RouterSettings;

#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct FagsystemsScreen {
    form: Option<FagsystemForm>,
    secret: SecretForm,
    scroll: Scroll,
}

#[derive(Debug, Clone)]
pub enum Message {
    New,
    Choose(FagsystemId),
    /// Close the editor, unless unsaved changes would be lost.
    Leave,
    /// Close the editor and discard its changes.
    Close,
    /// Reload the fagsystem from the draft and discard the changes.
    Reload,
    Form(FormMessage),
    Secret(SecretMessage),
    Save,
    Delete,
    MakeDefault,
    FindRule(Priority),
    /// Show the rules that send to it.
    ShowRules,
    /// Choose the fagsystem that will replace this one.
    MoveTo(FagsystemId),
    MoveAll,
    /// Open *Skift fagsystem*, which replaces it from a chosen day.
    Switch,
    Probe,
    Probed(Endpoint, Result<Probe, Error>),
    Trial(TrialMessage),
    /// Move down the list by this many rows, up if negative.
    Step(isize),
    Scrolled(Scroll),
}

/// A change to a field of the form.
#[derive(Debug, Clone)]
pub enum FormMessage {
    Id(String),
    Name(String),
    Endpoint(String),
    Contact(String),
    Note(String),
    Active(bool),
    Access(AccessKind),
    Header(String),
    Connect(String),
    Answer(String),
}

impl FagsystemsScreen {
    /// Closes the editor and discards its changes.
    fn close(&mut self) {
        self.form = None;
        self.secret = SecretForm::default();
    }

    fn handle(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::New | Message::Choose(_) | Message::Leave if self.is_changed() => {
                return Action::warn_unsaved();
            }
            Message::New => {
                self.form = Some(FagsystemForm::of(None));
                return Action::focus(NAME_FIELD);
            }
            Message::Choose(id) => {
                self.form = scene.authority.fagsystem(&id).map(|fagsystem| FagsystemForm::of(Some(fagsystem)));
            }
            Message::Leave | Message::Close => self.close(),
            Message::Step(_) if self.is_changed() => return Action::warn_unsaved(),
            Message::Step(rows) => self.step(rows, scene),
            Message::Reload => {
                let id = self.form.as_ref().and_then(FagsystemForm::original_id);
                let fagsystem = id.and_then(|id| scene.authority.fagsystem(id));
                self.form = fagsystem.map(|fagsystem| FagsystemForm::of(Some(fagsystem)));
            }
            Message::Secret(message) => return self.secret.update(message, scene),
            Message::Scrolled(scroll) => self.scroll = scroll,
            Message::Delete => {
                let deleted = self.form.as_ref().and_then(|form| form.delete(scene));
                if let Some(deleted) = deleted {
                    self.close();
                    return deleted;
                }
            }
            other => {
                if let Some(form) = &mut self.form {
                    return form.update(other, scene);
                }
            }
        }
        Action::None
    }

    fn step(&mut self, rows: isize, scene: Scene<'_>) {
        let fagsystems = by_name(scene.authority);
        let chosen = self.form.as_ref().and_then(FagsystemForm::original_id);
        let selected = fagsystems.iter().position(|fagsystem| Some(&fagsystem.id) == chosen);
        let to = selected.map_or(0, |selected| selected.saturating_add_signed(rows));
        let fagsystem = fagsystems.get(to.min(fagsystems.len().saturating_sub(1))).copied();
        self.form = fagsystem.map(|fagsystem| FagsystemForm::of(Some(fagsystem)));
    }
}

impl Screen for FagsystemsScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::Server;
    const KEYWORDS: &'static str = "systemer modtagere systems receivers";
    const HAS_FORMS: bool = true;

    fn title(t: &'static Texts) -> &'static str {
        t.fagsystems.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        let secret = match message {
            Message::Save if self.form.as_ref().is_some_and(|form| form.can_be_saved(scene)) => {
                self.secret.update(SecretMessage::Save, scene)
            }
            _ => Action::None,
        };
        let action = self.handle(message, scene);
        let secret_name = self.form.as_ref().and_then(|form| form.secret(scene.authority));
        let switched = self.secret.set_name(secret_name, scene);
        secret.then(action).then(switched)
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, overview) = (scene.t, scene.overview);
        let count = t.fagsystems.count.of(scene.authority.fagsystems.len());
        let new = Tool::new(Icon::Plus, t.fagsystems.new, Message::New);
        let chosen = self.form.as_ref().and_then(FagsystemForm::original_id);
        let editor_width = if self.form.is_some() { EDITOR_WIDTH } else { 0.0 };
        let width = scene.size.width - editor_width;
        let head = Head { end: Some(new), ..Head::new(t.fagsystems.title, count) }.view(width);
        let list = column![head, list(scene, overview, width, chosen, self.scroll)].width(Fill);
        let editor = self.form.as_ref().map(|form| form.view(scene, &self.secret, overview));
        beside(|| list.into(), editor, scene.size.width, EDITOR_WIDTH)
    }

    /// Updates the editor to the current draft unless it has changes.
    fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(form) = &mut self.form {
            form.update_preview(scene);
        }
        let Some(form) = self.form.as_ref().filter(|form| form.original_id().is_some() && !form.is_changed()) else {
            return;
        };
        if form.is_overtaken(scene.authority) {
            let fagsystem = form.original_id().and_then(|id| scene.authority.fagsystem(id));
            self.form = fagsystem.map(|fagsystem| FagsystemForm::of(Some(fagsystem)));
        }
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        let message = match standard {
            Standard::Save => Message::Save,
            Standard::New => Message::New,
            Standard::Leave => Message::Leave,
            Standard::Discard => Message::Close,
            Standard::Search => return None,
        };
        Some(Action::Send(message))
    }

    fn is_changed(&self) -> bool {
        self.form.as_ref().is_some_and(FagsystemForm::is_changed) || self.secret.is_changed()
    }

    fn close_authority(&mut self) {
        self.close();
    }

    fn open_item(&self) -> Option<String> {
        let form = self.form.as_ref()?;
        Some(form.original_id().map(ToString::to_string).unwrap_or_default())
    }

    /// The draft with the fagsystem replaced by the chosen one.
    fn preview(&self) -> Option<Arc<RuleBook>> {
        self.form.as_ref().and_then(FagsystemForm::preview).cloned()
    }

    fn key(&self, key: &Key, _: Physical, _: Modifiers) -> Option<Message> {
        row_step(key).map(Message::Step)
    }

    fn sight_hash(&self) -> u64 {
        self.scroll.place_hash()
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let (t, f) = (scene.t, &scene.t.fagsystems);
        let new = CommandStep::Standard(Standard::New);
        let mut commands = vec![Command::new(Icon::Plus, f.new, "opret tilføj nyt system create add new", new)];
        if self.form.is_none() {
            return commands;
        }
        if self.is_changed() {
            let save = CommandStep::Standard(Standard::Save);
            commands.push(Command::new(Icon::Check, t.save, "gem bekræft store confirm", save));
        }
        let keywords = "test prøv ping tjek forbindelse try check connection";
        commands.push(Command::new(Icon::PlugZap, f.probe, keywords, Message::Probe));
        let keywords = "default modtager standard recipient";
        commands.push(Command::new(Icon::Inbox, f.make_default, keywords, Message::MakeDefault));
        commands.push(Command::new(Icon::ListOrdered, t.rules.title, "vis regler find rules", Message::ShowRules));
        let keywords = "udskift erstat flyt dato replace move date";
        commands.push(Command::new(Icon::ArrowLeftRight, f.switch, keywords, Message::Switch));
        commands.push(Command::new(Icon::Trash2, f.delete, "slet fjern delete remove", Message::Delete));
        commands
    }
}
