//! Saving a lesson that holds as a file, and trying it.

use std::path::PathBuf;

use super::Builder;
use crate::desktop::model::error::Error;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{LessonRequest, Services, documents};

pub(super) const PATH_FIELD: &str = "lesson-builder-path";

/// Where it is to be saved.
#[derive(Debug)]
pub(super) struct Saving {
    pub path: String,
    /// The path was chosen in a dialog, which has asked whether an existing file may be replaced.
    is_chosen: bool,
    pub error: Option<String>,
}

#[derive(Debug, Clone)]
pub enum SavingMessage {
    Save,
    Path(String),
    Browse,
    Browsed(Option<PathBuf>),
    Write,
    Written(Result<PathBuf, Error>),
    LeaveSaving,
    Try,
    /// It can be begun.
    Taken(Result<String, Error>),
}

impl Builder {
    pub(super) fn update_saving(&mut self, message: SavingMessage, scene: Scene<'_>) -> Action<SavingMessage> {
        match message {
            SavingMessage::Save => {
                let Some(file) = self.complete(scene) else { return Action::None };
                let path = documents().join(format!("{}.toml", file.id)).display().to_string();
                self.saving = Some(Saving { path, is_chosen: false, error: None });
                return Action::focus(PATH_FIELD);
            }
            SavingMessage::LeaveSaving => self.saving = None,
            SavingMessage::Path(path) => {
                self.saving = Some(Saving { path, is_chosen: false, error: None });
            }
            SavingMessage::Browse => {
                let Some(file) = self.complete(scene) else { return Action::None };
                let place = Services::choose_place(format!("{}.toml", file.id));
                return Action::perform(place, SavingMessage::Browsed);
            }
            SavingMessage::Browsed(Some(path)) => {
                let path = path.display().to_string();
                self.saving = Some(Saving { path, is_chosen: true, error: None });
                return self.write_file(scene);
            }
            SavingMessage::Browsed(None) => {
                self.say_of_file(scene.t.paper.no_file.to_owned());
                return Action::focus(PATH_FIELD);
            }
            SavingMessage::Write => return self.write_file(scene),
            SavingMessage::Written(Ok(path)) => {
                (self.is_busy, self.saving) = (false, None);
                return Action::notify((scene.t.paper.written)(&path.display().to_string()));
            }
            SavingMessage::Written(Err(error)) => {
                self.is_busy = false;
                self.say_of_file((scene.t.error)(&error));
                return Action::focus(PATH_FIELD);
            }
            SavingMessage::Try => return self.try_it(scene),
            SavingMessage::Taken(taken) => {
                self.is_busy = false;
                return match taken {
                    Ok(id) => Request::BeginLesson(Some(id)).into(),
                    Err(error) => Action::show_error(error),
                };
            }
        }
        Action::None
    }

    fn say_of_file(&mut self, words: String) {
        if let Some(saving) = &mut self.saving {
            saving.error = Some(words);
        }
    }

    fn write_file(&mut self, scene: Scene<'_>) -> Action<SavingMessage> {
        let Some(saving) = &mut self.saving else { return Action::None };
        let path = PathBuf::from(saving.path.trim().trim_matches('"'));
        if path.file_name().is_none() {
            self.say_of_file(scene.t.paper.not_a_file.to_owned());
            return Action::focus(PATH_FIELD);
        }
        let may_replace = saving.is_chosen;
        saving.error = None;
        if self.is_busy || !self.holds(scene) {
            return Action::None;
        }
        let Some(file) = self.complete(scene) else { return Action::None };
        self.is_busy = true;
        let request = LessonRequest { file, path, may_replace };
        Action::perform(Services::write_lesson(request), SavingMessage::Written)
    }

    fn try_it(&mut self, scene: Scene<'_>) -> Action<SavingMessage> {
        if self.is_busy || !self.holds(scene) {
            return Action::None;
        }
        let Some(file) = self.complete(scene) else { return Action::None };
        self.is_busy = true;
        let day = scene.today;
        scene.serve(move |services| services.take_in_built_lesson(file, day), SavingMessage::Taken)
    }
}
