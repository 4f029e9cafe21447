//! Editing, undoing and saving the draft, and publishing it.

use std::sync::Arc;

use iced::Task;
use iced::widget::operation;

use super::message::Message;
use super::state::Desktop;
use super::toasts;
use crate::desktop::language::names::fagsystem_name;
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::model::error::Error;
use crate::desktop::model::overruling::Overruling;
use crate::desktop::model::page::Page;
use crate::desktop::model::workbench::{DraftToSave, Workbench};
use crate::desktop::screen::changes;
use crate::desktop::screen::command::Standard;
use crate::rules::{Cvr, FagsystemId, RuleBook};
use crate::store::{Publication, StoreError};

/// The screens with forms whose changes belong in the draft.
const FORM_PAGES: [Page; 4] = [Page::Rules, Page::Fagsystems, Page::Authorities, Page::ContactPoints];

impl Desktop {
    pub(super) fn edit(&mut self, book: RuleBook, edit: DraftEdit) {
        if !self.may_edit() {
            return;
        }
        let words = (self.shared.t().edit)(&edit);
        let step = self.shared.bench.as_mut().and_then(|bench| bench.edit(book, edit, self.shared.today));
        if step.is_some() {
            self.toasts.notify(words, step);
        }
    }

    /// Undoes typing in the open form first, then steps of the draft.
    pub(super) fn undo(&mut self) -> Task<Message> {
        if self.undo_typing(true) {
            return Task::none();
        }
        self.undo_step();
        Task::none()
    }

    /// Undoes or redoes typing on the shown screen. Returns whether there was any.
    fn undo_typing(&mut self, is_undo: bool) -> bool {
        let screen = self.screens.get_mut(self.shared.page);
        self.shared.scene().is_some_and(|scene| screen.undo_typing(is_undo, scene))
    }

    pub(super) fn undo_step(&mut self) {
        let undone = self.shared.bench.as_mut().and_then(|bench| bench.undo(self.shared.today));
        match undone {
            Some(Ok(edit)) => self.toasts.notify_undone((self.shared.t().undone)(&edit)),
            Some(Err(obstacle)) => self.toasts.warn((self.shared.t().cannot_undo)(&obstacle)),
            None => {}
        }
    }

    pub(super) fn redo(&mut self) {
        if self.undo_typing(false) {
            return;
        }
        let done = self.shared.bench.as_mut().and_then(|bench| bench.redo(self.shared.today));
        match done {
            Some(Ok(edit)) => {
                let step = self.shared.bench.as_ref().and_then(|bench| bench.last_step()).map(|(number, _)| number);
                self.toasts.notify((self.shared.t().edit)(&edit), step);
            }
            Some(Err(obstacle)) => self.toasts.warn((self.shared.t().cannot_redo)(&obstacle)),
            None => {}
        }
    }

    /// Saves the draft if it has changed, so that it survives a crash.
    pub(super) fn save_draft(&mut self) -> Task<Message> {
        let Some(draft) = self.shared.bench.as_mut().and_then(Workbench::begin_saving) else { return Task::none() };
        let saved = draft.clone();
        self.shared.serve(
            move |services| services.save_draft(draft),
            move |revision| Message::DraftSaved(saved.clone(), revision),
        )
    }

    pub(super) fn draft_saved(&mut self, draft: DraftToSave, saved: Result<i64, Error>) -> Task<Message> {
        let Some(bench) = &mut self.shared.bench else { return Task::none() };
        match saved {
            Ok(revision) => {
                bench.saving_succeeded(draft, revision);
                let publishing = self.continue_publishing();
                Task::batch([publishing, self.continue_closing()])
            }
            Err(error) => {
                bench.saving_failed();
                let is_awaited = self.note_to_publish.take().is_some() || self.closing.take().is_some();
                // Another window saved first: the next poll reads its draft and applies this one's changes to it.
                if is_awaited || !is_overtaken(&error) {
                    self.show_error(&error);
                }
                self.poll()
            }
        }
    }

    pub(super) fn publish(&mut self, note: String, overruling: Option<Overruling>) -> Task<Message> {
        if !self.may_edit() {
            return Task::none();
        }
        // A form with unsaved changes is saved first, so that the publication has them.
        let written = FORM_PAGES.into_iter().find(|page| self.screens.get(*page).is_changed());
        let saving = written.and_then(|page| self.screens.get(page).standard(Standard::Save));
        let saving = self.perform(saving.into());
        if self.has_unsaved_changes() {
            return Task::batch([saving, self.warn_unsaved()]);
        }
        self.note_to_publish = Some((note, overruling));
        let publishing = self.continue_publishing();
        Task::batch([saving, publishing])
    }

    /// Publishes once the draft is saved: a publication is made of the draft in the store.
    fn continue_publishing(&mut self) -> Task<Message> {
        let Some(bench) = self.shared.bench.as_mut().filter(|_| self.note_to_publish.is_some()) else {
            return Task::none();
        };
        if bench.is_behind() || bench.insight().differences.is_empty() {
            self.note_to_publish = None;
            return Task::none();
        }
        bench.complete_insight(self.shared.today);
        let broken = &bench.insight().today.broken_guards;
        let count = broken.len();
        let overruling = self.note_to_publish.as_ref().and_then(|(_, overruling)| overruling.as_ref());
        // What was saved last may break another guard than those that were seen when the decision was made.
        if !broken.is_empty() && overruling.is_none_or(|it| it.guards != *broken) {
            let words = self.shared.t().guards.blocked.of(count);
            self.note_to_publish = None;
            self.toasts.warn(words);
            self.shared.page = Page::Changes;
            return Task::none();
        }
        let Some(draft) = bench.begin_publishing() else { return Task::none() };
        let imprint = self.note_to_publish.take().map(|(note, overruling)| {
            let despite = overruling.map(|it| self.shared.t().guards.despite(&it.guards, &it.why));
            self.shared.imprint(despite.map_or(note.clone(), |despite| format!("{note}. {despite}")))
        });
        let Some(imprint) = imprint else { return Task::none() };
        self.shared.serve(move |services| services.publish_draft(draft, imprint), Message::Published)
    }

    pub(super) fn published(&mut self, published: Result<(Arc<Publication>, i64), Error>) -> Task<Message> {
        let Some(bench) = &mut self.shared.bench else { return Task::none() };
        match published {
            Ok((publication, revision)) => {
                let number = publication.number.get();
                bench.publishing_succeeded(publication, revision, self.shared.today);
                self.screens.changes.published();
                self.toasts.remove_draft_steps();
                self.toasts.notify((self.shared.t().changes.published)(number), None);
                self.reading.is_stale = true;
            }
            Err(error) => {
                bench.publishing_failed();
                self.show_error(&error);
            }
        }
        self.poll()
    }

    /// Makes an older publication the draft, as one step that can be undone.
    pub(super) fn restore(&mut self, read: Result<Arc<Publication>, Error>) -> Task<Message> {
        match read {
            Ok(publication) => {
                self.edit((*publication.book).clone(), DraftEdit::Restored(publication.number));
                self.screens.changes.suggest_note((self.shared.t().changes.back_to)(publication.number.get()));
                return self.prepare_publishing();
            }
            Err(error) => self.show_error(&error),
        }
        Task::none()
    }

    /// Publishes at once that a paused fagsystem is in use again, without the other changes of the draft.
    pub(super) fn resume_fagsystem(&mut self, authority: Cvr, id: FagsystemId) -> Task<Message> {
        if !self.may_edit() {
            return Task::none();
        }
        let published = self.shared.bench.as_ref().map(|bench| Arc::clone(&bench.published().book));
        let of = published.as_ref().and_then(|book| book.authority(authority));
        let name = of.map(|of| fagsystem_name(of, &id).to_owned()).unwrap_or_default();
        let imprint = self.shared.imprint((self.shared.t().overview.resumed)(&name));
        self.shared.serve(
            move |services| services.resume(authority, id, imprint),
            move |resumed| Message::Resumed(name.clone(), resumed),
        )
    }

    pub(super) fn fagsystem_resumed(&mut self, name: &str, resumed: Result<Arc<Publication>, Error>) -> Task<Message> {
        let (t, day) = (self.shared.t(), self.shared.today);
        let Some(bench) = &mut self.shared.bench else { return Task::none() };
        match resumed {
            Ok(publication) => {
                bench.published_elsewhere(publication, day);
                // The draft keeps its other changes.
                let refused = bench.carry_over(day);
                self.toasts.notify((t.overview.resumed)(name), None);
                if refused > 0 {
                    self.toasts.warn(t.changes.carried.of(refused));
                }
                self.reading.is_stale = true;
            }
            Err(error) => self.show_error(&error),
        }
        self.poll()
    }

    pub(super) fn carry_over(&mut self) {
        if !self.may_edit() {
            return;
        }
        let refused = self.shared.bench.as_mut().map_or(0, |bench| bench.carry_over(self.shared.today));
        let words = self.shared.t().changes.carried.of(refused);
        if refused == 0 {
            self.toasts.notify(words, None);
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
            toasts::Message::Undo(number) => {
                self.toasts.remove(number);
                self.undo_step();
            }
            toasts::Message::DiscardForm(number) => {
                self.toasts.remove(number);
                return self.standard(Standard::Discard);
            }
            toasts::Message::SaveAmongDocuments(number, picture) => {
                self.toasts.remove(number);
                return self.save_among_documents(picture);
            }
        }
        Task::none()
    }
}

fn is_overtaken(error: &Error) -> bool {
    matches!(error, Error::Store(error) if matches!(**error, StoreError::Overtaken))
}
