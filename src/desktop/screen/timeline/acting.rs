//! What people do in the picture.

use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};
use jiff::ToSpan;
use jiff::civil::Date;

use super::drawing::{Room, Target};
use super::sight::ROW;
use super::{Held, Message, TimelineScreen, words};
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::model::timeline::redating::{End, Redating, outcome, partner, with_dates};
use crate::desktop::model::timeline::rows::{Bar, Row};
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::scene::Scene;
use crate::desktop::widget::{Motion, PaneEvent};
use crate::picture::Point;
use crate::rules::{Handover, Priority};

/// How much of the days an arrow key moves by.
const STEP: f64 = 0.1;
/// A notch of the wheel, in logical pixels.
const NOTCH: f32 = 60.0;

/// What Tab leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Bar,
    End(End),
    /// Out of the picture.
    Elsewhere,
}

impl TimelineScreen {
    pub(super) fn room(&self) -> Room {
        Room::of(self.sight.size)
    }

    /// Keeps the rows scrolled to where there are some.
    pub(super) fn keep_in_range(&mut self) {
        let (count, fitting) = (self.rows.all.len(), self.room().rows());
        self.sight.scroll_to(self.sight.offset, count, fitting);
    }

    pub(super) fn act(&mut self, event: PaneEvent, target: Option<Target>, scene: Scene<'_>) -> Action<Message> {
        match event {
            PaneEvent::Sized(size) => {
                self.sight.size = size;
                self.keep_in_range();
            }
            PaneEvent::Pressed(_, at) => self.press(target, at, scene),
            PaneEvent::Dragged(at) => self.drag(at, scene),
            PaneEvent::Clicked(_, at) => return self.click(target, at, scene),
            PaneEvent::Dropped(_) => {
                return if matches!(self.held.take(), Some(Held::End(_))) { self.commit(scene) } else { Action::None };
            }
            PaneEvent::Wheel(x, y, at) => self.wheel((x, y), at, scene.modifiers),
            PaneEvent::Key(key, modifiers) => return self.press_key(&key, modifiers, scene),
            PaneEvent::Unfocused => {
                self.give_up();
            }
            PaneEvent::Pointed(_) => {}
        }
        Action::None
    }

    fn press(&mut self, target: Option<Target>, at: Point, scene: Scene<'_>) {
        // What the keys had begun goes back to where it was.
        self.give_up();
        self.held = Some(match target {
            Some(Target::End(rule, end)) => {
                self.cursor = Some(rule);
                let with = scene.modifiers.shift().then(|| self.partner(rule, end, scene)).flatten();
                Held::End(Redating { rule, end, day: day_of(rule, end, scene), with })
            }
            Some(Target::Changeover { from, to, is_tight: true }) => {
                self.cursor = Some(from);
                Held::End(Redating { rule: from, end: End::Last, day: day_of(from, End::Last, scene), with: Some(to) })
            }
            Some(Target::Track) => Held::Track,
            Some(Target::Row(rule)) => {
                self.cursor = Some(rule);
                Held::Ground(at, self.sight.start, self.sight.offset)
            }
            _ => Held::Ground(at, self.sight.start, self.sight.offset),
        });
        if self.held == Some(Held::Track) {
            self.scroll_track(at);
        }
    }

    fn drag(&mut self, at: Point, scene: Scene<'_>) {
        let room = self.room();
        match self.held {
            Some(Held::End(held)) => {
                let scale = self.sight.scale(room.plot.width);
                let begin = scale.nearest((at.x - room.plot.x).clamp(0.0, room.plot.width));
                let day = match held.end {
                    End::First => begin,
                    End::Last => begin.yesterday().unwrap_or(begin),
                };
                self.redate(Redating { day: Some(day), ..held }, scene);
            }
            Some(Held::Ground(from, start, offset)) => {
                self.sight.start = start;
                self.sight.pan(f64::from(from.x - at.x) / f64::from(room.plot.width));
                self.sight.scroll_to(offset + from.y - at.y, self.rows.all.len(), room.rows());
            }
            Some(Held::Track) => self.scroll_track(at),
            None => {}
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "row numbers are small")]
    fn scroll_track(&mut self, at: Point) {
        let (room, count) = (self.room(), self.rows.all.len());
        let share = ((at.y - room.plot.y) / room.plot.height).clamp(0.0, 1.0);
        let hidden = count.saturating_sub(room.rows()) as f32;
        self.sight.scroll_to(share * hidden * ROW, count, room.rows());
    }

    fn click(&mut self, target: Option<Target>, at: Point, scene: Scene<'_>) -> Action<Message> {
        self.held = None;
        match target {
            Some(Target::Row(rule) | Target::End(rule, _)) => Request::OpenRule(scene.authority.cvr, rule).into(),
            Some(Target::Axis) => {
                let room = self.room();
                look_at(self.sight.scale(room.plot.width).day_at(at.x - room.plot.x))
            }
            _ => Action::None,
        }
    }

    fn wheel(&mut self, (x, y): (f32, f32), at: Point, modifiers: Modifiers) {
        let room = self.room();
        if modifiers.command() || modifiers.control() {
            let share = f64::from((at.x - room.plot.x) / room.plot.width).clamp(0.0, 1.0);
            self.sight.zoom_by(f64::from(y / NOTCH), share);
            return;
        }
        let (x, y) = if modifiers.shift() { (x + y, 0.0) } else { (x, y) };
        self.sight.pan(f64::from(-x / room.plot.width));
        self.sight.scroll_to(self.sight.offset - y, self.rows.all.len(), room.rows());
    }

    fn partner(&self, rule: Priority, end: End, scene: Scene<'_>) -> Option<Priority> {
        let bar = self.rows.bar(rule)?;
        let handovers: Vec<Handover> = bar.hands_over.iter().chain(&bar.takes_over).cloned().collect();
        partner(scene.authority, &handovers, rule, end)
    }

    /// An end is at another day now.
    fn redate(&mut self, redating: Redating, scene: Scene<'_>) {
        if self.redating == Some(redating) {
            return;
        }
        self.redating = Some(redating);
        self.outcome = redating
            .dates(scene.authority)
            .ok()
            .map(|dates| (redating, outcome(scene.bench.book(), scene.authority, &dates)));
    }

    /// Makes the new date a part of the draft.
    fn commit(&mut self, scene: Scene<'_>) -> Action<Message> {
        self.outcome = None;
        let Some(redating) = self.redating.take() else { return Action::None };
        let dates = match redating.dates(scene.authority) {
            Ok(dates) if dates.is_empty() => return Action::None,
            Ok(dates) => dates,
            Err(why) => return Action::warn(words::refusal(why, scene)),
        };
        let edit = match (redating.with, redating.changeover(), redating.end, redating.day) {
            (Some(with), Some(day), ..) => {
                let (from, to) = redating.in_order(with);
                DraftEdit::ChangeoverMoved { from, to, day }
            }
            (_, _, End::First, Some(day)) => DraftEdit::RuleBegins(redating.rule, day),
            (_, _, _, day) => DraftEdit::RuleEnds(redating.rule, day),
        };
        Action::edit(with_dates(scene.bench.book(), scene.authority.cvr, &dates), edit)
    }

    /// Puts an end that is being moved back. Returns whether one was.
    pub(super) fn give_up(&mut self) -> bool {
        let was_begun = self.redating.take().is_some() || self.end.take().is_some();
        self.end = None;
        self.outcome = None;
        if matches!(self.held, Some(Held::End(_))) {
            self.held = None;
        }
        was_begun
    }

    /// Whether a key does anything here.
    pub(super) fn handles(&self, key: &Key, modifiers: Modifiers) -> bool {
        if modifiers.command() || modifiers.control() || modifiers.alt() || self.rows.all.is_empty() {
            return false;
        }
        match key {
            Key::Named(Named::Tab) => self.next_stop(modifiers.shift()) != Stop::Elsewhere,
            Key::Named(Named::Escape) => self.redating.is_some() || self.end.is_some(),
            Key::Named(Named::ArrowLeft | Named::ArrowRight) => true,
            Key::Named(Named::Enter | Named::Space) => self.cursor.is_some(),
            Key::Named(named) => Motion::of(*named).is_some(),
            Key::Character(sign) => matches!(sign.as_str(), "+" | "-"),
            Key::Unidentified => false,
        }
    }

    /// Where Tab leads from the bar or from one of its ends.
    fn next_stop(&self, is_back: bool) -> Stop {
        match (self.cursor, self.end, is_back) {
            (None, ..) | (_, Some(End::Last), false) | (_, None, true) => Stop::Elsewhere,
            (_, Some(End::First), true) => Stop::Bar,
            (_, None, false) | (_, Some(End::Last), true) => Stop::End(End::First),
            (_, Some(End::First), false) => Stop::End(End::Last),
        }
    }

    fn press_key(&mut self, key: &Key, modifiers: Modifiers, scene: Scene<'_>) -> Action<Message> {
        match key {
            Key::Named(Named::Tab) => {
                let stop = self.next_stop(modifiers.shift());
                (self.redating, self.outcome) = (None, None);
                self.end = match stop {
                    Stop::End(end) => Some(end),
                    Stop::Bar | Stop::Elsewhere => None,
                };
                self.show_end(scene);
            }
            Key::Named(Named::Escape) => {
                self.give_up();
            }
            Key::Named(Named::Enter | Named::Space) if self.redating.is_some() => return self.commit(scene),
            Key::Named(Named::Enter | Named::Space) => {
                let open = self.cursor.map(|rule| Request::OpenRule(scene.authority.cvr, rule).into());
                return open.unwrap_or_default();
            }
            Key::Named(Named::ArrowLeft) => self.step(-1, modifiers, scene),
            Key::Named(Named::ArrowRight) => self.step(1, modifiers, scene),
            Key::Character(sign) => self.sight.zoom_by(if sign.as_str() == "+" { 1.0 } else { -1.0 }, 0.5),
            Key::Named(named) => {
                if let Some(motion) = Motion::of(*named) {
                    self.go(motion);
                }
            }
            Key::Unidentified => {}
        }
        Action::None
    }

    /// Moves the end that the keys are at by a day, or with Shift by a month; without one, the days.
    fn step(&mut self, by: i32, modifiers: Modifiers, scene: Scene<'_>) {
        let (Some(rule), Some(end)) = (self.cursor, self.end) else {
            self.sight.pan(f64::from(by) * STEP);
            return;
        };
        let redating = self.redating.unwrap_or(Redating { rule, end, day: day_of(rule, end, scene), with: None });
        let span = if modifiers.shift() { by.months() } else { by.days() };
        // A bar without an end gets its first one at the day that is looked at.
        let first = |rule: Priority| scene.authority.rule(rule).map(|rule| rule.validity.from());
        let day = match redating.day {
            Some(day) => day.saturating_add(span),
            None => first(rule).map_or(scene.day(), |first| first.max(scene.day())),
        };
        self.redate(Redating { day: Some(day), ..redating }, scene);
        self.show_day(day);
    }

    /// Brings the end that the keys are at into sight.
    fn show_end(&mut self, scene: Scene<'_>) {
        if let (Some(rule), Some(end)) = (self.cursor, self.end)
            && let Some(day) = day_of(rule, end, scene)
        {
            self.show_day(day);
        }
    }

    fn show_day(&mut self, day: Date) {
        let width = self.room().plot.width;
        let x = self.sight.scale(width).x(day);
        if x < 0.0 || x > width - 20.0 {
            self.sight.centre(day);
        }
    }

    /// Moves the cursor through the rows of rules.
    fn go(&mut self, motion: Motion) {
        (self.redating, self.outcome, self.end) = (None, None, None);
        let (count, fitting) = (self.rows.all.len(), self.room().rows());
        let at = self.cursor.and_then(|cursor| self.rows.position(cursor));
        let page = isize::try_from(fitting).unwrap_or(1).max(2) - 1;
        let by = |rows: isize| at.map_or(0, |at| at.saturating_add_signed(rows));
        let (to, is_back) = match motion {
            Motion::Step(rows) => (by(rows), rows < 0),
            Motion::Page(pages) => (by(pages * page), pages < 0),
            Motion::First => (0, false),
            Motion::Last => (count, true),
        };
        let to = to.min(count.saturating_sub(1));
        let is_bar = |at: &usize| matches!(self.rows.all.get(*at), Some(Row::Bar(_)));
        let below = || (to..count).find(is_bar);
        let above = || (0..=to).rev().find(is_bar);
        let row = if is_back { above().or_else(below) } else { below().or_else(above) };
        if let Some(row) = row {
            self.cursor = self.rows.bar_at(row).map(Bar::priority);
            // With the heading above the first rule of a group.
            let top = row.checked_sub(1).filter(|above| !is_bar(above)).unwrap_or(row);
            self.sight.show_row(row, count, fitting);
            self.sight.show_row(top, count, fitting);
        }
    }
}

fn day_of(rule: Priority, end: End, scene: Scene<'_>) -> Option<Date> {
    let validity = scene.authority.rule(rule)?.validity;
    match end {
        End::First => Some(validity.from()),
        End::Last => validity.to(),
    }
}

/// What a click on the axis does: the one place where the timeline chooses the day that is looked at.
fn look_at(day: Date) -> Action<Message> {
    Request::LookAt(Some(day)).into()
}
