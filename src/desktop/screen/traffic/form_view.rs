//! The form for which messages are wanted.

use iced::widget::{Column, column, container, row, scrollable};
use iced::{Element, Fill};

use super::wish_form::{NumberKind, SizeChoice, WishField, WishForm, WishMessage, groups};
use super::{Message, TrafficScreen};
use crate::desktop::language::memo_version;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::words::choice_words;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Choice, FIELD_SPACING, Field, choice_field, focus_button, one_line, text_field};
use crate::memo::Version;
use crate::rules::{Authority, Interval, Kle, PostType};
use crate::training::{MessageMaker, Shape, Subject, Traffic, WishedAddress, Writer};

const FORM: &str = "traffic-form";

impl TrafficScreen {
    /// The width of the form on a screen of that width, in logical pixels.
    pub(super) fn form_width(width: f32) -> f32 {
        if width < 800.0 { 264.0 } else { 320.0 }
    }

    pub(super) fn form<'a>(&'a self, to: &'a Authority, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.traffic.form;
        let form = &self.form;
        let kinds = [(true, t.as_it_comes), (false, t.by_wish)].map(|(is_free, words)| {
            let chip = focus_button(one_line(words).size(theme::SMALL)).padding([5, 14]);
            chip.style(theme::chip(form.is_free == is_free)).on_press(WishMessage::Free(is_free)).into()
        });
        let kinds = row(kinds).spacing(6).wrap().vertical_spacing(6);
        let wishes: Element<'a, WishMessage> = if form.is_free {
            explained(t.as_it_comes_about, scene.t.language).into()
        } else {
            wishes(form, to, scene)
        };
        let numbers = row![count(form, scene), seed(form, scene)].spacing(12);
        let content = column![
            kinds,
            numbers,
            wishes,
            version(form, scene),
            size(form, scene),
            explained(t.seed_about, scene.t.language)
        ];
        let content = Element::from(content.spacing(FIELD_SPACING)).map(Message::Wish);
        let content = column![content, self.files(scene)].spacing(28).padding([16, 20]);
        let content = scrollable(content).id(FORM).width(Fill).height(Fill).style(theme::scrollbar);
        container(content).width(Self::form_width(scene.size.width)).height(Fill).into()
    }
}

/// A list of choices, the first of which wishes for nothing.
fn choice<'a, T: Copy + PartialEq + 'a>(
    label: &'static str,
    id: &'static str,
    choices: impl IntoIterator<Item = (T, &'static str)>,
    chosen: Option<T>,
    on_choice: fn(Option<T>) -> WishMessage,
    scene: Scene<'a>,
) -> Element<'a, WishMessage> {
    let any = Choice::new(None, scene.t.traffic.form.any);
    let choices = choices.into_iter().map(|(value, words)| Choice::new(Some(value), words));
    let choices = std::iter::once(any).chain(choices);
    choice_field(Field::new(label), id, choices, Some(&chosen), ("", choice_words(scene.t)), on_choice)
}

fn wishes<'a>(form: &'a WishForm, to: &'a Authority, scene: Scene<'a>) -> Element<'a, WishMessage> {
    let (t, mail) = (&scene.t.traffic.form, &scene.t.made_mail);
    let writers = Writer::ALL.map(|writer| (writer, (mail.writer)(writer)));
    let subjects = Subject::ALL.map(|subject| (subject, (mail.subject)(subject)));
    let post_types = [PostType::Authority, PostType::Company, PostType::Unspecified];
    let post_types = post_types.map(|post_type| (post_type, (scene.t.rules.post_type)(post_type)));
    let shapes = Shape::ALL.map(|shape| (shape, (mail.shape)(shape)));
    Column::with_children([
        choice(t.writer, "traffic-writer", writers, form.writer, WishMessage::Writer, scene),
        choice(t.subject, "traffic-subject", subjects, form.subject, WishMessage::Subject, scene),
        address(form, to, scene),
        number(form, scene),
        choice(t.post_type, "traffic-post-type", post_types, form.post_type, WishMessage::PostType, scene),
        choice(t.shape, "traffic-shape", shapes, form.shape, WishMessage::Shape, scene),
    ])
    .spacing(FIELD_SPACING)
    .into()
}

fn address<'a>(form: &'a WishForm, to: &'a Authority, scene: Scene<'a>) -> Element<'a, WishMessage> {
    let t = &scene.t.traffic.form;
    let first = [
        Choice::new(None, t.any),
        Choice::new(Some(WishedAddress::Nowhere), t.nowhere),
        Choice::new(Some(WishedAddress::Gone), t.gone),
    ];
    let groups = groups(to)
        .into_iter()
        .map(|name| Choice::new(Some(WishedAddress::Group(name.clone())), name.as_str()).under(t.groups));
    let points = to.contact_points.iter().map(|point| {
        let title = if point.title.is_empty() { point.id.as_str() } else { &point.title };
        let address = WishedAddress::ContactPoint(point.id.clone());
        Choice::new(Some(address), title).under(t.points).also(point.id.as_str())
    });
    let choices = first.into_iter().chain(groups).chain(points);
    let words = ("", choice_words(scene.t));
    choice_field(Field::new(t.address), "traffic-address", choices, Some(&form.address), words, WishMessage::Address)
}

fn number<'a>(form: &'a WishForm, scene: Scene<'a>) -> Element<'a, WishMessage> {
    let t = &scene.t.traffic.form;
    let kinds = [
        (NumberKind::Any, t.any),
        (NumberKind::Missing, t.no_number),
        (NumberKind::Kle, t.kle),
        (NumberKind::Form, t.form),
    ];
    let kinds = kinds.map(|(kind, words)| Choice::new(kind, words));
    let words = ("", choice_words(scene.t));
    let kinds =
        choice_field(Field::new(t.number), "traffic-number", kinds, Some(&form.number), words, WishMessage::Number);
    let (symbol, wrong) = match form.number {
        NumberKind::Any | NumberKind::Missing => return kinds,
        NumberKind::Kle => ("KLE", t.not_kle),
        NumberKind::Form => ("FORM", t.not_form),
    };
    let kle = form.number_text.trim().parse::<Kle>().ok().filter(|_| form.number == NumberKind::Kle);
    let is_wrong = form.number().is_err();
    let about = Field::new(symbol).error(is_wrong.then(|| wrong.to_owned()));
    let about = about.reading(kle.and_then(|kle| scene.kle.about(&Interval::from(kle))));
    column![kinds, written(about, WishField::Number, &form.number_text)].spacing(FIELD_SPACING).into()
}

fn version<'a>(form: &WishForm, scene: Scene<'a>) -> Element<'a, WishMessage> {
    let t = &scene.t.traffic.form;
    let versions = [Version::V1_1, Version::V1_2].map(|version| Choice::new(Some(version), memo_version(version)));
    let choices = std::iter::once(Choice::new(None, t.some_of_each)).chain(versions);
    let words = ("", choice_words(scene.t));
    choice_field(Field::new(t.version), "traffic-version", choices, Some(&form.version), words, WishMessage::Version)
}

fn size<'a>(form: &'a WishForm, scene: Scene<'a>) -> Element<'a, WishMessage> {
    let (t, number) = (&scene.t.traffic.form, scene.t.number);
    let sizes = SizeChoice::ALL.map(|size| {
        let words = match size {
            SizeChoice::AsMade => t.as_made.to_owned(),
            SizeChoice::Bytes(MessageMaker::MAX_SIZE) => (t.largest)(&number(MessageMaker::MAX_SIZE)),
            SizeChoice::Bytes(bytes) => (t.bytes)(&number(bytes)),
            SizeChoice::Other => t.other_size.to_owned(),
        };
        Choice::new(size, words)
    });
    let words = ("", choice_words(scene.t));
    let sizes = choice_field(Field::new(t.size), "traffic-size", sizes, Some(&form.size), words, WishMessage::Size);
    if form.size != SizeChoice::Other {
        return sizes;
    }
    let range = (t.not_a_size)(&number(MessageMaker::MIN_SIZE), &number(MessageMaker::MAX_SIZE));
    let about = Field::new(scene.t.practice.columns.bytes).error(form.size().is_err().then_some(range));
    column![sizes, written(about, WishField::Size, &form.size_text)].spacing(FIELD_SPACING).into()
}

fn count<'a>(form: &'a WishForm, scene: Scene<'a>) -> Element<'a, WishMessage> {
    let t = &scene.t.traffic.form;
    let wrong = (t.not_a_count)(&(scene.t.number)(Traffic::MAX_WANTED.into()));
    let about = Field::new(t.count).error(form.count().is_none().then_some(wrong));
    written(about, WishField::Count, &form.count)
}

fn seed<'a>(form: &'a WishForm, scene: Scene<'a>) -> Element<'a, WishMessage> {
    let t = &scene.t.traffic.form;
    let about = Field::new(t.seed).error(form.seed().is_none().then(|| t.not_a_seed.to_owned()));
    written(about, WishField::Seed, &form.seed)
}

fn written(about: Field, field: WishField, text: &str) -> Element<'_, WishMessage> {
    let same = WishMessage::Write(field, text.to_owned());
    text_field(about, field.id(), "", text, move |text| WishMessage::Write(field, text), same)
}
