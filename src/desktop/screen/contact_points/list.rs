//! The view of the list: flat and sorted by title, or as a tree of groups.

use iced::widget::{column, container, row};
use iced::{Center, Element, Fill, FillPortion, Length, Padding};
use lucide_icons::Icon;

use super::entry::{Entry, Row};
use super::form::name;
use super::{ContactPointsScreen, Message, TABLE};
use crate::desktop::language::Texts;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::point_state::PointState;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::mark::marked;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, EDITOR_WIDTH, Head, ROW_HEIGHT, Room, TableRow, Tone, Tool, cell, empty_with, fitted, header,
    horizontal_line, icon, labelled_button, line_of, note, one_line, row_of, rows_in_sight, status, widest,
};

/// Left and right of a row, like all sizes here in logical pixels.
const MARGIN: f32 = 20.0;
/// The indent of each level of groups: the width of the icon in a heading.
const INDENT: f32 = 20.0;
/// The width of the icon for new and changed contact points, and of other icons.
const MARK_WIDTH: f32 = 19.0;
const ICON_WIDTH: f32 = 20.0;
/// Measures only this many titles: measuring thousands would be slow.
const SAMPLED_ROWS: usize = 300;

impl ContactPointsScreen {
    pub(super) fn list<'a>(&'a self, beside_an_editor: bool, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.contact_points;
        let listing = &self.listing;
        let width = scene.size.width - if beside_an_editor { EDITOR_WIDTH } else { 0.0 };
        let room = Room::of(width, 620.0, 960.0);
        let all = listing.entries.len();
        let count = t.count(listing.shown, all, listing.without_rule, listing.partly);
        let head = self.head(width, count, scene);
        if all == 0 {
            let import = labelled_button(Icon::Download, t.import).style(theme::primary).on_press(Message::ShowFiles);
            return column![head, empty_with(Icon::MapPin, explained(t.none, scene.t.language), import)]
                .width(Fill)
                .height(Fill)
                .into();
        }
        let columns = self.columns(width, room, scene);
        let body = if listing.rows.is_empty() {
            let all = labelled_button(Icon::FunnelX, t.show_all).style(theme::secondary);
            empty_with(Icon::SearchX, explained(t.none_found, scene.t.language), all.on_press(Message::ClearFilters))
        } else {
            self.rows(&columns, room, scene)
        };
        let table = column![header(&columns), body].height(Fill);
        column![head, self.filter_bar(scene), horizontal_line(), table].width(Fill).height(Fill).into()
    }

    fn head<'a>(&'a self, width: f32, count: String, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.contact_points;
        let is_tree = self.query.settings.is_tree;
        let (symbol, words) = if is_tree { (Icon::List, t.as_list) } else { (Icon::ListTree, t.as_tree) };
        let shape = Tool::new(symbol, words, Message::ShowTree(!is_tree));
        let shape = (!self.listing.entries.is_empty()).then_some(shape);
        let import = Tool::new(Icon::Download, t.import, Message::ShowFiles);
        let tools = shape.into_iter().chain([import]).collect();
        let end = Some(Tool::new(Icon::Plus, t.new, Message::New));
        Head { tools, end, ..Head::new(t.title, count) }.view(width)
    }

    fn columns(&self, width: f32, room: Room, scene: Scene<'_>) -> Vec<Column> {
        let points = || {
            self.listing.rows.iter().filter_map(|row| match row {
                Row::Point { entry, depth, .. } => Some((&self.listing.entries[*entry], *depth)),
                Row::Group { .. } => None,
            })
        };
        let marks = &scene.bench.insight().marks;
        let title = |(entry, depth): (&Entry, usize)| {
            let mark = marks.contact_point(scene.authority.cvr, &entry.point.id);
            indent(depth) + if mark.is_some() { MARK_WIDTH } else { 0.0 } + widest([name(&entry.point)])
        };
        let titles = points().take(SAMPLED_ROWS).map(title).fold(0.0, f32::max);
        let taken = ICON_WIDTH + widest(points().map(|(entry, _)| self.taken_words(entry, scene)));
        let groups = widest(points().map(|(entry, _)| group_names(entry)));
        let codes = widest(points().map(|(entry, _)| code_names(entry)));
        let widths = |at: usize| match (at, room) {
            (0, _) => titles,
            (1, Room::Some | Room::Plenty) => groups,
            (2, Room::Plenty) => codes,
            _ => taken,
        };
        let fit = |columns| fitted(columns, width, widths);
        let columns = fit(columns(scene.t, room));
        // Names are truncated rather than the column that says where messages go.
        let said = taken.min(ICON_WIDTH + widest([(scene.t.contact_points.goes_on)(self.listing.rest)]) + 4.0);
        let is_narrow = |column: &Column| {
            let is_taken_by = column.title == scene.t.contact_points.taken_by;
            is_taken_by && matches!(column.width, FillPortion(width) if f32::from(width) < said)
        };
        let widened = |column: Column| {
            if is_narrow(&column) { Column { width: Length::Fixed(said), ..column } } else { column }
        };
        fit(columns.into_iter().map(widened).collect())
    }

    fn rows<'a>(&'a self, columns: &[Column], room: Room, scene: Scene<'a>) -> Element<'a, Message> {
        let cursor = self.cursor_row();
        let row = |at: usize| match &self.listing.rows[at] {
            Row::Group { name, depth, count, is_open, .. } => {
                group_row(at, name, *depth, scene.t.contact_points.points.of(*count), *is_open, cursor == Some(at))
            }
            Row::Point { entry, depth, .. } => {
                let entry = &self.listing.entries[*entry];
                let cells = self.cells(entry, *depth, room, scene);
                row_of(columns, TableRow { cells, is_chosen: cursor == Some(at), on_press: Some(Message::Press(at)) })
            }
        };
        rows_in_sight(TABLE, self.listing.rows.len(), self.scroll, Message::Scrolled, row)
    }

    fn cells<'a>(&self, entry: &'a Entry, depth: usize, room: Room, scene: Scene<'a>) -> Vec<Element<'a, Message>> {
        let t = &scene.t.contact_points;
        let point = &entry.point;
        let mark = scene.bench.insight().marks.contact_point(scene.authority.cvr, &point.id);
        let title = container(marked(mark, cell(name(point)), scene.t)).padding(Padding::ZERO.left(indent(depth)));
        let state = PointState::of(point);
        let (symbol, tone) = state_sign(state);
        let taken = self.taken_cell(entry, scene);
        if room == Room::Little {
            let state = icon(symbol).size(14).style(tone);
            return vec![title.into(), state.into(), taken];
        }
        let groups = one_line(group_names(entry)).tone(theme::muted).into();
        let state = status(symbol, (t.state)(state), tone);
        if room == Room::Some {
            return vec![title.into(), groups, state, taken];
        }
        let codes = one_line(code_names(entry)).tone(theme::muted).into();
        let messages = match entry.messages {
            0 => one_line("0").tone(theme::muted).into(),
            count => cell((scene.t.number)(count)),
        };
        vec![title.into(), groups, codes, state, taken, messages]
    }

    /// "25 → ESDH (personer), ellers opsamling".
    fn taken_cell<'a>(&self, entry: &'a Entry, scene: Scene<'a>) -> Element<'a, Message> {
        let words = self.taken_words(entry, scene);
        if entry.effective_rules().next().is_none() {
            return status(Icon::Inbox, words, theme::warning);
        }
        let rest = entry.has_rest().then(|| icon(Icon::Inbox).size(14).style(theme::warning));
        row![rest, one_line(words)].spacing(6).align_y(Center).into()
    }

    fn taken_words(&self, entry: &Entry, scene: Scene<'_>) -> String {
        let t = &scene.t.contact_points;
        let mut matches = entry.effective_rules();
        let Some(first) = matches.next() else { return (t.goes_on)(self.listing.rest).to_owned() };
        let rule = &first.rule;
        let rest = entry.has_rest().then_some(self.listing.rest);
        t.taken(rule, fagsystem_name(scene.authority, &rule.fagsystem), matches.count(), rest)
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

pub(super) fn state_sign(state: PointState) -> (Icon, Tone) {
    match state {
        PointState::Open => (Icon::CircleCheck, theme::good),
        PointState::Hidden => (Icon::EyeOff, theme::muted),
        PointState::Closed => (Icon::CircleSlash, theme::warning),
    }
}

/// The names of its groups, without duplicates.
fn group_names(entry: &Entry) -> String {
    let mut names: Vec<&str> = Vec::new();
    for group in &entry.point.groups {
        if !names.contains(&group.name.as_str()) {
            names.push(group.name.as_str());
        }
    }
    names.join(", ")
}

fn code_names(entry: &Entry) -> String {
    let codes = entry.point.details.codes.iter().map(|code| format!("{} {}", code.kind, code.code));
    codes.collect::<Vec<_>>().join(", ")
}

#[expect(clippy::cast_precision_loss, reason = "groups are few levels deep")]
fn indent(depth: usize) -> f32 {
    depth as f32 * INDENT
}

/// The heading of a group; a click folds or unfolds it.
fn group_row(
    row: usize,
    name: &str,
    depth: usize,
    count: String,
    is_open: bool,
    is_here: bool,
) -> Element<'_, Message> {
    let symbol = if is_open { Icon::ChevronDown } else { Icon::ChevronRight };
    let words =
        row![icon(symbol).size(14).style(theme::muted), container(one_line(name).bold()).max_width(520), note(count),];
    let words = words
        .spacing(6)
        .padding(Padding::ZERO.left(MARGIN + indent(depth)).right(MARGIN))
        .height(ROW_HEIGHT - 1.0)
        .align_y(Center);
    line_of(words, is_here, Some(Message::Press(row)))
}
