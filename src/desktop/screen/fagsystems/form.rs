use std::fmt;
use std::sync::Arc;

use iced::widget::{column, container, row, text};
use iced::{Center, Element as View, Fill};
use lucide_icons::Icon;

use super::listing::rules_naming;
use super::secret::SecretForm;
use super::{Action, Asked, Message};
use crate::desktop::naming::{AccessKind, Deed};
use crate::desktop::screen::Scene;
use crate::desktop::services::Trouble;
use crate::desktop::theme;
use crate::desktop::widget::{
    Field, Tone, choice_field, editor, horizontal_line, icon, icon_button, labelled_button, note, one_line,
    plain_button, switch, text_field, warning_line,
};
use crate::router::{Probe, ProbeAnswer};
use crate::rules::{Access, Authority, Endpoint, Fagsystem, FagsystemId, HeaderName, NotAHeaderName};
use crate::secrets::{SecretKind, SecretName};

pub(super) const NAME_FIELD: &str = "fagsystem-name";
const ID_FIELD: &str = "fagsystem-id";
const ENDPOINT_FIELD: &str = "fagsystem-endpoint";
const ACCESS_FIELD: &str = "fagsystem-access";
const HEADER_FIELD: &str = "fagsystem-header";

/// A fagsystem as it is being written.
#[derive(Debug, Clone)]
pub(super) struct FagsystemForm {
    /// The fagsystem that is changed, as it was when the form was opened; `None` for a new one.
    original: Option<Fagsystem>,
    id: String,
    name: String,
    endpoint: String,
    access: AccessKind,
    /// The name of the header, also while there is none.
    header: String,
    active: bool,
    was_tried: bool,
    probe: ProbeState,
}

#[derive(Debug, Clone, Default)]
enum ProbeState {
    #[default]
    NotTried,
    UnderWay(Endpoint),
    Done(Endpoint, Probe),
    Failed(Trouble),
}

/// A kind of access in the language of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Choice {
    kind: AccessKind,
    words: &'static str,
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words)
    }
}

#[derive(Debug, Clone, Default)]
struct Errors {
    id: Option<String>,
    name: Option<String>,
    endpoint: Option<String>,
    header: Option<String>,
}

impl FagsystemForm {
    pub fn of(fagsystem: Option<&Fagsystem>) -> Self {
        let access = fagsystem.map_or(&Access::Open, |it| &it.access);
        let header = match access {
            Access::Header { name } => name.as_str(),
            _ => HeaderName::USUAL,
        };
        Self {
            original: fagsystem.cloned(),
            id: fagsystem.map(|it| it.id.to_string()).unwrap_or_default(),
            name: fagsystem.map(|it| it.name.clone()).unwrap_or_default(),
            endpoint: fagsystem.map(|it| it.endpoint.as_str().to_owned()).unwrap_or_default(),
            access: AccessKind::of(access),
            header: header.to_owned(),
            active: fagsystem.is_none_or(|it| it.active),
            was_tried: false,
            probe: ProbeState::NotTried,
        }
    }

    pub fn original_id(&self) -> Option<&FagsystemId> {
        self.original.as_ref().map(|fagsystem| &fagsystem.id)
    }

    /// Whether anything has been written that would be lost.
    pub fn is_changed(&self) -> bool {
        let as_opened = Self::of(self.original.as_ref());
        let texts = |form: &Self| [form.id.clone(), form.name.clone(), form.endpoint.clone(), form.header.clone()];
        let choices = |form: &Self| (form.access, form.active);
        texts(self) != texts(&as_opened) || choices(self) != choices(&as_opened)
    }

    fn read_access(&self) -> Result<Access, NotAHeaderName> {
        Ok(match self.access {
            AccessKind::Open => Access::Open,
            AccessKind::Header => Access::Header { name: self.header.parse()? },
            AccessKind::ClientCertificate => Access::ClientCertificate,
        })
    }

    /// The secret that it takes as it is written; `None` while it has no id that stays.
    pub fn secret(&self, authority: &Authority) -> Option<SecretName> {
        let id = self.original_id().filter(|id| id.as_str() == self.id.trim())?;
        let access = match self.access {
            // Whatever the header is called.
            AccessKind::Header => Access::Header { name: HeaderName::default() },
            AccessKind::ClientCertificate => Access::ClientCertificate,
            AccessKind::Open => Access::Open,
        };
        SecretName::wanted(authority.cvr, id, &access)
    }

    /// Whether the fagsystem is no longer what it was when the form was opened.
    pub fn is_overtaken(&self, authority: &Authority) -> bool {
        self.original.as_ref().is_some_and(|original| authority.fagsystem(&original.id) != Some(original))
    }

    fn read(&self, scene: Scene<'_>) -> Result<Fagsystem, Errors> {
        let t = scene.t;
        let missing = || self.was_tried.then(|| t.fields.missing.to_owned());
        let mut errors = Errors::default();
        let id = FagsystemId::new(&self.id);
        match &id {
            None => errors.id = missing(),
            Some(id) if self.original_id() != Some(id) && scene.authority.fagsystem(id).is_some() => {
                errors.id = Some(t.fagsystems.id_taken.to_owned());
            }
            Some(_) => {}
        }
        let name = self.name.trim().to_owned();
        if name.is_empty() {
            errors.name = missing();
        }
        let endpoint: Option<Endpoint> = self.endpoint.parse().ok();
        if endpoint.is_none() {
            let is_empty = self.endpoint.trim().is_empty();
            errors.endpoint = if is_empty { missing() } else { Some(t.fagsystems.not_an_endpoint.to_owned()) };
        }
        let access = self.read_access();
        if let Err(error) = &access {
            errors.header = Some((t.access.not_a_header)(*error).to_owned());
        }
        match (id, endpoint, access) {
            (Some(id), Some(endpoint), Ok(access)) if errors.id.is_none() && !name.is_empty() => {
                Ok(Fagsystem { active: self.active, access, ..Fagsystem::new(id, &name, endpoint) })
            }
            _ => Err(errors),
        }
    }
}

impl FagsystemForm {
    pub fn update(&mut self, message: Message, scene: Scene<'_>) -> Option<Action> {
        match message {
            Message::Id(text) => self.id = text,
            Message::Name(text) => self.name = text,
            Message::Endpoint(text) => self.endpoint = text,
            Message::Access(access) => self.access = access,
            Message::Header(text) => self.header = text,
            Message::Active(active) => self.active = active,
            Message::Save => return self.save(scene),
            Message::MakeDefault => return self.make_default(scene),
            Message::Probe => {
                if let Ok(endpoint) = self.endpoint.parse::<Endpoint>() {
                    self.probe = ProbeState::UnderWay(endpoint.clone());
                    let certificate =
                        self.secret(scene.authority).filter(|it| it.kind == SecretKind::ClientCertificate);
                    return Some(Action::Probe(endpoint, certificate));
                }
                self.was_tried = true;
            }
            Message::Probed(endpoint, probed) => {
                if matches!(&self.probe, ProbeState::UnderWay(asked) if *asked == endpoint) {
                    self.probe = match probed {
                        Ok(probe) => ProbeState::Done(endpoint, probe),
                        Err(trouble) => ProbeState::Failed(trouble),
                    };
                }
            }
            Message::New
            | Message::Choose(_)
            | Message::Leave
            | Message::Close
            | Message::Reload
            | Message::Delete
            | Message::Secret(_)
            | Message::Step(_)
            | Message::Scrolled(_) => {}
        }
        None
    }

    /// Whoever named the fagsystem by its old id names it by the new one.
    fn save(&mut self, scene: Scene<'_>) -> Option<Action> {
        self.was_tried = true;
        let fagsystem = self.read(scene).ok()?;
        if self.is_overtaken(scene.authority) || !self.is_changed() {
            return None;
        }
        let name = fagsystem.name.clone();
        let original = self.original_id().cloned();
        let probe = std::mem::take(&mut self.probe);
        *self = Self { probe, ..Self::of(Some(&fagsystem)) };
        let Some(original) = original else {
            let book = scene.with_authority(|authority| authority.fagsystems.push(fagsystem));
            return Some(Action::Do(Asked::Edit(book, Deed::FagsystemAdded(name))));
        };
        let book = scene.with_authority(|authority| {
            let id = fagsystem.id.clone();
            for rule in authority.rules.iter_mut().filter(|rule| rule.fagsystem == original) {
                Arc::make_mut(rule).fagsystem.clone_from(&id);
            }
            if authority.default_fagsystem == original {
                authority.default_fagsystem.clone_from(&id);
            }
            if let Some(old) = authority.fagsystems.iter_mut().find(|it| it.id == original) {
                *old = fagsystem;
            }
        });
        Some(Action::Do(Asked::Edit(book, Deed::FagsystemChanged(name))))
    }

    pub fn delete(&self, scene: Scene<'_>) -> Option<Asked> {
        let original = self.original.as_ref().filter(|it| why_needed(&it.id, scene).is_none())?;
        let book = scene.with_authority(|authority| authority.fagsystems.retain(|it| it.id != original.id));
        Some(Asked::Edit(book, Deed::FagsystemDeleted(original.name.clone())))
    }

    fn make_default(&self, scene: Scene<'_>) -> Option<Action> {
        let original = self.original_id().filter(|_| !self.is_changed())?;
        let book = scene.with_authority(|authority| authority.default_fagsystem.clone_from(original));
        Some(Action::Do(Asked::Edit(book, Deed::DefaultChosen(self.name.clone()))))
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>, secret: &'a SecretForm) -> View<'a, Message> {
        let (t, texts) = (scene.t, &scene.t.fagsystems);
        let errors = self.read(scene).err().unwrap_or_default();
        let header = Field::new(t.access.header).error(errors.header);
        let title = if self.original.is_some() { self.name.as_str() } else { texts.new };
        let close = icon_button(Icon::X, t.close).on_press(Message::Leave);
        let name = Field::new(texts.name).error(errors.name);
        let id = Field::new(texts.id).error(errors.id).hint(texts.id_hint.to_owned());
        let endpoint = Field::new(texts.endpoint).error(errors.endpoint);
        let active = switch(texts.is_active, self.active, Message::Active);
        let paused = (!self.active).then(|| note(texts.paused_hint));
        let save = labelled_button(Icon::Check, t.save).style(theme::primary);
        let cancel = plain_button(t.cancel).style(theme::secondary).on_press(Message::Close);
        let is_overtaken = self.is_overtaken(scene.authority);
        let overtaken = is_overtaken.then(|| {
            let words = text(texts.overtaken).style(theme::warning);
            let reload = plain_button(t.rules.reload).style(theme::secondary).on_press(Message::Reload);
            container(column![words, reload].spacing(10)).padding(12).width(Fill).style(theme::card)
        });
        let save =
            save.on_press_maybe((!is_overtaken && (self.is_changed() || secret.is_changed())).then_some(Message::Save));
        let content = column![
            row![container(one_line(title).bold().size(theme::HEADING)).width(Fill), close].align_y(Center),
            overtaken,
            text_field(name, NAME_FIELD, "", &self.name, Message::Name, Message::Save),
            text_field(id, ID_FIELD, "", &self.id, Message::Id, Message::Save),
            text_field(endpoint, ENDPOINT_FIELD, "https://", &self.endpoint, Message::Endpoint, Message::Save),
            self.probing(scene),
            column![active, paused].spacing(4),
            self.identifying(header, scene, secret),
            self.original_id().map(|original| further(original, self.is_changed(), scene)),
        ];
        editor(content.spacing(16), row![save, cancel])
    }

    /// How the fagsystem knows the router, and the secret that this takes.
    fn identifying<'a>(&'a self, header: Field, scene: Scene<'a>, secret: &'a SecretForm) -> View<'a, Message> {
        let a = &scene.t.access;
        let choices = AccessKind::ALL.map(|kind| Choice { kind, words: (a.kind)(kind) }).to_vec();
        let chosen = Choice { kind: self.access, words: (a.kind)(self.access) };
        let told = |choice: Choice| Message::Access(choice.kind);
        let choice = choice_field(Field::new(a.title), ACCESS_FIELD, choices, Some(chosen), "", told);
        let header = (self.access == AccessKind::Header)
            .then(|| text_field(header, HEADER_FIELD, HeaderName::USUAL, &self.header, Message::Header, Message::Save));
        let access = self.read_access().unwrap_or_default();
        let is_safe = self.endpoint.parse().is_ok_and(|endpoint| access.is_safe_at(&endpoint));
        let is_open = self.access == AccessKind::Open;
        let unencrypted = (!is_open && !is_safe).then(|| warning_line(a.unencrypted_secret.to_owned()));
        let wanted = self.secret(scene.authority);
        let save_first = (!is_open && wanted.is_none()).then(|| note(a.save_first));
        column![choice, header, unencrypted, save_first, secret.view(scene.t, wanted.as_ref())].spacing(12).into()
    }

    fn probing<'a>(&'a self, scene: Scene<'a>) -> View<'a, Message> {
        let t = &scene.t.fagsystems;
        let is_under_way = matches!(self.probe, ProbeState::UnderWay(_));
        let try_it = labelled_button(Icon::PlugZap, t.probe).style(theme::secondary);
        let try_it = try_it.on_press_maybe((!is_under_way).then_some(Message::Probe));
        let result: Option<View<'a, Message>> = match &self.probe {
            ProbeState::NotTried => None,
            ProbeState::UnderWay(endpoint) => Some(note((t.probing)(endpoint.as_str())).into()),
            ProbeState::Failed(trouble) => Some(text((scene.t.trouble)(trouble)).style(theme::bad).into()),
            ProbeState::Done(endpoint, probe) => {
                let (symbol, tone): (_, Tone) = match &probe.answer {
                    ProbeAnswer::Answered(_) => (Icon::CircleCheck, theme::good),
                    ProbeAnswer::TooSlow | ProbeAnswer::Unreachable(_) => (Icon::CircleX, theme::bad),
                };
                let words = (t.probed)(endpoint.as_str(), probe);
                Some(row![icon(symbol).style(tone), text(words)].spacing(8).into())
            }
        };
        column![try_it, result].spacing(8).into()
    }
}

/// Why the fagsystem cannot be deleted, if so.
fn why_needed(id: &FagsystemId, scene: Scene<'_>) -> Option<String> {
    let t = &scene.t.fagsystems;
    let rules = rules_naming(scene.authority, id);
    if scene.authority.default_fagsystem == *id {
        Some(t.needed_as_default.to_owned())
    } else {
        (rules > 0).then(|| (t.needed_by_rules)(rules))
    }
}

fn further<'a>(original: &FagsystemId, is_changed: bool, scene: Scene<'a>) -> View<'a, Message> {
    let t = &scene.t.fagsystems;
    let needed = why_needed(original, scene);
    let is_default = scene.authority.default_fagsystem == *original;
    let make_default = (!is_default).then(|| {
        labelled_button(Icon::Inbox, t.make_default)
            .style(theme::secondary)
            .on_press_maybe((!is_changed).then_some(Message::MakeDefault))
    });
    let delete = labelled_button(Icon::Trash2, t.delete).style(theme::danger);
    let delete = delete.on_press_maybe(needed.is_none().then_some(Message::Delete));
    column![horizontal_line(), make_default, delete, needed.map(note)].spacing(10).into()
}
