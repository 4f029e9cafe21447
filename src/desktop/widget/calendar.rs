use iced::keyboard::{Key, Modifiers, key};
use iced::widget::{Column, Row, button, column, container, row, space, text};
use iced::{Center, Element, Fill};
use jiff::civil::{Date, Weekday};
use jiff::{Error, Span};
use lucide_icons::Icon;

use super::button::{icon_button, plain_button};
use super::focusable::focusable;
use crate::desktop::theme::{self, DayTone};

/// The id of the part of a calendar that takes the focus.
pub(in crate::desktop) const CALENDAR: &str = "calendar";
const DAY_WIDTH: f32 = 35.0;
const WEEK_WIDTH: f32 = 32.0;
const LINE_HEIGHT: f32 = 30.0;
/// A month touches up to six weeks. All are shown, so that every month has the same height.
const WEEKS: i32 = 6;
const DAYS: i32 = 7;

/// The words in a calendar.
#[derive(Debug, Clone, Copy)]
pub struct CalendarWords {
    /// From January.
    pub months: &'static [&'static str; 12],
    /// From Monday, two letters each.
    pub weekdays: [&'static str; 7],
    /// The heading above the numbers of the weeks.
    pub week: &'static str,
    /// What the button to the previous month does.
    pub previous: &'static str,
    /// What the button to the next month does.
    pub next: &'static str,
    /// The button that picks today.
    pub today: &'static str,
}

/// A month to pick a day from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// The day that keys move from; its month is shown.
    shown: Date,
}

/// What a person does to a calendar.
#[derive(Debug, Clone, Copy)]
pub enum CalendarMessage {
    /// Move that many days ahead; back if negative.
    Step(i32),
    /// Move that many months ahead; back if negative.
    Month(i32),
    /// Choose that day.
    Pick(Date),
}

impl Calendar {
    pub fn at(day: Date) -> Self {
        Self { shown: day }
    }

    /// Returns the day if one was picked.
    pub fn update(&mut self, message: CalendarMessage) -> Option<Date> {
        match message {
            CalendarMessage::Step(days) => self.go(Span::new().try_days(days), days < 0),
            CalendarMessage::Month(months) => self.go(Span::new().try_months(months), months < 0),
            CalendarMessage::Pick(day) => {
                self.shown = day;
                return Some(day);
            }
        }
        None
    }

    /// Stops at the first or last day that can be represented.
    fn go(&mut self, way: Result<Span, Error>, is_back: bool) {
        let end = if is_back { Date::MIN } else { Date::MAX };
        self.shown = way.and_then(|way| self.shown.checked_add(way)).unwrap_or(end);
    }

    /// The calendar as a popup.
    pub fn view<'a, M: Clone + 'a>(
        self,
        words: CalendarWords,
        chosen: Option<Date>,
        today: Date,
        on: impl Fn(CalendarMessage) -> M + Copy + 'a,
    ) -> Element<'a, M> {
        container(self.inside(words, chosen, today, on)).padding(8).style(theme::sheet).into()
    }

    /// The calendar as a part of a popup.
    pub fn inside<'a, M: Clone + 'a>(
        self,
        words: CalendarWords,
        chosen: Option<Date>,
        today: Date,
        on: impl Fn(CalendarMessage) -> M + Copy + 'a,
    ) -> Element<'a, M> {
        let month = words.months[usize::from(self.shown.month().unsigned_abs()) - 1];
        let month = text(format!("{month} {}", self.shown.year())).font(theme::SEMIBOLD);
        let head = row![
            icon_button(Icon::ChevronLeft, words.previous).on_press(on(CalendarMessage::Month(-1))),
            container(month).center_x(Fill),
            icon_button(Icon::ChevronRight, words.next).on_press(on(CalendarMessage::Month(1))),
        ];
        let weeks = (0..WEEKS).map(|week| self.week(week, chosen, today, on));
        let weeks = column![weekdays(words), Column::with_children(weeks)].padding([4, 6]);
        let weeks = focusable(weeks)
            .id(CALENDAR)
            .on_activate(on(CalendarMessage::Pick(self.shown)))
            .on_key(move |key, modifiers| step(key, modifiers).map(on));
        let go_to_today = plain_button(words.today).padding([4, 10]).style(theme::quiet);
        let go_to_today = go_to_today.on_press(on(CalendarMessage::Pick(today)));
        column![head.align_y(Center), weeks, go_to_today]
            .spacing(4)
            .align_x(Center)
            // The days, with space around them for the focus ring.
            .width(WEEK_WIDTH + 7.0 * DAY_WIDTH + 12.0)
            .into()
    }

    /// The day in that row and column; `None` beyond the last day that can be represented.
    fn day(self, week: i32, weekday: i32) -> Option<Date> {
        let first = self.shown.first_of_month();
        let before = i32::from(first.weekday().since(Weekday::Monday));
        first.checked_add(Span::new().days(week * DAYS + weekday - before)).ok()
    }

    fn week<'a, M: Clone + 'a>(
        self,
        week: i32,
        chosen: Option<Date>,
        today: Date,
        on: impl Fn(CalendarMessage) -> M + Copy + 'a,
    ) -> Element<'a, M> {
        let number = self.day(week, 0).map(|monday| small(monday.iso_week_date().week().to_string(), WEEK_WIDTH));
        let days = (0..DAYS).map(|weekday| {
            let Some(day) = self.day(week, weekday) else { return space().width(DAY_WIDTH).into() };
            let tone = if chosen == Some(day) {
                DayTone::Chosen
            } else if day == self.shown {
                DayTone::Here
            } else if day.month() == self.shown.month() {
                DayTone::Plain
            } else {
                DayTone::OfOtherMonth
            };
            let content = container(text(day.day().to_string())).center(Fill);
            let content = button(content).padding(0).width(DAY_WIDTH).height(LINE_HEIGHT);
            content.style(theme::day(tone, day == today)).on_press(on(CalendarMessage::Pick(day))).into()
        });
        Row::new().push(number).extend(days).height(LINE_HEIGHT).into()
    }
}

fn weekdays<'a, M: 'a>(words: CalendarWords) -> Element<'a, M> {
    let weekdays = words.weekdays.map(|weekday| small(weekday, DAY_WIDTH));
    Row::new().push(small(words.week, WEEK_WIDTH)).extend(weekdays).height(LINE_HEIGHT).into()
}

fn small<'a, M: 'a>(words: impl text::IntoFragment<'a>, width: f32) -> Element<'a, M> {
    // The container is centred, not the text: the toolkit does not erase centred text when it changes.
    container(text(words).size(theme::SMALL).style(theme::muted)).center_x(width).center_y(Fill).into()
}

fn step(key: &Key, modifiers: Modifiers) -> Option<CalendarMessage> {
    let Key::Named(key) = key else { return None };
    match key {
        _ if !modifiers.is_empty() => None,
        key::Named::ArrowLeft => Some(CalendarMessage::Step(-1)),
        key::Named::ArrowRight => Some(CalendarMessage::Step(1)),
        key::Named::ArrowUp => Some(CalendarMessage::Step(-DAYS)),
        key::Named::ArrowDown => Some(CalendarMessage::Step(DAYS)),
        key::Named::PageUp => Some(CalendarMessage::Month(-1)),
        key::Named::PageDown => Some(CalendarMessage::Month(1)),
        _ => None,
    }
}
