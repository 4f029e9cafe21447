//! Draws what the search has found.

use iced::widget::{Column, button, column, container, row, text};
use iced::{Center, Element, Fill};

use super::Message;
use crate::desktop::language::Texts;
use crate::desktop::theme;
use crate::desktop::widget::{focusable, note};
use crate::guide::Found;

pub(super) fn results<'a>(t: &'static Texts, query: &str, found: &'a [Found]) -> Element<'a, Message> {
    if found.is_empty() {
        return container(text((t.guide.nothing)(query)).style(theme::muted)).padding([20, 0]).into();
    }
    Column::with_children(found.iter().map(result)).spacing(4).into()
}

fn result(found: &Found) -> Element<'_, Message> {
    let page = (found.heading != found.page).then(|| note(found.page));
    let heading = row![text(found.heading).font(theme::SEMIBOLD), page].spacing(10).align_y(Center);
    let content = column![heading.wrap(), note(&found.excerpt)].spacing(3);
    let open = Message::Open(found.place.clone());
    let line = button(content).padding([8, 12]).width(Fill).style(theme::palette_line(false)).on_press(open.clone());
    focusable(line).on_activate(open).into()
}
