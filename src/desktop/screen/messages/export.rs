//! The export of the listed messages to a spreadsheet.

use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::{column, container, row, space, text, text_input};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::Message;
use super::sheet;
use crate::desktop::language::Texts;
use crate::desktop::model::error::Error;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{ExportRequest, MessageCounts, Services, documents};
use crate::desktop::theme;
use crate::desktop::widget::{Choice, choice_list, icon_button, labelled_button, plain_button};
use crate::exchange::{Progress, SheetFormat};
use crate::store::MessageQuery;

const FORMAT_FIELD: &str = "log-export-format";
pub(super) const PATH_FIELD: &str = "log-export-path";

/// The form of the export, or its progress.
#[derive(Debug)]
pub(super) struct Export {
    format: SheetFormat,
    path: String,
    /// The path was chosen in a dialog, which has asked whether an existing file may be replaced.
    is_chosen: bool,
    error: Option<String>,
    progress: Option<Arc<Progress>>,
}

#[derive(Debug, Clone)]
pub enum ExportMessage {
    Format(SheetFormat),
    Path(String),
    Browse,
    Browsed(Option<PathBuf>),
    Write,
    /// Stop writing, or close the form.
    Leave,
    /// This many rows were written; `None` when it was stopped.
    Done(PathBuf, Result<Option<u64>, Error>),
}

impl Export {
    pub fn new(scene: Scene<'_>) -> Self {
        let format = SheetFormat::Excel;
        let path = documents().join(file_name(format, scene));
        Self { format, path: path.display().to_string(), is_chosen: false, error: None, progress: None }
    }

    pub fn is_running(&self) -> bool {
        self.progress.is_some()
    }

    /// Handles a message. Returns `None` when the form is to be closed.
    pub fn update(
        &mut self,
        message: ExportMessage,
        query: MessageQuery,
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
            ExportMessage::Write if self.progress.is_none() => {
                let path = PathBuf::from(self.path.trim());
                if path.file_name().is_none() {
                    self.error = Some(t.not_a_file.to_owned());
                    return Some(Action::focus(PATH_FIELD));
                }
                self.error = None;
                let progress = Arc::new(Progress::default());
                self.progress = Some(Arc::clone(&progress));
                let request = ExportRequest {
                    query,
                    path,
                    format: self.format,
                    may_replace: self.is_chosen,
                    title: scene.t.messages.title,
                    columns: sheet::columns(scene.t),
                    cells: sheet::cells_of_rows(scene),
                    progress,
                };
                let path = request.path.clone();
                return Some(scene.serve(
                    move |services| services.export_messages(request),
                    move |done| ExportMessage::Done(path.clone(), done),
                ));
            }
            ExportMessage::Write => {}
            ExportMessage::Leave => match &self.progress {
                Some(progress) => progress.stop(),
                None => return None,
            },
            ExportMessage::Done(path, done) => {
                self.progress = None;
                match done {
                    Ok(Some(rows)) => {
                        let words = t.done(rows, &path.display().to_string());
                        return Some(Action::notify(words).then(Action::Send(ExportMessage::Leave)));
                    }
                    Ok(None) => return Some(Action::notify(t.cancelled)),
                    Err(error) => self.error = Some((scene.t.error)(&error)),
                }
            }
        }
        Some(Action::None)
    }

    pub fn view<'a>(&'a self, counts: Option<MessageCounts>, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.messages.export;
        let shown = counts.map(|counts| counts.shown);
        let message = Message::Export;
        let content: Element<'a, Message> = if let Some(progress) = &self.progress {
            let words = t.progress(progress.done(), shown);
            let stop = plain_button(t.cancel).style(theme::secondary).on_press(message(ExportMessage::Leave));
            row![text(words).width(Fill), stop].spacing(12).align_y(Center).into()
        } else {
            let formats = [(SheetFormat::Excel, t.excel), (SheetFormat::Csv, t.csv)];
            let formats = formats.map(|(format, name)| Choice::new(format, name));
            let on_format = move |format| message(ExportMessage::Format(format));
            let formats =
                choice_list(formats, Some(&self.format), ("", choice_words(scene.t)), on_format).id(FORMAT_FIELD);
            let path = text_input(t.file, &self.path)
                .id(PATH_FIELD)
                .on_input(move |path| message(ExportMessage::Path(path)))
                .on_submit(message(ExportMessage::Write))
                .padding([5, 9])
                .size(theme::BODY)
                .style(theme::input(self.error.is_some()));
            row![
                container(formats).width(96),
                path,
                plain_button(t.browse).style(theme::secondary).on_press(message(ExportMessage::Browse)),
                labelled_button(Icon::Download, t.write).style(theme::primary).on_press(message(ExportMessage::Write)),
            ]
            .spacing(8)
            .align_y(Center)
            .into()
        };
        let close = icon_button(Icon::X, scene.t.close).on_press(message(ExportMessage::Leave));
        let head = row![text(t.title(shown)).font(theme::SEMIBOLD), space().width(Fill), close].align_y(Center);
        let error = self.error.as_ref().map(|error| text(error).size(theme::SMALL).style(theme::bad));
        let bar = column![head, content, error].spacing(6).padding(Padding::new(12.0));
        container(container(bar).width(Fill).style(theme::card)).padding(Padding::new(20.0).top(10).bottom(0)).into()
    }
}

fn file_name(format: SheetFormat, scene: Scene<'_>) -> String {
    let Texts { messages, .. } = scene.t;
    format!("{}-{}.{}", messages.export.file_name, scene.today, format.ending())
}
