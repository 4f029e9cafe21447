use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::guards::{DamagedGuards, Guard};
use crate::store::{ApiKeys, Protection, Reach};

/// How the router of a data directory runs, for everybody who shares the data.
///
/// A setting that is absent or unreadable has its default. A [`Guard`] that is unreadable is also noted in
/// [`RouterSettings::damaged`], and nothing that it guards runs until it is chosen again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RouterSettings {
    /// The address that the router listens on. Default 127.0.0.1:8606.
    pub listen: SocketAddr,
    /// How the router identifies itself, and which certificates it requires. Default none.
    pub protection: Protection,
    /// The API keys of which those who deliver must present one; `None`, the default, if they need none.
    pub api_key: Option<ApiKeys>,
    /// How long a fagsystem has to accept a connection. Default 2 s.
    pub connect_timeout_ms: u32,
    /// How long a fagsystem has to accept the next part of a message, and to answer the whole. Default 30 s.
    pub answer_timeout_ms: u32,
    /// A PEM file with the certificates of issuers that are trusted besides the system's when fagsystems are
    /// called. Default none.
    pub trusted_issuers: Option<PathBuf>,
    /// The proxy through which fagsystems are called that are not on this machine: an `http` or `https` address without
    /// user name and password. Default none; that of the environment is never used.
    pub proxy: Option<String>,
    /// The file with the secrets that fagsystems require; `None` for the system's keyring, the default.
    pub secrets: Option<PathBuf>,
    /// How many messages may be under way at a time. Default 128.
    pub most_under_way: u16,
    /// How many messages may be under way to one fagsystem at a time. Default 32.
    pub most_per_fagsystem: u16,
    /// How many days a message stays in the journal, at least [`RouterSettings::MIN_RETENTION_DAYS`]. Default 90.
    pub retention_days: u16,
    /// How far messages are sent. It is none of the choices: it follows from the data, and a router asks them itself.
    #[serde(skip)]
    pub reach: Reach,
    /// The guards that are stored but unreadable.
    #[serde(skip)]
    pub damaged: DamagedGuards,
}

impl RouterSettings {
    /// The port that the program listens on when nothing else is chosen.
    pub const PORT: u16 = 8606;
    /// The fewest days that a message stays in the journal: its rows say what has been delivered already, and Digital Post may
    /// resend a message for days.
    pub const MIN_RETENTION_DAYS: u16 = 14;

    /// How long a fagsystem has to accept a connection.
    #[must_use]
    pub fn connect_timeout(&self) -> Duration {
        Duration::from_millis(self.connect_timeout_ms.into())
    }

    /// How long a fagsystem has to accept the next part of a message, and to answer the whole.
    #[must_use]
    pub fn answer_timeout(&self) -> Duration {
        Duration::from_millis(self.answer_timeout_ms.into())
    }
}

impl Default for RouterSettings {
    fn default() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, Self::PORT).into(),
            protection: Protection::default(),
            api_key: None,
            connect_timeout_ms: 2_000,
            answer_timeout_ms: 30_000,
            trusted_issuers: None,
            proxy: None,
            secrets: None,
            most_under_way: 128,
            most_per_fagsystem: 32,
            retention_days: 90,
            reach: Reach::default(),
            damaged: DamagedGuards::default(),
        }
    }
}

impl RouterSettings {
    /// Reads one stored setting.
    pub(super) fn read(&mut self, key: &str, value: &str) {
        if let Some(guard) = Guard::of(key) {
            if self.read_guard(guard, value).is_err() {
                self.damaged.note(guard);
            }
            return;
        }
        let mut with_it = fields(self);
        with_it.insert(key.to_owned(), serde_json::from_str(value).unwrap_or_default());
        if let Ok(settings) = serde_json::from_value(Value::Object(with_it)) {
            *self = Self { reach: self.reach, damaged: std::mem::take(&mut self.damaged), ..settings };
        }
    }

    /// Resets a guard to its default, on purpose.
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

    fn read_guard(&mut self, guard: Guard, value: &str) -> serde_json::Result<()> {
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
pub(super) fn fields(settings: &RouterSettings) -> Map<String, Value> {
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
