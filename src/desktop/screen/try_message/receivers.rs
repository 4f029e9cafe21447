//! Who gets the message by the draft and by the publication, side by side.

use iced::widget::text::Wrapping;
use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::Message;
use super::trial::{Agreement, Answer, Decided, Trial};
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, focus_button, icon, note, one_line};
use crate::rules::Receiver;

/// The width from which a name may take several lines, in logical pixels.
const WITH_LINES: f32 = 480.0;

/// In that width, in logical pixels.
pub(super) fn view<'a>(trial: &'a Trial, width: f32, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.try_message;
    let agreement = trial.agreement();
    let differs = agreement == Some(Agreement::OtherReceiver);
    let publication = (t.publication)(scene.bench.published().number.get());
    let cards = row![
        card(t.draft.to_owned(), &trial.draft, differs, width, scene),
        card(publication, &trial.published, false, width, scene)
    ];
    let verdict = agreement.map(|agreement| {
        let (symbol, words, tone): (_, _, Tone) = match agreement {
            Agreement::Same => (Icon::Equal, t.same, theme::muted),
            Agreement::OtherGround => (Icon::EqualApproximately, t.other_rule, theme::accent),
            Agreement::OtherReceiver => (Icon::ArrowLeftRight, t.other_receiver, theme::warning),
        };
        row![icon(symbol).size(15).style(tone), text(words).style(tone)].spacing(8).align_y(Center)
    });
    container(column![cards.spacing(12), verdict].spacing(8)).padding([14, 20]).into()
}

fn card<'a>(title: String, answer: &'a Answer, differs: bool, width: f32, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.try_message;
    let content = match answer {
        Answer::Undecidable => trouble(t.contradicts, t.contradicts_hint),
        Answer::UnknownRecipient => trouble(t.unknown_recipient, t.unknown_recipient_hint),
        Answer::Decided(decided) => receiver(decided, width >= WITH_LINES, scene),
    };
    let content = column![note(title), content].spacing(4);
    let style = if differs { theme::highlight } else { theme::card };
    container(content).padding([10, 12]).width(Fill).style(style).into()
}

fn trouble<'a>(words: &'a str, hint: &'a str) -> Element<'a, Message> {
    let title = row![
        icon(Icon::TriangleAlert).size(15).style(theme::warning),
        text(words).font(theme::SEMIBOLD).style(theme::warning)
    ];
    column![title.spacing(6).align_y(Center), note(hint)].spacing(4).into()
}

/// Where there is no room for lines, a long name is shortened.
fn receiver<'a>(decided: &'a Decided, has_lines: bool, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.try_message;
    let authority = decided.authority();
    let id = decided.decides().map_or(&authority.default_fagsystem, |rule| &rule.fagsystem);
    let name = fagsystem_name(authority, id);
    let name: Element<'a, Message> = if has_lines {
        text(name).font(theme::SEMIBOLD).size(theme::HEADING).wrapping(Wrapping::WordOrGlyph).into()
    } else {
        one_line(name).bold().into()
    };
    let ground = match decided.decides() {
        Some(rule) => (t.by_rule)(rule.priority),
        None => t.by_default.to_owned(),
    };
    let is_paused = decided.fagsystem().is_some_and(|fagsystem| !fagsystem.active);
    let paused = is_paused.then(|| {
        let symbol = icon(Icon::CirclePause).size(14).style(theme::warning);
        row![symbol, text(t.paused).size(theme::SMALL).style(theme::warning)].spacing(6)
    });
    // Of another authority than the one that is shown.
    let of = (authority.cvr != scene.authority.cvr).then(|| note(&authority.name));
    let receiver = Receiver { authority: authority.cvr, fagsystem: id.clone() };
    // A guard is a part of the draft's authority.
    let can_guard = scene.bench.book().authority(authority.cvr).is_some_and(|it| it.fagsystem(id).is_some());
    let guard = can_guard.then(|| {
        let words = row![icon(Icon::Shield).size(14), one_line(t.guard).size(theme::SMALL)].spacing(6);
        let press = Message::Guard(receiver);
        focus_button(words.align_y(Center)).padding([3, 8]).style(theme::secondary).on_press(press)
    });
    column![name, of, note(ground), paused, guard].spacing(4).into()
}
