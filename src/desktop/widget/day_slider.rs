//! A track along days, with a handle on one of them: it is dragged, or moved with keys once it has the focus.

use std::rc::Rc;

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, mouse, renderer};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, border};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::by_hand::{quad, words};
use super::focusable::focusable;
use super::picture::tell_about;
use super::pointing::{is_move, is_press, is_release, over};
use crate::desktop::theme;

/// The height of the whole, and how far down the middle of the track is.
const HEIGHT: f32 = 38.0;
const MIDDLE: f32 = 11.0;
/// The space to the left and right of the track, in which the handle and the ring have room.
const MARGIN: f32 = 12.0;
const TRACK: f32 = 3.0;
const TICK: f32 = 11.0;
const HANDLE: f32 = 13.0;
/// The words below the track.
const WORDS: f32 = 20.0;
/// A day of change that is nearer than this takes the handle to it.
const SNAP: f32 = 4.0;
/// Words have at least this space between them.
const APART: f32 = 14.0;
/// Below this distance from one month to the next, months are not marked.
const LEAST_MONTH: f32 = 7.0;
/// How far a track reaches ahead at most.
const MOST_YEARS_AHEAD: i64 = 5;

/// The days along which a handle moves.
#[derive(Debug, Clone)]
pub(in crate::desktop) struct DayTrack {
    pub first: Date,
    pub last: Date,
    /// The day that the handle is on; it may lie beyond the ends.
    pub shown: Date,
    pub today: Date,
    /// What today is called below the track.
    pub today_words: &'static str,
    /// The days on which something changes, in order.
    pub changes: Rc<[Date]>,
}

impl DayTrack {
    /// The first and the last day of a track: a year back, and ahead to the last change, but at least a year and not so far
    /// that a day is too narrow to be met.
    pub fn span(today: Date, changes: &[Date]) -> (Date, Date) {
        let at = |years: i64| moved(today, Span::new().try_years(years), years < 0);
        let last = changes.last().map_or(at(1), |last| (*last).max(at(1)).min(at(MOST_YEARS_AHEAD)));
        (at(-1), last)
    }

    fn length(&self) -> f32 {
        days_between(self.first, self.last).max(1.0)
    }

    /// How far along the track a day is, from 0 to 1; beyond them where it lies beyond the ends.
    fn along(&self, day: Date) -> f32 {
        days_between(self.first, day) / self.length()
    }

    fn x(&self, day: Date, track: Rectangle) -> f32 {
        track.x + self.along(day).clamp(0.0, 1.0) * track.width
    }

    /// The day at that place: a day of change, if one is near.
    fn day_at(&self, x: f32, track: Rectangle) -> Date {
        let share = ((x - track.x) / track.width.max(1.0)).clamp(0.0, 1.0);
        #[expect(clippy::cast_possible_truncation, reason = "a number of days")]
        let days = (share * self.length()).round() as i64;
        let day = moved(self.first, Span::new().try_days(days), false);
        let is_within = |change: &&Date| (self.first..=self.last).contains(*change);
        let near = self.changes.iter().filter(is_within).map(|change| (*change, (self.x(*change, track) - x).abs()));
        let nearest = near.min_by(|(_, one), (_, other)| one.total_cmp(other));
        nearest.filter(|(_, distance)| *distance < SNAP).map_or(day, |(change, _)| change)
    }

    /// The day that a key moves the handle to; `None` if it does not.
    fn after(&self, key: &Key, modifiers: Modifiers) -> Option<Date> {
        let Key::Named(key) = key else { return None };
        if modifiers.command() || modifiers.control() || modifiers.alt() || modifiers.logo() {
            return None;
        }
        let step = |count: i64| {
            let way = if modifiers.shift() { Span::new().try_months(count) } else { Span::new().try_days(count) };
            Some(moved(self.shown, way, count < 0))
        };
        match key {
            Named::ArrowLeft | Named::ArrowDown => step(-1),
            Named::ArrowRight | Named::ArrowUp => step(1),
            Named::PageUp => self.changes.iter().rev().find(|day| **day < self.shown).copied().or(Some(self.shown)),
            Named::PageDown => self.changes.iter().find(|day| **day > self.shown).copied().or(Some(self.shown)),
            Named::Home => Some(self.first),
            Named::End => Some(self.last),
            _ => None,
        }
    }

    /// The first day of each year that begins on the track.
    fn years(&self) -> impl Iterator<Item = Date> {
        let firsts = (self.first.year()..=self.last.year()).filter_map(|year| Date::new(year, 1, 1).ok());
        firsts.filter(|day| (self.first..=self.last).contains(day))
    }
}

fn days_between(first: Date, last: Date) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a place on the screen need not be exact")]
    let days = (last - first).get_days() as f32;
    days
}

/// Stops at the first or last day that can be represented.
fn moved(day: Date, way: Result<Span, jiff::Error>, is_back: bool) -> Date {
    let end = if is_back { Date::MIN } else { Date::MAX };
    way.and_then(|way| day.checked_add(way)).unwrap_or(end)
}

/// A track along days. `on_slide` is sent for each day that the handle comes to. `tip` says what is on the day that the mouse is
/// over. Arrow keys move by days, with Shift by months; Page Up and Page Down go to the days on which something changes.
pub(in crate::desktop) fn day_slider<'a, Message: Clone + 'a>(
    track: DayTrack,
    tip: impl Fn(Date) -> String + 'a,
    on_slide: impl Fn(Date) -> Message + Clone + 'a,
    id: &'static str,
) -> Element<'a, Message> {
    let (keys, on_key) = (track.clone(), on_slide.clone());
    let slider = DaySlider { track, tip: Box::new(tip), on_slide: Box::new(on_slide) };
    focusable(Element::new(slider)).id(id).on_key(move |key, modifiers| keys.after(key, modifiers).map(&on_key)).into()
}

struct DaySlider<'a, Message> {
    track: DayTrack,
    tip: Box<dyn Fn(Date) -> String + 'a>,
    on_slide: Box<dyn Fn(Date) -> Message + 'a>,
}

#[derive(Debug, Default)]
struct State {
    is_dragged: bool,
    pointed_at: Option<Date>,
}

fn track_in(bounds: Rectangle) -> Rectangle {
    let width = (bounds.width - 2.0 * MARGIN).max(1.0);
    Rectangle { x: bounds.x + MARGIN, y: bounds.y + MIDDLE - TRACK / 2.0, width, height: TRACK }
}

impl<Message> DaySlider<'_, Message> {
    fn draw_track(&self, renderer: &mut Renderer, theme: &Theme, line: Rectangle) {
        let (colours, track) = (theme::colours(theme), &self.track);
        let middle = line.y + TRACK / 2.0;
        let tick = |renderer: &mut Renderer, day: Date, width: f32, height: f32, colour| {
            let x = (track.x(day, line) - width / 2.0).round();
            quad(renderer, Rectangle { x, y: (middle - height / 2.0).round(), width, height }, colour);
        };
        quad(renderer, line, theme::between(colours.surface, colours.strong_line, 0.45));
        if line.width / track.length() * 30.0 >= LEAST_MONTH {
            let months = std::iter::successors(Some(track.first.first_of_month()), |day| {
                day.checked_add(1.month()).ok().filter(|day| *day <= track.last)
            });
            for month in months.filter(|month| *month >= track.first) {
                tick(renderer, month, 1.0, TRACK + 2.0, colours.strong_line);
            }
        }
        let mut drawn = f32::NEG_INFINITY;
        for day in track.changes.iter().filter(|day| (track.first..=track.last).contains(*day)) {
            let x = track.x(*day, line).round();
            // There may be thousands on one pixel.
            if x > drawn {
                tick(renderer, *day, 2.0, TICK, if *day < track.today { colours.strong_line } else { colours.accent });
                drawn = x;
            }
        }
        tick(renderer, track.today, 2.0, HEIGHT - WORDS, colours.ink);
    }

    fn draw_handle(&self, renderer: &mut Renderer, theme: &Theme, line: Rectangle, is_held: bool) {
        let colours = theme::colours(theme);
        let size = if is_held { HANDLE + 2.0 } else { HANDLE };
        let middle = Point::new(self.track.x(self.track.shown, line), line.y + TRACK / 2.0);
        let bounds = Rectangle { x: middle.x - size / 2.0, y: middle.y - size / 2.0, width: size, height: size };
        let edge = border::rounded(size / 2.0).color(colours.surface).width(2);
        renderer.fill_quad(renderer::Quad { bounds, border: edge, ..renderer::Quad::default() }, colours.accent);
    }

    /// What stands below the track, with where it begins: today first, then the years that have room beside it.
    fn labels(&self, bounds: Rectangle) -> Vec<(f32, String)> {
        let line = track_in(bounds);
        let mut taken: Vec<(f32, f32)> = Vec::new();
        let mut labels = Vec::new();
        let today = (self.track.today, self.track.today_words.to_owned());
        for (day, label) in [today].into_iter().chain(self.track.years().map(|day| (day, day.year().to_string()))) {
            let width = words(&label, iced::Color::BLACK).size().width;
            let most = bounds.x + bounds.width - width;
            let x = (self.track.x(day, line) - width / 2.0).min(most).max(bounds.x).round();
            let is_free = taken.iter().all(|(from, to)| x + width + APART < *from || x > *to + APART);
            if is_free {
                taken.push((x, x + width));
                labels.push((x, label));
            }
        }
        labels
    }

    /// The day that the mouse or the handle is on, as it is told below the track.
    fn told(&self, state: &State, bounds: Rectangle) -> Option<(f32, String)> {
        let day = if state.is_dragged { self.track.shown } else { state.pointed_at? };
        let tip = (self.tip)(day);
        let width = words(&tip, iced::Color::BLACK).size().width;
        let most = bounds.x + bounds.width - width - 6.0;
        let x = (self.track.x(day, track_in(bounds)) - width / 2.0).min(most).max(bounds.x + 6.0).round();
        Some((x, tip))
    }
}

impl<Message> Widget<Message, Theme, Renderer> for DaySlider<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fixed(HEIGHT))
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, HEIGHT)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        let (bounds, state) = (layout.bounds(), tree.state.downcast_ref::<State>());
        match self.told(state, bounds) {
            Some((_, tip)) => tell_about(operation, bounds, &tip),
            None => self.labels(bounds).iter().for_each(|(_, label)| tell_about(operation, bounds, label)),
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let (bounds, line) = (layout.bounds(), track_in(layout.bounds()));
        let over = over(cursor, bounds, viewport);
        let slide = |x: f32, shell: &mut Shell<'_, Message>| {
            let day = self.track.day_at(x, line);
            if day != self.track.shown {
                shell.publish((self.on_slide)(day));
            }
        };
        match event {
            event if is_press(event) => {
                if let Some(position) = over {
                    state.is_dragged = true;
                    slide(position.x, shell);
                    shell.request_redraw();
                    shell.capture_event();
                }
            }
            event if state.is_dragged && is_release(event) => {
                state.is_dragged = false;
                shell.request_redraw();
                shell.capture_event();
            }
            event if state.is_dragged && is_move(event) => {
                if let Some(position) = cursor.position() {
                    slide(position.x, shell);
                    shell.capture_event();
                }
            }
            _ => {}
        }
        let pointed_at = over.map(|position| self.track.day_at(position.x, line));
        if std::mem::replace(&mut state.pointed_at, pointed_at) != pointed_at {
            shell.request_redraw();
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if tree.state.downcast_ref::<State>().is_dragged {
            mouse::Interaction::Grabbing
        } else if over(cursor, layout.bounds(), viewport).is_some() {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::None
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let Some(in_sight) = bounds.intersection(viewport) else { return };
        let (state, colours, line) = (tree.state.downcast_ref::<State>(), theme::colours(theme), track_in(bounds));
        self.draw_track(renderer, theme, line);
        if let Some(day) = state.pointed_at.filter(|_| !state.is_dragged) {
            let x = self.track.x(day, line).round();
            quad(renderer, Rectangle { x, y: line.y - 4.0, width: 1.0, height: TRACK + 8.0 }, colours.accent);
        }
        self.draw_handle(renderer, theme, line, state.is_dragged);
        let y = bounds.y + WORDS;
        match self.told(state, bounds) {
            Some((x, tip)) => words(&tip, colours.ink).write(renderer, Point::new(x, y), in_sight),
            None => {
                for (x, label) in self.labels(bounds) {
                    words(&label, colours.muted).write(renderer, Point::new(x, y), in_sight);
                }
            }
        }
    }
}
