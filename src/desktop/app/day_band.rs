//! The band below the bar that says on every screen that the rules of another day are shown, with the way back.

use iced::widget::{button, column, container, row, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::day_message::{BACK_TO_TODAY, DayMessage};
use super::message::Message;
use super::state::Desktop;
use super::window_size::{BAND_LINE, LOW_FOR_BAND, SIDEBAR_WIDTH, TRACK_HEIGHT};
use crate::desktop::theme;
use crate::desktop::widget::{focusable, icon, note, one_line};

/// The track in the band.
const BAND_TRACK: &str = "looked-at-band-track";

/// Below this width of the screen the band has its words and the way back alone, in logical pixels.
const NARROW: f32 = 700.0;

impl Desktop {
    /// `None` where the rules of today are shown.
    pub(super) fn day_band(&self) -> Option<Element<'_, Message>> {
        let (t, shown) = (&self.shared.t().day, self.shared.looked_at()?);
        let words = one_line(t.band(shown, self.shared.today)).bold();
        let back = Message::Day(DayMessage::Look(None));
        // In a narrow window the words need the room; the keys do the same.
        let is_narrow = self.shared.room().width - SIDEBAR_WIDTH < NARROW;
        let key = (!is_narrow).then(|| note(BACK_TO_TODAY.to_string()));
        let content = row![icon(Icon::Undo2).size(14), text(t.back), key];
        let button = button(content.spacing(8).align_y(Center)).padding([5, 12]).style(theme::secondary);
        let button = focusable(button.on_press(back.clone())).on_activate(back);
        let line = row![
            icon(Icon::CalendarClock).style(theme::accent),
            container(words).width(Fill).clip(true),
            (!is_narrow).then(|| self.day_steps()),
            button
        ];
        let line = container(line.spacing(10).align_y(Center)).padding([0, 14]).center_y(BAND_LINE);
        let is_low = self.shared.room().height < LOW_FOR_BAND;
        let track = (!is_low).then(|| container(self.day_track(BAND_TRACK)).padding([0, 6]).height(TRACK_HEIGHT));
        let edge = container(space()).width(Fill).height(1).style(theme::band_line);
        Some(column![container(column![line, track]).width(Fill).style(theme::band), edge].into())
    }
}
