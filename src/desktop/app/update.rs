//! Handles the messages of the application.

use std::future::Future;
use std::sync::Arc;

use iced::Task;
use iced::window as iced_window;

use super::message::Message;
use super::state::Desktop;
use super::window_size as window;
use crate::desktop::model::error::Error;
use crate::desktop::service::{Services, save_preferences};

/// The zoom levels, in percent.
const ZOOMS: [u16; 9] = [70, 80, 90, 100, 110, 125, 150, 175, 200];

impl Desktop {
    /// Handles a message, then brings up to date what may depend on it. Results of work that was begun on other data, before
    /// the window went over to these, are dropped.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        let message = match message {
            Message::OfSession(session, _) if session != self.session => return Task::none(),
            Message::OfSession(_, message) => *message,
            message => message,
        };
        let task = self.handle_and_refresh(message);
        let session = self.session;
        task.map(move |message| Message::OfSession(session, Box::new(message)))
    }

    fn handle_and_refresh(&mut self, message: Message) -> Task<Message> {
        let (page, opened) = (self.shared.page, self.open_item());
        let task = self.handle(message);
        let reading = self.read_files_to_open();
        self.refresh();
        let scrolling = self.scroll_into_view(page, opened.as_ref());
        let greeted = self.greet();
        let following = self.with_screen(self.shared.page, |screen, scene| screen.follow(scene));
        self.plan_next_look();
        Task::batch([scrolling, task, reading, greeted, self.save_draft(), self.compute_foresight(), following])
    }

    pub(super) fn handle(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Show(page) => return self.show(page),
            Message::ChooseAuthority(cvr) => return self.choose_authority(cvr),
            Message::SwitchLanguage if !self.may_switch_language() => {}
            Message::SwitchLanguage => {
                let before = self.shared.preferences.language;
                self.shared.preferences.language = before.other();
                if let Some(guide) = &mut self.guide {
                    guide.translate(before, before.other());
                }
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
            Message::Day(message) => return self.update_day(message),
            Message::Help => return self.toggle_guide(),
            Message::Guide(message) => return self.update_guide(message),
            Message::About(message) => return self.update_about(message),
            Message::Tour(message) => return self.update_tour(message),
            Message::Training(message) => return self.update_training(message),
            Message::Toast(message) => return self.update_toasts(message),
            Message::Undo => return self.undo(),
            Message::UndoStep => self.undo_step(),
            Message::Redo => self.redo(),
            Message::CarryOver => self.carry_over(),
            Message::Standard(standard) => return self.standard(standard),
            Message::PreparePublishing => return self.prepare_publishing(),
            Message::ShowRule(priority) => return self.show_rule(priority),
            Message::ForesightComputed(foreseen) => self.foresight_computed(foreseen),
            Message::Poll(_) => return self.tick(),
            Message::Polled(turn, polled) => return self.polled(turn, polled),
            Message::DraftSaved(kept, result) => return self.draft_saved(kept, result),
            Message::Published(published) => return self.published(published),
            Message::FirstPublished(published) => return self.first_published(published),
            Message::PublicationToRestore(read) => return self.restore(read),
            Message::KlePlanSaved(kept) => self.kle_plan_saved(kept),
            Message::JournalRead(read) => self.journal_read(read),
            Message::Resumed(name, resumed) => return self.fagsystem_resumed(&name, resumed),
            Message::ClockConfirmed(confirmed) => {
                self.show_failure(confirmed);
                return self.poll();
            }
            Message::OverviewRead(number, read) => return self.overview_read(number, read),
            Message::RouterStarted(started) => return self.router_started(started),
            Message::ApiKeysChanged(changed, made) => self.api_keys_changed(changed, made),
            Message::RouterStopped => {
                self.set_router_state(self.stopped_router_state());
                return self.poll();
            }
            Message::SamplesSent(sent) => {
                self.screens.router.sending_ended();
                self.show_failure(sent);
                return self.poll();
            }
            Message::PracticeStarted(started) => self.show_failure(started),
            Message::SecretsMoved(moved) => return self.secrets_moved(moved),
            Message::PictureCopied(copied) => self.picture_copied(copied),
            Message::PicturePlace(number, place) => return self.picture_placed(number, place),
            Message::PictureSaved(saved) => self.picture_saved(saved),
            Message::SettingsSaved(saved) => self.show_failure(saved),
            Message::FocusNoted(place) => self.focus_noted(place),
            Message::Focus(forwards) => return self.move_focus(forwards),
            Message::Modifiers(modifiers) => return self.modifiers_changed(modifiers),
            Message::UseDirectory(directory) => return self.use_directory(&directory),
            Message::Dropped(paths) => return self.open_dropped_files(paths),
            Message::Resized(size) => {
                self.shared.size = size;
                self.shared.preferences.window = Some(window::size_to_save(size));
            }
            Message::Window(message) => return self.update_window(message),
            Message::LaidOut(size) => self.shared.size = size,
            Message::CloseRequested(window) => return self.close(window),
            Message::ShutDown(window) => return iced_window::close(window),
            Message::OfSession(_, message) => return self.handle(*message),
        }
        Task::none()
    }

    fn zoom(&mut self, step: i8) -> Task<Message> {
        let before = self.scale_factor();
        // What people see, which is less than they have chosen where the screen has no room for that.
        let is_beyond = |zoom: u16| f32::from(zoom) / 100.0 > before + 0.005;
        let is_below = |zoom: u16| f32::from(zoom) / 100.0 < before - 0.005;
        let next = match step {
            0 => Some(100),
            1.. => ZOOMS.into_iter().find(|it| is_beyond(*it)),
            _ => ZOOMS.into_iter().rev().find(|it| is_below(*it)),
        };
        let Some(next) = next else { return Task::none() };
        let has_room = |next: u16| {
            let next = f32::from(next) / 100.0;
            next <= self.shared.screen.most_zoom() && self.shared.size.width * before / next >= window::LEAST_ROOM.width
        };
        if is_beyond(next) && !has_room(next) {
            self.toasts.notify(self.shared.t().no_room_to_zoom.to_owned(), None);
            return Task::none();
        }
        self.shared.preferences.zoom_percent = next;
        // The window keeps its physical size, so its logical size changes; iced sends no resize event for that.
        self.shared.size = self.shared.size * (before / self.scale_factor());
        self.shared.preferences.window = Some(window::size_to_save(self.shared.size));
        self.save_preferences()
    }

    /// Says that a form has unsaved changes, instead of leaving it.
    pub(super) fn warn_unsaved(&mut self) -> Task<Message> {
        self.toasts.warn_unsaved(self.shared.t().unsaved.to_owned());
        Task::none()
    }

    pub(super) fn show_error(&mut self, error: &Error) {
        self.toasts.warn((self.shared.t().error)(error));
    }

    /// Shows the error if the work has failed.
    pub(super) fn show_failure<T>(&mut self, result: Result<T, Error>) {
        if let Err(error) = result {
            self.show_error(&error);
        }
    }

    pub(super) fn save_settings(&mut self) -> Task<Message> {
        let settings = self.shared.settings.clone();
        let before = std::mem::replace(&mut self.shared.saved_settings, settings.clone());
        let window_settings = self.shared.window_settings;
        let window_before = std::mem::replace(&mut self.shared.saved_window_settings, window_settings);
        let saving = move |services: Arc<Services>| async move {
            Arc::clone(&services).save_settings(before, settings).await?;
            services.save_window_settings(window_before, window_settings).await
        };
        self.shared.serve(saving, Message::SettingsSaved)
    }

    /// Whether the person chooses the language, and not an administrator.
    pub(super) fn may_switch_language(&self) -> bool {
        self.shared.user.policy.language.is_none()
    }

    pub(super) fn save_preferences(&mut self) -> Task<Message> {
        Task::perform(self.write_preferences(), Message::SettingsSaved)
    }

    /// Writes the preferences that have changed since they were last written, if the user has a file for them.
    pub(super) fn write_preferences(&mut self) -> impl Future<Output = Result<(), Error>> + use<> {
        let (mut after, file) = (self.shared.preferences.clone(), self.shared.user.preferences.clone());
        if !self.may_switch_language() {
            // What was decided for everybody is not what the person has chosen.
            after.language = self.shared.saved_preferences.language;
        }
        let before = std::mem::replace(&mut self.shared.saved_preferences, after.clone());
        async move {
            let Some(file) = file.filter(|_| before != after) else { return Ok(()) };
            let written = tokio::task::spawn_blocking(move || save_preferences(&file, &before, &after)).await;
            written.map_err(|_| Error::Lost)?.map_err(Error::Preferences)
        }
    }
}
