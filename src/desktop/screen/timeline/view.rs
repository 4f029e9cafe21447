//! The page: its head, its chips, the picture, and a line that says what would happen.

use std::sync::Arc;

use iced::widget::{Row, column, container, row, space};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::drawing::{self, Drawing, Room, Shown, Target};
use super::sight::Zoom;
use super::{Message, PANE, SEARCH_FIELD, TimelineScreen};
use crate::desktop::model::timeline::redating::NotThere;
use crate::desktop::model::timeline::rows::{Grouping, Selection};
use crate::desktop::screen::part::explained::explained;
use crate::desktop::screen::part::picture_out::{Outgoing, picture_button};
use crate::desktop::screen::scene::Scene;
use crate::desktop::theme;
use crate::desktop::widget::{
    Head, PaneEvent, Tool, empty, empty_with, focus_button, horizontal_line, labelled_button, one_line, pane,
    search_field,
};

const SEARCH_WIDTH: f32 = 200.0;
const LINE: f32 = 34.0;
/// A picture for a document has so many rows, and is so wide, in logical pixels.
const MOST_ROWS: usize = 250;
const DOCUMENT_WIDTH: f32 = 1_240.0;

impl TimelineScreen {
    pub(super) fn page<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.timeline;
        let width = scene.size.width;
        let about = match self.known(scene) {
            Some(_) => {
                let parts = [
                    t.rules.of(scene.authority.rules.len()),
                    t.gaps.of(self.rows.gaps),
                    t.changes.of(self.rows.changes),
                ];
                parts.join(" · ")
            }
            None => format!("{} · {}", t.rules.of(scene.authority.rules.len()), t.working_out),
        };
        let today = Tool::new(Icon::CalendarCheck, t.show_today, Message::ShowToday);
        let head = Head { tools: vec![today], ..Head::new(t.title, about) }.view(width);
        if scene.authority.rules.is_empty() {
            let next = labelled_button(Icon::ListOrdered, t.to_rules).style(theme::primary).on_press(Message::ToRules);
            return column![head, empty_with(Icon::ChartGantt, explained(t.none, scene.t.language), next)].into();
        }
        let body: Element<'a, Message> =
            if self.rows.all.is_empty() { self.nothing(scene) } else { self.picture(scene) };
        column![head, self.chips(scene), horizontal_line(), body, horizontal_line(), self.line(scene)]
            .width(Fill)
            .height(Fill)
            .into()
    }

    fn nothing<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.timeline;
        if self.source.is_none() {
            return empty(Icon::ChartGantt, explained(t.working_out, scene.t.language));
        }
        let words = if self.search.trim().is_empty() { t.none_in_selection } else { t.none_found };
        let all = labelled_button(Icon::ListTree, t.show_all).style(theme::secondary).on_press(Message::ShowAll);
        empty_with(Icon::SearchX, explained(words, scene.t.language), all)
    }

    fn chips<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.timeline;
        let search = search_field(SEARCH_FIELD, t.search, &self.search, Message::Search).width(SEARCH_WIDTH);
        let groupings =
            Grouping::ALL.map(|it| chip((t.grouping)(it), it == self.settings.grouping, Message::Group(it)));
        let selections = Selection::ALL.map(|it| chip((t.selection)(it), it == self.selection, Message::Select(it)));
        let zooms = Zoom::ALL.map(|it| {
            let words = match it {
                Zoom::Months => t.months,
                Zoom::Quarters => t.quarters,
                Zoom::Years => t.years,
                Zoom::All => t.all,
            };
            chip(words, self.sight.zoom == Some(it), Message::Zoom(it))
        });
        let set = |chips: Vec<Element<'a, Message>>| Row::with_children(chips).spacing(4).align_y(Center);
        let bar = Row::new()
            .push(container(search).height(LINE).align_y(Center))
            .push(set(groupings.into()))
            .push(set(selections.into()))
            .push(set(zooms.into()))
            .push(picture_button(scene, Message::PictureOut))
            .spacing(12)
            .align_y(Center);
        container(bar.wrap().vertical_spacing(6)).padding(Padding::new(20.0).top(8).bottom(8)).width(Fill).into()
    }

    fn drawing(&self, scene: Scene<'_>) -> Drawing {
        let room = self.room();
        let dates = self.redating.map(|redating| redating.dates(scene.authority));
        let refused = match (&dates, self.redating) {
            (Some(Err(NotThere::Backwards { rule, .. })), Some(redating)) => redating.day.map(|day| (*rule, day)),
            _ => None,
        };
        let moved = dates.and_then(Result::ok).unwrap_or_default();
        let shown = Shown {
            scene,
            rows: &self.rows,
            grouping: self.settings.grouping,
            room,
            numbers: self.rows.widest_number(drawing::NAME),
            first: self.sight.first_row(),
            scale: self.sight.scale(room.plot.width),
            cursor: self.cursor,
            end: self.end,
            moved: &moved,
            refused,
        };
        shown.draw()
    }

    /// The timeline for a document: every row up to a bound, over the days that are in sight.
    pub(super) fn outgoing(&self, scene: Scene<'_>) -> Outgoing {
        let t = &scene.t.timeline;
        let rows = self.rows.all.len().min(MOST_ROWS);
        let room = Room::of_rows(DOCUMENT_WIDTH, rows);
        let shown = Shown {
            scene,
            rows: &self.rows,
            grouping: self.settings.grouping,
            room,
            numbers: self.rows.widest_number(drawing::NAME),
            first: 0,
            scale: self.sight.scale(room.plot.width),
            cursor: None,
            end: None,
            moved: &[],
            refused: None,
        };
        let more = self.rows.all.len() - rows;
        let more = (more > 0).then(|| (scene.t.changes.more)(more));
        let title = format!("{} · {}", t.title, t.rules.of(scene.authority.rules.len()));
        Outgoing::new(t.title, title, shown.draw().picture, scene).with_notes(more)
    }

    fn picture<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let Drawing { picture, spots, targets, ring } = self.drawing(scene);
        let on_event = move |event: PaneEvent| {
            let of = |spot: &Option<usize>| spot.and_then(|at| targets.get(at).copied());
            let target: Option<Target> = match &event {
                PaneEvent::Pressed(spot, _) | PaneEvent::Clicked(spot, _) => of(spot),
                PaneEvent::Key(key, modifiers) if !self.handles(key, *modifiers) => return None,
                PaneEvent::Pointed(_) => return None,
                _ => None,
            };
            Some(Message::Pane(event, target))
        };
        let tip = self.held.and(self.outcome_words(scene)).map(|(words, _)| words);
        pane(Arc::new(picture), spots, on_event).id(PANE).ring(ring).tip(tip).into()
    }

    /// What the end that is moved does, or how one moves it.
    fn line<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let t = &scene.t.timeline;
        let said = match self.outcome_words(scene) {
            Some((words, true)) => one_line(sentences(&words)).size(theme::SMALL).tone(theme::warning),
            Some((words, false)) => one_line(sentences(&words)).size(theme::SMALL),
            None if self.cursor.is_some() => one_line(t.how_by_keys).size(theme::SMALL).tone(theme::muted),
            None => one_line(t.how).size(theme::SMALL).tone(theme::muted),
        };
        container(row![said, space().width(Fill)]).height(LINE).padding([0, 20]).align_y(Center).width(Fill).into()
    }
}

/// Sentences without their stops, one after the other; a single one stays without.
fn sentences(words: &[String]) -> String {
    match words {
        [only] => only.clone(),
        several => format!("{}.", several.join(". ")),
    }
}

fn chip(words: &str, is_on: bool, message: Message) -> Element<'_, Message> {
    let words = one_line(words).size(theme::SMALL);
    focus_button(words).padding([4, 10]).style(theme::chip(is_on)).on_press(message).into()
}
