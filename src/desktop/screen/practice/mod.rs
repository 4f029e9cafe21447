//! *Øvelsesfagsystemer*: what practice fagsystems have received, and how they answer from now on.

mod entries;
mod inbox;
mod letter;
mod moods;

use std::net::SocketAddr;
use std::sync::Arc;

use iced::keyboard::Key;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Physical;
use iced::widget::{column, row};
use iced::{Element, Fill};
use lucide_icons::Icon;

use self::entries::{Entry, LINE_HEIGHT, LIST, entries};
use super::action::{Action, Request};
use super::command::{Command, CommandStep, Standard};
use super::contract::{Screen, row_step};
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::model::error::Error;
use crate::desktop::model::page::Page;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::model::trial::FactsOrigin;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::service::Services;
use crate::desktop::theme;
use crate::desktop::widget::{Head, Scroll, Tool, empty_with, labelled_button, vertical_line};
use crate::rules::{Fagsystem, FagsystemId};
use crate::store::RouterSettings;
use crate::training::{InboxLetter, PracticeMood, RoomSnapshot};

/// The width of the open letter beside its inbox, in logical pixels.
const LETTER_WIDTH: f32 = 380.0;
/// On a narrower screen an open letter takes the place of its inbox.
const ROOMY: f32 = 980.0;

/// The state of the screen. What it shows is kept in memory by the practice fagsystems themselves.
#[derive(Debug, Default)]
pub(in crate::desktop) struct PracticeScreen {
    room: Option<Room>,
    /// The path of the fagsystem that is shown; `None`: all of them.
    chosen: Option<String>,
    /// The number of the letter that is open.
    open: Option<u64>,
    scroll: Scroll,
}

/// The practice fagsystems of this window as they were last looked at.
#[derive(Debug)]
struct Room {
    address: SocketAddr,
    inboxes: RoomSnapshot,
}

#[derive(Debug, Clone)]
pub enum Message {
    /// Show the inbox of the fagsystem at that path, or all.
    Choose(Option<String>),
    Show(Page),
    /// Move down the list of fagsystems by this many, up if negative.
    Step(isize),
    /// Give the fagsystem that is shown, or all, that mood.
    Mood(PracticeMood),
    /// Give all of them that mood, whichever is shown.
    AllMoods(PracticeMood),
    /// Show the letter of that number.
    Open(u64),
    /// Close the letter, or else show all fagsystems.
    Leave,
    EmptyAll,
    /// Empty all inboxes, and have all accept again.
    /// Add a fagsystem to the draft.
    Add,
    /// Try on the rules what the open letter says.
    TryOut,
    StartHere,
    Started(Result<SocketAddr, Error>),
    Scrolled(Scroll),
}

impl PracticeScreen {
    fn entries<'a>(&'a self, scene: Scene<'a>) -> Vec<Entry<'a>> {
        self.room.as_ref().map(|room| entries(room.address, &room.inboxes, scene)).unwrap_or_default()
    }

    /// The letters that are shown, the latest first, each with the path of its fagsystem.
    fn letters(&self) -> Vec<(&str, &Arc<InboxLetter>)> {
        let inboxes = self.room.iter().flat_map(|room| &room.inboxes.inboxes);
        let shown = inboxes.filter(|(path, _)| self.chosen.as_ref().is_none_or(|chosen| chosen == *path));
        let mut letters: Vec<_> =
            shown.flat_map(|(path, inbox)| inbox.letters.iter().map(move |letter| (path.as_str(), letter))).collect();
        letters.sort_by_key(|(_, letter)| std::cmp::Reverse(letter.number));
        letters
    }

    /// The letter that is open, unless it has been pushed out.
    fn letter(&self) -> Option<&Arc<InboxLetter>> {
        let open = self.open?;
        self.letters().into_iter().find_map(|(_, letter)| (letter.number == open).then_some(letter))
    }

    fn choose(&mut self, path: Option<String>) {
        if self.chosen != path {
            self.scroll = self.scroll.back_at_the_top();
            self.open = None;
        }
        self.chosen = path;
    }

    /// Moves down the list, and scrolls it so that the fagsystem is in the middle of it.
    fn step(&mut self, rows: isize, scene: Scene<'_>) -> Action<Message> {
        // The first line is for all.
        let paths: Vec<_> =
            std::iter::once(None).chain(self.entries(scene).into_iter().map(|entry| Some(entry.path))).collect();
        let at = paths.iter().position(|path| *path == self.chosen).unwrap_or(0);
        let next = at.saturating_add_signed(rows).min(paths.len() - 1);
        self.choose(paths.into_iter().nth(next).flatten());
        #[expect(clippy::cast_precision_loss, reason = "there are few")]
        let middle = next as f32 * LINE_HEIGHT - scene.size.height / 3.0;
        Action::scroll_to(LIST, middle.max(0.0))
    }

    /// Adds a fagsystem to the draft, at a path of its own on the practice port.
    fn add(&mut self, scene: Scene<'_>) -> Action<Message> {
        let Some(room) = &self.room else { return Action::None };
        let is_free = |id: &FagsystemId| scene.authority.fagsystem(id).is_none();
        let free = (1..).find_map(|number| {
            let id = FagsystemId::new(&format!("oevelse-{number}")).filter(is_free)?;
            let path = format!("/{id}/postmodtag");
            let is_known = room.inboxes.inboxes.contains_key(&path);
            (!is_known).then_some((number, id, path))
        });
        let Some((number, id, path)) = free else { return Action::None };
        let Ok(endpoint) = format!("http://{}{path}", room.address).parse() else { return Action::None };
        let name = (scene.t.practice.new_name)(number);
        let fagsystem = Fagsystem::new(id, &name, endpoint);
        let book = scene.with_authority(|authority| authority.fagsystems.push(fagsystem));
        self.choose(Some(path));
        Action::edit(book, DraftEdit::FagsystemAdded(name))
    }

    fn try_out(&self) -> Action<Message> {
        let header = self.letter().and_then(|letter| letter.header.as_ref());
        header.map_or(Action::None, |header| {
            Request::TryMessage(Box::new(header.facts.clone()), None, FactsOrigin::Example).into()
        })
    }
}

impl Screen for PracticeScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::GraduationCap;
    const KEYWORDS: &'static str = "øvelse træning undervisning indbakke fejl practice training inbox failure mood";

    fn title(t: &'static Texts) -> &'static str {
        t.practice.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Choose(path) => self.choose(path),
            Message::Show(page) => return Action::show(page),
            Message::Step(rows) => return self.step(rows, scene),
            Message::Mood(mood) => scene.services.set_practice_mood(self.chosen.as_deref(), mood),
            Message::AllMoods(mood) => scene.services.set_practice_mood(None, mood),
            Message::Open(number) => self.open = Some(number),
            Message::Leave if self.open.is_some() => self.open = None,
            Message::Leave => self.choose(None),
            Message::EmptyAll => {
                self.open = None;
                scene.services.empty_practice_inboxes();
            }
            Message::Add => return self.add(scene),
            Message::TryOut => return self.try_out(),
            Message::StartHere => return scene.serve(Services::restart_practice, Message::Started),
            Message::Started(Ok(_)) => {}
            Message::Started(Err(error)) => return Action::show_error(error),
            Message::Scrolled(scroll) => self.scroll = scroll,
        }
        Action::None
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.practice;
        let width = scene.size.width;
        let Some(room) = &self.room else {
            let start = labelled_button(Icon::Play, t.start_here).style(theme::primary).on_press(Message::StartHere);
            let head = Head::new(t.title, String::new()).view(width);
            return column![head, empty_with(Self::SYMBOL, explained(t.elsewhere, scene.t.language), start)].into();
        };
        let head = Head {
            tools: vec![Tool::new(Icon::Trash2, t.empty_all, Message::EmptyAll)],
            end: Some(Tool::new(Icon::Plus, t.add, Message::Add)),
            ..Head::new(t.title, String::new()).about(explained(t.about, scene.t.language))
        };
        let entries = self.entries(scene);
        let list = self.list(room, &entries, scene);
        let letter = self.letter();
        let is_roomy = width >= ROOMY;
        let inbox = (letter.is_none() || is_roomy).then(|| self.inbox(room, &entries, letter.is_some(), scene));
        let letter = letter.map(|letter| {
            let width = if is_roomy { LETTER_WIDTH.into() } else { Fill };
            row![vertical_line(), letter::view(letter, width, scene)]
        });
        column![head.view(width), row![list, vertical_line(), inbox, letter].height(Fill)].into()
    }

    fn on_shown(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.follow(scene)
    }

    /// Looks at the inboxes where something has changed in them.
    fn follow(&mut self, scene: Scene<'_>) -> Action<Message> {
        let known = self.room.as_ref().map(|room| (room.address, room.inboxes.version));
        if known != scene.services.practice_address().zip(scene.services.practice_version()) {
            let room = scene.services.practice_address().zip(scene.services.practice_inboxes());
            self.room = room.map(|(address, inboxes)| Room { address, inboxes });
        }
        Action::None
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        match standard {
            Standard::Leave | Standard::Discard => Some(Action::Send(Message::Leave)),
            Standard::Save | Standard::New | Standard::Search => None,
        }
    }

    fn key(&self, key: &Key, _: Physical, _: Modifiers) -> Option<Message> {
        row_step(key).map(Message::Step)
    }

    fn sight_hash(&self) -> u64 {
        self.scroll.place_hash()
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let t = &scene.t.practice;
        if !scene.is_practice || scene.services.practice_address().is_none() {
            return Vec::new();
        }
        let keywords = "øvelse alle svar fejl nede langsom uklar afvis practice all answer failure down slow reject";
        let mut commands: Vec<_> = PracticeMood::ALL
            .map(|mood| {
                let step = CommandStep::Send(Message::AllMoods(mood));
                Command::new(Icon::GraduationCap, (t.all_in_mood)((t.mood)(mood)), keywords, step)
            })
            .into();
        let shown = scene.page == Page::Practice;
        if shown {
            let keywords = "ryd slet nulstil clear reset";
            let words = format!("{}: {}", t.title, t.empty_all);
            commands.push(Command::new(Icon::Trash2, words, keywords, Message::EmptyAll));
            let words = format!("{}: {}", t.title, t.add);
            commands.push(Command::new(Icon::Plus, words, "nyt opret new create", Message::Add));
        }
        commands
    }
}
