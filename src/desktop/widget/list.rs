//! What is shown above a list, and in place of an empty one.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::icon::large_icon;
use super::line::horizontal_line;
use super::one_line::one_line;
use super::prose::Prose;
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
pub(in crate::desktop) fn empty<'a, Message: Clone + 'a>(
    symbol: Icon,
    words: Prose<'a, Message>,
) -> Element<'a, Message> {
    container(missing(symbol, words).spacing(12)).center(Fill).padding(24).into()
}

/// The same with a button for the next step.
pub(in crate::desktop) fn empty_with<'a, Message: Clone + 'a>(
    symbol: Icon,
    words: Prose<'a, Message>,
    next: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    container(missing(symbol, words).push(next).spacing(14)).center(Fill).padding(24).into()
}

fn missing<'a, Message: Clone + 'a>(symbol: Icon, words: Prose<'a, Message>) -> Column<'a, Message> {
    let words = container(words.size(theme::BODY).centred()).max_width(420);
    column![large_icon(symbol).style(theme::muted), words].align_x(Center)
}
