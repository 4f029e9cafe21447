//! What the log's screen asks for.

use std::path::PathBuf;

use iced::widget::operation;
use iced::{Task, clipboard};

use super::screen::Scene;
use super::screen::log::{Action, ExportMessage, Message as LogMessage, Screen};
use super::services::Services;
use super::{Desktop, Message, Page, screen};
use crate::rules::{Criterion, Cvr, Priority};
use crate::store::Guard;

impl Desktop {
    pub(super) fn update_log(&mut self, message: LogMessage) -> Task<Message> {
        self.with_log(|screen, scene| screen.update(message, scene))
    }

    /// The log is shown: what has come meanwhile is read.
    pub(super) fn show_log(&mut self) -> Task<Message> {
        self.with_log(Screen::shown)
    }

    /// Something has been written to the store.
    pub(super) fn look_for_news(&mut self) -> Task<Message> {
        if self.page == Page::Log { self.with_log(|screen, _| screen.look_for_news()) } else { Task::none() }
    }

    fn with_log(&mut self, what: impl FnOnce(&mut Screen, Scene<'_>) -> Vec<Action>) -> Task<Message> {
        let mut screen = std::mem::take(&mut self.log);
        let actions = self.scene().map(|scene| what(&mut screen, scene)).unwrap_or_default();
        self.log = screen;
        Task::batch(actions.into_iter().map(|action| self.act_on_log(action)).collect::<Vec<_>>())
    }

    fn act_on_log(&mut self, action: Action) -> Task<Message> {
        match action {
            Action::Search(question, query, is_typed) => self.ask(
                move |found| Message::Log(LogMessage::Found(question, found)),
                move |services| services.search_log(question, query, is_typed),
            ),
            Action::ReadOn(question, query, place) => self.ask(
                move |found| Message::Log(LogMessage::FoundMore(question, found)),
                move |services| services.read_log(question, query, Some(place)),
            ),
            Action::Count(question, query) => self.ask(
                move |counted| Message::Log(LogMessage::Counted(question, counted)),
                move |services| services.count_log(question, query),
            ),
            Action::ReadNews(question, query, watch) => self.ask(
                move |news: Result<_, _>| Message::Log(LogMessage::NewsRead(question, news.map(Box::new))),
                move |services| services.log_news(query, watch),
            ),
            Action::ReadStory(number) => self.ask(
                move |told| Message::Log(LogMessage::StoryRead(number, told)),
                move |services| services.story(number),
            ),
            Action::Focus(field) => operation::focus(field),
            Action::ScrollTo(list, y) => operation::scroll_to(list, operation::AbsoluteOffset { x: None, y: Some(y) }),
            Action::Copy(text) => clipboard::write(text),
            Action::OpenRule(authority, priority) => self.open_rule(authority, priority),
            Action::BeginRule(authority, criterion) => self.begin_rule(authority, criterion),
            Action::ChooseFile(name, format) => {
                let chosen = |file: Option<PathBuf>| Message::Log(LogMessage::Export(ExportMessage::Browsed(file)));
                Task::perform(Services::choose_file(name, format), chosen)
            }
            Action::Export(order) => {
                let path = order.path.clone();
                self.ask(
                    move |done| Message::Log(LogMessage::Export(ExportMessage::Done(path.clone(), done))),
                    move |services| services.export_log(order),
                )
            }
            Action::LeaveExport => self.update_log(LogMessage::LeaveExport),
            Action::KeepFor(days) => {
                self.settings.retention_days = days;
                self.settings.damaged.mend(Guard::Retention);
                self.toasts.tell((self.t().log.keeping.saved)(days), None);
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
        Task::batch([chosen, self.act(screen::Action::BeginRule(criterion))])
    }

    /// Shows that authority from now on, unless something would be lost.
    pub(super) fn turn_to(&mut self, cvr: Cvr) -> Task<Message> {
        let shown = self.scene().map(|scene| scene.authority.cvr);
        if shown == Some(cvr) { Task::none() } else { self.choose_authority(cvr) }
    }
}
