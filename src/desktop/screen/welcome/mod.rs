//! The first screen, until something has been published.

use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::{Column, column, container, row, scrollable, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::action::{Action, Request};
use super::files::{
    Incoming, IncomingMessage, IncomingRequest, PATH_FIELD, findings, is_training_package, other_organisation_warning,
    refusals,
};
use super::part::in_clear::{InClear, question};
use super::part::router_status::router_status;
use crate::desktop::language::Texts;
use crate::desktop::language::parse::read_cvr;
use crate::desktop::model::error::Error;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::screen::part::explained::with_words;
use crate::desktop::screen::part::words::obstacles;
use crate::desktop::service::Services;
use crate::desktop::theme;
use crate::desktop::widget::{
    FIELD_SPACING, Field, heading, icon, labelled_button, note, plain_button, text_field, warning_line,
};
use crate::exchange::{Arrival, ReadRequest};
use crate::rules::{Authority, Cvr, Endpoint, Fagsystem, FagsystemId, KlePlan, RuleBook};

/// At most this many notices are shown.
const MOST_NOTICES: usize = 12;
const NAME_FIELD: &str = "authority-name";
const CVR_FIELD: &str = "authority-cvr";
const FAGSYSTEM_FIELD: &str = "first-fagsystem";
const ENDPOINT_FIELD: &str = "first-endpoint";

/// The state of the screen: people begin with the sample municipality, with files, or with an authority that they enter.
#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct WelcomeScreen {
    name: String,
    cvr: String,
    fagsystem: String,
    endpoint: String,
    was_tried: bool,
    is_beginning: bool,
    incoming: Incoming,
    /// What was read from files.
    arrival: Option<Box<Arrival>>,
    /// The path of the empty workbook that was written.
    template: Option<String>,
    /// What is to be published, while confirmation is asked for that mail may go unencrypted.
    asked: Option<Beginning>,
}

/// What is to be published first.
#[derive(Debug, Clone)]
struct Beginning {
    book: RuleBook,
    /// The name in the publication's note.
    name: String,
    kle: Option<Arc<KlePlan>>,
    in_clear: Vec<InClear>,
}

#[derive(Debug, Clone)]
pub enum Message {
    OpenTraining,
    Name(String),
    Cvr(String),
    Fagsystem(String),
    Endpoint(String),
    MakeAuthority,
    Incoming(IncomingMessage),
    /// The reading with this number has finished; with `None` it was stopped.
    Read(u64, Result<Option<Box<Arrival>>, Error>),
    /// Begin with what was read.
    BeginWithFiles,
    LeaveFiles,
    /// Confirmed: begin although mail would go unencrypted.
    BeginInClear,
    /// Not confirmed.
    DoNotBegin,
    /// Write an empty workbook to fill in.
    MakeTemplate,
    TemplateMade(Result<PathBuf, Error>),
}

impl WelcomeScreen {
    /// Publishing has failed: the buttons work again.
    pub fn failed(&mut self) {
        self.is_beginning = false;
    }

    /// Reads files that were dropped on the window.
    /// Whether files are being read, and how far that has come is shown.
    pub fn is_reading(&self) -> bool {
        self.incoming.is_reading()
    }

    pub fn open_dropped_files(&mut self, dropped: Vec<PathBuf>) -> Action<Message> {
        let paths = self.incoming.paths_with(dropped, self.arrival.is_some());
        self.read_files(paths)
    }

    /// Fills in the name and CVR number of the organisation in a contact structure.
    fn fill_in(&mut self) {
        let arrival = self.arrival.as_ref().filter(|arrival| arrival.lacks_authority());
        let structure = arrival.and_then(|arrival| arrival.structure.as_ref());
        let Some(organisation) = structure.and_then(|it| it.structure.organisations.first()) else { return };
        if self.name.trim().is_empty() {
            self.name.clone_from(&organisation.name);
        }
        if let Some(cvr) = organisation.cvr.filter(|_| self.cvr.trim().is_empty()) {
            self.cvr = cvr.to_string();
        }
    }

    fn read_files(&mut self, paths: Vec<PathBuf>) -> Action<Message> {
        self.arrival = None;
        let (number, progress) = self.incoming.begin(&paths);
        let reading = Services::read_files(ReadRequest::new(paths, Arc::default(), None, progress));
        Action::perform(reading, move |read| Message::Read(number, read.map(|arrival| arrival.map(Box::new))))
    }

    /// Publishes the book, after confirmation if mail would go unencrypted.
    fn begin(&mut self, book: RuleBook, name: String, kle: Option<Arc<KlePlan>>) -> Action<Message> {
        let in_clear = InClear::of(&book);
        if !in_clear.is_empty() {
            self.asked = Some(Beginning { book, name, kle, in_clear });
            return Action::None;
        }
        self.is_beginning = true;
        Request::PublishFirst(book, name, kle).into()
    }

    pub fn update(&mut self, message: Message, t: &'static Texts) -> Action<Message> {
        // Any other message withdraws the question, since the confirmation would no longer be about the same.
        let asked = self.asked.take();
        match message {
            Message::BeginInClear => {
                if let Some(Beginning { book, name, kle, .. }) = asked {
                    self.is_beginning = true;
                    return Request::PublishFirst(book, name, kle).into();
                }
            }
            Message::DoNotBegin => {}
            Message::OpenTraining => {
                self.is_beginning = true;
                return Request::OpenTraining.into();
            }
            Message::Name(text) => self.name = text,
            Message::Cvr(text) => self.cvr = text,
            Message::Fagsystem(text) => self.fagsystem = text,
            Message::Endpoint(text) => self.endpoint = text,
            Message::MakeAuthority if self.is_beginning => {}
            Message::MakeAuthority => {
                self.was_tried = true;
                if let Some(authority) = self.read() {
                    let (name, cvr) = (authority.name.clone(), authority.cvr);
                    let book = RuleBook { known_authorities: Vec::new(), authorities: vec![authority] };
                    let arrival = self.arrival.as_ref();
                    let structure = arrival.and_then(|arrival| arrival.structure.as_ref());
                    let book = structure.map_or(book.clone(), |it| it.structure.into_book(&book, cvr, false));
                    let kle = arrival.and_then(|arrival| arrival.kle.clone());
                    return self.begin(book, name, kle);
                }
            }
            Message::Incoming(message) => {
                return match self.incoming.update(message, t) {
                    IncomingRequest::None => Action::None,
                    IncomingRequest::Read(paths) if paths.iter().any(|path| is_training_package(path)) => {
                        Action::Request(Request::Warn(t.training_packages.first.to_owned()))
                    }
                    IncomingRequest::Browse => Action::perform(Services::choose_files(), |paths| {
                        Message::Incoming(IncomingMessage::Browsed(paths))
                    }),
                    IncomingRequest::Read(paths) => self.read_files(paths),
                    IncomingRequest::FocusPath => Action::focus(PATH_FIELD),
                };
            }
            Message::Read(number, _) if !self.incoming.is_newest(number) => {}
            Message::Read(_, read) => {
                self.incoming.ended();
                match read {
                    Ok(arrival) => {
                        self.arrival = arrival;
                        self.fill_in();
                    }
                    Err(error) => return Action::show_error(error),
                }
            }
            Message::BeginWithFiles => {
                if let Some(arrival) = &self.arrival {
                    let (book, name, kle) = (arrival.book.clone(), arrival.names.join(", "), arrival.kle.clone());
                    return self.begin(book, name, kle);
                }
            }
            Message::LeaveFiles => self.arrival = None,
            Message::MakeTemplate => {
                return Action::perform(Services::make_template(t.welcome.template_name), Message::TemplateMade);
            }
            Message::TemplateMade(Ok(path)) => {
                // Once filled in, it is the file to read.
                self.incoming.name(&path);
                self.template = Some(path.display().to_string());
            }
            Message::TemplateMade(Err(error)) => return Action::show_error(error),
        }
        Action::None
    }

    /// The authority in the fields, with one fagsystem as its default recipient; `None` while a field is invalid.
    fn read(&self) -> Option<Authority> {
        let (name, fagsystem) = (self.name.trim(), self.fagsystem.trim());
        let cvr: Cvr = read_cvr(&self.cvr)?;
        let endpoint: Endpoint = self.endpoint.parse().ok()?;
        let id = FagsystemId::of_name(fagsystem)?;
        (!name.is_empty()).then(|| Authority::new(cvr, name, Fagsystem::new(id, fagsystem, endpoint)))
    }

    pub fn view<'a>(&'a self, t: &'static Texts, router: &RouterState) -> Element<'a, Message> {
        let w = &t.welcome;
        let runs_elsewhere = matches!(router, RouterState::Elsewhere(_) | RouterState::OnServer(_));
        let running = match router {
            RouterState::Elsewhere(by) => Some(w.router_runs(by.as_ref())),
            RouterState::OnServer(_) => Some(w.refuses_until_published.to_owned()),
            RouterState::Unknown => Some(t.router.unknown_hint.to_owned()),
            _ => None,
        };
        let running = running.map(|words| {
            let line = row![router_status(t, router), container(note(words)).width(Fill)].spacing(16).align_y(Center);
            container(line).padding([10, 16]).width(Fill).style(theme::card)
        });
        let title = text(w.title).font(theme::SEMIBOLD).size(28);
        let cards: Element<'_, Message> = match &self.arrival {
            Some(arrival) if arrival.lacks_authority() => {
                row![self.files(arrival, t, runs_elsewhere), self.own(t)].spacing(20).into()
            }
            Some(arrival) => self.files(arrival, t, runs_elsewhere),
            None => row![column![self.training(t), self.own_files(t)].spacing(20).width(Fill), self.own(t)]
                .spacing(20)
                .into(),
        };
        let content = column![title, text(w.about), running, cards].spacing(20).max_width(900).padding(32);
        let content = container(content).width(Fill).align_x(Center);
        container(scrollable(content).style(theme::scrollbar)).center(Fill).into()
    }

    /// The card of training.
    fn training(&self, t: &'static Texts) -> Element<'_, Message> {
        let w = &t.welcome;
        let begin = labelled_button(Icon::GraduationCap, w.open_training).style(theme::primary);
        let begin = begin.on_press_maybe((!self.is_beginning).then_some(Message::OpenTraining));
        let points = w
            .sample_points
            .map(|point| row![icon(Icon::Check).size(15).style(theme::good), text(point)].spacing(10).into());
        let content = column![
            heading(w.sample),
            with_words(w.sample_about, t.language).tone(theme::muted),
            column(points).spacing(8),
            begin,
        ];
        container(content.spacing(16)).padding(20).width(Fill).style(theme::card).into()
    }

    /// The card for files.
    fn own_files(&self, t: &'static Texts) -> Element<'_, Message> {
        let w = &t.welcome;
        let incoming = self.incoming.short_view(t).map(Message::Incoming);
        let template: Element<'_, Message> = if let Some(path) = &self.template {
            text((w.template_made)(path)).wrapping(text::Wrapping::WordOrGlyph).into()
        } else {
            let make = labelled_button(Icon::FileDown, w.make_template).style(theme::quiet);
            make.on_press(Message::MakeTemplate).into()
        };
        let content = column![heading(w.files), text(w.files_about).style(theme::muted), incoming, template];
        container(content.spacing(14)).padding(20).width(Fill).style(theme::card).into()
    }

    /// What was read from files, with the button to begin with it.
    fn files<'a>(&'a self, arrival: &'a Arrival, t: &'static Texts, runs_elsewhere: bool) -> Element<'a, Message> {
        let w = &t.welcome;
        let authorities = &arrival.book.authorities;
        let lacks_authority = arrival.lacks_authority();
        let pieces = arrival.summaries.iter().map(|piece| note(t.files.comparison.summary(piece)).into());
        let lines = authorities.iter().map(|authority| {
            let words =
                column![text(authority.name.as_str()).font(theme::SEMIBOLD), note(w.holds(authority))].spacing(2);
            row![icon(Icon::Building2).style(theme::accent), words].spacing(12).into()
        });
        let lacking = lacks_authority.then(|| text(w.no_authority));
        let refused = (!arrival.refused.is_empty()).then(|| refusals(&arrival.refused, t));
        let notices = arrival.notices.iter().take(MOST_NOTICES);
        let notices = notices.map(|notice| warning_line(t.files.comparison.notice(&notice.notice)));
        let begin = (arrival.refused.is_empty() && !lacks_authority).then(|| {
            let begin = labelled_button(Icon::Check, w.begin_with_files).style(theme::primary);
            begin.on_press_maybe((!self.is_beginning).then_some(Message::BeginWithFiles))
        });
        let hint = if runs_elsewhere { w.begin_hint_running } else { w.begin_hint };
        let hint = begin.as_ref().map(|_| note(hint));
        let again = plain_button(t.files.comparison.read_again).style(theme::secondary);
        let again = again.on_press(Message::Incoming(IncomingMessage::Read));
        let leave = plain_button(t.files.comparison.leave).style(theme::secondary).on_press(Message::LeaveFiles);
        let content = column![
            heading((w.in_files)(&arrival.names.join(", "))),
            Column::with_children(pieces).spacing(2),
            Column::with_children(lines).spacing(12),
            other_organisation_warning(arrival, t),
            Column::with_children(notices).spacing(6),
            arrival.refused.is_empty().then(|| findings(arrival, t)).flatten(),
            lacking,
            refused,
            row![begin, again, leave].spacing(8),
            (!lacks_authority).then(|| self.question(t)).flatten(),
            hint,
        ];
        container(content.spacing(16)).padding(20).width(Fill).style(theme::card).into()
    }

    /// The names of the fields that are missing or invalid, once people have begun to fill them in.
    fn obstacles(&self, t: &'static Texts) -> Vec<&'static str> {
        let w = &t.welcome;
        let written = [&self.name, &self.cvr, &self.fagsystem, &self.endpoint];
        if written.into_iter().all(|text| text.trim().is_empty()) && !self.was_tried {
            return Vec::new();
        }
        let fields = [
            (!self.name.trim().is_empty(), w.name),
            (read_cvr(&self.cvr).is_some(), w.cvr),
            (FagsystemId::of_name(self.fagsystem.trim()).is_some(), t.authorities.first_fagsystem),
            (self.endpoint.parse::<Endpoint>().is_ok(), t.fagsystems.endpoint),
        ];
        fields.into_iter().filter(|(is_right, _)| !is_right).map(|(_, name)| name).collect()
    }

    /// The question whether mail may go unencrypted, while it is asked.
    fn question(&self, t: &'static Texts) -> Option<Element<'_, Message>> {
        let Beginning { in_clear, .. } = self.asked.as_ref()?;
        Some(question(in_clear, t, Some(Message::BeginInClear), Message::DoNotBegin))
    }

    fn own(&self, t: &'static Texts) -> Element<'_, Message> {
        let w = &t.welcome;
        let error = |value: &str, is_right: bool, words: &str| {
            if value.trim().is_empty() {
                self.was_tried.then(|| t.fields.missing.to_owned())
            } else {
                (!is_right).then(|| words.to_owned())
            }
        };
        let cvr = error(&self.cvr, read_cvr(&self.cvr).is_some(), t.fields.not_a_cvr);
        let endpoint = self.endpoint.parse::<Endpoint>().err().map_or("", t.fagsystems.not_an_endpoint);
        let endpoint = error(&self.endpoint, endpoint.is_empty(), endpoint);
        let is_whole = self.read().is_some();
        let make = labelled_button(Icon::Plus, w.make).style(theme::secondary);
        let make = make.on_press_maybe(is_whole.then_some(Message::MakeAuthority));
        let why = obstacles(t, &self.obstacles(t));
        let field = |label, error, id, example: &str, value, message: fn(String) -> Message| {
            let about = Field::new(label).error(error);
            let about = if id == ENDPOINT_FIELD { about.address() } else { about };
            text_field(about, id, example, value, message, Message::MakeAuthority)
        };
        let content = column![
            heading(w.own),
            field(w.name, error(&self.name, true, ""), NAME_FIELD, w.name_example, &self.name, Message::Name),
            field(w.cvr, cvr, CVR_FIELD, "12345674", &self.cvr, Message::Cvr),
            field(
                w.fagsystem,
                error(&self.fagsystem, true, ""),
                FAGSYSTEM_FIELD,
                "ESDH",
                &self.fagsystem,
                Message::Fagsystem
            ),
            field(
                t.fagsystems.endpoint,
                endpoint,
                ENDPOINT_FIELD,
                "https://esdh.example/postmodtag",
                &self.endpoint,
                Message::Endpoint
            ),
            column![make, why].spacing(8),
            self.question(t),
        ];
        container(content.spacing(FIELD_SPACING)).padding(20).width(Fill).style(theme::card).into()
    }
}
