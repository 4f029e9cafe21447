//! The registers: what the rules speak of besides fagsystems.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use iced::Task;

use super::{Desktop, Message};
use crate::desktop::model::error::Error;
use crate::desktop::model::page::Page;
use crate::desktop::screen::{authorities, contact_points, files, kle};
use crate::desktop::service::{SavedKlePlan, Services};
use crate::exchange::Arrival;
use crate::rules::{KlePlan, Priority};

impl Desktop {
    /// Whether anything of the draft is being written that would be lost.
    pub(super) fn is_writing(&self) -> bool {
        self.rules.is_changed()
            || self.fagsystems.is_changed()
            || self.contact_points.is_changed()
            || self.authorities.is_changed()
    }

    /// The same on the page that is shown.
    pub(super) fn is_writing_here(&self) -> bool {
        match self.page {
            Page::Rules => self.rules.is_changed(),
            Page::Fagsystems => self.fagsystems.is_changed(),
            Page::ContactPoints => self.contact_points.is_changed(),
            Page::Authorities => self.authorities.is_changed(),
            Page::Router => self.router.is_changed(),
            Page::Overview | Page::Kle | Page::Messages | Page::Changes | Page::History | Page::Files => false,
        }
    }

    pub(super) fn update_contact_points(&mut self, message: contact_points::Message) -> Task<Message> {
        self.refused_to_close = false;
        let mut screen = std::mem::take(&mut self.contact_points);
        let actions = self.scene().map(|scene| screen.update(message, scene)).unwrap_or_default();
        self.contact_points = screen;
        Task::batch(actions.into_iter().map(|action| self.act(action)).collect::<Vec<_>>())
    }

    pub(super) fn update_authorities(&mut self, message: authorities::Message) -> Task<Message> {
        self.refused_to_close = false;
        let writes_elsewhere =
            self.rules.is_changed() || self.fagsystems.is_changed() || self.contact_points.is_changed();
        if writes_elsewhere && self.scene().is_some_and(|scene| self.authorities.unsettles(&message, scene)) {
            return self.keep_form();
        }
        let mut screen = std::mem::take(&mut self.authorities);
        let actions = self.scene().map(|scene| screen.update(message, scene)).unwrap_or_default();
        self.authorities = screen;
        Task::batch(actions.into_iter().map(|action| self.act(action)).collect::<Vec<_>>())
    }

    pub(super) fn update_kle(&mut self, message: kle::Message) -> Task<Message> {
        let mut screen = std::mem::take(&mut self.kle);
        let actions = self.scene().map(|scene| screen.update(message, scene)).unwrap_or_default();
        self.kle = screen;
        Task::batch(actions.into_iter().map(|action| self.act(action)).collect::<Vec<_>>())
    }

    /// Another plan counts from now on, whichever window has taken it in.
    pub(super) fn take_in_kle_plan(&mut self, kept: SavedKlePlan) {
        if self.kle_revision.is_none_or(|revision| revision < kept.revision) {
            self.kle_revision = Some(kept.revision);
            self.kle_plan = kept.plan;
        }
    }

    /// A plan counts from now on; without one, the main groups that are built in.
    pub(super) fn save_kle_plan(&self, plan: Option<Arc<KlePlan>>) -> Task<Message> {
        self.ask(Message::KlePlanKept, |services| services.save_kle_plan(plan))
    }

    pub(super) fn kle_plan_kept(&mut self, kept: Result<SavedKlePlan, Error>) {
        match kept {
            Ok(kept) => {
                self.toasts.tell((self.t().kle.counts)(&kept.plan), None);
                self.take_in_kle_plan(kept);
            }
            Err(error) => self.warn_of(Some(&error)),
        }
    }

    pub(super) fn update_files(&mut self, message: files::Message) -> Task<Message> {
        let mut screen = std::mem::take(&mut self.files);
        let actions = self.scene().map(|scene| screen.update(message, scene)).unwrap_or_default();
        self.files = screen;
        Task::batch(actions.into_iter().map(|action| self.act_on_files(action)).collect::<Vec<_>>())
    }

    fn act_on_files(&mut self, action: files::Action) -> Task<Message> {
        match action {
            files::Action::Do(action) => self.act(action),
            files::Action::ChooseFiles => {
                let told = |paths| Message::Files(files::Message::Incoming(files::IncomingMessage::Browsed(paths)));
                Task::perform(Services::choose_files(), told)
            }
            files::Action::Read(number, order) => {
                let told = move |read: Result<Option<Arrival>, Error>| {
                    files::Message::Read(number, read.map(|it| it.map(Box::new)))
                };
                Task::perform(Services::read_files(order), move |read| Message::Files(told(read)))
            }
            files::Action::ChoosePlace(name) => {
                let told = |path| Message::Files(files::Message::Outgoing(files::OutgoingMessage::Browsed(path)));
                Task::perform(Services::choose_place(name), told)
            }
            files::Action::Write(order) => {
                let path = order.path.clone();
                let told = move |done| files::OutgoingMessage::Done(path.clone(), done);
                Task::perform(Services::write_file(order), move |done| {
                    Message::Files(files::Message::Outgoing(told(done)))
                })
            }
            files::Action::KeepKle(plan) => self.save_kle_plan(Some(plan)),
            files::Action::Tell(words) => {
                self.toasts.tell(words, None);
                Task::none()
            }
        }
    }

    /// Those rules of the draft are to be packed for another environment.
    pub(super) fn pack(&mut self, rules: BTreeSet<Priority>) -> Task<Message> {
        let mut screen = std::mem::take(&mut self.files);
        if let Some(scene) = self.scene() {
            screen.prepare_package(rules, scene);
        }
        self.files = screen;
        self.show(Page::Files)
    }

    /// Files were dropped on the window.
    pub(super) fn receive(&mut self, paths: Vec<PathBuf>) -> Task<Message> {
        if self.bench.is_none() {
            let action = self.welcome.receive(paths);
            return self.act_on_welcome(action);
        }
        let mut screen = std::mem::take(&mut self.files);
        let actions = self.scene().map(|scene| screen.receive(paths, scene)).unwrap_or_default();
        self.files = screen;
        let reading: Vec<_> = actions.into_iter().map(|action| self.act_on_files(action)).collect();
        Task::batch([self.show(Page::Files), Task::batch(reading)])
    }
}
