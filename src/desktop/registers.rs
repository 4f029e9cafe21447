//! The registers: what the rules speak of besides fagsystems.

use iced::Task;

use super::screen::{authorities, contact_points, files, kle};
use super::{Desktop, Message};

impl Desktop {
    /// Whether anything of the draft is being written that would be lost.
    pub(super) fn is_writing(&self) -> bool {
        self.rules.is_changed()
            || self.fagsystems.is_changed()
            || self.contact_points.is_changed()
            || self.authorities.is_changed()
    }

    pub(super) fn update_contact_points(&mut self, message: contact_points::Message) -> Task<Message> {
        self.refused_to_close = false;
        let mut screen = std::mem::take(&mut self.contact_points);
        let actions = self.scene().map(|scene| screen.update(message, scene)).unwrap_or_default();
        self.contact_points = screen;
        Task::batch(actions.into_iter().map(|action| self.act(action)).collect::<Vec<_>>())
    }

    pub(super) fn update_authorities(&mut self, message: authorities::Message) -> Task<Message> {
        self.refused_to_close = false;
        let writes_elsewhere =
            self.rules.is_changed() || self.fagsystems.is_changed() || self.contact_points.is_changed();
        if writes_elsewhere && self.scene().is_some_and(|scene| self.authorities.unsettles(&message, scene)) {
            return self.keep_form();
        }
        let mut screen = std::mem::take(&mut self.authorities);
        let actions = self.scene().map(|scene| screen.update(message, scene)).unwrap_or_default();
        self.authorities = screen;
        Task::batch(actions.into_iter().map(|action| self.act(action)).collect::<Vec<_>>())
    }

    pub(super) fn update_kle(&mut self, message: kle::Message) -> Task<Message> {
        let mut screen = std::mem::take(&mut self.kle);
        let actions = self.scene().map(|scene| screen.update(message, scene)).unwrap_or_default();
        self.kle = screen;
        Task::batch(actions.into_iter().map(|action| self.act(action)).collect::<Vec<_>>())
    }

    pub(super) fn update_files(&mut self, message: files::Message) -> Task<Message> {
        let mut screen = std::mem::take(&mut self.files);
        let actions = self.scene().map(|scene| screen.update(message, scene)).unwrap_or_default();
        self.files = screen;
        Task::batch(actions.into_iter().map(|action| self.act(action)).collect::<Vec<_>>())
    }
}
