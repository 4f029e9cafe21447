//! What is done to the draft, and how it becomes a publication.

use std::sync::Arc;

use iced::Task;
use iced::widget::operation;

use super::message::Message;
use super::state::Desktop;
use super::toasts;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::model::error::Error;
use crate::desktop::model::page::Page;
use crate::desktop::model::workbench::{DraftToSave, Workbench};
use crate::desktop::screen::changes;
use crate::desktop::screen::command::Standard;
use crate::rules::RuleBook;
use crate::store::{Publication, StoreError};

/// Where something of the draft is written.
const WRITTEN: [Page; 4] = [Page::Rules, Page::Fagsystems, Page::Authorities, Page::ContactPoints];

impl Desktop {
    pub(super) fn edit(&mut self, book: RuleBook, edit: DraftEdit) {
        let words = (self.shared.t().edit)(&edit);
        let step = self.shared.bench.as_mut().and_then(|bench| bench.edit(book, edit, self.shared.day));
        if step.is_some() {
            self.toasts.tell(words, step);
        }
    }

    /// What is being written goes back first, then the draft, step by step.
    pub(super) fn undo(&mut self) -> Task<Message> {
        if self.undo_writing(true) {
            return Task::none();
        }
        self.undo_step();
        Task::none()
    }

    /// Takes back what was written last on the screen, or writes it again; says whether there was anything.
    fn undo_writing(&mut self, is_undo: bool) -> bool {
        let screen = self.screens.of_mut(self.shared.page);
        self.shared.scene().is_some_and(|scene| screen.undo_writing(is_undo, scene))
    }

    pub(super) fn undo_step(&mut self) {
        let undone = self.shared.bench.as_mut().and_then(|bench| bench.undo(self.shared.day));
        match undone {
            Some(Ok(edit)) => self.toasts.tell_taken_back((self.shared.t().undone)(&edit)),
            Some(Err(obstacle)) => self.toasts.warn((self.shared.t().cannot_undo)(&obstacle)),
            None => {}
        }
    }

    pub(super) fn redo(&mut self) {
        if self.undo_writing(false) {
            return;
        }
        let done = self.shared.bench.as_mut().and_then(|bench| bench.redo(self.shared.day));
        match done {
            Some(Ok(edit)) => {
                let step = self.shared.bench.as_ref().and_then(|bench| bench.last_step()).map(|(number, _)| number);
                self.toasts.tell((self.shared.t().edit)(&edit), step);
            }
            Some(Err(obstacle)) => self.toasts.warn((self.shared.t().cannot_redo)(&obstacle)),
            None => {}
        }
    }

    /// Keeps the draft, so that it survives whatever happens to the program.
    pub(super) fn save_draft(&mut self) -> Task<Message> {
        let Some(draft) = self.shared.bench.as_mut().and_then(Workbench::begin_saving) else { return Task::none() };
        let kept = draft.clone();
        self.shared.serve(
            move |services| services.save_draft(draft),
            move |revision| Message::DraftKept(kept.clone(), revision),
        )
    }

    pub(super) fn draft_kept(&mut self, draft: DraftToSave, kept: Result<i64, Error>) -> Task<Message> {
        let Some(bench) = &mut self.shared.bench else { return Task::none() };
        match kept {
            Ok(revision) => {
                bench.saving_succeeded(draft, revision);
                let publishing = self.go_on_publishing();
                Task::batch([publishing, self.go_on_closing()])
            }
            Err(error) => {
                bench.saving_failed();
                let is_awaited = self.awaits_publishing.take().is_some() || self.closing.take().is_some();
                // Another window was first: its draft comes with the next look, and this one's changes go on top.
                if is_awaited || !is_overtaken(&error) {
                    self.warn_of(Some(&error));
                }
                self.look()
            }
        }
    }

    pub(super) fn publish(&mut self, note: String) -> Task<Message> {
        // What is being written goes with it.
        let written = WRITTEN.into_iter().find(|page| self.screens.of(*page).is_changed());
        let saving = written.and_then(|page| self.screens.of(page).standard(Standard::Save));
        let saving = self.act(saving.into());
        if self.is_writing() {
            return Task::batch([saving, self.keep_form()]);
        }
        self.awaits_publishing = Some(note);
        let publishing = self.go_on_publishing();
        Task::batch([saving, publishing])
    }

    /// Publishes once the store has the draft as it is.
    fn go_on_publishing(&mut self) -> Task<Message> {
        let Some(bench) = self.shared.bench.as_mut().filter(|_| self.awaits_publishing.is_some()) else {
            return Task::none();
        };
        if bench.is_behind() || bench.insight().differences.is_empty() {
            self.awaits_publishing = None;
            return Task::none();
        }
        let Some(draft) = bench.begin_publishing() else { return Task::none() };
        let imprint = self.awaits_publishing.take().map(|note| self.shared.imprint(note));
        let Some(imprint) = imprint else { return Task::none() };
        self.shared.serve(move |services| services.publish_draft(draft, imprint), Message::Published)
    }

    pub(super) fn published(&mut self, published: Result<(Arc<Publication>, i64), Error>) -> Task<Message> {
        let Some(bench) = &mut self.shared.bench else { return Task::none() };
        match published {
            Ok((publication, revision)) => {
                let number = publication.number.get();
                bench.publishing_succeeded(publication, revision, self.shared.day);
                self.screens.changes.published();
                self.toasts.forget_steps();
                self.toasts.tell((self.shared.t().changes.published)(number), None);
                self.reading.is_stale = true;
            }
            Err(error) => {
                bench.publishing_failed();
                self.warn_of(Some(&error));
            }
        }
        self.look()
    }

    /// An older publication becomes the draft; one step takes it back.
    pub(super) fn restore(&mut self, read: Result<Arc<Publication>, Error>) -> Task<Message> {
        match read {
            Ok(publication) => {
                self.edit((*publication.book).clone(), DraftEdit::Restored(publication.number));
                self.screens.changes.suggest_note((self.shared.t().changes.back_to)(publication.number.get()));
                return self.prepare_publishing();
            }
            Err(error) => self.warn_of(Some(&error)),
        }
        Task::none()
    }

    pub(super) fn carry_over(&mut self) {
        let refused = self.shared.bench.as_mut().map_or(0, |bench| bench.carry_over(self.shared.day));
        let words = self.shared.t().changes.carried.of(refused);
        if refused == 0 {
            self.toasts.tell(words, None);
        } else {
            self.toasts.warn(words);
        }
        self.shared.page = Page::Changes;
    }

    pub(super) fn prepare_publishing(&mut self) -> Task<Message> {
        self.shared.page = Page::Changes;
        self.palette = None;
        operation::focus(changes::NOTE_FIELD)
    }

    pub(super) fn update_toasts(&mut self, message: toasts::Message) -> Task<Message> {
        match message {
            toasts::Message::Dismiss(number) => self.toasts.remove(number),
            toasts::Message::TakeBack(number) => {
                self.toasts.remove(number);
                self.undo_step();
            }
            toasts::Message::DropForm(number) => {
                self.toasts.remove(number);
                return self.standard(Standard::Discard);
            }
        }
        Task::none()
    }
}

fn is_overtaken(error: &Error) -> bool {
    matches!(error, Error::Store(error) if matches!(**error, StoreError::Overtaken))
}
