//! Draws the list of messages: the heading, the filters, and the visible rows.

use iced::widget::{column, container, row, space};
use iced::{Center, Element, Fill, FillPortion, Length};
use lucide_icons::Icon;

use super::outcome::{SIGN, outcome_status, panel_width};
use super::{Filter, Message, MessagesScreen, TABLE};
use crate::clock;
use crate::desktop::language::Texts;
use crate::desktop::language::format::{duration_text, short_uuid};
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Column, Head, ROW_HEIGHT, RowLook, Tool, cell, cells, empty, empty_with, filter_cell, fitted, header,
    horizontal_line, labelled_button, note, one_line, press_row, rows_in_sight, text_width, widest,
};
use crate::rules::{Authority, Caseless};
use crate::store::{JournalRow, Outcome};

/// The width of the column with the rule: it has room for the words for the default recipient.
pub(in crate::desktop::screen) const GROUND_WIDTH: f32 = 128.0;
/// A message UUID to measure the width of.
const ID: &str = "00000000-0000-0000-0000-000000000000";
/// The least width of the column of outcomes, where there is little room and elsewhere.
const LEAST_OUTCOME: f32 = 140.0;
const OUTCOME: f32 = 168.0;

/// From this width on, the rule that decided is shown.
const MEDIUM: f32 = 560.0;
/// From this width on, the addressed contact point is shown.
const WIDE: f32 = 740.0;
/// From this width on, all columns are shown.
const ROOMY: f32 = 960.0;

/// How many columns there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Room {
    Little,
    Some,
    More,
    Plenty,
}

impl MessagesScreen {
    pub(super) fn list<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.messages;
        let room = self.room(scene);
        let counts = self.listing.counts;
        let count = if self.is_searching {
            t.searching.to_owned()
        } else {
            t.count(counts.map(|counts| counts.shown), counts.map(|counts| counts.all))
        };
        let tools = vec![
            Tool::new(Icon::CalendarClock, (t.keeping.kept)(self.kept_days), Message::ShowRetention),
            Tool::new(Icon::Download, t.export.button, Message::ShowExport),
        ];
        let count = one_line(count).size(theme::SMALL).tone(theme::muted);
        let about = row![count, self.waiting_note(scene.t)].spacing(12).align_y(Center).into();
        let head = Head { title: t.title, about, tools, end: None }.view(self.width(scene));
        let width = self.width(scene);
        let bar = self.export.as_ref().map(|export| export.view(counts, width, scene).map(Message::Export));
        let retention = self.retention.as_ref().map(|retention| retention.view(scene));
        let columns = self.columns(room, scene);
        let rows = if !self.listing.rows.is_empty() {
            self.rows(&columns, room, scene)
        } else if self.is_searching {
            space().height(Fill).into()
        } else if self.is_filtered() {
            let all = labelled_button(Icon::FunnelX, t.show_all).style(theme::secondary);
            empty_with(Icon::SearchX, explained(t.none_found, scene.t.language), all.on_press(Message::ClearFilters))
        } else {
            empty(Icon::Mail, explained(t.none, scene.t.language))
        };
        let end = self.listing.is_full().then(|| container(note(t.end_of_list)).padding([6, 20]));
        column![head, retention, bar, self.filter_bar(scene), horizontal_line(), header(&columns), rows, end]
            .width(Fill)
            .into()
    }

    /// The room that the story leaves.
    pub(super) fn room(&self, scene: Scene<'_>) -> Room {
        match self.width(scene) {
            width if width >= ROOMY => Room::Plenty,
            width if width >= WIDE => Room::More,
            width if width >= MEDIUM => Room::Some,
            _ => Room::Little,
        }
    }

    fn width(&self, scene: Scene<'_>) -> f32 {
        scene.size.width - if self.open.is_some() { panel_width(scene) } else { 0.0 }
    }

    /// The columns. Message UUIDs are cut to their beginnings where whole ones would take room from names.
    fn columns(&self, room: Room, scene: Scene<'_>) -> Vec<Column> {
        let rows = &self.listing.rows;
        let fagsystems = widest(rows.iter().filter_map(|row| fagsystem_of(row, scene)));
        let addressed = rows.iter().filter_map(|row| addressed(row, scene));
        let addressed = if room >= Room::More { widest(addressed) } else { 0.0 };
        let outcome = |row: &JournalRow| (scene.t.messages.outcome)(row.outcome, row.reason, row.repeats.is_some());
        let outcomes = SIGN + widest(rows.iter().map(outcome)) + 2.0;
        let fit = |id: f32| {
            let widths = move |at: usize| match at {
                2 => fagsystems,
                4 => addressed,
                _ => id,
            };
            fitted(columns(scene.t, room, outcomes), self.width(scene), widths)
        };
        let id = text_width(ID, theme::BODY);
        let whole = fit(id);
        let has_room = |column: &Column| matches!(column.width, Length::FillPortion(width) if f32::from(width) >= id);
        if room < Room::Plenty || whole.last().is_some_and(has_room) {
            return whole;
        }
        fit(text_width(&short_uuid(ID), theme::BODY))
    }

    /// The number of new messages that are not in the list.
    fn waiting_note<'a>(&self, t: &'static Texts) -> Element<'a, Message> {
        let waiting = self.listing.waiting();
        if waiting > 0 {
            let show = labelled_button(Icon::ArrowUp, t.messages.waiting.of(waiting)).style(theme::quiet);
            return show.on_press(Message::ShowWaiting).into();
        }
        let others = self.listing.others;
        if others > 0 { note(t.messages.others.of(others)).into() } else { space().into() }
    }

    fn rows<'a>(&'a self, columns: &[Column], room: Room, scene: Scene<'a>) -> Element<'a, Message> {
        let shown = self.open.as_ref().map(|open| open.number);
        let row = |at: usize| {
            let message = &self.listing.rows[at];
            let number = message.number;
            let look =
                RowLook { is_chosen: shown == Some(number), is_here: self.here == Some(number), is_target: false };
            let content = cells(columns, row_cells(message, room, scene), ROW_HEIGHT);
            press_row(content, look).on_press(Message::Choose(number)).into()
        };
        rows_in_sight(TABLE, self.listing.rows.len(), self.scroll, Message::Scrolled, row)
    }
}

fn columns(t: &'static Texts, room: Room, outcomes: f32) -> Vec<Column> {
    let c = &t.router.columns;
    let mut columns = vec![
        // Where there is little room, the time is without the year.
        Column::text(c.time, Length::Fixed(if room <= Room::Some { 108.0 } else { 148.0 })),
        Column::text(
            c.outcome,
            Length::Fixed(outcomes.max(if room == Room::Little { LEAST_OUTCOME } else { OUTCOME })),
        ),
        Column::text(c.fagsystem, FillPortion(4)),
    ];
    if room >= Room::Some {
        columns.push(Column::text(c.ground, Length::Fixed(GROUND_WIDTH)));
    }
    if room >= Room::More {
        columns.push(Column::text(c.addressed, FillPortion(4)));
    }
    if room >= Room::Plenty {
        columns.push(Column::text(c.sender, Length::Fixed(84.0)));
        columns.push(Column::number(c.took, Length::Fixed(70.0)));
        columns.push(Column::text(c.message, FillPortion(3)));
    }
    columns
}

fn row_cells<'a>(message: &'a JournalRow, room: Room, scene: Scene<'a>) -> Vec<Element<'a, Message>> {
    let t = scene.t;
    let format = if room <= Room::Some { "%d-%m %H:%M:%S" } else { "%d-%m-%Y %H:%M:%S" };
    let time = clock::in_denmark(message.received_at).strftime(format).to_string();
    let dash = || one_line("–").tone(theme::muted).into();
    let outcome = outcome_status(t, message.outcome, message.reason, message.repeats.is_some());
    let fagsystem = message.authority.zip(message.fagsystem.as_ref()).zip(fagsystem_of(message, scene));
    let fagsystem = fagsystem.map(|((cvr, id), name)| filtering(cell(name), Filter::Fagsystem(cvr, id.clone()), scene));
    let mut cells =
        vec![cell(time), filtering(outcome, outcome_filter(message), scene), fagsystem.unwrap_or_else(dash)];
    if room >= Room::Some {
        cells.push(match (message.authority, &message.fagsystem, message.priority) {
            (Some(cvr), Some(_), Some(priority)) => {
                filtering(cell((t.rules.rule)(priority)), Filter::Rule(cvr, priority), scene)
            }
            (_, Some(_), None) => filtering(cell(t.messages.by_default), Filter::Default, scene),
            _ => dash(),
        });
    }
    if room >= Room::More {
        cells.push(addressed(message, scene).map_or_else(dash, cell));
    }
    if room >= Room::Plenty {
        cells.push(message.sender.map_or_else(dash, |sender| cell((t.router.sender)(sender))));
        cells.push(if message.outcome == Outcome::UnderWay { dash() } else { cell(duration_text(message.total)) });
        cells.push(one_line(message.message_uuid.as_deref().unwrap_or("–")).tone(theme::muted).into());
    }
    cells
}

/// The name of the fagsystem that a message went to.
pub(in crate::desktop::screen) fn fagsystem_of<'a>(message: &'a JournalRow, scene: Scene<'a>) -> Option<&'a str> {
    let id = message.fagsystem.as_ref().filter(|_| message.authority.is_some())?;
    Some(authority_of(message, scene).map_or(id.as_str(), |authority| fagsystem_name(authority, id)))
}

fn authority_of<'a>(message: &JournalRow, scene: Scene<'a>) -> Option<&'a Authority> {
    scene.bench.published().book.authority(message.authority?)
}

/// The contact point by its title, or the KLE number.
pub(in crate::desktop::screen) fn addressed(message: &JournalRow, scene: Scene<'_>) -> Option<String> {
    let authority = authority_of(message, scene);
    let point = message.contact_point.as_ref().map(|id| {
        let point = authority.and_then(|authority| authority.contact_point(&Caseless::new(id)));
        point.map(|point| point.title.clone()).filter(|title| !title.is_empty()).unwrap_or_else(|| id.clone())
    });
    point.or_else(|| message.kle.as_ref().map(|number| scene.registers().carried_kle(number)))
}

/// The filter for messages with the same outcome.
fn outcome_filter(message: &JournalRow) -> Filter {
    match (message.outcome, message.reason) {
        (Outcome::Unavailable, Some(reason)) => Filter::Reason(reason),
        (outcome, _) => Filter::Outcome(outcome),
    }
}

/// A cell with a button that filters the list by its value.
fn filtering<'a>(content: Element<'a, Message>, filter: Filter, scene: Scene<'a>) -> Element<'a, Message> {
    let words = (scene.t.input.show_only)(&filter.words(scene));
    filter_cell(content, words, Message::AddFilter(filter)).into()
}
