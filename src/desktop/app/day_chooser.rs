//! The choice of the day whose rules are shown: a control in the bar above every screen, with a calendar, a field, the days on
//! which rules begin or end, and a track along them.

use std::rc::Rc;

use iced::widget::{Column, button, column, container, row, text, text_input};
use iced::{Center, Element, Fill};
use jiff::civil::Date;
use lucide_icons::Icon;

use super::day_message::DayMessage;
use super::day_state::{DAY_FIELD, DayChooser};
use super::message::Message;
use super::state::Desktop;
use crate::desktop::language::format::date_text;
use crate::desktop::language::parse::{read_date, understood};
use crate::desktop::screen::part::words::calendar_words;
use crate::desktop::theme;
use crate::desktop::widget::{
    DayTrack, Field, day_slider, field, floating, focus_button, focusable, icon, icon_button, note, one_line,
};

/// The track in the choice, and the one below the bar.
pub(super) const CHOOSER_TRACK: &str = "looked-at-track";
/// So many coming days of change are listed.
const MOST_LISTED: usize = 7;
const LIST_WIDTH: f32 = 250.0;
/// The calendar, the list beside it, and the space around them.
const WIDTH: f32 = 605.0;

impl Desktop {
    /// The control that names the day whose rules are shown, and opens the choice of another.
    pub(super) fn day_control(&self) -> Element<'_, Message> {
        let t = &self.shared.t().day;
        let shown = self.shared.looked_at();
        let words = shown.map_or_else(|| t.today.to_owned(), |day| (t.as_of)(&date_text(day)));
        let words = text(words);
        let words = if shown.is_some() { words.font(theme::SEMIBOLD) } else { words };
        let symbol = icon(if shown.is_some() { Icon::CalendarClock } else { Icon::CalendarDays }).size(14);
        let content = row![symbol, words, icon(Icon::ChevronDown).size(14)].spacing(8).align_y(Center);
        let choose = Message::Day(DayMessage::Choose);
        let control =
            button(content).padding([6, 10]).style(theme::navigation(shown.is_some())).on_press(choose.clone());
        let control = focusable(control).on_activate(choose);
        let chooser = self.looking.chooser.as_ref().map(|chooser| self.chooser_view(chooser));
        floating(control, chooser, Message::Day(DayMessage::Close)).into()
    }

    fn chooser_view<'a>(&'a self, chooser: &'a DayChooser) -> Element<'a, Message> {
        let (t, today) = (self.shared.t(), self.shared.today);
        let read = read_date(&chooser.text, t, today);
        let error = read.as_ref().err().cloned().flatten().filter(|_| chooser.was_tried);
        let is_wrong = error.is_some();
        let day = read.ok().flatten();
        let about = Field::new(t.day.day).error(error).reading(understood(&chooser.text, day, t));
        let input = text_input(t.fields.date_placeholder, &chooser.text)
            .id(DAY_FIELD)
            .on_input(|text| Message::Day(DayMessage::Write(text)))
            .on_submit(Message::Day(DayMessage::Submit))
            .padding([6, 9])
            .size(theme::BODY)
            .style(theme::input(is_wrong));
        let shown = self.looking.wanted_or(today);
        let calendar = chooser
            .calendar
            .inside(calendar_words(t), Some(shown), today, |message| Message::Day(DayMessage::Calendar(message)));
        let right = column![field(about, input), self.coming_changes(shown)].spacing(14).width(LIST_WIDTH);
        let upper = row![calendar, right].spacing(18);
        let slider = self.day_track(CHOOSER_TRACK);
        let content = column![upper, slider, note(t.day.about)].spacing(10);
        container(content).padding(14).width(WIDTH).style(theme::sheet).into()
    }

    /// The days on which something changes after that one, with the buttons that go from one to the next.
    fn coming_changes(&self, shown: Date) -> Element<'_, Message> {
        let t = &self.shared.t().day;
        let head = row![text(t.changes).font(theme::SEMIBOLD).size(theme::SMALL).width(Fill), self.day_steps()];
        let coming = self.looking.days.since(shown).filter(|(day, _)| *day > shown).take(MOST_LISTED);
        let lines: Vec<_> = coming
            .map(|(day, change)| {
                let words = one_line(t.change(Some(change))).size(theme::SMALL).tone(theme::muted);
                let line = row![one_line(date_text(day)), container(words).width(Fill).clip(true)];
                let look = Message::Day(DayMessage::Look(Some(day)));
                focus_button(line.spacing(10).align_y(Center))
                    .padding([4, 6])
                    .style(theme::cell_link)
                    .on_press(look)
                    .into()
            })
            .collect();
        let none = lines.is_empty().then(|| note(t.no_changes));
        column![head.align_y(Center), Column::with_children(lines), none].spacing(4).into()
    }

    /// The buttons to the days before and after on which something changes.
    pub(super) fn day_steps(&self) -> Element<'_, Message> {
        let t = &self.shared.t().day;
        let (previous, next) = self.neighbouring_changes();
        let look = |day| Message::Day(DayMessage::Look(Some(day)));
        let words = |day: Option<Date>, is: fn(&str) -> String, no: &str| {
            day.map_or_else(|| no.to_owned(), |day| is(&date_text(day)))
        };
        let back = icon_button(Icon::ChevronLeft, words(previous, t.previous_is, t.no_previous));
        let ahead = icon_button(Icon::ChevronRight, words(next, t.next_is, t.no_next));
        row![back.on_press_maybe(previous.map(look)), ahead.on_press_maybe(next.map(look))].into()
    }

    pub(super) fn day_track(&self, id: &'static str) -> Element<'_, Message> {
        let (t, today) = (self.shared.t(), self.shared.today);
        let changes: Rc<[Date]> = self.looking.days.all().collect();
        let (first, last) = DayTrack::span(today, &changes);
        let shown = self.looking.wanted_or(today);
        let track = DayTrack { first, last, shown, today, today_words: t.day.today_mark, changes };
        let tip = |day| format!("{}: {}", date_text(day), t.day.change(self.looking.days.on(day)));
        day_slider(track, tip, |day| Message::Day(DayMessage::Look(Some(day))), id)
    }
}
