//! The window's own router: starting and stopping it, its API keys and protection, and its state as the window shows it.

use std::path::Path;
use std::time::Instant;

use iced::Task;

use super::message::Message;
use super::state::Desktop;
use crate::desktop::model::error::Error;
use crate::desktop::model::router_state::RouterState;
use crate::desktop::model::routers::Routers;
use crate::desktop::screen::fagsystems::{self, SecretMessage};
use crate::desktop::service::{ApiKeyCommand, OwnRouter, SavedApiKeys, Services};
use crate::router::RouterError;
use crate::secrets::SecretsLocation;
use crate::store::{ApiKey, Guard, RouterNow, RouterSettings, SharingRouter, StoreError};
use crate::training::SampleLetter;

impl Desktop {
    pub(super) fn stop_router(&mut self) -> Task<Message> {
        self.shared.window_settings.router_runs = false;
        self.set_router_state(RouterState::Stopping);
        let stopping = self.shared.serve(Services::stop_router, |()| Message::RouterStopped);
        Task::batch([self.save_settings(), stopping])
    }

    /// Sends sample messages to the router, if one runs that accepts messages from this window.
    pub(super) fn send_samples(&mut self, letters: Vec<SampleLetter>) -> Task<Message> {
        match self.shared.router_state.practised_with(&self.shared.settings) {
            Some(address) => {
                let settings = RouterSettings { listen: address, ..self.shared.settings.clone() };
                self.shared.serve(move |services| services.send(letters, settings), Message::SamplesSent)
            }
            None => Task::none(),
        }
    }

    /// Shows that secrets were moved; the router and the stored settings use the new location already.
    pub(super) fn secrets_moved(&mut self, moved: Result<SecretsLocation, Error>) -> Task<Message> {
        if let Ok(home) = &moved {
            for settings in [&mut self.shared.settings, &mut self.shared.saved_settings] {
                settings.secrets = home.file().map(Path::to_owned);
                settings.damaged.mend(Guard::Secrets);
            }
            // In training the program itself has put them in a file, and nobody waits for them.
            if !self.shared.is_training() {
                self.toasts.notify((self.shared.t().access.moved)(home), None);
            }
        }
        self.update_screen(fagsystems::Message::Secret(SecretMessage::Moved(moved.err())).into())
    }

    pub(super) fn add_api_key(&mut self, key: ApiKey, name: Option<String>) -> Task<Message> {
        self.change_api_keys(ApiKeyCommand::Add(key.clone(), name), Some(key))
    }

    pub(super) fn revoke_api_key(&mut self, id: String) -> Task<Message> {
        self.change_api_keys(ApiKeyCommand::Revoke(id), None)
    }

    pub(super) fn remove_api_keys(&mut self) -> Task<Message> {
        self.change_api_keys(ApiKeyCommand::RemoveAll, None)
    }

    fn change_api_keys(&mut self, command: ApiKeyCommand, made: Option<ApiKey>) -> Task<Message> {
        let now = (self.shared.now)();
        self.shared.serve(
            move |services| services.change_api_keys(command, now),
            move |changed| Message::ApiKeysChanged(changed, made.clone()),
        )
    }

    pub(super) fn api_keys_changed(&mut self, changed: Result<SavedApiKeys, Error>, made: Option<ApiKey>) {
        match changed {
            Ok(keys) => {
                self.apply_saved_keys(keys);
                self.screens.router.show_key(made);
                self.toasts.notify(self.shared.t().router.protection.counts_now.to_owned(), None);
            }
            Err(error) => self.show_error(&error),
        }
    }

    /// Uses the API keys that the store has, whoever has changed them.
    pub(super) fn apply_saved_keys(&mut self, saved: SavedApiKeys) {
        for settings in [&mut self.shared.settings, &mut self.shared.saved_settings] {
            settings.api_key.clone_from(&saved.keys);
            settings.damaged.mend(Guard::ApiKey);
        }
        self.screens.router.set_key_uses(saved.uses);
    }

    /// Saves the protection. It takes effect when the router is started next.
    pub(super) fn save_protection(&mut self) -> Task<Message> {
        let words = &self.shared.t().router.protection;
        let is_running = self.shared.router_state.is_here();
        self.toasts.notify(if is_running { words.counts_later } else { words.saved }.to_owned(), None);
        self.save_settings()
    }

    /// Saves the settings that the router was started with. When it could not be started, they stay as they were.
    pub(super) fn router_started(&mut self, started: Result<OwnRouter, Error>) -> Task<Message> {
        match started {
            Ok(router) => {
                self.set_router_state(RouterState::Running(router.address));
                let with = &router.settings;
                self.shared.window_settings.router_runs = true;
                self.shared.settings.listen = router.address;
                self.shared.settings.connect_timeout_ms = with.connect_timeout_ms;
                self.shared.settings.answer_timeout_ms = with.answer_timeout_ms;
                self.shared.settings.most_under_way = with.most_under_way;
                self.shared.settings.most_per_fagsystem = with.most_per_fagsystem;
                // The router uses the stored protection, which another program may have changed.
                for settings in [&mut self.shared.settings, &mut self.shared.saved_settings] {
                    settings.protection.clone_from(&router.protection);
                    settings.api_key.clone_from(&router.api_key);
                }
                // The window saves the address below; any other damaged setting was repaired by another program, or the router
                // would not have started.
                let mut was_damaged = std::mem::take(&mut self.shared.settings.damaged);
                for guard in was_damaged.clone().iter().filter(|guard| *guard != Guard::Listen) {
                    was_damaged.mend(guard);
                }
                self.shared.saved_settings.damaged = was_damaged;
                self.screens.router.set_own_router(router);
                self.save_settings()
            }
            Err(error) => {
                let elsewhere = runs_elsewhere(&error);
                if elsewhere.is_some() {
                    self.show_error(&error);
                }
                self.set_router_state(elsewhere.unwrap_or(RouterState::Failed(error)));
                Task::none()
            }
        }
    }

    /// The state of the window's router while no router runs: stopped, or kept from starting by damaged settings.
    pub(super) fn idle_router_state(&self) -> RouterState {
        if self.shared.settings.damaged.is_empty() {
            return self.stopped_router_state();
        }
        RouterState::Failed(StoreError::Guards(self.shared.settings.damaged.clone()).into())
    }

    /// That no router runs on the data directory, and whether others do that share the database.
    pub(super) fn stopped_router_state(&self) -> RouterState {
        match self.shared.routers.as_ref().map_or(0, Routers::others_running) {
            0 => RouterState::Stopped,
            others => RouterState::OnServer(others),
        }
    }

    /// Takes over how the routers are that share the database; `None`: that is unknown.
    pub(super) fn see_routers(&mut self, seen: Option<Vec<SharingRouter>>) {
        if let Some(routers) = &mut self.shared.routers {
            routers.see(seen);
        }
        self.compare_routers();
    }

    /// Compares what the routers that share the database follow with the newest publication.
    pub(super) fn compare_routers(&mut self) {
        let newest = self.shared.publication_number();
        if let Some(routers) = &mut self.shared.routers {
            routers.compare(newest, Instant::now());
        }
    }

    /// Changes the state of the window's router. Polls that began earlier are too old to tell of it.
    pub(super) fn set_router_state(&mut self, state: RouterState) {
        self.shared.router_state = state;
        self.router_generation += 1;
    }

    /// Uses what was seen in the store of other routers, unless the window's own is running.
    pub(super) fn update_router_state(&mut self, found: Option<RouterNow>) {
        let is_stopped = matches!(self.shared.router_state, RouterState::Stopped | RouterState::OnServer(_));
        let is_at_rest = is_stopped || matches!(self.shared.router_state, RouterState::Failed(_));
        let is_of_others = matches!(self.shared.router_state, RouterState::Elsewhere(_) | RouterState::Unknown);
        match found {
            _ if !is_at_rest && !is_of_others => {}
            Some(RouterNow::Runs(by)) => self.shared.router_state = RouterState::Elsewhere(by),
            Some(RouterNow::Nobody) if is_of_others => self.shared.router_state = self.idle_router_state(),
            Some(RouterNow::Nobody) if is_stopped => self.shared.router_state = self.stopped_router_state(),
            Some(RouterNow::Nobody) => {}
            None => self.shared.router_state = RouterState::Unknown,
        }
    }

    pub(super) fn start_router(&mut self, settings: RouterSettings) -> Task<Message> {
        self.set_router_state(RouterState::Starting);
        self.shared.serve(move |services| services.start_router(settings), Message::RouterStarted)
    }
}

/// The state to show when the router was not started because another program runs one on the same data.
fn runs_elsewhere(error: &Error) -> Option<RouterState> {
    match error {
        Error::Router(error) => match &**error {
            RouterError::Store(StoreError::RouterRuns { by, .. }) => Some(RouterState::Elsewhere(*by)),
            _ => None,
        },
        _ => None,
    }
}
