//! Where all secrets are kept: the keyring, or a file.

use std::path::PathBuf;

use iced::Element;
use iced::widget::{column, text};
use lucide_icons::Icon;

use crate::desktop::model::error::Error;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Field, labelled_button, note, plain_button, text_field};
use crate::secrets::SecretsLocation;

const PATH_FIELD: &str = "secrets-file";
/// What the file is called unless somebody wants otherwise.
const FILE: &str = "hemmeligheder.json";

/// Another home for the secrets, as it is being written.
#[derive(Debug, Clone, Default)]
pub(super) struct HomeForm {
    /// `None` while the usual file is meant.
    path: Option<String>,
    is_moving: bool,
    error: Option<Error>,
}

#[derive(Debug, Clone)]
pub enum HomeMessage {
    Path(String),
    UseFile,
    UseKeyring,
}

impl HomeForm {
    pub fn update(&mut self, message: HomeMessage, scene: Scene<'_>) -> Option<SecretsLocation> {
        match message {
            HomeMessage::Path(text) => {
                self.path = Some(text);
                self.error = None;
                None
            }
            HomeMessage::UseFile => {
                let path = PathBuf::from(self.path(scene).trim());
                let file = (path.is_absolute() && !self.is_moving).then_some(SecretsLocation::File(path));
                self.is_moving |= file.is_some();
                file
            }
            HomeMessage::UseKeyring => Some(SecretsLocation::Keyring),
        }
    }

    pub fn failed(&mut self, error: Error) {
        self.is_moving = false;
        self.error = Some(error);
    }

    fn path(&self, scene: Scene<'_>) -> String {
        self.path.clone().unwrap_or_else(|| scene.data.join(FILE).display().to_string())
    }

    /// A file to choose; or the keyring, where a file has been chosen before.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, HomeMessage> {
        let a = &scene.t.access;
        let path = self.path(scene);
        let is_path = PathBuf::from(path.trim()).is_absolute();
        let error = (!is_path).then(|| a.not_a_path.to_owned());
        let about = Field::new(a.file).error(error).hint(a.file_hint.to_owned());
        let use_file = HomeMessage::UseFile;
        let field = text_field(about, PATH_FIELD, "", &path, HomeMessage::Path, use_file.clone());
        let button = labelled_button(Icon::FileKey, a.use_file).style(theme::secondary);
        let button = button.on_press_maybe((is_path && !self.is_moving).then_some(use_file));
        let error = self.error.as_ref().map(|error| text((scene.t.error)(error)).style(theme::bad));
        let title = text(a.file_instead).font(theme::SEMIBOLD);
        column![title, field, error, button, way_back(scene)].spacing(10).into()
    }
}

/// The way back to the keyring, where a file has been chosen.
pub(super) fn way_back(scene: Scene<'_>) -> Option<Element<'_, HomeMessage>> {
    let a = &scene.t.access;
    let file = scene.settings.secrets.as_ref()?;
    let back = plain_button(a.use_keyring).style(theme::secondary).on_press(HomeMessage::UseKeyring);
    Some(column![note((a.kept_in_file)(file)), back, note(a.use_keyring_hint)].spacing(6).into())
}
