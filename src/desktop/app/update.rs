//! What becomes of what happens.

use std::future::Future;
use std::sync::Arc;

use iced::Task;
use iced::widget::operation;
use iced::window as iced_window;

use super::message::Message;
use super::state::Desktop;
use super::window_size as window;
use crate::desktop::model::error::Error;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::service::{Services, save_preferences};

/// How much room, in logical pixels, must be left when everything is enlarged.
const LEAST_WIDTH: f32 = 760.0;
/// How far the window's contents can be enlarged or made smaller, in percent.
const ZOOMS: [u16; 9] = [70, 80, 90, 100, 110, 125, 150, 175, 200];

impl Desktop {
    /// Takes in what happened, and says what is to be done.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        let (page, opened) = (self.shared.page, self.opened());
        let task = self.handle(message);
        self.refresh();
        let in_sight = self.bring_in_sight(page, opened.as_ref());
        Task::batch([in_sight, task, self.save_draft(), self.foresee()])
    }

    pub(super) fn handle(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Show(page) => return self.show(page),
            Message::ChooseAuthority(cvr) => return self.choose_authority(cvr),
            Message::SwitchLanguage => {
                self.shared.preferences.language = self.shared.preferences.language.other();
                return self.save_preferences();
            }
            Message::SwitchTheme => {
                self.shared.preferences.theme = self.shared.preferences.theme.other();
                return self.save_preferences();
            }
            Message::Zoom(step) => return self.zoom(step),
            Message::Welcome(message) => return self.update_welcome(message),
            Message::Screen(message) => return self.update_screen(message),
            Message::Palette(message) => return self.update_palette(message),
            Message::Toast(message) => return self.update_toasts(message),
            Message::Undo => return self.undo(),
            Message::UndoStep => self.undo_step(),
            Message::Redo => self.redo(),
            Message::CarryOver => self.carry_over(),
            Message::Standard(standard) => return self.standard(standard),
            Message::PreparePublishing => return self.prepare_publishing(),
            Message::FindRule(priority) => return self.find_rule(priority),
            Message::Foreseen(foreseen) => self.foreseen(foreseen),
            Message::Look(_) => return self.time_passes(),
            Message::Looked(turn, looked) => return self.looked(turn, looked),
            Message::DraftKept(kept, result) => return self.draft_kept(kept, result),
            Message::Published(published) => return self.published(published),
            Message::FirstPublished(published) => return self.first_published(published),
            Message::PublicationToRestore(read) => return self.restore(read),
            Message::KlePlanKept(kept) => self.kle_plan_kept(kept),
            Message::JournalRead(read) => self.journal_read(read),
            Message::Resumed(name, resumed) => return self.resumed(&name, resumed),
            Message::ClockConfirmed(confirmed) => {
                self.warn_of(confirmed.err().as_ref());
                return self.look();
            }
            Message::OverviewRead(number, read) => return self.overview_read(number, read),
            Message::SampleBegun(begun) => return self.sample_begun(begun),
            Message::RouterStarted(started) => return self.router_started(started),
            Message::KeysChanged(changed, made) => self.keys_changed(changed, made),
            Message::RouterStopped => {
                self.turn_router(RouterState::Stopped);
                return self.look();
            }
            Message::LettersSent(sent) => {
                self.screens.router.sent();
                self.warn_of(sent.err().as_ref());
                return self.look();
            }
            Message::PracticeStarted(started) => self.warn_of(started.err().as_ref()),
            Message::SecretsMoved(moved) => return self.secrets_moved(moved),
            Message::SettingsSaved(saved) => self.warn_of(saved.err().as_ref()),
            Message::Focus(forwards) => {
                return if forwards { operation::focus_next() } else { operation::focus_previous() };
            }
            Message::Modifiers(modifiers) => return self.modifiers_changed(modifiers),
            Message::Dropped(paths) => return self.receive(paths),
            Message::Resized(size) => {
                self.shared.size = size;
                self.shared.preferences.window = Some(window::kept_size(size));
            }
            Message::CloseRequested(window) => return self.close(window),
            Message::Ended(window) => return iced_window::close(window),
        }
        Task::none()
    }

    fn zoom(&mut self, step: i8) -> Task<Message> {
        let (zoom, before) = (self.shared.preferences.zoom_percent, self.scale_factor());
        let next = match step {
            0 => Some(100),
            1.. => ZOOMS.into_iter().find(|it| *it > zoom),
            _ => ZOOMS.into_iter().rev().find(|it| *it < zoom),
        };
        // Not so large that nothing has room.
        let has_room = |next: u16| self.shared.size.width * f32::from(zoom) / f32::from(next) >= LEAST_WIDTH;
        let Some(next) = next.filter(|next| *next <= zoom || has_room(*next)) else { return Task::none() };
        self.shared.preferences.zoom_percent = next;
        // The window stays as it is, so there is less room in it when everything is larger. Nobody else says so.
        self.shared.size = self.shared.size * (before / self.scale_factor());
        self.shared.preferences.window = Some(window::kept_size(self.shared.size));
        self.save_preferences()
    }

    /// Nothing that was written is lost by going elsewhere.
    pub(super) fn keep_form(&mut self) -> Task<Message> {
        self.toasts.keep_form(self.shared.t().unsaved.to_owned());
        Task::none()
    }

    pub(super) fn warn_of(&mut self, error: Option<&Error>) {
        if let Some(error) = error {
            self.toasts.warn((self.shared.t().error)(error));
        }
    }

    pub(super) fn save_settings(&mut self) -> Task<Message> {
        let settings = self.shared.settings.clone();
        let before = std::mem::replace(&mut self.shared.kept_settings, settings.clone());
        let window_settings = self.shared.window_settings;
        let window_before = std::mem::replace(&mut self.shared.kept_window_settings, window_settings);
        let saving = move |services: Arc<Services>| async move {
            Arc::clone(&services).save_settings(before, settings).await?;
            services.save_window_settings(window_before, window_settings).await
        };
        self.shared.serve(saving, Message::SettingsSaved)
    }

    pub(super) fn save_preferences(&mut self) -> Task<Message> {
        Task::perform(self.keep_preferences(), Message::SettingsSaved)
    }

    /// Keeps what the person has chosen since it was kept last, where there is a file for it.
    pub(super) fn keep_preferences(&mut self) -> impl Future<Output = Result<(), Error>> + use<> {
        let (after, file) = (self.shared.preferences.clone(), self.shared.user.preferences.clone());
        let before = std::mem::replace(&mut self.shared.kept_preferences, after.clone());
        async move {
            let Some(file) = file.filter(|_| before != after) else { return Ok(()) };
            let kept = tokio::task::spawn_blocking(move || save_preferences(&file, &before, &after)).await;
            kept.map_err(|_| Error::Lost)?.map_err(Error::Preferences)
        }
    }
}
