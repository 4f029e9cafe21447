//! How an outcome is drawn, in the list and in the story.

use iced::Element;
use iced::widget::{container, text, tooltip};
use lucide_icons::Icon;

use super::{Filter, Message};
use crate::desktop::language::Texts;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, icon, status};
use crate::rules::CriterionKind;
use crate::store::{Outcome, Reason};

/// Filters the list by the kind of criterion that decided.
pub(super) fn element_filter(element: CriterionKind) -> Message {
    Message::AddFilter(Filter::CriterionKind(element))
}

/// The outcome of a message, in a word and an icon, never by colour alone.
pub(in crate::desktop::screen) fn outcome_status<'a, Message: 'a>(
    t: &'static Texts,
    outcome: Outcome,
    reason: Option<Reason>,
    repeats: bool,
) -> Element<'a, Message> {
    let (symbol, tone) = outcome_look(outcome, reason, repeats);
    let words = status(symbol, (t.messages.outcome)(outcome, reason, repeats), tone);
    match (t.messages.fate)(outcome) {
        None => words,
        Some(fate) => hinted(words, fate),
    }
}

/// Shows in a tooltip what happens to the message next.
fn hinted<'a, Message: 'a>(words: Element<'a, Message>, hint: &'a str) -> Element<'a, Message> {
    let hint = container(text(hint).size(theme::SMALL)).padding([4, 8]).max_width(320).style(theme::toast);
    tooltip(words, hint, tooltip::Position::Bottom).into()
}

pub(super) fn outcome_look(outcome: Outcome, reason: Option<Reason>, repeats: bool) -> (Icon, Tone) {
    match (outcome, reason) {
        (Outcome::Accepted, _) if repeats => (Icon::Repeat2, theme::good),
        (Outcome::Accepted, _) => (Icon::CircleCheck, theme::good),
        (Outcome::UnderWay, _) => (Icon::Send, theme::accent),
        (Outcome::Unknown, _) => (Icon::CircleQuestionMark, theme::bad),
        (Outcome::Unavailable, Some(Reason::Paused)) => (Icon::CirclePause, theme::warning),
        (Outcome::Unavailable, Some(reason)) => unavailable_look(reason),
        (Outcome::Unavailable | Outcome::Busy, _) => (Icon::Hourglass, theme::warning),
        (Outcome::BrokenOff, _) => (Icon::Unplug, theme::muted),
        (Outcome::NotWritten, _) => (Icon::HardDrive, theme::bad),
        _ => (Icon::CircleX, theme::bad),
    }
}

fn unavailable_look(reason: Reason) -> (Icon, Tone) {
    let symbol = match reason {
        Reason::ConnectionRefused
        | Reason::NoSuchName
        | Reason::NotConnectedInTime
        | Reason::NoConnection
        | Reason::ProxyUnreachable
        | Reason::BrokenOff
        | Reason::NoAnswer => Icon::Unplug,
        Reason::TooSlow | Reason::Silent => Icon::Turtle,
        Reason::NoAccess
        | Reason::Unencrypted
        | Reason::AccessRefused
        | Reason::ProxyRefused
        | Reason::NotTls
        | Reason::TlsWanted
        | Reason::TlsFailed
        | Reason::IssuerUnknown
        | Reason::CertificateExpired
        | Reason::CertificateNotYetValid
        | Reason::CertificateOfOther
        | Reason::CertificateInvalid
        | Reason::ClientCertificateWanted
        | Reason::ClientCertificateRefused
        | Reason::ClientCertificateExpired => Icon::KeyRound,
        _ => Icon::Hourglass,
    };
    (symbol, theme::warning)
}

/// The icon of an outcome.
pub(super) fn outcome_icon<'a>(outcome: Outcome, reason: Option<Reason>, repeats: bool) -> iced::widget::Text<'a> {
    let (symbol, tone) = outcome_look(outcome, reason, repeats);
    icon(symbol).size(15).style(tone)
}

/// The width of the icon before an outcome.
pub(super) const SIGN: f32 = 20.0;

/// The number of rules that did not decide that are shown at first.
pub(super) const A_FEW: usize = 20;

/// The width of the story.
pub(super) fn panel_width(scene: Scene<'_>) -> f32 {
    if scene.size.width >= ROOMY { 432.0 } else { 392.0 }
}

/// From this width of the screen on, the story has its full width.
const ROOMY: f32 = 900.0;
