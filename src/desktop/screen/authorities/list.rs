//! The view of the list of authorities.

use iced::widget::column;
use iced::{Element, Fill, FillPortion, Length};
use lucide_icons::Icon;

use super::Message;
use crate::desktop::language::Texts;
use crate::desktop::language::names::{danish_order, fagsystem_name};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Column, Room, Scroll, TableRow, cell, fitted, header, one_line, status, table, widest};
use crate::rules::{Authority, Cvr, RuleBook};

const TABLE: &str = "authorities";

/// The list, `width` logical pixels wide, with the chosen row marked.
pub(super) fn list(scene: Scene<'_>, width: f32, chosen: Option<Cvr>, scroll: Scroll) -> Element<'_, Message> {
    let room = Room::of(width, 620.0, 860.0);
    let authorities = by_name(scene.bench.book());
    let names = widest(authorities.iter().map(|it| it.name.as_str()));
    let defaults = widest(authorities.iter().map(|it| fagsystem_name(it, &it.default_fagsystem)));
    let columns = fitted(columns(scene.t, room), width, |at| if at == 0 { names } else { defaults });
    let row = |at: usize| TableRow {
        cells: cells(authorities[at], scene, room),
        is_chosen: chosen == Some(authorities[at].cvr),
        on_press: Some(Message::Choose(authorities[at].cvr)),
    };
    let body = table(TABLE, &columns, authorities.len(), scroll, Message::Scrolled, row);
    column![header(&columns), body].height(Fill).into()
}

fn columns(t: &'static Texts, room: Room) -> Vec<Column> {
    let a = &t.authorities;
    let mut columns = vec![
        Column::text(t.fagsystems.name, FillPortion(4)),
        Column::text(a.cvr, Length::Fixed(78.0)),
        Column::number(t.fagsystems.rules, Length::Fixed(52.0)),
    ];
    if room >= Room::Some {
        columns.push(Column::number(a.fagsystems, Length::Fixed(90.0)));
        columns.push(Column::number(a.contact_points, Length::Fixed(100.0)));
    }
    if room == Room::Plenty {
        columns.push(Column::text(a.more, Length::Fixed(144.0)));
        columns.push(Column::text(t.fagsystems.default, FillPortion(4)));
    }
    columns.push(Column::text("", Length::Fixed(64.0)));
    columns
}

fn cells<'a>(authority: &'a Authority, scene: Scene<'a>, room: Room) -> Vec<Element<'a, Message>> {
    let number = |count: usize| cell((scene.t.number)(count as u64));
    let mut cells = vec![cell(&authority.name), cell(authority.cvr.to_string()), number(authority.rules.len())];
    if room >= Room::Some {
        cells.push(number(authority.fagsystems.len()));
        cells.push(number(authority.contact_points.len()));
    }
    if room == Room::Plenty {
        let more: Vec<_> = authority.more_cvrs.iter().map(Cvr::to_string).collect();
        cells.push(one_line(more.join(", ")).tone(theme::muted).into());
        cells.push(cell(fagsystem_name(authority, &authority.default_fagsystem)));
    }
    let is_shown = authority.cvr == scene.authority.cvr;
    cells.push(if is_shown { status(Icon::Eye, scene.t.authorities.shown, theme::accent) } else { cell("") });
    cells
}

/// The authorities in the order of the list.
pub(super) fn by_name(book: &RuleBook) -> Vec<&Authority> {
    let mut authorities: Vec<_> = book.authorities.iter().collect();
    authorities.sort_by(|one, other| danish_order(&one.name, &other.name));
    authorities
}
