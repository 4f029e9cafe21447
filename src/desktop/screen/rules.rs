use std::sync::Arc;

use iced::widget::{column, container, row, space, text};
use iced::{Center, Element as View, Fill, FillPortion, Length};
use lucide_icons::Icon;

use super::Scene;
use super::rule_form::{RuleErrors, RuleForm};
use crate::desktop::language::Texts;
use crate::desktop::naming::{Change, Element, date_text, fagsystem_name, shortened, value_name};
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, EDITOR_WIDTH, Field, Scroll, TableRow, cell, choice_field, editor, empty, focus_button, header, heading,
    horizontal_line, icon, icon_button, labelled_button, list_head, one_line, plain_button, row_of, status, switch,
    table, text_field,
};
use crate::rules::{Authority, Criterion, FagsystemId, PostType, Priority, Rule, RuleBook, Segment};

const PRIORITY_FIELD: &str = "rule-priority";
const VALUE_FIELD: &str = "rule-value";
const ELEMENT_FIELD: &str = "rule-element";
const SEGMENT_FIELD: &str = "rule-segment";
const FAGSYSTEM_FIELD: &str = "rule-fagsystem";
const FROM_FIELD: &str = "rule-from";
const TO_FIELD: &str = "rule-to";
const NOTE_FIELD: &str = "rule-note";
const TABLE: &str = "rules";
/// The most characters that a drop-down list of the editor has room for.
const LONGEST_CHOICE: usize = 38;

/// *Fordelingsregler*: the rules in priority order, with the default recipient as their visible last row.
#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct Screen {
    form: Option<RuleForm>,
    scroll: Scroll,
}

#[derive(Debug, Clone)]
pub enum Message {
    New,
    Choose(Priority),
    /// Leave the editor, unless something would be lost.
    Leave,
    /// Leave the editor, and what was written in it.
    Close,
    /// Take the rule as it is now, and what was written is lost.
    Reload,
    Priority(String),
    Segment(Segment),
    Element(Element),
    Value(String),
    PostType(PostType),
    Fagsystem(FagsystemId),
    From(String),
    To(String),
    Active(bool),
    Note(String),
    Save,
    Delete,
    Scrolled(Scroll),
}

/// What the screen wants done.
#[derive(Debug)]
pub(in crate::desktop) enum Action {
    None,
    Focus(&'static str),
    Publish(RuleBook, Change),
    /// Something has been written that would be lost.
    KeepDraft,
}

impl Screen {
    /// Whether anything has been written that would be lost.
    pub fn is_changed(&self) -> bool {
        self.form.as_ref().is_some_and(RuleForm::is_changed)
    }

    /// Closes the editor; what was written in it is dropped.
    pub fn close(&mut self) {
        self.form = None;
    }

    pub fn update(&mut self, message: Message, scene: Scene<'_>) -> Action {
        match message {
            Message::New | Message::Choose(_) | Message::Leave if self.is_changed() => return Action::KeepDraft,
            Message::New => {
                self.form = Some(RuleForm::new(scene.authority, scene.today));
                return Action::Focus(VALUE_FIELD);
            }
            Message::Choose(priority) => self.form = scene.authority.rule(priority).map(RuleForm::of),
            Message::Leave | Message::Close => self.close(),
            Message::Reload => {
                let number = self.form.as_ref().and_then(RuleForm::replaces);
                self.form = number.and_then(|number| scene.authority.rule(number)).map(RuleForm::of);
            }
            Message::Scrolled(scroll) => self.scroll = scroll,
            Message::Save => return self.save(scene),
            Message::Delete => return self.delete(scene),
            other => {
                if let Some(form) = &mut self.form {
                    form.edit(other);
                }
            }
        }
        Action::None
    }

    fn save(&mut self, scene: Scene<'_>) -> Action {
        let Some(form) = &mut self.form else { return Action::None };
        form.was_tried = true;
        let Ok(rule) = form.read(scene) else { return Action::None };
        if form.is_overtaken(scene.authority) {
            return Action::None;
        }
        let name = rule.priority.to_string();
        let change = if form.original.is_some() { Change::RuleChanged(name) } else { Change::RuleAdded(name) };
        let original = form.replaces();
        let book = scene.with_authority(|authority| {
            authority.rules.retain(|other| Some(other.priority) != original);
            authority.rules.push(Arc::new(rule));
            authority.rules.sort_by_key(|rule| rule.priority);
        });
        Action::Publish(book, change)
    }

    fn delete(&self, scene: Scene<'_>) -> Action {
        let form = self.form.as_ref().filter(|form| !form.is_overtaken(scene.authority));
        let Some(priority) = form.and_then(RuleForm::replaces) else { return Action::None };
        let book = scene.with_authority(|authority| authority.rules.retain(|rule| rule.priority != priority));
        Action::Publish(book, Change::RuleDeleted(priority.to_string()))
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> View<'a, Message> {
        let t = scene.t;
        let count = (t.rules.count)(scene.authority.rules.len());
        let new = labelled_button(Icon::Plus, t.rules.new).style(theme::primary).on_press(Message::New);
        let list = column![list_head(t.rules.title, count, new), self.list(scene)].width(Fill);
        row![list, self.form.as_ref().map(|form| form_view(form, scene))].into()
    }

    fn list<'a>(&'a self, scene: Scene<'a>) -> View<'a, Message> {
        let t = scene.t;
        let editor_width = if self.form.is_some() { EDITOR_WIDTH } else { 0.0 };
        let room = Room::of(scene.width - editor_width);
        let columns = columns(t, room);
        let rules = scene.authority.rules_in_order();
        let chosen = self.form.as_ref().and_then(RuleForm::replaces);
        let in_force = scene.authority.rules_in_force(scene.today);
        let count = rules.len();
        let body = if rules.is_empty() {
            empty(Icon::ListOrdered, t.rules.none)
        } else {
            let row = |at: usize| {
                let rule: &Rule = rules[at];
                TableRow {
                    cells: rule_cells(rule, &in_force, scene, room),
                    is_chosen: chosen == Some(rule.priority),
                    on_press: Some(Message::Choose(rule.priority)),
                }
            };
            table(TABLE, &columns, count, self.scroll, Message::Scrolled, row)
        };
        let last = row_of(&columns, default_row(scene, room));
        column![header(&columns), body, horizontal_line(), last].height(Fill).into()
    }
}

/// How much of a rule there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Room {
    /// Value and fagsystem, with the state as an icon alone.
    Least,
    /// What decides, and where it goes.
    Narrow,
    /// Segment and dates as well.
    Middling,
    /// The note as well.
    Wide,
}

impl Room {
    fn of(width: f32) -> Self {
        match width {
            1250.0.. => Self::Wide,
            900.0.. => Self::Middling,
            600.0.. => Self::Narrow,
            _ => Self::Least,
        }
    }
}

fn columns(t: &'static Texts, room: Room) -> Vec<Column> {
    let c = &t.rules.columns;
    let mut columns = vec![Column::number(c.priority, Length::Fixed(58.0))];
    if room == Room::Least {
        columns.push(Column::text("", Length::Fixed(18.0)));
    } else {
        columns.push(Column::text(c.state, Length::Fixed(98.0)));
    }
    if room >= Room::Middling {
        columns.push(Column::text(c.segment, Length::Fixed(80.0)));
    }
    if room >= Room::Narrow {
        columns.push(Column::text(c.element, Length::Fixed(126.0)));
    }
    columns.push(Column::text(c.value, FillPortion(4)));
    columns.push(Column::text(c.fagsystem, FillPortion(4)));
    if room >= Room::Middling {
        columns.push(Column::text(c.from, Length::Fixed(82.0)));
        columns.push(Column::text(c.to, Length::Fixed(82.0)));
    }
    if room == Room::Wide {
        columns.push(Column::text(c.note, FillPortion(4)));
    }
    columns
}

fn rule_cells<'a>(rule: &'a Rule, in_force: &[&Rule], scene: Scene<'a>, room: Room) -> Vec<View<'a, Message>> {
    let (t, authority) = (scene.t, scene.authority);
    let mut cells = vec![one_line(rule.priority.to_string()).bold().into(), state(rule, in_force, scene)];
    if room >= Room::Middling {
        cells.push(cell((t.rules.segment)(rule.segment)));
    }
    if room >= Room::Narrow {
        cells.push(cell((t.rules.element)(Element::of(&rule.criterion))));
    }
    cells.push(value_cell(t, authority, &rule.criterion));
    cells.push(cell(fagsystem_name(authority, &rule.fagsystem)));
    if room >= Room::Middling {
        cells.push(cell(date_text(rule.validity.from())));
        cells.push(cell(rule.validity.to().map_or_else(|| "–".to_owned(), date_text)));
    }
    if room == Room::Wide {
        cells.push(one_line(&rule.note).tone(theme::muted).into());
    }
    cells
}

fn value_cell<'a>(t: &'static Texts, authority: &Authority, criterion: &Criterion) -> View<'a, Message> {
    match (criterion, value_name(authority, criterion)) {
        (Criterion::NoContactPoint(post_type), _) => cell((t.rules.post_type)(*post_type)),
        (_, name) => cell(name.unwrap_or_default()),
    }
}

fn default_row<'a>(scene: Scene<'a>, room: Room) -> TableRow<'a, Message> {
    let (t, authority) = (scene.t, scene.authority);
    let name = fagsystem_name(authority, &authority.default_fagsystem);
    let inbox = icon(Icon::Inbox).style(theme::accent).into();
    let otherwise = if room == Room::Least { cell("") } else { one_line(t.rules.otherwise).bold().into() };
    let mut cells: Vec<View<'a, Message>> = vec![inbox, otherwise];
    if room >= Room::Middling {
        cells.push(cell(""));
    }
    if room >= Room::Narrow {
        cells.push(one_line(t.rules.default_hint).tone(theme::muted).into());
    }
    cells.push(cell(t.rules.default_recipient));
    cells.push(one_line(name).bold().into());
    TableRow { cells, is_chosen: false, on_press: None }
}

fn state<'a>(rule: &Rule, in_force: &[&Rule], scene: Scene<'_>) -> View<'a, Message> {
    let t = &scene.t.rules.states;
    let is_past = rule.validity.to().is_some_and(|to| to < scene.today);
    if !rule.active {
        status(Icon::CirclePause, t.switched_off, theme::muted)
    } else if is_past {
        status(Icon::CalendarX, t.expired, theme::muted)
    } else if scene.today < rule.validity.from() {
        status(Icon::CalendarClock, t.coming, theme::accent)
    } else if rule.shadow_among(in_force, scene.today).is_some() {
        status(Icon::TriangleAlert, t.shadowed, theme::warning)
    } else {
        status(Icon::CircleCheck, t.active, theme::good)
    }
}

impl RuleForm {
    fn edit(&mut self, message: Message) {
        match message {
            Message::Priority(text) => self.priority = text,
            Message::Segment(segment) => self.segment = segment,
            Message::Element(element) => {
                // What was written for one element means nothing for another.
                if self.element != element {
                    self.value.clear();
                }
                self.element = element;
            }
            Message::Value(text) => self.value = text,
            Message::PostType(post_type) => self.post_type = post_type,
            Message::Fagsystem(id) => self.fagsystem = Some(id),
            Message::From(text) => self.from = text,
            Message::To(text) => self.to = text,
            Message::Active(active) => self.active = active,
            Message::Note(text) => self.note = text,
            Message::New
            | Message::Choose(_)
            | Message::Leave
            | Message::Close
            | Message::Reload
            | Message::Save
            | Message::Delete
            | Message::Scrolled(_) => {}
        }
    }
}

/// A value of a choice with its name in the language of the screen.
#[derive(Debug, Clone, PartialEq)]
struct Named<T> {
    value: T,
    name: String,
}

impl<T> std::fmt::Display for Named<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&shortened(&self.name, LONGEST_CHOICE))
    }
}

fn named<T>(values: impl IntoIterator<Item = T>, name: impl Fn(&T) -> String) -> Vec<Named<T>> {
    values.into_iter().map(|value| Named { name: name(&value), value }).collect()
}

fn choice<'a, T: Clone + PartialEq + 'a>(
    about: Field,
    id: &'static str,
    choices: Vec<Named<T>>,
    chosen: Option<&T>,
    placeholder: &'static str,
    message: fn(T) -> Message,
) -> View<'a, Message> {
    let chosen = choices.iter().find(|named| Some(&named.value) == chosen).cloned();
    choice_field(about, id, choices, chosen, placeholder, move |named: Named<T>| message(named.value))
}

fn form_view<'a>(form: &'a RuleForm, scene: Scene<'a>) -> View<'a, Message> {
    let t = scene.t;
    let read = form.read(scene);
    let errors = read.as_ref().err().cloned().unwrap_or_default();
    let title = form.replaces().map_or_else(|| t.rules.new.to_owned(), |priority| (t.rules.rule)(priority));
    let close = icon_button(Icon::X, t.close).on_press(Message::Leave);
    let top = row![heading(title), space().width(Fill), close].align_y(Center);
    let is_overtaken = form.is_overtaken(scene.authority);
    let overtaken = is_overtaken.then(|| {
        let reload = plain_button(t.rules.reload).style(theme::secondary).on_press(Message::Reload);
        let words = warning_line(t.rules.overtaken.to_owned());
        container(column![words, reload].spacing(10)).padding(12).width(Fill).style(theme::card)
    });
    let summary = match &read {
        Ok(rule) => column![text((t.rules.sentence)(scene.authority, rule)), warnings(rule, form, scene)],
        Err(_) => column![text(t.rules.unfinished).style(theme::muted)],
    };
    let summary = container(summary.spacing(8)).padding(12).width(Fill).style(theme::card);
    let save = labelled_button(Icon::Check, t.save_and_publish).style(theme::primary);
    let save = save.on_press_maybe((!is_overtaken).then_some(Message::Save));
    let cancel = plain_button(t.cancel).style(theme::secondary).on_press(Message::Close);
    let delete = form
        .replaces()
        .filter(|_| !is_overtaken)
        .map(|_| icon_button(Icon::Trash2, t.rules.delete).style(theme::danger).on_press(Message::Delete));
    let content = column![top, overtaken, fields(form, &errors, scene), summary].spacing(16);
    editor(content, row![save, cancel, space().width(Fill), delete])
}

/// What the rule would do to itself or to others that one may not have meant.
fn warnings<'a>(rule: &Rule, form: &RuleForm, scene: Scene<'a>) -> Option<View<'a, Message>> {
    let t = &scene.t.rules;
    let mut others = scene.authority.rules_in_force(scene.today);
    others.retain(|other| Some(other.priority) != form.replaces());
    if let Some(by) = rule.shadow_among(&others, scene.today) {
        return Some(warning_line((t.shadowed)(by.priority)));
    }
    let left_without: Vec<Priority> =
        rule.shadows_among(&others, scene.today).iter().map(|other| other.priority).collect();
    (!left_without.is_empty()).then(|| warning_line((t.shadows)(&left_without)))
}

fn warning_line<'a>(words: String) -> View<'a, Message> {
    row![icon(Icon::TriangleAlert).style(theme::warning), text(words).style(theme::warning)].spacing(8).into()
}

fn fields<'a>(form: &'a RuleForm, errors: &RuleErrors, scene: Scene<'a>) -> View<'a, Message> {
    let (t, authority) = (scene.t, scene.authority);
    let c = &t.rules.columns;
    let elements = named(Element::ALL, |element| (t.rules.element)(*element).to_owned());
    let segments = [Segment::Everyone, Segment::Person, Segment::Company, Segment::Authority];
    let segments = named(segments, |segment| (t.rules.segment)(*segment).to_owned());
    let fagsystems = authority.fagsystems.iter().map(|fagsystem| fagsystem.id.clone());
    let fagsystems = named(fagsystems, |id| fagsystem_name(authority, id).to_owned());
    let date = |label, id, value: &'a str, error: &Option<String>, message: fn(String) -> Message| {
        let about = Field::new(label).error(error.clone());
        text_field(about, id, t.fields.date_placeholder, value, message, Message::Save)
    };
    let priority = Field::new(c.priority).error(errors.priority.clone()).hint(t.rules.priority_hint.to_owned());
    column![
        choice(Field::new(c.element), ELEMENT_FIELD, elements, Some(&form.element), "", Message::Element),
        value(form, errors, scene),
        choice(Field::new(c.segment), SEGMENT_FIELD, segments, Some(&form.segment), "", Message::Segment),
        choice(
            Field::new(c.fagsystem).error(errors.fagsystem.clone()),
            FAGSYSTEM_FIELD,
            fagsystems,
            form.fagsystem.as_ref(),
            t.fields.choose,
            Message::Fagsystem
        ),
        text_field(priority, PRIORITY_FIELD, "", &form.priority, Message::Priority, Message::Save),
        row![
            date(c.from, FROM_FIELD, &form.from, &errors.from, Message::From),
            date(c.to, TO_FIELD, &form.to, &errors.to, Message::To),
        ]
        .spacing(12),
        text_field(Field::new(c.note), NOTE_FIELD, "", &form.note, Message::Note, Message::Save),
        switch(t.rules.is_active, form.active, Message::Active),
    ]
    .spacing(14)
    .into()
}

/// The field that is made for the chosen element.
fn value<'a>(form: &'a RuleForm, errors: &RuleErrors, scene: Scene<'a>) -> View<'a, Message> {
    let t = scene.t;
    let about = Field::new(t.rules.columns.value).error(errors.value.clone());
    if form.element == Element::NoContactPoint {
        let post_types = [PostType::Authority, PostType::Company, PostType::Unspecified];
        let post_types = named(post_types, |post_type| (t.rules.post_type)(*post_type).to_owned());
        return choice(about, VALUE_FIELD, post_types, Some(&form.post_type), "", Message::PostType);
    }
    let suggestions = form.suggestions(scene.authority);
    // While there is something to choose, what is written is taken for a search.
    let criterion = form.criterion(scene).filter(|_| suggestions.is_empty());
    let doubt = criterion.as_ref().and_then(|criterion| scene.authority.doubt(criterion));
    let doubt = doubt.and_then(|doubt| (t.rules.value_doubt)(&doubt)).map(str::to_owned);
    let hint = match &criterion {
        Some(Criterion::ContactPoint(id)) => scene.authority.contact_point(id).map(|point| point.title.clone()),
        _ => None,
    };
    let placeholder = (t.rules.value_placeholder)(form.element);
    let input =
        text_field(about.hint(hint).doubt(doubt), VALUE_FIELD, placeholder, &form.value, Message::Value, Message::Save);
    let suggestions = suggestions.into_iter().map(|suggestion| {
        let content = row![icon(Icon::MapPin).size(14), cell(suggestion.name)].spacing(8).align_y(Center);
        focus_button(content).padding([4, 9]).style(theme::quiet).on_press(Message::Value(suggestion.value)).into()
    });
    column![input, column(suggestions)].spacing(2).into()
}
