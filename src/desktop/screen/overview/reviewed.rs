//! When somebody last looked through who receives what.

use iced::widget::{Column, container, row, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::Message;
use crate::clock;
use crate::desktop::language::ReviewAge;
use crate::desktop::model::page::Page;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{icon, labelled_button};
use crate::store::Overview;

/// A line for each authority, and the way to the reviews.
pub(super) fn view<'a>(overview: &'a Overview, scene: Scene<'a>) -> Element<'a, Message> {
    let r = &scene.t.review;
    let authorities = &scene.bench.published().book.authorities;
    let today = clock::day_of(scene.now);
    let lines = authorities.iter().map(|authority| {
        let last = overview.last_reviews.iter().find(|review| review.authority == authority.cvr);
        let sentence = r.last.sentence(last.map(|last| (last.reviewed_on(), last.reviewed_by.as_str())), today);
        let is_several = authorities.len() > 1;
        let words = if is_several { (r.last.of_authority)(&authority.name, &sentence) } else { sentence };
        let is_due = last.is_none_or(|last| ReviewAge::of(last.reviewed_on(), today).is_overdue());
        let (symbol, tone): (_, theme::Tone) =
            if is_due { (Icon::ClipboardList, theme::warning) } else { (Icon::ClipboardCheck, theme::muted) };
        row![icon(symbol).size(16).style(tone), text(words).width(Fill)].spacing(10).align_y(Center).into()
    });
    let show =
        labelled_button(Icon::ClipboardCheck, r.show).style(theme::secondary).on_press(Message::Show(Page::Review));
    let lines = Column::with_children(lines).spacing(6).width(Fill);
    container(row![lines, show].spacing(16).align_y(Center)).padding([12, 16]).width(Fill).style(theme::card).into()
}
