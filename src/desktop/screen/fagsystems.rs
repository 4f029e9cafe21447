use std::sync::Arc;

use iced::widget::{column, container, row, text};
use iced::{Center, Element as View, Fill, FillPortion, Length};
use lucide_icons::Icon;

use super::{Action as Asked, Scene};
use crate::desktop::language::Texts;
use crate::desktop::naming::{Deed, danish_order};
use crate::desktop::services::Trouble;
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, EDITOR_WIDTH, Field, Scroll, TableRow, Tone, cell, editor, empty, header, horizontal_line, icon,
    icon_button, labelled_button, list_head, note, one_line, plain_button, status, switch, table, text_field,
};
use crate::router::{Probe, ProbeAnswer};
use crate::rules::{Authority, Endpoint, Fagsystem, FagsystemId};

const NAME_FIELD: &str = "fagsystem-name";
const ID_FIELD: &str = "fagsystem-id";
const ENDPOINT_FIELD: &str = "fagsystem-endpoint";
const TABLE: &str = "fagsystems";

/// *Fagsystemer*: the systems that receive.
#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct Screen {
    form: Option<FagsystemForm>,
    scroll: Scroll,
}

/// A fagsystem as it is being written.
#[derive(Debug, Clone)]
struct FagsystemForm {
    /// The fagsystem that is changed, as it was when the form was opened; `None` for a new one.
    original: Option<Fagsystem>,
    id: String,
    name: String,
    endpoint: String,
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
    Id(String),
    Name(String),
    Endpoint(String),
    Active(bool),
    Save,
    Delete,
    MakeDefault,
    Probe,
    Probed(Endpoint, Result<Probe, Trouble>),
    /// So many rows up or down.
    Step(isize),
    Scrolled(Scroll),
}

/// What the screen wants done.
#[derive(Debug)]
pub(in crate::desktop) enum Action {
    None,
    Do(Asked),
    Probe(Endpoint),
}

#[derive(Debug, Clone, Default)]
struct Errors {
    id: Option<String>,
    name: Option<String>,
    endpoint: Option<String>,
}

impl FagsystemForm {
    fn of(fagsystem: Option<&Fagsystem>) -> Self {
        Self {
            original: fagsystem.cloned(),
            id: fagsystem.map(|it| it.id.to_string()).unwrap_or_default(),
            name: fagsystem.map(|it| it.name.clone()).unwrap_or_default(),
            endpoint: fagsystem.map(|it| it.endpoint.as_str().to_owned()).unwrap_or_default(),
            active: fagsystem.is_none_or(|it| it.active),
            was_tried: false,
            probe: ProbeState::NotTried,
        }
    }

    fn original_id(&self) -> Option<&FagsystemId> {
        self.original.as_ref().map(|fagsystem| &fagsystem.id)
    }

    /// Whether anything has been written that would be lost.
    fn is_changed(&self) -> bool {
        let as_opened = Self::of(self.original.as_ref());
        let texts = |form: &Self| [form.id.clone(), form.name.clone(), form.endpoint.clone()];
        texts(self) != texts(&as_opened) || self.active != as_opened.active
    }

    /// Whether the fagsystem is no longer what it was when the form was opened.
    fn is_overtaken(&self, authority: &Authority) -> bool {
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
        match (id, endpoint) {
            (Some(id), Some(endpoint)) if errors.id.is_none() && !name.is_empty() => {
                Ok(Fagsystem { id, name, endpoint, active: self.active })
            }
            _ => Err(errors),
        }
    }
}

impl Screen {
    /// Whether anything has been written that would be lost.
    pub fn is_changed(&self) -> bool {
        self.form.as_ref().is_some_and(FagsystemForm::is_changed)
    }

    /// Closes the editor; what was written in it is dropped.
    pub fn close(&mut self) {
        self.form = None;
    }

    pub fn update(&mut self, message: Message, scene: Scene<'_>) -> Action {
        match message {
            Message::New | Message::Choose(_) | Message::Leave if self.is_changed() => {
                return Action::Do(Asked::KeepForm);
            }
            Message::New => {
                self.form = Some(FagsystemForm::of(None));
                return Action::Do(Asked::Focus(NAME_FIELD));
            }
            Message::Choose(id) => {
                self.form = scene.authority.fagsystem(&id).map(|fagsystem| FagsystemForm::of(Some(fagsystem)));
            }
            Message::Leave | Message::Close => self.close(),
            Message::Step(rows) if !self.is_changed() => self.step(rows, scene),
            Message::Step(_) => return Action::Do(Asked::KeepForm),
            Message::Reload => {
                let id = self.form.as_ref().and_then(FagsystemForm::original_id);
                let fagsystem = id.and_then(|id| scene.authority.fagsystem(id));
                self.form = fagsystem.map(|fagsystem| FagsystemForm::of(Some(fagsystem)));
            }
            Message::Scrolled(scroll) => self.scroll = scroll,
            Message::Delete => {
                let deleted = self.form.as_ref().and_then(|form| form.delete(scene));
                if let Some(deleted) = deleted {
                    self.close();
                    return Action::Do(deleted);
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
        let here = fagsystems.iter().position(|fagsystem| Some(&fagsystem.id) == chosen);
        let to = here.map_or(0, |here| here.saturating_add_signed(rows));
        let fagsystem = fagsystems.get(to.min(fagsystems.len().saturating_sub(1))).copied();
        self.form = fagsystem.map(|fagsystem| FagsystemForm::of(Some(fagsystem)));
    }

    /// Brings the editor up to date with the draft, unless something is written in it.
    pub fn refresh(&mut self, scene: Scene<'_>) {
        let Some(form) = self.form.as_ref().filter(|form| form.original.is_some() && !form.is_changed()) else {
            return;
        };
        if form.is_overtaken(scene.authority) {
            let fagsystem = form.original_id().and_then(|id| scene.authority.fagsystem(id));
            self.form = fagsystem.map(|fagsystem| FagsystemForm::of(Some(fagsystem)));
        }
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> View<'a, Message> {
        let t = scene.t;
        let count = (t.fagsystems.count)(scene.authority.fagsystems.len());
        let new = labelled_button(Icon::Plus, t.fagsystems.new).style(theme::primary).on_press(Message::New);
        let list = column![list_head(t.fagsystems.title, count, new), self.list(scene)].width(Fill);
        row![list, self.form.as_ref().map(|form| form.view(scene))].into()
    }

    fn list<'a>(&'a self, scene: Scene<'a>) -> View<'a, Message> {
        let editor_width = if self.form.is_some() { EDITOR_WIDTH } else { 0.0 };
        let room = Room::of(scene.size.width - editor_width);
        let columns = columns(scene.t, room);
        let fagsystems = by_name(scene.authority);
        let chosen = self.form.as_ref().and_then(FagsystemForm::original_id);
        let body = if fagsystems.is_empty() {
            empty(Icon::Server, scene.t.fagsystems.none)
        } else {
            let row = |at: usize| TableRow {
                cells: cells(fagsystems[at], scene, room),
                is_chosen: chosen == Some(&fagsystems[at].id),
                on_press: Some(Message::Choose(fagsystems[at].id.clone())),
            };
            table(TABLE, &columns, fagsystems.len(), self.scroll, Message::Scrolled, row)
        };
        column![header(&columns), body].height(Fill).into()
    }
}

/// How much of a fagsystem there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Room {
    /// Name and state.
    Least,
    /// Id and role as well.
    Narrow,
    /// The endpoint as well.
    Wide,
}

impl Room {
    fn of(width: f32) -> Self {
        match width {
            900.0.. => Self::Wide,
            600.0.. => Self::Narrow,
            _ => Self::Least,
        }
    }
}

fn columns(t: &'static Texts, room: Room) -> Vec<Column> {
    let c = &t.fagsystems;
    let mut columns = vec![
        Column::text(c.name, FillPortion(4)),
        Column::text(c.state, Length::Fixed(96.0)),
        Column::number(c.rules, Length::Fixed(52.0)),
    ];
    if room >= Room::Narrow {
        columns.push(Column::text(c.id, Length::Fixed(110.0)));
        columns.push(Column::text(c.role, Length::Fixed(150.0)));
    }
    if room == Room::Wide {
        columns.push(Column::text(c.endpoint, FillPortion(5)));
    }
    columns
}

fn cells<'a>(fagsystem: &'a Fagsystem, scene: Scene<'a>, room: Room) -> Vec<View<'a, Message>> {
    let t = &scene.t.fagsystems;
    let state = if fagsystem.active {
        status(Icon::CircleCheck, t.active, theme::good)
    } else {
        status(Icon::CirclePause, t.paused, theme::warning)
    };
    let rules = cell(rules_naming(scene.authority, &fagsystem.id).to_string());
    let mut cells = vec![cell(&fagsystem.name), state, rules];
    if room >= Room::Narrow {
        let is_default = scene.authority.default_fagsystem == fagsystem.id;
        cells.push(one_line(fagsystem.id.as_str()).tone(theme::muted).into());
        cells.push(if is_default { status(Icon::Inbox, t.default, theme::accent) } else { cell("") });
    }
    if room == Room::Wide {
        cells.push(one_line(fagsystem.endpoint.as_str()).tone(theme::muted).into());
    }
    cells
}

/// As they are listed.
fn by_name(authority: &Authority) -> Vec<&Fagsystem> {
    let mut fagsystems: Vec<_> = authority.fagsystems.iter().collect();
    fagsystems.sort_by(|one, other| danish_order(&one.name, &other.name));
    fagsystems
}

fn rules_naming(authority: &Authority, id: &FagsystemId) -> usize {
    authority.rules.iter().filter(|rule| rule.fagsystem == *id).count()
}

impl FagsystemForm {
    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action {
        match message {
            Message::Id(text) => self.id = text,
            Message::Name(text) => self.name = text,
            Message::Endpoint(text) => self.endpoint = text,
            Message::Active(active) => self.active = active,
            Message::Save => return self.save(scene),
            Message::MakeDefault => return self.make_default(scene),
            Message::Probe => {
                if let Ok(endpoint) = self.endpoint.parse::<Endpoint>() {
                    self.probe = ProbeState::UnderWay(endpoint.clone());
                    return Action::Probe(endpoint);
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
            | Message::Step(_)
            | Message::Scrolled(_) => {}
        }
        Action::None
    }

    /// Whoever named the fagsystem by its old id names it by the new one.
    fn save(&mut self, scene: Scene<'_>) -> Action {
        self.was_tried = true;
        let Ok(fagsystem) = self.read(scene) else { return Action::None };
        if self.is_overtaken(scene.authority) {
            return Action::None;
        }
        let name = fagsystem.name.clone();
        let original = self.original_id().cloned();
        let probe = std::mem::take(&mut self.probe);
        *self = Self { probe, ..Self::of(Some(&fagsystem)) };
        let Some(original) = original else {
            let book = scene.with_authority(|authority| authority.fagsystems.push(fagsystem));
            return Action::Do(Asked::Edit(book, Deed::FagsystemAdded(name)));
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
        Action::Do(Asked::Edit(book, Deed::FagsystemChanged(name)))
    }

    fn delete(&self, scene: Scene<'_>) -> Option<Asked> {
        let original = self.original.as_ref().filter(|it| why_needed(&it.id, scene).is_none())?;
        let book = scene.with_authority(|authority| authority.fagsystems.retain(|it| it.id != original.id));
        Some(Asked::Edit(book, Deed::FagsystemDeleted(original.name.clone())))
    }

    fn make_default(&self, scene: Scene<'_>) -> Action {
        let Some(original) = self.original_id().filter(|_| !self.is_changed()) else { return Action::None };
        let book = scene.with_authority(|authority| authority.default_fagsystem.clone_from(original));
        Action::Do(Asked::Edit(book, Deed::DefaultChosen(self.name.clone())))
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> View<'a, Message> {
        let (t, texts) = (scene.t, &scene.t.fagsystems);
        let errors = self.read(scene).err().unwrap_or_default();
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
        let save = save.on_press_maybe((!is_overtaken && self.is_changed()).then_some(Message::Save));
        let content = column![
            row![container(one_line(title).bold().size(theme::HEADING)).width(Fill), close].align_y(Center),
            overtaken,
            text_field(name, NAME_FIELD, "", &self.name, Message::Name, Message::Save),
            text_field(id, ID_FIELD, "", &self.id, Message::Id, Message::Save),
            text_field(endpoint, ENDPOINT_FIELD, "https://", &self.endpoint, Message::Endpoint, Message::Save),
            self.probing(scene),
            column![active, paused].spacing(4),
            self.original_id().map(|original| further(original, self.is_changed(), scene)),
        ];
        editor(content.spacing(16), row![save, cancel])
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
