//! How an outcome looks, and what else the list and the story share.

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

/// What a rule's element is called when it is filtered by.
pub(super) fn element_filter(element: CriterionKind) -> Message {
    Message::AddFilter(Filter::CriterionKind(element))
}

/// What became of a message, in a word and an icon, never colour alone.
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

/// What becomes of it now stands beside it, when one points at it.
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

/// An icon for what became of a message.
pub(super) fn outcome_icon<'a>(outcome: Outcome, reason: Option<Reason>, repeats: bool) -> iced::widget::Text<'a> {
    let (symbol, tone) = outcome_look(outcome, reason, repeats);
    icon(symbol).size(15).style(tone)
}

/// The sign before an outcome.
pub(super) const SIGN: f32 = 20.0;

/// So many rules that did not decide are shown at first, and so many more each time.
pub(super) const A_FEW: usize = 20;

/// How wide the story is.
pub(super) fn panel_width(scene: Scene<'_>) -> f32 {
    if scene.size.width >= ROOMY { 432.0 } else { 392.0 }
}

/// How wide the screen must be for the story to have all the room that it likes.
const ROOMY: f32 = 900.0;
