//! The latest messages, and what became of each.

use iced::widget::{column, container};
use iced::{Element, Fill, FillPortion, Length};
use lucide_icons::Icon;

use super::{Message, TrafficScreen};
use crate::clock;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::screen::messages::outcome_status;
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{Column, Room, TableRow, cell, empty, header, heading, status, table};
use crate::training::{SentFate, SentMessage};

const TABLE: &str = "traffic-sent";
/// From this width on, the time and who writes are shown, and from the other one where it went.
const SOME: f32 = 560.0;
const PLENTY: f32 = 780.0;
/// From this width on, the size is shown, too.
const SIZED: f32 = 1000.0;

impl TrafficScreen {
    pub(super) fn sent<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.traffic;
        let latest = &self.traffic.latest;
        if latest.is_empty() {
            let words = if Self::can_send(scene) { t.none } else { t.none_waits };
            return empty(Icon::Send, explained(words, scene.t.language));
        }
        let room = Room::of(Self::right_width(scene), SOME, PLENTY);
        let columns = columns(room, scene);
        let row_of = |at: usize| {
            let sent = &latest[at];
            let on_press = (sent.fate != SentFate::UnderWay).then_some(Message::Open(sent.turn));
            TableRow { cells: cells(sent, room, scene), is_chosen: false, on_press }
        };
        let table = table(TABLE, &columns, latest.len(), self.scroll, Message::Scrolled, row_of);
        let title = (!Self::is_low(scene)).then(|| container(heading(t.latest)).padding([10, 20]).width(Fill));
        column![title, header(&columns), table].height(Fill).into()
    }

    /// The width beside the form, in logical pixels.
    pub(super) fn right_width(scene: Scene<'_>) -> f32 {
        scene.size.width - Self::form_width(scene.size.width)
    }
}

fn columns(room: Room, scene: Scene<'_>) -> Vec<Column> {
    let c = &scene.t.traffic.columns;
    let mut columns = vec![Column::number(c.number, Length::Fixed(44.0))];
    if room >= Room::Some {
        columns.push(Column::text(c.time, Length::Fixed(62.0)));
    }
    columns.push(Column::text(c.fate, Length::Fixed(if room >= Room::Some { 172.0 } else { 150.0 })));
    if room >= Room::Some {
        columns.push(Column::text(c.from, FillPortion(4)));
    }
    columns.push(Column::text(c.subject, FillPortion(5)));
    if room == Room::Plenty {
        columns.push(Column::text(c.to, FillPortion(5)));
    }
    if TrafficScreen::right_width(scene) >= SIZED {
        columns.push(Column::number(c.bytes, Length::Fixed(92.0)));
    }
    columns
}

fn cells<'a>(sent: &SentMessage, room: Room, scene: Scene<'a>) -> Vec<Element<'a, Message>> {
    let (t, mail) = (&scene.t.traffic, &scene.t.made_mail);
    let mut cells = vec![cell((scene.t.number)(sent.number + 1))];
    if room >= Room::Some {
        cells.push(cell(clock::in_denmark(sent.at).strftime("%H:%M:%S").to_string()));
    }
    cells.push(match sent.fate {
        SentFate::UnderWay => status(Icon::Send, t.under_way, theme::accent),
        SentFate::Answered(outcome) => outcome_status(scene.t, outcome, None, false),
        SentFate::Unanswered => status(Icon::CircleQuestionMark, t.unanswered, theme::warning),
        SentFate::NotSent => status(Icon::Unplug, t.not_sent, theme::bad),
    });
    if room >= Room::Some {
        cells.push(cell((mail.writer)(sent.writer)));
    }
    let subject = (mail.subject)(sent.subject);
    cells.push(match sent.before {
        0 => cell(subject),
        before => cell(format!("{subject} · {}", t.again.of(before))),
    });
    if room == Room::Plenty {
        let to = sent.fagsystem.as_ref().map(|id| fagsystem_name(scene.authority, id).to_owned());
        cells.push(cell(to.unwrap_or_default()));
    }
    if TrafficScreen::right_width(scene) >= SIZED {
        cells.push(cell((scene.t.number)(sent.bytes)));
    }
    cells
}
