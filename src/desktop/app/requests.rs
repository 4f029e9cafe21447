//! What the application does for screens.

use std::collections::BTreeSet;

use iced::Task;

use super::message::Message;
use super::state::Desktop;
use crate::desktop::model::page::Page;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::table::ScreenMessage;
use crate::desktop::screen::{fagsystems, messages, router, rules};
use crate::rules::{Criterion, Cvr, FagsystemId, Priority};
use crate::store::Guard;

impl Desktop {
    /// Does what a screen asks for.
    pub(super) fn act(&mut self, action: Action<ScreenMessage>) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::Run(task) => task.map(Message::Screen),
            Action::Ask(request) => self.answer(request),
            Action::Then(message) => {
                self.refresh();
                self.update_screen(message)
            }
            Action::All(actions) => {
                let tasks: Vec<_> = actions.into_iter().map(|action| self.act(action)).collect();
                Task::batch(tasks)
            }
        }
    }

    pub(super) fn answer(&mut self, request: Request) -> Task<Message> {
        match request {
            Request::Edit(book, edit) => self.edit(book, edit),
            Request::Tell(words) => self.toasts.tell(words, None),
            Request::Warn(words) => self.toasts.warn(words),
            Request::Report(error) => self.warn_of(Some(&error)),
            Request::KeepForm => return self.keep_form(),
            Request::Show(page) => return self.show(page),
            Request::ChooseAuthority(cvr) => return self.choose_authority(cvr),
            Request::FindRule(priority) => return self.find_rule(priority),
            Request::OpenRule(authority, priority) => return self.open_rule(authority, priority),
            Request::FindRulesOf(id) => return self.turn_to(rules::Message::FilterByFagsystem(id)),
            Request::BeginRule(authority, criterion) => return self.begin_rule(authority, criterion),
            Request::SwitchFrom(from, to) => return self.turn_to(rules::Message::BeginSwitch(Some(from), to)),
            Request::OpenFagsystem(authority, id) => return self.open_fagsystem(authority, id),
            Request::Resume(authority, id) => return self.resume(authority, id),
            Request::OpenMessage(number) => return self.turn_to(messages::Message::Find(number)),
            Request::ListMessages(filters) => return self.turn_to(messages::Message::ShowOnly(filters)),
            Request::Pack(rules) => return self.pack(rules),
            Request::KeepView(name, view) => {
                self.shared.preferences.views.insert(name.to_owned(), view);
                return self.save_preferences();
            }
            Request::KeepKlePlan(plan) => return self.save_kle_plan(plan),
            Request::Publish(note) => return self.publish(note),
            Request::CarryOver => self.carry_over(),
            Request::ForgetLeftBehind => {
                if let Some(bench) = &mut self.shared.bench {
                    bench.dismiss_conflicts();
                }
            }
            Request::Restore(number) => {
                return self.shared.serve(move |services| services.publication(number), Message::PublicationToRestore);
            }
            Request::PublishFirst(book, name, kle) => return self.publish_first(book, &name, kle),
            Request::BeginSample => return self.start_sample(),
            Request::ReadOverview(period) => {
                self.shared.overview.period = period;
                return self.read_overview();
            }
            Request::ConfirmClock => {
                let now = (self.shared.now)();
                return self.shared.serve(move |services| services.confirm_clock(now), Message::ClockConfirmed);
            }
            Request::StartRouterAsShown => return self.update_screen(router::Message::Start.into()),
            Request::StartRouter(mut settings) => {
                settings.damaged.mend(Guard::Listen);
                return self.start_router(*settings);
            }
            Request::StopRouter => return self.stop_router(),
            Request::Send(letters) => return self.send(letters),
            Request::Protect(protection) => {
                self.shared.settings.protection = protection;
                self.shared.settings.damaged.mend(Guard::Protection);
                return self.save_protection();
            }
            Request::AddKey(key, name) => return self.add_key(key, name),
            Request::RevokeKey(id) => return self.revoke_key(id),
            Request::RemoveKeys => return self.remove_keys(),
            Request::Reset(guard) => {
                self.shared.settings.reset(guard);
                return self.save_protection();
            }
            Request::MoveSecrets(home) => {
                return self.shared.serve(|services| services.move_secrets(home), Message::SecretsMoved);
            }
            Request::KeepMessagesFor(days) => {
                self.shared.settings.retention_days = days;
                self.shared.settings.damaged.mend(Guard::Retention);
                self.toasts.tell((self.shared.t().messages.keeping.saved)(days), None);
                return self.save_settings();
            }
        }
        Task::none()
    }

    /// Shows the message's screen, and tells it.
    fn turn_to(&mut self, message: impl Into<ScreenMessage>) -> Task<Message> {
        let message = message.into();
        self.shared.page = message.page();
        self.update_screen(message)
    }

    pub(super) fn find_rule(&mut self, priority: Priority) -> Task<Message> {
        self.turn_to(rules::Message::Find(priority))
    }

    /// Shows a rule, of whichever authority it is.
    fn open_rule(&mut self, cvr: Cvr, priority: Priority) -> Task<Message> {
        self.of_authority(cvr, |this| this.find_rule(priority))
    }

    /// Begins a rule of that authority, or of the one that is shown.
    fn begin_rule(&mut self, cvr: Option<Cvr>, criterion: Criterion) -> Task<Message> {
        let begin = |this: &mut Self| this.turn_to(rules::Message::NewFor(criterion));
        match cvr {
            Some(cvr) => self.of_authority(cvr, begin),
            None => begin(self),
        }
    }

    /// Shows a fagsystem, of whichever authority it is.
    fn open_fagsystem(&mut self, cvr: Cvr, id: FagsystemId) -> Task<Message> {
        self.of_authority(cvr, |this| this.turn_to(fagsystems::Message::Choose(id)))
    }

    /// Does something once that authority is shown, unless what is written elsewhere would be lost.
    fn of_authority(&mut self, cvr: Cvr, what: impl FnOnce(&mut Self) -> Task<Message>) -> Task<Message> {
        let is_shown = self.shared.shown_authority() == Some(cvr);
        let chosen = if is_shown { Task::none() } else { self.choose_authority(cvr) };
        if self.shared.shown_authority() != Some(cvr) {
            return chosen;
        }
        Task::batch([chosen, what(self)])
    }

    /// Those rules of the draft are to be packed for another environment.
    fn pack(&mut self, rules: BTreeSet<Priority>) -> Task<Message> {
        if let Some(scene) = self.shared.scene() {
            self.screens.files.prepare_package(rules, scene);
        }
        self.show(Page::Files)
    }
}
