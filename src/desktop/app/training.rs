//! Training: entering it, taking it back to its beginning, and leaving it. Its data are a set of their own, so the window then
//! works on another data directory.

use std::sync::Arc;

use iced::Task;

use super::message::Message;
use super::state::Desktop;
use super::training_message::TrainingMessage;
use crate::desktop::model::error::Error;
use crate::desktop::model::page::Page;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::service::{Services, TrainingBegun};
use crate::store::DataPlace;

impl Desktop {
    pub(super) fn update_training(&mut self, message: TrainingMessage) -> Task<Message> {
        match message {
            TrainingMessage::Open | TrainingMessage::PutThere(Ok(())) => return self.open_training(),
            TrainingMessage::Found(Ok(directory)) => {
                let left = self.shared.services.as_ref().ok().map(|services| services.place());
                return self.reopen(&directory.into(), left);
            }
            TrainingMessage::Found(Err(error)) => {
                self.welcome.failed();
                self.show_error(&error);
            }
            TrainingMessage::WindowOpened(opened) => match opened {
                Ok(()) => self.toasts.notify(self.shared.t().training.opened.to_owned(), None),
                Err(error) => self.show_error(&error),
            },
            TrainingMessage::Begun(begun) => return self.training_begun(begun),
            TrainingMessage::Reset => return self.reset_training(),
            TrainingMessage::BeginLesson(id) => return self.begin_lesson(id),
            TrainingMessage::LessonBegun(begun) => return self.begun_anew(begun, false),
            TrainingMessage::WasReset(reset) => return self.begun_anew(reset, true),
            TrainingMessage::PutThere(Err(error)) => self.show_error(&error),
            TrainingMessage::Leave => {
                self.set_router_state(RouterState::Stopping);
                return self.shared.serve(Services::shut_down, |()| Message::Training(TrainingMessage::Left));
            }
            TrainingMessage::Left => {
                if let Some(place) = self.left.take() {
                    return self.reopen(&place, None);
                }
            }
        }
        Task::none()
    }

    fn open_training(&mut self) -> Task<Message> {
        if self.shared.bench.is_some() {
            return self.shared.serve(Services::open_training_window, |opened| {
                Message::Training(TrainingMessage::WindowOpened(opened))
            });
        }
        self.shared.serve(Services::training_directory, |found| Message::Training(TrainingMessage::Found(found)))
    }

    /// Begins training on data that are for it and in which nothing has been published yet.
    pub(super) fn begin_training(&self) -> Task<Message> {
        let imprint = self.shared.imprint(self.shared.t().training.first_note.to_owned());
        self.shared.serve(
            move |services| services.begin_training(imprint),
            |begun| Message::Training(TrainingMessage::Begun(begun.map(Box::new))),
        )
    }

    fn training_begun(&mut self, begun: Result<Box<TrainingBegun>, Error>) -> Task<Message> {
        self.is_beginning_training = false;
        let begun = match begun {
            Ok(begun) => begun,
            Err(error) => {
                self.show_error(&error);
                return self.poll();
            }
        };
        self.shared.saved_settings = begun.settings.clone();
        self.shared.settings = begun.settings;
        self.shared.window_settings = begun.window_settings;
        self.shared.saved_window_settings = begun.window_settings;
        self.shared.page = if begun.has_lesson { Page::Lessons } else { Page::Overview };
        if let Some(error) = &begun.not_as_chosen {
            self.show_error(error);
        }
        let address = begun.router.address;
        self.screens.router.set_own_router(begun.router);
        self.set_router_state(RouterState::Running(address));
        self.poll()
    }

    fn reset_training(&mut self) -> Task<Message> {
        self.set_router_state(RouterState::Stopping);
        self.shared.serve(Services::reset_training, |reset| Message::Training(TrainingMessage::WasReset(reset)))
    }

    /// Begins training anew with that package, or with the sample: in this window, where it is one of training.
    pub(super) fn begin_training_with(&mut self, package: Option<Arc<[u8]>>) -> Task<Message> {
        if self.shared.is_training() {
            self.set_router_state(RouterState::Stopping);
            return self.shared.serve(
                move |services| services.restart_training(package),
                |reset| Message::Training(TrainingMessage::WasReset(reset)),
            );
        }
        let Some(package) = package else { return self.open_training() };
        self.shared.serve(
            move |services| services.put_into_training(package),
            |put| Message::Training(TrainingMessage::PutThere(put)),
        )
    }

    fn begin_lesson(&mut self, id: Option<String>) -> Task<Message> {
        self.set_router_state(RouterState::Stopping);
        self.shared
            .serve(|services| services.begin_lesson(id), |begun| Message::Training(TrainingMessage::LessonBegun(begun)))
    }

    /// Opens the training data anew once they are as at first. The band says it where a lesson begins; otherwise a notice does.
    fn begun_anew(&mut self, emptied: Result<(), Error>, is_told: bool) -> Task<Message> {
        let was_recording = self.screens.lessons.is_recording();
        let reopened = self.reopen_training();
        match emptied {
            Ok(()) => self.tell_of_new_beginning(is_told, was_recording),
            Err(error) => self.show_error(&error),
        }
        reopened
    }

    /// Opens the training data anew once another window has taken them back to their beginning.
    pub(super) fn follow_new_beginning(&mut self) -> Task<Message> {
        // The window that does so itself opens them when nothing of it runs any more.
        if matches!(self.shared.router_state, RouterState::Stopping) {
            return Task::none();
        }
        let was_recording = self.screens.lessons.is_recording();
        let reopened = self.reopen_training();
        self.tell_of_new_beginning(true, was_recording);
        reopened
    }

    fn tell_of_new_beginning(&mut self, is_told: bool, was_recording: bool) {
        let t = self.shared.t();
        if is_told {
            self.toasts.notify(t.training.was_reset.to_owned(), None);
        }
        if was_recording {
            self.toasts.warn(t.lessons.builder.ended.to_owned());
        }
    }

    fn reopen_training(&mut self) -> Task<Message> {
        let Ok(services) = &self.shared.services else { return Task::none() };
        let (place, left) = (services.place(), self.left.take());
        self.reopen(&place, left)
    }

    /// Opens other data in this window, or the same anew. What is still under way for the data before is
    /// abandoned: its results belong to a former session.
    pub(super) fn reopen(&mut self, place: &DataPlace, left: Option<DataPlace>) -> Task<Message> {
        let (mut opened, task) = Self::open_at(place, self.shared.now, self.shared.user.clone());
        opened.shared.size = self.shared.size;
        opened.shared.screen = self.shared.screen;
        opened.placing = self.placing.clone();
        opened.shared.modifiers = self.shared.modifiers;
        opened.shared.preferences = self.shared.preferences.clone();
        opened.shared.saved_preferences = self.shared.saved_preferences.clone();
        opened.session = self.session + 1;
        opened.left = left;
        opened.greets = self.greets;
        *self = opened;
        task
    }
}
