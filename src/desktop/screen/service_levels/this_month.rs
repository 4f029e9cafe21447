//! The card of the month that is running: the router and each fagsystem, under both promises.

use iced::widget::{Column, column, container, row};
use iced::{Center, Element, Fill, FillPortion, Padding};
use lucide_icons::Icon;

use super::{Message, NARROW, figure, is_now, name_of, small};
use crate::desktop::language::names::danish_order;
use crate::desktop::model::service_level::{LevelFigure, Subject};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{focus_button, heading, horizontal_line, icon, note, one_line};
use crate::service_level::Promise;
use crate::store::PartLevels;

/// Each line chooses whose months are shown below.
pub(super) fn view<'a>(
    months: &'a [PartLevels],
    chosen: &'a Subject,
    width: f32,
    scene: Scene<'a>,
) -> Element<'a, Message> {
    let t = &scene.t.service_levels;
    let is_narrow = width < NARROW;
    let Some(month) = months.last() else { return column![].into() };
    let title = t.title_of(month.part.first(), is_now(month.part, scene.now));
    let mut lines = Column::new();
    if !is_narrow {
        let promises = Promise::ALL.map(|promise| {
            let words = column![one_line((t.promise)(promise)).size(theme::SMALL).bold(), small(t.target(promise))];
            container(words).width(FillPortion(4)).into()
        });
        let system = container(one_line(t.system).size(theme::SMALL).bold()).width(FillPortion(3)).into();
        let titles = row([system]).extend(promises).spacing(12).padding([6, 16]);
        lines = lines.push(titles).push(horizontal_line());
    }
    let subjects = subjects(months, scene);
    let last = subjects.len().saturating_sub(1);
    for (at, subject) in subjects.into_iter().enumerate() {
        let is_chosen = subject == *chosen;
        lines = lines.push(line(month, subject, is_chosen, is_narrow, scene));
        lines = lines.push((at < last).then(horizontal_line));
    }
    let head = container(heading(title)).padding(Padding::new(16.0).top(12).bottom(8));
    container(column![head, lines]).width(Fill).padding(1).style(theme::card).into()
}

fn line<'a>(
    month: &PartLevels,
    subject: Subject,
    is_chosen: bool,
    is_narrow: bool,
    scene: Scene<'a>,
) -> Element<'a, Message> {
    let t = &scene.t.service_levels;
    let figures = LevelFigure::both(month, &subject);
    let is_over = !is_now(month.part, scene.now);
    let symbol = if subject == Subject::Router { Icon::Radio } else { Icon::Server };
    let name = one_line(name_of(&subject, scene).to_owned()).bold();
    let name = row![icon(symbol).size(15).style(theme::muted), name].spacing(8).align_y(Center);
    let name = container(name).clip(true);
    let content: Element<'a, Message> = if is_narrow {
        let figures = Promise::ALL.into_iter().zip(figures).map(|(promise, figure)| {
            let about = note(format!("{} · {}", (t.promise)(promise), t.target(promise)));
            column![about, figure::view(&figure, is_over, scene)].spacing(2).into()
        });
        column![name].extend(figures).spacing(8).into()
    } else {
        let figures = figures
            .map(|figure| container(figure::view(&figure, is_over, scene)).width(FillPortion(4)).clip(true).into());
        row![name.width(FillPortion(3))].extend(figures).spacing(12).align_y(Center).into()
    };
    let button = focus_button(container(content).width(Fill).padding([7, 16])).padding(0);
    button.style(theme::table_row(is_chosen)).on_press(Message::Choose(subject)).into()
}

/// The router, the fagsystems of the publication in force, and those that anything was sent to and that have gone.
pub(super) fn subjects(months: &[PartLevels], scene: Scene<'_>) -> Vec<Subject> {
    let book = &scene.bench.published().book;
    let mut subjects = vec![Subject::Router];
    for authority in &book.authorities {
        let mut fagsystems: Vec<_> = authority.fagsystems.iter().collect();
        fagsystems.sort_by(|one, other| danish_order(&one.name, &other.name));
        subjects.extend(fagsystems.into_iter().map(|it| Subject::Fagsystem(authority.cvr, it.id.clone())));
    }
    let mut gone: Vec<_> = months
        .iter()
        .flat_map(|month| month.fagsystems.keys())
        .map(|(authority, id)| Subject::Fagsystem(*authority, id.clone()))
        .filter(|subject| !subjects.contains(subject))
        .collect();
    gone.sort_by_key(|subject| match subject {
        Subject::Router => None,
        Subject::Fagsystem(authority, id) => Some((*authority, id.clone())),
    });
    gone.dedup();
    subjects.extend(gone);
    subjects
}
