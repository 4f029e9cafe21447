//! Choosing files to import, and the progress of reading them. The first screen uses it as well.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::widget::{Column, column, container, progress_bar, row, text, text_input};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use crate::desktop::language::Texts;
use crate::desktop::screen::part::explained::with_words;
use crate::desktop::theme;
use crate::desktop::widget::{heading, icon, labelled_button, note, plain_button};
use crate::exchange::{FileKind, Progress};

pub(in crate::desktop) const PATH_FIELD: &str = "files-in";
/// Between the paths of several files.
const SEPARATOR: char = ';';

/// The files that are chosen or being read.
#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct Incoming {
    /// The text of the path field: one path or several.
    written: String,
    /// The paths that were chosen in a dialog; empty once the field has been edited.
    chosen: Vec<PathBuf>,
    error: Option<&'static str>,
    reading: Option<Reading>,
    /// The number of the last reading; the results of earlier ones are dropped.
    questions: u64,
}

/// What is being read.
#[derive(Debug, Clone)]
struct Reading {
    names: String,
    progress: Arc<Progress>,
}

#[derive(Debug, Clone)]
pub enum IncomingMessage {
    Path(String),
    Browse,
    Browsed(Option<Vec<PathBuf>>),
    Read,
    Stop,
}

/// What the screen is to do for it.
#[derive(Debug)]
pub(in crate::desktop) enum IncomingRequest {
    None,
    /// Show the file dialog.
    Browse,
    Read(Vec<PathBuf>),
    /// Move the focus to the path field.
    FocusPath,
}

impl Incoming {
    pub fn paths(&self) -> Vec<PathBuf> {
        if !self.chosen.is_empty() {
            return self.chosen.clone();
        }
        let paths = self.written.split(SEPARATOR).map(|path| path.trim().trim_matches('"'));
        paths.filter(|path| !path.is_empty()).map(PathBuf::from).collect()
    }

    /// The paths to read when files are dropped: with those that are being read or compared, because iced reports several
    /// dropped files one by one.
    pub fn paths_with(&self, dropped: Vec<PathBuf>, is_compared: bool) -> Vec<PathBuf> {
        let mut paths = if is_compared || self.is_reading() { self.paths() } else { Vec::new() };
        paths.retain(|path| !dropped.contains(path));
        paths.extend(dropped);
        paths
    }

    /// Starts a reading, and returns its number and its progress. An earlier one is stopped.
    pub fn begin(&mut self, paths: &[PathBuf]) -> (u64, Arc<Progress>) {
        let separator = format!("{SEPARATOR} ");
        self.written = paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(&separator);
        self.chosen = paths.to_vec();
        let names = paths.iter().map(|path| path.file_name().unwrap_or(path.as_os_str()).to_string_lossy());
        let names = names.collect::<Vec<_>>().join(", ");
        if let Some(earlier) = &self.reading {
            earlier.progress.stop();
        }
        let progress = Arc::new(Progress::default());
        self.reading = Some(Reading { names, progress: Arc::clone(&progress) });
        self.questions += 1;
        self.error = None;
        (self.questions, progress)
    }

    /// Chooses a file without reading it.
    pub fn name(&mut self, path: &Path) {
        (self.written, self.chosen) = (path.display().to_string(), vec![path.to_owned()]);
        self.error = None;
    }

    pub fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    /// Whether this is the number of the reading that is running.
    pub fn is_newest(&self, number: u64) -> bool {
        self.is_reading() && number == self.questions
    }

    pub fn ended(&mut self) {
        self.reading = None;
    }

    /// Empties the field after an import.
    pub fn clear(&mut self) {
        self.written.clear();
        self.chosen.clear();
    }

    pub fn update(&mut self, message: IncomingMessage, t: &'static Texts) -> IncomingRequest {
        match message {
            IncomingMessage::Path(path) => {
                self.chosen.clear();
                (self.written, self.error) = (path, None);
            }
            IncomingMessage::Browse => return IncomingRequest::Browse,
            IncomingMessage::Browsed(Some(paths)) => return IncomingRequest::Read(paths),
            IncomingMessage::Read if !self.paths().is_empty() => return IncomingRequest::Read(self.paths()),
            IncomingMessage::Read | IncomingMessage::Browsed(None) => {
                self.error = Some(t.files.incoming.no_file);
                return IncomingRequest::FocusPath;
            }
            IncomingMessage::Stop => {
                if let Some(reading) = &self.reading {
                    reading.progress.stop();
                }
            }
        }
        IncomingRequest::None
    }

    pub fn view(&self, t: &'static Texts) -> Element<'_, IncomingMessage> {
        let texts = &t.files.incoming;
        let content = if self.is_reading() {
            self.short_view(t)
        } else {
            column![self.short_view(t), kinds(t)].spacing(16).into()
        };
        let content =
            column![heading(texts.title), with_words(texts.about, t.language).tone(theme::muted), content].spacing(16);
        container(content).padding(20).width(Fill).style(theme::card).into()
    }

    /// The progress, or the fields to choose files by, without an explanation.
    pub fn short_view(&self, t: &'static Texts) -> Element<'_, IncomingMessage> {
        match &self.reading {
            Some(under_way) => reading(&under_way.names, &under_way.progress, t),
            None => self.choosing(t),
        }
    }

    fn choosing(&self, t: &'static Texts) -> Element<'_, IncomingMessage> {
        let texts = &t.files.incoming;
        let browse = labelled_button(Icon::FolderOpen, texts.browse).style(theme::primary);
        let field = text_input(texts.file_example, &self.written)
            .id(PATH_FIELD)
            .on_input(IncomingMessage::Path)
            .on_submit(IncomingMessage::Read)
            .padding([6, 9])
            .size(theme::BODY)
            .style(theme::input(self.error.is_some()));
        let read = plain_button(texts.read).style(theme::secondary);
        let read = read.on_press_maybe((!self.written.trim().is_empty()).then_some(IncomingMessage::Read));
        let error = self.error.map(|error| text(error).size(theme::SMALL).style(theme::bad));
        column![
            row![browse.on_press(IncomingMessage::Browse), note(texts.drop_here)].spacing(12).align_y(Center),
            column![row![field, read].spacing(8).align_y(Center), error].spacing(4),
        ]
        .spacing(16)
        .into()
    }
}

fn reading<'a>(names: &'a str, progress: &Progress, t: &'static Texts) -> Element<'a, IncomingMessage> {
    let texts = &t.files.incoming;
    let percent = progress.all().map(|all| (progress.done().min(all) * 100 / all).min(100));
    let percent = percent.and_then(|percent| u8::try_from(percent).ok());
    let bar = progress_bar(0.0..=100.0, f32::from(percent.unwrap_or(0))).girth(6);
    let stop = plain_button(texts.stop).style(theme::secondary).on_press(IncomingMessage::Stop);
    column![
        text((texts.reading)(names)).wrapping(text::Wrapping::WordOrGlyph),
        bar,
        row![note((texts.progress)(percent)).width(Fill), stop].align_y(Center)
    ]
    .spacing(12)
    .into()
}

/// The kinds of files that can be imported.
fn kinds<'a>(t: &'static Texts) -> Element<'a, IncomingMessage> {
    let kinds = [
        (FileKind::Tables, Icon::Sheet),
        (FileKind::ContactStructure, Icon::MapPin),
        (FileKind::KlePlan, Icon::FolderTree),
        (FileKind::Package, Icon::Package),
        (FileKind::Configuration, Icon::FileCog),
    ];
    let kinds = kinds.map(|(kind, symbol)| (symbol, (t.files.incoming.kind)(kind)));
    let training = (Icon::GraduationCap, (t.training_packages.kind, t.training_packages.in_list));
    let lines = kinds.into_iter().chain([training]).map(|(symbol, (name, about))| {
        let words = column![text(name).font(theme::SEMIBOLD), note(about)].spacing(2);
        row![icon(symbol).style(theme::accent), words].spacing(12).into()
    });
    Column::with_children(lines).spacing(12).into()
}
