//! The support file: gathered, shown and saved.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::files::{documents, free_path};
use super::services::Services;
use crate::desktop::model::error::Error;
use crate::exchange::write_privately;
use crate::router::{Hindrance, find_hindrances};
use crate::support_file::{SupportFile, SupportSource, SupportWindow};

/// A keyring that waits for somebody to unlock it is not waited for.
const LOOKING_TIMEOUT: Duration = Duration::from_secs(5);

/// Where a support file is made from.
#[derive(Debug, Clone)]
pub struct SupportRequest {
    /// The data directory.
    pub data: PathBuf,
    /// What is open on it, or why it could not be opened.
    pub services: Result<Arc<Services>, Error>,
    pub window: SupportWindow,
    pub now: Timestamp,
}

impl Services {
    /// Gathers what a support file says, whether or not the database could be opened.
    pub async fn gather_support(request: SupportRequest) -> Result<SupportFile, Error> {
        let hindrances = match &request.services {
            Ok(services) => Arc::clone(services).looked_for(request.now).await,
            Err(_) => None,
        };
        let gather = move || {
            let store = match &request.services {
                Ok(services) => Some(Ok(&services.store)),
                Err(Error::Store(error)) => Some(Err(&**error)),
                Err(_) => None,
            };
            let notices = request.services.as_ref().map_or(0, |services| services.store.notices().len());
            let (data, window) = (request.data.as_path(), Some(request.window));
            let source = SupportSource { data, store, hindrances: hindrances.as_deref(), notices, window };
            SupportFile::gather(&source, request.now)
        };
        spawn_blocking(gather).await.map_err(|_| Error::Lost)
    }

    /// What will not work, now or soon; `None` where it cannot be found out in time.
    async fn looked_for(self: Arc<Self>, now: Timestamp) -> Option<Vec<Hindrance>> {
        let read = Arc::clone(&self).with_store(|store| Ok((store.settings()?, store.newest_publication()?)));
        let (settings, publication) = read.await.ok()?;
        let book = publication?.book;
        timeout(LOOKING_TIMEOUT, find_hindrances(&settings, self.data(), &book, &self.secrets, now)).await.ok()
    }

    /// Writes a support file for its owner alone, whole or not at all, and returns its path.
    pub async fn save_support(file: SupportFile, path: PathBuf) -> Result<PathBuf, Error> {
        spawn_blocking(move || save(&file, path)).await.unwrap_or(Err(Error::Lost))
    }

    /// Writes a support file among the person's documents, where it replaces nothing, and returns its path.
    pub async fn save_support_among_documents(file: SupportFile) -> Result<PathBuf, Error> {
        let save = move || {
            let (name, ending) = SupportFile::NAME.rsplit_once('.').unwrap_or((SupportFile::NAME, "zip"));
            save(&file, free_path(documents(), name, ending))
        };
        spawn_blocking(save).await.unwrap_or(Err(Error::Lost))
    }
}

fn save(file: &SupportFile, path: PathBuf) -> Result<PathBuf, Error> {
    write_privately(&path, &file.to_zip().map_err(|_| Error::Lost)?)?;
    Ok(path)
}
