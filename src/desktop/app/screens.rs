//! What happens on screens, and what means the same on every one of them.

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
use crate::desktop::screen::{files, rules, welcome};
use crate::rules::Cvr;

impl Desktop {
    pub(super) fn update_screen(&mut self, message: ScreenMessage) -> Task<Message> {
        let page = message.page();
        if self.screens.of(page).has_forms() {
            self.refused_to_close = false;
        }
        let Some(scene) = self.shared.scene() else { return Task::none() };
        if self.screens.unsettles(&message, scene) && self.is_writing_elsewhere(page) {
            return self.keep_form();
        }
        let action = self.screens.update(message, scene);
        self.act(action)
    }

    pub(super) fn update_welcome(&mut self, message: welcome::Message) -> Task<Message> {
        let action = self.welcome.update(message, self.shared.t());
        self.act_on_welcome(action)
    }

    fn act_on_welcome(&mut self, action: Action<welcome::Message>) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::Run(task) => task.map(Message::Welcome),
            Action::Ask(request) => self.answer(request),
            Action::Then(message) => self.update_welcome(message),
            Action::All(actions) => {
                let tasks: Vec<_> = actions.into_iter().map(|action| self.act_on_welcome(action)).collect();
                Task::batch(tasks)
            }
        }
    }

    /// Whether anything of the draft is being written that would be lost.
    pub(super) fn is_writing(&self) -> bool {
        Page::ALL.into_iter().any(|page| page != Page::Router && self.screens.of(page).is_changed())
    }

    /// The same on other pages than that one.
    fn is_writing_elsewhere(&self, page: Page) -> bool {
        let others = Page::ALL.into_iter().filter(|other| *other != page && *other != Page::Router);
        others.into_iter().any(|other| self.screens.of(other).is_changed())
    }

    /// The same on the page that is shown.
    pub(super) fn is_writing_here(&self) -> bool {
        self.screens.of(self.shared.page).is_changed()
    }

    pub(super) fn show(&mut self, page: Page) -> Task<Message> {
        let dropped = if self.screens.rules.is_moving() {
            // Rules on their way stay where they have come to: the keys that moved them are let go elsewhere.
            self.update_screen(rules::Message::Key(rules::ListKey::Drop).into())
        } else {
            Task::none()
        };
        self.shared.page = page;
        self.palette = None;
        Task::batch([dropped, self.read_overview(), self.with_screen(page, |screen, scene| screen.shown(scene))])
    }

    /// Has a screen do something that it needs the scene for.
    pub(super) fn with_screen(
        &mut self,
        page: Page,
        what: impl FnOnce(&mut dyn AnyScreen, Scene<'_>) -> Action<ScreenMessage>,
    ) -> Task<Message> {
        let Some(scene) = self.shared.scene() else { return Task::none() };
        let action = what(self.screens.of_mut(page), scene);
        self.act(action)
    }

    pub(super) fn choose_authority(&mut self, cvr: Cvr) -> Task<Message> {
        if self.is_writing() {
            return self.keep_form();
        }
        self.shared.authority = Some(cvr);
        for page in Page::ALL {
            self.screens.of_mut(page).leave_authority();
        }
        Task::none()
    }

    /// Does what means the same on every screen. Where there is nothing to search or to begin, that is done with rules.
    pub(super) fn standard(&mut self, standard: Standard) -> Task<Message> {
        if self.shared.bench.is_none() {
            return match standard {
                Standard::Leave => self.update_welcome(welcome::Message::LeaveFiles),
                _ => Task::none(),
            };
        }
        let of_rules = || matches!(standard, Standard::New | Standard::Search).then_some(Page::Rules);
        let pages = [Some(self.shared.page), of_rules()];
        for page in pages.into_iter().flatten() {
            if let Some(action) = self.screens.of(page).standard(standard) {
                self.shared.page = page;
                return self.act(action);
            }
        }
        Task::none()
    }

    /// Files were dropped on the window.
    pub(super) fn receive(&mut self, paths: Vec<PathBuf>) -> Task<Message> {
        if self.shared.bench.is_none() {
            let action = self.welcome.receive(paths);
            return self.act_on_welcome(action);
        }
        let reading = self.update_screen(files::Message::Dropped(paths).into());
        Task::batch([self.show(Page::Files), reading])
    }

    /// Rules that were moved with Alt held stay where they are when it is let go.
    pub(super) fn modifiers_changed(&mut self, modifiers: Modifiers) -> Task<Message> {
        let was_held = self.shared.modifiers.alt();
        self.shared.modifiers = modifiers;
        if was_held && !modifiers.alt() && self.shared.page == Page::Rules && self.screens.rules.is_moving() {
            return self.update_screen(rules::Message::Key(rules::ListKey::Drop).into());
        }
        Task::none()
    }

    /// Screens that work something out of the draft do so when it has changed, not for each picture.
    pub(super) fn refresh(&mut self) {
        let Some(scene) = self.shared.scene() else { return };
        for page in Page::ALL {
            self.screens.of_mut(page).refresh(scene);
        }
    }
}
