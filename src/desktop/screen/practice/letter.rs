//! A letter that a practice fagsystem has received, open to read.

use iced::widget::text::Wrapping;
use iced::widget::{Column, column, container, row, scrollable, text};
use iced::{Center, Element, Fill, Length};
use lucide_icons::Icon;

use super::Message;
use super::inbox::{fate, words};
use crate::desktop::language::format::moment_text;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{heading, horizontal_line, icon_button, labelled_button, note, one_line};
use crate::memo::LetterFile;
use crate::rules::{Facts, Interval, Sender, SenderKind};
use crate::training::InboxLetter;

const LETTER: &str = "practice-letter";
/// The width of the names of facts, in logical pixels.
const NAMES: f32 = 116.0;

pub(super) fn view<'a>(letter: &'a InboxLetter, width: Length, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.practice;
    let subject = if letter.text.subject.is_empty() { t.no_subject } else { &letter.text.subject };
    let close = icon_button(Icon::X, scene.t.close).on_press(Message::Leave);
    let head = row![container(one_line(subject).bold().size(theme::HEADING)).width(Fill).clip(true), close];
    let head = container(head.spacing(8).align_y(Center)).padding([10, 20]);
    let came = format!("{} · {}", moment_text(letter.at), scene.t.messages.story.bytes.of(letter.bytes));
    let uuid = letter
        .header
        .as_ref()
        .map(|header| one_line(header.message_uuid.to_string()).size(theme::SMALL).tone(theme::muted));
    let facts = letter.header.as_ref().map(|header| facts(&header.facts, scene));
    let try_out = letter
        .header
        .as_ref()
        .map(|_| labelled_button(Icon::FlaskConical, t.try_out).style(theme::secondary).on_press(Message::TryOut));
    let title = column![fate(letter, scene), text(words(letter, scene)), note(came), uuid].spacing(4);
    let body = column![title, content(letter, scene), facts, try_out].spacing(16).padding([16, 20]);
    let body = scrollable(body).id(LETTER).width(Fill).height(Fill).style(theme::scrollbar);
    container(column![head, horizontal_line(), body]).width(width).height(Fill).style(theme::panel).into()
}

/// The letter's own text, or why there is none to show.
fn content<'a>(letter: &'a InboxLetter, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.practice;
    let words: Element<'a, Message> = match &letter.text.file {
        None => note(t.no_document).into(),
        Some(LetterFile { text: None, name, format, .. }) => note((t.not_text)(name, format)).into(),
        Some(LetterFile { text: Some(words), is_cut, .. }) => {
            let cut = is_cut.then(|| note(t.is_cut));
            column![text(words).wrapping(Wrapping::WordOrGlyph), cut].spacing(8).into()
        }
    };
    container(words).padding(14).width(Fill).style(theme::sheet).into()
}

/// What rules can look at in it.
fn facts<'a>(facts: &Facts, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.messages.story;
    let mut lines = vec![(t.sender, sender(facts, scene))];
    lines.extend(facts.recipient.map(|cvr| (t.recipient, scene.registers().cvr(cvr))));
    let point = facts.contact_point.as_ref();
    let id = point.and_then(|point| point.id.as_ref());
    let title = id.map(|id| {
        let known = scene.authority.contact_point(id).map(|point| point.title.clone());
        known.filter(|title| !title.is_empty()).unwrap_or_else(|| id.to_string())
    });
    lines.push((t.contact_point, title.unwrap_or_else(|| t.no_contact_point.to_owned())));
    let group = point.and_then(|point| point.group.as_ref());
    lines.extend(group.map(|group| (t.contact_group, group.to_string())));
    lines.extend(facts.kle.map(|kle| ("KLE", scene.registers().kle(&Interval::from(kle)))));
    lines.extend(facts.form.map(|form| ("FORM", form.to_string())));
    lines.push((t.post_type, facts.post_type.map_or(t.other_post_type, scene.t.rules.post_type).to_owned()));
    let lines = lines.into_iter().map(|(name, value)| {
        let value = text(value).width(Fill).wrapping(Wrapping::WordOrGlyph);
        row![note(name).width(NAMES), value].spacing(8).into()
    });
    column![heading(t.facts), Column::with_children(lines).spacing(4)].spacing(8).into()
}

fn sender(facts: &Facts, scene: Scene<'_>) -> String {
    let deciding = scene.bench.insight().distributor.as_ref().or(scene.bench.in_force());
    let kind = deciding.map_or(SenderKind::Other, |distributor| distributor.sender_kind(facts));
    let kind = (scene.t.router.sender)(kind);
    match facts.sender {
        Sender::Organisation(Some(cvr)) => format!("{kind}, {}", scene.registers().cvr(cvr)),
        _ => kind.to_owned(),
    }
}
