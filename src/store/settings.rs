use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ApiKeyHash, Protection, Store, StoreError};

/// What people choose besides the rules. What is absent or cannot be read has its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Where the router takes messages. Default 127.0.0.1:8606.
    pub listen: SocketAddr,
    /// How the router shows who it is, and which certificates it wants. Default none.
    pub protection: Protection,
    /// The key that those who deliver must show. Default none.
    pub api_key: Option<ApiKeyHash>,
    /// Whether the window's router runs, and is started with the window.
    pub router_runs: bool,
    /// How long a fagsystem has to take a connection. Default 2 s.
    pub connect_timeout_ms: u32,
    /// How long a fagsystem has to take the next part of a message, and to answer the whole. Default 30 s.
    pub answer_timeout_ms: u32,
    /// A PEM file with the certificates of issuers that are trusted besides the system's when fagsystems are
    /// called. Default none.
    pub trusted_issuers: Option<PathBuf>,
    /// The proxy through which fagsystems are called that are not on this machine: an `http` or `https` address without
    /// user name and password. Default none; that of the environment is never used.
    pub proxy: Option<String>,
    /// The file in which the secrets are kept that fagsystems want; `None` for the system's keyring, the default.
    pub secrets: Option<PathBuf>,
    /// How many messages may be under way at a time. Default 128.
    pub most_under_way: u16,
    /// How many messages may be under way to one fagsystem at a time. Default 32.
    pub most_per_fagsystem: u16,
    /// How many days the journal keeps a message, at least [`Settings::LEAST_RETENTION`]. Default 90.
    pub retention_days: u16,
    /// Where the practice fagsystems of the sample municipality receive; `None` when there is no sample.
    pub practice: Option<SocketAddr>,
    /// The language of the screens. Default Danish.
    pub language: LanguageChoice,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// How large everything in the window is drawn. Default 100.
    pub zoom_percent: u16,
    /// The window's width and height in logical pixels; `None` until it has been given a size.
    pub window: Option<(u32, u32)>,
    /// How each list is shown, by the list's name: column widths, filters. What it means is the list's own affair.
    /// Default empty.
    pub views: BTreeMap<String, Value>,
}

/// The language of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum LanguageChoice {
    /// Danish.
    #[default]
    #[serde(rename = "da")]
    Danish,
    /// English.
    #[serde(rename = "en")]
    English,
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

impl Settings {
    /// The port that the program listens on when nothing else is chosen.
    pub const PORT: u16 = 8606;
    /// The fewest days that the journal keeps a message: it tells by its rows what has been delivered already, and Digital
    /// Post may send a message again for days.
    pub const LEAST_RETENTION: u16 = 14;

    /// How long a fagsystem has to take a connection.
    #[must_use]
    pub fn connect_timeout(&self) -> Duration {
        Duration::from_millis(self.connect_timeout_ms.into())
    }

    /// How long a fagsystem has to take the next part of a message, and to answer the whole.
    #[must_use]
    pub fn answer_timeout(&self) -> Duration {
        Duration::from_millis(self.answer_timeout_ms.into())
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, Self::PORT).into(),
            protection: Protection::default(),
            api_key: None,
            router_runs: false,
            connect_timeout_ms: 2_000,
            answer_timeout_ms: 30_000,
            trusted_issuers: None,
            proxy: None,
            secrets: None,
            most_under_way: 128,
            most_per_fagsystem: 32,
            retention_days: 90,
            practice: None,
            language: LanguageChoice::default(),
            theme: ThemeChoice::default(),
            zoom_percent: 100,
            window: None,
            views: BTreeMap::new(),
        }
    }
}

impl Store {
    /// The settings as they are kept.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare("SELECT key, value FROM settings")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let mut settings = fields(&Settings::default());
        for row in rows {
            let (key, value) = row?;
            let mut with_it = settings.clone();
            with_it.insert(key, serde_json::from_str(&value).unwrap_or_default());
            if serde_json::from_value::<Settings>(Value::Object(with_it.clone())).is_ok() {
                settings = with_it;
            }
        }
        Ok(serde_json::from_value(Value::Object(settings)).unwrap_or_default())
    }

    /// Keeps the settings.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn save_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        self.save_fields(fields(settings))
    }

    /// Keeps those settings that are others than before; what another window has chosen meanwhile stays.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn save_changed_settings(&self, before: &Settings, settings: &Settings) -> Result<(), StoreError> {
        let before = fields(before);
        let mut changed = fields(settings);
        changed.retain(|key, value| before.get(key) != Some(value));
        self.save_fields(changed)
    }

    fn save_fields(&self, fields: serde_json::Map<String, Value>) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        for (key, value) in fields {
            transaction.execute(
                "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
                params![key, value.to_string()],
            )?;
        }
        self.place.commit(transaction)
    }
}

fn fields(settings: &Settings) -> serde_json::Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    }
}
