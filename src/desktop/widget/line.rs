use iced::widget::{container, space};
use iced::{Element, Fill};

use crate::desktop::theme;

pub(in crate::desktop) fn horizontal_line<'a, Message: 'a>() -> Element<'a, Message> {
    container(space()).width(Fill).height(1).style(theme::hairline).into()
}

pub(in crate::desktop) fn vertical_line<'a, Message: 'a>() -> Element<'a, Message> {
    container(space()).width(1).height(Fill).style(theme::hairline).into()
}
