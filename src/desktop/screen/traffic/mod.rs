//! *Trafik*: made-up messages to the router one by one, by the handful, or as a stream, and what became of them.

mod files;
mod form_view;
mod sending;
mod sent;
mod wish_form;

use iced::widget::{column, row};
use iced::{Element, Fill};
use lucide_icons::Icon;

pub use self::files::FilesMessage;
use self::files::{DIRECTORY_FIELD, Files};
use self::wish_form::WishForm;
pub use self::wish_form::WishMessage;
use super::action::{Action, Request};
use super::command::{Command, CommandStep};
use super::contract::Screen;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::error::Error;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::service::{TrafficCommand, TrafficRequest};
use crate::desktop::widget::{Head, Scroll, Tool, empty, horizontal_line, vertical_line};
use crate::rules::Authority;
use crate::store::{PublicationNumber, RouterSettings};
use crate::training::{TrafficPace, TrafficSnapshot};

/// The state of the screen. What is sent is kept in memory by the services.
#[derive(Debug, Default)]
pub(in crate::desktop) struct TrafficScreen {
    form: WishForm,
    pace: TrafficPace,
    /// What was known when it was last looked at.
    traffic: TrafficSnapshot,
    /// The publication by which messages were last ordered.
    ordered_by: Option<PublicationNumber>,
    files: Files,
    scroll: Scroll,
}

#[derive(Debug, Clone)]
pub enum Message {
    Wish(WishMessage),
    /// Send so many.
    Send(u32),
    /// Begin the stream.
    Start,
    Pace(TrafficPace),
    /// End the stream, and what is left of a handful.
    Pause,
    SendAgain(bool),
    BeginAgain,
    /// It was done, or was not.
    Directed(Result<(), Error>),
    BegunAgain(Result<(), Error>),
    /// Show the story of the message that was sent in that turn.
    Open(u64),
    /// The number of its row in the journal.
    Found(Result<Option<i64>, Error>),
    ShowMap,
    ShowFiles,
    Files(FilesMessage),
    Scrolled(Scroll),
}

impl TrafficScreen {
    /// Whether messages can be sent: in training alone, and to a router that takes them from this window.
    fn can_send(scene: Scene<'_>) -> bool {
        scene.services.is_training() && scene.router.practised_with(scene.settings).is_some()
    }

    /// The selected authority as the router knows it; `None` when it is not published yet.
    fn recipient(scene: Scene<'_>) -> Option<&Authority> {
        scene.bench.published().book.authority(scene.authority.cvr)
    }

    /// What the form asks for; `None` while it is invalid, or where nobody would receive it.
    fn request(&self, scene: Scene<'_>) -> Option<TrafficRequest> {
        let authority = Self::recipient(scene)?.cvr;
        let (wish, size, seed) = (self.form.wish()?, self.form.size().ok()?, self.form.seed()?);
        Some(TrafficRequest { book: scene.bench.published().book.clone(), authority, seed, size, wish })
    }

    fn direct(command: TrafficCommand, scene: Scene<'_>) -> Action<Message> {
        scene.serve(|services| services.direct_traffic(command), Message::Directed)
    }

    /// Carries out a command that needs what the form asks for.
    fn order(&mut self, scene: Scene<'_>, command: impl FnOnce(TrafficRequest) -> TrafficCommand) -> Action<Message> {
        let Some(request) = self.request(scene) else { return Action::None };
        self.ordered_by = Some(scene.bench.published().number);
        Self::direct(command(request), scene)
    }

    fn open_sent(&self, turn: u64, scene: Scene<'_>) -> Action<Message> {
        let Some(sent) = self.traffic.latest.iter().find(|sent| sent.turn == turn) else { return Action::None };
        let (transmission_id, uuid) = (sent.transmission_id, sent.message_uuid.clone());
        scene.serve(move |services| services.sent_message(transmission_id, uuid), Message::Found)
    }

    /// Looks at the traffic where something has changed in it.
    fn look(&mut self, scene: Scene<'_>) {
        if self.traffic.version != scene.services.traffic_version() {
            self.traffic = scene.services.traffic();
        }
    }

    fn is_sending(&self) -> bool {
        self.traffic.pace.is_some() || self.traffic.wanted > 0
    }
}

impl Screen for TrafficScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::Send;
    const KEYWORDS: &'static str = "trafik øvelse send meddelelser strøm lav breve traffic training stream messages";

    fn title(t: &'static Texts) -> &'static str {
        t.traffic.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        self.look(scene);
        match message {
            Message::Wish(message) => {
                self.form.update(message);
                if self.is_sending() {
                    return self.order(scene, TrafficCommand::Order);
                }
            }
            Message::Send(count) => {
                if Self::can_send(scene) {
                    return self.order(scene, |request| TrafficCommand::Send(request, count));
                }
            }
            Message::Start => {
                let pace = self.pace;
                if Self::can_send(scene) {
                    return self.order(scene, |request| TrafficCommand::Stream(request, pace));
                }
            }
            Message::Pace(pace) => {
                self.pace = pace;
                if self.traffic.pace.is_some() {
                    return self.order(scene, |request| TrafficCommand::Stream(request, pace));
                }
            }
            Message::Pause => return Self::direct(TrafficCommand::Pause, scene),
            Message::SendAgain(sends_again) => return Self::direct(TrafficCommand::SendAgain(sends_again), scene),
            Message::BeginAgain => {
                self.scroll = self.scroll.back_at_the_top();
                return scene
                    .serve(|services| services.direct_traffic(TrafficCommand::BeginAgain), Message::BegunAgain);
            }
            Message::Directed(Ok(())) => {}
            Message::BegunAgain(Ok(())) => return Action::notify(scene.t.traffic.begun_again),
            Message::Open(turn) => return self.open_sent(turn, scene),
            Message::Found(Ok(Some(number))) => return Request::OpenMessage(number).into(),
            Message::Found(Ok(None)) => return Action::warn(scene.t.traffic.not_in_journal),
            Message::Directed(Err(error)) | Message::BegunAgain(Err(error)) | Message::Found(Err(error)) => {
                return Action::show_error(error);
            }
            Message::ShowMap => return Action::show(Page::Map),
            Message::ShowFiles => return Action::focus(DIRECTORY_FIELD),
            Message::Files(message) => return self.update_files(message, scene),
            Message::Scrolled(scroll) => self.scroll = scroll,
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.traffic;
        let width = scene.size.width;
        let head = Head::new(t.title, String::new()).about(explained(t.about, scene.t.language));
        if !scene.services.is_training() {
            return column![head.view(width), empty(Self::SYMBOL, explained(t.not_training, scene.t.language))].into();
        }
        let Some(to) = Self::recipient(scene) else {
            return column![head.view(width), empty(Self::SYMBOL, explained(t.not_published, scene.t.language))].into();
        };
        let head = Head {
            tools: vec![
                Tool::new(Icon::RotateCcw, t.begin_again, Message::BeginAgain),
                Tool::new(Icon::Map, t.on_map, Message::ShowMap),
            ],
            ..head
        };
        let right = column![self.sending(to, scene), horizontal_line(), self.sent(scene)].width(Fill).height(Fill);
        column![head.view(width), row![self.form(to, scene), vertical_line(), right].height(Fill)].into()
    }

    fn on_shown(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.follow(scene)
    }

    /// Looks at the traffic, and has messages made by the newest publication.
    fn follow(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.look(scene);
        let is_old = self.ordered_by.is_some_and(|ordered_by| ordered_by != scene.bench.published().number);
        if is_old && self.is_sending() { self.order(scene, TrafficCommand::Order) } else { Action::None }
    }

    fn close_authority(&mut self) {
        self.form.leave_authority();
    }

    fn sight_hash(&self) -> u64 {
        self.scroll.sight_hash(&self.traffic.latest, |sent| sent.turn)
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let t = &scene.t.traffic;
        if !scene.services.is_training() || !scene.is_practice {
            return Vec::new();
        }
        let command = |symbol, words: &str, keywords, step: Message| {
            Command::new(symbol, format!("{}: {words}", t.title), keywords, CommandStep::Send(step))
        };
        let mut commands = Vec::new();
        let keywords = "kør løbende stop hold inde meddelelser run continuous wait messages";
        if scene.services.is_traffic_flowing() {
            commands.push(command(Icon::Pause, t.pause, keywords, Message::Pause));
        } else if Self::can_send(scene) {
            commands.push(command(Icon::Play, t.start, keywords, Message::Start));
        }
        if Self::can_send(scene) {
            let keywords = "en meddelelse brev one message letter";
            commands.push(command(Icon::Send, t.send_next, keywords, Message::Send(1)));
        }
        if scene.page == Page::Traffic {
            let keywords = "nummer et igen begyndelse number one again beginning";
            commands.push(command(Icon::RotateCcw, t.begin_again, keywords, Message::BeginAgain));
            let keywords = "mappe memo xml directory";
            commands.push(command(Icon::Download, t.files.title, keywords, Message::ShowFiles));
        }
        commands
    }
}
