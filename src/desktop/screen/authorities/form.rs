//! The form of an authority: the field values as entered, and how they are read and saved.

use crate::desktop::language::parse::read_cvr;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::scene::Scene;
use crate::rules::{Authority, Cvr, Endpoint, Fagsystem, FagsystemId, RuleBook};

#[derive(Debug, Clone)]
pub(super) struct AuthorityForm {
    /// The authority as it was when the form was opened; `None` for a new one.
    original: Option<Outline>,
    pub fields: Fields,
    was_tried: bool,
    asks_to_delete: bool,
}

/// The properties of an authority that the form edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outline {
    pub cvr: Cvr,
    pub name: String,
    pub more_cvrs: Vec<Cvr>,
    pub default_fagsystem: FagsystemId,
}

/// The fields as entered, valid or not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Fields {
    pub name: String,
    pub cvr: String,
    /// Further CVR numbers, separated by commas.
    pub more: String,
    pub default: Option<FagsystemId>,
    /// The name and endpoint of a new authority's first fagsystem.
    pub fagsystem: String,
    pub endpoint: String,
}

/// A change to a field of the form.
#[derive(Debug, Clone)]
pub enum FormMessage {
    Name(String),
    Cvr(String),
    More(String),
    Default(FagsystemId),
    Fagsystem(String),
    Endpoint(String),
}

/// An error message for each invalid field.
#[derive(Debug, Clone, Default)]
pub(super) struct Errors {
    pub name: Option<String>,
    pub cvr: Option<String>,
    pub more: Option<String>,
    pub fagsystem: Option<String>,
    pub endpoint: Option<String>,
}

impl Outline {
    fn of(authority: &Authority) -> Self {
        Self {
            cvr: authority.cvr,
            name: authority.name.clone(),
            more_cvrs: authority.more_cvrs.clone(),
            default_fagsystem: authority.default_fagsystem.clone(),
        }
    }
}

impl Fields {
    fn of(outline: Option<&Outline>) -> Self {
        let Some(outline) = outline else { return Self::default() };
        let more: Vec<_> = outline.more_cvrs.iter().map(Cvr::to_string).collect();
        Self {
            name: outline.name.clone(),
            cvr: outline.cvr.to_string(),
            more: more.join(", "),
            default: Some(outline.default_fagsystem.clone()),
            ..Self::default()
        }
    }

    /// The further CVR numbers as entered.
    fn more(&self) -> impl Iterator<Item = &str> {
        self.more.split([',', ';', '\n']).map(str::trim).filter(|text| !text.is_empty())
    }

    /// All valid CVR numbers.
    pub fn numbers(&self) -> impl Iterator<Item = Cvr> {
        std::iter::once(self.cvr.as_str()).chain(self.more()).filter_map(read_cvr)
    }
}

impl AuthorityForm {
    pub fn of(authority: Option<&Authority>) -> Self {
        let original = authority.map(Outline::of);
        let fields = Fields::of(original.as_ref());
        Self { original, fields, was_tried: false, asks_to_delete: false }
    }

    pub fn original_cvr(&self) -> Option<Cvr> {
        self.original.as_ref().map(|original| original.cvr)
    }

    /// The authority as it is in the draft.
    pub fn in_draft<'a>(&self, scene: Scene<'a>) -> Option<&'a Authority> {
        scene.bench.book().authority(self.original_cvr()?)
    }

    pub fn is_changed(&self) -> bool {
        self.fields != Fields::of(self.original.as_ref())
    }

    /// Whether its CVR number would change.
    pub fn changes_cvr(&self) -> bool {
        self.original_cvr().is_some_and(|cvr| read_cvr(&self.fields.cvr) != Some(cvr))
    }

    /// Whether the authority has been changed or deleted in the draft since the form was opened.
    pub fn is_overtaken(&self, scene: Scene<'_>) -> bool {
        self.original.is_some() && self.in_draft(scene).map(Outline::of) != self.original
    }

    pub fn asks_to_delete(&self) -> bool {
        self.asks_to_delete
    }

    pub fn ask_to_delete(&mut self, asks: bool) {
        self.asks_to_delete = asks;
    }

    pub fn update(&mut self, message: FormMessage) {
        let fields = &mut self.fields;
        match message {
            FormMessage::Name(text) => fields.name = text,
            FormMessage::Cvr(text) => fields.cvr = text,
            FormMessage::More(text) => fields.more = text,
            FormMessage::Default(id) => fields.default = Some(id),
            FormMessage::Fagsystem(text) => fields.fagsystem = text,
            FormMessage::Endpoint(text) => fields.endpoint = text,
        }
    }

    pub fn errors(&self, scene: Scene<'_>) -> Errors {
        let (t, fields) = (scene.t, &self.fields);
        let missing = || self.was_tried.then(|| t.fields.missing.to_owned());
        let lacking = |text: &str| if text.trim().is_empty() { missing() } else { None };
        let cvr = match read_cvr(&fields.cvr) {
            Some(cvr) => self.cvr_conflict(cvr, scene),
            None if fields.cvr.trim().is_empty() => missing(),
            None => Some(t.fields.not_a_cvr.to_owned()),
        };
        let mut errors = Errors { name: lacking(&fields.name), cvr, more: self.more_error(scene), ..Errors::default() };
        if self.original.is_none() {
            errors.fagsystem = lacking(&fields.fagsystem);
            if let Err(error) = fields.endpoint.parse::<Endpoint>() {
                let is_empty = fields.endpoint.trim().is_empty();
                let wrong = (t.fagsystems.not_an_endpoint)(error);
                errors.endpoint = if is_empty { missing() } else { Some(wrong.to_owned()) };
            }
        }
        errors
    }

    fn more_error(&self, scene: Scene<'_>) -> Option<String> {
        let a = &scene.t.authorities;
        let mut seen: Vec<Cvr> = read_cvr(&self.fields.cvr).into_iter().collect();
        self.fields.more().find_map(|text| match read_cvr(text) {
            None => Some((a.not_cvrs)(text)),
            Some(cvr) if seen.contains(&cvr) => Some((a.twice)(cvr)),
            Some(cvr) => {
                seen.push(cvr);
                self.cvr_conflict(cvr, scene)
            }
        })
    }

    /// An error if another authority has the number.
    fn cvr_conflict(&self, cvr: Cvr, scene: Scene<'_>) -> Option<String> {
        let mut others =
            scene.bench.book().authorities.iter().filter(|authority| Some(authority.cvr) != self.original_cvr());
        let other = others.find(|authority| authority.cvrs().any(|number| number == cvr))?;
        Some((scene.t.authorities.taken)(cvr, &other.name))
    }

    fn outline(&self, scene: Scene<'_>) -> Option<Outline> {
        let errors = self.errors(scene);
        if errors.cvr.is_some() || errors.more.is_some() {
            return None;
        }
        let fields = &self.fields;
        let name = fields.name.trim().to_owned();
        let default_fagsystem = match &self.original {
            Some(_) => fields.default.clone()?,
            None => FagsystemId::of_name(&fields.fagsystem)?,
        };
        let more_cvrs = fields.more().filter_map(read_cvr).collect();
        (!name.is_empty()).then_some(Outline { cvr: read_cvr(&fields.cvr)?, name, more_cvrs, default_fagsystem })
    }

    /// The labels of the fields that prevent saving.
    pub fn obstacles(&self, scene: Scene<'_>) -> Vec<&'static str> {
        let (t, a) = (scene.t, &scene.t.authorities);
        let errors = (Self { was_tried: true, ..self.clone() }).errors(scene);
        let fields = [
            (errors.name, t.welcome.name),
            (errors.cvr, t.welcome.cvr),
            (errors.more, a.more),
            (errors.fagsystem, a.first_fagsystem),
            (errors.endpoint, t.fagsystems.endpoint),
        ];
        fields.into_iter().filter(|(error, _)| error.is_some()).map(|(_, name)| name).collect()
    }

    /// Whether it can be saved.
    pub fn is_complete(&self, scene: Scene<'_>) -> bool {
        self.outline(scene).is_some() && (self.original.is_some() || self.fields.endpoint.parse::<Endpoint>().is_ok())
    }

    /// Saves the authority in the draft, and shows it if it is new or has a new number.
    pub fn save<Message: Send + 'static>(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.was_tried = true;
        let Some(outline) = self.outline(scene).filter(|_| self.is_changed() && !self.is_overtaken(scene)) else {
            return Action::None;
        };
        let mut book = RuleBook::clone(scene.bench.book());
        let (edit, shown) = if let Some(old) = self.original_cvr() {
            let Some(authority) = book.authorities.iter_mut().find(|it| it.cvr == old) else { return Action::None };
            authority.cvr = outline.cvr;
            authority.name.clone_from(&outline.name);
            authority.more_cvrs.clone_from(&outline.more_cvrs);
            authority.default_fagsystem.clone_from(&outline.default_fagsystem);
            // If it keeps the old number as a further one, rules keep referring to it.
            if authority.cvrs().all(|number| number != old) {
                book.replace_cvr(old, outline.cvr);
            }
            if let Some(authority) = book.authorities.iter_mut().find(|it| it.cvr == outline.cvr) {
                authority.readdress_guards();
            }
            let follows = old == scene.authority.cvr && old != outline.cvr;
            (DraftEdit::AuthorityChanged(outline.name.clone()), follows.then_some(outline.cvr))
        } else {
            let Some(authority) = self.begin(&outline) else { return Action::None };
            book.authorities.push(authority);
            (DraftEdit::AuthorityAdded(outline.name.clone()), Some(outline.cvr))
        };
        let fields = Fields::of(Some(&outline));
        *self = Self { original: Some(outline), fields, was_tried: false, asks_to_delete: false };
        Action::edit(book, edit).then(shown.map(|cvr| Request::ChooseAuthority(cvr).into()))
    }

    /// A new authority with its first fagsystem.
    fn begin(&self, outline: &Outline) -> Option<Authority> {
        let endpoint = self.fields.endpoint.parse().ok()?;
        let id = outline.default_fagsystem.clone();
        Some(Authority {
            cvr: outline.cvr,
            name: outline.name.clone(),
            more_cvrs: outline.more_cvrs.clone(),
            default_fagsystem: id.clone(),
            fagsystems: vec![Fagsystem::new(id, self.fields.fagsystem.trim(), endpoint)],
            contact_points: Vec::new(),
            rules: Vec::new(),
            guards: Vec::new(),
        })
    }

    /// Deletes the authority, after confirmation and unless it is the last one.
    pub fn delete<Message: Send + 'static>(&self, scene: Scene<'_>) -> Action<Message> {
        let book = scene.bench.book();
        let Some(authority) = self.in_draft(scene).filter(|_| self.asks_to_delete && book.authorities.len() > 1) else {
            return Action::None;
        };
        let mut without = RuleBook::clone(book);
        without.authorities.retain(|it| it.cvr != authority.cvr);
        let next = without.authorities.first().map(|first| first.cvr);
        let next = next.filter(|_| authority.cvr == scene.authority.cvr);
        let edit = DraftEdit::AuthorityDeleted(authority.name.clone());
        Action::edit(without, edit).then(next.map(|cvr| Request::ChooseAuthority(cvr).into()))
    }
}
