//! The first start, before anything has been published: with the sample municipality or with one's own rules.

use std::sync::Arc;

use iced::Task;

use super::message::Message;
use super::state::Desktop;
use crate::desktop::model::error::Error;
use crate::desktop::model::page::Page;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::service::SampleStarted;
use crate::rules::{KlePlan, RuleBook};
use crate::store::RouterSettings;

impl Desktop {
    pub(super) fn start_sample(&mut self) -> Task<Message> {
        self.set_router_state(RouterState::Starting);
        let imprint = self.shared.imprint(self.shared.t().welcome.sample_ready.to_owned());
        let (settings, window) = (self.shared.settings.clone(), self.shared.window_settings);
        self.shared.serve(move |services| services.start_sample(imprint, settings, window), Message::SampleStarted)
    }

    pub(super) fn sample_started(&mut self, started: Result<SampleStarted, Error>) -> Task<Message> {
        match started {
            Ok(started) => {
                self.shared.settings = started.settings;
                self.shared.saved_settings = self.shared.settings.clone();
                self.shared.window_settings = started.window_settings;
                self.shared.saved_window_settings = self.shared.window_settings;
                let address = started.router.address;
                self.screens.router.set_own_router(*started.router);
                self.set_router_state(RouterState::Running(address));
                self.shared.page = Page::Router;
                let words = &self.shared.t().welcome;
                let is_usual = address.port() == RouterSettings::PORT;
                let words = if is_usual { words.sample_ready.to_owned() } else { (words.other_port)(address) };
                self.toasts.notify(words, None);
            }
            Err(error) => {
                self.welcome.failed();
                self.set_router_state(RouterState::Stopped);
                self.show_error(&error);
            }
        }
        self.poll()
    }

    /// Publishes the first rules; `name` goes into the note.
    pub(super) fn publish_first(&mut self, book: RuleBook, name: &str, kle: Option<Arc<KlePlan>>) -> Task<Message> {
        let imprint = self.shared.imprint((self.shared.t().welcome.made)(name));
        let kle = kle.map_or_else(Task::none, |plan| self.save_kle_plan(Some(plan)));
        let publishing =
            self.shared.serve(move |services| services.publish_first(book, imprint), Message::FirstPublished);
        Task::batch([kle, publishing])
    }

    pub(super) fn first_published(&mut self, published: Result<(), Error>) -> Task<Message> {
        if let Err(error) = published {
            self.welcome.failed();
            self.show_error(&error);
        }
        self.poll()
    }
}
