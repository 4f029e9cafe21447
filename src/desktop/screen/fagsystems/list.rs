//! The view of the list of fagsystems.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, FillPortion, Length};
use lucide_icons::Icon;

use super::Message;
use crate::desktop::language::Texts;
use crate::desktop::language::names::danish_order;
use crate::desktop::model::health::Health;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::health::health_status;
use crate::desktop::screen::part::mark::marked;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, Room, Scroll, TableRow, cell, empty, fitted, header, note, one_line, status, table, widest,
};
use crate::rules::{Authority, Fagsystem, FagsystemId};
use crate::store::{FagsystemFigures, Overview};

const TABLE: &str = "fagsystems";
/// The width of the icon for new and changed fagsystems, in logical pixels.
const MARK: f32 = 19.0;

/// The list, `width` logical pixels wide, with the chosen row marked. `overview` has the state of each fagsystem, once
/// it has been read.
pub(super) fn list<'a>(
    scene: Scene<'a>,
    overview: Option<&Overview>,
    width: f32,
    chosen: Option<&FagsystemId>,
    scroll: Scroll,
) -> Element<'a, Message> {
    let room = Room::of(width, 600.0, 900.0);
    let fagsystems = by_name(scene.authority);
    let names = MARK + widest(fagsystems.iter().map(|it| it.name.as_str()));
    let endpoints = widest(fagsystems.iter().map(|it| it.endpoint.as_str()));
    let ids = widest(fagsystems.iter().map(|it| it.id.as_str()));
    let widths = |at: usize| match at {
        0 => names,
        3 => ids,
        _ => endpoints,
    };
    let columns = fitted(columns(scene.t, room), width, widths);
    let body = if fagsystems.is_empty() {
        empty(Icon::Server, explained(scene.t.fagsystems.none, scene.t.language))
    } else {
        let row = |at: usize| TableRow {
            cells: cells(fagsystems[at], overview, scene, room),
            is_chosen: chosen == Some(&fagsystems[at].id),
            on_press: Some(Message::Choose(fagsystems[at].id.clone())),
        };
        table(TABLE, &columns, fagsystems.len(), scroll, Message::Scrolled, row)
    };
    column![header(&columns), body].height(Fill).into()
}

fn columns(t: &'static Texts, room: Room) -> Vec<Column> {
    let c = &t.fagsystems;
    let mut columns = vec![
        Column::text(c.name, FillPortion(4)),
        Column::text(c.state, Length::Fixed(96.0)),
        Column::number(c.rules, Length::Fixed(52.0)),
    ];
    if room >= Room::Some {
        columns.push(Column::text(c.id, FillPortion(2)));
        columns.push(Column::text(c.role, Length::Fixed(150.0)));
    }
    if room == Room::Plenty {
        columns.push(Column::text(c.endpoint, FillPortion(5)));
    }
    columns
}

/// The state of a fagsystem in one line, as on *Overblik*.
pub(super) fn status_line<'a>(
    fagsystem: &Fagsystem,
    overview: Option<&Overview>,
    scene: Scene<'a>,
) -> Element<'a, Message> {
    let t = &scene.t.overview;
    let record = figures(fagsystem, overview, scene).record;
    let words = match record.last_failure.filter(|_| record.failures > 0) {
        Some(failure) => t.last_failure(&failure, scene.now),
        None if !record.was_tried() => t.last_accepted(&record, scene.now),
        None => format!("{}: {}", t.columns.last_accepted, t.last_accepted(&record, scene.now)),
    };
    let words = container(note(words)).width(Fill);
    row![health(fagsystem, overview, scene), words].spacing(12).align_y(Center).into()
}

fn figures(fagsystem: &Fagsystem, overview: Option<&Overview>, scene: Scene<'_>) -> FagsystemFigures {
    overview.map(|overview| overview.fagsystem(scene.authority.cvr, &fagsystem.id)).unwrap_or_default()
}

fn health<'a>(fagsystem: &Fagsystem, overview: Option<&Overview>, scene: Scene<'a>) -> Element<'a, Message> {
    health_status(scene.t, Health::of(fagsystem, &figures(fagsystem, overview, scene), scene.now))
}

fn cells<'a>(
    fagsystem: &'a Fagsystem,
    overview: Option<&Overview>,
    scene: Scene<'a>,
    room: Room,
) -> Vec<Element<'a, Message>> {
    let t = &scene.t.fagsystems;
    let state = health(fagsystem, overview, scene);
    let rules = cell(rules_naming(scene.authority, &fagsystem.id).to_string());
    let mark = scene.bench.insight().marks.fagsystem(scene.authority.cvr, &fagsystem.id);
    let mut cells = vec![marked(mark, cell(&fagsystem.name), scene.t), state, rules];
    if room >= Room::Some {
        let is_default = scene.authority.default_fagsystem == fagsystem.id;
        cells.push(one_line(fagsystem.id.as_str()).tone(theme::muted).into());
        cells.push(if is_default { status(Icon::Inbox, t.default, theme::accent) } else { cell("") });
    }
    if room == Room::Plenty {
        cells.push(one_line(fagsystem.endpoint.as_str()).tone(theme::muted).into());
    }
    cells
}

/// The fagsystems in the order of the list.
pub(super) fn by_name(authority: &Authority) -> Vec<&Fagsystem> {
    let mut fagsystems: Vec<_> = authority.fagsystems.iter().collect();
    fagsystems.sort_by(|one, other| danish_order(&one.name, &other.name));
    fagsystems
}

pub(super) fn rules_naming(authority: &Authority, id: &FagsystemId) -> usize {
    authority.rules.iter().filter(|rule| rule.fagsystem == *id).count()
}
