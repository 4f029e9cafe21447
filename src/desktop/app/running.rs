//! What runs besides the window: the first start, the router, and the end of it all.

use std::sync::Arc;

use iced::widget::operation;
use iced::window as iced_window;
use iced::{Task, clipboard};

use super::{Desktop, Message};
use crate::desktop::model::error::Error;
use crate::desktop::model::page::Page;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::model::workbench::Workbench;
use crate::desktop::screen::{files, messages, router, welcome};
use crate::desktop::service::{ApiKeyCommand, OwnRouter, SampleStarted, SavedApiKeys, Services};
use crate::router::RouterError;
use crate::store::{ApiKey, Guard, RouterNow, Settings, StoreError};

impl Desktop {
    pub(super) fn update_welcome(&mut self, message: welcome::Message) -> Task<Message> {
        let action = self.welcome.update(message, self.t());
        self.act_on_welcome(action)
    }

    pub(super) fn act_on_welcome(&mut self, action: welcome::Action) -> Task<Message> {
        let words = &self.t().welcome;
        match action {
            welcome::Action::None => Task::none(),
            welcome::Action::ChooseFiles => {
                let told = |paths| welcome::Message::Incoming(files::IncomingMessage::Browsed(paths));
                Task::perform(Services::choose_files(), move |paths| Message::Welcome(told(paths)))
            }
            welcome::Action::Read(number, order) => Task::perform(Services::read_files(order), move |read| {
                Message::Welcome(welcome::Message::Read(number, read.map(|it| it.map(Box::new))))
            }),
            welcome::Action::MakeTemplate => {
                let told = |made| Message::Welcome(welcome::Message::TemplateMade(made));
                Task::perform(Services::make_template(words.template_name), told)
            }
            welcome::Action::WritePath => operation::focus(files::PATH_FIELD),
            welcome::Action::Warn(error) => {
                self.warn_of(Some(&error));
                Task::none()
            }
            welcome::Action::BeginSample => {
                self.turn_router(RouterState::Starting);
                let (imprint, settings) = (self.imprint(words.sample_ready.to_owned()), self.settings.clone());
                self.ask(Message::SampleBegun, move |services| services.start_sample(imprint, settings))
            }
            welcome::Action::Publish(book, name, kle) => {
                let imprint = self.imprint((words.made)(&name));
                let kle = kle.map_or_else(Task::none, |plan| self.save_kle_plan(Some(plan)));
                let publishing =
                    self.ask(Message::FirstPublished, move |services| services.publish_first(book, imprint));
                Task::batch([kle, publishing])
            }
        }
    }

    pub(super) fn first_published(&mut self, published: Result<(), Error>) -> Task<Message> {
        if let Err(error) = published {
            self.welcome.failed();
            self.warn_of(Some(&error));
        }
        self.look()
    }

    pub(super) fn update_router(&mut self, message: router::Message) -> Task<Message> {
        self.refused_to_close = false;
        match self.router.update(message, &self.settings) {
            router::Action::None => Task::none(),
            router::Action::Start(mut settings) => {
                settings.damaged.mend(Guard::Listen);
                self.start_router(*settings)
            }
            router::Action::Stop => {
                self.settings.router_runs = false;
                self.turn_router(RouterState::Stopping);
                let stopping = self
                    .services
                    .clone()
                    .map(|services| Task::perform(services.stop_router(), |()| Message::RouterStopped));
                Task::batch([self.save_settings(), stopping.unwrap_or_else(|_| Task::none())])
            }
            router::Action::Open(number) => {
                self.page = Page::Messages;
                self.update_messages(messages::Message::Find(number))
            }
            router::Action::OpenRule(authority, rule) => self.open_rule(authority, rule),
            router::Action::Show(page) => self.show(page),
            router::Action::Send(letters) => match router::practised_with(&self.router_state, &self.settings) {
                Some(address) => {
                    let settings = Settings { listen: address, ..self.settings.clone() };
                    self.ask(Message::LettersSent, move |services| services.send(letters, settings))
                }
                None => Task::none(),
            },
            router::Action::Protect(protection) => {
                self.settings.protection = protection;
                self.settings.damaged.mend(Guard::Protection);
                self.save_protection()
            }
            router::Action::MakeKey(name) => {
                let Some(key) = ApiKey::random() else {
                    self.warn_of(Some(&Error::Lost));
                    return Task::none();
                };
                self.change_api_keys(ApiKeyCommand::Add(key.clone(), name), Some(key))
            }
            router::Action::RevokeKey(id) => self.change_api_keys(ApiKeyCommand::Revoke(id), None),
            router::Action::RemoveKeys => self.change_api_keys(ApiKeyCommand::RemoveAll, None),
            router::Action::Reset(guard) => {
                self.settings.reset(guard);
                self.save_protection()
            }
            router::Action::Copy(what) => {
                self.toasts.tell(self.t().router.protection.copied.to_owned(), None);
                clipboard::write(what)
            }
            router::Action::KeepForm => self.keep_form(),
        }
    }

    fn change_api_keys(&mut self, edit: ApiKeyCommand, made: Option<ApiKey>) -> Task<Message> {
        let now = (self.now)();
        let told = move |changed| Message::KeysChanged(changed, made.clone());
        self.ask(told, move |services| services.change_api_keys(edit, now))
    }

    pub(super) fn keys_changed(&mut self, changed: Result<SavedApiKeys, Error>, made: Option<ApiKey>) {
        match changed {
            Ok(keys) => {
                self.take_in_keys(keys);
                self.router.show_key(made);
                self.toasts.tell(self.t().router.protection.counts_now.to_owned(), None);
            }
            Err(error) => self.warn_of(Some(&error)),
        }
    }

    /// The API keys are as the store has them, whoever has changed them.
    pub(super) fn take_in_keys(&mut self, kept: SavedApiKeys) {
        for settings in [&mut self.settings, &mut self.kept_settings] {
            settings.api_key.clone_from(&kept.keys);
            settings.damaged.mend(Guard::ApiKey);
        }
        self.router.knows_uses(kept.uses);
    }

    /// A router that runs goes on as it was started.
    fn save_protection(&mut self) -> Task<Message> {
        let words = &self.t().router.protection;
        let is_running = router::is_here(&self.router_state);
        self.toasts.tell(if is_running { words.counts_later } else { words.saved }.to_owned(), None);
        self.save_settings()
    }

    pub(super) fn sample_begun(&mut self, begun: Result<SampleStarted, Error>) -> Task<Message> {
        match begun {
            Ok(begun) => {
                self.settings = begun.settings;
                self.kept_settings = self.settings.clone();
                let address = begun.router.address;
                self.router.receives(*begun.router);
                self.turn_router(RouterState::Running(address));
                self.page = Page::Router;
                let words = &self.t().welcome;
                let is_usual = address.port() == Settings::PORT;
                let words = if is_usual { words.sample_ready.to_owned() } else { (words.other_port)(address) };
                self.toasts.tell(words, None);
            }
            Err(error) => {
                self.welcome.failed();
                self.turn_router(RouterState::Stopped);
                self.warn_of(Some(&error));
            }
        }
        self.look()
    }

    /// What it was started with is kept from now on. A start that was refused leaves everything as it was.
    pub(super) fn router_started(&mut self, started: Result<OwnRouter, Error>) -> Task<Message> {
        match started {
            Ok(reception) => {
                self.turn_router(RouterState::Running(reception.address));
                let with = &reception.settings;
                self.settings.router_runs = true;
                self.settings.listen = reception.address;
                self.settings.connect_timeout_ms = with.connect_timeout_ms;
                self.settings.answer_timeout_ms = with.answer_timeout_ms;
                self.settings.most_under_way = with.most_under_way;
                self.settings.most_per_fagsystem = with.most_per_fagsystem;
                // It goes by what is kept, which another program may have changed.
                for settings in [&mut self.settings, &mut self.kept_settings] {
                    settings.protection.clone_from(&reception.protection);
                    settings.api_key.clone_from(&reception.api_key);
                }
                // The address was written here; what else was damaged another program has mended.
                let mut was_damaged = std::mem::take(&mut self.settings.damaged);
                for guard in was_damaged.clone().iter().filter(|guard| *guard != Guard::Listen) {
                    was_damaged.mend(guard);
                }
                self.kept_settings.damaged = was_damaged;
                self.router.receives(reception);
                self.save_settings()
            }
            Err(error) => {
                let state = match &error {
                    Error::Router(error) => match &**error {
                        RouterError::Store(StoreError::RouterRuns { by, .. }) => Some(RouterState::Elsewhere(*by)),
                        _ => None,
                    },
                    _ => None,
                };
                if state.is_some() {
                    self.warn_of(Some(&error));
                }
                self.turn_router(state.unwrap_or(RouterState::Failed(error)));
                Task::none()
            }
        }
    }

    /// How it is with this window's router while it does not run and no other does.
    pub(super) fn router_at_rest(&self) -> RouterState {
        if self.settings.damaged.is_empty() {
            return RouterState::Stopped;
        }
        RouterState::Failed(StoreError::Guards(self.settings.damaged.clone()).into())
    }

    /// The window's router has begun or ended something.
    pub(super) fn turn_router(&mut self, state: RouterState) {
        self.router_state = state;
        self.router_turn += 1;
    }

    /// Takes in whether a router runs on the data, as long as this window's does not.
    pub(super) fn see_router(&mut self, seen: Option<RouterNow>) {
        let is_at_rest = matches!(self.router_state, RouterState::Stopped | RouterState::Failed(_));
        let is_of_others = matches!(self.router_state, RouterState::Elsewhere(_) | RouterState::Unknown);
        match seen {
            _ if !is_at_rest && !is_of_others => {}
            Some(RouterNow::Runs(by)) => self.router_state = RouterState::Elsewhere(by),
            Some(RouterNow::Nobody) if is_of_others => self.router_state = self.router_at_rest(),
            Some(RouterNow::Nobody) => {}
            None => self.router_state = RouterState::Unknown,
        }
    }

    /// Nothing that was written is lost by closing, unless one insists.
    pub(super) fn close(&mut self, window: iced_window::Id) -> Task<Message> {
        let is_written = self.is_writing() || self.router.is_changed();
        if is_written && !std::mem::replace(&mut self.refused_to_close, true) {
            return self.keep_form();
        }
        // Asked once more, it does not wait for the store either.
        if is_written || self.closing.replace(window).is_some() { self.end(window) } else { self.go_on_closing() }
    }

    /// Closes once the store has the draft as it is.
    pub(super) fn go_on_closing(&mut self) -> Task<Message> {
        let is_kept = self.bench.as_ref().is_none_or(Workbench::is_saved);
        match self.closing.filter(|_| is_kept) {
            Some(window) => self.end(window),
            None => Task::none(),
        }
    }

    /// What runs comes to its end before the window closes.
    pub(super) fn end(&mut self, window: iced_window::Id) -> Task<Message> {
        let Ok(services) = self.services.clone() else { return iced_window::close(window) };
        self.turn_router(RouterState::Stopping);
        let (before, settings) = (self.kept_settings.clone(), self.settings.clone());
        let preferences = self.keep_preferences();
        let ending = async move {
            // A window that cannot keep its size closes all the same.
            let _ = preferences.await;
            let _ = Arc::clone(&services).save_settings(before, settings).await;
            services.shut_down().await;
        };
        Task::perform(ending, move |()| Message::Ended(window))
    }

    pub(super) fn start_router(&mut self, settings: Settings) -> Task<Message> {
        self.turn_router(RouterState::Starting);
        self.ask(Message::RouterStarted, move |services| services.start_router(settings))
    }
}
