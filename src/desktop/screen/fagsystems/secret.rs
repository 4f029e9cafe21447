use iced::widget::{column, container, row, text};
use iced::{Element, Fill};
use lucide_icons::Icon;

use super::Message;
use super::secrets_location::{HomeForm, HomeMessage, way_back};
use crate::desktop::model::error::Error;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::{SecretCommand, SecretInput};
use crate::desktop::theme;
use crate::desktop::widget::{
    Field, labelled_button, note, plain_button, secret_field, status, text_field, warning_line,
};
use crate::secrets::{SecretKind, SecretName, SecretsError, SecretsLocation};

const SECRET_FIELD: &str = "fagsystem-secret";
const PASSWORD_FIELD: &str = "fagsystem-password";

/// The secret that the fagsystem being edited wants. It is no part of the draft: keeping and removing it is done at once.
#[derive(Debug, Clone, Default)]
pub(super) struct SecretForm {
    name: Option<SecretName>,
    /// A header's value, or where a certificate's file is.
    typed: SecretInput,
    /// Of that file.
    password: SecretInput,
    state: State,
    home: HomeForm,
}

#[derive(Debug, Clone, Default)]
enum State {
    #[default]
    Looking,
    Kept(SecretsLocation),
    Missing,
    Failed(Error),
}

#[derive(Debug, Clone)]
pub enum SecretMessage {
    Typed(SecretInput),
    Password(SecretInput),
    Keep,
    Remove,
    /// Where it is kept now, if it is.
    Told(SecretName, Result<Option<SecretsLocation>, Error>),
    /// See again whether it is kept.
    Look,
    Home(HomeMessage),
    /// All secrets are kept elsewhere from now on, or why not.
    Moved(Option<Error>),
}

impl SecretForm {
    pub fn is_changed(&self) -> bool {
        !self.typed.reveal().is_empty()
    }

    /// Turns to another secret, and asks whether it is kept.
    pub fn turn_to(&mut self, name: Option<SecretName>, scene: Scene<'_>) -> Action<Message> {
        if self.name == name {
            return Action::None;
        }
        *self = Self { name: name.clone(), ..Self::default() };
        name.map(|name| see_to(name, SecretCommand::Find, scene)).into()
    }

    pub fn update(&mut self, message: SecretMessage, scene: Scene<'_>) -> Action<Message> {
        match message {
            SecretMessage::Typed(typed) => self.typed = typed,
            SecretMessage::Password(typed) => self.password = typed,
            SecretMessage::Keep => {
                let Some(name) = self.name.clone().filter(|_| self.is_changed()) else { return Action::None };
                self.state = State::Looking;
                let keep = SecretCommand::Save { typed: self.typed.clone(), password: self.password.clone() };
                return see_to(name, keep, scene);
            }
            SecretMessage::Remove => {
                self.state = State::Looking;
                return self.name.clone().map(|name| see_to(name, SecretCommand::Remove, scene)).into();
            }
            SecretMessage::Told(name, told) if self.name.as_ref() == Some(&name) => {
                if matches!(told, Ok(Some(_))) {
                    (self.typed, self.password) = (SecretInput::default(), SecretInput::default());
                }
                self.state = match told {
                    Ok(Some(home)) => State::Kept(home),
                    Ok(None) => State::Missing,
                    Err(error) => State::Failed(error),
                };
            }
            SecretMessage::Told(..) => {}
            SecretMessage::Look => return self.look(scene),
            SecretMessage::Home(message) => {
                return self.home.update(message, scene).map(|home| Request::MoveSecrets(home).into()).into();
            }
            SecretMessage::Moved(Some(error)) => self.home.failed(error),
            SecretMessage::Moved(None) => {
                self.home = HomeForm::default();
                return self.look(scene);
            }
        }
        Action::None
    }

    fn look(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.state = State::Looking;
        self.name.clone().map(|name| see_to(name, SecretCommand::Find, scene)).into()
    }

    /// Whether it is the place that cannot be used, whatever is to be kept there.
    fn has_no_home(&self) -> bool {
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

    /// How it stands with the secret, and what can be done; nothing when no secret is wanted.
    pub fn view<'a>(&'a self, scene: Scene<'a>, wanted: Option<&SecretName>) -> Option<Element<'a, Message>> {
        let name = self.name.as_ref().filter(|name| Some(*name) == wanted)?;
        let content = if self.has_no_home() { self.homeless(scene) } else { self.keeping(name, scene) };
        Some(container(content).padding(12).width(Fill).style(theme::card).into())
    }

    /// Where it is to be kept instead.
    fn homeless<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, a) = (scene.t, &scene.t.access);
        let error = match &self.state {
            State::Failed(Error::Secrets(SecretsError::Keyring(_))) => Some(a.no_keyring.to_owned()),
            State::Failed(error) => Some((t.error)(error)),
            _ => None,
        };
        let error = error.map(warning_line);
        let again = labelled_button(Icon::RefreshCw, a.try_again).style(theme::secondary);
        let again = again.on_press(Message::Secret(SecretMessage::Look));
        column![error, again, self.home.view(scene).map(of_home)].spacing(12).into()
    }

    fn keeping<'a>(&'a self, name: &SecretName, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, a) = (scene.t, &scene.t.access);
        let state: Element<'a, Message> = match &self.state {
            State::Looking => note(a.looking).into(),
            State::Kept(home) => status(Icon::KeyRound, (a.kept)(home), theme::good),
            State::Missing => text(a.missing).style(theme::warning).into(),
            State::Failed(error) => text((t.error)(error)).style(theme::bad).into(),
        };
        let told = |message| Message::Secret(message);
        let typed = |text: String| Message::Secret(SecretMessage::Typed(SecretInput::new(text)));
        let (field, submit) = (self.typed.reveal(), told(SecretMessage::Keep));
        let input = match name.kind {
            SecretKind::HeaderValue => secret_field(Field::new(a.value), SECRET_FIELD, field, typed, submit),
            SecretKind::ClientCertificate => {
                let about = Field::new(a.certificate).hint(a.certificate_hint.to_owned());
                text_field(about, SECRET_FIELD, "", field, typed, submit)
            }
        };
        let password = (name.kind == SecretKind::ClientCertificate && has_password(field)).then(|| {
            let typed = |text: String| Message::Secret(SecretMessage::Password(SecretInput::new(text)));
            let (about, submit) = (Field::new(a.password), told(SecretMessage::Keep));
            secret_field(about, PASSWORD_FIELD, self.password.reveal(), typed, submit)
        });
        let is_kept = matches!(self.state, State::Kept(_));
        let keep = labelled_button(Icon::KeyRound, if is_kept { a.replace } else { a.keep }).style(theme::secondary);
        let keep = keep.on_press_maybe(self.is_changed().then(|| told(SecretMessage::Keep)));
        let remove = plain_button(a.remove).style(theme::danger);
        let remove = is_kept.then(|| remove.on_press(told(SecretMessage::Remove)));
        let buttons = row![keep, remove].spacing(8);
        column![state, input, password, buttons, note(a.about), way_back(scene).map(|back| back.map(of_home))]
            .spacing(10)
            .into()
    }
}

/// Whether a file of that name is in PKCS#12.
fn has_password(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    [".p12", ".pfx"].iter().any(|ending| name.ends_with(ending))
}

/// Has the secret looked for, kept or removed; the form is told where it is kept then.
fn see_to(name: SecretName, command: SecretCommand, scene: Scene<'_>) -> Action<Message> {
    let asked = name.clone();
    scene.serve(
        move |services| services.run_secret_command(asked, command),
        move |kept| Message::Secret(SecretMessage::Told(name.clone(), kept)),
    )
}

fn of_home(message: HomeMessage) -> Message {
    Message::Secret(SecretMessage::Home(message))
}
