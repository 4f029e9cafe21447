//! Carries out the actions that screens return.

use std::collections::BTreeSet;

use iced::Task;
use jiff::civil::Date;

use super::message::Message;
use super::state::Desktop;
use super::tour_message::TourMessage;
use super::training_message::TrainingMessage;
use crate::desktop::model::map::TracedMessage;
use crate::desktop::model::page::Page;
use crate::desktop::model::trial::FactsOrigin;
use crate::desktop::screen::action::{Action, Request};
use crate::desktop::screen::table::ScreenMessage;
use crate::desktop::screen::{fagsystems, history, map, messages, router, rules, try_message};
use crate::rules::{Authority, Criterion, Cvr, Facts, FagsystemId, Priority};
use crate::store::Guard;

impl Desktop {
    /// Carries out an action of a screen.
    pub(super) fn perform(&mut self, action: Action<ScreenMessage>) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::Run(task) => task.map(Message::Screen),
            Action::Request(request) => self.handle_request(request),
            Action::Send(message) => {
                self.refresh();
                self.update_screen(message)
            }
            Action::All(actions) => {
                let tasks: Vec<_> = actions.into_iter().map(|action| self.perform(action)).collect();
                Task::batch(tasks)
            }
        }
    }

    pub(super) fn handle_request(&mut self, request: Request) -> Task<Message> {
        match request {
            Request::Edit(book, edit) => self.edit(book, edit),
            Request::Notify(words) => self.toasts.notify(words, None),
            Request::Warn(words) => self.toasts.warn(words),
            Request::ShowError(error) => self.show_error(&error),
            Request::WarnUnsaved => return self.warn_unsaved(),
            Request::Show(page) => return self.show(page),
            Request::LookAt(day) => return self.look_at(day),
            Request::ChooseAuthority(cvr) => return self.choose_authority(cvr),
            Request::ShowRule(priority) => return self.show_rule(priority),
            Request::OpenRule(authority, priority) => return self.open_rule(authority, priority),
            Request::ListRulesOf(id) => return self.show_and_update(rules::Message::FilterByFagsystem(id)),
            Request::BeginEmptyRule => return self.show_and_update(rules::Message::New),
            Request::BeginRule(authority, criterion) => return self.begin_rule(authority, criterion),
            Request::BeginRuleTo(criterion, fagsystem) => {
                return self.show_and_update(rules::Message::NewTo(criterion, fagsystem));
            }
            Request::BeginSwitch(from, to) => return self.show_and_update(rules::Message::BeginSwitch(Some(from), to)),
            Request::OpenFagsystem(authority, id) => return self.open_fagsystem(authority, id),
            Request::OpenPublication(number) => {
                let shown = self.show(Page::History);
                return Task::batch([shown, self.update_screen(history::Message::Choose(number).into())]);
            }
            Request::Resume(authority, id) => return self.resume_fagsystem(authority, id),
            Request::ShowOnMap(message) => return self.show_on_map(message),
            Request::OpenMessage(number) => return self.show_and_update(messages::Message::Find(number)),
            Request::TryMessage(facts, day, origin) => return self.try_message(facts, day, origin),
            Request::ReadFiles(paths) => return self.read_dropped_files(paths),
            Request::ListMessages(filters) => return self.show_and_update(messages::Message::ShowOnly(filters)),
            Request::PackageRules(rules) => return self.package_rules(rules),
            Request::SaveView(name, view) => {
                self.shared.preferences.views.insert(name.to_owned(), view);
                return self.save_preferences();
            }
            Request::SaveKlePlan(plan) => return self.save_kle_plan(plan),
            Request::Publish(note, overruling) => return self.publish(note, overruling),
            Request::CarryOver => self.carry_over(),
            Request::DismissConflicts => {
                if let Some(bench) = &mut self.shared.bench {
                    bench.dismiss_conflicts();
                }
            }
            Request::Restore(number) => {
                return self.shared.serve(move |services| services.publication(number), Message::PublicationToRestore);
            }
            Request::PublishFirst(book, name, kle) => return self.publish_first(book, &name, kle),
            Request::CloseGuide => return self.close_guide(),
            Request::BeginTour => return self.update_tour(TourMessage::Begin),
            Request::BeginLesson(id) => return self.update_training(TrainingMessage::BeginLesson(id)),
            Request::OpenTraining => return self.update_training(TrainingMessage::Open),
            Request::BeginTrainingWith(package) => return self.begin_training_with(package),
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
            Request::SendSamples(letters) => return self.send_samples(letters),
            Request::SaveProtection(protection) => {
                self.shared.settings.protection = protection;
                self.shared.settings.damaged.mend(Guard::Protection);
                return self.save_protection();
            }
            Request::AddApiKey(key, name) => return self.add_api_key(key, name),
            Request::RevokeApiKey(id) => return self.revoke_api_key(id),
            Request::RemoveApiKeys => return self.remove_api_keys(),
            Request::ResetSetting(guard) => {
                self.shared.settings.reset(guard);
                return self.save_protection();
            }
            Request::MoveSecrets(home) => {
                return self.shared.serve(|services| services.move_secrets(home), Message::SecretsMoved);
            }
            Request::CopyPicture(picture) => return self.copy_picture(picture),
            Request::SavePicture(picture, format, name) => return self.save_picture(picture, format, name),
            Request::SetRetention(days) => {
                self.shared.settings.retention_days = days;
                self.shared.settings.damaged.mend(Guard::Retention);
                self.toasts.notify((self.shared.t().messages.keeping.saved)(days), None);
                return self.save_settings();
            }
        }
        Task::none()
    }

    /// Shows the screen of a message and sends it the message.
    fn show_and_update(&mut self, message: impl Into<ScreenMessage>) -> Task<Message> {
        let message = message.into();
        self.shared.page = message.page();
        self.update_screen(message)
    }

    pub(super) fn show_rule(&mut self, priority: Priority) -> Task<Message> {
        self.show_and_update(rules::Message::Find(priority))
    }

    fn open_rule(&mut self, cvr: Cvr, priority: Priority) -> Task<Message> {
        self.in_authority(cvr, |this| this.show_rule(priority))
    }

    /// Begins a rule of an authority; `None` means the selected one.
    fn begin_rule(&mut self, cvr: Option<Cvr>, criterion: Criterion) -> Task<Message> {
        let begin = |this: &mut Self| this.show_and_update(rules::Message::NewFor(criterion));
        match cvr {
            Some(cvr) => self.in_authority(cvr, begin),
            None => begin(self),
        }
    }

    fn open_fagsystem(&mut self, cvr: Cvr, id: FagsystemId) -> Task<Message> {
        self.in_authority(cvr, |this| this.show_and_update(fagsystems::Message::Choose(id)))
    }

    /// Selects an authority and then does something with it. When unsaved changes keep it from being selected, nothing is
    /// done.
    fn in_authority(&mut self, cvr: Cvr, then: impl FnOnce(&mut Self) -> Task<Message>) -> Task<Message> {
        let is_shown = self.shared.shown_authority() == Some(cvr);
        let chosen = if is_shown { Task::none() } else { self.choose_authority(cvr) };
        if self.shared.shown_authority() != Some(cvr) {
            return chosen;
        }
        Task::batch([chosen, then(self)])
    }

    /// Selects the authority that receives for a CVR number, unless unsaved changes forbid that.
    fn choose_receiving(&mut self, cvr: Option<Cvr>) -> Task<Message> {
        let is_shown = |cvr: &Cvr| self.shared.shown_authority() == Some(*cvr);
        let authorities = self.shared.bench.iter().flat_map(|bench| &bench.book().authorities);
        let receives = |authority: &&Authority| cvr.is_some_and(|cvr| authority.cvrs().any(|own| own == cvr));
        let own = authorities.into_iter().find(receives).map(|authority| authority.cvr);
        match own.filter(|cvr| !is_shown(cvr) && !self.has_unsaved_changes()) {
            Some(cvr) => self.choose_authority(cvr),
            None => Task::none(),
        }
    }

    /// Shows the way of a message on the map of its authority.
    fn show_on_map(&mut self, message: Box<TracedMessage>) -> Task<Message> {
        let chosen = self.choose_receiving(message.recipient());
        let shown = self.show(Page::Map);
        let traced = self.update_screen(map::Message::Trace(message).into());
        Task::batch([chosen, shown, traced])
    }

    /// Shows where a message would go, with its recipient's authority selected unless unsaved changes forbid that.
    fn try_message(&mut self, facts: Box<Facts>, day: Option<Date>, origin: FactsOrigin) -> Task<Message> {
        let chosen = self.choose_receiving(facts.recipient);
        let shown = self.show(Page::TryMessage);
        let tried = self.update_screen(try_message::Message::Take(facts, day, origin).into());
        Task::batch([chosen, shown, tried])
    }

    /// Prepares a package of rules of the draft for another environment.
    fn package_rules(&mut self, rules: BTreeSet<Priority>) -> Task<Message> {
        if let Some(scene) = self.shared.scene() {
            self.screens.files.prepare_package(rules, scene);
        }
        self.show(Page::Files)
    }
}
