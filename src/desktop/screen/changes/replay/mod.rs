//! *Afspil*: where the journal's messages would go by the draft, on a day that people choose. It runs by itself while the page
//! is shown, in a thread of its own; what has been overtaken is stopped.

mod flows;

use std::sync::Arc;
use std::time::Duration;

use iced::widget::{Row, column, container, row, space, text, text_input};
use iced::{Center, Element, Fill};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::desktop::language::format::date_text;
use crate::desktop::language::parse::read_past_date;
use crate::desktop::model::error::Error;
use crate::desktop::model::page::Page;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::part::picture_out::{DOCUMENT_WIDTH, Outgoing, PictureWay};
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::ReplayRequest;
use crate::desktop::theme;
use crate::desktop::widget::{focus_button, note, one_line};
use crate::exchange::Progress;
use crate::rules::{Priority, Replay, RuleBook, Way};
use crate::store::{DaySpan, JournalRow, ReplayQuestion};

const FROM_FIELD: &str = "replay-from";
const TO_FIELD: &str = "replay-to";
/// The spans that a press chooses, in days.
const SPANS: [u16; 3] = [7, 30, 90];
/// More days on which something begins or ends are shown only when asked for.
const FEW_DAYS: usize = 4;
const MOST_DAYS: usize = 24;
/// So many messages of a rule are listed.
const MOST_LISTED: usize = 200;

/// The card's state.
#[derive(Debug, Default)]
pub(in crate::desktop) struct ReplayCard {
    span: Span,
    from: String,
    to: String,
    /// The day on which the messages come; `None` for the one that is shown.
    day: Option<Date>,
    shows_all_days: bool,
    days: Option<TurningDays>,
    /// How often the page has been shown: what has come since the last time counts too.
    turn: u64,
    running: Option<Running>,
    done: Option<(Question, Outcome)>,
    open: Option<Opened>,
}

/// When the messages came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// In the last so many days.
    Last(u16),
    /// Between the days in the fields.
    Between,
}

impl Default for Span {
    fn default() -> Self {
        Self::Last(30)
    }
}

/// The days after the one that is shown on which the draft begins or ends something.
#[derive(Debug)]
struct TurningDays {
    books: [Arc<RuleBook>; 2],
    day: Date,
    days: Vec<Date>,
}

/// What is replayed.
#[derive(Debug, Clone)]
struct Question {
    book: Arc<RuleBook>,
    span: DaySpan,
    day: Date,
    turn: u64,
}

impl Question {
    /// Whether it is the same one, perhaps with fewer messages.
    fn is_about(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.book, &other.book) && self.span == other.span && self.day == other.day
    }

    fn is(&self, other: &Self) -> bool {
        self.is_about(other) && self.turn == other.turn
    }
}

#[derive(Debug)]
struct Running {
    question: Question,
    progress: Arc<Progress>,
    begun: Timestamp,
}

#[derive(Debug)]
struct Outcome {
    replay: Result<Replay, Error>,
    took: Duration,
}

/// The flow that is looked into.
#[derive(Debug)]
struct Opened {
    way: Way,
    /// The rule whose messages are listed, and they.
    rule: Option<(Option<Priority>, Vec<JournalRow>)>,
}

#[derive(Debug, Clone)]
pub enum ReplayMessage {
    Span(Span),
    From(String),
    To(String),
    Day(Option<Date>),
    ShowAllDays,
    /// `None`: it was stopped.
    Done(Result<Option<Replay>, Error>),
    /// Look into a flow, or close it.
    Open(Way),
    /// List the messages that this rule sends that way, or close the list.
    List(Way, Option<Priority>),
    Listed(Way, Option<Priority>, Result<Vec<JournalRow>, Error>),
    ShowMessage(i64),
    /// Copy or save the picture.
    PictureOut(PictureWay),
}

impl ReplayCard {
    /// What has come meanwhile counts from now on.
    pub fn on_shown(&mut self) {
        self.turn += 1;
    }

    /// Stops what runs for a page that is no longer shown.
    pub fn refresh(&mut self, scene: Scene<'_>) {
        if let Some(running) = self.running.as_ref().filter(|_| scene.page != Page::Changes) {
            running.progress.stop();
        }
    }

    /// Replays what the card shows, unless that is known. One replay runs at a time.
    pub fn follow(&mut self, scene: Scene<'_>) -> Action<ReplayMessage> {
        self.learn_days(scene);
        let wanted = self.wanted(scene);
        if let Some(running) = &self.running {
            if !wanted.is_some_and(|wanted| wanted.is(&running.question)) {
                running.progress.stop();
            }
            return Action::None;
        }
        let is_known = |wanted: &Question| self.done.as_ref().is_some_and(|(done, _)| done.is(wanted));
        let Some(question) = wanted.filter(|wanted| !is_known(wanted)) else { return Action::None };
        let Some(rules) = scene.bench.insight().distributor.clone() else { return Action::None };
        let progress = Arc::new(Progress::default());
        let asked = ReplayQuestion { span: question.span, day: question.day, most_listed: MOST_LISTED };
        let request = ReplayRequest { rules, question: asked, progress: Arc::clone(&progress) };
        self.running = Some(Running { question, progress, begun: scene.now });
        scene.serve(|services| services.replay(request), ReplayMessage::Done)
    }

    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Keeps the days on which the draft begins or ends something.
    fn learn_days(&mut self, scene: Scene<'_>) {
        let books = [&scene.bench.published().book, scene.bench.book()];
        let is_known = self.days.as_ref().is_some_and(|known| {
            known.day == scene.day() && known.books.iter().zip(books).all(|(one, other)| Arc::ptr_eq(one, other))
        });
        if is_known {
            return;
        }
        let days: Vec<_> = books[0].differing_days(books[1], scene.day()).into_iter().collect();
        self.day = self.day.filter(|day| days.contains(day));
        self.days = Some(TurningDays { books: books.map(Arc::clone), day: scene.day(), days });
    }

    /// What is to be shown; `None` while there is nothing that can be replayed.
    fn wanted(&self, scene: Scene<'_>) -> Option<Question> {
        if hindrance(scene).is_some() || scene.bench.insight().differences.is_empty() {
            return None;
        }
        let day = self.day.unwrap_or(scene.day());
        Some(Question { book: Arc::clone(scene.bench.book()), span: self.read_span(scene)?, day, turn: self.turn })
    }

    fn read_span(&self, scene: Scene<'_>) -> Option<DaySpan> {
        match self.span {
            Span::Last(days) => Some(DaySpan::last(days, scene.today)),
            Span::Between => {
                let read = |written| read_past_date(written, scene.t, scene.today).ok().flatten();
                let span = DaySpan { from: read(&self.from)?, to: read(&self.to)? };
                (span.from <= span.to).then_some(span)
            }
        }
    }

    pub fn update(&mut self, message: ReplayMessage, scene: Scene<'_>) -> Action<ReplayMessage> {
        match message {
            ReplayMessage::Span(span) => {
                self.suggest_days(scene);
                self.span = span;
                if span == Span::Between {
                    return Action::focus(FROM_FIELD);
                }
            }
            ReplayMessage::From(text) => self.from = text,
            ReplayMessage::To(text) => self.to = text,
            ReplayMessage::Day(day) => self.day = day,
            ReplayMessage::ShowAllDays => self.shows_all_days = true,
            ReplayMessage::Done(done) => self.finish(done, scene.now),
            ReplayMessage::Open(way) => {
                let is_open = self.open.as_ref().is_some_and(|open| open.way == way);
                self.open = (!is_open).then_some(Opened { way, rule: None });
            }
            ReplayMessage::List(way, rule) => return self.list(way, rule, scene),
            ReplayMessage::Listed(way, rule, Ok(rows)) => {
                self.open = Some(Opened { way, rule: Some((rule, rows)) });
            }
            ReplayMessage::Listed(_, _, Err(error)) => return Action::show_error(error),
            ReplayMessage::ShowMessage(number) => return Request::OpenMessage(number).into(),
            ReplayMessage::PictureOut(way) => return self.outgoing(scene).map(|picture| picture.go(way, scene)).into(),
        }
        Action::None
    }

    /// The fields begin with the days that have been shown.
    fn suggest_days(&mut self, scene: Scene<'_>) {
        if let (Span::Last(_), Some(span)) = (self.span, self.read_span(scene)) {
            (self.from, self.to) = (date_text(span.from), date_text(span.to));
        }
    }

    fn finish(&mut self, done: Result<Option<Replay>, Error>, now: Timestamp) {
        let Some(Running { question, begun, .. }) = self.running.take() else { return };
        let Some(replay) = done.transpose() else { return };
        let took = Duration::try_from(now.duration_since(begun)).unwrap_or_default();
        let is_there = |way: &Way| replay.as_ref().is_ok_and(|replay| replay.flows.contains_key(way));
        self.open = self.open.take().filter(|open| is_there(&open.way)).map(|open| Opened { rule: None, ..open });
        self.done = Some((question, Outcome { replay, took }));
    }

    fn list(&mut self, way: Way, rule: Option<Priority>, scene: Scene<'_>) -> Action<ReplayMessage> {
        if let Some(Opened { rule: open, .. }) = &mut self.open
            && open.as_ref().is_some_and(|(open, _)| *open == rule)
        {
            *open = None;
            return Action::None;
        }
        let Some((_, Outcome { replay: Ok(replay), .. })) = &self.done else { return Action::None };
        let share = replay.flows.get(&way).and_then(|flow| flow.rules.get(&rule));
        let numbers = share.map(|share| share.listed.clone()).unwrap_or_default();
        scene.serve(
            |services| services.journal_rows(numbers),
            move |rows| ReplayMessage::Listed(way.clone(), rule, rows),
        )
    }

    /// The replay that is shown, if it has messages.
    fn shown(&self, scene: Scene<'_>) -> Option<&Replay> {
        let wanted = self.wanted(scene)?;
        let (_, outcome) = self.done.as_ref().filter(|(done, _)| wanted.is_about(done))?;
        outcome.replay.as_ref().ok().filter(|replay| replay.messages() > 0)
    }

    /// Whether there is a picture to copy and save.
    pub fn has_picture(&self, scene: Scene<'_>) -> bool {
        self.shown(scene).is_some()
    }

    /// The picture for a document, with the messages that it is of.
    fn outgoing(&self, scene: Scene<'_>) -> Option<Outgoing> {
        let (t, replay) = (&scene.t.replay, self.shown(scene)?);
        let (picture, _) = flows::picture(replay, None, scene);
        let title = format!("{}: {}", t.title, flows::moves(replay, scene));
        let day = self.day.unwrap_or(scene.day());
        let of =
            self.came(Some(replay), scene).map(|came| format!("{came}, {} {}.", t.as_if_they_came, date_text(day)));
        let picture = picture.lay_out(DOCUMENT_WIDTH, None);
        let notes = of.into_iter().chain([t.how_it_is_read.to_owned()]);
        let authorities: Vec<_> =
            scene.bench.book().authorities.iter().map(|authority| authority.name.as_str()).collect();
        Some(Outgoing::new(t.title, title, picture, scene).of(&authorities).on(day).with_notes(notes))
    }

    /// How many messages came, and when.
    fn came(&self, replay: Option<&Replay>, scene: Scene<'_>) -> Option<String> {
        let t = &scene.t.replay;
        let named = match self.span {
            Span::Last(days) => Some(days),
            Span::Between => None,
        };
        let span = t.span(named, self.read_span(scene)?);
        let count = replay.map(|replay| t.messages.of(replay.messages()));
        Some(count.into_iter().chain([span]).collect::<Vec<_>>().join(" "))
    }

    /// The card, where the draft can be replayed.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, ReplayMessage> {
        let t = &scene.t.replay;
        let wanted = self.wanted(scene);
        let known = self.done.as_ref().filter(|(done, _)| wanted.as_ref().is_some_and(|it| it.is_about(done)));
        let outcome = known.map(|(_, outcome)| outcome);
        let replay = outcome.and_then(|outcome| outcome.replay.as_ref().ok());
        let state = match (&self.running, outcome) {
            (Some(running), _) => note(progress_words(&running.progress, scene)),
            (None, Some(outcome)) if !outcome.took.is_zero() => note(scene.t.overview.duration(outcome.took)),
            _ => note(""),
        };
        let head = row![text(t.title).font(theme::SEMIBOLD).size(theme::HEADING), space().width(Fill), state];
        let head = head.align_y(Center);
        if let Some(why) = hindrance(scene) {
            return column![head, text(why)].spacing(12).into();
        }
        let body: Element<'a, ReplayMessage> = match (outcome.map(|outcome| &outcome.replay), &wanted) {
            (_, None) => note(t.not_a_span).into(),
            (Some(Err(error)), _) => text((scene.t.error)(error)).style(theme::bad).into(),
            (Some(Ok(replay)), _) if replay.messages() == 0 => note(t.nothing_came).into(),
            (Some(Ok(replay)), _) => flows::view(replay, self.open.as_ref(), scene),
            (None, Some(_)) => note(t.beginning).into(),
        };
        let about = self.days_view(replay, scene);
        column![head, about, self.spans_view(scene), body].spacing(12).into()
    }

    /// How many messages came, and the days on which they can come again.
    fn days_view<'a>(&'a self, replay: Option<&Replay>, scene: Scene<'a>) -> Element<'a, ReplayMessage> {
        let t = &scene.t.replay;
        let days = self.days.as_ref().map_or(&[][..], |known| &known.days);
        let most = if self.shows_all_days { MOST_DAYS } else { FEW_DAYS };
        let is_shown = |(at, day): &(usize, &Date)| *at < most || self.day == Some(**day);
        let shown = days.iter().enumerate().filter(is_shown).map(|(_, day)| Some(*day));
        let chips = [None].into_iter().chain(shown).map(|day| {
            let words = day.or(scene.looked_at()).map_or_else(|| t.today.to_owned(), date_text);
            chip(words, self.day == day, ReplayMessage::Day(day))
        });
        let more = (days.len() > most && !self.shows_all_days)
            .then(|| chip(t.more_days.to_owned(), false, ReplayMessage::ShowAllDays));
        let came = self.came(replay, scene);
        let words = came.map(|came| format!("{came}, {}", t.as_if_they_came)).unwrap_or_default();
        let line = Row::new().push(note(words)).extend(chips).push(more).spacing(8).align_y(Center);
        line.wrap().into()
    }

    /// From when the messages are.
    fn spans_view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, ReplayMessage> {
        let t = &scene.t.replay;
        let last = SPANS.map(|days| {
            let span = Span::Last(days);
            chip((t.days)(days), self.span == span, ReplayMessage::Span(span))
        });
        let between = Span::Between;
        let other = chip(t.other_days.to_owned(), self.span == between, ReplayMessage::Span(between));
        let field = |id, words, value: &'a str, message: fn(String) -> ReplayMessage| {
            let is_wrong = read_past_date(value, scene.t, scene.today).is_err();
            let input = text_input(scene.t.fields.date_placeholder, value)
                .id(id)
                .on_input(message)
                .padding([5, 9])
                .size(theme::BODY)
                .width(124)
                .style(theme::input(is_wrong));
            row![note(words), input].spacing(8).align_y(Center)
        };
        let fields = (self.span == between).then(|| {
            let m = &scene.t.messages;
            row![
                field(FROM_FIELD, m.from, &self.from, ReplayMessage::From),
                field(TO_FIELD, m.to, &self.to, ReplayMessage::To)
            ]
            .spacing(12)
        });
        Row::new().extend(last).push(other).push(fields).spacing(8).align_y(Center).wrap().into()
    }
}

/// Why the draft cannot be replayed as it is, if it cannot.
fn hindrance(scene: Scene<'_>) -> Option<String> {
    let (t, bench) = (&scene.t.effects, scene.bench);
    if bench.is_behind() {
        // It cannot be published so, and what it would do would mislead.
        return Some((t.behind)(bench.published().number.get()));
    }
    bench.insight().distributor.is_none().then(|| t.contradiction.to_owned())
}

fn progress_words(progress: &Progress, scene: Scene<'_>) -> String {
    let t = &scene.t.replay;
    progress.all().map_or_else(
        || t.beginning.to_owned(),
        |all| (t.progress)(&(scene.t.number)(progress.done()), &(scene.t.number)(all)),
    )
}

fn chip<'a>(words: String, is_on: bool, message: ReplayMessage) -> Element<'a, ReplayMessage> {
    let content = container(one_line(words).size(theme::SMALL));
    focus_button(content).padding([4, 10]).style(theme::chip(is_on)).on_press(message).into()
}
