use std::fmt;
use std::time::Duration;

use serde::Serialize;

use super::access::Access;
use super::endpoint::Endpoint;

/// The id by which rules name a fagsystem: a text without surrounding white space, not empty. Case matters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct FagsystemId(String);

impl FagsystemId {
    /// The text as an id, without the white space around it; `None` when nothing is left.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// An id made from a name: "Børn og unge" becomes "børn-og-unge". `None` for an empty name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::new(&name.trim().to_lowercase().replace(' ', "-"))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FagsystemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A business system that receives messages at an endpoint and accepts or rejects each (*fagsystem*).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fagsystem {
    /// Its id, unique within the authority.
    pub id: FagsystemId,
    /// Its name, for people.
    #[serde(rename = "navn")]
    pub name: String,
    /// The address at which it receives.
    pub endpoint: Endpoint,
    /// `false` while it is paused. Rules still decide for it, and its messages are refused as unavailable, so that Digital
    /// Post keeps them: they never go to another system instead.
    #[serde(rename = "aktiv")]
    pub active: bool,
    /// How it authenticates the router.
    #[serde(rename = "adgang", skip_serializing_if = "Access::is_open")]
    pub access: Access,
    /// Its own time limits, where they differ from the router's.
    #[serde(rename = "tidsgraenser", skip_serializing_if = "TimeLimits::are_usual")]
    pub limits: TimeLimits,
    /// Whom to call when it fails (*kontaktperson*); may be empty.
    #[serde(rename = "kontaktperson", skip_serializing_if = "String::is_empty")]
    pub contact: String,
    /// A note to colleagues; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Fagsystem {
    /// One that is not paused, needs no secret, and has the router's time limits.
    #[must_use]
    pub fn new(id: FagsystemId, name: &str, endpoint: Endpoint) -> Self {
        Self {
            id,
            name: name.to_owned(),
            endpoint,
            active: true,
            access: Access::Open,
            limits: TimeLimits::default(),
            contact: String::new(),
            note: String::new(),
        }
    }
}

/// How long the router waits for a fagsystem (*tidsgrænser*), in whole seconds; `None` where the router's own limit applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct TimeLimits {
    /// For a connection to be accepted.
    #[serde(rename = "forbindelse", skip_serializing_if = "Option::is_none")]
    pub connect: Option<Seconds>,
    /// For the next part of a message to be read, and for the answer once all of it is sent.
    #[serde(rename = "svar", skip_serializing_if = "Option::is_none")]
    pub answer: Option<Seconds>,
}

impl TimeLimits {
    /// Whether the router's own limits apply throughout.
    #[must_use]
    pub fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// A time limit: 1 to [`Seconds::MAX`] whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Seconds(u16);

impl Seconds {
    /// The most seconds of a time limit: an hour.
    pub const MAX: u16 = 3600;

    /// The limit of that many seconds; `None` when it is out of range.
    #[must_use]
    pub fn new(number: u16) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(Self(number))
    }

    /// The number of seconds.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }

    /// The limit as a duration.
    #[must_use]
    pub fn duration(self) -> Duration {
        Duration::from_secs(self.0.into())
    }
}
