//! The form of a known authority.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::Message;
use super::editor::overtaken;
use super::known_message::KnownMessage;
use crate::desktop::language::parse::read_cvr;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::part::words::obstacles;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    FIELD_SPACING, Field, editor_with, icon_button, labelled_button, one_line, plain_button, text_field,
};
use crate::rules::{Cvr, KnownAuthority, RuleBook};

pub(super) const CVR_FIELD: &str = "known-cvr";
const NAME_FIELD: &str = "known-name";

#[derive(Debug, Clone)]
pub(super) struct KnownForm {
    /// The known authority as it was when the form was opened; `None` for a new one.
    original: Option<KnownAuthority>,
    cvr: String,
    name: String,
    was_tried: bool,
}

impl KnownForm {
    pub fn of(known: Option<&KnownAuthority>) -> Self {
        Self {
            original: known.cloned(),
            cvr: known.map(|known| known.cvr.to_string()).unwrap_or_default(),
            name: known.map(|known| known.name.clone()).unwrap_or_default(),
            was_tried: false,
        }
    }

    pub fn original_cvr(&self) -> Option<Cvr> {
        self.original.as_ref().map(|known| known.cvr)
    }

    pub fn is_changed(&self) -> bool {
        let as_opened = Self::of(self.original.as_ref());
        (&self.cvr, &self.name) != (&as_opened.cvr, &as_opened.name)
    }

    /// Whether it has been changed or deleted in the draft since the form was opened.
    pub fn is_overtaken(&self, scene: Scene<'_>) -> bool {
        self.original.as_ref().is_some_and(|original| !scene.bench.book().known_authorities.contains(original))
    }

    fn error(&self, scene: Scene<'_>) -> Option<String> {
        let t = scene.t;
        match read_cvr(&self.cvr) {
            Some(cvr) => {
                let is_taken = scene.bench.book().known_authorities.iter().any(|known| known.cvr == cvr);
                (is_taken && self.original_cvr() != Some(cvr)).then(|| t.authorities.known_already.to_owned())
            }
            None if self.cvr.trim().is_empty() => self.was_tried.then(|| t.fields.missing.to_owned()),
            None => Some(t.fields.not_a_cvr.to_owned()),
        }
    }

    /// Whether it can be saved.
    fn is_complete(&self, scene: Scene<'_>) -> bool {
        read_cvr(&self.cvr).is_some() && self.error(scene).is_none()
    }

    fn doubt(&self, scene: Scene<'_>) -> Option<String> {
        let a = &scene.t.authorities;
        let cvr = read_cvr(&self.cvr)?;
        let own = scene.bench.book().authorities.iter().find(|authority| authority.cvrs().any(|own| own == cvr));
        match own {
            Some(own) => Some((a.is_own)(&own.name)),
            None => (!cvr.has_valid_check_digit()).then(|| (a.check_digit)(cvr)),
        }
    }

    pub fn update(&mut self, message: KnownMessage, scene: Scene<'_>) -> Action<Message> {
        match message {
            KnownMessage::Cvr(text) => self.cvr = text,
            KnownMessage::Name(text) => self.name = text,
            KnownMessage::Save => return self.save(scene),
            _ => {}
        }
        Action::None
    }

    fn save(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.was_tried = true;
        let Some(cvr) = read_cvr(&self.cvr).filter(|_| self.error(scene).is_none()) else { return Action::None };
        if !self.is_changed() || self.is_overtaken(scene) {
            return Action::None;
        }
        let known = KnownAuthority { cvr, name: self.name.trim().to_owned() };
        let mut book = RuleBook::clone(scene.bench.book());
        let edit = if let Some(old) = self.original_cvr() {
            let entry = book.known_authorities.iter_mut().filter(|entry| entry.cvr == old);
            entry.for_each(|entry| entry.clone_from(&known));
            DraftEdit::KnownAuthorityChanged(name(&known))
        } else {
            book.known_authorities.push(known.clone());
            DraftEdit::KnownAuthorityAdded(name(&known))
        };
        *self = Self::of(Some(&known));
        Action::edit(book, edit)
    }

    pub fn remove(&self, scene: Scene<'_>) -> Action<Message> {
        let Some(original) = &self.original else { return Action::None };
        let mut book = RuleBook::clone(scene.bench.book());
        book.known_authorities.retain(|known| known.cvr != original.cvr);
        Action::edit(book, DraftEdit::KnownAuthorityDeleted(name(original)))
    }

    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, a) = (scene.t, &scene.t.authorities);
        let title = match &self.original {
            Some(original) => name(original),
            None => a.new_known.to_owned(),
        };
        let close = icon_button(Icon::X, t.close).on_press(Message::Leave);
        let is_overtaken = self.is_overtaken(scene);
        let overtaken = is_overtaken.then(|| overtaken(scene));
        let save = labelled_button(Icon::Check, t.save).style(theme::primary);
        let save = save
            .on_press_maybe((self.is_changed() && !is_overtaken && self.is_complete(scene)).then_some(Message::Save));
        let cancel = plain_button(t.cancel).style(theme::secondary).on_press(Message::Close);
        let cvr = Field::new(t.welcome.cvr).error(self.error(scene)).doubt(self.doubt(scene));
        let on_cvr = |text| Message::Known(KnownMessage::Cvr(text));
        let on_name = |text| Message::Known(KnownMessage::Name(text));
        let remove = labelled_button(Icon::Trash2, a.remove).style(theme::danger);
        let remove = self.original.is_some().then(|| remove.on_press(Message::Known(KnownMessage::Remove)));
        let content = column![
            row![container(one_line(title).bold().size(theme::HEADING)).width(Fill), close].align_y(Center),
            overtaken,
            text_field(cvr, CVR_FIELD, "12345674", &self.cvr, on_cvr, Message::Save),
            text_field(Field::new(t.fagsystems.name), NAME_FIELD, "", &self.name, on_name, Message::Save),
            remove,
        ];
        let lacking = (self.is_changed() && !self.is_complete(scene)).then_some(t.welcome.cvr);
        editor_with(content.spacing(FIELD_SPACING), obstacles(t, lacking.as_slice()), row![save, cancel])
    }
}

/// Its name, or its number if it has none.
fn name(known: &KnownAuthority) -> String {
    if known.name.is_empty() { format!("CVR {}", known.cvr) } else { known.name.clone() }
}
