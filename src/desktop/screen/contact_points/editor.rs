//! The view of the contact point form.

use iced::widget::{Column, button, column, container, row, space, text, text_input};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::Message;
use super::entry::Entry;
use super::form::{
    ATTACHMENTS_FIELD, CODES_FIELD, Errors, FormMessage, ID_FIELD, LARGEST_FIELD, PointForm, TITLE_FIELD, name,
    rules_naming,
};
use super::listing::Listing;
use super::notation::{last_piece, normalized_group};
use super::rule_index::RuleMatch;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::rule_state::RuleState;
use crate::desktop::screen::part::mark::mark_line;
use crate::desktop::screen::part::words::obstacles;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, FIELD_SPACING, Field, Tone, cell, editor_with, field, focusable, icon, icon_button, labelled_button, note,
    one_line, plain_button, suggesting, switch, text_field, warning_line,
};
use crate::rules::Audience;
use crate::visible::as_seen;

const GROUPS_FIELD: &str = "point-groups";
const DESCRIPTION_FIELD: &str = "point-description";
const TERMS_FIELD: &str = "point-terms";
const FIELDS_FIELD: &str = "point-fields";
const MAX_SUGGESTED: usize = 4;

fn input<'a>(
    about: Field,
    id: &'static str,
    value: &'a str,
    on_change: fn(String) -> FormMessage,
) -> Element<'a, Message> {
    text_field(about, id, "", value, move |text| Message::Form(on_change(text)), Message::Save)
}

impl PointForm {
    pub(super) fn view<'a>(&'a self, scene: Scene<'a>, listing: &'a Listing) -> Element<'a, Message> {
        let t = scene.t;
        let errors = self.read(scene).err().unwrap_or_default();
        let title = self.original().map_or_else(|| t.contact_points.new.to_owned(), name);
        let close = icon_button(Icon::X, t.close).on_press(Message::Leave);
        let is_overtaken = self.is_overtaken(scene.authority);
        let overtaken = is_overtaken.then(|| {
            let words = warning_line(t.contact_points.overtaken.to_owned());
            let reload = plain_button(t.rules.reload).style(theme::secondary).on_press(Message::Reload);
            container(column![words, reload].spacing(10)).padding(12).width(Fill).style(theme::card)
        });
        let save = labelled_button(Icon::Check, t.save).style(theme::primary);
        let lacking = self.obstacles(scene);
        let can_save = !is_overtaken && self.is_changed() && lacking.is_empty();
        let save = save.on_press_maybe(can_save.then_some(Message::Save));
        let cancel = plain_button(t.cancel).style(theme::secondary).on_press(Message::Close);
        let point = self.original();
        let entry = point.and_then(|point| listing.entry(&point.id));
        let mark = point.and_then(|it| scene.bench.insight().marks.contact_point(scene.authority.cvr, &it.id));
        let top = row![container(one_line(title).bold().size(theme::HEADING)).width(Fill), close].align_y(Center);
        let content = column![
            column![top, mark_line(mark, t)],
            overtaken,
            entry.map(|entry| self.routing(entry, listing, scene)),
            self.fields(errors, scene, listing),
        ];
        let delete = point.filter(|_| !is_overtaken).map(|point| {
            let is_needed = !rules_naming(&point.id, scene).is_empty();
            let delete = icon_button(Icon::Trash2, t.contact_points.delete).style(theme::danger);
            delete.on_press_maybe((!is_needed).then_some(Message::Delete))
        });
        let why = obstacles(t, if self.is_changed() { &lacking } else { &[] });
        editor_with(content.spacing(16), why, row![save, cancel, space().width(Fill), delete])
    }

    /// Which fagsystem gets its messages, and how many there have been.
    fn routing<'a>(&self, entry: &'a Entry, listing: &Listing, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.contact_points;
        let rules = entry.rules.iter().map(|rule_match| rule_line(rule_match, scene));
        let default = fagsystem_name(scene.authority, &scene.authority.default_fagsystem);
        let rest = entry.has_rest().then(|| {
            let words = if entry.is_without_rule() { t.all_to_default } else { t.rest_to_default };
            let line =
                row![icon(Icon::Inbox).size(14).style(theme::warning), text(words(default, listing.rest))].spacing(8);
            container(line).padding([3, 6])
        });
        let messages = scene.journal.since.map(|_| note(t.addressed.of(entry.messages)));
        let naming = rules_naming(&entry.point.id, scene);
        let needed = (!naming.is_empty()).then(|| note(t.needed_by_rules(&naming)));
        let new = labelled_button(Icon::Plus, t.new_rule).style(theme::secondary);
        let new = new.on_press_maybe((!self.is_changed()).then_some(Message::NewRule));
        let by_group = entry.effective_rules().any(RuleMatch::is_by_group).then(|| note(t.by_group));
        let lines = column![Column::with_children(rules), rest, by_group].spacing(2);
        container(
            column![text(t.taken_by).size(theme::SMALL).font(theme::SEMIBOLD), lines, messages, needed, new].spacing(8),
        )
        .padding(12)
        .width(Fill)
        .style(theme::card)
        .into()
    }

    fn fields<'a>(&'a self, errors: Errors, scene: Scene<'a>, listing: &'a Listing) -> Element<'a, Message> {
        let t = &scene.t.contact_points;
        let title = Field::new(t.name).error(errors.title);
        let id = Field::new(t.id).error(errors.id).hint(t.id_hint.to_owned());
        let codes = Field::new(t.codes).error(errors.codes).hint(t.codes_hint.to_owned());
        let terms = Field::new(t.terms).hint(t.terms_hint.to_owned());
        let fields = Field::new(t.fields).hint(t.fields_hint.to_owned());
        let largest = Field::new(t.largest).error(errors.largest);
        let attachments = Field::new(t.attachments).error(errors.attachments);
        let limits = row![
            input(largest, LARGEST_FIELD, &self.largest, FormMessage::Largest),
            input(attachments, ATTACHMENTS_FIELD, &self.attachments, FormMessage::Attachments),
        ];
        let is_on = |audience| self.audiences.contains(&audience);
        let audience = |audience: Audience| {
            switch((t.audience)(audience), is_on(audience), move |on| {
                Message::Form(FormMessage::Audience(audience, on))
            })
        };
        let audiences = Audience::WORDS.map(|(_, it)| audience(it));
        let label = text(t.audiences).size(theme::SMALL).font(theme::SEMIBOLD);
        column![
            input(title, TITLE_FIELD, &self.title, FormMessage::Title),
            input(id, ID_FIELD, &self.id, FormMessage::Id),
            self.groups(scene, listing),
            input(Field::new(t.description), DESCRIPTION_FIELD, &self.description, FormMessage::Description),
            column![
                switch(t.is_active, self.is_active, |on| Message::Form(FormMessage::Active(on))),
                switch(t.is_visible, self.is_visible, |on| Message::Form(FormMessage::Visible(on))),
            ],
            column![label, Column::with_children(audiences)].spacing(2),
            limits.spacing(12),
            input(codes, CODES_FIELD, &self.codes, FormMessage::Codes),
            input(terms, TERMS_FIELD, &self.terms, FormMessage::Terms),
            input(fields, FIELDS_FIELD, &self.fields, FormMessage::Fields),
        ]
        .spacing(FIELD_SPACING)
        .into()
    }

    /// The groups, with suggestions for the last one.
    fn groups<'a>(&'a self, scene: Scene<'a>, listing: &'a Listing) -> Element<'a, Message> {
        let t = &scene.t.contact_points;
        let about = Field::new(t.groups).hint(t.groups_hint.to_owned());
        let query = normalized_group(last_piece(&self.groups).1).to_lowercase();
        let paths = || listing.groups.iter().map(|(_, path)| path);
        let is_settled = query.is_empty() || paths().any(|path| path.to_lowercase() == query);
        let suggested = paths().filter(|path| !is_settled && path.to_lowercase().contains(&query));
        let suggested = suggested.take(MAX_SUGGESTED).map(|path| {
            let choice = Choice::new((), path.as_str()).symbol(Icon::Users);
            (choice, Message::Form(FormMessage::PickGroup(path.clone())))
        });
        let input = text_input(t.groups_example, &self.groups)
            .id(GROUPS_FIELD)
            .on_input(|text| Message::Form(FormMessage::Groups(as_seen(&text).into_owned())))
            .on_submit(Message::Save)
            .padding([6, 9])
            .size(theme::BODY)
            .style(theme::input(false));
        field(about, suggesting(input, &query, suggested))
    }
}

/// A rule that matches the contact point; a click opens it.
fn rule_line<'a>(rule_match: &'a RuleMatch, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.contact_points;
    let rule = &rule_match.rule;
    let words = t.taken(rule, fagsystem_name(scene.authority, &rule.fagsystem), 0, None);
    let (symbol, tone): (_, Tone) = match rule_match.state {
        _ if rule_match.has_effect => (Icon::CircleCheck, theme::good),
        RuleState::Coming => (Icon::CalendarClock, theme::muted),
        RuleState::Expired => (Icon::CalendarX, theme::muted),
        RuleState::Off => (Icon::CirclePause, theme::muted),
        RuleState::Active | RuleState::Expiring | RuleState::Shadowed | RuleState::Impossible => {
            (Icon::CircleSlash, theme::muted)
        }
    };
    let words = if rule_match.has_effect {
        words
    } else {
        let why = match rule_match.state {
            RuleState::Active | RuleState::Expiring => RuleState::Shadowed,
            state => state,
        };
        format!("{words} · {}", (scene.t.rules.state)(why))
    };
    let content = row![icon(symbol).size(14).style(tone), container(cell(words)).width(Fill).clip(true)];
    let message = Message::FindRule(rule.priority);
    let line = button(content.spacing(8).align_y(Center)).padding([3, 6]).width(Fill).style(theme::quiet);
    focusable(line.on_press(message.clone())).on_activate(message).into()
}
