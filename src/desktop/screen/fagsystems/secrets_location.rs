//! The location of all secrets: the keyring, or a file.

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
/// The default file name.
const FILE: &str = "hemmeligheder.json";

/// The form of another location.
#[derive(Debug, Clone, Default)]
pub(super) struct LocationForm {
    /// `None` for the default path.
    path: Option<String>,
    is_moving: bool,
    error: Option<Error>,
}

#[derive(Debug, Clone)]
pub enum LocationMessage {
    Path(String),
    UseFile,
    UseKeyring,
}

impl LocationForm {
    pub fn update(&mut self, message: LocationMessage, scene: Scene<'_>) -> Option<SecretsLocation> {
        match message {
            LocationMessage::Path(text) => {
                self.path = Some(text);
                self.error = None;
                None
            }
            LocationMessage::UseFile => {
                let path = PathBuf::from(self.path(scene).trim());
                let file = (path.is_absolute() && !self.is_moving).then_some(SecretsLocation::File(path));
                self.is_moving |= file.is_some();
                file
            }
            LocationMessage::UseKeyring => Some(SecretsLocation::Keyring),
        }
    }

    pub fn failed(&mut self, error: Error) {
        self.is_moving = false;
        self.error = Some(error);
    }

    fn path(&self, scene: Scene<'_>) -> String {
        self.path.clone().unwrap_or_else(|| scene.data.join(FILE).display().to_string())
    }

    /// The choice of a file; or of the keyring, if a file is in use.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, LocationMessage> {
        let a = &scene.t.access;
        let path = self.path(scene);
        let is_path = PathBuf::from(path.trim()).is_absolute();
        let error = (!is_path).then(|| a.not_a_path.to_owned());
        let about = Field::new(a.file).error(error).hint(a.file_hint.to_owned());
        let use_file = LocationMessage::UseFile;
        let field = text_field(about, PATH_FIELD, "", &path, LocationMessage::Path, use_file.clone());
        let button = labelled_button(Icon::FileKey, a.use_file).style(theme::secondary);
        let button = button.on_press_maybe((is_path && !self.is_moving).then_some(use_file));
        let error = self.error.as_ref().map(|error| text((scene.t.error)(error)).style(theme::bad));
        let title = text(a.file_instead).font(theme::SEMIBOLD);
        column![title, field, error, button, back_to_keyring(scene)].spacing(10).into()
    }
}

/// The choice of the keyring, if a file is in use.
pub(super) fn back_to_keyring(scene: Scene<'_>) -> Option<Element<'_, LocationMessage>> {
    let a = &scene.t.access;
    let file = scene.settings.secrets.as_ref()?;
    let back = plain_button(a.use_keyring).style(theme::secondary).on_press(LocationMessage::UseKeyring);
    Some(column![note((a.kept_in_file)(file)), back, note(a.use_keyring_hint)].spacing(6).into())
}
