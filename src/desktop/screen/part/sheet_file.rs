//! Asks where a list is to be saved as a spreadsheet, and as which kind.

use std::path::PathBuf;

use iced::widget::{column, container, row, space, text, text_input};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use crate::desktop::language::Texts;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{Services, documents};
use crate::desktop::theme;
use crate::desktop::widget::{Choice, choice_list, icon_button, labelled_button, one_line, plain_button};
use crate::exchange::SheetFormat;

/// Below this width the path has a line of its own.
const NARROW: f32 = 560.0;

/// The heights of its lines, in whole pixels: the numbers of a chart that begins between two are cut off.
const HEAD: f32 = 30.0;
const LINE: f32 = 34.0;
const ERROR: f32 = 20.0;

/// The ids of its fields: each screen has its own.
#[derive(Debug, Clone, Copy)]
pub(in crate::desktop) struct SheetFileIds {
    pub format: &'static str,
    pub path: &'static str,
}

/// The form.
#[derive(Debug)]
pub(in crate::desktop) struct SheetFile {
    ids: SheetFileIds,
    /// The name of the file that is suggested, without its ending.
    name: String,
    format: SheetFormat,
    path: String,
    /// The path was chosen in a dialog, which has asked whether an existing file may be replaced.
    is_chosen: bool,
    error: Option<String>,
}

#[derive(Debug, Clone)]
pub enum SheetFileMessage {
    Format(SheetFormat),
    Path(String),
    Browse,
    Browsed(Option<PathBuf>),
    Write,
    Leave,
}

/// What is to happen after a message.
pub(in crate::desktop) enum SheetFileStep {
    Go(Action<SheetFileMessage>),
    Write(SheetPlace),
    Leave,
}

/// Where a list is to be saved.
pub(in crate::desktop) struct SheetPlace {
    pub path: PathBuf,
    pub format: SheetFormat,
    /// Whether an existing file may be replaced.
    pub may_replace: bool,
}

impl SheetFile {
    /// Suggests an Excel workbook of that name, which has no ending, among the person's documents.
    pub fn new(ids: SheetFileIds, name: String) -> Self {
        let format = SheetFormat::Excel;
        let path = documents().join(format!("{name}.{}", format.ending())).display().to_string();
        Self { ids, name, format, path, is_chosen: false, error: None }
    }

    pub fn update(&mut self, message: SheetFileMessage, scene: Scene<'_>) -> SheetFileStep {
        let t = &scene.t.messages.export;
        match message {
            SheetFileMessage::Format(format) => {
                self.format = format;
                let path = PathBuf::from(&self.path).with_extension(format.ending());
                (self.path, self.is_chosen) = (path.display().to_string(), false);
            }
            SheetFileMessage::Path(path) => (self.path, self.is_chosen, self.error) = (path, false, None),
            SheetFileMessage::Browse => {
                let name = format!("{}.{}", self.name, self.format.ending());
                let file = Services::choose_file(name, self.format);
                return SheetFileStep::Go(Action::perform(file, SheetFileMessage::Browsed));
            }
            SheetFileMessage::Browsed(Some(path)) => {
                (self.path, self.is_chosen, self.error) = (path.display().to_string(), true, None);
            }
            SheetFileMessage::Browsed(None) => return self.refuse(t.no_file),
            SheetFileMessage::Write => {
                let path = PathBuf::from(self.path.trim());
                if path.file_name().is_none() {
                    return self.refuse(t.not_a_file);
                }
                self.error = None;
                return SheetFileStep::Write(SheetPlace { path, format: self.format, may_replace: self.is_chosen });
            }
            SheetFileMessage::Leave => return SheetFileStep::Leave,
        }
        SheetFileStep::Go(Action::None)
    }

    fn refuse(&mut self, why: &str) -> SheetFileStep {
        self.error = Some(why.to_owned());
        SheetFileStep::Go(Action::focus(self.ids.path))
    }

    /// It could not be written.
    pub fn fail(&mut self, error: String) {
        self.error = Some(error);
    }

    /// Draws it so wide below a title; `instead` of the fields, while the list is being written.
    pub fn view<'a>(
        &'a self,
        title: impl text::IntoFragment<'a>,
        instead: Option<Element<'a, SheetFileMessage>>,
        width: f32,
        t: &'static Texts,
    ) -> Element<'a, SheetFileMessage> {
        let close = icon_button(Icon::X, t.close).on_press(SheetFileMessage::Leave);
        let title = text(title).font(theme::SEMIBOLD);
        let head = row![title, space().width(Fill), close].align_y(Center).height(HEAD);
        let content = instead.unwrap_or_else(|| self.fields(width, t));
        let error = self.error.as_ref().map(|error| one_line(error).size(theme::SMALL).tone(theme::bad));
        let error = error.map(|error| container(error).height(ERROR));
        let bar = container(column![head, content, error].spacing(6).padding(12)).width(Fill).style(theme::card);
        container(bar).padding(Padding::new(20.0).top(10).bottom(0)).into()
    }

    fn fields<'a>(&'a self, width: f32, t: &'static Texts) -> Element<'a, SheetFileMessage> {
        let e = &t.messages.export;
        let formats = [(SheetFormat::Excel, e.excel), (SheetFormat::Csv, e.csv)];
        let formats = formats.map(|(format, name)| Choice::new(format, name));
        let formats = choice_list(formats, Some(&self.format), ("", choice_words(t)), SheetFileMessage::Format);
        let formats = container(formats.id(self.ids.format)).width(96);
        let path = text_input(e.file, &self.path)
            .id(self.ids.path)
            .on_input(SheetFileMessage::Path)
            .on_submit(SheetFileMessage::Write)
            .padding([5, 9])
            .size(theme::BODY)
            .style(theme::input(self.error.is_some()));
        let browse = plain_button(e.browse).style(theme::secondary).on_press(SheetFileMessage::Browse);
        let write = labelled_button(Icon::Download, e.write).style(theme::primary).on_press(SheetFileMessage::Write);
        let line = |row: iced::widget::Row<'a, SheetFileMessage>| row.spacing(8).align_y(Center).height(LINE);
        if width < NARROW {
            column![line(row![path]), line(row![formats, browse, write])].spacing(8).into()
        } else {
            line(row![formats, path, browse, write]).into()
        }
    }
}
