//! *Om*: which program this is and where its data are, the licences of what is in it, and the support file. It is shown over the
//! other screens, and also where the database cannot be opened.

mod facts;
mod licences;
mod support;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::widget::{Row, column, container, operation, row, space};
use iced::{Center, Element, Fill, Size};
use jiff::Timestamp;
use lucide_icons::Icon;

use super::action::Action;
use crate::desktop::language::Texts;
use crate::desktop::model::error::Error;
use crate::desktop::service::{Services, SupportRequest};
use crate::desktop::theme;
use crate::desktop::widget::{Motion, Scroll, horizontal_line, icon_button, one_line, plain_button};
use crate::licences::Licences;
use crate::policy::Policy;
use crate::store::Upgrade;
use crate::support_file::{SupportFile, SupportWindow};

/// The id of all of it: Tab stays within.
pub(in crate::desktop) const ABOUT: &str = "about";
/// The id of the field that searches the licences.
const SEARCH: &str = "about-search";
/// The ids of the list of licences and of the text of one.
const LIST: &str = "about-licences";
const TEXT: &str = "about-licence";
/// The largest that it is drawn, and what is left free around it.
const LARGEST: Size = Size::new(920.0, 680.0);
const AROUND: f32 = 32.0;

/// A part of *Om*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AboutPart {
    Program,
    Licences,
    Support,
}

impl AboutPart {
    const ALL: [Self; 3] = [Self::Program, Self::Licences, Self::Support];

    fn words(self, t: &'static Texts) -> &'static str {
        match self {
            Self::Program => t.about.program,
            Self::Licences => t.about.licences,
            Self::Support => t.about.support,
        }
    }
}

/// What *Om* may read of the window.
#[derive(Debug, Clone, Copy)]
pub(in crate::desktop) struct AboutScene<'a> {
    pub t: &'static Texts,
    /// The data directory.
    pub data: &'a Path,
    pub services: &'a Result<Arc<Services>, Error>,
    pub window: SupportWindow,
    /// What an administrator has decided.
    pub policy: &'a Policy,
    pub now: Timestamp,
    /// The room that the window has.
    pub room: Size,
}

impl AboutScene<'_> {
    fn size(&self) -> Size {
        let (width, height) = (self.room.width - AROUND, self.room.height - AROUND);
        Size::new(width.min(LARGEST.width), height.min(LARGEST.height))
    }

    fn upgrade(&self) -> Option<&Upgrade> {
        self.services.as_ref().ok().and_then(|services| services.upgrade())
    }
}

/// *Om* while it is shown.
#[derive(Debug)]
pub(in crate::desktop) struct AboutScreen {
    part: AboutPart,
    query: String,
    /// The numbers of the entries that have the words of the query.
    found: Vec<usize>,
    /// What is chosen in the list.
    chosen: Option<Chosen>,
    scroll: Scroll,
    /// What the support file says, once it is gathered.
    support: Option<SupportFile>,
    shows_contents: bool,
    /// No place was chosen when it was to be saved.
    is_unplaced: bool,
    saved: Option<PathBuf>,
    has_copied: bool,
    error: Option<Error>,
}

/// Whose licence is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// The program's own.
    Program,
    /// That of the entry with this number.
    Entry(usize),
}

#[derive(Debug, Clone)]
pub enum Message {
    /// Open it, or go there in it.
    Open(AboutPart),
    CopyPath,
    OpenFolder,
    FolderOpened(Result<(), Error>),
    Query(String),
    Choose(Chosen),
    /// Choose another entry of the list.
    Move(Motion),
    BackToList,
    Scrolled(Scroll),
    Gathered(Result<SupportFile, Error>),
    ShowContents(bool),
    Save,
    Place(Option<PathBuf>),
    SaveAmongDocuments,
    Saved(Result<PathBuf, Error>),
    Close,
}

impl AboutScreen {
    /// A hash of which rows of the list are in sight, and of where they stand.
    pub fn sight_hash(&self) -> u64 {
        self.scroll.sight_hash(&self.found, |entry| *entry)
    }

    pub fn new() -> Self {
        Self {
            part: AboutPart::Program,
            query: String::new(),
            found: (0..Licences::of_program().entries().len()).collect(),
            chosen: None,
            scroll: Scroll::default(),
            support: None,
            shows_contents: false,
            is_unplaced: false,
            saved: None,
            has_copied: false,
            error: None,
        }
    }

    /// Whether the list of licences is shown, in which keys move.
    pub fn shows_licences(&self) -> bool {
        self.part == AboutPart::Licences
    }

    /// Whether Escape has something to leave before all of it.
    pub fn is_within(&self, scene: AboutScene<'_>) -> bool {
        self.part == AboutPart::Licences && self.chosen.is_some() && !licences::is_wide(scene.size())
    }

    pub fn update(&mut self, message: Message, scene: AboutScene<'_>) -> Action<Message> {
        match message {
            Message::Open(part) => return self.go_to(part, scene),
            Message::CopyPath => {
                self.has_copied = true;
                return Action::copy(scene.data.display().to_string());
            }
            Message::OpenFolder => {
                return Action::perform(Services::open_folder(scene.data.to_owned()), Message::FolderOpened);
            }
            Message::FolderOpened(opened) => self.error = opened.err(),
            Message::Query(query) => {
                self.found = licences::matching(&query);
                self.query = query;
                self.chosen = None;
                self.scroll = self.scroll.back_at_the_top();
                return Action::scroll_to(LIST, 0.0);
            }
            Message::Choose(chosen) => {
                self.part = AboutPart::Licences;
                self.chosen = Some(chosen);
                return Action::scroll_to(TEXT, 0.0);
            }
            Message::Move(motion) => return self.move_by(motion),
            Message::BackToList => self.chosen = None,
            Message::Scrolled(scroll) => self.scroll = scroll,
            Message::Gathered(Ok(file)) => self.support = Some(file),
            Message::ShowContents(shows) => self.shows_contents = shows,
            Message::Save => {
                (self.error, self.is_unplaced) = (None, false);
                return Action::perform(Services::choose_place(SupportFile::NAME.to_owned()), Message::Place);
            }
            Message::Place(None) => self.is_unplaced = true,
            Message::Place(Some(path)) => {
                if let Some(file) = self.support.clone() {
                    return Action::perform(Services::save_support(file, path), Message::Saved);
                }
            }
            Message::SaveAmongDocuments => {
                if let Some(file) = self.support.clone() {
                    return Action::perform(Services::save_support_among_documents(file), Message::Saved);
                }
            }
            Message::Saved(Ok(path)) => {
                (self.saved, self.is_unplaced, self.error) = (Some(path), false, None);
            }
            Message::Gathered(Err(error)) | Message::Saved(Err(error)) => self.error = Some(error),
            // The application closes it.
            Message::Close => {}
        }
        Action::None
    }

    fn go_to(&mut self, part: AboutPart, scene: AboutScene<'_>) -> Action<Message> {
        self.part = part;
        (self.error, self.has_copied) = (None, false);
        match part {
            AboutPart::Program => Action::None,
            AboutPart::Licences => Action::Run(operation::focus(SEARCH)),
            AboutPart::Support => {
                // Gathered anew each time: it says how things are now.
                (self.support, self.saved, self.is_unplaced) = (None, None, false);
                let request = SupportRequest {
                    data: scene.data.to_owned(),
                    services: scene.services.clone(),
                    window: scene.window,
                    now: scene.now,
                };
                Action::perform(Services::gather_support(request), Message::Gathered)
            }
        }
    }

    fn move_by(&mut self, motion: Motion) -> Action<Message> {
        let from = match self.chosen {
            Some(Chosen::Entry(entry)) => self.found.iter().position(|found| *found == entry),
            _ => None,
        };
        let Some(row) = self.scroll.row_after(motion, from, self.found.len()) else { return Action::None };
        self.chosen = Some(Chosen::Entry(self.found[row]));
        let shown = self.scroll.to_show(row).map_or(Action::None, |y| Action::scroll_to(LIST, y));
        shown.then(Action::scroll_to(TEXT, 0.0))
    }

    pub fn view<'a>(&'a self, scene: AboutScene<'a>) -> Element<'a, Message> {
        let (t, size) = (scene.t, scene.size());
        let parts = AboutPart::ALL.map(|part| {
            let style = theme::navigation(part == self.part);
            plain_button(part.words(t)).padding([6, 12]).style(style).on_press(Message::Open(part)).into()
        });
        let title = one_line(t.about.title).bold().size(theme::HEADING);
        let close = icon_button(Icon::X, t.close).on_press(Message::Close);
        let head = row![title, space().width(Fill), close].align_y(Center).padding([10, 16]);
        let parts = container(Row::with_children(parts).spacing(4)).padding([0, 12]);
        let body = match self.part {
            AboutPart::Program => self.facts(scene),
            AboutPart::Licences => self.licences(scene),
            AboutPart::Support => self.support(scene),
        };
        let content = column![column![head, parts].spacing(2), space().height(8), horizontal_line(), body];
        container(content).id(ABOUT).padding(1).width(size.width).height(size.height).style(theme::dialog).into()
    }
}
