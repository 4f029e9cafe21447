//! Closing the window: it waits for unsaved changes, for the draft and for what runs.

use std::sync::Arc;

use iced::Task;
use iced::window as iced_window;

use super::message::Message;
use super::state::Desktop;
use crate::desktop::model::page::Page;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::model::workbench::Workbench;

impl Desktop {
    /// Closes the window. The first request is refused while forms have unsaved changes.
    pub(super) fn close(&mut self, window: iced_window::Id) -> Task<Message> {
        let has_changes = self.has_unsaved_changes() || self.screens.get(Page::Router).is_changed();
        if has_changes && !std::mem::replace(&mut self.has_warned_before_closing, true) {
            return self.warn_unsaved();
        }
        // A second request does not wait for the draft to be saved either.
        if has_changes || self.closing.replace(window).is_some() {
            self.shut_down(window)
        } else {
            self.continue_closing()
        }
    }

    /// Closes the window if that was requested and the draft is saved.
    pub(super) fn continue_closing(&mut self) -> Task<Message> {
        let is_saved = self.shared.bench.as_ref().is_none_or(Workbench::is_saved);
        match self.closing.filter(|_| is_saved) {
            Some(window) => self.shut_down(window),
            None => Task::none(),
        }
    }

    /// Saves settings and preferences and stops what runs; then the window closes.
    fn shut_down(&mut self, window: iced_window::Id) -> Task<Message> {
        let Ok(services) = self.shared.services.clone() else { return iced_window::close(window) };
        self.set_router_state(RouterState::Stopping);
        let (before, settings) = (self.shared.saved_settings.clone(), self.shared.settings.clone());
        let (window_before, window_settings) = (self.shared.saved_window_settings, self.shared.window_settings);
        let preferences = self.write_preferences();
        let stopping = async move {
            // An error cannot be shown any more, and must not keep the window open.
            let _ = preferences.await;
            let _ = Arc::clone(&services).save_settings(before, settings).await;
            let _ = Arc::clone(&services).save_window_settings(window_before, window_settings).await;
            services.shut_down().await;
        };
        Task::perform(stopping, move |()| Message::ShutDown(window))
    }
}
