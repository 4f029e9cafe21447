//! The form of a fagsystem: the field values as entered, and how they are read, saved and checked.

use std::sync::Arc;

use super::probing::Probing;
use super::trial_panel::TrialPanel;
use super::{FormMessage, Message};
use crate::desktop::model::access_kind::AccessKind;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::scene::Scene;
use crate::rules::{
    Access, Authority, Endpoint, Fagsystem, FagsystemId, HeaderName, NotAHeaderName, RuleBook, Seconds, TimeLimits,
};
use crate::secrets::{SecretKind, SecretName};

#[derive(Debug, Clone)]
pub(super) struct FagsystemForm {
    /// The fagsystem as it was when the form was opened; `None` for a new one.
    pub original: Option<Fagsystem>,
    pub fields: Fields,
    was_tried: bool,
    pub probing: Probing,
    pub trial_panel: TrialPanel,
    /// The fagsystem chosen to replace it in all rules.
    pub replacement: Option<FagsystemId>,
    preview: Option<Preview>,
}

/// The draft with the fagsystem replaced.
#[derive(Debug, Clone)]
struct Preview {
    of: Arc<RuleBook>,
    replacement: FagsystemId,
    book: Arc<RuleBook>,
}

/// The fields as entered, valid or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fields {
    pub id: String,
    pub name: String,
    pub endpoint: String,
    pub contact: String,
    pub note: String,
    pub active: bool,
    pub access: AccessKind,
    /// The name of the header, kept while another kind of access is chosen.
    pub header: String,
    /// In whole seconds; empty for the router's own limit.
    pub connect: String,
    pub answer: String,
}

/// An error message for each invalid field.
#[derive(Debug, Clone, Default)]
pub(super) struct Errors {
    pub id: Option<String>,
    pub name: Option<String>,
    pub endpoint: Option<String>,
    pub header: Option<String>,
    pub connect: Option<String>,
    pub answer: Option<String>,
}

impl Fields {
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

/// The text is not a number of seconds.
#[derive(Debug)]
struct NotSeconds;

/// Reads an optional limit.
fn seconds(text: &str) -> Result<Option<Seconds>, NotSeconds> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().ok().and_then(Seconds::new).map(Some).ok_or(NotSeconds),
    }
}

/// The id proposed for a new fagsystem.
fn id_of(name: &str) -> String {
    FagsystemId::of_name(name).map(|id| id.to_string()).unwrap_or_default()
}

impl FagsystemForm {
    pub fn of(fagsystem: Option<&Fagsystem>) -> Self {
        Self {
            original: fagsystem.cloned(),
            fields: Fields::of(fagsystem),
            was_tried: false,
            probing: Probing::default(),
            trial_panel: TrialPanel::default(),
            replacement: None,
            preview: None,
        }
    }

    /// The draft with the fagsystem replaced by the chosen one.
    pub fn preview(&self) -> Option<&Arc<RuleBook>> {
        self.preview.as_ref().map(|preview| &preview.book)
    }

    /// Computes the preview if the draft or the choice has changed.
    pub fn update_preview(&mut self, scene: Scene<'_>) {
        let draft = scene.bench.book();
        let replacement =
            self.replacement.as_ref().filter(|replacement| scene.authority.fagsystem(replacement).is_some());
        let change =
            self.original_id().zip(replacement).filter(|(from, to)| from != to && is_in_use(from, scene.authority));
        let is_known = |preview: &Preview| Arc::ptr_eq(&preview.of, draft) && Some(&preview.replacement) == replacement;
        if self.preview.as_ref().is_some_and(is_known) && change.is_some() {
            return;
        }
        self.preview = change.map(|(from, to)| {
            let book = scene.with_authority(|authority| authority.replace_fagsystem(from, to));
            Preview { of: Arc::clone(draft), replacement: to.clone(), book: Arc::new(book) }
        });
    }

    pub fn original_id(&self) -> Option<&FagsystemId> {
        self.original.as_ref().map(|fagsystem| &fagsystem.id)
    }

    pub fn is_changed(&self) -> bool {
        self.fields != Fields::of(self.original.as_ref())
    }

    /// The secret that the chosen access needs. `None` for a new fagsystem or an edited id: secrets are stored by id.
    pub fn secret(&self, authority: &Authority) -> Option<SecretName> {
        let id = self.original_id().filter(|id| id.as_str() == self.fields.id.trim())?;
        let access = match self.fields.access {
            // The secret does not depend on the name of the header.
            AccessKind::Header => Access::Header { name: HeaderName::default() },
            AccessKind::ClientCertificate => Access::ClientCertificate,
            AccessKind::Open => Access::Open,
        };
        SecretName::wanted(authority.cvr, id, &access)
    }

    /// Whether the fagsystem has been changed or deleted in the draft since the form was opened.
    pub fn is_overtaken(&self, authority: &Authority) -> bool {
        self.original.as_ref().is_some_and(|original| authority.fagsystem(&original.id) != Some(original))
    }

    /// The fagsystem as entered, or the errors. A missing value has a message only after the first attempt to save.
    pub fn read(&self, scene: Scene<'_>) -> Result<Fagsystem, Box<Errors>> {
        let (t, fields) = (scene.t, &self.fields);
        let missing = || self.was_tried.then(|| t.fields.missing.to_owned());
        let mut errors = Box::<Errors>::default();
        let id = FagsystemId::new(&fields.id);
        match &id {
            None => errors.id = missing(),
            Some(id) if self.original_id() != Some(id) && scene.authority.fagsystem(id).is_some() => {
                errors.id = Some(t.fagsystems.id_taken.to_owned());
            }
            Some(_) => {}
        }
        let name = fields.name.trim().to_owned();
        if name.is_empty() {
            errors.name = missing();
        }
        let endpoint = fields.endpoint.parse::<Endpoint>();
        if let Err(error) = endpoint {
            let is_empty = fields.endpoint.trim().is_empty();
            let wrong = (t.fagsystems.not_an_endpoint)(error);
            errors.endpoint = if is_empty { missing() } else { Some(wrong.to_owned()) };
        }
        let access = fields.access();
        if let Err(error) = &access {
            errors.header = Some((t.access.not_a_header)(*error).to_owned());
        }
        let no_limit = |text: &str| seconds(text).is_err().then(|| t.fagsystems.not_seconds.to_owned());
        (errors.connect, errors.answer) = (no_limit(&fields.connect), no_limit(&fields.answer));
        match (id, endpoint, access, fields.limits()) {
            (Some(id), Ok(endpoint), Ok(access), Ok(limits)) if errors.id.is_none() && !name.is_empty() => {
                Ok(Fagsystem {
                    active: fields.active,
                    access,
                    limits,
                    contact: fields.contact.trim().to_owned(),
                    note: fields.note.trim().to_owned(),
                    ..Fagsystem::new(id, &name, endpoint)
                })
            }
            _ => Err(errors),
        }
    }

    /// The labels of the fields that prevent saving.
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

    /// Whether it can be saved, or has no changes to save.
    pub fn can_be_saved(&self, scene: Scene<'_>) -> bool {
        !self.is_changed() || (!self.is_overtaken(scene.authority) && self.read(scene).is_ok())
    }

    fn edit(&mut self, message: FormMessage) {
        let fields = &mut self.fields;
        match message {
            FormMessage::Id(text) => fields.id = text,
            FormMessage::Name(text) => {
                // The id of a new fagsystem follows its name until it is edited.
                if self.original.is_none() && fields.id == id_of(&fields.name) {
                    fields.id = id_of(&text);
                }
                fields.name = text;
            }
            FormMessage::Endpoint(text) => fields.endpoint = text,
            FormMessage::Contact(text) => fields.contact = text,
            FormMessage::Note(text) => fields.note = text,
            FormMessage::Active(active) => fields.active = active,
            FormMessage::Access(access) => fields.access = access,
            FormMessage::Header(text) => fields.header = text,
            FormMessage::Connect(text) => fields.connect = text,
            FormMessage::Answer(text) => fields.answer = text,
        }
    }

    pub fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Form(message) => self.edit(message),
            Message::Save => return self.save(scene),
            Message::MakeDefault => return self.make_default(scene),
            Message::MoveTo(replacement) => self.replacement = Some(replacement),
            Message::MoveAll => return self.move_all(scene),
            Message::Probe => {
                if let (Ok(endpoint), Ok(limits)) = (self.fields.endpoint.parse::<Endpoint>(), self.fields.limits()) {
                    self.probing.begins(endpoint.clone());
                    let certificate =
                        self.secret(scene.authority).filter(|it| it.kind == SecretKind::ClientCertificate);
                    return probe(endpoint, certificate, limits, scene);
                }
                self.was_tried = true;
            }
            Message::Probed(endpoint, probed) => self.probing.ends(endpoint, probed),
            Message::Trial(message) => {
                let fagsystem = self.read(scene);
                self.was_tried |= fagsystem.is_err();
                return self.trial_panel.update(message, fagsystem.ok(), scene);
            }
            Message::FindRule(priority) => return Request::ShowRule(priority).into(),
            Message::ShowRules => {
                return self.original_id().cloned().map(|id| Request::ListRulesOf(id).into()).into();
            }
            Message::Switch => {
                let Some(id) = self.original_id().cloned() else { return Action::None };
                let to = self.replacement.clone().filter(|replacement| *replacement != id);
                return Request::BeginSwitch(id, to).into();
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

    /// Saves the fagsystem in the draft. Rules follow it to a new id.
    fn save(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.was_tried = true;
        let Ok(fagsystem) = self.read(scene) else { return Action::None };
        if self.is_overtaken(scene.authority) || !self.is_changed() {
            return Action::None;
        }
        let name = fagsystem.name.clone();
        let original = self.original_id().cloned();
        let (probing, trial_panel) = (std::mem::take(&mut self.probing), std::mem::take(&mut self.trial_panel));
        *self = Self { probing, trial_panel, ..Self::of(Some(&fagsystem)) };
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

    /// Deletes the fagsystem. `None` if it is in use.
    pub fn delete(&self, scene: Scene<'_>) -> Option<Action<Message>> {
        let original = self.original.as_ref().filter(|it| !is_in_use(&it.id, scene.authority))?;
        let book = scene.with_authority(|authority| authority.fagsystems.retain(|it| it.id != original.id));
        Some(Action::edit(book, DraftEdit::FagsystemDeleted(original.name.clone())))
    }

    fn make_default(&self, scene: Scene<'_>) -> Action<Message> {
        let Some(original) = self.original_id().filter(|_| !self.is_changed()) else { return Action::None };
        let book = scene.with_authority(|authority| authority.default_fagsystem.clone_from(original));
        Action::edit(book, DraftEdit::DefaultChosen(self.fields.name.clone()))
    }

    /// Replaces the fagsystem with the chosen one, in rules and as default.
    fn move_all(&mut self, scene: Scene<'_>) -> Action<Message> {
        let original = self.original.as_ref().filter(|it| !self.is_changed() && is_in_use(&it.id, scene.authority));
        let replacement = self.replacement.as_ref().and_then(|replacement| scene.authority.fagsystem(replacement));
        let Some((original, replacement)) =
            original.zip(replacement).filter(|(original, replacement)| replacement.id != original.id)
        else {
            return Action::None;
        };
        let edit = DraftEdit::FagsystemReplaced { from: original.name.clone(), to: replacement.name.clone() };
        let book = scene.with_authority(|authority| authority.replace_fagsystem(&original.id, &replacement.id));
        self.replacement = None;
        Action::edit(book, edit)
    }
}

/// Checks whether the endpoint answers, with the fagsystem's client certificate and time limits.
fn probe(endpoint: Endpoint, certificate: Option<SecretName>, limits: TimeLimits, scene: Scene<'_>) -> Action<Message> {
    let (target, settings) = (endpoint.clone(), scene.settings.clone());
    scene.serve(
        move |services| services.probe(target, certificate, limits, settings),
        move |probed| Message::Probed(endpoint.clone(), probed),
    )
}

/// Whether a rule or the default sends to the fagsystem, or a guard requires it.
pub(super) fn is_in_use(id: &FagsystemId, authority: &Authority) -> bool {
    authority.needs_fagsystem(id)
}
