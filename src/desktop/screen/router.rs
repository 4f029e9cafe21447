use std::net::{Ipv4Addr, SocketAddr};

use iced::widget::{column, container, row, space, text, text_input};
use iced::{Center, Element as View, Fill, FillPortion, Length};
use lucide_icons::Icon;

use super::Scene;
use crate::clock;
use crate::desktop::RouterState;
use crate::desktop::language::Texts;
use crate::desktop::naming::{duration_text, fagsystem_name};
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, Scroll, TableRow, Tone, cell, choice_list, empty, header, heading, horizontal_line, icon, labelled_button,
    note, one_line, status, table,
};
use crate::rules::Caseless;
use crate::store::{JournalRow, Outcome, PublicationNumber, Settings};
use crate::training::SampleLetter;

const ADDRESS_FIELD: &str = "router-address";
const CONNECT_FIELD: &str = "router-connect";
const ANSWER_FIELD: &str = "router-answer";
const TABLE: &str = "messages";
/// From this width on there is room for everything that is listed of a message.
const ROOMY: f32 = 980.0;
const CARD_HEIGHT: f32 = 184.0;

/// *Router*: whether it runs, and the messages as they come.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct Screen {
    address: String,
    /// In whole seconds.
    connect: String,
    /// In whole seconds.
    answer: String,
    letter: SampleLetter,
    scroll: Scroll,
    is_sending: bool,
}

#[derive(Debug, Clone)]
pub enum Message {
    Address(String),
    Connect(String),
    Answer(String),
    Start,
    Stop,
    Letter(Choice),
    Send,
    /// A message is to be told whole.
    Open(i64),
    Scrolled(Scroll),
}

/// A sample letter by its name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    letter: SampleLetter,
    name: &'static str,
}

impl std::fmt::Display for Choice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// What the screen wants done.
#[derive(Debug)]
pub(in crate::desktop) enum Action {
    None,
    Start(Limits),
    Stop,
    Send(SampleLetter),
    Open(i64),
}

/// Where the router is to listen, and how long fagsystems may take.
#[derive(Debug, Clone, Copy)]
pub(in crate::desktop) struct Limits {
    pub address: SocketAddr,
    pub connect_ms: u32,
    pub answer_ms: u32,
}

/// What the screen shows besides its own state.
#[derive(Debug, Clone, Copy)]
pub(in crate::desktop) struct Running<'a> {
    pub state: &'a RouterState,
    pub publication: PublicationNumber,
    pub rows: &'a [JournalRow],
    /// Whether there are practice fagsystems to send sample messages to.
    pub is_practice: bool,
}

impl Screen {
    pub fn new(settings: &Settings) -> Self {
        Self {
            address: settings.listen.to_string(),
            connect: (settings.connect_timeout_ms / 1000).max(1).to_string(),
            answer: (settings.answer_timeout_ms / 1000).max(1).to_string(),
            letter: SampleLetter::NurseryPlace,
            scroll: Scroll::default(),
            is_sending: false,
        }
    }

    /// Shows the address that the router really listens on.
    pub fn listens_on(&mut self, address: SocketAddr) {
        self.address = address.to_string();
    }

    /// The sample message has been answered.
    pub fn sent(&mut self) {
        self.is_sending = false;
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Address(text) => self.address = text,
            Message::Connect(text) => self.connect = text,
            Message::Answer(text) => self.answer = text,
            Message::Start => {
                if let Some(limits) = self.read() {
                    return Action::Start(limits);
                }
            }
            Message::Stop => return Action::Stop,
            Message::Letter(choice) => self.letter = choice.letter,
            Message::Send => {
                self.is_sending = true;
                return Action::Send(self.letter);
            }
            Message::Open(number) => return Action::Open(number),
            Message::Scrolled(scroll) => self.scroll = scroll,
        }
        Action::None
    }

    /// The address, when it is one of this machine; a port alone will do.
    fn read_address(&self) -> Option<SocketAddr> {
        let text = self.address.trim();
        let port = text.strip_prefix("localhost:").unwrap_or(text);
        let address = match port.parse::<u16>() {
            Ok(port) => (Ipv4Addr::LOCALHOST, port).into(),
            Err(_) => text.parse().ok()?,
        };
        Some(address).filter(|address: &SocketAddr| address.ip().is_loopback())
    }

    fn read(&self) -> Option<Limits> {
        let (address, connect, answer) =
            (self.read_address()?, read_seconds(&self.connect)?, read_seconds(&self.answer)?);
        Some(Limits { address, connect_ms: connect * 1000, answer_ms: answer * 1000 })
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>, running: Running<'a>) -> View<'a, Message> {
        let t = scene.t;
        let title = text(t.router.title).font(theme::SEMIBOLD).size(theme::TITLE);
        let top = row![title, space().width(Fill), note((t.router.publication)(running.publication.get()))];
        let control = self.control(scene, running);
        let sample = running.is_practice.then(|| self.sample(scene, running));
        let cards = row![control, sample].spacing(16).height(CARD_HEIGHT);
        let messages = row![heading(t.router.messages), note((t.router.count)(running.rows.len()))];
        column![
            column![top.align_y(Center), cards, messages.spacing(10).align_y(Center)].spacing(16).padding([16, 20]),
            horizontal_line(),
            self.list(scene, running),
        ]
        .into()
    }

    fn control<'a>(&'a self, scene: Scene<'a>, running: Running<'a>) -> View<'a, Message> {
        let t = &scene.t.router;
        let is_stopped =
            matches!(running.state, RouterState::Stopped | RouterState::Failed(_) | RouterState::Elsewhere(_));
        let is_wrong = is_stopped && self.read_address().is_none();
        let input = |id, value: &'a str, is_wrong, message: fn(String) -> Message| {
            let input = text_input("", value).id(id).padding([5, 9]).size(theme::BODY).style(theme::input(is_wrong));
            if is_stopped { input.on_input(message).on_submit(Message::Start) } else { input }
        };
        let seconds = |id, value: &'a str, message, words| {
            let is_wrong = is_stopped && read_seconds(value).is_none();
            row![input(id, value, is_wrong, message).width(56), note(words)].spacing(8).align_y(Center)
        };
        let address = input(ADDRESS_FIELD, &self.address, is_wrong, Message::Address).width(190);
        let limits = row![
            seconds(CONNECT_FIELD, &self.connect, Message::Connect, t.connect_limit),
            seconds(ANSWER_FIELD, &self.answer, Message::Answer, t.answer_limit),
        ];
        let button = match running.state {
            RouterState::Stopped | RouterState::Failed(_) | RouterState::Elsewhere(_) => {
                labelled_button(Icon::Play, t.start)
                    .style(theme::primary)
                    .on_press_maybe(self.read().map(|_| Message::Start))
            }
            RouterState::Running(_) | RouterState::Refusing(..) => {
                labelled_button(Icon::Square, t.stop).style(theme::secondary).on_press(Message::Stop)
            }
            RouterState::Starting => labelled_button(Icon::Play, t.start).style(theme::primary),
            RouterState::Stopping => labelled_button(Icon::Square, t.stop).style(theme::secondary),
        };
        let words: View<'a, Message> = match running.state {
            _ if is_wrong => text(t.not_an_address).size(theme::SMALL).style(theme::bad).into(),
            _ if self.read().is_none() => text(t.not_seconds).size(theme::SMALL).style(theme::bad).into(),
            RouterState::Failed(trouble) => {
                text((scene.t.trouble)(trouble)).size(theme::SMALL).style(theme::bad).into()
            }
            RouterState::Refusing(_, reason) => text((t.refuses)(reason)).size(theme::SMALL).style(theme::bad).into(),
            RouterState::Running(address) => note((t.receives_at)(*address)).into(),
            RouterState::Elsewhere(_) => note(t.elsewhere_hint).into(),
            _ => note(t.stopped_hint).into(),
        };
        let state = router_status(scene.t, running.state);
        let address = row![address, button].spacing(10).align_y(Center);
        let content = column![state, address, limits.spacing(20), words].spacing(12);
        container(content).padding(16).width(Fill).height(Fill).style(theme::card).into()
    }

    fn sample<'a>(&'a self, scene: Scene<'a>, running: Running<'a>) -> View<'a, Message> {
        let t = &scene.t.router;
        let choices = SampleLetter::ALL.map(|letter| Choice { letter, name: (t.letter)(letter) });
        let chosen = choices.iter().find(|choice| choice.letter == self.letter).copied();
        let list = choice_list(choices.to_vec(), chosen, "", false, Message::Letter);
        let is_running = matches!(running.state, RouterState::Running(_) | RouterState::Elsewhere(_));
        let may_send = is_running && !self.is_sending;
        let send = labelled_button(Icon::Send, t.send).style(theme::primary);
        let content = column![
            status(Icon::GraduationCap, t.practice, theme::accent),
            list,
            send.on_press_maybe(may_send.then_some(Message::Send)),
            note(if is_running { t.practice_hint } else { t.practice_waits }),
        ];
        container(content.spacing(12)).padding(16).width(Fill).height(Fill).style(theme::card).into()
    }

    fn list<'a>(&'a self, scene: Scene<'a>, running: Running<'a>) -> View<'a, Message> {
        let is_roomy = scene.size.width >= ROOMY;
        let columns = columns(scene.t, is_roomy);
        if running.rows.is_empty() {
            let can_send = matches!(running.state, RouterState::Running(_) | RouterState::Elsewhere(_));
            let words =
                if running.is_practice && can_send { scene.t.router.none_in_practice } else { scene.t.router.none };
            return column![header(&columns), empty(Icon::Mail, words)].height(Fill).into();
        }
        let row = |at: usize| {
            let message = &running.rows[at];
            let on_press = Some(Message::Open(message.number));
            TableRow { cells: cells(message, scene, is_roomy), is_chosen: false, on_press }
        };
        let table = table(TABLE, &columns, running.rows.len(), self.scroll, Message::Scrolled, row);
        column![header(&columns), table].height(Fill).into()
    }
}

/// A time limit in whole seconds, from one second to an hour.
fn read_seconds(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|seconds| (1..=3600).contains(seconds))
}

/// Whether the router runs, in a word; stands on every screen.
pub(in crate::desktop) fn router_status<'a, Message: 'a>(t: &'static Texts, state: &RouterState) -> View<'a, Message> {
    let t = &t.router;
    let (symbol, words, tone): (_, _, Tone) = match state {
        RouterState::Stopped => (Icon::CircleStop, t.is_stopped, theme::muted),
        RouterState::Starting => (Icon::Hourglass, t.is_starting, theme::muted),
        RouterState::Running(_) => (Icon::Radio, t.is_running, theme::good),
        RouterState::Refusing(..) => (Icon::TriangleAlert, t.is_refusing, theme::bad),
        RouterState::Stopping => (Icon::Hourglass, t.is_stopping, theme::muted),
        RouterState::Elsewhere(_) => (Icon::Radio, t.is_elsewhere, theme::accent),
        RouterState::Failed(_) => (Icon::TriangleAlert, t.has_failed, theme::bad),
    };
    row![icon(symbol).style(tone), text(words).font(theme::SEMIBOLD).style(tone)].spacing(8).align_y(Center).into()
}

fn columns(t: &'static Texts, is_roomy: bool) -> Vec<Column> {
    let c = &t.router.columns;
    let mut columns = vec![
        Column::text(c.time, Length::Fixed(150.0)),
        Column::text(c.outcome, Length::Fixed(140.0)),
        Column::text(c.fagsystem, FillPortion(4)),
        Column::text(c.ground, Length::Fixed(82.0)),
        Column::text(c.addressed, FillPortion(4)),
    ];
    if is_roomy {
        columns.push(Column::text(c.sender, Length::Fixed(84.0)));
        columns.push(Column::number(c.took, Length::Fixed(70.0)));
        columns.push(Column::text(c.message, Length::Fixed(92.0)));
    }
    columns
}

fn cells<'a>(message: &'a JournalRow, scene: Scene<'a>, is_roomy: bool) -> Vec<View<'a, Message>> {
    let t = &scene.t.router;
    let authority =
        message.authority.and_then(|cvr| scene.bench.published().book.authorities.iter().find(|it| it.cvr == cvr));
    let fagsystem = message.fagsystem.as_ref().map(|id| match authority {
        Some(authority) => fagsystem_name(authority, id).to_owned(),
        None => id.to_string(),
    });
    let ground = match (&message.fagsystem, message.priority) {
        (Some(_), Some(priority)) => (scene.t.rules.rule)(priority),
        (Some(_), None) => t.by_default.to_owned(),
        (None, _) => "–".to_owned(),
    };
    let addressed = message.contact_point.as_ref().map(|id| {
        let point = authority.and_then(|authority| authority.contact_point(&Caseless::new(id)));
        point.map(|point| point.title.clone()).filter(|title| !title.is_empty()).unwrap_or_else(|| id.clone())
    });
    let addressed = addressed.or_else(|| message.kle.as_ref().map(|number| format!("KLE {number}")));
    let time = clock::in_denmark(message.received_at).strftime("%d-%m-%Y %H:%M:%S").to_string();
    let dash = || "–".to_owned();
    let mut cells = vec![
        cell(time),
        outcome(scene.t, message.outcome),
        cell(fagsystem.unwrap_or_else(dash)),
        cell(ground),
        cell(addressed.unwrap_or_else(dash)),
    ];
    if is_roomy {
        cells.push(cell(message.sender.map_or("–", t.sender)));
        cells.push(cell(duration_text(message.total)));
        cells.push(one_line(message.message_uuid.as_deref().unwrap_or("–")).tone(theme::muted).into());
    }
    cells
}

fn outcome<'a>(t: &'static Texts, outcome: Outcome) -> View<'a, Message> {
    let (symbol, tone): (_, Tone) = match outcome {
        Outcome::Accepted => (Icon::CircleCheck, theme::good),
        Outcome::Unavailable | Outcome::BrokenOff => (Icon::CirclePause, theme::warning),
        _ => (Icon::CircleX, theme::bad),
    };
    status(symbol, (t.router.outcome)(outcome), tone)
}
