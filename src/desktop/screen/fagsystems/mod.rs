//! *Fagsystemer*: the systems that receive, and how each knows the router.

mod duties;
mod editor;
mod form;
mod listing;
mod probing;
mod secret;
mod secret_home;
mod trying;

pub(super) use self::probing::Probing;
pub use self::secret::SecretMessage;
pub use self::trying::TryMessage;

use std::sync::Arc;

use iced::widget::column;
use iced::{Element, Fill};
use lucide_icons::Icon;

use self::editor::NAME_FIELD;
use self::form::FagsystemForm;
use self::listing::{by_name, list};
use self::secret::SecretForm;
use super::action::Action as Asked;
use super::scene::Scene;
use crate::desktop::model::access_kind::AccessKind;
use crate::desktop::model::error::Error;
use crate::desktop::service::{ReportRequest, SecretCommand};
use crate::desktop::widget::{EDITOR_WIDTH, Head, Scroll, Tool, beside};
use crate::endpoint_test::{EndpointTest, TrialResult};
use crate::router::Probe;
use crate::rules::{Cvr, Endpoint, Fagsystem, FagsystemId, Priority, RuleBook, TimeLimits};
use crate::secrets::{Home, SecretName};
use crate::store::Overview;

/// The screen's state.
#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct Screen {
    form: Option<FagsystemForm>,
    secret: SecretForm,
    scroll: Scroll,
}

#[derive(Debug, Clone)]
pub enum Message {
    New,
    Choose(FagsystemId),
    /// Leave the editor, unless something would be lost.
    Leave,
    /// Leave the editor, and what was written in it.
    Close,
    /// Take the fagsystem as it is now, and what was written is lost.
    Reload,
    Write(Part),
    Secret(SecretMessage),
    Save,
    Delete,
    MakeDefault,
    FindRule(Priority),
    /// All rules that send to it.
    ShowRules,
    /// That fagsystem is chosen for what goes to this one.
    MoveTo(FagsystemId),
    MoveAll,
    /// From a day on.
    Switch,
    Probe,
    Probed(Endpoint, Result<Probe, Error>),
    Try(TryMessage),
    /// So many rows up or down.
    Step(isize),
    Scrolled(Scroll),
}

/// Something of a fagsystem, as it is written now.
#[derive(Debug, Clone)]
pub enum Part {
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

/// What the screen wants done.
#[derive(Debug)]
pub(in crate::desktop) enum Action {
    Do(Asked),
    /// With the client certificate that is to be shown, and the limits of its own.
    Probe(Endpoint, Option<SecretName>, TimeLimits),
    /// Make a supplier's test of that fagsystem of the authority, perhaps without the large letters.
    BeginTest(Cvr, Box<Fagsystem>, bool),
    /// Make the next trial after those.
    Try(Arc<EndpointTest>, Vec<TrialResult>),
    /// Ask where the report is to be written, under that name.
    ChooseReport(String),
    WriteReport(ReportRequest),
    Secret(SecretName, SecretCommand),
    MoveSecrets(Home),
}

impl Screen {
    /// Whether anything has been written that would be lost.
    pub fn is_changed(&self) -> bool {
        self.form.as_ref().is_some_and(FagsystemForm::is_changed) || self.secret.is_changed()
    }

    /// The draft as it would be once all of the fagsystem goes to the one that was chosen for it.
    pub fn preview(&self) -> Option<Arc<RuleBook>> {
        self.form.as_ref().and_then(FagsystemForm::preview).cloned()
    }

    pub fn is_open(&self) -> bool {
        self.form.is_some()
    }

    /// What stands in the editor.
    pub fn opened(&self) -> Option<String> {
        let form = self.form.as_ref()?;
        Some(form.original_id().map(ToString::to_string).unwrap_or_default())
    }

    /// Closes the editor; what was written in it is dropped.
    pub fn close(&mut self) {
        self.form = None;
        self.secret = SecretForm::default();
    }

    pub fn update(&mut self, message: Message, scene: Scene<'_>) -> Vec<Action> {
        let secret = match message {
            Message::Save if self.form.as_ref().is_some_and(|form| form.can_be_saved(scene)) => {
                self.secret.update(SecretMessage::Keep, scene)
            }
            _ => None,
        };
        let action = self.take(message, scene);
        let wanted = self.form.as_ref().and_then(|form| form.secret(scene.authority));
        let turned = self.secret.turn_to(wanted);
        [secret, action, turned].into_iter().flatten().collect()
    }

    fn take(&mut self, message: Message, scene: Scene<'_>) -> Option<Action> {
        match message {
            Message::New | Message::Choose(_) | Message::Leave if self.is_changed() => {
                return Some(Action::Do(Asked::KeepForm));
            }
            Message::New => {
                self.form = Some(FagsystemForm::of(None));
                return Some(Action::Do(Asked::Focus(NAME_FIELD)));
            }
            Message::Choose(id) => {
                self.form = scene.authority.fagsystem(&id).map(|fagsystem| FagsystemForm::of(Some(fagsystem)));
            }
            Message::Leave | Message::Close => self.close(),
            Message::Step(_) if self.is_changed() => return Some(Action::Do(Asked::KeepForm)),
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
                    return Some(Action::Do(deleted));
                }
            }
            other => {
                if let Some(form) = &mut self.form {
                    return form.update(other, scene);
                }
            }
        }
        None
    }

    fn step(&mut self, rows: isize, scene: Scene<'_>) {
        let fagsystems = by_name(scene.authority);
        let chosen = self.form.as_ref().and_then(FagsystemForm::original_id);
        let here = fagsystems.iter().position(|fagsystem| Some(&fagsystem.id) == chosen);
        let to = here.map_or(0, |here| here.saturating_add_signed(rows));
        let fagsystem = fagsystems.get(to.min(fagsystems.len().saturating_sub(1))).copied();
        self.form = fagsystem.map(|fagsystem| FagsystemForm::of(Some(fagsystem)));
    }

    /// Brings the editor up to date with the draft, unless something is written in it.
    pub fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(form) = &mut self.form {
            form.look_ahead(scene);
        }
        let Some(form) = self.form.as_ref().filter(|form| form.original_id().is_some() && !form.is_changed()) else {
            return;
        };
        if form.is_overtaken(scene.authority) {
            let fagsystem = form.original_id().and_then(|id| scene.authority.fagsystem(id));
            self.form = fagsystem.map(|fagsystem| FagsystemForm::of(Some(fagsystem)));
        }
    }

    /// `overview` tells how it is with each fagsystem, once it was read.
    pub fn view<'a>(&'a self, scene: Scene<'a>, overview: Option<&Overview>) -> Element<'a, Message> {
        let t = scene.t;
        let count = (t.fagsystems.count)(scene.authority.fagsystems.len());
        let new = Tool::new(Icon::Plus, t.fagsystems.new, Message::New);
        let chosen = self.form.as_ref().and_then(FagsystemForm::original_id);
        let editor_width = if self.form.is_some() { EDITOR_WIDTH } else { 0.0 };
        let width = scene.size.width - editor_width;
        let head = Head { end: Some(new), ..Head::new(t.fagsystems.title, count) }.view(width);
        let list = column![head, list(scene, overview, width, chosen, self.scroll)].width(Fill);
        let editor = self.form.as_ref().map(|form| form.view(scene, &self.secret, overview));
        beside(|| list.into(), editor, scene.size.width, EDITOR_WIDTH)
    }
}
