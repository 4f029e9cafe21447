//! The view of the fagsystem form.

use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::form::{Errors, FagsystemForm};
use super::list::status_line;
use super::secret::SecretForm;
use super::{FormMessage, Message};
use crate::desktop::model::access_kind::AccessKind;
use crate::desktop::screen::part::away;
use crate::desktop::screen::part::mark::mark_line;
use crate::desktop::screen::part::words::{choice_words, obstacles};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, FIELD_SPACING, Field, choice_field, editor_with, group, icon_button, labelled_button, note, one_line,
    plain_button, switch, text_field, warning_line,
};
use crate::rules::{FagsystemId, HeaderName};
use crate::store::Overview;

pub(super) const NAME_FIELD: &str = "fagsystem-name";
const ID_FIELD: &str = "fagsystem-id";
const ENDPOINT_FIELD: &str = "fagsystem-endpoint";
const CONTACT_FIELD: &str = "fagsystem-contact";
const NOTE_FIELD: &str = "fagsystem-note";
const ACCESS_FIELD: &str = "fagsystem-access";
const HEADER_FIELD: &str = "fagsystem-header";
const CONNECT_FIELD: &str = "fagsystem-connect";
const ANSWER_FIELD: &str = "fagsystem-answer";

/// Whether anything was ever sent to it. Of others nothing is known.
fn was_tried(id: &FagsystemId, overview: &Overview, scene: Scene<'_>) -> bool {
    overview.fagsystem(scene.authority.cvr, id).record.was_tried()
}

/// What would wait if it were away, and how long until it is deactivated.
fn if_away<'a>(id: &FagsystemId, overview: &Overview, scene: Scene<'a>) -> Element<'a, Message> {
    let [waiting, deactivation] = away::in_words(overview, scene.authority, id, scene);
    column![text(waiting), text(deactivation), note(scene.t.away.counted_from(overview, scene.now))].spacing(6).into()
}

fn field<'a>(
    about: Field,
    id: &'static str,
    placeholder: &str,
    value: &str,
    on_change: fn(String) -> FormMessage,
) -> Element<'a, Message> {
    text_field(about, id, placeholder, value, move |text| Message::Form(on_change(text)), Message::Save)
}

impl FagsystemForm {
    pub fn view<'a>(
        &'a self,
        scene: Scene<'a>,
        secret: &'a SecretForm,
        overview: Option<&Overview>,
    ) -> Element<'a, Message> {
        let (t, f) = (scene.t, &scene.t.fagsystems);
        let errors = self.read(scene).err().unwrap_or_default();
        let title = if self.original.is_some() { self.fields.name.as_str() } else { f.new };
        let close = icon_button(Icon::X, t.close).on_press(Message::Leave);
        let is_overtaken = self.is_overtaken(scene.authority);
        let overtaken = is_overtaken.then(|| {
            let words = text(f.overtaken).style(theme::warning);
            let reload = plain_button(t.rules.reload).style(theme::secondary).on_press(Message::Reload);
            container(column![words, reload].spacing(10)).padding(12).width(Fill).style(theme::card)
        });
        let can_save = !is_overtaken && (self.is_changed() || secret.is_changed()) && self.can_be_saved(scene);
        let save = labelled_button(Icon::Check, t.save).style(theme::primary);
        let save = save.on_press_maybe(can_save.then_some(Message::Save));
        let cancel = plain_button(t.cancel).style(theme::secondary).on_press(Message::Close);
        let original = self.original_id();
        let mark = original.and_then(|id| scene.bench.insight().marks.fagsystem(scene.authority.cvr, id));
        let top = row![container(one_line(title).bold().size(theme::HEADING)).width(Fill), close].align_y(Center);
        let selected = original.and_then(|id| scene.authority.fagsystem(id));
        let status_line = selected.map(|fagsystem| status_line(fagsystem, overview, scene));
        let content = column![
            column![top, status_line, mark_line(mark, t)],
            overtaken,
            original
                .zip(overview)
                .filter(|(id, overview)| was_tried(id, overview, scene))
                .map(|(id, overview)| group(scene.t.away.of_one, if_away(id, overview, scene))),
            group(f.basics, self.basics(&errors, scene)),
            group(f.access, self.access(&errors, scene, secret)),
            group(f.times, self.times(&errors, scene)),
            original.map(|id| group(f.rules, self.usage(id, scene))),
            original.map(|id| Self::deleting(id, scene)),
        ];
        let lacking = if self.is_changed() { self.obstacles(scene) } else { Vec::new() };
        editor_with(content.spacing(24), obstacles(t, &lacking), row![save, cancel])
    }

    fn basics<'a>(&'a self, errors: &Errors, scene: Scene<'a>) -> Element<'a, Message> {
        let (f, fields) = (&scene.t.fagsystems, &self.fields);
        let name = Field::new(f.name).error(errors.name.clone());
        let id = Field::new(f.id).error(errors.id.clone()).hint(f.id_hint.to_owned());
        let endpoint = Field::new(f.endpoint).address().error(errors.endpoint.clone());
        let active = switch(f.is_active, fields.active, |active| Message::Form(FormMessage::Active(active)));
        let paused = (!fields.active).then(|| note(f.paused_hint));
        column![
            field(name, NAME_FIELD, "", &fields.name, FormMessage::Name),
            field(id, ID_FIELD, "", &fields.id, FormMessage::Id),
            field(endpoint, ENDPOINT_FIELD, "https://", &fields.endpoint, FormMessage::Endpoint),
            self.probing.view(self.trial_panel.button(scene.t), scene.t),
            self.trial_panel.view(scene, &self.fields.endpoint),
            column![active, paused].spacing(4),
            field(Field::new(f.contact), CONTACT_FIELD, f.contact_example, &fields.contact, FormMessage::Contact),
            field(Field::new(f.note), NOTE_FIELD, "", &fields.note, FormMessage::Note),
        ]
        .spacing(FIELD_SPACING)
        .into()
    }

    /// How the router authenticates to the fagsystem, and the secret for it.
    fn access<'a>(&'a self, errors: &Errors, scene: Scene<'a>, secret: &'a SecretForm) -> Element<'a, Message> {
        let (a, fields) = (&scene.t.access, &self.fields);
        let choices = AccessKind::ALL.map(|kind| Choice::new(kind, (a.kind)(kind)));
        let on_choose = |kind| Message::Form(FormMessage::Access(kind));
        let words = ("", choice_words(scene.t));
        let choice = choice_field(Field::new(a.title), ACCESS_FIELD, choices, Some(&fields.access), words, on_choose);
        let header = Field::new(a.header).error(errors.header.clone());
        let header = (fields.access == AccessKind::Header)
            .then(|| field(header, HEADER_FIELD, HeaderName::USUAL, &fields.header, FormMessage::Header));
        let access = fields.access().unwrap_or_default();
        let is_safe = fields.endpoint.parse().is_ok_and(|endpoint| access.is_safe_at(&endpoint));
        let is_open = fields.access == AccessKind::Open;
        let unencrypted = (!is_open && !is_safe).then(|| warning_line(a.unencrypted_secret.to_owned()));
        let secret_name = self.secret(scene.authority);
        let save_first = (!is_open && secret_name.is_none()).then(|| note(a.save_first));
        column![choice, header, unencrypted, save_first, secret.view(scene, secret_name.as_ref())]
            .spacing(FIELD_SPACING)
            .into()
    }

    fn times<'a>(&'a self, errors: &Errors, scene: Scene<'a>) -> Element<'a, Message> {
        let (f, fields) = (&scene.t.fagsystems, &self.fields);
        let usual = |milliseconds: u32| (milliseconds / 1000).max(1).to_string();
        let (connect, answer) = (usual(scene.settings.connect_timeout_ms), usual(scene.settings.answer_timeout_ms));
        let about = |label, error: &Option<String>| Field::new(label).error(error.clone());
        let fields = row![
            field(
                about(f.connect_limit, &errors.connect),
                CONNECT_FIELD,
                &connect,
                &fields.connect,
                FormMessage::Connect
            ),
            field(about(f.answer_limit, &errors.answer), ANSWER_FIELD, &answer, &fields.answer, FormMessage::Answer),
        ];
        column![fields.spacing(12), note(f.limits_hint)].spacing(6).into()
    }
}
