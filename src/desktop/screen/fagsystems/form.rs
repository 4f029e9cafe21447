use std::sync::Arc;

use super::probing::Probing;
use super::trial_panel::Trying;
use super::{Message, Part};
use crate::desktop::model::access_kind::AccessKind;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::scene::Scene;
use crate::rules::{
    Access, Authority, Endpoint, Fagsystem, FagsystemId, HeaderName, NotAHeaderName, RuleBook, Seconds, TimeLimits,
};
use crate::secrets::{SecretKind, SecretName};

/// A fagsystem as it is being written.
#[derive(Debug, Clone)]
pub(super) struct FagsystemForm {
    /// The fagsystem that is changed, as it was when the form was opened; `None` for a new one.
    pub original: Option<Fagsystem>,
    pub parts: Parts,
    was_tried: bool,
    pub probing: Probing,
    pub trying: Trying,
    /// Where all is to go that goes to it.
    pub heir: Option<FagsystemId>,
    preview: Option<Preview>,
}

/// The draft as it would be once all goes to another fagsystem.
#[derive(Debug, Clone)]
struct Preview {
    of: Arc<RuleBook>,
    heir: FagsystemId,
    book: Arc<RuleBook>,
}

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub id: String,
    pub name: String,
    pub endpoint: String,
    pub contact: String,
    pub note: String,
    pub active: bool,
    pub access: AccessKind,
    /// The name of the header, also while there is none.
    pub header: String,
    /// In whole seconds, empty where the router's limit counts.
    pub connect: String,
    pub answer: String,
}

/// What is wrong with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Errors {
    pub id: Option<String>,
    pub name: Option<String>,
    pub endpoint: Option<String>,
    pub header: Option<String>,
    pub connect: Option<String>,
    pub answer: Option<String>,
}

impl Parts {
    fn of(fagsystem: Option<&Fagsystem>) -> Self {
        let text = |part: fn(&Fagsystem) -> String| fagsystem.map(part).unwrap_or_default();
        let seconds = |limit: Option<Seconds>| limit.map(|limit| limit.get().to_string()).unwrap_or_default();
        let access = fagsystem.map_or(&Access::Open, |it| &it.access);
        let limits = fagsystem.map(|it| it.limits).unwrap_or_default();
        let header = match access {
            Access::Header { name } => name.as_str(),
            _ => HeaderName::USUAL,
        };
        Self {
            id: text(|it| it.id.to_string()),
            name: text(|it| it.name.clone()),
            endpoint: text(|it| it.endpoint.as_str().to_owned()),
            contact: text(|it| it.contact.clone()),
            note: text(|it| it.note.clone()),
            active: fagsystem.is_none_or(|it| it.active),
            access: AccessKind::of(access),
            header: header.to_owned(),
            connect: seconds(limits.connect),
            answer: seconds(limits.answer),
        }
    }

    pub fn access(&self) -> Result<Access, NotAHeaderName> {
        Ok(match self.access {
            AccessKind::Open => Access::Open,
            AccessKind::Header => Access::Header { name: self.header.parse()? },
            AccessKind::ClientCertificate => Access::ClientCertificate,
        })
    }

    fn limits(&self) -> Result<TimeLimits, NotSeconds> {
        Ok(TimeLimits { connect: seconds(&self.connect)?, answer: seconds(&self.answer)? })
    }
}

/// What is written is no limit.
#[derive(Debug)]
struct NotSeconds;

/// A limit of a fagsystem's own, if any.
fn seconds(text: &str) -> Result<Option<Seconds>, NotSeconds> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().ok().and_then(Seconds::new).map(Some).ok_or(NotSeconds),
    }
}

/// The id that is proposed for a fagsystem with that name.
fn id_of(name: &str) -> String {
    FagsystemId::of_name(name).map(|id| id.to_string()).unwrap_or_default()
}

impl FagsystemForm {
    pub fn of(fagsystem: Option<&Fagsystem>) -> Self {
        Self {
            original: fagsystem.cloned(),
            parts: Parts::of(fagsystem),
            was_tried: false,
            probing: Probing::default(),
            trying: Trying::default(),
            heir: None,
            preview: None,
        }
    }

    /// The draft as it would be once all goes to the chosen fagsystem.
    pub fn preview(&self) -> Option<&Arc<RuleBook>> {
        self.preview.as_ref().map(|preview| &preview.book)
    }

    /// Works out what the draft would be, when that is not known.
    pub fn look_ahead(&mut self, scene: Scene<'_>) {
        let draft = scene.bench.book();
        let heir = self.heir.as_ref().filter(|heir| scene.authority.fagsystem(heir).is_some());
        let way = self.original_id().zip(heir).filter(|(from, to)| from != to && is_needed(from, scene.authority));
        let is_known = |preview: &Preview| Arc::ptr_eq(&preview.of, draft) && Some(&preview.heir) == heir;
        if self.preview.as_ref().is_some_and(is_known) && way.is_some() {
            return;
        }
        self.preview = way.map(|(from, to)| {
            let book = scene.with_authority(|authority| authority.replace_fagsystem(from, to));
            Preview { of: Arc::clone(draft), heir: to.clone(), book: Arc::new(book) }
        });
    }

    pub fn original_id(&self) -> Option<&FagsystemId> {
        self.original.as_ref().map(|fagsystem| &fagsystem.id)
    }

    /// Whether anything has been written that would be lost.
    pub fn is_changed(&self) -> bool {
        self.parts != Parts::of(self.original.as_ref())
    }

    /// The secret that it takes as it is written; `None` while it has no id that stays.
    pub fn secret(&self, authority: &Authority) -> Option<SecretName> {
        let id = self.original_id().filter(|id| id.as_str() == self.parts.id.trim())?;
        let access = match self.parts.access {
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

    /// The fagsystem that is written, or what is wrong with it.
    pub fn read(&self, scene: Scene<'_>) -> Result<Fagsystem, Box<Errors>> {
        let (t, parts) = (scene.t, &self.parts);
        let missing = || self.was_tried.then(|| t.fields.missing.to_owned());
        let mut errors = Box::<Errors>::default();
        let id = FagsystemId::new(&parts.id);
        match &id {
            None => errors.id = missing(),
            Some(id) if self.original_id() != Some(id) && scene.authority.fagsystem(id).is_some() => {
                errors.id = Some(t.fagsystems.id_taken.to_owned());
            }
            Some(_) => {}
        }
        let name = parts.name.trim().to_owned();
        if name.is_empty() {
            errors.name = missing();
        }
        let endpoint = parts.endpoint.parse::<Endpoint>();
        if let Err(error) = endpoint {
            let is_empty = parts.endpoint.trim().is_empty();
            let wrong = (t.fagsystems.not_an_endpoint)(error);
            errors.endpoint = if is_empty { missing() } else { Some(wrong.to_owned()) };
        }
        let access = parts.access();
        if let Err(error) = &access {
            errors.header = Some((t.access.not_a_header)(*error).to_owned());
        }
        let no_limit = |text: &str| seconds(text).is_err().then(|| t.fagsystems.not_seconds.to_owned());
        (errors.connect, errors.answer) = (no_limit(&parts.connect), no_limit(&parts.answer));
        match (id, endpoint, access, parts.limits()) {
            (Some(id), Ok(endpoint), Ok(access), Ok(limits)) if errors.id.is_none() && !name.is_empty() => {
                Ok(Fagsystem {
                    active: parts.active,
                    access,
                    limits,
                    contact: parts.contact.trim().to_owned(),
                    note: parts.note.trim().to_owned(),
                    ..Fagsystem::new(id, &name, endpoint)
                })
            }
            _ => Err(errors),
        }
    }

    /// The fields that keep it from being saved.
    pub fn obstacles(&self, scene: Scene<'_>) -> Vec<&'static str> {
        let (t, a) = (&scene.t.fagsystems, &scene.t.access);
        let Err(errors) = (Self { was_tried: true, ..self.clone() }).read(scene) else { return Vec::new() };
        let fields = [
            (errors.name, t.name),
            (errors.id, t.id),
            (errors.endpoint, t.endpoint),
            (errors.header, a.header),
            (errors.connect, t.connect_limit),
            (errors.answer, t.answer_limit),
        ];
        fields.into_iter().filter(|(error, _)| error.is_some()).map(|(_, name)| name).collect()
    }

    /// Whether nothing stands in the way of saving it, or nothing is to be saved.
    pub fn can_be_saved(&self, scene: Scene<'_>) -> bool {
        !self.is_changed() || (!self.is_overtaken(scene.authority) && self.read(scene).is_ok())
    }

    fn write(&mut self, part: Part) {
        let parts = &mut self.parts;
        match part {
            Part::Id(text) => parts.id = text,
            Part::Name(text) => {
                // The id of a new one follows its name until it is written by hand.
                if self.original.is_none() && parts.id == id_of(&parts.name) {
                    parts.id = id_of(&text);
                }
                parts.name = text;
            }
            Part::Endpoint(text) => parts.endpoint = text,
            Part::Contact(text) => parts.contact = text,
            Part::Note(text) => parts.note = text,
            Part::Active(active) => parts.active = active,
            Part::Access(access) => parts.access = access,
            Part::Header(text) => parts.header = text,
            Part::Connect(text) => parts.connect = text,
            Part::Answer(text) => parts.answer = text,
        }
    }

    pub fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Write(part) => self.write(part),
            Message::Save => return self.save(scene),
            Message::MakeDefault => return self.make_default(scene),
            Message::MoveTo(heir) => self.heir = Some(heir),
            Message::MoveAll => return self.move_all(scene),
            Message::Probe => {
                if let (Ok(endpoint), Ok(limits)) = (self.parts.endpoint.parse::<Endpoint>(), self.parts.limits()) {
                    self.probing.begins(endpoint.clone());
                    let certificate =
                        self.secret(scene.authority).filter(|it| it.kind == SecretKind::ClientCertificate);
                    return probe(endpoint, certificate, limits, scene);
                }
                self.was_tried = true;
            }
            Message::Probed(endpoint, probed) => self.probing.ends(endpoint, probed),
            Message::Try(message) => {
                let fagsystem = self.read(scene);
                self.was_tried |= fagsystem.is_err();
                return self.trying.update(message, fagsystem.ok(), scene);
            }
            Message::FindRule(priority) => return Action::Ask(Request::FindRule(priority)),
            Message::ShowRules => {
                return self.original_id().cloned().map(|id| Request::FindRulesOf(id).into()).into();
            }
            Message::Switch => {
                let Some(id) = self.original_id().cloned() else { return Action::None };
                let to = self.heir.clone().filter(|heir| *heir != id);
                return Action::Ask(Request::SwitchFrom(id, to));
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
        Action::None
    }

    /// Whoever named the fagsystem by its old id names it by the new one.
    fn save(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.was_tried = true;
        let Ok(fagsystem) = self.read(scene) else { return Action::None };
        if self.is_overtaken(scene.authority) || !self.is_changed() {
            return Action::None;
        }
        let name = fagsystem.name.clone();
        let original = self.original_id().cloned();
        let (probing, trying) = (std::mem::take(&mut self.probing), std::mem::take(&mut self.trying));
        *self = Self { probing, trying, ..Self::of(Some(&fagsystem)) };
        let Some(original) = original else {
            let book = scene.with_authority(|authority| authority.fagsystems.push(fagsystem));
            return Action::edit(book, DraftEdit::FagsystemAdded(name));
        };
        let book = scene.with_authority(|authority| {
            let id = fagsystem.id.clone();
            authority.replace_fagsystem(&original, &id);
            if let Some(old) = authority.fagsystems.iter_mut().find(|it| it.id == original) {
                *old = fagsystem;
            }
        });
        Action::edit(book, DraftEdit::FagsystemChanged(name))
    }

    /// `None` while anything goes to it.
    pub fn delete(&self, scene: Scene<'_>) -> Option<Action<Message>> {
        let original = self.original.as_ref().filter(|it| !is_needed(&it.id, scene.authority))?;
        let book = scene.with_authority(|authority| authority.fagsystems.retain(|it| it.id != original.id));
        Some(Action::edit(book, DraftEdit::FagsystemDeleted(original.name.clone())))
    }

    fn make_default(&self, scene: Scene<'_>) -> Action<Message> {
        let Some(original) = self.original_id().filter(|_| !self.is_changed()) else { return Action::None };
        let book = scene.with_authority(|authority| authority.default_fagsystem.clone_from(original));
        Action::edit(book, DraftEdit::DefaultChosen(self.parts.name.clone()))
    }

    /// All that goes to it goes to another one from now on.
    fn move_all(&mut self, scene: Scene<'_>) -> Action<Message> {
        let original = self.original.as_ref().filter(|it| !self.is_changed() && is_needed(&it.id, scene.authority));
        let heir = self.heir.as_ref().and_then(|heir| scene.authority.fagsystem(heir));
        let Some((original, heir)) = original.zip(heir).filter(|(original, heir)| heir.id != original.id) else {
            return Action::None;
        };
        let edit = DraftEdit::FagsystemReplaced { from: original.name.clone(), to: heir.name.clone() };
        let book = scene.with_authority(|authority| authority.replace_fagsystem(&original.id, &heir.id));
        self.heir = None;
        Action::edit(book, edit)
    }
}

/// Sees whether somebody is there, with the client certificate that is to be shown and the limits of its own.
fn probe(endpoint: Endpoint, certificate: Option<SecretName>, limits: TimeLimits, scene: Scene<'_>) -> Action<Message> {
    let (asked, settings) = (endpoint.clone(), scene.settings.clone());
    scene.serve(
        move |services| services.probe(asked, certificate, limits, settings),
        move |probed| Message::Probed(endpoint.clone(), probed),
    )
}

/// Whether anything goes to that fagsystem.
pub(super) fn is_needed(id: &FagsystemId, authority: &Authority) -> bool {
    authority.default_fagsystem == *id || authority.rules.iter().any(|rule| rule.fagsystem == *id)
}
