//! *Filer*: what comes in from files and goes out to them. What is read is compared with the draft before it is taken in.

mod comparison;
mod differences;
mod incoming;
mod outgoing;
mod transfer;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::{column, container, row, scrollable};
use iced::{Element, Fill};

use self::comparison::Comparison;
pub use self::comparison::ComparisonMessage;
pub(in crate::desktop) use self::comparison::{findings, refusals, stranger};
pub use self::incoming::IncomingMessage;
pub(in crate::desktop) use self::incoming::{Incoming, PATH_FIELD, Wish};
use self::outgoing::Outgoing;
pub use self::outgoing::{Kind as OutgoingKind, OutgoingMessage};
use super::action::Action as Asked;
use super::scene::Scene;
use crate::desktop::model::error::Error;
use crate::desktop::service::WriteRequest;
use crate::desktop::theme;
use crate::desktop::widget::list_head;
use crate::exchange::{Arrival, ReadRequest};
use crate::rules::{KlePlan, Priority, RuleBook};

/// Below this width what comes in stands above what goes out.
const WIDE: f32 = 740.0;

/// The screen's state.
#[derive(Debug, Default)]
pub(in crate::desktop) struct Screen {
    incoming: Incoming,
    outgoing: Outgoing,
    comparison: Option<Box<Comparison>>,
}

#[derive(Debug, Clone)]
pub enum Message {
    Incoming(IncomingMessage),
    Outgoing(OutgoingMessage),
    Comparison(ComparisonMessage),
    /// What was asked for under that number was read, or was not; nothing when it was stopped.
    Read(u64, Result<Option<Box<Arrival>>, Error>),
    /// Leave what has been read.
    Leave,
}

/// What the screen wants done.
#[derive(Debug)]
pub(in crate::desktop) enum Action {
    Do(Asked),
    ChooseFiles,
    /// To be told under that number.
    Read(u64, ReadRequest),
    /// With the name that is suggested.
    ChoosePlace(String),
    Write(WriteRequest),
    /// From now on this plan of KLE numbers counts.
    KeepKle(Arc<KlePlan>),
    Tell(String),
}

impl Screen {
    /// Those files are to be read: they were dropped on the window, one after the other. They are read together with
    /// those that are being read or compared.
    pub fn receive(&mut self, dropped: Vec<PathBuf>, scene: Scene<'_>) -> Vec<Action> {
        let paths = self.incoming.paths_with(dropped, self.comparison.is_some());
        self.read(paths, None, scene)
    }

    /// Those rules are to be packed.
    pub fn prepare_package(&mut self, rules: BTreeSet<Priority>, scene: Scene<'_>) {
        self.comparison = None;
        self.outgoing.prepare_package(rules, scene);
    }

    /// The draft as it would be with what has been read.
    pub fn preview(&self) -> Option<Arc<RuleBook>> {
        self.comparison.as_ref().and_then(|comparison| comparison.preview()).cloned()
    }

    pub fn update(&mut self, message: Message, scene: Scene<'_>) -> Vec<Action> {
        match message {
            Message::Incoming(message) => match self.incoming.update(message, scene.t) {
                Wish::Nothing => Vec::new(),
                Wish::Choose => vec![Action::ChooseFiles],
                Wish::Read(paths) => self.read(paths, None, scene),
                Wish::Write => vec![Action::Do(Asked::Focus(PATH_FIELD))],
            },
            Message::Outgoing(message) => self.outgoing.update(message, scene),
            Message::Comparison(ComparisonMessage::ReadAgain) => self.read(self.incoming.paths(), None, scene),
            Message::Comparison(ComparisonMessage::RemoveMissing(removes)) => {
                self.read(self.incoming.paths(), Some(removes), scene)
            }
            Message::Comparison(message) => match &mut self.comparison {
                Some(comparison) => match comparison.update(message, scene) {
                    comparison::Outcome::Stays => Vec::new(),
                    comparison::Outcome::Left => {
                        self.comparison = None;
                        Vec::new()
                    }
                    comparison::Outcome::TakenIn(actions) => {
                        self.comparison = None;
                        self.incoming.clear();
                        actions
                    }
                },
                None => Vec::new(),
            },
            Message::Read(number, _) if !self.incoming.awaits(number) => Vec::new(),
            Message::Read(_, read) => {
                self.incoming.ended();
                match read {
                    Ok(Some(arrival)) => self.comparison = Some(Box::new(Comparison::of(*arrival, scene))),
                    Ok(None) => return vec![Action::Tell(scene.t.files.incoming.stopped.to_owned())],
                    Err(error) => return vec![Action::Do(Asked::Warn((scene.t.error)(&error)))],
                }
                Vec::new()
            }
            Message::Leave => {
                self.comparison = None;
                Vec::new()
            }
        }
    }

    fn read(&mut self, paths: Vec<PathBuf>, removes_missing: Option<bool>, scene: Scene<'_>) -> Vec<Action> {
        self.comparison = None;
        let (number, progress) = self.incoming.begin(&paths);
        let (book, authority) = (Arc::clone(scene.bench.book()), Some(scene.authority.cvr));
        let order = ReadRequest { removes_missing, ..ReadRequest::new(paths, book, authority, progress) };
        vec![Action::Read(number, order)]
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        if let Some(comparison) = &self.comparison {
            return comparison.view(scene).map(Message::Comparison);
        }
        let t = &scene.t.files;
        let incoming = self.incoming.view(scene.t).map(Message::Incoming);
        let outgoing = self.outgoing.view(scene).map(Message::Outgoing);
        let cards: Element<'a, Message> = if scene.size.width < WIDE {
            column![incoming, outgoing].spacing(20).into()
        } else {
            row![incoming, outgoing].spacing(20).into()
        };
        let cards = scrollable(container(cards).padding(20)).style(theme::scrollbar).height(Fill);
        column![list_head(t.title, t.about.to_owned(), column![]), cards].width(Fill).height(Fill).into()
    }
}
