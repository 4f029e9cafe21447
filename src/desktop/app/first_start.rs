//! The first start, before anything has been published.

use std::sync::Arc;

use iced::Task;

use super::message::Message;
use super::state::Desktop;
use crate::desktop::model::error::Error;
use crate::rules::{KlePlan, RuleBook};

impl Desktop {
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
