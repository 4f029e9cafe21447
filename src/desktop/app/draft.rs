//! What is done to the draft, and how it becomes a publication.

use std::path::Path;
use std::sync::Arc;

use iced::Task;
use iced::keyboard::Modifiers;
use iced::widget::operation;

use super::{Desktop, Message, toasts};
use crate::desktop::model::draft_edit::DraftEdit;
use crate::desktop::model::error::Error;
use crate::desktop::model::page::Page;
use crate::desktop::model::workbench::DraftToSave;
use crate::desktop::screen::action::Action;
use crate::desktop::screen::rules::ListKey;
use crate::desktop::screen::scene::Scene;
use crate::desktop::screen::{
    authorities, changes, contact_points, fagsystems, files, history, kle, messages, router, rules, welcome,
};
use crate::desktop::service::Services;
use crate::rules::RuleBook;
use crate::secrets::Home;
use crate::store::{Guard, Imprint, Publication, StoreError};

impl Desktop {
    pub(super) fn update_rules(&mut self, message: rules::Message) -> Task<Message> {
        self.refused_to_close = false;
        let mut screen = std::mem::take(&mut self.rules);
        let modifiers = self.modifiers;
        let actions = self.scene().map(|scene| screen.update(message, modifiers, scene)).unwrap_or_default();
        self.rules = screen;
        Task::batch(actions.into_iter().map(|action| self.act(action)).collect::<Vec<_>>())
    }

    pub(super) fn update_fagsystems(&mut self, message: fagsystems::Message) -> Task<Message> {
        self.refused_to_close = false;
        let mut screen = std::mem::take(&mut self.fagsystems);
        let actions = self.scene().map(|scene| screen.update(message, scene)).unwrap_or_default();
        self.fagsystems = screen;
        Task::batch(actions.into_iter().map(|action| self.act_on_fagsystem(action)).collect::<Vec<_>>())
    }

    fn act_on_fagsystem(&mut self, action: fagsystems::Action) -> Task<Message> {
        match action {
            fagsystems::Action::Do(action) => self.act(action),
            fagsystems::Action::Probe(endpoint, certificate, limits) => {
                let (asked, settings) = (endpoint.clone(), self.settings.clone());
                let told = move |probed| fagsystems::Message::Probed(endpoint.clone(), probed);
                self.ask(
                    move |probed| Message::Fagsystems(told(probed)),
                    move |services| services.probe(asked, certificate, limits, settings),
                )
            }
            fagsystems::Action::BeginTest(authority, fagsystem, leaves_out_large) => {
                let settings = self.settings.clone();
                self.ask(
                    |begun| Message::Fagsystems(fagsystems::Message::Try(fagsystems::TryMessage::Begun(begun))),
                    move |services| services.endpoint_test(authority, *fagsystem, leaves_out_large, settings),
                )
            }
            fagsystems::Action::Try(test, results) => {
                let asked = Arc::clone(&test);
                let told = move |result| fagsystems::TryMessage::Tried(Arc::clone(&asked), result);
                self.ask(
                    move |result| Message::Fagsystems(fagsystems::Message::Try(told(result))),
                    |_| async move { test.next(&results).await.map(Box::new) },
                )
            }
            fagsystems::Action::ChooseReport(name) => Task::perform(Services::choose_place(name), |path| {
                Message::Fagsystems(fagsystems::Message::Try(fagsystems::TryMessage::Browsed(path)))
            }),
            fagsystems::Action::WriteReport(order) => Task::perform(Services::write_report(order), |written| {
                Message::Fagsystems(fagsystems::Message::Try(fagsystems::TryMessage::Written(written)))
            }),
            fagsystems::Action::Secret(name, edit) => {
                let asked = name.clone();
                let told = move |kept| fagsystems::SecretMessage::Told(name.clone(), kept);
                self.ask(
                    move |kept| Message::Fagsystems(fagsystems::Message::Secret(told(kept))),
                    |services| services.run_secret_command(asked, edit),
                )
            }
            fagsystems::Action::MoveSecrets(home) => {
                self.ask(Message::SecretsMoved, |services| services.move_secrets(home))
            }
        }
    }

    /// The window's router and its settings have gone over to the new home already.
    pub(super) fn secrets_moved(&mut self, moved: Result<Home, Error>) -> Task<Message> {
        if let Ok(home) = &moved {
            for settings in [&mut self.settings, &mut self.kept_settings] {
                settings.secrets = home.file().map(Path::to_owned);
                settings.damaged.mend(Guard::Secrets);
            }
            self.toasts.tell((self.t().access.moved)(home), None);
        }
        self.update_fagsystems(fagsystems::Message::Secret(fagsystems::SecretMessage::Moved(moved.err())))
    }

    pub(super) fn update_changes(&mut self, message: changes::Message) -> Task<Message> {
        let mut screen = std::mem::take(&mut self.changes);
        let action = self.scene().map_or(changes::Action::None, |scene| screen.update(message, scene));
        self.changes = screen;
        match action {
            changes::Action::None => Task::none(),
            changes::Action::Do(action) => self.act(action),
            changes::Action::Publish(note) => self.publish(note),
            changes::Action::CarryOver => {
                self.carry_over();
                Task::none()
            }
            changes::Action::ForgetLeftBehind => {
                if let Some(bench) = &mut self.bench {
                    bench.dismiss_conflicts();
                }
                Task::none()
            }
        }
    }

    pub(super) fn update_history(&mut self, message: history::Message) -> Task<Message> {
        match self.history.update(message) {
            history::Action::None => Task::none(),
            history::Action::Read(numbers) => Task::batch(
                numbers
                    .into_iter()
                    .map(|number| self.ask(Message::PublicationRead, move |services| services.publication(number))),
            ),
            history::Action::Restore(number) => {
                self.ask(Message::PublicationToRestore, move |services| services.publication(number))
            }
        }
    }

    /// Does what a screen asks for.
    pub(super) fn act(&mut self, action: Action) -> Task<Message> {
        match action {
            Action::Focus(field) => return operation::focus(field),
            Action::Edit(book, edit) => self.edit(book, edit),
            Action::KeepForm => return self.keep_form(),
            Action::ScrollTo(list, y) => {
                let offset = operation::AbsoluteOffset { x: None, y: Some(y) };
                return operation::scroll_to(list, offset);
            }
            Action::Warn(words) => self.toasts.warn(words),
            Action::Again(message) => {
                self.bring_up_to_date();
                return self.update_rules(*message);
            }
            Action::Show(page) => return self.show(page),
            Action::Pack(rules) => return self.pack(rules),
            Action::ForgetKlePlan => return self.save_kle_plan(None),
            Action::FindRule(priority) => {
                self.page = Page::Rules;
                return self.update_rules(rules::Message::Find(priority));
            }
            Action::FindRulesOf(id) => {
                self.page = Page::Rules;
                return self.update_rules(rules::Message::FilterByFagsystem(id));
            }
            Action::SwitchFrom(from, to) => {
                self.page = Page::Rules;
                return self.update_rules(rules::Message::BeginSwitch(Some(from), to));
            }
            Action::ChooseAuthority(cvr) => return self.choose_authority(cvr),
            Action::BeginRule(criterion) => {
                self.page = Page::Rules;
                return self.update_rules(rules::Message::NewFor(criterion));
            }
            Action::KeepView(name, view) => {
                self.preferences.views.insert(name.to_owned(), view);
                return self.save_preferences();
            }
        }
        Task::none()
    }

    fn edit(&mut self, book: RuleBook, edit: DraftEdit) {
        let words = (self.t().edit)(&edit);
        let step = self.bench.as_mut().and_then(|bench| bench.edit(book, edit, self.day));
        if step.is_some() {
            self.toasts.tell(words, step);
        }
    }

    /// What is being written goes back first, then the draft, step by step.
    pub(super) fn undo(&mut self) -> Task<Message> {
        if self.page == Page::Rules && self.with_rules(rules::Screen::undo_writing) {
            return Task::none();
        }
        self.undo_step();
        Task::none()
    }

    pub(super) fn undo_step(&mut self) {
        let undone = self.bench.as_mut().and_then(|bench| bench.undo(self.day));
        match undone {
            Some(Ok(edit)) => self.toasts.tell_taken_back((self.t().undone)(&edit)),
            Some(Err(obstacle)) => self.toasts.warn((self.t().cannot_undo)(&obstacle)),
            None => {}
        }
    }

    pub(super) fn redo(&mut self) {
        if self.page == Page::Rules && self.with_rules(rules::Screen::redo_writing) {
            return;
        }
        let done = self.bench.as_mut().and_then(|bench| bench.redo(self.day));
        match done {
            Some(Ok(edit)) => {
                let step = self.bench.as_ref().and_then(|bench| bench.last_step()).map(|(number, _)| number);
                self.toasts.tell((self.t().edit)(&edit), step);
            }
            Some(Err(obstacle)) => self.toasts.warn((self.t().cannot_redo)(&obstacle)),
            None => {}
        }
    }

    /// Has the rules' screen do something that it needs the scene for.
    fn with_rules<T: Default>(&mut self, what: impl FnOnce(&mut rules::Screen, Scene<'_>) -> T) -> T {
        let mut screen = std::mem::take(&mut self.rules);
        let done = self.scene().map(|scene| what(&mut screen, scene));
        self.rules = screen;
        done.unwrap_or_default()
    }

    /// Keeps the draft, so that it survives whatever happens to the program.
    pub(super) fn save_draft(&mut self) -> Task<Message> {
        let Some(draft) = self.bench.as_mut().and_then(super::Workbench::begin_saving) else { return Task::none() };
        let kept = draft.clone();
        self.ask(move |revision| Message::DraftKept(kept.clone(), revision), move |services| services.save_draft(draft))
    }

    pub(super) fn draft_kept(&mut self, draft: DraftToSave, kept: Result<i64, Error>) -> Task<Message> {
        let Some(bench) = &mut self.bench else { return Task::none() };
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
        let saving = if self.rules.is_changed() {
            self.update_rules(rules::Message::Save)
        } else if self.fagsystems.is_changed() {
            self.update_fagsystems(fagsystems::Message::Save)
        } else if self.authorities.is_changed() {
            self.update_authorities(authorities::Message::Save)
        } else if self.contact_points.is_changed() {
            self.update_contact_points(contact_points::Message::Save)
        } else {
            Task::none()
        };
        if self.is_writing() {
            return Task::batch([saving, self.keep_form()]);
        }
        self.awaits_publishing = Some(note);
        let publishing = self.go_on_publishing();
        Task::batch([saving, publishing])
    }

    /// Publishes once the store has the draft as it is.
    fn go_on_publishing(&mut self) -> Task<Message> {
        let Some(bench) = self.bench.as_mut().filter(|_| self.awaits_publishing.is_some()) else {
            return Task::none();
        };
        if bench.is_behind() || bench.insight().differences.is_empty() {
            self.awaits_publishing = None;
            return Task::none();
        }
        let Some(draft) = bench.begin_publishing() else { return Task::none() };
        let imprint = self.awaits_publishing.take().map(|note| self.imprint(note));
        let Some(imprint) = imprint else { return Task::none() };
        self.ask(Message::Published, move |services| services.publish_draft(draft, imprint))
    }

    pub(super) fn published(&mut self, published: Result<(Arc<Publication>, i64), Error>) -> Task<Message> {
        let Some(bench) = &mut self.bench else { return Task::none() };
        match published {
            Ok((publication, revision)) => {
                let number = publication.number.get();
                bench.publishing_succeeded(publication, revision, self.day);
                self.changes.published();
                self.toasts.forget_steps();
                self.toasts.tell((self.t().changes.published)(number), None);
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
                self.changes.suggest_note((self.t().changes.back_to)(publication.number.get()));
                return self.prepare_publishing();
            }
            Err(error) => self.warn_of(Some(&error)),
        }
        Task::none()
    }

    pub(super) fn carry_over(&mut self) {
        let refused = self.bench.as_mut().map_or(0, |bench| bench.carry_over(self.day));
        let words = (self.t().changes.carried)(refused);
        if refused == 0 {
            self.toasts.tell(words, None);
        } else {
            self.toasts.warn(words);
        }
        self.page = Page::Changes;
    }

    pub(super) fn prepare_publishing(&mut self) -> Task<Message> {
        self.page = Page::Changes;
        self.palette = None;
        operation::focus(changes::NOTE_FIELD)
    }

    pub(super) fn save_form(&mut self) -> Task<Message> {
        match self.page {
            Page::Rules => self.update_rules(rules::Message::Save),
            Page::Fagsystems => self.update_fagsystems(fagsystems::Message::Save),
            Page::ContactPoints => self.update_contact_points(contact_points::Message::Save),
            Page::Authorities => self.update_authorities(authorities::Message::Save),
            Page::Router => self.update_router(router::Message::Protection(router::ProtectionMessage::Save)),
            Page::Files => self.update_files(files::Message::Comparison(files::ComparisonMessage::TakeIn)),
            Page::Overview | Page::Kle | Page::Messages | Page::Changes | Page::History => Task::none(),
        }
    }

    pub(super) fn begin_new(&mut self) -> Task<Message> {
        match self.page {
            Page::Fagsystems => self.update_fagsystems(fagsystems::Message::New),
            Page::Authorities => self.update_authorities(authorities::Message::New),
            Page::ContactPoints => self.update_contact_points(contact_points::Message::New),
            _ => {
                self.page = Page::Rules;
                self.update_rules(rules::Message::New)
            }
        }
    }

    pub(super) fn search(&mut self) -> Task<Message> {
        match self.page {
            Page::Messages => operation::focus(messages::SEARCH_FIELD),
            Page::Kle => operation::focus(kle::SEARCH_FIELD),
            Page::Authorities => self.update_authorities(authorities::Message::Search),
            Page::ContactPoints => operation::focus(contact_points::SEARCH_FIELD),
            _ => {
                self.page = Page::Rules;
                operation::focus(rules::SEARCH_FIELD)
            }
        }
    }

    pub(super) fn leave(&mut self) -> Task<Message> {
        if self.bench.is_none() {
            return self.update_welcome(welcome::Message::LeaveFiles);
        }
        match self.page {
            Page::Rules => self.update_rules(rules::Message::Leave),
            Page::Fagsystems => self.update_fagsystems(fagsystems::Message::Leave),
            Page::Messages => self.update_messages(messages::Message::Leave),
            Page::History => self.update_history(history::Message::Close),
            Page::Router => self.update_router(router::Message::Protection(router::ProtectionMessage::Leave)),
            Page::ContactPoints => self.update_contact_points(contact_points::Message::Leave),
            Page::Authorities => self.update_authorities(authorities::Message::Leave),
            Page::Kle => self.update_kle(kle::Message::Leave),
            Page::Files => self.update_files(files::Message::Leave),
            Page::Overview | Page::Changes => Task::none(),
        }
    }

    /// Leaves the form of the page that is shown, and what is written in it.
    fn drop_form(&mut self) -> Task<Message> {
        match self.page {
            Page::Rules => self.update_rules(rules::Message::Close),
            Page::Fagsystems => self.update_fagsystems(fagsystems::Message::Close),
            Page::ContactPoints => self.update_contact_points(contact_points::Message::Close),
            Page::Authorities => self.update_authorities(authorities::Message::Close),
            Page::Router => self.update_router(router::Message::Protection(router::ProtectionMessage::Close)),
            Page::Overview | Page::Kle | Page::Messages | Page::Changes | Page::History | Page::Files => Task::none(),
        }
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
                return self.drop_form();
            }
        }
        Task::none()
    }

    /// Rules that were moved with Alt held stay where they are when it is let go.
    pub(super) fn modifiers_changed(&mut self, modifiers: Modifiers) -> Task<Message> {
        let was_held = self.modifiers.alt();
        self.modifiers = modifiers;
        if was_held && !modifiers.alt() && self.page == Page::Rules && self.rules.is_moving() {
            return self.update_rules(rules::Message::Key(ListKey::Drop));
        }
        Task::none()
    }

    /// Screens that work something out of the draft do so when it has changed, not for each picture.
    pub(super) fn bring_up_to_date(&mut self) {
        let mut rules = std::mem::take(&mut self.rules);
        let mut fagsystems = std::mem::take(&mut self.fagsystems);
        let mut contact_points = std::mem::take(&mut self.contact_points);
        let mut authorities = std::mem::take(&mut self.authorities);
        let mut kle = std::mem::take(&mut self.kle);
        let mut history = std::mem::take(&mut self.history);
        if let Some(scene) = self.scene() {
            rules.refresh(scene);
            fagsystems.refresh(scene);
            // Two thousand take a moment: not while they are out of sight.
            if self.page == Page::ContactPoints {
                contact_points.refresh(scene);
            }
            authorities.refresh(scene);
            kle.refresh(scene);
            history.refresh(scene);
        }
        self.rules = rules;
        self.fagsystems = fagsystems;
        self.contact_points = contact_points;
        self.authorities = authorities;
        self.kle = kle;
        self.history = history;
    }

    pub(super) fn imprint(&self, note: String) -> Imprint {
        Imprint { at: (self.now)(), by: self.user.name.clone(), note }
    }
}

fn is_overtaken(error: &Error) -> bool {
    matches!(error, Error::Store(error) if matches!(**error, StoreError::Overtaken))
}
