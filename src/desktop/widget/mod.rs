//! What screens share: icons, buttons, fields, tables, notices.

mod around;
mod button;
mod calendar;
mod chart;
mod choice;
mod drop_down;
mod field;
mod filter_cell;
mod floating;
mod focusable;
mod frame;
mod hanging;
mod line_of_text;
mod measure;
mod one_line;
mod options;
mod popup;
mod press_row;
mod shortcuts;
mod suggesting;
mod table;
mod tools;
mod whole_words;

pub(super) use button::{FocusButton, focus_button};
pub(super) use calendar::{CALENDAR, Calendar, CalendarMessage, CalendarWords};
pub(super) use chart::{Bar, Look, Pattern, Tip, bar_chart, sparkline, swatch};
pub(super) use choice::{Choice, choice_field, choice_list};
pub(super) use drop_down::ChoiceWords;
pub(super) use field::{Field, field, search_field, secret_field, switch, text_field};
pub(super) use filter_cell::filter_cell;
pub(super) use floating::floating;
pub(super) use focusable::focusable;
pub(super) use measure::{bold_width, text_width, widest};
pub(super) use one_line::one_line;
pub(super) use press_row::{RowLook, press_row};
pub(super) use shortcuts::shortcuts;
pub(super) use suggesting::suggesting;
pub(super) use table::{
    Column, Motion, ROW_HEIGHT, Room, Scroll, TableRow, cell, cells, fitted, header, line_of, row_of, rows_in_sight,
    share, table,
};
pub(super) use tools::{Head, Tool, tools};

use std::borrow::Cow;

use iced::widget::{Row, column, container, row, scrollable, space, text, tooltip};
use iced::{Center, Element, Fill, Font, Length, Theme};
use lucide_icons::Icon;

use super::theme;

/// How wide an editor beside a list is.
pub(super) const EDITOR_WIDTH: f32 = 380.0;
/// Between the fields of a form: as much as a line below a field takes.
pub(super) const FIELD_SPACING: f32 = 16.0;
/// How wide a list beside an editor is at least.
pub(super) const LEAST_LIST: f32 = 300.0;
/// What scrolls in it.
pub(super) const EDITOR: &str = "editor";
/// What icons are drawn with.
pub(super) const ICONS: Font = Font::with_name("lucide");

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
    focus_button(row![icon(symbol), one_line(words)].spacing(8).align_y(Center)).padding([7, 14])
}

pub(super) fn plain_button<'a, Message: 'a>(words: impl text::IntoFragment<'a>) -> FocusButton<'a, Message> {
    focus_button(one_line(words)).padding([7, 14])
}

/// An icon that stands by itself. Its line is as high as it is: what is drawn outside its place is not erased.
pub(super) fn large_icon<'a>(icon: Icon) -> iced::widget::Text<'a> {
    text(char::from(icon)).font(ICONS).size(28)
}

/// A button that is an icon alone; what it does stands beside it when one points at it.
pub(super) fn icon_button<'a, Message: 'a>(symbol: Icon, words: impl Into<Cow<'a, str>>) -> IconButton<'a, Message> {
    IconButton { button: focus_button(icon(symbol)).padding(7).style(theme::quiet), words: words.into() }
}

/// See [`icon_button`].
pub(super) struct IconButton<'a, Message> {
    button: FocusButton<'a, Message>,
    words: Cow<'a, str>,
}

impl<'a, Message: Clone + 'a> IconButton<'a, Message> {
    pub fn style(
        self,
        style: impl Fn(&Theme, iced::widget::button::Status) -> iced::widget::button::Style + 'a,
    ) -> Self {
        Self { button: self.button.style(style), ..self }
    }

    pub fn on_press(self, message: Message) -> Element<'a, Message> {
        self.on_press_maybe(Some(message))
    }

    pub fn on_press_maybe(self, message: Option<Message>) -> Element<'a, Message> {
        let words = container(text(self.words).size(theme::SMALL)).padding([4, 8]).style(theme::toast);
        tooltip(self.button.on_press_maybe(message), words, tooltip::Position::Bottom).into()
    }
}

pub(super) fn heading<'a>(words: impl text::IntoFragment<'a>) -> iced::widget::Text<'a> {
    text(words).font(theme::SEMIBOLD).size(theme::HEADING)
}

pub(super) fn note<'a>(words: impl text::IntoFragment<'a>) -> iced::widget::Text<'a> {
    text(words).size(theme::SMALL).style(theme::muted)
}

/// Something that may not be meant so.
pub(super) fn warning_line<'a, Message: 'a>(words: String) -> Element<'a, Message> {
    row![icon(Icon::TriangleAlert).style(theme::warning), text(words).style(theme::warning)].spacing(8).into()
}

/// A part of an editor with its name.
pub(super) fn group<'a, Message: 'a>(title: &'a str, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let title = column![text(title).font(theme::SEMIBOLD).style(theme::accent), horizontal_line()].spacing(6);
    column![title, content.into()].spacing(12).into()
}

pub(super) fn horizontal_line<'a, Message: 'a>() -> Element<'a, Message> {
    container(space()).width(Fill).height(1).style(theme::hairline).into()
}

pub(super) fn vertical_line<'a, Message: 'a>() -> Element<'a, Message> {
    container(space()).width(1).height(Length::Fill).style(theme::hairline).into()
}

/// What stands above a list: what it is, how much of it there is, and what adds to it.
pub(super) fn list_head<'a, Message: 'a>(
    title: impl text::IntoFragment<'a>,
    count: String,
    add: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let titles =
        column![one_line(title).bold().size(theme::TITLE), one_line(count).size(theme::SMALL).tone(theme::muted)];
    let head = row![titles.spacing(2).width(Fill), add.into()].spacing(12).align_y(Center).padding([16, 20]);
    column![head, horizontal_line()].into()
}

/// A list and what stands beside it, on a screen as wide as that. Where the list would be too narrow to be read, what is
/// open stands alone until it is left.
pub(super) fn beside<'a, Message: 'a>(
    list: impl FnOnce() -> Element<'a, Message>,
    panel: Option<Element<'a, Message>>,
    width: f32,
    panel_width: f32,
) -> Element<'a, Message> {
    match panel {
        Some(panel) if width - panel_width < LEAST_LIST => container(panel).center_x(Fill).into(),
        panel => row![list(), panel].into(),
    }
}

/// An editor beside a list: what scrolls, and the buttons that stay in sight beneath it.
pub(super) fn editor<'a, Message: 'a>(
    body: impl Into<Element<'a, Message>>,
    buttons: Row<'a, Message>,
) -> Element<'a, Message> {
    editor_with(body, None, buttons)
}

/// An editor beside a list, with something that stays in sight above its buttons.
pub(super) fn editor_with<'a, Message: 'a>(
    body: impl Into<Element<'a, Message>>,
    in_sight: Option<Element<'a, Message>>,
    buttons: Row<'a, Message>,
) -> Element<'a, Message> {
    let body = scrollable(container(body).padding(20)).id(EDITOR).style(theme::scrollbar).height(Fill);
    let buttons = buttons.spacing(8).align_y(Center).padding([12, 20]);
    let in_sight = in_sight.map(|it| column![horizontal_line(), container(it).padding([12, 20]).width(Fill)]);
    let panel = container(column![body, in_sight, horizontal_line(), buttons]).width(EDITOR_WIDTH).height(Fill);
    row![vertical_line(), panel.style(theme::panel)].into()
}

/// What stands where there is nothing to show, and a button for the next step.
pub(super) fn empty_with<'a, Message: 'a>(
    symbol: Icon,
    words: impl text::IntoFragment<'a>,
    next: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let words = container(text(words).style(theme::muted)).max_width(420);
    let content = column![large_icon(symbol).style(theme::muted), words, next.into()];
    container(content.spacing(14).align_x(Center)).center(Fill).padding(24).into()
}

/// What stands where there is nothing to show: what is missing, and the next step.
pub(super) fn empty<'a, Message: 'a>(symbol: Icon, words: impl text::IntoFragment<'a>) -> Element<'a, Message> {
    let content = column![
        large_icon(symbol).style(theme::muted),
        text(words).style(theme::muted).width(Length::Shrink).align_x(Center)
    ];
    container(content.spacing(12).align_x(Center).max_width(420)).center(Fill).padding(24).into()
}
