//! What belongs to the person at the window, and not to the data that several people share. It follows the person,
//! whichever data directory they open.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::language::LanguageChoice;

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
    /// Where the window's upper left corner is on the desktop, in the screens' own pixels, while it is not maximized; `None`
    /// until it has been moved, and where the system does not say.
    pub place: Option<(i32, i32)>,
    /// Whether the window was maximized when it was last closed. Default no.
    pub is_maximized: bool,
    /// Whether the tour of the window has been left or done, after which it no longer begins by itself. Default no.
    pub tour_seen: bool,
    /// How each list is shown, by the list's name: column widths, filters. Each list reads and writes its own value.
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
            place: None,
            is_maximized: false,
            tour_seen: false,
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

/// Why a person's preferences could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PreferencesError {
    /// The file exists and cannot be read. The next choice renames it and begins a new one.
    #[error("{} cannot be read ({reason})", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The file cannot be written.
    #[error("{} cannot be written ({reason})", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

impl Preferences {
    /// Reads each field by itself, so that one that cannot be read does not cost the others.
    pub(in crate::desktop) fn from_fields(fields: &Map<String, Value>) -> Self {
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

    /// These preferences with every field, and every list's view, that differs between `before` and `after`.
    pub(in crate::desktop) fn with_changes(self, before: &Self, after: &Self) -> Self {
        let (mut fields, before_fields) = (self.fields(), before.fields());
        fields.extend(after.fields().into_iter().filter(|(key, value)| before_fields.get(key) != Some(value)));
        let mut views = self.views;
        let changed = after.views.iter().filter(|(name, view)| before.views.get(*name) != Some(*view));
        views.extend(changed.map(|(name, view)| (name.clone(), view.clone())));
        Self { views, ..Self::from_fields(&fields) }
    }
}
