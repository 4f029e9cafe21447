//! The band below the bar that says on every screen that the rules of another day are shown, with the way back.

use iced::widget::{button, column, container, row, space, text};
use iced::{Center, Element, Fill, Size};
use lucide_icons::Icon;

use super::commands::BACK_TO_TODAY;
use super::looking::DayMessage;
use super::message::Message;
use super::state::Desktop;
use crate::desktop::theme;
use crate::desktop::widget::{focusable, icon, note, one_line};

/// The track in the band.
const BAND_TRACK: &str = "looked-at-band-track";
const LINE_HEIGHT: f32 = 42.0;
const TRACK_HEIGHT: f32 = 40.0;
/// In lower windows the band has no track.
const LOW: f32 = 640.0;

/// The height of the band, with the line below it.
pub(super) fn band_height(window: Size) -> f32 {
    1.0 + LINE_HEIGHT + if window.height < LOW { 0.0 } else { TRACK_HEIGHT }
}

impl Desktop {
    /// `None` where the rules of today are shown.
    pub(super) fn day_band(&self) -> Option<Element<'_, Message>> {
        let (t, shown) = (&self.shared.t().day, self.shared.looked_at()?);
        let words = one_line(t.band(shown, self.shared.today)).bold();
        let back = Message::Day(DayMessage::Look(None));
        let content = row![icon(Icon::Undo2).size(14), text(t.back), note(BACK_TO_TODAY.to_string())];
        let button = button(content.spacing(8).align_y(Center)).padding([5, 12]).style(theme::secondary);
        let button = focusable(button.on_press(back.clone())).on_activate(back);
        let line = row![
            icon(Icon::CalendarClock).style(theme::accent),
            container(words).width(Fill).clip(true),
            self.day_steps(),
            button
        ];
        let line = container(line.spacing(10).align_y(Center)).padding([0, 14]).center_y(LINE_HEIGHT);
        let is_low = self.shared.size.height < LOW;
        let track = (!is_low).then(|| container(self.day_track(BAND_TRACK)).padding([0, 6]).height(TRACK_HEIGHT));
        let edge = container(space()).width(Fill).height(1).style(theme::band_line);
        Some(column![container(column![line, track]).width(Fill).style(theme::band), edge].into())
    }
}
