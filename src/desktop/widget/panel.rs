//! What is open beside a list.

use iced::widget::{Row, column, container, row, scrollable, text};
use iced::{Center, Element, Fill};

use super::line::{horizontal_line, vertical_line};
use crate::desktop::theme;

/// The width of an editor beside a list, in logical pixels.
pub(in crate::desktop) const EDITOR_WIDTH: f32 = 380.0;
/// A list beside an editor is at least this wide, in logical pixels.
const MIN_LIST_WIDTH: f32 = 300.0;
/// The id of the part of an editor that scrolls.
pub(in crate::desktop) const EDITOR: &str = "editor";

/// A list with a panel beside it, on a screen of that width. Where too little width would be left for the list, the panel
/// is shown alone until it is closed.
pub(in crate::desktop) fn beside<'a, Message: 'a>(
    list: impl FnOnce() -> Element<'a, Message>,
    panel: Option<Element<'a, Message>>,
    width: f32,
    panel_width: f32,
) -> Element<'a, Message> {
    match panel {
        Some(panel) if width - panel_width < MIN_LIST_WIDTH => container(panel).center_x(Fill).into(),
        panel => row![list(), panel].into(),
    }
}

/// An editor beside a list: a body that scrolls above buttons that do not.
pub(in crate::desktop) fn editor<'a, Message: 'a>(
    body: impl Into<Element<'a, Message>>,
    buttons: Row<'a, Message>,
) -> Element<'a, Message> {
    editor_with(body, None, buttons)
}

/// An editor with something else between the body and the buttons that does not scroll either.
pub(in crate::desktop) fn editor_with<'a, Message: 'a>(
    body: impl Into<Element<'a, Message>>,
    fixed: Option<Element<'a, Message>>,
    buttons: Row<'a, Message>,
) -> Element<'a, Message> {
    let body = scrollable(container(body).padding(20)).id(EDITOR).style(theme::scrollbar).height(Fill);
    let buttons = buttons.spacing(8).align_y(Center).padding([12, 20]);
    let fixed = fixed.map(|it| column![horizontal_line(), container(it).padding([12, 20]).width(Fill)]);
    let panel = container(column![body, fixed, horizontal_line(), buttons]).width(EDITOR_WIDTH).height(Fill);
    row![vertical_line(), panel.style(theme::panel)].into()
}

/// A part of an editor under its title.
pub(in crate::desktop) fn group<'a, Message: 'a>(
    title: &'a str,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let title = column![text(title).font(theme::SEMIBOLD).style(theme::accent), horizontal_line()].spacing(6);
    column![title, content.into()].spacing(12).into()
}
