//! *Skyggekørsel*: the draft follows the mail that comes, until it is published or the run is ended.

use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::widget::{Column, column, container, row, scrollable, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::action::{Action, Request};
use super::contract::Screen;
use super::part::explained::explained;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::language::format::moment_text;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::error::Error;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::shadow::{ShadowReport, ShadowWay};
use crate::desktop::service::Services;
use crate::desktop::theme;
use crate::desktop::widget::{
    empty, empty_with, focus_button, heading, horizontal_line, labelled_button, note, one_line,
};
use crate::rules::{Cvr, FagsystemId, RuleBook};
use crate::store::{RouterSettings, ShadowRun};

const PAGE: &str = "shadow";
const GAP: f32 = 14.0;
/// After a reading that took long, the journal is left alone for this many times as long.
const REST: u32 = 10;
const LONG: Duration = Duration::from_millis(100);

/// *Skyggekørsel*. Whether one runs stands in the store, so that it goes on after a restart and in every window.
#[derive(Debug, Default)]
pub(in crate::desktop) struct ShadowScreen {
    state: State,
    /// The number of the newest reading: what older ones find is not shown.
    newest: u64,
    under_way: Option<Instant>,
    /// Something has come since the newest reading began.
    is_stale: bool,
    not_before: Option<Instant>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Unread,
    NotRunning,
    Running(Running),
}

/// What came since the run began, by the draft of that book.
#[derive(Debug)]
struct Running {
    run: ShadowRun,
    report: ShadowReport,
    book: Arc<RuleBook>,
}

/// The run and what it has found; `None` when nothing is followed.
type Found = Option<(ShadowRun, ShadowReport)>;

#[derive(Debug, Clone)]
pub enum Message {
    Begin,
    Drop,
    /// The run was begun or ended.
    Saved(Result<(), Error>),
    /// A reading ended: its number, by which book, and whether it goes on where the last one ended.
    Read(u64, Arc<RuleBook>, bool, Result<Found, Error>),
    Open(i64),
    Show(Page),
}

impl ShadowScreen {
    fn read(&mut self, scene: Scene<'_>) -> Action<Message> {
        let Some(draft) = scene.bench.insight().distributor.clone() else {
            self.is_stale = false;
            return Action::None;
        };
        self.newest += 1;
        (self.under_way, self.is_stale) = (Some(Instant::now()), false);
        let (number, book) = (self.newest, Arc::clone(scene.bench.book()));
        let known = match &self.state {
            State::Running(known) if Arc::ptr_eq(&known.book, &book) => Some((known.run, known.report.newest)),
            _ => None,
        };
        let goes_on = known.is_some();
        scene.serve(
            move |services| services.shadow(draft, known),
            move |read| Message::Read(number, Arc::clone(&book), goes_on, read),
        )
    }

    /// Whether the draft that followed the mail has been published since the run began.
    fn is_promoted(&self, scene: Scene<'_>) -> bool {
        let State::Running(Running { run, .. }) = &self.state else { return false };
        scene.bench.insight().differences.is_empty() && scene.bench.published().published_at >= run.begun_at
    }

    fn take(&mut self, book: Arc<RuleBook>, goes_on: bool, found: Found) {
        let Some((run, report)) = found else {
            self.state = State::NotRunning;
            return;
        };
        match &mut self.state {
            State::Running(known) if goes_on && known.run == run => known.report.add(report),
            state => *state = State::Running(Running { run, report, book }),
        }
    }
}

impl Screen for ShadowScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::Ghost;
    const KEYWORDS: &'static str = "skygge prøvekørsel parallel følg kladden live shadow follow dry run parallel";

    fn title(t: &'static Texts) -> &'static str {
        t.shadow.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Begin => {
                let (revision, now) = (scene.bench.revision(), scene.now);
                return scene.serve(move |services| services.begin_shadow(revision, now), Message::Saved);
            }
            Message::Drop => return scene.serve(Services::drop_shadow, Message::Saved),
            Message::Saved(Ok(())) => return self.read(scene),
            Message::Saved(Err(error)) => return Action::show_error(error),
            Message::Read(number, book, goes_on, read) if number == self.newest => {
                let took = self.under_way.take().map_or(Duration::ZERO, |begun| begun.elapsed());
                let rest = if took > LONG { took * REST } else { Duration::ZERO };
                self.not_before = Instant::now().checked_add(rest);
                match read {
                    Ok(found) => {
                        self.take(book, goes_on, found);
                        if self.is_promoted(scene) {
                            return scene.serve(Services::drop_shadow, Message::Saved);
                        }
                    }
                    Err(error) => return Action::show_error(error),
                }
            }
            // A newer one is under way.
            Message::Read(..) => {}
            Message::Open(number) => return Request::OpenMessage(number).into(),
            Message::Show(page) => return Action::show(page),
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.shadow;
        let title = text(t.title).font(theme::SEMIBOLD).size(theme::TITLE);
        let head = container(column![title, explained(t.about, scene.t.language)].spacing(2)).padding([16, 20]);
        let insight = scene.bench.insight();
        let body = match &self.state {
            _ if insight.distributor.is_none() => empty(Icon::Ghost, explained(t.contradiction, scene.t.language)),
            State::Running(running) => view(running, scene),
            _ if insight.differences.is_empty() => empty(Icon::Ghost, explained(t.nothing_to_follow, scene.t.language)),
            State::Unread => note(scene.t.default_mail.working_out).into(),
            State::NotRunning => {
                let begin = labelled_button(Icon::Play, t.begin).style(theme::primary).on_press(Message::Begin);
                empty_with(Icon::Ghost, explained(t.none, scene.t.language), begin)
            }
        };
        column![head, body].into()
    }

    fn on_shown(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.read(scene)
    }

    fn on_store_changed(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.is_stale = true;
        self.follow(scene)
    }

    fn follow(&mut self, scene: Scene<'_>) -> Action<Message> {
        let is_resting = self.not_before.is_some_and(|not_before| Instant::now() < not_before);
        let is_due = self.is_stale && self.under_way.is_none() && !is_resting;
        if is_due { self.read(scene) } else { Action::None }
    }

    fn is_moving(&self) -> bool {
        self.is_stale
    }
}

/// What has come, what of it differs, and what can be done about it.
fn view<'a>(running: &'a Running, scene: Scene<'a>) -> Element<'a, Message> {
    let (t, report) = (&scene.t.shadow, &running.report);
    let differing = text(t.differing.of(report.differing())).font(theme::SEMIBOLD).size(theme::HEADING);
    let is_published = scene.bench.insight().differences.is_empty();
    let published = is_published.then(|| explained(t.nothing_to_follow, scene.t.language));
    let promote = labelled_button(Icon::Rocket, t.promote).style(theme::primary);
    let promote = promote.on_press_maybe((!is_published).then_some(Message::Show(Page::Changes)));
    let drop = labelled_button(Icon::Square, t.drop).style(theme::secondary).on_press(Message::Drop);
    let since = text(t.since(running.run, report));
    let count = column![
        since,
        differing,
        explained(t.by_draft_of_now, scene.t.language),
        published,
        row![promote, drop].spacing(8)
    ];
    let ways = report.ways();
    let lines = ways.iter().map(|(way, messages)| {
        let words = row![
            one_line(way_words(way, scene)).bold(),
            one_line(ground_words(way, scene)).size(theme::SMALL).tone(theme::muted)
        ];
        let words = container(words.spacing(8).align_y(Center)).width(Fill).clip(true);
        row![words, one_line(t.messages.of(*messages))].spacing(12).align_y(Center).into()
    });
    let ways = (!ways.is_empty())
        .then(|| card(column![heading(t.ways), Column::with_children(lines).spacing(6)].spacing(10).into()));
    let latest = report.latest().map(|message| {
        let words = row![
            one_line(moment_text(message.received_at)).tone(theme::muted),
            container(one_line(way_words(&message.way, scene))).width(Fill).clip(true)
        ];
        let line = focus_button(words.spacing(12)).padding([6, 0]).style(theme::cell_link);
        column![line.on_press(Message::Open(message.number)), horizontal_line()].into()
    });
    let latest = (report.differing() > 0)
        .then(|| card(column![heading(t.latest), Column::with_children(latest)].spacing(10).into()));
    let parts = column![card(count.spacing(8).into()), ways, latest].spacing(GAP);
    let parts = scrollable(parts.padding(iced::Padding::new(20.0).top(0))).id(PAGE);
    parts.width(Fill).height(Fill).style(theme::scrollbar).into()
}

fn card(content: Element<'_, Message>) -> Element<'_, Message> {
    container(content).padding(16).width(Fill).style(theme::card).into()
}

fn way_words(way: &ShadowWay, scene: Scene<'_>) -> String {
    let t = &scene.t.shadow;
    let to = way.to.as_ref();
    let to = to.map_or_else(|| t.nowhere.to_owned(), |to| name(way.authority, &to.fagsystem, scene));
    (t.way)(&name(way.authority, &way.from, scene), &to)
}

/// By which rule of the draft, or for lack of one.
fn ground_words(way: &ShadowWay, scene: Scene<'_>) -> String {
    let t = &scene.t.shadow;
    let ground = way.to.as_ref().map(|to| to.rule.map_or_else(|| t.by_default.to_owned(), t.by_rule));
    ground.unwrap_or_default()
}

/// A fagsystem's name in the draft, or in the publication if it is gone there.
fn name(authority: Cvr, id: &FagsystemId, scene: Scene<'_>) -> String {
    let books = [scene.bench.book(), &scene.bench.published().book];
    let known = books.into_iter().filter_map(|book| book.authority(authority));
    let owner = known.into_iter().find(|owner| owner.fagsystem(id).is_some());
    owner.map_or_else(|| id.to_string(), |owner| fagsystem_name(owner, id).to_owned())
}
