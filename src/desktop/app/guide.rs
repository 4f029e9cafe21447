//! The guide: opened at what it says of the shown screen, over that screen or beside it.

use iced::advanced::widget::operate;
use iced::advanced::widget::operation::focusable::{focus_next, focus_previous};
use iced::advanced::widget::operation::scope;
use iced::keyboard::key::{Named, Physical};
use iced::keyboard::{Key, Modifiers};
use iced::widget::{Id, container, mouse_area, opaque, operation, row, space};
use iced::{Color, Element, Fill, Task};

use super::message::Message;
use super::state::Desktop;
use crate::LanguageChoice;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::command::Shortcut;
use crate::desktop::screen::guide::{self, GUIDE, GUIDE_SEARCH, GuideScreen, Stride, reveal_focused};
use crate::desktop::widget::vertical_line;
use crate::guide::{GuidePage, Place, Term, glossary};

const SEARCH: Shortcut = Shortcut::ctrl('f');

impl Desktop {
    /// Opens the guide at what it says of the shown screen; closes it where it is open there.
    pub(super) fn toggle_guide(&mut self) -> Task<Message> {
        let place = self.place_in_guide();
        if self.guide.as_ref().is_some_and(|guide| guide.place() == Some(&place)) {
            return self.close_guide();
        }
        self.open_guide(place)
    }

    /// What the guide says of the shown screen.
    fn place_in_guide(&self) -> Place {
        if self.shared.services.is_err() {
            return Place::top(GuidePage::Contents);
        }
        match self.shared.bench {
            Some(_) => self.shared.page.in_guide(self.shared.t().language),
            None => Place::top(GuidePage::GettingStarted),
        }
    }

    pub(super) fn open_guide(&mut self, place: Place) -> Task<Message> {
        self.palette = None;
        if self.guide.is_some() {
            return self.update_guide(guide::Message::Open(place));
        }
        let (opened, to_place) = GuideScreen::open(place);
        self.guide = Some(opened);
        self.note_guide();
        let focused = if self.shared.guide_width().is_none() { operation::focus(GUIDE_SEARCH) } else { Task::none() };
        Task::batch([self.note_focus().chain(focused), to_place.map(Message::Guide)])
    }

    /// Opens the glossary at the word with that number.
    pub(super) fn look_up(word: usize, language: LanguageChoice) -> Message {
        let place = glossary(language).get(word).map_or_else(|| Place::top(GuidePage::Glossary), Term::place);
        Message::Guide(guide::Message::Open(place))
    }

    pub(super) fn close_guide(&mut self) -> Task<Message> {
        self.guide = None;
        self.note_guide();
        self.return_focus()
    }

    /// The screen beside it is made for the room that it leaves.
    fn note_guide(&mut self) {
        self.shared.has_guide = self.guide.is_some();
    }

    pub(super) fn update_guide(&mut self, message: guide::Message) -> Task<Message> {
        let language = self.shared.t().language;
        let Some(guide) = &mut self.guide else {
            // The palette opens it at a place of its own.
            let guide::Message::Open(place) = message else { return Task::none() };
            return self.open_guide(place);
        };
        let action = guide.update(message, language);
        self.perform_for_guide(action)
    }

    fn perform_for_guide(&mut self, action: Action<guide::Message>) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::Run(task) => task.map(Message::Guide),
            Action::Request(request) => self.handle_request(request),
            Action::Send(message) => self.update_guide(message),
            Action::All(actions) => {
                Task::batch(actions.into_iter().map(|action| self.perform_for_guide(action)).collect::<Vec<_>>())
            }
        }
    }

    /// Whether the guide lies over the screen, which cannot be used meanwhile.
    pub(super) fn is_under_guide(&self) -> bool {
        self.guide.is_some() && self.shared.guide_width().is_none()
    }

    /// The guide beside the screen, where there is room for both.
    pub(super) fn guide_beside(&self) -> Option<Element<'_, Message>> {
        let width = self.shared.guide_width()?;
        let shown = self.guide.as_ref()?.view(self.shared.t(), self.shared.preferences.theme, width);
        Some(row![vertical_line(), shown.map(Message::Guide)].into())
    }

    /// The guide over the screen, where there is not.
    pub(super) fn guide_over(&self) -> Option<Element<'_, Message>> {
        let guide = self.guide.as_ref().filter(|_| self.is_under_guide())?;
        let width = self.shared.width_over();
        let shown = guide.view(self.shared.t(), self.shared.preferences.theme, width).map(Message::Guide);
        let behind = |_: &iced::Theme| container::background(Color { a: 0.35, ..Color::BLACK });
        let shown = row![space().width(Fill), opaque(row![vertical_line(), shown])];
        let shown = container(shown).width(Fill).height(Fill).style(behind);
        Some(opaque(mouse_area(shown).on_press(Message::Guide(guide::Message::Close))))
    }

    /// The message for a key while the guide lies over the screen, before any widget sees the key.
    pub(super) fn guide_key_before(&self, key: &Key, physical: Physical, modifiers: Modifiers) -> Option<Message> {
        let guide = self.guide.as_ref().filter(|_| self.is_under_guide())?;
        let message = match key {
            Key::Named(Named::Escape) if guide.is_searching() => guide::Message::Query(String::new()),
            Key::Named(Named::Escape) => guide::Message::Close,
            Key::Named(Named::ArrowLeft) if modifiers.alt() => guide::Message::Back,
            Key::Named(Named::ArrowRight) if modifiers.alt() => guide::Message::Forward,
            _ if SEARCH.matches(key, physical, modifiers, true) => guide::Message::Search,
            _ => return None,
        };
        Some(Message::Guide(message))
    }

    /// The message for a key that no widget of the guide has handled.
    pub(super) fn guide_key(key: &Key, modifiers: Modifiers) -> Option<Message> {
        let Key::Named(key) = key else { return None };
        let stride = match key {
            Named::Tab => return Some(Message::Focus(!modifiers.shift())),
            Named::F1 => return Some(Message::Help),
            Named::ArrowUp => Stride::Step(-1),
            Named::ArrowDown => Stride::Step(1),
            Named::PageUp => Stride::Page(-1),
            Named::PageDown => Stride::Page(1),
            Named::Home => Stride::Top,
            Named::End => Stride::End,
            _ => return None,
        };
        Some(Message::Guide(guide::Message::Scroll(stride)))
    }

    /// Moves the focus; within the guide while it lies over the screen.
    pub(super) fn move_focus(&self, forwards: bool) -> Task<Message> {
        if let Some(within) = self.about_id().filter(|_| self.palette.is_none()) {
            return if forwards {
                operate(scope(within, focus_next()))
            } else {
                operate(scope(within, focus_previous()))
            };
        }
        if self.palette.is_some() || self.guide.is_none() {
            return if forwards { operation::focus_next() } else { operation::focus_previous() };
        }
        let moved = match (self.is_under_guide(), forwards) {
            (true, true) => operate(scope(Id::new(GUIDE), focus_next())),
            (true, false) => operate(scope(Id::new(GUIDE), focus_previous())),
            (false, true) => operation::focus_next(),
            (false, false) => operation::focus_previous(),
        };
        moved.chain(reveal_focused())
    }
}
