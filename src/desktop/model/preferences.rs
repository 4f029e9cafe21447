//! What belongs to the person at the window, and not to the data that several people share: it is kept in a file in the
//! person's own configuration directory, whichever data directory they open.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use directories::ProjectDirs;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::language::LanguageChoice;
use crate::private_files;
use crate::private_files::Lock;
use crate::store::Imprint;

const FILE_NAME: &str = "window.json";
/// What is larger is no file of ours.
const MOST_BYTES: u64 = 1024 * 1024;
/// How long to wait for another window of the same person that is keeping its own.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a person has chosen for themselves. What is absent, or cannot be read, has its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// The language of the screens. Default Danish.
    pub language: LanguageChoice,
    /// Light or dark. Default light.
    pub theme: ThemeChoice,
    /// How large everything in the window is drawn. Default 100.
    pub zoom_percent: u16,
    /// The window's width and height in logical pixels; `None` until it has been given a size.
    pub window: Option<(u32, u32)>,
    /// How each list is shown, by the list's name: column widths, filters. What it means is the list's own affair.
    /// Default empty.
    pub views: BTreeMap<String, Value>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: LanguageChoice::default(),
            theme: ThemeChoice::default(),
            zoom_percent: 100,
            window: None,
            views: BTreeMap::new(),
        }
    }
}

/// How the window looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

impl ThemeChoice {
    pub(in crate::desktop) fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }
}

/// Who sits at the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Who publishes.
    pub name: String,
    /// The file with what they have chosen for themselves; `None`: it is forgotten when the window closes.
    pub preferences: Option<PathBuf>,
}

impl User {
    /// Who runs the program, with a file in their own configuration directory, where they have one.
    #[must_use]
    pub fn of_system() -> Self {
        let directories = ProjectDirs::from("dk", "", "Postfordeler");
        let preferences = directories.map(|directories| directories.config_dir().join(FILE_NAME));
        Self { name: Imprint::user(), preferences }
    }
}

impl From<String> for User {
    fn from(name: String) -> Self {
        Self { name, preferences: None }
    }
}

/// Why a person's preferences could not be read or kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PreferencesError {
    /// The file is there and cannot be read. It is put aside when anything is chosen anew.
    #[error("{} cannot be read ({reason})", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The file cannot be written.
    #[error("{} cannot be written ({reason})", path.display())]
    NotKept {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

impl Preferences {
    /// What those fields say, each by itself.
    fn of_fields(fields: &Map<String, Value>) -> Self {
        let mut preferences = Self::default();
        for (key, value) in fields {
            let mut with_it = preferences.fields();
            with_it.insert(key.clone(), value.clone());
            if let Ok(read) = serde_json::from_value(Value::Object(with_it)) {
                preferences = read;
            }
        }
        preferences
    }

    fn fields(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        }
    }

    /// These with what is another in `after` than in `before`.
    fn changed(self, before: &Self, after: &Self) -> Self {
        let (mut fields, before_fields) = (self.fields(), before.fields());
        fields.extend(after.fields().into_iter().filter(|(key, value)| before_fields.get(key) != Some(value)));
        let mut views = self.views;
        let changed = after.views.iter().filter(|(name, view)| before.views.get(*name) != Some(*view));
        views.extend(changed.map(|(name, view)| (name.clone(), view.clone())));
        Self { views, ..Self::of_fields(&fields) }
    }

    /// What the file at that path holds. Where there is none, what earlier versions kept in the shared data is taken over,
    /// once: `former` is that, or `None` where it is not known.
    pub fn open(path: &Path, former: Option<&Map<String, Value>>) -> (Self, Option<PreferencesError>) {
        match read(path) {
            Ok(Some(preferences)) => (preferences, None),
            Err(error) => (Self::default(), Some(error)),
            Ok(None) => match former {
                None => (Self::default(), None),
                Some(former) => {
                    let preferences = Self::of_fields(former);
                    if let Err(error) = Self::default().keep(path, &preferences) {
                        // There is nothing to be done about it before something is chosen that is to be kept.
                        tracing::warn!(%error, "what the user prefers cannot be kept");
                    }
                    (preferences, None)
                }
            },
        }
    }

    /// Keeps what is another in `after` than in these; what another window has kept meanwhile stays.
    pub fn keep(&self, path: &Path, after: &Self) -> Result<(), PreferencesError> {
        let failed = |error: io::Error| PreferencesError::NotKept { path: path.to_owned(), reason: error.to_string() };
        if let Some(directory) = path.parent() {
            private_files::create_directory(directory).map_err(failed)?;
        }
        let _lock = Lock::beside(path, PATIENCE).map_err(failed)?;
        let kept = if let Ok(kept) = read(path) {
            kept.unwrap_or_default()
        } else {
            fs::rename(path, path.with_extension("damaged.json")).map_err(failed)?;
            Self::default()
        };
        let bytes = serde_json::to_vec_pretty(&kept.changed(self, after)).map_err(|error| failed(error.into()))?;
        let unfinished = path.with_extension(format!("{}.new", Uuid::new_v4().simple()));
        let moved = private_files::write_new(&unfinished, &bytes).and_then(|()| fs::rename(&unfinished, path));
        if moved.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        moved.map_err(failed)
    }
}

/// What the file holds; `None` where there is none.
fn read(path: &Path) -> Result<Option<Preferences>, PreferencesError> {
    let failed = |reason: String| PreferencesError::Unreadable { path: path.to_owned(), reason };
    match private_files::open_to_read(path) {
        Ok(Some(file)) => {
            let mut bytes = Vec::new();
            file.take(MOST_BYTES).read_to_end(&mut bytes).map_err(|error| failed(error.to_string()))?;
            let fields = serde_json::from_slice(&bytes).map_err(|error| failed(error.to_string()))?;
            Ok(Some(Preferences::of_fields(&fields)))
        }
        Ok(None) if fs::symlink_metadata(path).is_ok() => Err(failed("it is no plain file".to_owned())),
        Ok(None) => Ok(None),
        Err(error) => Err(failed(error.to_string())),
    }
}
