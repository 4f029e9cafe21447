use std::fs::File;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex as BlockingMutex};

use serde_json::{Map, Value};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::clipboard::PictureClipboard;
use super::driven_traffic::Driven;
use super::explainer::Explainer;
use super::hit_counter::HitCounter;
use super::next_moment::NextMoment;
use super::shown_files::ShownFiles;
use crate::desktop::model::error::Error;
use crate::policy::Listening;
use crate::router::Router;
use crate::secrets::{Secrets, SecretsLocation};
use crate::store::{DataPlace, Program, RouterSettings, Store, Upgrade, WindowSettings};
use crate::training::PracticeRoom;

/// Everything that the window holds open on a data directory: the database, the secrets, and the router and practice
/// fagsystems that this window runs.
#[derive(Debug)]
pub struct Services {
    pub(super) store: Store,
    /// How often training had begun on these data when they were opened; `None` where they are real.
    pub(super) training: Option<i64>,
    pub(super) secrets: Arc<Secrets>,
    /// Held while secrets move, so that settings which were read before do not bring back the old place.
    pub(super) moving_secrets: BlockingMutex<()>,
    pub(super) router: Mutex<Option<Router>>,
    /// Locked only for a moment.
    pub(super) practice: BlockingMutex<Option<PracticeRoom>>,
    /// Held while this window runs the practice fagsystems of these data.
    pub(super) practice_claim: BlockingMutex<Option<File>>,
    pub(super) traffic: Driven,
    pub(super) hits: HitCounter,
    pub(super) explainer: Explainer,
    /// The number of the newest search among the messages: older searches are abandoned.
    pub(super) newest_search: AtomicU64,
    pub(super) clipboard: PictureClipboard,
    /// What is open in a viewer, to be printed from there.
    pub(super) shown: ShownFiles,
    pub(super) next_moment: NextMoment,
}

impl Services {
    /// Opens the data directory, and creates the database where there is none. A router on it listens there alone.
    pub fn open(data: &DataPlace, listening: Listening) -> Result<Self, Error> {
        let store = data.open()?.run_by(Program::Window).under(listening);
        for notice in store.notices() {
            tracing::warn!("{notice}");
        }
        let training = store.training_beginnings()?;
        let secrets = Secrets::at(SecretsLocation::of(store.settings()?.secrets));
        Ok(Self {
            store,
            training,
            secrets: Arc::new(secrets),
            moving_secrets: BlockingMutex::default(),
            router: Mutex::new(None),
            practice: BlockingMutex::default(),
            practice_claim: BlockingMutex::default(),
            traffic: Driven::default(),
            hits: HitCounter::default(),
            explainer: Explainer::default(),
            newest_search: AtomicU64::new(0),
            clipboard: PictureClipboard::default(),
            shown: ShownFiles::default(),
            next_moment: NextMoment::default(),
        })
    }

    /// The data directory.
    pub fn data(&self) -> &Path {
        self.store.path().parent().unwrap_or(Path::new("."))
    }

    /// Where the data are, to open them again.
    pub fn place(&self) -> DataPlace {
        DataPlace { directory: self.data().to_owned(), server: self.store.server().cloned() }
    }

    /// What was done when the database was opened, if it was an older one.
    pub fn upgrade(&self) -> Option<&Upgrade> {
        self.store.upgrade()
    }

    /// Whether nothing is known to have been published.
    pub fn is_unpublished(&self) -> bool {
        matches!(self.store.newest_publication_number(), Ok(None))
    }

    /// The settings that all programs on the data directory share.
    pub fn settings(&self) -> Result<RouterSettings, Error> {
        Ok(self.store.settings()?)
    }

    pub fn window_settings(&self) -> Result<WindowSettings, Error> {
        Ok(self.store.window_settings()?)
    }

    /// Writes the settings that differ between the two, and leaves the others as another program may have changed them.
    pub async fn save_settings(self: Arc<Self>, before: RouterSettings, settings: RouterSettings) -> Result<(), Error> {
        self.with_store(move |store| Ok(store.save_changed_settings(&before, &settings)?)).await
    }

    /// Keeps what windows remember where it is other than before.
    pub async fn save_window_settings(
        self: Arc<Self>,
        before: WindowSettings,
        settings: WindowSettings,
    ) -> Result<(), Error> {
        self.with_store(move |store| Ok(store.save_changed_window_settings(before, settings)?)).await
    }

    /// What earlier versions stored in the shared data of what now is each person's own.
    pub fn former_preferences(&self) -> Result<Map<String, Value>, Error> {
        Ok(self.store.former_preferences()?)
    }

    /// Runs work on the database on a thread where it may block.
    pub(super) async fn with_store<T: Send + 'static>(
        self: Arc<Self>,
        work: impl FnOnce(&Store) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        spawn_blocking(move || work(&self.store)).await.unwrap_or(Err(Error::Lost))
    }
}
