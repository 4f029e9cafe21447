//! The view of the authority form.

use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::Message;
use super::form::{AuthorityForm, Errors, FormMessage};
use crate::desktop::language::names::danish_order;
use crate::desktop::screen::part::words::{choice_words, obstacles};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, FIELD_SPACING, Field, choice_field, editor_with, group, icon_button, labelled_button, note, one_line,
    plain_button, status, text_field, warning_line,
};
use crate::rules::Authority;

pub(super) const NAME_FIELD: &str = "authority-name";
const CVR_FIELD: &str = "authority-cvr";
const MORE_FIELD: &str = "authority-more";
const DEFAULT_FIELD: &str = "authority-default";
const FAGSYSTEM_FIELD: &str = "authority-fagsystem";
const ENDPOINT_FIELD: &str = "authority-endpoint";

fn field<'a>(
    about: Field,
    id: &'static str,
    placeholder: &str,
    value: &str,
    on_change: fn(String) -> FormMessage,
) -> Element<'a, Message> {
    text_field(about, id, placeholder, value, move |text| Message::Form(on_change(text)), Message::Save)
}

/// A note that the edited entry has changed in the draft, with a reload button.
pub(super) fn overtaken(scene: Scene<'_>) -> Element<'_, Message> {
    let words = text(scene.t.authorities.overtaken).style(theme::warning);
    let reload = plain_button(scene.t.rules.reload).style(theme::secondary).on_press(Message::Reload);
    container(column![words, reload].spacing(10)).padding(12).width(Fill).style(theme::card).into()
}

impl AuthorityForm {
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, a) = (scene.t, &scene.t.authorities);
        let errors = self.errors(scene);
        let authority = self.in_draft(scene);
        let title = if self.original_cvr().is_some() { self.fields.name.as_str() } else { a.new };
        let close = icon_button(Icon::X, t.close).on_press(Message::Leave);
        let is_overtaken = self.is_overtaken(scene);
        let overtaken = is_overtaken.then(|| overtaken(scene));
        let save = labelled_button(Icon::Check, t.save).style(theme::primary);
        let save = save
            .on_press_maybe((!is_overtaken && self.is_changed() && self.is_complete(scene)).then_some(Message::Save));
        let cancel = plain_button(t.cancel).style(theme::secondary).on_press(Message::Close);
        let recipient = match authority {
            Some(authority) => self.default_choice(authority, scene),
            None => self.first_fagsystem(&errors, scene),
        };
        let content = column![
            row![container(one_line(title).bold().size(theme::HEADING)).width(Fill), close].align_y(Center),
            overtaken,
            group(t.fagsystems.basics, self.basics(&errors, scene)),
            group(if authority.is_some() { t.fagsystems.default } else { a.first_fagsystem }, recipient),
            authority.map(|authority| group(a.contents, self.contents(authority, scene))),
            authority.map(|_| self.deleting(scene)),
        ];
        let question = authority.and_then(|authority| self.question(authority, scene));
        let lacking = if self.is_changed() { self.obstacles(scene) } else { Vec::new() };
        let question = question.or_else(|| obstacles(t, &lacking));
        editor_with(content.spacing(24), question, row![save, cancel])
    }

    fn basics<'a>(&'a self, errors: &Errors, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, a, fields) = (scene.t, &scene.t.authorities, &self.fields);
        let odd: Vec<_> = fields.numbers().filter(|cvr| !cvr.has_valid_check_digit()).collect();
        let doubt = |is_first: bool| {
            let own = self.fields.cvr.trim();
            let odd = odd.iter().find(|cvr| (cvr.to_string() == own) == is_first);
            odd.map(|cvr| (a.check_digit)(*cvr))
        };
        let name = Field::new(t.welcome.name).error(errors.name.clone());
        let cvr = Field::new(t.welcome.cvr).error(errors.cvr.clone()).doubt(doubt(true));
        let more = Field::new(a.more).error(errors.more.clone()).doubt(doubt(false)).hint(a.more_hint.to_owned());
        column![
            field(name, NAME_FIELD, t.welcome.name_example, &fields.name, FormMessage::Name),
            field(cvr, CVR_FIELD, "12345674", &fields.cvr, FormMessage::Cvr),
            self.other_cvr(errors, scene),
            field(more, MORE_FIELD, "", &fields.more, FormMessage::More),
        ]
        .spacing(FIELD_SPACING)
        .into()
    }

    /// What a new CVR number means for its rules and keys.
    fn other_cvr<'a>(&'a self, errors: &Errors, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        let authority = self.in_draft(scene).filter(|_| self.changes_cvr() && errors.cvr.is_none())?;
        let a = &scene.t.authorities;
        let with_keys = authority.fagsystems.iter().filter(|fagsystem| !fagsystem.access.is_open()).count();
        let keys = (with_keys > 0).then(|| note((a.keys_stay)(with_keys, authority.cvr)));
        let words = column![warning_line((a.other_cvr)(authority.cvr)), keys].spacing(6);
        Some(container(words).padding(12).width(Fill).style(theme::card).into())
    }

    fn default_choice<'a>(&'a self, authority: &Authority, scene: Scene<'a>) -> Element<'a, Message> {
        let mut choices: Vec<_> = authority
            .fagsystems
            .iter()
            .map(|it| Choice::new(it.id.clone(), it.name.as_str()).also(it.id.as_str()))
            .collect();
        choices.sort_by(|one, other| danish_order(one.name(), other.name()));
        let about = Field::new(scene.t.authorities.default).hint(scene.t.authorities.default_hint.to_owned());
        let on_choose = |id| Message::Form(FormMessage::Default(id));
        let words = (scene.t.fields.choose, choice_words(scene.t));
        choice_field(about, DEFAULT_FIELD, choices, self.fields.default.as_ref(), words, on_choose)
    }

    fn first_fagsystem<'a>(&'a self, errors: &Errors, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, fields) = (scene.t, &self.fields);
        let name = Field::new(t.fagsystems.name).error(errors.fagsystem.clone());
        let name = name.hint(t.authorities.default_hint.to_owned());
        let endpoint = Field::new(t.fagsystems.endpoint).address().error(errors.endpoint.clone());
        column![
            field(name, FAGSYSTEM_FIELD, "ESDH", &fields.fagsystem, FormMessage::Fagsystem),
            field(endpoint, ENDPOINT_FIELD, "https://esdh.example/postmodtag", &fields.endpoint, FormMessage::Endpoint),
        ]
        .spacing(FIELD_SPACING)
        .into()
    }

    /// What it contains, and whether it is the one shown on the other screens.
    fn contents<'a>(&'a self, authority: &Authority, scene: Scene<'a>) -> Element<'a, Message> {
        let a = &scene.t.authorities;
        let shown: Element<'a, Message> = if authority.cvr == scene.authority.cvr {
            status(Icon::Eye, a.is_shown, theme::accent)
        } else {
            let show = labelled_button(Icon::Eye, a.show).style(theme::secondary);
            show.on_press_maybe((!self.is_changed()).then_some(Message::ShowAuthority)).into()
        };
        column![text(a.holds(authority)), shown].spacing(12).into()
    }

    fn deleting<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let a = &scene.t.authorities;
        let is_last = scene.bench.book().authorities.len() == 1;
        let delete = labelled_button(Icon::Trash2, a.delete).style(theme::danger);
        let can_ask = !is_last && !self.asks_to_delete();
        let delete = delete.on_press_maybe(can_ask.then_some(Message::AskToDelete(true)));
        column![delete, is_last.then(|| note(a.last))].spacing(6).into()
    }

    /// The confirmation of a deletion, with everything that is deleted.
    fn question<'a>(&'a self, authority: &Authority, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        if !self.asks_to_delete() {
            return None;
        }
        let a = &scene.t.authorities;
        let delete = labelled_button(Icon::Trash2, a.delete_indeed).style(theme::danger).on_press(Message::Delete);
        let keep = plain_button(a.keep).style(theme::secondary).on_press(Message::AskToDelete(false));
        Some(column![warning_line(a.deletes(authority)), row![delete, keep].spacing(8)].spacing(12).into())
    }
}
