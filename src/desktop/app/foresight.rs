//! What past messages would notice if other rules decided: worked out beside the window, one question at a time.

use std::sync::Arc;

use iced::Task;
use tokio::task::spawn_blocking;

use super::message::Message;
use super::state::Desktop;
use crate::desktop::model::foresight::{Comparison, Foreseen};
use crate::desktop::model::page::Page;
use crate::rules::{Effects, RuleBook};

/// On so many later days it is worked out while rules are being moved: each place is a question.
const MOST_DAYS_OF_A_MOVE: usize = 12;

impl Desktop {
    /// Which book in place of which the screen tells the effect of.
    fn wanted_of_foresight(&self) -> Option<Comparison> {
        let bench = self.shared.bench.as_ref()?;
        let draft = bench.book();
        let (before, after) = if self.shared.page == Page::Changes {
            // What would be published is another book while others have published since.
            if bench.is_behind() || bench.insight().differences.is_empty() {
                return None;
            }
            (&bench.published().book, Arc::clone(draft))
        } else {
            (draft, self.screens.of(self.shared.page).preview()?)
        };
        let is_moving = self.shared.page == Page::Rules && self.screens.rules.is_moving();
        let most_days = if is_moving { MOST_DAYS_OF_A_MOVE } else { Effects::MOST_DAYS };
        let (before, day, record) = (Arc::clone(before), self.shared.day, self.shared.record.version);
        Some(Comparison { before, after, day, record, most_days })
    }

    /// Works out what the screen tells of, when that is not known. Ten thousand rules take a moment to be made ready.
    pub(super) fn foresee(&mut self) -> Task<Message> {
        if self.shared.foresight.begun.is_some() || self.shared.record.since.is_none() {
            return Task::none();
        }
        let Some(question) = self.wanted_of_foresight() else { return Task::none() };
        if self.shared.foresight.finished.as_ref().is_some_and(|(known, _)| known.is(&question)) {
            return Task::none();
        }
        let Some(bench) = &self.shared.bench else { return Task::none() };
        let ready = |book: &Arc<RuleBook>| {
            let drafted = Arc::ptr_eq(book, bench.book()).then(|| bench.insight().distributor.clone()).flatten();
            let published = || Arc::ptr_eq(book, &bench.published().book).then(|| bench.in_force().cloned()).flatten();
            drafted.or_else(published)
        };
        let [before, after] = [&question.before, &question.after].map(|book| (ready(book), Arc::clone(book)));
        let (traffic, day, most_days) = (Arc::clone(&self.shared.record.traffic), question.day, question.most_days);
        self.shared.foresight.begun = Some(question);
        let work = move || {
            let [before, after] =
                [before, after].map(|(ready, book)| ready.or_else(|| book.compile().ok().map(Arc::new)));
            Some(Effects::between(&*before?, &*after?, traffic.messages(), day, most_days))
        };
        let working = async move { spawn_blocking(work).await.unwrap_or_default() };
        Task::perform(working, Message::Foreseen)
    }

    pub(super) fn foreseen(&mut self, foreseen: Foreseen) {
        self.shared.foresight.finished = self.shared.foresight.begun.take().map(|question| (question, foreseen));
    }
}
