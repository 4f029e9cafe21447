//! The export of the listed messages to a spreadsheet.

use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::{row, text};
use iced::{Center, Element, Fill};

use super::sheet;
use crate::desktop::model::error::Error;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::sheet_file::{SheetFile, SheetFileIds, SheetFileMessage, SheetFileStep, SheetPlace};
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{ExportRequest, MessageCounts};
use crate::desktop::theme;
use crate::desktop::widget::plain_button;
use crate::exchange::Progress;
use crate::store::MessageQuery;

pub(super) const PATH_FIELD: &str = "log-export-path";
const IDS: SheetFileIds = SheetFileIds { format: "log-export-format", path: PATH_FIELD };

/// The form of the export, or its progress.
#[derive(Debug)]
pub(super) struct Export {
    file: SheetFile,
    progress: Option<Arc<Progress>>,
}

#[derive(Debug, Clone)]
pub enum ExportMessage {
    File(SheetFileMessage),
    /// This many rows were written; `None` when it was stopped.
    Done(PathBuf, Result<Option<u64>, Error>),
}

impl Export {
    pub fn new(scene: Scene<'_>) -> Self {
        let name = format!("{}-{}", scene.t.messages.export.file_name, scene.today);
        Self { file: SheetFile::new(IDS, name), progress: None }
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
            ExportMessage::File(message) => match self.file.update(message, scene) {
                SheetFileStep::Go(action) => return Some(action.map(ExportMessage::File)),
                SheetFileStep::Write(place) if self.progress.is_none() => return Some(self.write(place, query, scene)),
                SheetFileStep::Write(_) => {}
                SheetFileStep::Leave => self.progress.as_ref()?.stop(),
            },
            ExportMessage::Done(path, done) => {
                self.progress = None;
                match done {
                    Ok(Some(rows)) => {
                        let words = t.done(rows, &path.display().to_string());
                        let leave = ExportMessage::File(SheetFileMessage::Leave);
                        return Some(Action::notify(words).then(Action::Send(leave)));
                    }
                    Ok(None) => return Some(Action::notify(t.cancelled)),
                    Err(error) => self.file.fail((scene.t.error)(&error)),
                }
            }
        }
        Some(Action::None)
    }

    fn write(&mut self, place: SheetPlace, query: MessageQuery, scene: Scene<'_>) -> Action<ExportMessage> {
        let progress = Arc::new(Progress::default());
        self.progress = Some(Arc::clone(&progress));
        let request = ExportRequest {
            query,
            path: place.path.clone(),
            format: place.format,
            may_replace: place.may_replace,
            title: scene.t.messages.title,
            columns: sheet::columns(scene.t),
            cells: sheet::cells_of_rows(scene),
            progress,
        };
        scene.serve(
            move |services| services.export_messages(request),
            move |done| ExportMessage::Done(place.path.clone(), done),
        )
    }

    pub fn view<'a>(
        &'a self,
        counts: Option<MessageCounts>,
        width: f32,
        scene: Scene<'a>,
    ) -> Element<'a, ExportMessage> {
        let t = &scene.t.messages.export;
        let shown = counts.map(|counts| counts.shown);
        let progress = self.progress.as_ref().map(|progress| {
            let words = t.progress(progress.done(), shown);
            let stop = plain_button(t.cancel).style(theme::secondary).on_press(SheetFileMessage::Leave);
            row![text(words).width(Fill), stop].spacing(12).align_y(Center).into()
        });
        self.file.view(t.title(shown), progress, width, scene.t).map(ExportMessage::File)
    }
}
