//! How the list looks: in one piece by title, or by group.

use iced::widget::{button, column, container, row};
use iced::{Center, Element as View, Fill, FillPortion, Length, Padding};
use lucide_icons::Icon;

use super::form::name;
use super::listing::{Entry, PointState, Row};
use super::{Message, Screen, TABLE};
use crate::desktop::language::Texts;
use crate::desktop::naming::fagsystem_name;
use crate::desktop::screen::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, EDITOR_WIDTH, ROW_HEIGHT, Room, TableRow, Tone, cell, empty_with, header, horizontal_line, icon,
    icon_button, labelled_button, list_head, note, one_line, row_of, rows_in_sight, status,
};

/// Between the edge of the screen and what stands in a line.
const MARGIN: f32 = 20.0;
/// How far each level of groups stands in: as far as a heading's sign is wide.
const STEP: f32 = 20.0;

impl Screen {
    pub(super) fn list<'a>(&'a self, beside_an_editor: bool, scene: Scene<'a>) -> View<'a, Message> {
        let t = &scene.t.contact_points;
        let listing = &self.listing;
        let width = scene.size.width - if beside_an_editor { EDITOR_WIDTH } else { 0.0 };
        let room = Room::of(width, 620.0, 960.0);
        let all = listing.entries.len();
        let count = (t.count)(listing.shown, all, listing.without_rule);
        let head = list_head(t.title, count, self.buttons(room, scene));
        if all == 0 {
            let import = labelled_button(Icon::Download, t.import).style(theme::primary).on_press(Message::ShowFiles);
            return column![head, empty_with(Icon::MapPin, t.none, import)].width(Fill).height(Fill).into();
        }
        let body = if listing.rows.is_empty() {
            let all = labelled_button(Icon::FunnelX, t.show_all).style(theme::secondary);
            empty_with(Icon::SearchX, t.none_found, all.on_press(Message::ClearFilters))
        } else {
            self.rows(room, scene)
        };
        let table = column![header(&columns(scene.t, room)), body].height(Fill);
        column![head, self.filter_bar(scene), horizontal_line(), table].width(Fill).height(Fill).into()
    }

    fn buttons<'a>(&'a self, room: Room, scene: Scene<'a>) -> View<'a, Message> {
        let t = &scene.t.contact_points;
        let is_tree = self.wanted.view.is_tree;
        let (symbol, words) = if is_tree { (Icon::List, t.as_list) } else { (Icon::ListTree, t.as_tree) };
        let shape = icon_button(symbol, words).on_press(Message::ShowTree(!is_tree));
        let shape = (!self.listing.entries.is_empty()).then_some(shape);
        if room == Room::Little {
            let import = icon_button(Icon::Download, t.import).on_press(Message::ShowFiles);
            let new = icon_button(Icon::Plus, t.new).style(theme::primary).on_press(Message::New);
            return row![shape, import, new].spacing(6).align_y(Center).into();
        }
        let import = labelled_button(Icon::Download, t.import).style(theme::secondary).on_press(Message::ShowFiles);
        let new = labelled_button(Icon::Plus, t.new).style(theme::primary).on_press(Message::New);
        row![shape, import, new].spacing(8).align_y(Center).into()
    }

    fn rows<'a>(&'a self, room: Room, scene: Scene<'a>) -> View<'a, Message> {
        let columns = columns(scene.t, room);
        let here = self.here();
        let row = move |at: usize| match &self.listing.rows[at] {
            Row::Group { name, depth, count, is_open, .. } => {
                group_row(at, name, *depth, (scene.t.contact_points.points)(*count), *is_open, here == Some(at))
            }
            Row::Point { entry, depth, .. } => {
                let entry = &self.listing.entries[*entry];
                let cells = cells(entry, *depth, room, scene);
                row_of(&columns, TableRow { cells, is_chosen: here == Some(at), on_press: Some(Message::Press(at)) })
            }
        };
        rows_in_sight(TABLE, self.listing.rows.len(), self.scroll, Message::Scrolled, row)
    }
}

fn columns(t: &'static Texts, room: Room) -> Vec<Column> {
    let c = &t.contact_points;
    let title = Column::text(c.name, FillPortion(8));
    let taken = Column::text(c.taken_by, FillPortion(11));
    let groups = Column::text(c.groups, FillPortion(5));
    let state = Column::text(c.state_title, Length::Fixed(104.0));
    match room {
        Room::Little => vec![title, Column::text("", Length::Fixed(16.0)), taken],
        Room::Some => vec![title, groups, state, taken],
        Room::Plenty => {
            let codes = Column::text(c.codes, FillPortion(4));
            vec![title, groups, codes, state, taken, Column::number(t.rules.columns.hits, Length::Fixed(64.0))]
        }
    }
}

fn cells<'a>(entry: &'a Entry, depth: usize, room: Room, scene: Scene<'a>) -> Vec<View<'a, Message>> {
    let t = &scene.t.contact_points;
    let point = &entry.point;
    let title = container(one_line(name(point))).padding(Padding::ZERO.left(inset(depth)));
    let state = PointState::of(point);
    let (symbol, tone) = state_sign(state);
    let taken = taken_cell(entry, scene);
    if room == Room::Little {
        let state = icon(symbol).size(14).style(tone);
        return vec![title.into(), state.into(), taken];
    }
    let mut names: Vec<&str> = Vec::new();
    for group in &point.groups {
        if !names.contains(&group.name.as_str()) {
            names.push(group.name.as_str());
        }
    }
    let groups = one_line(names.join(", ")).tone(theme::muted).into();
    let state = status(symbol, (t.state)(state), tone);
    if room == Room::Some {
        return vec![title.into(), groups, state, taken];
    }
    let codes: Vec<_> = point.details.codes.iter().map(|code| format!("{} {}", code.kind, code.code)).collect();
    let codes = one_line(codes.join(", ")).tone(theme::muted).into();
    let messages = match entry.messages {
        0 => one_line("0").tone(theme::muted).into(),
        count => cell((scene.t.number)(count)),
    };
    vec![title.into(), groups, codes, state, taken, messages]
}

pub(super) fn state_sign(state: PointState) -> (Icon, Tone) {
    match state {
        PointState::Open => (Icon::CircleCheck, theme::good),
        PointState::Hidden => (Icon::EyeOff, theme::muted),
        PointState::Closed => (Icon::CircleSlash, theme::warning),
    }
}

/// "25 → ESDH (personer), ellers opsamling".
fn taken_cell<'a>(entry: &'a Entry, scene: Scene<'a>) -> View<'a, Message> {
    let t = &scene.t.contact_points;
    let mut taking = entry.taking();
    let Some(first) = taking.next() else {
        return status(Icon::Inbox, t.goes_to_default, theme::warning);
    };
    let rule = &first.rule;
    let words = (t.taken)(rule, fagsystem_name(scene.authority, &rule.fagsystem), taking.count(), entry.leaves_some());
    let rest = entry.leaves_some().then(|| icon(Icon::Inbox).size(14).style(theme::warning));
    row![rest, one_line(words)].spacing(6).align_y(Center).into()
}

#[expect(clippy::cast_precision_loss, reason = "groups are few levels deep")]
fn inset(depth: usize) -> f32 {
    depth as f32 * STEP
}

/// The heading of a group, which folds it up or unfolds it.
fn group_row(row: usize, name: &str, depth: usize, count: String, is_open: bool, is_here: bool) -> View<'_, Message> {
    let symbol = if is_open { Icon::ChevronDown } else { Icon::ChevronRight };
    let words =
        row![icon(symbol).size(14).style(theme::muted), container(one_line(name).bold()).max_width(520), note(count),];
    let words = words
        .spacing(6)
        .padding(Padding::ZERO.left(MARGIN + inset(depth)).right(MARGIN))
        .height(ROW_HEIGHT - 1.0)
        .align_y(Center);
    let heading = button(words).padding(0).width(Fill).style(theme::table_row(is_here)).on_press(Message::Press(row));
    column![heading, horizontal_line()].into()
}
