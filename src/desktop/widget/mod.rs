//! What screens share: icons, buttons, fields, tables, notices.

mod button;
#[cfg_attr(not(test), expect(dead_code, reason = "the fields that open it come with the date fields"))]
mod calendar;
mod field;
mod focusable;
mod one_line;
#[cfg_attr(not(test), expect(dead_code, reason = "the window still listens for its keys by itself"))]
mod shortcuts;
mod table;

pub(super) use button::{FocusButton, focus_button};
#[cfg_attr(not(test), expect(unused_imports, reason = "as for the module"))]
pub(super) use calendar::{Calendar, CalendarMessage};
pub(super) use field::{Field, choice_field, choice_list, switch, text_field};
pub(super) use focusable::{Focusable, focusable};
pub(super) use one_line::one_line;
#[cfg_attr(not(test), expect(unused_imports, reason = "as for the module"))]
pub(super) use shortcuts::shortcuts;
pub(super) use table::{Column, Scroll, TableRow, cell, header, row_of, table};

use iced::widget::{Row, column, container, row, scrollable, space, text, tooltip};
use iced::{Center, Element, Fill, Font, Length, Theme};
use lucide_icons::Icon;

use super::theme;

/// How wide an editor beside a list is.
pub(super) const EDITOR_WIDTH: f32 = 380.0;
const ICONS: Font = Font::with_name("lucide");

/// A word with an icon before it, both in the colour that tells what kind of state it is; never colour alone.
pub(super) type Tone = fn(&Theme) -> text::Style;

/// An icon as high as a line of text.
pub(super) fn icon<'a>(icon: Icon) -> iced::widget::Text<'a> {
    text(char::from(icon)).font(ICONS).size(16).line_height(text::LineHeight::Absolute(18.0.into()))
}

pub(super) fn status<'a, Message: 'a>(
    symbol: Icon,
    words: impl text::IntoFragment<'a>,
    tone: Tone,
) -> Element<'a, Message> {
    row![icon(symbol).size(14).style(tone), one_line(words).tone(tone)].spacing(6).align_y(Center).into()
}

pub(super) fn labelled_button<'a, Message: 'a>(
    symbol: Icon,
    words: impl text::IntoFragment<'a>,
) -> FocusButton<'a, Message> {
    focus_button(row![icon(symbol), text(words).wrapping(text::Wrapping::None)].spacing(8).align_y(Center))
        .padding([7, 14])
}

pub(super) fn plain_button<'a, Message: 'a>(words: impl text::IntoFragment<'a>) -> FocusButton<'a, Message> {
    focus_button(text(words).wrapping(text::Wrapping::None)).padding([7, 14])
}

/// An icon that stands by itself. Its line is as high as it is: what is drawn outside its place is not erased.
pub(super) fn large_icon<'a>(icon: Icon) -> iced::widget::Text<'a> {
    text(char::from(icon)).font(ICONS).size(28)
}

/// A button that is an icon alone; what it does stands beside it when one points at it.
pub(super) fn icon_button<'a, Message: 'a>(symbol: Icon, words: &'a str) -> IconButton<'a, Message> {
    IconButton { button: focus_button(icon(symbol)).padding(7).style(theme::quiet), words }
}

/// See [`icon_button`].
pub(super) struct IconButton<'a, Message> {
    button: FocusButton<'a, Message>,
    words: &'a str,
}

impl<'a, Message: Clone + 'a> IconButton<'a, Message> {
    pub fn style(
        self,
        style: impl Fn(&Theme, iced::widget::button::Status) -> iced::widget::button::Style + 'a,
    ) -> Self {
        Self { button: self.button.style(style), ..self }
    }

    pub fn on_press(self, message: Message) -> Element<'a, Message> {
        let words = container(text(self.words).size(theme::SMALL)).padding([4, 8]).style(theme::toast);
        tooltip(self.button.on_press(message), words, tooltip::Position::Bottom).into()
    }
}

pub(super) fn heading<'a>(words: impl text::IntoFragment<'a>) -> iced::widget::Text<'a> {
    text(words).font(theme::SEMIBOLD).size(theme::HEADING)
}

pub(super) fn note<'a>(words: impl text::IntoFragment<'a>) -> iced::widget::Text<'a> {
    text(words).size(theme::SMALL).style(theme::muted)
}

pub(super) fn horizontal_line<'a, Message: 'a>() -> Element<'a, Message> {
    container(space()).width(Fill).height(1).style(theme::hairline).into()
}

pub(super) fn vertical_line<'a, Message: 'a>() -> Element<'a, Message> {
    container(space()).width(1).height(Length::Fill).style(theme::hairline).into()
}

/// What stands above a list: what it is, how much of it there is, and what adds to it.
pub(super) fn list_head<'a, Message: 'a>(
    title: &'a str,
    count: String,
    add: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let titles = column![text(title).font(theme::SEMIBOLD).size(theme::TITLE), note(count)].spacing(2);
    let head = row![titles, space().width(Fill), add.into()].align_y(Center).padding([16, 20]);
    column![head, horizontal_line()].into()
}

/// An editor beside a list: what scrolls, and the buttons that stay in sight beneath it.
pub(super) fn editor<'a, Message: 'a>(
    body: impl Into<Element<'a, Message>>,
    buttons: Row<'a, Message>,
) -> Element<'a, Message> {
    let body = scrollable(container(body).padding(20)).style(theme::scrollbar).height(Fill);
    let buttons = buttons.spacing(8).align_y(Center).padding([12, 20]);
    let panel = container(column![body, horizontal_line(), buttons]).width(EDITOR_WIDTH).height(Fill);
    row![vertical_line(), panel.style(theme::panel)].into()
}

/// What stands where there is nothing to show: what is missing, and the next step.
pub(super) fn empty<'a, Message: 'a>(symbol: Icon, words: impl text::IntoFragment<'a>) -> Element<'a, Message> {
    let content = column![
        large_icon(symbol).style(theme::muted),
        text(words).style(theme::muted).width(Length::Shrink).align_x(Center)
    ];
    container(content.spacing(12).align_x(Center).max_width(420)).center(Fill).padding(24).into()
}

#[cfg(test)]
mod tests;
