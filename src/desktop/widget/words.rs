//! Words that have a look of their own wherever they are shown.

use iced::widget::{row, text};
use iced::{Center, Element};
use lucide_icons::Icon;

use super::icon::icon;
use super::one_line::one_line;
use crate::desktop::theme::{self, Tone};

/// A state: a word with an icon before it, both in the colour of that kind of state. Colour alone would not tell it to
/// everybody.
pub(in crate::desktop) fn status<'a, Message: 'a>(
    symbol: Icon,
    words: impl text::IntoFragment<'a>,
    tone: Tone,
) -> Element<'a, Message> {
    row![icon(symbol).size(14).style(tone), one_line(words).tone(tone)].spacing(6).align_y(Center).into()
}

pub(in crate::desktop) fn heading<'a>(words: impl text::IntoFragment<'a>) -> iced::widget::Text<'a> {
    text(words).font(theme::SEMIBOLD).size(theme::HEADING)
}

pub(in crate::desktop) fn note<'a>(words: impl text::IntoFragment<'a>) -> iced::widget::Text<'a> {
    text(words).size(theme::SMALL).style(theme::muted)
}

/// A warning about something that may not be intended.
pub(in crate::desktop) fn warning_line<'a, Message: 'a>(words: String) -> Element<'a, Message> {
    row![icon(Icon::TriangleAlert).style(theme::warning), text(words).style(theme::warning)].spacing(8).into()
}
