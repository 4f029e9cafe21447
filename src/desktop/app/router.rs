//! What runs besides the window: the first start, the router, and the end of it all.

use std::path::Path;
use std::sync::Arc;

use iced::Task;
use iced::window as iced_window;

use super::message::Message;
use super::state::Desktop;
use crate::desktop::model::error::Error;
use crate::desktop::model::page::Page;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::model::workbench::Workbench;
use crate::desktop::screen::fagsystems::{self, SecretMessage};
use crate::desktop::service::{ApiKeyCommand, SavedApiKeys};
use crate::desktop::service::{OwnRouter, SampleStarted, Services};
use crate::router::RouterError;
use crate::rules::{KlePlan, RuleBook};
use crate::secrets::SecretsLocation;
use crate::store::{ApiKey, Guard, RouterNow, RouterSettings, StoreError};
use crate::training::SampleLetter;

impl Desktop {
    pub(super) fn start_sample(&mut self) -> Task<Message> {
        self.turn_router(RouterState::Starting);
        let imprint = self.shared.imprint(self.shared.t().welcome.sample_ready.to_owned());
        let (settings, window) = (self.shared.settings.clone(), self.shared.window_settings);
        self.shared.serve(move |services| services.start_sample(imprint, settings, window), Message::SampleBegun)
    }

    /// Publishes the very first rules.
    pub(super) fn publish_first(&mut self, book: RuleBook, name: &str, kle: Option<Arc<KlePlan>>) -> Task<Message> {
        let imprint = self.shared.imprint((self.shared.t().welcome.made)(name));
        let kle = kle.map_or_else(Task::none, |plan| self.save_kle_plan(Some(plan)));
        let publishing =
            self.shared.serve(move |services| services.publish_first(book, imprint), Message::FirstPublished);
        Task::batch([kle, publishing])
    }

    pub(super) fn stop_router(&mut self) -> Task<Message> {
        self.shared.window_settings.router_runs = false;
        self.turn_router(RouterState::Stopping);
        let stopping = self.shared.serve(Services::stop_router, |()| Message::RouterStopped);
        Task::batch([self.save_settings(), stopping])
    }

    /// Sends sample messages to a router that runs and lets this window in.
    pub(super) fn send(&mut self, letters: Vec<SampleLetter>) -> Task<Message> {
        match self.shared.router_state.practised_with(&self.shared.settings) {
            Some(address) => {
                let settings = RouterSettings { listen: address, ..self.shared.settings.clone() };
                self.shared.serve(move |services| services.send(letters, settings), Message::LettersSent)
            }
            None => Task::none(),
        }
    }

    /// The window's router and its settings have gone over to the new home already.
    pub(super) fn secrets_moved(&mut self, moved: Result<SecretsLocation, Error>) -> Task<Message> {
        if let Ok(home) = &moved {
            for settings in [&mut self.shared.settings, &mut self.shared.kept_settings] {
                settings.secrets = home.file().map(Path::to_owned);
                settings.damaged.mend(Guard::Secrets);
            }
            self.toasts.tell((self.shared.t().access.moved)(home), None);
        }
        self.update_screen(fagsystems::Message::Secret(SecretMessage::Moved(moved.err())).into())
    }

    pub(super) fn first_published(&mut self, published: Result<(), Error>) -> Task<Message> {
        if let Err(error) = published {
            self.welcome.failed();
            self.warn_of(Some(&error));
        }
        self.look()
    }

    /// Makes an API key count.
    pub(super) fn add_key(&mut self, key: ApiKey, name: Option<String>) -> Task<Message> {
        self.change_keys(ApiKeyCommand::Add(key.clone(), name), Some(key))
    }

    pub(super) fn revoke_key(&mut self, id: String) -> Task<Message> {
        self.change_keys(ApiKeyCommand::Revoke(id), None)
    }

    pub(super) fn remove_keys(&mut self) -> Task<Message> {
        self.change_keys(ApiKeyCommand::RemoveAll, None)
    }

    fn change_keys(&mut self, command: ApiKeyCommand, made: Option<ApiKey>) -> Task<Message> {
        let now = (self.shared.now)();
        self.shared.serve(
            move |services| services.change_api_keys(command, now),
            move |changed| Message::KeysChanged(changed, made.clone()),
        )
    }

    pub(super) fn keys_changed(&mut self, changed: Result<SavedApiKeys, Error>, made: Option<ApiKey>) {
        match changed {
            Ok(keys) => {
                self.take_in_keys(keys);
                self.screens.router.show_key(made);
                self.toasts.tell(self.shared.t().router.protection.counts_now.to_owned(), None);
            }
            Err(error) => self.warn_of(Some(&error)),
        }
    }

    /// The API keys are as the store has them, whoever has changed them.
    pub(super) fn take_in_keys(&mut self, kept: SavedApiKeys) {
        for settings in [&mut self.shared.settings, &mut self.shared.kept_settings] {
            settings.api_key.clone_from(&kept.keys);
            settings.damaged.mend(Guard::ApiKey);
        }
        self.screens.router.knows_uses(kept.uses);
    }

    /// A router that runs goes on as it was started.
    pub(super) fn save_protection(&mut self) -> Task<Message> {
        let words = &self.shared.t().router.protection;
        let is_running = self.shared.router_state.is_here();
        self.toasts.tell(if is_running { words.counts_later } else { words.saved }.to_owned(), None);
        self.save_settings()
    }

    pub(super) fn sample_begun(&mut self, begun: Result<SampleStarted, Error>) -> Task<Message> {
        match begun {
            Ok(begun) => {
                self.shared.settings = begun.settings;
                self.shared.kept_settings = self.shared.settings.clone();
                self.shared.window_settings = begun.window_settings;
                self.shared.kept_window_settings = self.shared.window_settings;
                let address = begun.router.address;
                self.screens.router.receives(*begun.router);
                self.turn_router(RouterState::Running(address));
                self.shared.page = Page::Router;
                let words = &self.shared.t().welcome;
                let is_usual = address.port() == RouterSettings::PORT;
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
                self.shared.window_settings.router_runs = true;
                self.shared.settings.listen = reception.address;
                self.shared.settings.connect_timeout_ms = with.connect_timeout_ms;
                self.shared.settings.answer_timeout_ms = with.answer_timeout_ms;
                self.shared.settings.most_under_way = with.most_under_way;
                self.shared.settings.most_per_fagsystem = with.most_per_fagsystem;
                // It goes by what is kept, which another program may have changed.
                for settings in [&mut self.shared.settings, &mut self.shared.kept_settings] {
                    settings.protection.clone_from(&reception.protection);
                    settings.api_key.clone_from(&reception.api_key);
                }
                // The address was written here; what else was damaged another program has mended.
                let mut was_damaged = std::mem::take(&mut self.shared.settings.damaged);
                for guard in was_damaged.clone().iter().filter(|guard| *guard != Guard::Listen) {
                    was_damaged.mend(guard);
                }
                self.shared.kept_settings.damaged = was_damaged;
                self.screens.router.receives(reception);
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
        if self.shared.settings.damaged.is_empty() {
            return RouterState::Stopped;
        }
        RouterState::Failed(StoreError::Guards(self.shared.settings.damaged.clone()).into())
    }

    /// The window's router has begun or ended something.
    pub(super) fn turn_router(&mut self, state: RouterState) {
        self.shared.router_state = state;
        self.router_turn += 1;
    }

    /// Takes in whether a router runs on the data, as long as this window's does not.
    pub(super) fn see_router(&mut self, seen: Option<RouterNow>) {
        let is_at_rest = matches!(self.shared.router_state, RouterState::Stopped | RouterState::Failed(_));
        let is_of_others = matches!(self.shared.router_state, RouterState::Elsewhere(_) | RouterState::Unknown);
        match seen {
            _ if !is_at_rest && !is_of_others => {}
            Some(RouterNow::Runs(by)) => self.shared.router_state = RouterState::Elsewhere(by),
            Some(RouterNow::Nobody) if is_of_others => self.shared.router_state = self.router_at_rest(),
            Some(RouterNow::Nobody) => {}
            None => self.shared.router_state = RouterState::Unknown,
        }
    }

    /// Nothing that was written is lost by closing, unless one insists.
    pub(super) fn close(&mut self, window: iced_window::Id) -> Task<Message> {
        let is_written = self.is_writing() || self.screens.of(Page::Router).is_changed();
        if is_written && !std::mem::replace(&mut self.refused_to_close, true) {
            return self.keep_form();
        }
        // Asked once more, it does not wait for the store either.
        if is_written || self.closing.replace(window).is_some() { self.end(window) } else { self.go_on_closing() }
    }

    /// Closes once the store has the draft as it is.
    pub(super) fn go_on_closing(&mut self) -> Task<Message> {
        let is_kept = self.shared.bench.as_ref().is_none_or(Workbench::is_saved);
        match self.closing.filter(|_| is_kept) {
            Some(window) => self.end(window),
            None => Task::none(),
        }
    }

    /// What runs comes to its end before the window closes.
    pub(super) fn end(&mut self, window: iced_window::Id) -> Task<Message> {
        let Ok(services) = self.shared.services.clone() else { return iced_window::close(window) };
        self.turn_router(RouterState::Stopping);
        let (before, settings) = (self.shared.kept_settings.clone(), self.shared.settings.clone());
        let (window_before, window_settings) = (self.shared.kept_window_settings, self.shared.window_settings);
        let preferences = self.keep_preferences();
        let ending = async move {
            // A window that cannot keep its size closes all the same.
            let _ = preferences.await;
            let _ = Arc::clone(&services).save_settings(before, settings).await;
            let _ = Arc::clone(&services).save_window_settings(window_before, window_settings).await;
            services.shut_down().await;
        };
        Task::perform(ending, move |()| Message::Ended(window))
    }

    pub(super) fn start_router(&mut self, settings: RouterSettings) -> Task<Message> {
        self.turn_router(RouterState::Starting);
        self.shared.serve(move |services| services.start_router(settings), Message::RouterStarted)
    }
}
