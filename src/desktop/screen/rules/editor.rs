//! The view of the rule editor.

use std::sync::Arc;

use iced::widget::{button, column, container, row, space, text, text_input};
use iced::{Center, Element, Fill, alignment};
use lucide_icons::Icon;

use super::Message;
use super::form::{
    ELEMENT_FIELD, END_FIELD, FAGSYSTEM_FIELD, FROM_FIELD, NOTE_FIELD, PRIORITY_FIELD, RuleErrors, SEGMENT_FIELD,
    TO_FIELD, VALUE_FIELD,
};
use super::form_message::{End, FormMessage};
use super::rule_editor::{Assessment, RuleEditor};
use crate::desktop::language::effects::{Caught, Taken};
use crate::desktop::language::names::{danish_order, fagsystem_name};
use crate::desktop::language::parse::{read_date, understood};
use crate::desktop::screen::part::mark::mark_line;
use crate::desktop::screen::part::words::{calendar_words, choice_words};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, ChoiceWords, FIELD_SPACING, Field, choice_field, editor_with, field, floating, focusable, heading, icon,
    icon_button, labelled_button, note, one_line, plain_button, suggesting, switch, text_field, warning_line,
};
use crate::rules::{
    Catch, Criterion, CriterionKind, Facts, FagsystemId, FindingKind, PostType, Receiver, Rule, RuleBook, Segment,
};
use crate::visible::as_seen;

pub(super) fn named<T: Copy>(
    values: impl IntoIterator<Item = T>,
    name: impl Fn(T) -> &'static str,
) -> impl Iterator<Item = Choice<T>> {
    values.into_iter().map(move |value| Choice::new(value, name(value)))
}

/// The authority's fagsystems, by name.
pub(super) fn fagsystem_choices(scene: Scene<'_>) -> impl Iterator<Item = Choice<FagsystemId>> {
    let authority = scene.authority;
    let ids = authority.fagsystems.iter().map(|fagsystem| &fagsystem.id);
    let mut choices: Vec<_> =
        ids.map(|id| Choice::new(id.clone(), fagsystem_name(authority, id)).also(id.as_str())).collect();
    choices.sort_by(|one, other| danish_order(one.name(), other.name()));
    choices.into_iter()
}

fn choice<'a, T: Clone + PartialEq + 'a>(
    about: Field,
    id: &'static str,
    choices: impl IntoIterator<Item = Choice<T>>,
    chosen: Option<&T>,
    texts: (&'static str, ChoiceWords),
    on_change: fn(T) -> FormMessage,
) -> Element<'a, Message> {
    choice_field(about, id, choices, chosen, texts, move |value| Message::Form(on_change(value)))
}

fn written_field<'a>(
    about: Field,
    id: &'static str,
    placeholder: &str,
    value: &'a str,
    on_change: fn(String) -> FormMessage,
) -> Element<'a, Message> {
    text_field(about, id, placeholder, value, move |text| Message::Form(on_change(text)), Message::Save)
}

fn written_input<'a>(
    id: &'static str,
    placeholder: &str,
    value: &'a str,
    is_wrong: bool,
    on_change: fn(String) -> FormMessage,
) -> Element<'a, Message> {
    let input = text_input(placeholder, value)
        .id(id)
        .on_input(move |text| Message::Form(on_change(as_seen(&text).into_owned())));
    let input = input.on_submit(Message::Save).padding([6, 9]).size(theme::BODY);
    input.style(theme::input(is_wrong)).into()
}

impl RuleEditor {
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = scene.t;
        let form = &self.form;
        let errors = self.assessment.rule.as_ref().err().cloned().unwrap_or_default();
        let title = form.replaces().map_or_else(|| t.rules.new.to_owned(), |priority| (t.rules.rule)(priority));
        let close = icon_button(Icon::X, t.close).on_press(Message::Leave);
        let is_overtaken = form.is_overtaken(scene.authority);
        let existing = form.replaces().filter(|_| !is_overtaken).map(|_| {
            row![
                icon_button(Icon::ListPlus, t.rules.new_above).on_press(Message::NewAbove),
                icon_button(Icon::Copy, t.rules.clone).on_press(Message::Clone),
                icon_button(Icon::ShieldPlus, (t.guards.keep_hint)(t.guards.keep, scene.other_day().as_deref()))
                    .on_press(Message::Keep),
            ]
        });
        let mark = form.replaces().and_then(|number| scene.bench.insight().marks.rule(scene.authority.cvr, number));
        let top = row![heading(title), space().width(Fill), existing, close].align_y(Center);
        let top = column![top, mark_line(mark, t)];
        let overtaken = is_overtaken.then(|| {
            let now = form.replaces().and_then(|number| scene.authority.rule(number));
            let words = if now.is_some() { t.rules.overtaken } else { t.rules.deleted_elsewhere };
            let now = now.map(|rule| note((t.rules.is_now)(&t.rules.sentence(scene.names(), rule))));
            let reload = plain_button(t.rules.reload).style(theme::secondary).on_press(Message::Reload);
            let keep = plain_button(t.rules.keep_mine).style(theme::secondary).on_press(Message::KeepMine);
            let buttons = row![reload, keep].spacing(8).wrap();
            container(column![warning_line(words.to_owned()), now, buttons].spacing(10))
                .padding(12)
                .width(Fill)
                .style(theme::card)
        });
        let save = labelled_button(Icon::Check, t.save).style(theme::primary);
        let can_save = !is_overtaken && self.has_something_to_save() && self.assessment.rule.is_ok();
        let save = save.on_press_maybe(can_save.then_some(Message::Save));
        let cancel = plain_button(t.cancel).style(theme::secondary).on_press(Message::Close);
        let delete = form
            .replaces()
            .filter(|_| !is_overtaken)
            .map(|_| icon_button(Icon::Trash2, t.rules.delete).style(theme::danger).on_press(Message::Delete));
        let proof = self.preview(scene).map(|book| {
            let head =
                column![text(t.proof.title).font(theme::SEMIBOLD), note((t.proof.about)(scene.other_day().as_deref()))];
            column![head, scene.proof_view(scene.bench.book(), book, Message::Try)].spacing(6)
        });
        let content = column![top, overtaken, self.fields(&errors, scene), proof].spacing(16);
        editor_with(content, Some(self.summary(scene)), row![save, cancel, space().width(Fill), delete])
    }

    /// The draft with the rule saved, where that can be done and changes it.
    fn preview(&self, scene: Scene<'_>) -> Option<&Arc<RuleBook>> {
        self.assessment.preview.as_ref().filter(|_| !self.form.is_overtaken(scene.authority))
    }

    /// The rule as a sentence, warnings, and what it would have done with recent messages.
    fn summary<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.rules;
        let lines = match &self.assessment.rule {
            Err(_) => {
                let lacking = scene.t.input.lacking(&self.assessment.obstacles.fields(t));
                column![text(t.unfinished).style(theme::muted), text(lacking)]
            }
            Ok(rule) => {
                let Assessment { never, shadowed, groups_first, catch, .. } = &self.assessment;
                let never = never.as_ref().map(|why| warning_line(t.never_wins(why)));
                let unlisted = unlisted(&rule.criterion, scene).map(warning_line);
                let groups = (never.is_none() && !groups_first.is_empty())
                    .then(|| column(groups_first.iter().map(|it| warning_line((t.group_first)(it)))).spacing(6));
                let others = (!shadowed.is_empty()).then(|| warning_line(t.shadows(shadowed)));
                let catch = catch.as_ref().map(|catch| self.catch_view(rule, catch, scene));
                let over = rule.validity.to().filter(|to| *to < scene.day());
                let over = over.map(|to| note(scene.t.effects.is_over(to, scene.day(), scene.today)));
                let put = self.assessment.first_blocking_rule().filter(|_| !self.form.is_overtaken(scene.authority));
                let put = put.map(|first| {
                    let button = labelled_button(Icon::ArrowUpToLine, (t.put_before)(first)).style(theme::secondary);
                    button.on_press(Message::PutBefore(first))
                });
                let proof = self.preview(scene).map(|book| scene.proof_in_short(scene.bench.book(), book));
                column![text(t.sentence(scene.names(), rule)), unlisted, never, groups, others, catch, over, proof, put]
            }
        };
        lines.spacing(6).into()
    }

    /// How many of the recent messages the rule would have got, and which rules would have got the others.
    fn catch_view<'a>(&'a self, rule: &Rule, catch: &'a Catch, scene: Scene<'a>) -> Element<'a, Message> {
        const MAX_LATER: usize = 3;
        let t = &scene.t.effects;
        let own = Receiver { authority: scene.authority.cvr, fagsystem: rule.fagsystem.clone() };
        let books: [&RuleBook; 2] = [&scene.bench.published().book, scene.bench.book()];
        let taken = catch.taken.iter().map(|(from, count)| Taken {
            from: from.as_ref().map(|from| scene.receiver(from, books)),
            is_same: from.as_ref() == Some(&own),
            count: *count,
        });
        let from = Some(catch.day).filter(|day| *day != scene.today);
        let caught = Caught {
            from,
            is_seen_today: scene.looked_at().is_none(),
            is_off: !rule.active,
            all: catch.messages,
            taken: taken.collect(),
        };
        let is_none = catch.messages > 0 && caught.count() == 0;
        let lost: Vec<_> = catch.lost.keys().copied().collect();
        let lost = if self.assessment.never.is_some() {
            // The warning above says so for all messages.
            None
        } else if lost.is_empty() {
            is_none.then(|| note(t.none_fits))
        } else {
            Some(note(t.lost(&lost, catch.lost.values().sum(), is_none)))
        };
        let later = catch.later.get(..MAX_LATER).unwrap_or(&catch.later);
        let later = (!later.is_empty()).then(|| note(t.later(later)));
        let more = catch.later.len().saturating_sub(MAX_LATER);
        let more = (more > 0).then(|| note(t.more_days.of(more)));
        let left_out = (catch.left_out > 0).then(|| note(t.left_out.of(catch.left_out)));
        let kinds = catch.kinds.iter().map(|(facts, count)| kind_line(facts, *count, scene));
        column![note(t.catch(&caught)), lost, later, more, left_out, column(kinds)].spacing(4).into()
    }

    fn fields<'a>(&'a self, errors: &RuleErrors, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, form) = (scene.t, &self.form);
        let c = &t.rules.columns;
        let plain = ("", choice_words(t));
        let elements = named(CriterionKind::ALL, t.rules.element);
        let segments = named(Segment::ALL, t.rules.segment);
        let about_fagsystem = Field::new(c.fagsystem).error(errors.fagsystem.clone());
        let priority = Field::new(c.priority).error(errors.priority.clone()).hint(t.rules.priority_hint.to_owned());
        let active = switch(t.rules.is_active, form.active, |active| Message::Form(FormMessage::Active(active)));
        column![
            active,
            choice(Field::new(c.element), ELEMENT_FIELD, elements, Some(&form.element), plain, FormMessage::Element),
            self.value(errors, scene),
            choice(
                about_fagsystem,
                FAGSYSTEM_FIELD,
                fagsystem_choices(scene),
                form.fagsystem.as_ref(),
                (t.fields.choose, choice_words(t)),
                FormMessage::Fagsystem
            ),
            choice(Field::new(c.segment), SEGMENT_FIELD, segments, Some(&form.segment), plain, FormMessage::Segment),
            written_field(priority, PRIORITY_FIELD, "", &form.priority, FormMessage::Priority),
            self.dates(errors, scene),
            written_field(Field::new(c.note), NOTE_FIELD, "", &form.note, FormMessage::Note),
        ]
        .spacing(FIELD_SPACING)
        .into()
    }

    fn dates<'a>(&'a self, errors: &RuleErrors, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, form) = (scene.t, &self.form);
        let date = |label, id, value: &'a str, error: &Option<String>, on_change: fn(String) -> FormMessage, end| {
            let chosen = read_date(value, scene.t, scene.today).ok().flatten();
            let about = Field::new(label).error(error.clone()).reading(understood(value, chosen, scene.t));
            let input = written_input(id, t.fields.date_placeholder, value, error.is_some(), on_change);
            let show = button(icon(Icon::CalendarDays).size(15)).padding([6, 5]).style(theme::quiet);
            let message = Message::Form(FormMessage::ShowCalendar(end));
            let show = focusable(show.on_press(message.clone())).on_activate(message);
            let calendar = self.calendar.filter(|(open, _)| *open == end).map(|(_, calendar)| {
                calendar.view(calendar_words(t), chosen, scene.today, |message| {
                    Message::Form(FormMessage::Calendar(message))
                })
            });
            let input = row![input, show].spacing(2).align_y(Center);
            field(about, floating(input, calendar, Message::Form(FormMessage::CloseCalendar)))
        };
        let c = &t.rules.columns;
        row![
            date(c.from, FROM_FIELD, &form.from, &errors.from, FormMessage::From, End::First),
            date(c.to, TO_FIELD, &form.to, &errors.to, FormMessage::To, End::Last),
        ]
        .spacing(8)
        .align_y(alignment::Vertical::Top)
        .into()
    }

    /// The value field for the chosen rule element.
    fn value<'a>(&'a self, errors: &RuleErrors, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, form) = (scene.t, &self.form);
        let about = Field::new(t.rules.columns.value).error(errors.value.clone());
        if form.element == CriterionKind::NoContactPoint {
            let post_types = [PostType::Authority, PostType::Company, PostType::Unspecified];
            let post_types = named(post_types, t.rules.post_type);
            return choice(
                about,
                VALUE_FIELD,
                post_types,
                Some(&form.post_type),
                ("", choice_words(t)),
                FormMessage::PostType,
            );
        }
        let suggestions = &self.assessment.suggestions;
        // As long as there are suggestions, the text is a search and not yet a value to comment on.
        let criterion = form.criterion(scene).filter(|_| suggestions.is_empty());
        let doubt = criterion.as_ref().and_then(|criterion| value_doubt(criterion, scene)).map(str::to_owned);
        let hint = criterion.as_ref().and_then(|criterion| value_hint(criterion, form.value.trim(), scene));
        let placeholder = (t.rules.value_placeholder)(form.element);
        let about = about.reading(hint).doubt(doubt);
        let enter_moves_on = suggestions.is_empty() && form.fagsystem.is_none() && !form.value.trim().is_empty();
        let enter = if enter_moves_on { Message::Form(FormMessage::NextField) } else { Message::Save };
        let on_input = |text: String| Message::Form(FormMessage::Value(as_seen(&text).into_owned()));
        let suggestions = suggestions.iter().map(|suggestion| {
            let choice = Choice::new((), suggestion.name.as_str()).symbol(element_symbol(suggestion.element));
            (choice, Message::Form(FormMessage::Pick(suggestion.clone())))
        });
        let input = text_input(placeholder, &form.value).id(VALUE_FIELD).on_input(on_input).on_submit(enter);
        let input = input.padding([6, 9]).size(theme::BODY).style(theme::input(about.error.is_some()));
        let input = field(about, suggesting(input, &form.value, suggestions));
        let input: Element<'a, Message> = if form.element.is_classification() {
            let about = Field::new(t.rules.through).error(errors.value_end.clone());
            let end = written_field(about, END_FIELD, t.rules.optional, &form.value_end, FormMessage::ValueEnd);
            row![input, end].spacing(12).into()
        } else {
            input
        };
        let tree = (form.element == CriterionKind::Kle).then(|| self.tree.view(self.shows_tree, scene));
        // Field spacing, because the field's hint is shown between them.
        column![input, tree].spacing(FIELD_SPACING).into()
    }
}

/// A number of messages with the same facts: "12 × Person · Pladsanvisningen".
fn kind_line<'a>(facts: &Facts, count: u64, scene: Scene<'a>) -> Element<'a, Message> {
    let (t, authority) = (scene.t, scene.authority);
    let sender = scene.bench.insight().distributor.as_ref().map(|draft| (t.router.sender)(draft.sender_kind(facts)));
    let point = facts.contact_point.as_ref();
    let title = point.and_then(|point| point.id.as_ref()).map(|id| {
        let title = authority.contact_point(id).map(|point| point.title.clone());
        title.filter(|title| !title.is_empty()).unwrap_or_else(|| id.to_string())
    });
    let group = point.and_then(|point| point.group.as_ref()).map(ToString::to_string);
    let none = point.is_none().then(|| (t.rules.element)(CriterionKind::NoContactPoint).to_owned());
    let kle = facts.kle.map(|number| format!("KLE {}", scene.registers().kle(&number.into())));
    let form = facts.form.map(|number| format!("FORM {number}"));
    let about = [sender.map(str::to_owned), title.or(group).or(none), kle, form];
    let about: Vec<_> = about.into_iter().flatten().collect();
    let words = format!("{} × {}", (t.number)(count), about.join(" · "));
    one_line(words).size(theme::SMALL).tone(theme::muted).into()
}

fn element_symbol(element: CriterionKind) -> Icon {
    match element {
        CriterionKind::ContactPoint => Icon::MapPin,
        CriterionKind::ContactGroup => Icon::Users,
        CriterionKind::SenderCvr | CriterionKind::RecipientCvr => Icon::Building2,
        CriterionKind::Kle | CriterionKind::Form => Icon::FolderTree,
        CriterionKind::NoContactPoint => Icon::MapPinOff,
    }
}

/// A warning that the contact point or group is not in the contact structure.
fn unlisted(criterion: &Criterion, scene: Scene<'_>) -> Option<String> {
    let doubt = scene.authority.doubt(criterion)?;
    let is_unlisted = matches!(doubt, FindingKind::UnlistedContactPoint(_) | FindingKind::UnlistedContactGroup(_));
    is_unlisted.then(|| scene.t.changes.finding(scene.authority, &doubt))
}

/// A doubt about a valid value.
fn value_doubt(criterion: &Criterion, scene: Scene<'_>) -> Option<&'static str> {
    match criterion {
        Criterion::Kle(interval) if !scene.kle.knows(interval) => Some(scene.t.rules.not_in_the_plan),
        _ => scene.authority.doubt(criterion).and_then(|doubt| scene.t.rules.value_doubt(&doubt)),
    }
}

/// The name of what the value refers to.
fn value_hint(criterion: &Criterion, entered: &str, scene: Scene<'_>) -> Option<String> {
    match criterion {
        // Title and id: the one that is not in the field.
        Criterion::ContactPoint(id) if id.as_str() == entered => {
            scene.authority.contact_point(id).map(|point| point.title.clone())
        }
        Criterion::ContactPoint(id) => scene.authority.contact_point(id).map(|point| point.id.to_string()),
        Criterion::SenderCvr(cvr) | Criterion::RecipientCvr(cvr) => scene.registers().cvr_name(*cvr).map(str::to_owned),
        Criterion::Kle(interval) => scene.kle.about(interval),
        _ => None,
    }
}
