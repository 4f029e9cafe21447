//! Training: a data set of its own, with the sample municipality, its practice fagsystems and a router that reaches no other
//! machine.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::practice::PRACTICE_PORT;
use super::router::OwnRouter;
use super::services::Services;
use crate::desktop::model::error::Error;
use crate::store::{Imprint, RouterSettings, Store, TRAINING_DIRECTORY, WindowSettings};
use crate::training::{PastMail, sample_book};

/// The usual port of the router in training, so that it can run beside real data.
const ROUTER_PORT: u16 = 8616;
/// How long before the beginning the sample municipality's rules were published.
const PUBLISHED_BEFORE: SignedDuration = SignedDuration::from_hours(60 * 24);
/// A room sees the same past.
const SEED: u64 = 1;
/// The file in the data directory that holds secrets in training: those of the keyring belong to real systems.
const SECRETS_FILE: &str = "secrets.json";

/// What training was begun with.
#[derive(Debug, Clone)]
pub struct TrainingBegun {
    /// Its router, which runs.
    pub router: OwnRouter,
    /// The settings of its router.
    pub settings: RouterSettings,
    /// What windows remember of it.
    pub window_settings: WindowSettings,
}

impl Services {
    /// Whether these data are for training.
    pub fn is_training(&self) -> bool {
        self.training.is_some()
    }

    /// Where the training data of this data directory are. Creates them where there are none.
    pub async fn training_directory(self: Arc<Self>) -> Result<PathBuf, Error> {
        self.with_store(|store| {
            let directory = store.path().parent().unwrap_or(Path::new(".")).join(TRAINING_DIRECTORY);
            Store::open(&directory)?.dedicate_to_training()?;
            Ok(directory)
        })
        .await
    }

    /// Opens training in a window of its own.
    pub async fn open_training_window(self: Arc<Self>) -> Result<(), Error> {
        let directory = self.training_directory().await?;
        let failed = |error: std::io::Error| Error::NoTrainingWindow(error.to_string());
        let mut program = Command::new(std::env::current_exe().map_err(failed)?);
        program.arg("training").arg("--data").arg(directory);
        let mut child = program.stdin(Stdio::null()).spawn().map_err(failed)?;
        // Somebody has to hear that it has ended, or the system keeps its number for as long as this window is open.
        std::thread::spawn(move || child.wait());
        Ok(())
    }

    /// Puts the sample municipality in force, and starts its practice fagsystems and a router. Where other programs use the
    /// usual ports, they take free ones.
    pub async fn begin_training(self: Arc<Self>, imprint: Imprint) -> Result<TrainingBegun, Error> {
        let usual = |port: u16| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let practice = match Arc::clone(&self).start_practice(usual(PRACTICE_PORT)).await {
            Ok(address) => address,
            Err(_) => Arc::clone(&self).start_practice(usual(0)).await?,
        };
        // It was published before its mail came.
        let now = imprint.at;
        let published_at = now.checked_sub(PUBLISHED_BEFORE).unwrap_or(Timestamp::UNIX_EPOCH);
        Arc::clone(&self).publish_first(sample_book(practice), Imprint { at: published_at, ..imprint }).await?;
        let enter = move |store: &Store| Ok(PastMail::make(store, SEED, now)?.enter(store)?);
        Arc::clone(&self).with_store(enter).await?;
        let (before, window_before) = (self.settings()?, self.window_settings()?);
        let secrets = Some(self.data().join(SECRETS_FILE));
        let mut settings = RouterSettings { listen: usual(ROUTER_PORT), secrets, ..before.clone() };
        Arc::clone(&self).save_settings(before.clone(), settings.clone()).await?;
        let router = if let Ok(router) = Arc::clone(&self).start_router(settings.clone()).await {
            router
        } else {
            settings.listen = usual(0);
            Arc::clone(&self).start_router(settings.clone()).await?
        };
        settings.listen = router.address;
        let window_settings = WindowSettings { practice: Some(practice), router_runs: true, ..window_before };
        Arc::clone(&self).save_settings(before, settings.clone()).await?;
        self.save_window_settings(window_before, window_settings).await?;
        Ok(TrainingBegun { router, settings, window_settings })
    }

    /// Stops what runs and empties the training data, so that training begins anew when they are opened next.
    pub async fn reset_training(self: Arc<Self>) -> Result<(), Error> {
        Arc::clone(&self).shut_down().await;
        self.with_store(|store| Ok(store.begin_training_anew()?)).await
    }
}
