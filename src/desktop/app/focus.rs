//! Gives the focus back to where it was, when what lay over the screen and took it is closed.

use iced::Task;

use super::message::Message;
use super::state::Desktop;
use crate::desktop::model::page::Page;
use crate::desktop::widget::{FocusPlace, focus_again, focused_place};

impl Desktop {
    /// Whether something lies over the screen, or beside it, that takes the focus.
    fn is_covered(&self) -> bool {
        self.guide.is_some()
            || self.about.is_some()
            || self.palette.is_some()
            || self.tour.is_some()
            || self.looking.chooser.is_some()
    }

    /// Notes what has the focus, before what has just been laid over the screen takes it. What is then laid over that in turn
    /// changes nothing.
    pub(super) fn note_focus(&self) -> Task<Message> {
        if self.focus_before.is_some() { Task::none() } else { focused_place().map(Message::FocusNoted) }
    }

    pub(super) fn focus_noted(&mut self, place: FocusPlace) {
        if self.is_covered() && self.focus_before.is_none() {
            self.focus_before = Some((self.shared.page, place));
        }
    }

    /// What had the focus before, once nothing lies over the screen any more.
    pub(super) fn take_focus_before(&mut self) -> Option<(Page, FocusPlace)> {
        if self.is_covered() { None } else { self.focus_before.take() }
    }

    /// Gives the focus back, unless another screen is shown by now.
    pub(super) fn return_focus(&mut self) -> Task<Message> {
        let place = self.take_focus_before();
        self.focus_at(place)
    }

    pub(super) fn focus_at(&self, place: Option<(Page, FocusPlace)>) -> Task<Message> {
        match place {
            Some((page, place)) if page == self.shared.page => focus_again(place),
            _ => Task::none(),
        }
    }
}
