//! The card of what would wait if each fagsystem were away.

use iced::widget::{Column, column, container, row, text};
use iced::{Element, Fill, FillPortion};

use super::{Message, is_narrow, part};
use crate::desktop::language::names::{danish_order, fagsystem_name};
use crate::desktop::screen::part::away;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{heading, horizontal_line, note, one_line};
use crate::rules::RuleBook;
use crate::store::Overview;

pub(super) fn view<'a>(overview: &'a Overview, book: &'a RuleBook, scene: Scene<'a>) -> Element<'a, Message> {
    let t = &scene.t.away;
    let head = column![heading(t.title), note(t.counted_from(overview, scene.now))].spacing(2);
    let mut lines = Column::new();
    for authority in &book.authorities {
        let mut fagsystems: Vec<_> = authority.fagsystems.iter().collect();
        fagsystems.sort_by(|one, other| danish_order(&one.name, &other.name));
        for fagsystem in fagsystems {
            let [waiting, deactivation] = away::in_words(overview, authority, &fagsystem.id, scene);
            let name = one_line(fagsystem_name(authority, &fagsystem.id)).bold();
            let open = Message::OpenFagsystem(authority.cvr, fagsystem.id.clone());
            let name = container(part(name, Some(open)));
            let words = column![text(waiting), note(deactivation)].spacing(2);
            let line: Element<'a, Message> = if is_narrow(scene) {
                column![name, words].spacing(4).into()
            } else {
                row![name.width(FillPortion(2)), words.width(FillPortion(5))].spacing(12).into()
            };
            lines = lines.push(horizontal_line()).push(container(line).padding([8, 16]).width(Fill));
        }
    }
    let content = column![container(head).padding([10, 16]), lines];
    container(content).width(Fill).padding(1).style(theme::card).into()
}
