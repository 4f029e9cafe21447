//! *Filer*: import and export. Files are compared with the draft before they are imported into it.

mod comparison;
mod differences;
mod incoming;
mod opened_package;
mod outgoing;
mod package_form;
mod transfer;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::widget::{column, container, row, scrollable};
use iced::{Element, Fill};
use lucide_icons::Icon;

use self::comparison::Comparison;
pub use self::comparison::ComparisonMessage;
pub(in crate::desktop) use self::comparison::{findings, other_organisation_warning, refusals};
pub use self::incoming::IncomingMessage;
pub(in crate::desktop) use self::incoming::{Incoming, IncomingRequest, PATH_FIELD};
use self::opened_package::OpenedPackage;
pub use self::opened_package::OpenedPackageMessage;
use self::outgoing::Outgoing;
pub use self::outgoing::{Kind as OutgoingKind, OutgoingMessage};
use super::action::{Action, Request};
use super::command::{Command, Standard};
use super::contract::Screen;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::error::Error;
use crate::desktop::model::preferences::Preferences;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::service::{ReadPackage, Services};
use crate::desktop::theme;
use crate::desktop::widget::{heading, list_head, plain_button};
use crate::exchange::{Arrival, ReadRequest};
use crate::rules::{Priority, RuleBook};
use crate::store::RouterSettings;
use crate::training::TrainingPackage;

/// Below this width the import is above the export.
const WIDE: f32 = 740.0;

/// The state of the screen.
#[derive(Debug, Default)]
pub(in crate::desktop) struct FilesScreen {
    incoming: Incoming,
    outgoing: Outgoing,
    comparison: Option<Box<Comparison>>,
    /// A training package that was read.
    opened: Option<OpenedPackage>,
}

#[derive(Debug, Clone)]
pub enum Message {
    Incoming(IncomingMessage),
    /// Files were dropped on the window. They are read together with those that are being read or compared.
    Dropped(Vec<PathBuf>),
    Outgoing(OutgoingMessage),
    Comparison(ComparisonMessage),
    /// The reading with this number has finished; with `None` it was stopped.
    Read(u64, Result<Option<Box<Arrival>>, Error>),
    /// Close the comparison.
    Leave,
    /// The reading with this number has read a training package, or could not.
    PackageRead(u64, Result<Option<ReadPackage>, Error>),
    Opened(OpenedPackageMessage),
    /// Begin training with the sample municipality.
    BeginSample,
}

impl FilesScreen {
    /// Prepares the export of a package of these rules.
    pub fn prepare_package(&mut self, rules: BTreeSet<Priority>, scene: Scene<'_>) {
        (self.comparison, self.opened) = (None, None);
        self.outgoing.prepare_package(rules, scene);
    }

    fn read(&mut self, paths: Vec<PathBuf>, removes_missing: Option<bool>, scene: Scene<'_>) -> Action<Message> {
        (self.comparison, self.opened) = (None, None);
        if paths.iter().any(|path| is_training_package(path)) {
            return self.read_package(paths, scene);
        }
        let (number, progress) = self.incoming.begin(&paths);
        let (book, authority) = (Arc::clone(scene.bench.book()), Some(scene.authority.cvr));
        let request = ReadRequest { removes_missing, ..ReadRequest::new(paths, book, authority, progress) };
        Action::perform(Services::read_files(request), move |read| {
            Message::Read(number, read.map(|arrival| arrival.map(Box::new)))
        })
    }
}

impl FilesScreen {
    fn read_package(&mut self, mut paths: Vec<PathBuf>, scene: Scene<'_>) -> Action<Message> {
        let Some(path) = paths.pop().filter(|_| paths.is_empty()) else {
            return Action::Request(Request::Warn(scene.t.training_packages.alone.to_owned()));
        };
        let (number, progress) = self.incoming.begin(std::slice::from_ref(&path));
        let reading = Services::read_training_package(path, progress);
        Action::perform(reading, move |read| Message::PackageRead(number, read))
    }

    fn update_opened(&mut self, message: &OpenedPackageMessage) -> Action<Message> {
        let opened = self.opened.take();
        match (message, opened) {
            (OpenedPackageMessage::Begin, Some(opened)) => {
                self.incoming.clear();
                Action::Request(Request::BeginTrainingWith(Some(opened.file())))
            }
            (OpenedPackageMessage::Begin | OpenedPackageMessage::Leave, _) => Action::None,
        }
    }
}

/// Whether the file's name says that it is a training package.
pub(in crate::desktop) fn is_training_package(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(TrainingPackage::ENDING))
}

/// In training: the way back to the sample municipality.
fn training_start(scene: Scene<'_>) -> Element<'_, Message> {
    let t = &scene.t.training_packages;
    let begin = plain_button(t.start_sample).style(theme::secondary).on_press(Message::BeginSample);
    let content = column![heading(t.start), explained(t.start_about, scene.t.language), begin].spacing(12);
    container(content).padding(20).width(Fill).style(theme::card).into()
}

impl Screen for FilesScreen {
    type Message = Message;

    const SYMBOL: Icon = Icon::ArrowDownUp;
    const KEYWORDS: &'static str = "import eksport excel csv sikkerhedskopi export backup";

    fn title(t: &'static Texts) -> &'static str {
        t.files.title
    }

    fn open(_: &RouterSettings, _: &Preferences) -> Self {
        Self::default()
    }

    fn update(&mut self, message: Message, scene: Scene<'_>) -> Action<Message> {
        match message {
            Message::Incoming(message) => match self.incoming.update(message, scene.t) {
                IncomingRequest::None => Action::None,
                IncomingRequest::Browse => Action::perform(Services::choose_files(), |paths| {
                    Message::Incoming(IncomingMessage::Browsed(paths))
                }),
                IncomingRequest::Read(paths) => self.read(paths, None, scene),
                IncomingRequest::FocusPath => Action::focus(PATH_FIELD),
            },
            Message::Outgoing(message) => self.outgoing.update(message, scene).map(Message::Outgoing),
            Message::Comparison(ComparisonMessage::ReadAgain) => self.read(self.incoming.paths(), None, scene),
            Message::Comparison(ComparisonMessage::RemoveMissing(removes)) => {
                self.read(self.incoming.paths(), Some(removes), scene)
            }
            Message::Comparison(message) => match &mut self.comparison {
                Some(comparison) => match comparison.update(message, scene) {
                    comparison::Outcome::Open => Action::None,
                    comparison::Outcome::Closed => {
                        self.comparison = None;
                        Action::None
                    }
                    comparison::Outcome::Imported(action) => {
                        self.comparison = None;
                        self.incoming.clear();
                        action.map(Message::Comparison)
                    }
                },
                None => Action::None,
            },
            Message::Dropped(paths) => {
                let paths = self.incoming.paths_with(paths, self.comparison.is_some());
                self.read(paths, None, scene)
            }
            Message::Read(number, _) if !self.incoming.is_newest(number) => Action::None,
            Message::Read(_, read) => {
                self.incoming.ended();
                match read {
                    Ok(Some(arrival)) => self.comparison = Some(Box::new(Comparison::of(*arrival, scene))),
                    Ok(None) => return Action::notify(scene.t.files.incoming.stopped),
                    Err(error) => return Action::show_error(error),
                }
                Action::None
            }
            Message::Leave => {
                (self.comparison, self.opened) = (None, None);
                Action::None
            }
            Message::PackageRead(number, _) if !self.incoming.is_newest(number) => Action::None,
            Message::PackageRead(_, read) => {
                self.incoming.ended();
                match read {
                    Ok(Some(read)) => self.opened = Some(OpenedPackage::of(read)),
                    Ok(None) => return Action::notify(scene.t.files.incoming.stopped),
                    Err(error) => return Action::show_error(error),
                }
                Action::None
            }
            Message::Opened(message) => self.update_opened(&message),
            Message::BeginSample => Action::Request(Request::BeginTrainingWith(None)),
        }
    }

    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        if let Some(comparison) = &self.comparison {
            return comparison.view(scene).map(Message::Comparison);
        }
        if let Some(opened) = &self.opened {
            return opened.view(scene).map(Message::Opened);
        }
        let t = &scene.t.files;
        let incoming = self.incoming.view(scene.t).map(Message::Incoming);
        let outgoing = self.outgoing.view(scene).map(Message::Outgoing);
        let cards: Element<'a, Message> = if scene.size.width < WIDE {
            column![incoming, outgoing].spacing(20).into()
        } else {
            row![incoming, outgoing].spacing(20).into()
        };
        let start = scene.services.is_training().then(|| training_start(scene));
        let cards =
            scrollable(container(column![cards, start].spacing(20)).padding(20)).style(theme::scrollbar).height(Fill);
        column![list_head(t.title, t.about.to_owned(), column![]), cards].width(Fill).height(Fill).into()
    }

    fn standard(&self, standard: Standard) -> Option<Action<Message>> {
        match standard {
            Standard::Save => Some(Action::Send(Message::Comparison(ComparisonMessage::Import))),
            Standard::Leave => Some(Action::Send(Message::Leave)),
            Standard::New | Standard::Search | Standard::Discard => None,
        }
    }

    fn preview(&self) -> Option<Arc<RuleBook>> {
        self.comparison.as_ref().and_then(|comparison| comparison.preview()).cloned()
    }

    fn is_moving(&self) -> bool {
        self.incoming.is_reading() || self.outgoing.is_writing()
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<Message>> {
        let (t, f) = (scene.t, &scene.t.files);
        let browse = Command::new(
            Icon::FolderOpen,
            format!("{}: {}", f.title, f.incoming.title),
            "importér indlæs åbn fil hent excel csv import load open file",
            Message::Incoming(IncomingMessage::Browse),
        );
        let write = |kind: OutgoingKind| {
            let words = format!("{}: {}", f.outgoing.title, kind.words(t));
            let keywords = "eksport eksportér udskriv gem sikkerhedskopi backup fil export print save copy file";
            Command::new(Icon::Download, words, keywords, Message::Outgoing(OutgoingMessage::Kind(kind)))
        };
        std::iter::once(browse).chain(OutgoingKind::ALL.into_iter().map(write)).collect()
    }
}
