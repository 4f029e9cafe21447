//! The secret of the fagsystem in the editor: finding, saving and removing it.

use iced::widget::{column, container, row, text};
use iced::{Element, Fill};
use lucide_icons::Icon;

use super::Message;
use super::secrets_location::{LocationForm, LocationMessage, back_to_keyring};
use crate::desktop::model::error::Error;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{SecretCommand, SecretInput};
use crate::desktop::theme;
use crate::desktop::widget::{
    Field, labelled_button, note, plain_button, secret_field, status, text_field, warning_line,
};
use crate::secrets::{SecretKind, SecretName, SecretsError, SecretsLocation};

const SECRET_FIELD: &str = "fagsystem-secret";
const PASSWORD_FIELD: &str = "fagsystem-password";

/// The form of the secret. It is not part of the draft: saving and removing take effect at once.
#[derive(Debug, Clone, Default)]
pub(super) struct SecretForm {
    name: Option<SecretName>,
    /// The value of a header, or the path of a certificate file.
    typed: SecretInput,
    /// The password of that file.
    password: SecretInput,
    state: State,
    location: LocationForm,
}

#[derive(Debug, Clone, Default)]
enum State {
    #[default]
    Checking,
    Saved(SecretsLocation),
    Missing,
    Failed(Error),
}

#[derive(Debug, Clone)]
pub enum SecretMessage {
    Typed(SecretInput),
    Password(SecretInput),
    Save,
    Remove,
    /// The location of the secret, or `None` if there is none.
    Found(SecretName, Result<Option<SecretsLocation>, Error>),
    /// Look for the secret again.
    Check,
    Location(LocationMessage),
    /// All secrets have been moved to another location, or the error.
    Moved(Option<Error>),
}

impl SecretForm {
    pub fn is_changed(&self) -> bool {
        !self.typed.reveal().is_empty()
    }

    /// Switches to another secret and looks for it.
    pub fn set_name(&mut self, name: Option<SecretName>, scene: Scene<'_>) -> Action<Message> {
        if self.name == name {
            return Action::None;
        }
        *self = Self { name: name.clone(), ..Self::default() };
        name.map(|name| run_command(name, SecretCommand::Find, scene)).into()
    }

    pub fn update(&mut self, message: SecretMessage, scene: Scene<'_>) -> Action<Message> {
        match message {
            SecretMessage::Typed(typed) => self.typed = typed,
            SecretMessage::Password(typed) => self.password = typed,
            SecretMessage::Save => {
                let Some(name) = self.name.clone().filter(|_| self.is_changed()) else { return Action::None };
                self.state = State::Checking;
                let keep = SecretCommand::Save { typed: self.typed.clone(), password: self.password.clone() };
                return run_command(name, keep, scene);
            }
            SecretMessage::Remove => {
                self.state = State::Checking;
                return self.name.clone().map(|name| run_command(name, SecretCommand::Remove, scene)).into();
            }
            SecretMessage::Found(name, found) if self.name.as_ref() == Some(&name) => {
                if matches!(found, Ok(Some(_))) {
                    (self.typed, self.password) = (SecretInput::default(), SecretInput::default());
                }
                self.state = match found {
                    Ok(Some(location)) => State::Saved(location),
                    Ok(None) => State::Missing,
                    Err(error) => State::Failed(error),
                };
            }
            SecretMessage::Found(..) => {}
            SecretMessage::Check => return self.check(scene),
            SecretMessage::Location(message) => {
                return self
                    .location
                    .update(message, scene)
                    .map(|location| Request::MoveSecrets(location).into())
                    .into();
            }
            SecretMessage::Moved(Some(error)) => self.location.failed(error),
            SecretMessage::Moved(None) => {
                self.location = LocationForm::default();
                return self.check(scene);
            }
        }
        Action::None
    }

    fn check(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.state = State::Checking;
        self.name.clone().map(|name| run_command(name, SecretCommand::Find, scene)).into()
    }

    /// Whether the location itself is unusable, for any secret.
    fn is_location_unusable(&self) -> bool {
        matches!(
            &self.state,
            State::Failed(Error::Secrets(
                SecretsError::Keyring(_)
                    | SecretsError::Silent(_)
                    | SecretsError::File { .. }
                    | SecretsError::NotPrivate { .. }
                    | SecretsError::Damaged { .. },
            ))
        )
    }

    /// The state of the secret and what can be done; `None` if no secret is needed.
    pub fn view<'a>(&'a self, scene: Scene<'a>, needed: Option<&SecretName>) -> Option<Element<'a, Message>> {
        let name = self.name.as_ref().filter(|name| Some(*name) == needed)?;
        let content =
            if self.is_location_unusable() { self.other_location(scene) } else { self.secret_fields(name, scene) };
        Some(container(content).padding(12).width(Fill).style(theme::card).into())
    }

    /// The choice of another location.
    fn other_location<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, a) = (scene.t, &scene.t.access);
        let error = match &self.state {
            State::Failed(Error::Secrets(SecretsError::Keyring(_))) => Some(a.no_keyring.to_owned()),
            State::Failed(error) => Some((t.error)(error)),
            _ => None,
        };
        let error = error.map(warning_line);
        let again = labelled_button(Icon::RefreshCw, a.try_again).style(theme::secondary);
        let again = again.on_press(Message::Secret(SecretMessage::Check));
        column![error, again, self.location.view(scene).map(location_message)].spacing(12).into()
    }

    fn secret_fields<'a>(&'a self, name: &SecretName, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, a) = (scene.t, &scene.t.access);
        let state: Element<'a, Message> = match &self.state {
            State::Checking => note(a.looking).into(),
            State::Saved(location) => status(Icon::KeyRound, (a.kept)(location), theme::good),
            State::Missing => text(a.missing).style(theme::warning).into(),
            State::Failed(error) => text((t.error)(error)).style(theme::bad).into(),
        };
        let message_for = |message| Message::Secret(message);
        let typed = |text: String| Message::Secret(SecretMessage::Typed(SecretInput::new(text)));
        let (field, submit) = (self.typed.reveal(), message_for(SecretMessage::Save));
        let input = match name.kind {
            SecretKind::HeaderValue => secret_field(Field::new(a.value), SECRET_FIELD, field, typed, submit),
            SecretKind::ClientCertificate => {
                let about = Field::new(a.certificate).hint(a.certificate_hint.to_owned());
                text_field(about, SECRET_FIELD, "", field, typed, submit)
            }
        };
        let password = (name.kind == SecretKind::ClientCertificate && has_password(field)).then(|| {
            let typed = |text: String| Message::Secret(SecretMessage::Password(SecretInput::new(text)));
            let (about, submit) = (Field::new(a.password), message_for(SecretMessage::Save));
            secret_field(about, PASSWORD_FIELD, self.password.reveal(), typed, submit)
        });
        let is_saved = matches!(self.state, State::Saved(_));
        let keep = labelled_button(Icon::KeyRound, if is_saved { a.replace } else { a.keep }).style(theme::secondary);
        let keep = keep.on_press_maybe(self.is_changed().then(|| message_for(SecretMessage::Save)));
        let remove = plain_button(a.remove).style(theme::danger);
        let remove = is_saved.then(|| remove.on_press(message_for(SecretMessage::Remove)));
        let buttons = row![keep, remove].spacing(8);
        column![
            state,
            input,
            password,
            buttons,
            explained(a.about, scene.t.language),
            back_to_keyring(scene).map(|back| back.map(location_message))
        ]
        .spacing(10)
        .into()
    }
}

/// Whether the file name is that of a PKCS#12 file, which has a password.
fn has_password(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    [".p12", ".pfx"].iter().any(|ending| name.ends_with(ending))
}

/// Finds, saves or removes the secret, and sends its location to the form.
fn run_command(name: SecretName, command: SecretCommand, scene: Scene<'_>) -> Action<Message> {
    let secret = name.clone();
    scene.serve(
        move |services| services.run_secret_command(secret, command),
        move |found| Message::Secret(SecretMessage::Found(name.clone(), found)),
    )
}

fn location_message(message: LocationMessage) -> Message {
    Message::Secret(SecretMessage::Location(message))
}
