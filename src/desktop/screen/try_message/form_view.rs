//! The panel with the facts.

use iced::widget::{column, container, row, scrollable, text, text_input};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::facts_form::{FactField, FactsForm, counts_as};
use super::{Message, SENDER_FIELD, TryMessageScreen, day_error};
use crate::desktop::language::parse::{read_cvr, read_date, understood};
use crate::desktop::model::trial::FactsOrigin;
use crate::desktop::screen::part::criteria::{is_left_out, rule_buttons};
use crate::desktop::screen::part::words::{calendar_words, choice_words};
use crate::desktop::screen::rules::contact_point_id;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Choice, EDITOR, FIELD_SPACING, Field, choice_field, field, floating, icon_button, note, suggesting, warning_line,
};
use crate::rules::{CriterionKind, Cvr, Facts, Form, Interval, Kle, PostType, SenderKind};
use crate::visible::as_seen;

const RECIPIENT_FIELD: &str = "try-recipient";
const POST_TYPE_FIELD: &str = "try-post-type";
/// The width of the panel in wide and in narrow windows, in logical pixels.
const WIDE: f32 = 332.0;
const NARROW: f32 = 240.0;
/// From this width of the screen on, the panel is wide.
const WIDE_SCREEN: f32 = 900.0;

/// The width of the panel on a screen of that width.
pub(super) fn width(screen: f32) -> f32 {
    if screen >= WIDE_SCREEN { WIDE } else { NARROW }
}

impl TryMessageScreen {
    pub(super) fn form_panel<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let Some(facts) = &self.trial.facts else { return column![].into() };
        let content = column![self.about(scene), self.fields(facts, scene), self.next_steps(facts, scene)].spacing(20);
        let content = container(content).padding(Padding::from([16, 20])).width(Fill);
        container(scrollable(content).id(EDITOR).style(theme::scrollbar).height(Fill)).style(theme::panel).into()
    }

    /// Where the facts come from, and what went wrong.
    fn about<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.try_message;
        let words = if self.is_reading { Some(t.reading) } else { (t.origin)(self.form.origin) };
        let hint = if self.form.origin == FactsOrigin::Typed { Some(t.drop_hint) } else { None };
        let unread = self.unread.map(|unread| warning_line((t.unread)(unread)));
        let left_out = self.form.lacks_something().then(|| warning_line(t.left_out.to_owned()));
        column![unread, words.or(hint).map(note), left_out].spacing(8).into()
    }

    fn fields<'a>(&'a self, facts: &Facts, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, form) = (scene.t, &self.form);
        let kinds = [SenderKind::Person, SenderKind::Company, SenderKind::Authority];
        let other = (form.sender == SenderKind::Other).then_some(SenderKind::Other);
        let kinds = kinds.into_iter().chain(other).map(|kind| Choice::new(kind, (t.router.sender)(kind)));
        let about = Field::new(t.messages.story.sender).hint(own_point(facts, scene));
        let sender =
            choice_field(about, SENDER_FIELD, kinds, Some(&form.sender), ("", choice_words(t)), Message::Sender);
        let sender_cvr =
            form.has_sender_cvr().then(|| self.text_field(FactField::SenderCvr, sender_cvr(form, scene), scene));
        let group = form.group.trim();
        let group_doubt =
            (!group.is_empty() && !form.has_contact_point()).then(|| t.try_message.group_alone.to_owned());
        let group = Field::new(t.messages.story.contact_group).doubt(group_doubt);
        column![
            sender,
            sender_cvr,
            recipient(form, scene),
            self.text_field(FactField::ContactPoint, contact_point(form, scene), scene),
            self.text_field(FactField::Group, group, scene),
            (!form.has_contact_point()).then(|| post_type(form, scene)),
            self.text_field(FactField::Kle, kle(form, scene), scene),
            self.text_field(FactField::Form, form_number(form, scene), scene),
            self.day(scene),
        ]
        .spacing(FIELD_SPACING)
        .into()
    }

    fn text_field<'a>(&'a self, which: FactField, about: Field, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.try_message;
        let placeholder = if which == FactField::Kle { t.by_word } else { t.none };
        let suggestions = self.suggestions.of(which).iter().map(|suggestion| {
            let accept = Message::Write(which, suggestion.value.clone());
            (Choice::new((), suggestion.name.as_str()), accept)
        });
        let written = self.form.text(which);
        let input = text_input(placeholder, written)
            .id(which.id())
            .on_input(move |text| Message::Write(which, as_seen(&text).into_owned()))
            .padding([6, 9])
            .size(theme::BODY)
            .style(theme::input(about.error.is_some()));
        field(about, suggesting(input, written, suggestions))
    }

    fn day<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let (t, form) = (scene.t, &self.form);
        let day = read_date(&form.day, t, scene.today).ok().flatten();
        let about = Field::new(t.try_message.day).error(day_error(form, scene)).reading(understood(&form.day, day, t));
        let input = text_input(t.fields.date_placeholder, &form.day)
            .id(FactField::Day.id())
            .on_input(|text| Message::Write(FactField::Day, text))
            .padding([6, 9])
            .size(theme::BODY)
            .style(theme::input(about.error.is_some()));
        let open = icon_button(Icon::CalendarDays, t.fields.calendar).on_press(Message::ShowCalendar);
        let calendar = self
            .calendar
            .map(|calendar| calendar.view(calendar_words(t), Some(form.day(scene)), scene.today, Message::Calendar));
        let input = row![input, open].spacing(6).align_y(Center);
        field(about, floating(input, calendar, Message::ShowCalendar))
    }

    /// What can be made of the message: a rule for one of its facts. Other things to make of it belong here too.
    fn next_steps<'a>(&'a self, facts: &Facts, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.try_message;
        let authority = self.form.authority(scene);
        let cvr = authority.cvr;
        let rules = rule_buttons(authority, facts, scene, |criterion| Message::BeginRule(cvr, criterion));
        let rules = rules.map(|buttons| {
            let title = text(t.make_rule).font(theme::SEMIBOLD);
            let content = column![title, note(t.make_rule_hint), buttons].spacing(6);
            container(content).padding(10).width(Fill).style(theme::highlight)
        });
        column![rules].spacing(10).into()
    }
}

/// That the sender counts as an authority because of a contact point of its own.
fn own_point(facts: &Facts, scene: Scene<'_>) -> Option<String> {
    facts.sender_has_contact_point.then(|| scene.t.try_message.own_contact_point.to_owned())
}

fn sender_cvr(form: &FactsForm, scene: Scene<'_>) -> Field {
    let t = &scene.t.try_message;
    let cvr = read_cvr(&form.sender_cvr);
    let is_wrong = cvr.is_none() && !form.sender_cvr.trim().is_empty();
    let registers = scene.registers();
    let name = cvr.and_then(|cvr| registers.cvr_name(cvr)).map(str::to_owned);
    let is_authority =
        form.sender == SenderKind::Company && counts_as(&form.facts(scene), scene) == Some(SenderKind::Authority);
    let doubt = if is_wrong { Some(t.not_a_cvr.to_owned()) } else { is_authority.then(|| t.is_authority.to_owned()) };
    Field::new(t.sender_cvr).reading(name).doubt(doubt)
}

/// The recipient's number; nothing where there is no choice.
fn recipient<'a>(form: &FactsForm, scene: Scene<'a>) -> Option<Element<'a, Message>> {
    let t = scene.t;
    let mut numbers: Vec<Option<Cvr>> = form.authority(scene).cvrs().map(Some).collect();
    let chosen = form.recipient(scene);
    if !numbers.contains(&chosen) {
        numbers.push(chosen);
    }
    if numbers == [chosen] {
        return None;
    }
    let name = |number: Option<Cvr>| match number {
        Some(cvr) => scene.registers().cvr(cvr),
        None => t.try_message.no_recipient.to_owned(),
    };
    let choices = numbers.into_iter().map(|number| Choice::new(number, name(number)));
    let about = Field::new(t.messages.story.recipient);
    Some(choice_field(about, RECIPIENT_FIELD, choices, Some(&chosen), ("", choice_words(t)), Message::Recipient))
}

/// The title where the id is written, and the other way around.
fn contact_point(form: &FactsForm, scene: Scene<'_>) -> Field {
    let about = Field::new(scene.t.messages.story.contact_point);
    let text = form.contact_point.trim();
    if text.is_empty() || is_left_out(text) {
        return about;
    }
    let authority = form.authority(scene);
    match authority.contact_point(&contact_point_id(authority, text)) {
        Some(point) if point.id.as_str() == text => about.reading(Some(point.title.clone())),
        Some(point) => about.reading(Some(point.id.to_string())),
        None => about.doubt(Some(scene.t.try_message.unlisted_point.to_owned())),
    }
}

fn post_type<'a>(form: &FactsForm, scene: Scene<'a>) -> Element<'a, Message> {
    let t = scene.t;
    let post_types = [PostType::Unspecified, PostType::Authority, PostType::Company];
    let choices = post_types.into_iter().map(|it| Choice::new(it, (t.rules.post_type)(it)));
    let about = Field::new(t.messages.story.post_type);
    let placeholder = t.messages.story.other_post_type;
    choice_field(
        about,
        POST_TYPE_FIELD,
        choices,
        form.post_type.as_ref(),
        (placeholder, choice_words(t)),
        Message::PostType,
    )
}

fn kle(form: &FactsForm, scene: Scene<'_>) -> Field {
    let about = Field::new((scene.t.rules.element)(CriterionKind::Kle));
    let text = form.kle.trim();
    match text.parse::<Kle>() {
        Ok(number) => about.reading(scene.kle.about(&Interval::from(number))),
        Err(_) => about.doubt((!text.is_empty()).then(|| scene.t.try_message.not_kle.to_owned())),
    }
}

fn form_number(form: &FactsForm, scene: Scene<'_>) -> Field {
    let text = form.form.trim();
    let is_wrong = !text.is_empty() && text.parse::<Form>().is_err();
    let about = Field::new((scene.t.rules.element)(CriterionKind::Form));
    about.doubt(is_wrong.then(|| scene.t.try_message.not_form.to_owned()))
}
