use std::net::SocketAddr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What windows on a data directory remember of it. What each person chooses for themselves is in their preferences instead.
///
/// A setting that is absent or unreadable has its default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowSettings {
    /// Whether a window was running the router when it was last closed. The next one starts it again, unless another
    /// program has run it since. Default no.
    pub router_runs: bool,
    /// Where the practice fagsystems of the sample municipality listen; `None`, the default, when there is no sample.
    pub practice: Option<SocketAddr>,
    /// The mail that the draft is following; `None`, the default, when it follows none.
    pub shadow: Option<ShadowRun>,
}

/// A draft follows the mail that comes, without delivering anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShadowRun {
    /// It follows what came after the journal's row of this number.
    pub after: i64,
    /// The draft's revision when it began.
    pub revision: i64,
    /// When it began.
    pub begun_at: Timestamp,
}

impl WindowSettings {
    /// Reads one stored setting.
    pub(super) fn read(&mut self, key: &str, value: &str) {
        let mut with_it = fields(*self);
        with_it.insert(key.to_owned(), serde_json::from_str(value).unwrap_or_default());
        if let Ok(settings) = serde_json::from_value(Value::Object(with_it)) {
            *self = settings;
        }
    }
}

/// The settings by their keys in the database.
pub(super) fn fields(settings: WindowSettings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}
