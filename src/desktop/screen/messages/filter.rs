//! The search, the period and the filters of the list, the query that they make, and the bar that shows them.

use std::time::Duration;

use iced::widget::{Row, button, column, container, row, space, text, text_input};
use iced::{Center, Element, Padding};
use jiff::Timestamp;
use lucide_icons::Icon;

use super::list::Room;
use super::{Message, MessagesScreen, SEARCH_FIELD};
use crate::clock;
use crate::desktop::language::Texts;
use crate::desktop::language::format::{date_text, moment_text, shortened};
use crate::desktop::language::names::{danish_order, fagsystem_name};
use crate::desktop::language::parse::{read_past_date, understood};
pub use crate::desktop::model::message_filter::MessageFilter as Filter;
use crate::desktop::model::period::Period;
use crate::desktop::screen::part::words::{calendar_words, choice_words};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Calendar, CalendarMessage, Choice, choice_list, floating, focusable, icon, icon_button, note, search_field,
};
use crate::rules::{Criterion, CriterionKind, Fagsystem};
use crate::store::{MessageGround, MessageQuery, MessageSubject, Outcome};

const PERIOD_FIELD: &str = "log-period";
const FILTER_FIELD: &str = "log-filter";
const FROM_FIELD: &str = "log-from";
const TO_FIELD: &str = "log-to";
const LONGEST_CHIP: usize = 34;
const LINE_HEIGHT: f32 = 32.0;
/// The width of the period where it shows the limits of a filter, such as "15-07 11:00 – 16-07 12:00".
const LIMIT_WIDTH: u32 = 220;
/// A search by name needs this many letters: with fewer, nearly every name would match.
const LEAST_MEANING: usize = 2;
/// A search matches at most this many KLE numbers by their titles.
const MOST_NUMBERS: usize = 400;

/// The fields for the first and the last day.
#[derive(Debug, Default)]
pub(super) struct Days {
    from: String,
    to: String,
    /// The open calendar, of the last day (true) or the first.
    calendar: Option<(bool, Calendar)>,
}

#[derive(Debug, Clone)]
pub enum DaysMessage {
    From(String),
    To(String),
    ShowCalendar(bool),
    Calendar(CalendarMessage),
}

impl Filter {
    /// The heading that it is listed under.
    fn kind(&self, t: &'static Texts) -> &'static str {
        match self {
            Self::Outcome(_)
            | Self::Reason(_)
            | Self::Group(_)
            | Self::Counted
            | Self::Concern(_)
            | Self::Within(_)
            | Self::LongerThan(_)
            | Self::AtLeast(_) => t.router.columns.outcome,
            Self::Between(..) | Self::Since(_) => t.router.columns.time,
            Self::Fagsystem(..) | Self::Default => t.router.columns.fagsystem,
            Self::Rule(..) => t.rules.title,
            Self::CriterionKind(_) | Self::Subject(_) => t.rules.columns.element,
        }
    }

    /// The words of its chip.
    pub(super) fn words(&self, scene: Scene<'_>) -> String {
        let t = scene.t;
        match self {
            Self::Outcome(outcome) => (t.messages.outcome)(*outcome, None, false).to_owned(),
            Self::Reason(reason) => (t.messages.outcome)(Outcome::Unavailable, Some(*reason), false).to_owned(),
            Self::Group(group) => (t.overview.group)(*group).to_owned(),
            Self::Counted => t.messages.counted.to_owned(),
            Self::Subject(subject) => subject_words(subject, scene),
            Self::Between(from, before) => between_text(*from, *before),
            Self::Since(from) => (t.messages.since)(&moment_text(*from)),
            Self::Within(limit) => (t.messages.within)(&t.overview.duration(*limit)),
            Self::LongerThan(limit) => (t.messages.longer_than)(&t.overview.duration(*limit)),
            Self::AtLeast(limit) => (t.messages.at_least)(&t.overview.duration(*limit)),
            Self::Concern(concern) => (t.messages.concern)(*concern).to_owned(),
            Self::Fagsystem(cvr, id) => match scene.bench.authority(Some(*cvr)).filter(|it| it.cvr == *cvr) {
                Some(authority) => fagsystem_name(authority, id).to_owned(),
                None => id.to_string(),
            },
            Self::Default => t.messages.by_default.to_owned(),
            Self::Rule(cvr, priority) if *cvr == scene.authority.cvr => (t.rules.rule)(*priority),
            Self::Rule(cvr, priority) => format!("{} (CVR {cvr})", (t.rules.rule)(*priority)),
            Self::CriterionKind(element) => (t.rules.element)(*element).to_owned(),
        }
    }
}

impl Days {
    /// The days as a period. A field without a valid date sets no limit.
    pub fn read(&self, scene: Scene<'_>) -> Period {
        let day = |written| read_past_date(written, scene.t, scene.today).ok().flatten();
        Period::Days(day(&self.from), day(&self.to))
    }

    pub fn update(&mut self, message: DaysMessage, scene: Scene<'_>) {
        match message {
            DaysMessage::From(text) => self.from = text,
            DaysMessage::To(text) => self.to = text,
            DaysMessage::ShowCalendar(is_last) => {
                let is_open = self.calendar.is_some_and(|(open, _)| open == is_last);
                let written = if is_last { &self.to } else { &self.from };
                let day = read_past_date(written, scene.t, scene.today).ok().flatten().unwrap_or(scene.today);
                self.calendar = (!is_open).then(|| (is_last, Calendar::at(day)));
            }
            DaysMessage::Calendar(message) => {
                let Some((is_last, calendar)) = &mut self.calendar else { return };
                if let Some(day) = calendar.update(message) {
                    let written = if *is_last { &mut self.to } else { &mut self.from };
                    *written = date_text(day);
                    self.calendar = None;
                }
            }
        }
    }

    /// Closes the calendar; returns whether one was open.
    pub fn close_calendar(&mut self) -> bool {
        self.calendar.take().is_some()
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = scene.t;
        let field = |id, words: &'a str, value: &'a str, is_last, message: fn(String) -> DaysMessage| {
            let day = read_past_date(value, scene.t, scene.today);
            let input = text_input(t.fields.date_placeholder, value)
                .id(id)
                .on_input(move |text| Message::Days(message(text)))
                .padding([5, 9])
                .size(theme::BODY)
                .width(124)
                .style(theme::input(day.is_err()));
            let show = Message::Days(DaysMessage::ShowCalendar(is_last));
            let open = icon_button(Icon::CalendarDays, t.fields.calendar).on_press(show.clone());
            let chosen = day.as_ref().ok().copied().flatten();
            let calendar = self.calendar.filter(|(open, _)| *open == is_last).map(|(_, calendar)| {
                calendar.view(calendar_words(t), chosen, scene.today, |message| {
                    Message::Days(DaysMessage::Calendar(message))
                })
            });
            let said = match day {
                Err(error) => error.map(|error| text(error).size(theme::SMALL).style(theme::bad)),
                Ok(day) => understood(value, day, scene.t).map(note),
            };
            let input = floating(row![input, open].spacing(8).align_y(Center), calendar, show);
            row![note(words), input, said].spacing(8).align_y(Center)
        };
        let fields = row![
            field(FROM_FIELD, t.messages.from, &self.from, false, DaysMessage::From),
            field(TO_FIELD, t.messages.to, &self.to, true, DaysMessage::To),
        ];
        container(fields.spacing(20).wrap()).padding(Padding::new(20.0).top(0).bottom(10)).into()
    }
}

fn add(query: &mut MessageQuery, filter: Filter) {
    match filter {
        Filter::Outcome(outcome) => query.outcomes.push(outcome),
        Filter::Reason(reason) => query.reasons.push(reason),
        Filter::Group(group) => query.outcomes.extend(group.outcomes()),
        Filter::Counted => query.counts = true,
        Filter::Fagsystem(authority, id) => query.fagsystems.push((authority, id)),
        Filter::Default => query.grounds.push(MessageGround::Default),
        Filter::Rule(authority, priority) => {
            query.grounds.push(MessageGround::Rule { authority, priority, publication: None });
        }
        Filter::CriterionKind(element) => query.elements.push(element),
        Filter::Subject(subject) => query.subjects.push(subject),
        Filter::Between(from, before) => {
            query.from = query.from.max(Some(from));
            query.to = Some(query.to.map_or(before, |to| to.min(before)));
        }
        Filter::Since(from) => query.from = query.from.max(Some(from)),
        Filter::Within(limit) => query.within = Some(limit),
        Filter::LongerThan(limit) => query.longer_than = Some(limit),
        // The journal has whole microseconds, so "at least" is "longer than one less".
        Filter::AtLeast(limit) => query.longer_than = Some(limit.saturating_sub(Duration::from_micros(1))),
        Filter::Concern(concern) => query.concerns.push(concern),
    }
}

fn subject_words(subject: &MessageSubject, scene: Scene<'_>) -> String {
    let (t, names) = (&scene.t.messages.story, scene.names());
    let value = |criterion: Criterion| names.value(&criterion).unwrap_or_default();
    match subject {
        MessageSubject::Sender(cvr) => format!("{}: {}", t.sender, value(Criterion::SenderCvr(*cvr))),
        MessageSubject::Recipient(cvr) => format!("{}: {}", t.recipient, value(Criterion::RecipientCvr(*cvr))),
        MessageSubject::ContactPoint(id) => value(Criterion::ContactPoint(id.clone())),
        MessageSubject::ContactGroup(name) => format!("{}: {name}", t.contact_group),
        MessageSubject::Kle(interval) => format!("KLE {}", value(Criterion::Kle(*interval))),
        MessageSubject::Form(interval) => format!("FORM {interval}"),
        MessageSubject::Fagsystem(_, id) => names.fagsystem(id).to_owned(),
    }
}

/// What a search matches besides the text of messages: contact points and KLE numbers by their titles, fagsystems by their
/// names.
fn meanings(text: &str, scene: Scene<'_>) -> Vec<MessageSubject> {
    let wanted = text.to_lowercase();
    if !wanted.contains(char::is_alphabetic) || wanted.chars().count() < LEAST_MEANING {
        return Vec::new();
    }
    let mut meanings = Vec::new();
    for authority in &scene.bench.published().book.authorities {
        let points = authority.contact_points.iter().filter(|point| point.title.to_lowercase().contains(&wanted));
        meanings.extend(points.map(|point| MessageSubject::ContactPoint(point.id.clone())));
        let has_it =
            |it: &&Fagsystem| it.name.to_lowercase().contains(&wanted) || it.id.as_str().to_lowercase() == wanted;
        let fagsystems = authority.fagsystems.iter().filter(has_it);
        meanings.extend(fagsystems.map(|it| MessageSubject::Fagsystem(authority.cvr, it.id.clone())));
    }
    let numbers = scene.kle.find(text).take(MOST_NUMBERS);
    meanings.extend(numbers.map(|(number, _)| MessageSubject::Kle(number.into())));
    meanings
}

/// "15-07 11:00 – 12:00", with the day repeated where it differs.
fn between_text(from: Timestamp, before: Timestamp) -> String {
    let (begin, end) = (clock::in_denmark(from), clock::in_denmark(before));
    let format = if begin.date() == end.date() { "%H:%M" } else { "%d-%m %H:%M" };
    format!("{} – {}", begin.strftime("%d-%m %H:%M"), end.strftime(format))
}

impl MessagesScreen {
    /// The query for the list.
    pub(super) fn query(&self, scene: Scene<'_>) -> MessageQuery {
        let period = if matches!(self.period, Period::Days(..)) { self.days.read(scene) } else { self.period };
        let (from, to) = period.limits(scene.now, scene.today);
        let text = self.search.trim().to_owned();
        let meanings = meanings(&text, scene);
        let mut query = MessageQuery { text, meanings, from, to, ..MessageQuery::default() };
        for filter in &self.filters {
            add(&mut query, filter.clone());
        }
        query
    }

    pub(super) fn is_filtered(&self) -> bool {
        !self.filters.is_empty() || !self.search.trim().is_empty() || self.period != Period::All
    }

    pub(super) fn filter_bar<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.messages;
        let (search_width, period_width, add_width) = match self.room(scene) {
            Room::Plenty => (290, 136, 224),
            Room::More => (270, 126, 190),
            Room::Some => (206, 126, 172),
            Room::Little => (326, 126, 142),
        };
        let search = search_field(SEARCH_FIELD, t.search, &self.search, Message::Search).width(search_width);
        // A filter by time takes the place of the period: both together would contradict each other.
        let limit = self.filters.iter().find(|filter| filter.is_of_time());
        let limited = limit.map(|limit| Choice::new(None, limit.words(scene)));
        let periods = Period::ALL.into_iter().map(|period| Choice::new(Some(period), (t.period)(period)));
        let is_days = matches!(self.period, Period::Days(..));
        let chosen = Period::ALL.into_iter().find(|it| *it == self.period || is_days && matches!(it, Period::Days(..)));
        let chosen = if limit.is_some() { None } else { chosen };
        let period_width = if limit.is_some() { LIMIT_WIDTH } else { period_width };
        let texts = choice_words(scene.t);
        let period = choice_list(limited.into_iter().chain(periods), Some(&chosen), ("", texts), |period| {
            Message::Period(period.unwrap_or_default())
        });
        let period = period.id(PERIOD_FIELD);
        let add = choice_list(self.choices(scene), None, (t.filter, texts), Message::AddFilter).id(FILTER_FIELD);
        let chips = self.filters.iter().enumerate().filter(|(_, filter)| Some(*filter) != limit).map(|(at, filter)| {
            let words = text(shortened(&filter.words(scene), LONGEST_CHIP)).size(theme::SMALL);
            let content = row![words, icon(Icon::X).size(12)].spacing(6).align_y(Center);
            let message = Message::RemoveFilter(at);
            let chip = button(content).padding([4, 10]).style(theme::chip(true)).on_press(message.clone());
            focusable(chip).on_activate(message).into()
        });
        let clear = self.is_filtered().then(|| icon_button(Icon::FunnelX, t.show_all).on_press(Message::ClearFilters));
        // The height of a chip, so that nothing moves when one is added.
        let bar = Row::new()
            .push(container(search).height(LINE_HEIGHT).align_y(Center))
            .push(container(period).width(period_width))
            .push(container(add).width(add_width))
            .push(clear)
            .extend(chips)
            .spacing(8)
            .align_y(Center);
        let bar = container(bar.wrap()).padding(Padding::new(20.0).top(10).bottom(10));
        let days: Element<'a, Message> = if is_days { self.days.view(scene) } else { space().into() };
        column![bar, days].into()
    }

    /// The values of the current row that the list can be filtered by, with their names.
    pub(super) fn values_of_row(&self, scene: Scene<'_>) -> Vec<(String, Message)> {
        let row = self.here.and_then(|here| self.listing.position(here)).map(|at| &self.listing.rows[at]);
        let Some(row) = row else { return Vec::new() };
        let fagsystem = row.authority.zip(row.fagsystem.clone()).map(|(cvr, id)| Filter::Fagsystem(cvr, id));
        let ground = match (row.authority, row.priority) {
            (Some(cvr), Some(priority)) if row.fagsystem.is_some() => Some(Filter::Rule(cvr, priority)),
            (_, None) if row.fagsystem.is_some() => Some(Filter::Default),
            _ => None,
        };
        let filters = [Some(Filter::Outcome(row.outcome)), fagsystem, ground].into_iter().flatten();
        filters.map(|filter| (filter.words(scene), Message::AddFilter(filter))).collect()
    }

    /// All values that the list can be filtered by, with their names.
    pub fn choosable(&self, scene: Scene<'_>) -> impl Iterator<Item = (String, Message)> {
        self.choices(scene).into_iter().map(|choice| (choice.name().to_owned(), Message::AddFilter(choice.value)))
    }

    fn choices(&self, scene: Scene<'_>) -> Vec<Choice<Filter>> {
        let authority = scene.authority;
        let mut fagsystems: Vec<_> = authority.fagsystems.iter().collect();
        fagsystems.sort_by(|one, other| danish_order(&one.name, &other.name));
        let fagsystems = fagsystems.into_iter().map(|it| Filter::Fagsystem(authority.cvr, it.id.clone()));
        let filters = Outcome::all().map(Filter::Outcome).chain([Filter::Default]).chain(fagsystems);
        let filters = filters.chain(CriterionKind::ALL.into_iter().map(Filter::CriterionKind));
        let filters = filters.filter(|filter| !self.filters.contains(filter));
        filters.map(|means| Choice::new(means.clone(), means.words(scene)).under(means.kind(scene.t))).collect()
    }
}
