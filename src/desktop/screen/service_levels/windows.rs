//! The card of service windows: those that are planned, and those that were.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::{Message, name_of, small};
use crate::desktop::language::format::span_text;
use crate::desktop::model::service_level::Subject;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Tone, focus_button, heading, horizontal_line, icon_button, note, status};
use crate::service_level::{ServiceWindow, WindowScope};

/// At most this many are drawn; the others are counted.
const MAX_LINES: usize = 100;

pub(super) fn view<'a>(windows: &'a [ServiceWindow], scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.service_levels;
    let head = column![heading(t.windows), explained(t.windows_about, scene.t.language)].spacing(4);
    let head = container(head).padding(Padding::new(16.0).top(12).bottom(10));
    let mut lines = Column::new();
    for window in windows.iter().take(MAX_LINES) {
        lines = lines.push(horizontal_line()).push(line(window, scene));
    }
    if windows.is_empty() {
        lines =
            lines.push(horizontal_line()).push(container(explained(t.no_windows, scene.t.language)).padding([12, 16]));
    }
    let more = windows.len().saturating_sub(MAX_LINES);
    let more = (more > 0).then(|| container(note(t.more.of(more))).padding([8, 16]));
    container(column![head, lines, more]).width(Fill).padding(1).style(theme::card).into()
}

fn line<'a>(window: &'a ServiceWindow, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.service_levels;
    let of = match &window.scope {
        WindowScope::All => t.scope_all.to_owned(),
        WindowScope::Router => t.router.to_owned(),
        WindowScope::Fagsystem(authority, id) => name_of(&Subject::Fagsystem(*authority, id.clone()), scene).to_owned(),
    };
    let about = if window.note.is_empty() { of } else { format!("{of} · {}", window.note) };
    let state: Option<(Icon, &str, Tone)> = if scene.now < window.span.begin {
        Some((Icon::CalendarClock, t.planned, theme::accent))
    } else if scene.now < window.span.end {
        Some((Icon::Wrench, t.now, theme::warning))
    } else if window.is_retroactive() {
        Some((Icon::History, t.retroactive, theme::muted))
    } else {
        None
    };
    let state = state.map(|(symbol, words, tone)| status(symbol, words, tone));
    let words = column![text(span_text(window.span)), small(about)].spacing(2);
    let words = focus_button(container(words).width(Fill).clip(true)).padding([6, 16]);
    let words = words.style(theme::table_row(false)).on_press(Message::ChangeWindow(window.number));
    let delete = icon_button(Icon::Trash2, t.delete_window).on_press(Message::Delete(window.number));
    let content = row![container(words).width(Fill), state, delete].spacing(12).align_y(Center);
    container(content).padding(Padding::ZERO.right(16)).width(Fill).into()
}
