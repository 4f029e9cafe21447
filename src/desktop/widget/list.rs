//! What is shown above a list, and in place of an empty one.

use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill, Length};
use lucide_icons::Icon;

use super::icon::large_icon;
use super::line::horizontal_line;
use super::one_line::one_line;
use crate::desktop::theme;

/// The title of a list, how much is in it, and the button that adds to it.
pub(in crate::desktop) fn list_head<'a, Message: 'a>(
    title: impl text::IntoFragment<'a>,
    count: String,
    add: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let titles =
        column![one_line(title).bold().size(theme::TITLE), one_line(count).size(theme::SMALL).tone(theme::muted)];
    let head = row![titles.spacing(2).width(Fill), add.into()].spacing(12).align_y(Center).padding([16, 20]);
    column![head, horizontal_line()].into()
}

/// Shown in place of an empty list: what is missing, and how to get it.
pub(in crate::desktop) fn empty<'a, Message: 'a>(
    symbol: Icon,
    words: impl text::IntoFragment<'a>,
) -> Element<'a, Message> {
    let content = column![
        large_icon(symbol).style(theme::muted),
        text(words).style(theme::muted).width(Length::Shrink).align_x(Center)
    ];
    container(content.spacing(12).align_x(Center).max_width(420)).center(Fill).padding(24).into()
}

/// The same with a button for the next step.
pub(in crate::desktop) fn empty_with<'a, Message: 'a>(
    symbol: Icon,
    words: impl text::IntoFragment<'a>,
    next: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let words = container(text(words).style(theme::muted)).max_width(420);
    let content = column![large_icon(symbol).style(theme::muted), words, next.into()];
    container(content.spacing(14).align_x(Center)).center(Fill).padding(24).into()
}
