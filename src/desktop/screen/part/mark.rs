//! Marks on what is new or changed in the draft.

use iced::widget::{container, row, text, tooltip};
use iced::{Center, Element};
use lucide_icons::Icon;

use crate::desktop::language::Texts;
use crate::desktop::model::marks::Mark;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, icon, status};

/// The icon of a mark: by shape as well as colour.
pub(in crate::desktop) fn mark_sign(mark: Mark) -> (Icon, Tone) {
    match mark {
        Mark::New => (Icon::Plus, theme::good),
        Mark::Changed => (Icon::PencilLine, theme::accent),
    }
}

/// The icon with its meaning in a tooltip.
pub(in crate::desktop) fn mark_icon<'a, Message: 'a>(mark: Mark, t: &'static Texts) -> Element<'a, Message> {
    let (symbol, tone) = mark_sign(mark);
    let words = container(text((t.mark)(mark)).size(theme::SMALL)).padding([4, 8]).style(theme::toast);
    tooltip(icon(symbol).size(13).style(tone), words, tooltip::Position::Bottom).into()
}

/// A name in a list, with its mark before it.
pub(in crate::desktop) fn marked<'a, Message: 'a>(
    mark: Option<Mark>,
    name: Element<'a, Message>,
    t: &'static Texts,
) -> Element<'a, Message> {
    match mark {
        Some(mark) => row![mark_icon(mark, t), name].spacing(6).align_y(Center).into(),
        None => name,
    }
}

/// The mark in words, for where there is room.
pub(in crate::desktop) fn mark_line<'a, Message: 'a>(
    mark: Option<Mark>,
    t: &'static Texts,
) -> Option<Element<'a, Message>> {
    let (symbol, tone) = mark_sign(mark?);
    Some(status(symbol, (t.mark)(mark?), tone))
}
