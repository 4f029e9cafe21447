//! The months of the router and of every fagsystem as a spreadsheet.

use std::path::PathBuf;

use iced::widget::{column, container, row, space, text, text_input};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::Message;
use super::sheet;
use crate::desktop::model::error::Error;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{Services, TableRequest, documents};
use crate::desktop::theme;
use crate::desktop::widget::{Choice, choice_list, icon_button, labelled_button, one_line, plain_button};
use crate::exchange::SheetFormat;
use crate::store::PartLevels;

const FORMAT_FIELD: &str = "levels-export-format";
pub(super) const PATH_FIELD: &str = "levels-export-path";
/// Below this width the path has a line of its own.
const NARROW: f32 = 560.0;

/// The heights of its lines, in whole pixels: the numbers of a chart that begins between two are cut off.
const HEAD: f32 = 30.0;
const LINE: f32 = 34.0;
const ERROR: f32 = 20.0;

/// The form of the export.
#[derive(Debug)]
pub(super) struct Export {
    format: SheetFormat,
    path: String,
    /// The path was chosen in a dialog, which has asked whether an existing file may be replaced.
    is_chosen: bool,
    is_busy: bool,
    error: Option<String>,
}

#[derive(Debug, Clone)]
pub enum ExportMessage {
    Format(SheetFormat),
    Path(String),
    Browse,
    Browsed(Option<PathBuf>),
    Write,
    Leave,
    Written(Result<PathBuf, Error>),
}

impl Export {
    pub fn new(scene: Scene<'_>) -> Self {
        let format = SheetFormat::Excel;
        let path = documents().join(file_name(format, scene)).display().to_string();
        Self { format, path, is_chosen: false, is_busy: false, error: None }
    }

    /// Handles a message. Returns `None` when the form is to be closed.
    pub fn update(
        &mut self,
        message: ExportMessage,
        months: &[PartLevels],
        scene: Scene<'_>,
    ) -> Option<Action<ExportMessage>> {
        let t = &scene.t.messages.export;
        match message {
            ExportMessage::Format(format) => {
                self.format = format;
                let path = PathBuf::from(&self.path).with_extension(format.ending());
                (self.path, self.is_chosen) = (path.display().to_string(), false);
            }
            ExportMessage::Path(path) => (self.path, self.is_chosen, self.error) = (path, false, None),
            ExportMessage::Browse => {
                let file = Services::choose_file(file_name(self.format, scene), self.format);
                return Some(Action::perform(file, ExportMessage::Browsed));
            }
            ExportMessage::Browsed(Some(path)) => {
                (self.path, self.is_chosen, self.error) = (path.display().to_string(), true, None);
            }
            ExportMessage::Browsed(None) => {
                self.error = Some(t.no_file.to_owned());
                return Some(Action::focus(PATH_FIELD));
            }
            ExportMessage::Write if !self.is_busy => {
                let path = PathBuf::from(self.path.trim());
                if path.file_name().is_none() {
                    self.error = Some(t.not_a_file.to_owned());
                    return Some(Action::focus(PATH_FIELD));
                }
                (self.error, self.is_busy) = (None, true);
                let request = TableRequest {
                    path,
                    format: self.format,
                    may_replace: self.is_chosen,
                    title: scene.t.service_levels.title,
                    columns: sheet::columns(scene.t),
                    rows: sheet::rows(months, scene),
                };
                return Some(scene.serve(move |_| Services::write_table(request), ExportMessage::Written));
            }
            ExportMessage::Write => {}
            ExportMessage::Leave => return None,
            ExportMessage::Written(written) => {
                self.is_busy = false;
                match written {
                    Ok(path) => {
                        let words = (scene.t.paper.written)(&path.display().to_string());
                        return Some(Action::notify(words).then(Action::Send(ExportMessage::Leave)));
                    }
                    Err(error) => self.error = Some((scene.t.error)(&error)),
                }
            }
        }
        Some(Action::None)
    }

    pub fn view<'a>(&'a self, width: f32, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, message) = (&scene.t.messages.export, Message::Export);
        let formats = [(SheetFormat::Excel, t.excel), (SheetFormat::Csv, t.csv)];
        let formats = formats.map(|(format, name)| Choice::new(format, name));
        let on_format = move |format| message(ExportMessage::Format(format));
        let formats = choice_list(formats, Some(&self.format), ("", choice_words(scene.t)), on_format).id(FORMAT_FIELD);
        let formats = container(formats).width(96);
        let path = text_input(t.file, &self.path)
            .id(PATH_FIELD)
            .on_input(move |path| message(ExportMessage::Path(path)))
            .on_submit(message(ExportMessage::Write))
            .padding([5, 9])
            .size(theme::BODY)
            .style(theme::input(self.error.is_some()));
        let browse = plain_button(t.browse).style(theme::secondary).on_press(message(ExportMessage::Browse));
        let write = labelled_button(Icon::Download, t.write).style(theme::primary);
        let write = write.on_press_maybe((!self.is_busy).then_some(message(ExportMessage::Write)));
        let line = |row: iced::widget::Row<'a, Message>| row.spacing(8).align_y(Center).height(LINE);
        let fields: Element<'a, Message> = if width < NARROW {
            column![line(row![path]), line(row![formats, browse, write])].spacing(8).into()
        } else {
            line(row![formats, path, browse, write]).into()
        };
        let close = icon_button(Icon::X, scene.t.close).on_press(message(ExportMessage::Leave));
        let title = text(scene.t.service_levels.export).font(theme::SEMIBOLD);
        let head = row![title, space().width(Fill), close].align_y(Center).height(HEAD);
        let error = self.error.as_ref().map(|error| one_line(error).size(theme::SMALL).tone(theme::bad));
        let error = error.map(|error| container(error).height(ERROR));
        let bar = container(column![head, fields, error].spacing(6).padding(12)).width(Fill).style(theme::card);
        container(bar).padding(Padding::new(20.0).top(10).bottom(0)).into()
    }
}

fn file_name(format: SheetFormat, scene: Scene<'_>) -> String {
    format!("{}-{}.{}", scene.t.service_levels.file_name, scene.today, format.ending())
}
