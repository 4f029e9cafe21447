//! *Driftsmål*: how far the service agreement is kept, month by month, by the router and by each fagsystem.

mod days;
mod export;
mod figure;
mod months;
mod sheet;
mod this_month;
mod window_form;
mod windows;

use std::time::{Duration, Instant};

use iced::widget::{Column, column, container, scrollable, text};
use iced::{Element, Fill};
use jiff::Timestamp;
use lucide_icons::Icon;

pub use self::export::ExportMessage;
use self::export::{Export, PATH_FIELD};
use self::window_form::{FROM_DAY, WindowForm, WindowMessage};
use super::action::{Action, Request};
use super::command::{Command, CommandStep, Standard};
use super::contract::Screen;
use super::messages::Filter;
use super::part::picture_out::{PictureWay, picture_commands};
use super::scene::Scene;
use crate::clock;
use crate::desktop::language::Texts;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::error::Error;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::service_level::Subject;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::theme;
use crate::desktop::widget::{EDITOR_WIDTH, Head, Tool, beside, heading, note};
use crate::rules::{Cvr, FagsystemId};
use crate::service_level::{Part, ServiceWindow};
use crate::store::{OutcomeGroup, PartLevels, RouterSettings};

const PAGE: &str = "service-levels";
const GAP: f32 = 14.0;
/// How many months are shown.
const MONTHS: i32 = 13;
/// After a reading that took long, the store is left alone for this many times as long.
const REST: u32 = 10;
const LONG: Duration = Duration::from_millis(100);
/// Below this width there is one figure in a line.
const NARROW: f32 = 640.0;

/// *Driftsmål*.
#[derive(Debug, Default)]
pub(in crate::desktop) struct ServiceLevelsScreen {
    subject: Subject,
    /// The last months, the oldest first; `None` until they have been counted.
    months: Option<Vec<PartLevels>>,
    windows: Vec<ServiceWindow>,
    open: Open,
    export: Option<Export>,
    reading: Reading,
}

/// What is open beside the months.
#[derive(Debug, Default)]
enum Open {
    #[default]
    Nothing,
    /// A month, and its days once they have been counted.
    Month(Part, Option<Vec<PartLevels>>),
    Form(Box<WindowForm>),
}

/// The reading that is under way, and when the next may begin.
#[derive(Debug, Default)]
struct Reading {
    begun: Option<Instant>,
    not_before: Option<Instant>,
    /// The store has changed since the last reading began.
    is_stale: bool,
}

#[derive(Debug, Clone)]
pub enum Message {
    Read(Result<(Vec<PartLevels>, Vec<ServiceWindow>), Error>),
    DaysRead(Part, Result<Vec<PartLevels>, Error>),
    Choose(Subject),
    PictureOut(PictureWay),
    ShowExport,
    Export(ExportMessage),
    OpenMonth(Part),
    /// Lists what a fagsystem did not answer, or was not sent, in a day.
    List(Cvr, FagsystemId, Part),
    NewWindow,
    /// Open a window, by its number, to change it.
    ChangeWindow(i64),
    Window(WindowMessage),
    Save,
    Entered(Result<bool, Error>),
    Delete(i64),
    Deleted(Result<(), Error>),
    /// Close what is open, unless it has unsaved changes.
    Leave,
    /// Close it in any case.
    Close,
}

impl ServiceLevelsScreen {
    fn read(&mut self, scene: Scene<'_>) -> Action<Message> {
        (self.reading.begun, self.reading.is_stale) = (Some(Instant::now()), false);
        let (parts, now) = (Part::months(clock::day_of(scene.now), MONTHS), scene.now);
        let months = scene.serve(move |services| services.service_levels(parts, now), Message::Read);
        let Open::Month(month, _) = self.open else { return months };
        months.then(read_days(month, scene))
    }

    fn take(&mut self, read: Result<(Vec<PartLevels>, Vec<ServiceWindow>), Error>) -> Action<Message> {
        let took = self.reading.begun.take().map_or(Duration::ZERO, |begun| begun.elapsed());
        let rest = if took > LONG { took * REST } else { Duration::ZERO };
        self.reading.not_before = Instant::now().checked_add(rest);
        match read {
            Ok((months, windows)) => (self.months, self.windows) = (Some(months), windows),
            Err(error) => return Action::show_error(error),
        }
        Action::None
    }

    fn update_export(&mut self, message: ExportMessage, scene: Scene<'_>) -> Action<Message> {
        let Some(export) = &mut self.export else { return Action::None };
        if let Some(action) = export.update(message, self.months.as_deref().unwrap_or_default(), scene) {
            return action.map(Message::Export);
        }
        self.export = None;
        Action::None
    }

    fn form_is_changed(&self) -> bool {
        matches!(&self.open, Open::Form(form) if form.is_changed())
    }

    fn save(&mut self, scene: Scene<'_>) -> Action<Message> {
        let Open::Form(form) = &mut self.open else { return Action::None };
        match form.window(scene) {
            Some(window) => scene.serve(move |services| services.enter_service_window(window), Message::Entered),
            None => Action::None,
        }
    }

    fn entered(&mut self, entered: Result<bool, Error>, scene: Scene<'_>) -> Action<Message> {
        match (entered, &mut self.open) {
            (Err(error), _) => Action::show_error(error),
            (Ok(true), _) => {
                self.open = Open::Nothing;
                Action::notify(scene.t.service_levels.entered).then(self.read(scene))
            }
            (Ok(false), Open::Form(form)) => {
                form.is_refused();
                Action::None
            }
            (Ok(false), _) => Action::None,
        }
    }

    fn page<'a>(&'a self, width: f32, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.service_levels;
        let mut head = Head::new(t.title, String::new()).about(explained(t.about, scene.t.language));
        head.tools = vec![Tool::new(Icon::Download, scene.t.messages.export.button, Message::ShowExport)];
        head.end = Some(Tool::new(Icon::CalendarPlus, t.new_window, Message::NewWindow));
        let Some(months) = self.months.as_deref() else {
            return column![head.view(width), container(note(t.working_out)).padding(20)].width(Fill).into();
        };
        let how = t.how_lines.iter().map(|line| explained(line, scene.t.language).into());
        let how =
            column![heading(t.how), Column::with_children(how).spacing(6), explained(t.answers_hint, scene.t.language)]
                .spacing(10);
        let cards = column![
            this_month::view(months, &self.subject, width, scene),
            months::view(months, self, width, scene),
            windows::view(&self.windows, scene),
            card(how),
        ];
        let cards = scrollable(cards.spacing(GAP).padding([16, 20])).id(PAGE).width(Fill).height(Fill);
        let export = self.export.as_ref().map(|export| export.view(width, scene).map(Message::Export));
        column![head.view(width), export, cards.style(theme::scrollbar)].width(Fill).into()
    }

    fn panel<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        match &self.open {
            Open::Nothing => None,
            Open::Month(month, days) => Some(days::view(*month, days.as_deref(), &self.subject, scene)),
            Open::Form(form) => Some(form.view(scene)),
        }
    }
}

fn read_days(month: Part, scene: Scene<'_>) -> Action<Message> {
    let now = scene.now;
    scene.serve(move |services| services.days_of_service(month, now), move |read| Message::DaysRead(month, read))
}

fn card<'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(content).padding(16).width(Fill).style(theme::card).into()
}

/// The name of the router, or of a fagsystem of the publication in force; the id of one that has gone.
fn name_of<'a>(subject: &'a Subject, scene: Scene<'a>) -> &'a str {
    match subject {
        Subject::Router => scene.t.service_levels.router,
        Subject::Fagsystem(authority, id) => {
            let authority = scene.bench.published().book.authority(*authority);
            authority.map_or(id.as_str(), |authority| fagsystem_name(authority, id))
        }
    }
}

/// The messages that a fagsystem did not answer in that time, and those that it was not sent.
fn unanswered(authority: Cvr, id: FagsystemId, part: Part) -> Vec<Filter> {
    let span = part.span();
    vec![
        Filter::Between(span.begin, span.end),
        Filter::Fagsystem(authority, id),
        Filter::Group(OutcomeGroup::Unavailable),
    ]
}

impl Screen for ServiceLevelsScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::BadgeCheck;
    const KEYWORDS: &'static str = "oppetid tilgængelighed svartid serviceaftale sla løfte servicevindue uptime availability response \
                                    time agreement window";
    const HAS_FORMS: bool = true;

    fn title(t: &'static Texts) -> &'static str {
        t.service_levels.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        let leaves =
            matches!(message, Message::OpenMonth(_) | Message::NewWindow | Message::ChangeWindow(_) | Message::Leave);
        if leaves && self.form_is_changed() {
            return Action::warn_unsaved();
        }
        match message {
            Message::Read(read) => return self.take(read),
            Message::DaysRead(month, Ok(read)) => {
                if let Open::Month(open, days) = &mut self.open
                    && *open == month
                {
                    *days = Some(read);
                }
            }
            Message::DaysRead(_, Err(error)) | Message::Deleted(Err(error)) => return Action::show_error(error),
            Message::Choose(subject) => self.subject = subject,
            Message::PictureOut(way) => {
                let months = self.months.as_ref().map(|months| months::outgoing(months, &self.subject, scene));
                return months.map(|outgoing| outgoing.go(way, scene)).into();
            }
            Message::ShowExport => {
                self.export.get_or_insert_with(|| Export::new(scene));
                return Action::focus(PATH_FIELD);
            }
            Message::Export(message) => return self.update_export(message, scene),
            Message::OpenMonth(month) => {
                self.open = Open::Month(month, None);
                return read_days(month, scene);
            }
            Message::List(authority, id, part) => {
                return Request::ListMessages(unanswered(authority, id, part)).into();
            }
            Message::NewWindow => {
                self.open = Open::Form(Box::default());
                return Action::focus(FROM_DAY);
            }
            Message::ChangeWindow(number) => {
                if let Some(window) = self.windows.iter().find(|window| window.number == number) {
                    self.open = Open::Form(Box::new(WindowForm::from(window)));
                    return Action::focus(FROM_DAY);
                }
            }
            Message::Window(message) => {
                if let Open::Form(form) = &mut self.open {
                    form.update(message);
                }
            }
            Message::Save => return self.save(scene),
            Message::Entered(entered) => return self.entered(entered, scene),
            Message::Delete(number) => {
                return scene.serve(move |services| services.delete_service_window(number), Message::Deleted);
            }
            Message::Deleted(Ok(())) => {
                return Action::notify(scene.t.service_levels.deleted).then(self.read(scene));
            }
            Message::Leave if matches!(self.open, Open::Nothing) => self.export = None,
            Message::Leave | Message::Close => self.open = Open::Nothing,
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let panel = self.panel(scene);
        let width = scene.size.width - if panel.is_some() { EDITOR_WIDTH } else { 0.0 };
        beside(|| self.page(width, scene), panel, scene.size.width, EDITOR_WIDTH)
    }

    fn on_shown(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.read(scene)
    }

    fn on_store_changed(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.reading.is_stale = true;
        self.follow(scene)
    }

    fn follow(&mut self, scene: Scene<'_>) -> Action<Message> {
        let is_resting = self.reading.not_before.is_some_and(|not_before| Instant::now() < not_before);
        let is_due = self.reading.is_stale && self.reading.begun.is_none() && !is_resting;
        if is_due { self.read(scene) } else { Action::None }
    }

    fn is_moving(&self) -> bool {
        self.reading.is_stale
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        let message = match standard {
            Standard::Save => Message::Save,
            Standard::New => Message::NewWindow,
            Standard::Leave => Message::Leave,
            Standard::Discard => Message::Close,
            Standard::Search => return None,
        };
        Some(Action::Send(message))
    }

    fn is_changed(&self) -> bool {
        self.form_is_changed()
    }

    fn open_item(&self) -> Option<String> {
        match &self.open {
            Open::Nothing => None,
            Open::Month(month, _) => Some(month.first().to_string()),
            Open::Form(_) => Some(String::new()),
        }
    }

    fn list_commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        picture_commands(scene.t.service_levels.title, scene, Message::PictureOut)
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let t = &scene.t.service_levels;
        let keywords = "opret tilføj nedetid varslet vedligehold create add downtime announced maintenance";
        let new = vec![CommandStep::Send(Message::NewWindow)];
        let mut commands = vec![Command::with_steps(Icon::CalendarPlus, t.new_window, keywords, new)];
        let keywords = "eksport eksportér udtræk gem excel csv export download save";
        commands.push(Command::new(Icon::Download, t.export, keywords, Message::ShowExport));
        if let Some(month) = self.months.as_ref().and_then(|months| months.last()) {
            let words = t.days_of(month.part.first());
            let keywords = "dage hændelser nedetid days incidents downtime";
            commands.push(Command::new(Icon::CalendarDays, words, keywords, Message::OpenMonth(month.part)));
        }
        commands
    }
}

/// Whether a moment of now lies in a part.
fn is_now(part: Part, now: Timestamp) -> bool {
    part.contains(now)
}

fn small<'a>(words: impl text::IntoFragment<'a>) -> Element<'a, Message> {
    crate::desktop::widget::one_line(words).size(theme::SMALL).tone(theme::muted).into()
}
