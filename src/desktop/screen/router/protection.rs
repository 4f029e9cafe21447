//! The form for who may deliver to the router: its certificate, client certificates and API keys.

use std::path::PathBuf;

use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use crate::desktop::language::Texts;
use crate::desktop::model::certificate_kind::CertificateKind;
use crate::desktop::model::error::Error;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::part::words::{choice_words, obstacles};
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, FIELD_SPACING, Field, choice_field, editor_with, heading, horizontal_line, icon_button, labelled_button,
    note, one_line, plain_button, text_field,
};
use crate::router::RouterCertificate;
use crate::rules::Cvr;
use crate::store::{ApiKey, ApiKeyEntry, ApiKeyUses, ApiKeys, CertificateChoice, Guard, Protection, RouterSettings};
use crate::visible::as_seen;

const KIND_FIELD: &str = "protection-kind";
const CERTIFICATE_FIELD: &str = "protection-certificate";
const KEY_FIELD: &str = "protection-key";
const PKCS12_FIELD: &str = "protection-pkcs12";
const PASSWORD_FIELD: &str = "protection-password";
const ISSUERS_FIELD: &str = "protection-issuers";
const CVRS_FIELD: &str = "protection-cvrs";
const KEY_NAME_FIELD: &str = "protection-key-name";

/// *Hvem må aflevere*: the state of the form.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct Panel {
    original: Protection,
    kind: CertificateKind,
    certificate: String,
    key: String,
    pkcs12: String,
    password: String,
    issuers: String,
    cvrs: String,
    was_tried: bool,
    /// The name of the next key.
    key_name: String,
    /// The key that was just made. It is shown until the form is closed.
    new_key: Option<ApiKey>,
    /// The id of the key whose revocation waits to be confirmed.
    revoking: Option<String>,
}

#[derive(Debug, Clone)]
pub enum Message {
    Open,
    /// Close the form unless it has unsaved changes.
    Leave,
    /// Close the form and discard its changes.
    Close,
    Kind(CertificateKind),
    Certificate(String),
    Key(String),
    Pkcs12(String),
    Password(String),
    Issuers(String),
    Cvrs(String),
    Save,
    KeyName(String),
    MakeKey,
    /// Ask for confirmation to revoke the key with this id.
    Revoke(String),
    /// Do not revoke it.
    KeepKey,
    /// Revoke it.
    RevokeNow,
    RemoveKeys,
    /// Reset a damaged setting to its default.
    Reset(Guard),
    CopyKey,
    CopyFingerprint(String),
}

/// The errors of the fields.
#[derive(Debug, Default, PartialEq, Eq)]
struct Errors {
    certificate: Option<String>,
    key: Option<String>,
    pkcs12: Option<String>,
    issuers: Option<String>,
    cvrs: Option<String>,
}

impl Panel {
    pub fn new(protection: &Protection) -> Self {
        let shown = |path: &PathBuf| path.display().to_string();
        let [mut certificate, mut key, mut pkcs12, mut password] = [const { String::new() }; 4];
        let kind = match &protection.certificate {
            CertificateChoice::None => CertificateKind::None,
            CertificateChoice::SelfSigned => CertificateKind::SelfSigned,
            CertificateChoice::Pem { certificate: its_file, key: its_key } => {
                (certificate, key) = (shown(its_file), shown(its_key));
                CertificateKind::Pem
            }
            CertificateChoice::Pkcs12 { file, password_file } => {
                pkcs12 = shown(file);
                password = password_file.as_ref().map(shown).unwrap_or_default();
                CertificateKind::Pkcs12
            }
        };
        let cvrs: Vec<_> = protection.client_cvrs.iter().map(ToString::to_string).collect();
        Self {
            original: protection.clone(),
            kind,
            certificate,
            key,
            pkcs12,
            password,
            issuers: protection.client_issuers.as_ref().map(shown).unwrap_or_default(),
            cvrs: cvrs.join(", "),
            was_tried: false,
            key_name: String::new(),
            new_key: None,
            revoking: None,
        }
    }

    /// Shows a key that was just made. The store has only its hash, so it cannot be shown later.
    pub fn show_key(&mut self, key: Option<ApiKey>) {
        if key.is_some() {
            self.key_name.clear();
        }
        self.new_key = key;
    }

    /// Whether there are unsaved changes.
    pub fn is_changed(&self) -> bool {
        self.written() != Self::new(&self.original).written()
    }

    fn written(&self) -> (CertificateKind, [&str; 6]) {
        let fields = [&self.certificate, &self.key, &self.pkcs12, &self.password, &self.issuers, &self.cvrs];
        (self.kind, fields.map(|field| field.trim()))
    }

    /// Handles a message. Returns `None` when the form is to be closed.
    pub fn update(&mut self, message: Message, t: &'static Texts) -> Option<Action<Message>> {
        match message {
            Message::Open => {}
            Message::Leave if self.is_changed() => return Some(Action::warn_unsaved()),
            Message::Leave | Message::Close => return None,
            Message::Kind(kind) => self.kind = kind,
            Message::Certificate(text) => self.certificate = text,
            Message::Key(text) => self.key = text,
            Message::Pkcs12(text) => self.pkcs12 = text,
            Message::Password(text) => self.password = text,
            Message::Issuers(text) => self.issuers = text,
            Message::Cvrs(text) => self.cvrs = text,
            Message::Save => {
                self.was_tried = true;
                if let Some(protection) = self.read() {
                    self.original = protection.clone();
                    return Some(Request::SaveProtection(protection).into());
                }
            }
            Message::KeyName(text) => self.key_name = text,
            Message::MakeKey => {
                let name = Some(self.key_name.trim()).filter(|name| !name.is_empty());
                let name = name.map(str::to_owned);
                return Some(match ApiKey::random() {
                    Some(key) => Request::AddApiKey(key, name).into(),
                    None => Action::show_error(Error::Lost),
                });
            }
            Message::Revoke(id) => self.revoking = Some(id),
            Message::KeepKey => self.revoking = None,
            Message::RevokeNow => {
                if let Some(id) = self.revoking.take() {
                    return Some(Request::RevokeApiKey(id).into());
                }
            }
            Message::RemoveKeys => return Some(Request::RemoveApiKeys.into()),
            Message::Reset(guard) => return Some(Request::ResetSetting(guard).into()),
            Message::CopyKey => {
                if let Some(key) = &self.new_key {
                    return Some(copy(key.reveal().to_owned(), t));
                }
            }
            Message::CopyFingerprint(fingerprint) => return Some(copy(fingerprint, t)),
        }
        Some(Action::None)
    }

    fn read_cvrs(&self) -> Option<Vec<Cvr>> {
        let cvrs = as_seen(&self.cvrs);
        let numbers = cvrs.split([',', ' ']).filter(|number| !number.is_empty());
        numbers.map(|number| number.parse().ok()).collect()
    }

    fn read(&self) -> Option<Protection> {
        let path = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(PathBuf::from);
        let certificate = match self.kind {
            CertificateKind::None => CertificateChoice::None,
            CertificateKind::SelfSigned => CertificateChoice::SelfSigned,
            CertificateKind::Pem => {
                CertificateChoice::Pem { certificate: path(&self.certificate)?, key: path(&self.key)? }
            }
            CertificateKind::Pkcs12 => {
                CertificateChoice::Pkcs12 { file: path(&self.pkcs12)?, password_file: path(&self.password) }
            }
        };
        let protection =
            Protection { certificate, client_issuers: path(&self.issuers), client_cvrs: self.read_cvrs()? };
        let has_issuers = protection.client_issuers.is_some();
        let is_sound =
            (!has_issuers || self.kind != CertificateKind::None) && (has_issuers || protection.client_cvrs.is_empty());
        is_sound.then_some(protection)
    }

    /// The names of the fields that keep the form from being saved.
    fn obstacles(&self, t: &'static Texts) -> Vec<&'static str> {
        let w = &t.router.protection;
        let path_is_missing = |path: &str| path.trim().is_empty();
        let is = |kind| self.kind == kind;
        let errors = self.errors(t);
        let fields = [
            (is(CertificateKind::Pem) && path_is_missing(&self.certificate), w.certificate_file),
            (is(CertificateKind::Pem) && path_is_missing(&self.key), w.key_file),
            (is(CertificateKind::Pkcs12) && path_is_missing(&self.pkcs12), w.pkcs12_file),
            (errors.issuers.is_some(), w.issuers),
            (errors.cvrs.is_some(), w.cvrs),
        ];
        fields.into_iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, name)| name).collect()
    }

    fn errors(&self, t: &'static Texts) -> Errors {
        let w = &t.router.protection;
        let missing = |value: &str| (self.was_tried && value.trim().is_empty()).then(|| t.fields.missing.to_owned());
        let has_issuers = !self.issuers.trim().is_empty();
        let lacks_certificate = has_issuers && self.kind == CertificateKind::None;
        let cvrs = match self.read_cvrs() {
            None => Some(t.fields.not_a_cvr.to_owned()),
            Some(cvrs) => (!cvrs.is_empty() && !has_issuers).then(|| w.cvrs_need_issuers.to_owned()),
        };
        Errors {
            certificate: missing(&self.certificate),
            key: missing(&self.key),
            pkcs12: missing(&self.pkcs12),
            issuers: lacks_certificate.then(|| w.issuers_need_certificate.to_owned()),
            cvrs,
        }
    }

    pub fn view<'a>(
        &'a self,
        t: &'static Texts,
        settings: &'a RouterSettings,
        uses: &ApiKeyUses,
        certificate: Option<&'a RouterCertificate>,
    ) -> Element<'a, Message> {
        let w = &t.router.protection;
        let close = icon_button(Icon::X, t.close).on_press(Message::Leave);
        let errors = self.errors(t);
        let field =
            |about, id, value, message: fn(String) -> Message| text_field(about, id, "", value, message, Message::Save);
        let issuers = Field::new(w.issuers).error(errors.issuers).hint(w.issuers_hint.to_owned());
        let cvrs = Field::new(w.cvrs).error(errors.cvrs).hint(w.cvrs_hint.to_owned());
        let choices = CertificateKind::ALL.map(|kind| Choice::new(kind, (w.kind)(kind)));
        let kind = Field::new(w.own_certificate).hint((w.kind_hint)(self.kind).to_owned());
        let file = |label, error| Field::new(label).error(error);
        let files = match self.kind {
            CertificateKind::None | CertificateKind::SelfSigned => None,
            CertificateKind::Pem => Some(column![
                field(
                    file(w.certificate_file, errors.certificate),
                    CERTIFICATE_FIELD,
                    &self.certificate,
                    Message::Certificate
                ),
                field(file(w.key_file, errors.key), KEY_FIELD, &self.key, Message::Key),
            ]),
            CertificateKind::Pkcs12 => Some(column![
                field(file(w.pkcs12_file, errors.pkcs12), PKCS12_FIELD, &self.pkcs12, Message::Pkcs12),
                field(
                    Field::new(w.password_file).hint(w.password_hint.to_owned()),
                    PASSWORD_FIELD,
                    &self.password,
                    Message::Password
                ),
            ]),
        };
        let content = column![
            row![container(heading(w.title)).width(Fill), close].align_y(Center),
            damaged(t, settings),
            choice_field(kind, KIND_FIELD, choices, Some(&self.kind), ("", choice_words(t)), Message::Kind),
            files.map(|files| files.spacing(FIELD_SPACING)),
            certificate.map(|certificate| {
                let copy = Message::CopyFingerprint(certificate.fingerprint.clone());
                to_copy(t, w.fingerprint(certificate.valid_until), &certificate.fingerprint, copy)
            }),
            field(issuers, ISSUERS_FIELD, &self.issuers, Message::Issuers),
            field(cvrs, CVRS_FIELD, &self.cvrs, Message::Cvrs),
            horizontal_line(),
            self.keys(t, settings, uses),
        ];
        let save = labelled_button(Icon::Check, w.save).style(theme::primary);
        let may_save = self.is_changed() || settings.damaged.contains(Guard::Protection);
        let lacking = if may_save { self.obstacles(t) } else { Vec::new() };
        let save = save.on_press_maybe((may_save && lacking.is_empty()).then_some(Message::Save));
        let cancel = plain_button(t.cancel).style(theme::secondary).on_press(Message::Close);
        editor_with(content.spacing(FIELD_SPACING), obstacles(t, &lacking), row![save, cancel])
    }

    /// The API keys, with the buttons that make and revoke them. Changes take effect at once, without saving the form.
    fn keys<'a>(&'a self, t: &'static Texts, settings: &'a RouterSettings, uses: &ApiKeyUses) -> Element<'a, Message> {
        let w = &t.router.protection;
        let is_damaged = settings.damaged.contains(Guard::ApiKey);
        let keys = settings.api_key.as_ref().filter(|_| !is_damaged);
        let state = match keys {
            None if is_damaged => w.has_key,
            None => w.no_key,
            Some(keys) if keys.is_empty() => w.no_key_left,
            Some(_) => w.has_key,
        };
        let title = text(w.api_key).size(theme::SMALL).font(theme::SEMIBOLD);
        let lines = keys.into_iter().flat_map(ApiKeys::iter).map(|key| self.key_line(t, key, uses));
        let shown = self.new_key.as_ref();
        let shown = shown.map(|key| to_copy(t, w.new_key.to_owned(), key.reveal(), Message::CopyKey));
        let name = Field::new(w.key_name).hint(w.key_name_hint.to_owned());
        let name = text_field(name, KEY_NAME_FIELD, "", &self.key_name, Message::KeyName, Message::MakeKey);
        let has_key = keys.is_some() || is_damaged;
        let make = labelled_button(Icon::KeyRound, if has_key { w.replace_key } else { w.make_key });
        let make = make.style(theme::secondary).on_press(Message::MakeKey);
        let words = if keys.is_some_and(|keys| keys.len() > 1) { w.remove_keys } else { w.remove_key };
        let remove =
            has_key.then(|| labelled_button(Icon::Trash2, words).style(theme::danger).on_press(Message::RemoveKeys));
        let lines = column(lines).spacing(8);
        column![column![title, note(state)].spacing(4), lines, shown, name, row![make, remove].spacing(8)]
            .spacing(10)
            .into()
    }

    fn key_line<'a>(&'a self, t: &'static Texts, key: &'a ApiKeyEntry, uses: &ApiKeyUses) -> Element<'a, Message> {
        let w = &t.router.protection;
        let times = note(w.key_times(key.made, uses.get(key.id()).copied()));
        let about = column![one_line(&key.name).bold(), times].spacing(2).width(Fill);
        if self.revoking.as_deref() != Some(key.id()) {
            let revoke = icon_button(Icon::Trash2, w.revoke).on_press(Message::Revoke(key.id().to_owned()));
            return row![about, revoke].spacing(8).into();
        }
        let sure = plain_button(w.revoke_now).style(theme::danger).on_press(Message::RevokeNow);
        let cancel = plain_button(t.cancel).style(theme::secondary).on_press(Message::KeepKey);
        let content = column![about, note(w.revoke_hint), row![sure, cancel].spacing(8)];
        container(content.spacing(8)).padding(12).width(Fill).style(theme::card).into()
    }
}

/// The damaged settings that keep the router from starting. Those that have no field in the window have a button that resets
/// them.
fn damaged<'a>(t: &'static Texts, settings: &RouterSettings) -> Option<Element<'a, Message>> {
    let w = &t.router.protection;
    let one = |guard: Guard| -> Element<'a, Message> {
        let reset = matches!(guard, Guard::TrustedIssuers | Guard::Proxy | Guard::Secrets | Guard::Retention)
            .then(|| plain_button(w.reset).style(theme::secondary).on_press(Message::Reset(guard)));
        column![text((w.damaged)(guard)).size(theme::SMALL).style(theme::bad), reset].spacing(8).into()
    };
    (!settings.damaged.is_empty()).then(|| column(settings.damaged.iter().map(one)).spacing(12).into())
}

/// A long value with a copy button.
fn to_copy<'a>(t: &'static Texts, about: String, what: &'a str, message: Message) -> Element<'a, Message> {
    let copy = labelled_button(Icon::Copy, t.router.protection.copy).style(theme::secondary).on_press(message);
    let what = text(what).size(theme::SMALL).wrapping(text::Wrapping::Glyph);
    let content = column![note(about), what, copy];
    container(content.spacing(8)).padding(12).width(Fill).style(theme::card).into()
}

/// Copies the text and shows a notice of it.
fn copy(text: String, t: &'static Texts) -> Action<Message> {
    Action::notify(t.router.protection.copied).then(Action::copy(text))
}
