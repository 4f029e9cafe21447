//! The months of the router and of every fagsystem as a spreadsheet.

use std::path::PathBuf;

use iced::Element;

use super::sheet;
use crate::desktop::model::error::Error;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::sheet_file::{SheetFile, SheetFileIds, SheetFileMessage, SheetFileStep, SheetPlace};
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{Services, TableRequest};
use crate::store::PartLevels;

pub(super) const PATH_FIELD: &str = "levels-export-path";
const IDS: SheetFileIds = SheetFileIds { format: "levels-export-format", path: PATH_FIELD };

/// The form of the export.
#[derive(Debug)]
pub(super) struct Export {
    file: SheetFile,
    is_busy: bool,
}

#[derive(Debug, Clone)]
pub enum ExportMessage {
    File(SheetFileMessage),
    Written(Result<PathBuf, Error>),
}

impl Export {
    pub fn new(scene: Scene<'_>) -> Self {
        let name = format!("{}-{}", scene.t.service_levels.file_name, scene.today);
        Self { file: SheetFile::new(IDS, name), is_busy: false }
    }

    /// Handles a message. Returns `None` when the form is to be closed.
    pub fn update(
        &mut self,
        message: ExportMessage,
        months: &[PartLevels],
        scene: Scene<'_>,
    ) -> Option<Action<ExportMessage>> {
        match message {
            ExportMessage::File(message) => match self.file.update(message, scene) {
                SheetFileStep::Go(action) => return Some(action.map(ExportMessage::File)),
                SheetFileStep::Write(place) if !self.is_busy => return Some(self.write(place, months, scene)),
                SheetFileStep::Write(_) => {}
                SheetFileStep::Leave => return None,
            },
            ExportMessage::Written(written) => {
                self.is_busy = false;
                match written {
                    Ok(path) => {
                        let words = (scene.t.paper.written)(&path.display().to_string());
                        let leave = ExportMessage::File(SheetFileMessage::Leave);
                        return Some(Action::notify(words).then(Action::Send(leave)));
                    }
                    Err(error) => self.file.fail((scene.t.error)(&error)),
                }
            }
        }
        Some(Action::None)
    }

    fn write(&mut self, place: SheetPlace, months: &[PartLevels], scene: Scene<'_>) -> Action<ExportMessage> {
        self.is_busy = true;
        let request = TableRequest {
            path: place.path,
            format: place.format,
            may_replace: place.may_replace,
            title: scene.t.service_levels.title,
            columns: sheet::columns(scene.t),
            rows: sheet::rows(months, scene),
        };
        scene.serve(move |_| Services::write_table(request), ExportMessage::Written)
    }

    pub fn view<'a>(&'a self, width: f32, scene: Scene<'a>) -> Element<'a, ExportMessage> {
        self.file.view(scene.t.service_levels.export, None, width, scene.t).map(ExportMessage::File)
    }
}
