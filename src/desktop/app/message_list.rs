//! What the log's screen asks for.

use std::path::PathBuf;

use iced::widget::operation;
use iced::{Task, clipboard};

use super::{Desktop, Message};
use crate::desktop::model::page::Page;
use crate::desktop::screen;
use crate::desktop::screen::messages::{Action, ExportMessage, Message as MessagesMessage, Screen};
use crate::desktop::screen::scene::Scene;
use crate::desktop::service::Services;
use crate::rules::{Criterion, Cvr, Priority};
use crate::store::Guard;

impl Desktop {
    pub(super) fn update_messages(&mut self, message: MessagesMessage) -> Task<Message> {
        self.with_messages(|screen, scene| screen.update(message, scene))
    }

    /// The log is shown: what has come meanwhile is read.
    pub(super) fn show_messages(&mut self) -> Task<Message> {
        self.with_messages(Screen::shown)
    }

    /// Something has been written to the store.
    pub(super) fn look_for_news(&mut self) -> Task<Message> {
        if self.page == Page::Messages { self.with_messages(|screen, _| screen.look_for_news()) } else { Task::none() }
    }

    fn with_messages(&mut self, what: impl FnOnce(&mut Screen, Scene<'_>) -> Vec<Action>) -> Task<Message> {
        let mut screen = std::mem::take(&mut self.messages);
        let actions = self.scene().map(|scene| what(&mut screen, scene)).unwrap_or_default();
        self.messages = screen;
        Task::batch(actions.into_iter().map(|action| self.act_on_messages(action)).collect::<Vec<_>>())
    }

    fn act_on_messages(&mut self, action: Action) -> Task<Message> {
        match action {
            Action::Search(question, query, is_typed) => self.ask(
                move |found| Message::Messages(MessagesMessage::Found(question, found)),
                move |services| services.search_messages(question, query, is_typed),
            ),
            Action::ReadOn(question, query, place) => self.ask(
                move |found| Message::Messages(MessagesMessage::FoundMore(question, found)),
                move |services| services.read_messages(question, query, Some(place)),
            ),
            Action::Count(question, query) => self.ask(
                move |counted| Message::Messages(MessagesMessage::Counted(question, counted)),
                move |services| services.count_messages(question, query),
            ),
            Action::ReadNews(question, query, watch) => self.ask(
                move |news: Result<_, _>| Message::Messages(MessagesMessage::NewsRead(question, news.map(Box::new))),
                move |services| services.message_news(query, watch),
            ),
            Action::ReadStory(number) => self.ask(
                move |told| Message::Messages(MessagesMessage::StoryRead(number, told)),
                move |services| services.story(number),
            ),
            Action::Focus(field) => operation::focus(field),
            Action::ScrollTo(list, y) => operation::scroll_to(list, operation::AbsoluteOffset { x: None, y: Some(y) }),
            Action::Copy(text) => clipboard::write(text),
            Action::OpenRule(authority, priority) => self.open_rule(authority, priority),
            Action::BeginRule(authority, criterion) => self.begin_rule(authority, criterion),
            Action::ChooseFile(name, format) => {
                let chosen =
                    |file: Option<PathBuf>| Message::Messages(MessagesMessage::Export(ExportMessage::Browsed(file)));
                Task::perform(Services::choose_file(name, format), chosen)
            }
            Action::Export(order) => {
                let path = order.path.clone();
                self.ask(
                    move |done| Message::Messages(MessagesMessage::Export(ExportMessage::Done(path.clone(), done))),
                    move |services| services.export_messages(order),
                )
            }
            Action::LeaveExport => self.update_messages(MessagesMessage::LeaveExport),
            Action::KeepFor(days) => {
                self.settings.retention_days = days;
                self.settings.damaged.mend(Guard::Retention);
                self.toasts.tell((self.t().messages.keeping.saved)(days), None);
                self.save_settings()
            }
            Action::Tell(words) => {
                self.toasts.tell(words, None);
                Task::none()
            }
            Action::Warn(error) => {
                self.warn_of(Some(&error));
                Task::none()
            }
        }
    }

    /// Shows a rule, of whichever authority it is.
    pub(super) fn open_rule(&mut self, cvr: Cvr, priority: Priority) -> Task<Message> {
        let chosen = self.turn_to(cvr);
        if self.scene().map(|scene| scene.authority.cvr) != Some(cvr) {
            return chosen;
        }
        Task::batch([chosen, self.take(Message::FindRule(priority))])
    }

    /// Begins a rule of that authority.
    fn begin_rule(&mut self, cvr: Cvr, criterion: Criterion) -> Task<Message> {
        let chosen = self.turn_to(cvr);
        if self.scene().map(|scene| scene.authority.cvr) != Some(cvr) {
            return chosen;
        }
        Task::batch([chosen, self.act(screen::action::Action::BeginRule(criterion))])
    }

    /// Shows that authority from now on, unless something would be lost.
    pub(super) fn turn_to(&mut self, cvr: Cvr) -> Task<Message> {
        let shown = self.scene().map(|scene| scene.authority.cvr);
        if shown == Some(cvr) { Task::none() } else { self.choose_authority(cvr) }
    }
}
