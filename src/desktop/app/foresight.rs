//! Works out what the rules of the draft would do to past messages, and to all that there can be, outside the window's thread and one
//! comparison at a time.

use std::sync::Arc;

use iced::Task;
use jiff::ToSpan;
use tokio::task::spawn_blocking;

use super::message::Message;
use super::state::Desktop;
use crate::desktop::model::foresight::{Comparison, Foreseen, Outlook};
use crate::desktop::model::page::Page;
use crate::desktop::model::proof_line::lines;
use crate::rules::{Effects, Finding, Proof, RuleBook, Span};

/// The later days that are compared while rules are being moved: each place on the way is a comparison of its own.
const MOST_DAYS_OF_A_MOVE: usize = 12;

/// The rules of more days to come are not followed beyond their end.
const MOST_EXPIRIES: usize = 5;

impl Desktop {
    /// The comparison whose result the shown screen needs.
    fn wanted_comparison(&self) -> Option<Comparison> {
        let bench = self.shared.bench.as_ref()?;
        let draft = bench.book();
        let (before, after) = if matches!(self.shared.page, Page::Changes | Page::Map) {
            // A draft that is behind cannot be published as it is, so its effect would mislead.
            if bench.is_behind() || bench.insight().differences.is_empty() {
                return None;
            }
            (&bench.published().book, Arc::clone(draft))
        } else {
            (draft, self.screens.get(self.shared.page).preview()?)
        };
        let is_moving = self.shared.page == Page::Rules && self.screens.rules.is_moving();
        let most_days = if is_moving { MOST_DAYS_OF_A_MOVE } else { Effects::MAX_DAYS };
        let (before, day, record) = (Arc::clone(before), self.shared.day(), self.shared.journal.version);
        Some(Comparison { before, after, day, record, most_days })
    }

    /// Starts the comparison that the shown screen needs, unless its result is known. It runs in a thread of its own because
    /// compiling ten thousand rules takes noticeable time.
    pub(super) fn compute_foresight(&mut self) -> Task<Message> {
        if self.shared.foresight.begun.is_some() || self.shared.journal.since.is_none() {
            return Task::none();
        }
        let Some(question) = self.wanted_comparison() else { return Task::none() };
        if self.shared.foresight.knows(&question) {
            return Task::none();
        }
        let Some(bench) = &self.shared.bench else { return Task::none() };
        let ready = |book: &Arc<RuleBook>| {
            let drafted = Arc::ptr_eq(book, bench.book()).then(|| bench.insight().distributor.clone()).flatten();
            let published = || Arc::ptr_eq(book, &bench.published().book).then(|| bench.in_force().cloned()).flatten();
            drafted.or_else(published)
        };
        let [before, after] = [&question.before, &question.after].map(|book| (ready(book), Arc::clone(book)));
        let (traffic, day, most_days) = (Arc::clone(&self.shared.journal.traffic), question.day, question.most_days);
        self.shared.foresight.begun = Some(question);
        let work = move || {
            let [before, after] =
                [before, after].map(|(ready, book)| ready.or_else(|| book.compile().ok().map(Arc::new)));
            let (before, after) = (before?, after?);
            let proof = Proof::between(&before, &after, Span::From(day));
            Some(Outlook {
                effects: Effects::between(&before, &after, traffic.messages(), day, most_days),
                expiries: after.expiries((day, day.saturating_add(Finding::DAYS_OF_NOTICE.days())), MOST_EXPIRIES),
                is_cut_off: proof.is_cut_off,
                proof: lines(&proof, [&before, &after]),
            })
        };
        let working = async move { spawn_blocking(work).await.unwrap_or_default() };
        Task::perform(working, Message::ForesightComputed)
    }

    pub(super) fn foresight_computed(&mut self, foreseen: Foreseen) {
        self.shared.foresight.finish(foreseen);
    }
}
