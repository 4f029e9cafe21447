use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::store::{ApiKeys, Protection, Store, StoreError};

/// What people choose besides the rules, for everybody who shares the data. What is absent has its default, and so has what cannot be read; a [`Guard`]
/// that cannot be read is noted as damaged besides, and nothing that it guards runs before it has been chosen anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Where the router takes messages. Default 127.0.0.1:8606.
    pub listen: SocketAddr,
    /// How the router shows who it is, and which certificates it wants. Default none.
    pub protection: Protection,
    /// The keys of which those who deliver must show one; `None`, the default, when they need not.
    pub api_key: Option<ApiKeys>,
    /// Whether a window ran the router when it was last closed. The next one starts it again, unless another program has
    /// run it since. Default no.
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
    /// The guards that are kept but cannot be read.
    #[serde(skip)]
    pub damaged: DamagedGuards,
}

/// A setting whose default must never stand in for what was chosen: it decides who gets in, where messages and secrets
/// go, or what is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guard {
    /// [`Settings::listen`].
    Listen,
    /// [`Settings::protection`].
    Protection,
    /// [`Settings::api_key`].
    ApiKey,
    /// [`Settings::trusted_issuers`].
    TrustedIssuers,
    /// [`Settings::proxy`].
    Proxy,
    /// [`Settings::secrets`].
    Secrets,
    /// [`Settings::retention_days`].
    Retention,
}

impl Guard {
    /// Every guard with its key among the kept settings.
    const ALL: [(Self, &'static str); 7] = [
        (Self::Listen, "listen"),
        (Self::Protection, "protection"),
        (Self::ApiKey, "api_key"),
        (Self::TrustedIssuers, "trusted_issuers"),
        (Self::Proxy, "proxy"),
        (Self::Secrets, "secrets"),
        (Self::Retention, "retention_days"),
    ];

    fn of(key: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == key).map(|(guard, _)| *guard)
    }

    /// Its key among the kept settings.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(guard, _)| *guard == self).map_or("", |(_, key)| key)
    }

    /// What to do when it is damaged.
    fn advice(self) -> &'static str {
        match self {
            Self::ApiKey => {
                "make a new key with 'postfordeler api-key', or demand none with 'postfordeler api-key --remove' (in the \
                 window: Router, Access)"
            }
            Self::Protection => {
                "choose certificate and client certificates anew in the window (Router, Access), or give all of it to \
                 'postfordeler serve': the certificate, --client-issuers and --client-cvr"
            }
            Self::Listen => "choose the address anew in the window (Router, Access)",
            Self::TrustedIssuers => "give --trust, or reset it in the window (Router, Access)",
            Self::Proxy => "give --proxy, or reset it in the window (Router, Access)",
            Self::Secrets => "give --secrets, or reset it in the window (Router, Access)",
            Self::Retention => "give --retention-days, or reset it in the window (Router, Access)",
        }
    }
}

/// The guards that are kept but cannot be read; none of them, as a rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DamagedGuards(Vec<Guard>);

impl DamagedGuards {
    /// Each of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Guard> {
        self.0.iter().copied()
    }

    /// Whether every guard could be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether that one could not be read.
    #[must_use]
    pub fn contains(&self, guard: Guard) -> bool {
        self.0.contains(&guard)
    }

    /// That one alone.
    pub(crate) fn of_one(guard: Guard) -> Self {
        Self(vec![guard])
    }

    /// Notes that the guard has been chosen anew.
    pub fn mend(&mut self, guard: Guard) {
        self.0.retain(|damaged| *damaged != guard);
    }

    /// That one alone could not be read.
    pub(in crate::store) fn only(guard: Guard) -> Self {
        Self(vec![guard])
    }

    fn note(&mut self, guard: Guard) {
        if let Err(place) = self.0.binary_search(&guard) {
            self.0.insert(place, guard);
        }
    }
}

impl fmt::Display for DamagedGuards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, guard) in self.iter().enumerate() {
            let between = if at == 0 { "" } else { "; " };
            write!(f, "{between}the setting '{}' is damaged: {}", guard.key(), guard.advice())?;
        }
        Ok(())
    }
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
            damaged: DamagedGuards::default(),
        }
    }
}

impl Store {
    /// The settings as they are kept. See [`Settings::damaged`] before going by a [`Guard`].
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn settings(&self) -> Result<Settings, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare("SELECT key, value FROM settings")?;
        let mut rows = statement.query([])?;
        let mut settings = Settings::default();
        while let Some(row) = rows.next()? {
            // What is no text has a key that nobody knows, or cannot be read.
            let key = row.get_ref(0)?.as_str().unwrap_or_default();
            settings.take_in(key, row.get_ref(1)?.as_str().unwrap_or_default());
        }
        Ok(settings)
    }

    /// What earlier versions kept here of what each person chooses for themselves, as far as it can be read, by its key:
    /// `language`, `theme`, `zoom_percent`, `window` and `views`.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn former_preferences(&self) -> Result<Map<String, Value>, StoreError> {
        let connection = self.connection();
        let query = "SELECT key, value FROM settings
                     WHERE key IN ('language', 'theme', 'zoom_percent', 'window', 'views')";
        let mut statement = connection.prepare(query)?;
        let mut rows = statement.query([])?;
        let mut former = Map::new();
        while let Some(row) = rows.next()? {
            if let (Ok(key), Ok(value)) = (row.get_ref(0)?.as_str(), row.get_ref(1)?.as_str())
                && let Ok(value) = serde_json::from_str(value)
            {
                former.insert(key.to_owned(), value);
            }
        }
        Ok(former)
    }

    /// Keeps the settings; a guard that is still damaged stays as it is.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn save_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        self.save_fields(fields(settings))
    }

    /// Keeps those settings that are others than before, and guards that were damaged and no longer are; what another
    /// window has chosen meanwhile stays.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn save_changed_settings(&self, before: &Settings, settings: &Settings) -> Result<(), StoreError> {
        let (was_damaged, before) = (&before.damaged, fields(before));
        let mut changed = fields(settings);
        let is_mended = |key: &str| Guard::of(key).is_some_and(|guard| was_damaged.contains(guard));
        changed.retain(|key, value| before.get(key) != Some(value) || is_mended(key));
        self.save_fields(changed)
    }

    fn save_fields(&self, fields: Map<String, Value>) -> Result<(), StoreError> {
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

impl Settings {
    /// Takes in a setting as it is kept.
    fn take_in(&mut self, key: &str, value: &str) {
        if let Some(guard) = Guard::of(key) {
            if self.take_in_guard(guard, value).is_err() {
                self.damaged.note(guard);
            }
            return;
        }
        let mut with_it = fields(self);
        with_it.insert(key.to_owned(), serde_json::from_str(value).unwrap_or_default());
        if let Ok(settings) = serde_json::from_value(Value::Object(with_it)) {
            *self = Self { damaged: std::mem::take(&mut self.damaged), ..settings };
        }
    }

    /// Gives a guard its default, on purpose.
    pub fn reset(&mut self, guard: Guard) {
        let default = Self::default();
        match guard {
            Guard::Listen => self.listen = default.listen,
            Guard::Protection => self.protection = default.protection,
            Guard::ApiKey => self.api_key = default.api_key,
            Guard::TrustedIssuers => self.trusted_issuers = default.trusted_issuers,
            Guard::Proxy => self.proxy = default.proxy,
            Guard::Secrets => self.secrets = default.secrets,
            Guard::Retention => self.retention_days = default.retention_days,
        }
        self.damaged.mend(guard);
    }

    fn take_in_guard(&mut self, guard: Guard, value: &str) -> serde_json::Result<()> {
        match guard {
            Guard::Listen => self.listen = serde_json::from_str(value)?,
            Guard::Protection => self.protection = serde_json::from_str(value)?,
            Guard::ApiKey => self.api_key = serde_json::from_str(value)?,
            Guard::TrustedIssuers => self.trusted_issuers = serde_json::from_str(value)?,
            Guard::Proxy => self.proxy = serde_json::from_str(value)?,
            Guard::Secrets => self.secrets = serde_json::from_str(value)?,
            Guard::Retention => self.retention_days = serde_json::from_str(value)?,
        }
        Ok(())
    }
}

/// The settings by their keys, without guards that are damaged.
fn fields(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(mut fields)) => {
            for guard in settings.damaged.iter() {
                fields.remove(guard.key());
            }
            fields
        }
        _ => Map::new(),
    }
}
