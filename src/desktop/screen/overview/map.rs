//! The map of the rules, small: a press opens it.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::Message;
use crate::desktop::model::map::Focus;
use crate::desktop::model::page::Page;
use crate::desktop::screen::part::map::{MapView, ShownMap};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{focus_button, heading, icon, note, picture_view};
use crate::picture::Size;

/// The padding of the page and of the card, on both sides.
const AROUND: f32 = 2.0 * (20.0 + 16.0);
const LEAST_WIDTH: f32 = 480.0;
const HEIGHT: f32 = 156.0;
/// The height of the card, with the space below it.
pub(super) const CARD: f32 = HEIGHT + 84.0;

/// How it is shown here.
pub(super) fn view_of(scene: Scene<'_>) -> MapView {
    MapView {
        size: Size::new((scene.size.width - AROUND).max(LEAST_WIDTH).floor(), HEIGHT),
        focus: Focus::default(),
        is_by_mail: true,
        shows_changes: !scene.bench.insight().differences.is_empty(),
        also: Vec::new(),
        is_small: true,
    }
}

/// The card; `None` until the map is known.
pub(super) fn view<'a>(map: &'a ShownMap, scene: Scene<'a>) -> Option<Element<'a, Message>> {
    let t = &scene.t.map;
    map.report(scene)?;
    let drawing = map.drawing()?;
    let open = row![note(t.to_the_map), icon(Icon::ChevronRight).size(14).style(theme::muted)].spacing(4);
    let open = focus_button(open.align_y(Center)).padding([2, 6]).style(theme::quiet);
    let title = if scene.bench.insight().differences.is_empty() {
        scene.authority.name.clone()
    } else {
        format!("{} · {}", scene.authority.name, (t.against)(scene.bench.published().number.get()))
    };
    let titles = row![heading(t.title), note(title)].spacing(10).align_y(Center);
    let head = row![container(titles).width(Fill).clip(true), open.on_press(Message::Show(Page::Map))];
    let picture = picture_view(drawing.picture.clone(), drawing.spots.clone())
        .on_point(Message::PointAtMap)
        .on_press(|_| Some(Message::Show(Page::Map)));
    let content = column![head.align_y(Center), picture].spacing(10);
    Some(container(content).padding(16).width(Fill).clip(true).style(theme::card).into())
}
