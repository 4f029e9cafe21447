//! Passes messages and standard commands to the screens, and guards their unsaved changes.

use std::path::PathBuf;

use iced::Task;
use iced::keyboard::Modifiers;

use super::message::Message;
use super::state::Desktop;
use crate::desktop::model::page::Page;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::command::Standard;
use crate::desktop::screen::scene::Scene;
use crate::desktop::screen::table::{AnyScreen, ScreenMessage};
use crate::desktop::screen::{files, lessons, rules, try_message, welcome};
use crate::rules::Cvr;

impl Desktop {
    pub(super) fn update_screen(&mut self, message: ScreenMessage) -> Task<Message> {
        let page = message.page();
        if self.screens.get(page).has_forms() {
            self.has_warned_before_closing = false;
        }
        let Some(scene) = self.shared.scene() else { return Task::none() };
        if self.screens.would_discard_edits(&message, scene) && self.has_unsaved_changes_elsewhere(page) {
            return self.warn_unsaved();
        }
        let action = self.screens.update(message, scene);
        self.perform(action)
    }

    pub(super) fn update_welcome(&mut self, message: welcome::Message) -> Task<Message> {
        let action = self.welcome.update(message, self.shared.t());
        self.perform_for_welcome(action)
    }

    fn perform_for_welcome(&mut self, action: Action<welcome::Message>) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::Run(task) => task.map(Message::Welcome),
            Action::Request(request) => self.handle_request(request),
            Action::Send(message) => self.update_welcome(message),
            Action::All(actions) => {
                let tasks: Vec<_> = actions.into_iter().map(|action| self.perform_for_welcome(action)).collect();
                Task::batch(tasks)
            }
        }
    }

    /// Whether any form of the draft has unsaved changes. The router screen has settings, which do not belong to the draft.
    pub(super) fn has_unsaved_changes(&self) -> bool {
        Page::ALL.into_iter().any(|page| page != Page::Router && self.screens.get(page).is_changed())
    }

    /// The same without one of the pages.
    fn has_unsaved_changes_elsewhere(&self, page: Page) -> bool {
        let others = Page::ALL.into_iter().filter(|other| *other != page && *other != Page::Router);
        others.into_iter().any(|other| self.screens.get(other).is_changed())
    }

    pub(super) fn has_unsaved_changes_here(&self) -> bool {
        self.screens.get(self.shared.page).is_changed()
    }

    pub(super) fn show(&mut self, page: Page) -> Task<Message> {
        let dropped = if self.screens.rules.is_moving() {
            // Rules that are being moved stay where they are: this screen will not see the keys being released.
            self.update_screen(rules::Message::Key(rules::ListKey::Drop).into())
        } else {
            Task::none()
        };
        self.shared.page = page;
        self.palette = None;
        drop(self.take_focus_before());
        Task::batch([dropped, self.read_overview(), self.with_screen(page, |screen, scene| screen.on_shown(scene))])
    }

    /// Calls a screen with the scene and carries out the action that it returns.
    pub(super) fn with_screen(
        &mut self,
        page: Page,
        call: impl FnOnce(&mut dyn AnyScreen, Scene<'_>) -> Action<ScreenMessage>,
    ) -> Task<Message> {
        let Some(scene) = self.shared.scene() else { return Task::none() };
        let action = call(self.screens.get_mut(page), scene);
        self.perform(action)
    }

    pub(super) fn choose_authority(&mut self, cvr: Cvr) -> Task<Message> {
        if self.has_unsaved_changes() {
            return self.warn_unsaved();
        }
        self.shared.authority = Some(cvr);
        for page in Page::ALL {
            self.screens.get_mut(page).close_authority();
        }
        if self.shared.page == Page::DefaultMail {
            return self.with_screen(Page::DefaultMail, |screen, scene| screen.on_shown(scene));
        }
        Task::none()
    }

    /// Runs a standard command on the shown screen. New and Search fall back on the rules where the screen has neither.
    pub(super) fn standard(&mut self, standard: Standard) -> Task<Message> {
        if self.shared.bench.is_none() {
            return match standard {
                Standard::Leave => self.update_welcome(welcome::Message::LeaveFiles),
                _ => Task::none(),
            };
        }
        let fallback = || matches!(standard, Standard::New | Standard::Search).then_some(Page::Rules);
        let pages = [Some(self.shared.page), fallback()];
        for page in pages.into_iter().flatten() {
            if let Some(action) = self.screens.get(page).standard(standard) {
                self.shared.page = page;
                return self.perform(action);
            }
        }
        Task::none()
    }

    /// Reads files that were dropped on the window.
    pub(super) fn open_dropped_files(&mut self, paths: Vec<PathBuf>) -> Task<Message> {
        if self.shared.bench.is_none() {
            let action = self.welcome.open_dropped_files(paths);
            return self.perform_for_welcome(action);
        }
        if let [path] = paths.as_slice()
            && self.shared.page == Page::TryMessage
            && try_message::may_be_message(path)
        {
            return self.update_screen(try_message::Message::Dropped(path.clone()).into());
        }
        if self.shared.is_training() && paths.iter().all(|path| lessons::is_progress_file(path)) {
            let gathering = self.update_screen(lessons::Message::Room(lessons::RoomMessage::Dropped(paths)).into());
            return Task::batch([self.show(Page::Lessons), gathering]);
        }
        self.read_dropped_files(paths)
    }

    /// Shows *Filer* and reads the files there.
    pub(super) fn read_dropped_files(&mut self, paths: Vec<PathBuf>) -> Task<Message> {
        let reading = self.update_screen(files::Message::Dropped(paths).into());
        Task::batch([self.show(Page::Files), reading])
    }

    /// Drops rules that were being moved with Alt held when it is released.
    pub(super) fn modifiers_changed(&mut self, modifiers: Modifiers) -> Task<Message> {
        let was_held = self.shared.modifiers.alt();
        self.shared.modifiers = modifiers;
        if was_held && !modifiers.alt() && self.shared.page == Page::Rules && self.screens.rules.is_moving() {
            return self.update_screen(rules::Message::Key(rules::ListKey::Drop).into());
        }
        Task::none()
    }

    /// Lets the screens recompute what depends on the draft, once per message instead of at every drawing.
    pub(super) fn refresh(&mut self) {
        self.learn_days_of_change();
        let Some(scene) = self.shared.scene() else { return };
        for page in Page::ALL {
            self.screens.get_mut(page).refresh(scene);
        }
    }
}
