//! *Om* over the window, whatever the window shows.

use iced::keyboard::Key;
use iced::keyboard::key::Named;
use iced::widget::{Id, center, container, mouse_area, opaque};
use iced::{Color, Element, Fill, Task};

use super::message::Message;
use super::state::Desktop;
use super::window_size::size_to_save;
use crate::LanguageChoice;
use crate::desktop::model::preferences::ThemeChoice;
use crate::desktop::screen::about::{self, ABOUT, AboutScene, AboutScreen};
use crate::desktop::screen::action::Action;
use crate::desktop::widget::Motion;
use crate::support_file::SupportWindow;

impl Desktop {
    fn about_scene(&self) -> AboutScene<'_> {
        let preferences = &self.shared.preferences;
        AboutScene {
            policy: &self.shared.user.policy,
            t: self.shared.t(),
            data: &self.shared.data,
            services: &self.shared.services,
            window: SupportWindow {
                is_danish: preferences.language == LanguageChoice::Danish,
                is_dark: preferences.theme == ThemeChoice::Dark,
                zoom_percent: preferences.zoom_percent,
                size: size_to_save(self.shared.size),
            },
            now: (self.shared.now)(),
            room: self.shared.room(),
        }
    }

    pub(super) fn update_about(&mut self, message: about::Message) -> Task<Message> {
        let opened = match message {
            about::Message::Close => {
                self.about = None;
                return self.return_focus();
            }
            about::Message::Open(_) if self.about.is_none() => {
                self.palette = None;
                self.about = Some(AboutScreen::new());
                self.note_focus()
            }
            _ => Task::none(),
        };
        let Some(mut about) = self.about.take() else { return opened };
        let action = about.update(message, self.about_scene());
        self.about = Some(about);
        opened.chain(self.perform_for_about(action))
    }

    fn perform_for_about(&mut self, action: Action<about::Message>) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::Run(task) => task.map(Message::About),
            Action::Request(request) => self.handle_request(request),
            Action::Send(message) => self.update_about(message),
            Action::All(actions) => {
                Task::batch(actions.into_iter().map(|action| self.perform_for_about(action)).collect::<Vec<_>>())
            }
        }
    }

    pub(super) fn about_over(&self) -> Option<Element<'_, Message>> {
        let shown = self.about.as_ref()?.view(self.about_scene()).map(Message::About);
        let behind = |_: &iced::Theme| container::background(Color { a: 0.35, ..Color::BLACK });
        let shown = container(center(opaque(shown))).width(Fill).height(Fill).style(behind);
        Some(opaque(mouse_area(shown).on_press(Message::About(about::Message::Close))))
    }

    /// The message for a key before any widget sees it.
    pub(super) fn about_key_before(&self, key: &Key) -> Option<Message> {
        let about = self.about.as_ref()?;
        let message = match key {
            Key::Named(Named::Escape) if about.is_within(self.about_scene()) => about::Message::BackToList,
            Key::Named(Named::Escape) => about::Message::Close,
            Key::Named(Named::ArrowUp | Named::ArrowDown | Named::PageUp | Named::PageDown)
                if about.shows_licences() =>
            {
                let Key::Named(key) = key else { return None };
                about::Message::Move(Motion::of(*key)?)
            }
            _ => return None,
        };
        Some(Message::About(message))
    }

    /// Moves the focus within *Om*.
    pub(super) fn about_id(&self) -> Option<Id> {
        self.about.as_ref().map(|_| Id::new(ABOUT))
    }
}
