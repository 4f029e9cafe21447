//! Reads and writes the file with what a person has chosen for themselves. It is JSON in the person's own configuration
//! directory, on Windows the one that stays on the machine, and may be read and written by nobody else.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use directories::ProjectDirs;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::desktop::model::preferences::{Preferences, PreferencesError};
use crate::policy::Policy;
use crate::private_files;
use crate::private_files::Lock;
use crate::store::Imprint;

const FILE_NAME: &str = "window.json";
/// A larger file was not written by this program.
const MAX_BYTES: u64 = 1024 * 1024;
/// How long to wait for another window of the same person to finish writing the file.
const LOCK_TIMEOUT: Duration = Duration::from_secs(2);

/// The person at the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The name that publications are signed with.
    pub name: String,
    /// The file with the person's preferences; `None`: they are forgotten when the window closes.
    pub preferences: Option<PathBuf>,
    /// What an administrator has decided for them.
    pub policy: Arc<Policy>,
}

impl User {
    /// The user of the operating system who runs the program, with a file in their configuration directory, where they
    /// have one.
    #[must_use]
    pub fn of_system() -> Self {
        let directories = ProjectDirs::from("dk", "", "Postfordeler");
        let preferences = directories.map(|directories| directories.config_local_dir().join(FILE_NAME));
        Self { name: Imprint::user(), preferences, policy: Arc::default() }
    }

    /// The same person, for whom an administrator has decided that.
    #[must_use]
    pub fn under(self, policy: Policy) -> Self {
        Self { policy: Arc::new(policy), ..self }
    }
}

impl From<String> for User {
    fn from(name: String) -> Self {
        Self { name, preferences: None, policy: Arc::default() }
    }
}

/// Reads the file at that path. Where there is none, it is written once from what earlier versions stored in the shared
/// data: `former` holds that, or is `None` where it is not known.
pub fn read_preferences(path: &Path, former: Option<&Map<String, Value>>) -> (Preferences, Option<PreferencesError>) {
    match read(path) {
        Ok(Some(preferences)) => (preferences, None),
        Err(error) => (Preferences::default(), Some(error)),
        Ok(None) => match former {
            None => (Preferences::default(), None),
            Some(former) => {
                let preferences = Preferences::from_fields(former);
                if let Err(error) = save_preferences(path, &Preferences::default(), &preferences) {
                    // Nobody has to act on it yet: the next choice tries again, and reports its own error.
                    tracing::warn!(%error, "what the user prefers cannot be kept");
                }
                (preferences, None)
            }
        },
    }
}

/// Writes what differs between the two. What another window has written meanwhile stays. A file that cannot be read is
/// renamed, and a new one begun.
pub fn save_preferences(path: &Path, before: &Preferences, after: &Preferences) -> Result<(), PreferencesError> {
    let failed = |error: io::Error| PreferencesError::Unwritable { path: path.to_owned(), reason: error.to_string() };
    if let Some(directory) = path.parent() {
        private_files::create_directory(directory).map_err(failed)?;
    }
    let _lock = Lock::beside(path, LOCK_TIMEOUT).map_err(failed)?;
    let stored = if let Ok(stored) = read(path) {
        stored.unwrap_or_default()
    } else {
        fs::rename(path, path.with_extension("damaged.json")).map_err(failed)?;
        Preferences::default()
    };
    let bytes = serde_json::to_vec_pretty(&stored.with_changes(before, after)).map_err(|error| failed(error.into()))?;
    let unfinished = path.with_extension(format!("{}.new", Uuid::new_v4().simple()));
    let moved = private_files::write_new(&unfinished, &bytes).and_then(|()| fs::rename(&unfinished, path));
    if moved.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    moved.map_err(failed)
}

/// What the file holds; `None` where there is none.
fn read(path: &Path) -> Result<Option<Preferences>, PreferencesError> {
    let failed = |reason: String| PreferencesError::Unreadable { path: path.to_owned(), reason };
    match private_files::open_to_read(path) {
        Ok(Some(file)) => {
            let mut bytes = Vec::new();
            file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(|error| failed(error.to_string()))?;
            let fields = serde_json::from_slice(&bytes).map_err(|error| failed(error.to_string()))?;
            Ok(Some(Preferences::from_fields(&fields)))
        }
        Ok(None) if fs::symlink_metadata(path).is_ok() => Err(failed("it is no plain file".to_owned())),
        Ok(None) => Ok(None),
        Err(error) => Err(failed(error.to_string())),
    }
}
