use crate::desktop::language::parse::read_cvr;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::scene::Scene;
use crate::rules::{Authority, Cvr, Endpoint, Fagsystem, FagsystemId, RuleBook};

/// An authority as it is being written.
#[derive(Debug, Clone)]
pub(super) struct AuthorityForm {
    /// The authority that is changed, as it was when the form was opened; `None` for a new one.
    original: Option<Outline>,
    pub parts: Parts,
    was_tried: bool,
    asks_to_delete: bool,
}

/// What of an authority is changed here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outline {
    pub cvr: Cvr,
    pub name: String,
    pub more_cvrs: Vec<Cvr>,
    pub default_fagsystem: FagsystemId,
}

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Parts {
    pub name: String,
    pub cvr: String,
    /// Separated by commas.
    pub more: String,
    pub default: Option<FagsystemId>,
    /// The name of a new one's first fagsystem, and where it receives.
    pub fagsystem: String,
    pub endpoint: String,
}

/// Something of an authority, as it is written now.
#[derive(Debug, Clone)]
pub enum Part {
    Name(String),
    Cvr(String),
    More(String),
    Default(FagsystemId),
    Fagsystem(String),
    Endpoint(String),
}

/// What is wrong with what is written.
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

impl Parts {
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

    /// The further numbers as they are written, one by one.
    fn more(&self) -> impl Iterator<Item = &str> {
        self.more.split([',', ';', '\n']).map(str::trim).filter(|text| !text.is_empty())
    }

    /// Every number that is one.
    pub fn numbers(&self) -> impl Iterator<Item = Cvr> {
        std::iter::once(self.cvr.as_str()).chain(self.more()).filter_map(read_cvr)
    }
}

impl AuthorityForm {
    pub fn of(authority: Option<&Authority>) -> Self {
        let original = authority.map(Outline::of);
        let parts = Parts::of(original.as_ref());
        Self { original, parts, was_tried: false, asks_to_delete: false }
    }

    pub fn original_cvr(&self) -> Option<Cvr> {
        self.original.as_ref().map(|original| original.cvr)
    }

    /// The authority that is changed, as the draft has it.
    pub fn in_draft<'a>(&self, scene: Scene<'a>) -> Option<&'a Authority> {
        scene.bench.book().authority(self.original_cvr()?)
    }

    pub fn is_changed(&self) -> bool {
        self.parts != Parts::of(self.original.as_ref())
    }

    /// Whether it would be known by another number.
    pub fn changes_cvr(&self) -> bool {
        self.original_cvr().is_some_and(|cvr| read_cvr(&self.parts.cvr) != Some(cvr))
    }

    /// Whether the authority is no longer what it was when the form was opened.
    pub fn is_overtaken(&self, scene: Scene<'_>) -> bool {
        self.original.is_some() && self.in_draft(scene).map(Outline::of) != self.original
    }

    pub fn asks_to_delete(&self) -> bool {
        self.asks_to_delete
    }

    pub fn ask_to_delete(&mut self, asks: bool) {
        self.asks_to_delete = asks;
    }

    pub fn write(&mut self, part: Part) {
        let parts = &mut self.parts;
        match part {
            Part::Name(text) => parts.name = text,
            Part::Cvr(text) => parts.cvr = text,
            Part::More(text) => parts.more = text,
            Part::Default(id) => parts.default = Some(id),
            Part::Fagsystem(text) => parts.fagsystem = text,
            Part::Endpoint(text) => parts.endpoint = text,
        }
    }

    /// What is wrong with what is written.
    pub fn errors(&self, scene: Scene<'_>) -> Errors {
        let (t, parts) = (scene.t, &self.parts);
        let missing = || self.was_tried.then(|| t.fields.missing.to_owned());
        let lacking = |text: &str| if text.trim().is_empty() { missing() } else { None };
        let cvr = match read_cvr(&parts.cvr) {
            Some(cvr) => self.taken(cvr, scene),
            None if parts.cvr.trim().is_empty() => missing(),
            None => Some(t.fields.not_a_cvr.to_owned()),
        };
        let mut errors =
            Errors { name: lacking(&parts.name), cvr, more: self.wrong_with_more(scene), ..Errors::default() };
        if self.original.is_none() {
            errors.fagsystem = lacking(&parts.fagsystem);
            if let Err(error) = parts.endpoint.parse::<Endpoint>() {
                let is_empty = parts.endpoint.trim().is_empty();
                let wrong = (t.fagsystems.not_an_endpoint)(error);
                errors.endpoint = if is_empty { missing() } else { Some(wrong.to_owned()) };
            }
        }
        errors
    }

    fn wrong_with_more(&self, scene: Scene<'_>) -> Option<String> {
        let a = &scene.t.authorities;
        let mut seen: Vec<Cvr> = read_cvr(&self.parts.cvr).into_iter().collect();
        self.parts.more().find_map(|text| match read_cvr(text) {
            None => Some((a.not_cvrs)(text)),
            Some(cvr) if seen.contains(&cvr) => Some((a.twice)(cvr)),
            Some(cvr) => {
                seen.push(cvr);
                self.taken(cvr, scene)
            }
        })
    }

    /// That another authority has the number, if so.
    fn taken(&self, cvr: Cvr, scene: Scene<'_>) -> Option<String> {
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
        let parts = &self.parts;
        let name = parts.name.trim().to_owned();
        let default_fagsystem = match &self.original {
            Some(_) => parts.default.clone()?,
            None => FagsystemId::of_name(&parts.fagsystem)?,
        };
        let more_cvrs = parts.more().filter_map(read_cvr).collect();
        (!name.is_empty()).then_some(Outline { cvr: read_cvr(&parts.cvr)?, name, more_cvrs, default_fagsystem })
    }

    /// The fields that keep it from being saved.
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

    /// Whether it can be saved as it is written.
    pub fn is_whole(&self, scene: Scene<'_>) -> bool {
        self.outline(scene).is_some() && (self.original.is_some() || self.parts.endpoint.parse::<Endpoint>().is_ok())
    }

    /// The edit, and the authority to be shown from then on, if that is another one.
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
            // Where it still has the old one, rules go on meaning that.
            if authority.cvrs().all(|number| number != old) {
                book.replace_cvr(old, outline.cvr);
            }
            let follows = old == scene.authority.cvr && old != outline.cvr;
            (DraftEdit::AuthorityChanged(outline.name.clone()), follows.then_some(outline.cvr))
        } else {
            let Some(authority) = self.begin(&outline) else { return Action::None };
            book.authorities.push(authority);
            (DraftEdit::AuthorityAdded(outline.name.clone()), Some(outline.cvr))
        };
        let parts = Parts::of(Some(&outline));
        *self = Self { original: Some(outline), parts, was_tried: false, asks_to_delete: false };
        Action::edit(book, edit).then(shown.map(|cvr| Request::ChooseAuthority(cvr).into()))
    }

    /// A new one with its first fagsystem.
    fn begin(&self, outline: &Outline) -> Option<Authority> {
        let endpoint = self.parts.endpoint.parse().ok()?;
        let id = outline.default_fagsystem.clone();
        Some(Authority {
            cvr: outline.cvr,
            name: outline.name.clone(),
            more_cvrs: outline.more_cvrs.clone(),
            default_fagsystem: id.clone(),
            fagsystems: vec![Fagsystem::new(id, self.parts.fagsystem.trim(), endpoint)],
            contact_points: Vec::new(),
            rules: Vec::new(),
        })
    }

    /// The edit without it; nothing for the last one.
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
