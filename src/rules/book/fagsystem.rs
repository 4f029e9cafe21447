use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::Serialize;
use url::{Host, Url};

use super::access::Access;
use crate::rules::values::LEFT_OUT;
use crate::visible::is_hidden;

/// What a fagsystem is called in rules: a text without surrounding white space, not empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct FagsystemId(String);

impl FagsystemId {
    /// Takes an id; `None` when there is nothing but white space.
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

/// A system that receives messages and answers accept or reject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fagsystem {
    /// Its id, unique within the authority.
    pub id: FagsystemId,
    /// What people call it.
    #[serde(rename = "navn")]
    pub name: String,
    /// Where it receives: an `http` or `https` address.
    pub endpoint: Endpoint,
    /// A paused one (`false`) still wins its matches; its messages are refused as unavailable.
    #[serde(rename = "aktiv")]
    pub active: bool,
    /// How it knows the router.
    #[serde(rename = "adgang", skip_serializing_if = "Access::is_open")]
    pub access: Access,
    /// How long it has, where that is other than for all.
    #[serde(rename = "tidsgraenser", skip_serializing_if = "TimeLimits::are_usual")]
    pub limits: TimeLimits,
    /// Whom to turn to when it does not do what it should (*kontaktperson*); may be empty.
    #[serde(rename = "kontaktperson", skip_serializing_if = "String::is_empty")]
    pub contact: String,
    /// A word to colleagues; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Fagsystem {
    /// One that is in use, takes messages from whoever reaches it, and has as much time as all.
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

/// How long a fagsystem has (*tidsgrænser*), in whole seconds; `None` where the router's own limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct TimeLimits {
    /// To take a connection.
    #[serde(rename = "forbindelse", skip_serializing_if = "Option::is_none")]
    pub connect: Option<Seconds>,
    /// To take the next part of a message, and to answer the whole.
    #[serde(rename = "svar", skip_serializing_if = "Option::is_none")]
    pub answer: Option<Seconds>,
}

impl TimeLimits {
    /// Whether the router's own limits count.
    #[must_use]
    pub fn are_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// A limit of time: 1 to [`Seconds::MOST`] whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Seconds(u16);

impl Seconds {
    /// An hour.
    pub const MOST: u16 = 3600;

    /// Takes a number; `None` for one that is out of range.
    #[must_use]
    pub fn new(number: u16) -> Option<Self> {
        (1..=Self::MOST).contains(&number).then_some(Self(number))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }

    /// As a duration.
    #[must_use]
    pub fn duration(self) -> Duration {
        Duration::from_secs(self.0.into())
    }
}

/// Where a fagsystem receives: an `http` or `https` address, kept as it was written. It holds no user name and no password,
/// since what stands in an address is shown and exported, and nothing that hides from whoever reads it: no white space, no
/// [hidden](is_hidden) character, no backslash, which programs read differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Endpoint(String);

/// Why a text is no address that messages can be sent to. The words never say the text: it may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnEndpoint {
    /// It is no address, or one of another kind.
    #[error("an endpoint is an address that begins with http:// or https:// and names a host")]
    NoAddress,
    /// It holds a user name or a password, be they empty, or what a reader could take for the host stands in their place.
    #[error(
        "an endpoint holds no user name and no password (nothing before an '@'); say by 'adgang' how the router is known \
         there, and keep the secret with 'postfordeler secret set'"
    )]
    Credentials,
    /// It has signs that hide something from whoever reads it.
    #[error("an endpoint has no white space, line breaks, backslashes or signs that cannot be seen")]
    Hidden,
}

impl Endpoint {
    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as the URL standard writes it, in ASCII alone: where messages go, whatever it looks like as it was
    /// written.
    #[must_use]
    pub fn in_full(&self) -> String {
        self.url().map_or_else(|| self.0.clone(), String::from)
    }

    /// Whether what goes there is encrypted on its way, and the certificate of who receives it is checked.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.url().is_some_and(|url| url.scheme() == "https")
    }

    /// Whether it is on this machine, so that nothing that goes there leaves it.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.url().is_some_and(|url| is_loopback(&url))
    }

    /// Whether others on the way there could read what goes there.
    #[must_use]
    pub fn is_in_clear(&self) -> bool {
        !self.is_encrypted() && !self.is_loopback()
    }

    /// Takes an address that an older version of the program has taken: as the URL standard writes it, and without its user
    /// name and password. Says whether there was one.
    pub(crate) fn mended(text: &str) -> Result<(Self, bool), NotAnEndpoint> {
        if let Ok(endpoint) = text.parse() {
            return Ok((endpoint, false));
        }
        let mut url = http_url(text.trim())?;
        let had_credentials = !url.username().is_empty() || url.password().is_some();
        // An address with a host can do without them.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        Ok((Self(url.into()), had_credentials))
    }

    fn url(&self) -> Option<Url> {
        Url::parse(&self.0).ok()
    }
}

/// The text of an address that was refused, or a word in its place where it may hold a password.
pub(crate) fn without_password(text: &str) -> &str {
    let is_plain = text.chars().all(|character| character.is_ascii_graphic() && !matches!(character, '@' | '%'));
    let has_no_word_after_colon =
        text.split_once(':').is_none_or(|(_, rest)| rest.starts_with("//") && !rest.contains(':'));
    if is_plain && has_no_word_after_colon { text } else { LEFT_OUT }
}

/// Whether the address is on this machine.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl FromStr for Endpoint {
    type Err = NotAnEndpoint;

    /// Spaces around it, as they come along when an address is copied, are no part of it.
    fn from_str(text: &str) -> Result<Self, NotAnEndpoint> {
        let text = text.trim_matches(|character: char| character.is_whitespace() && !is_hidden(character));
        let is_hiding = |character: char| is_hidden(character) || character.is_whitespace() || character == '\\';
        if text.contains(is_hiding) {
            return Err(NotAnEndpoint::Hidden);
        }
        let after_scheme = text.split_once(':').map_or("", |(_, rest)| rest).trim_start_matches('/');
        let authority = after_scheme.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(NotAnEndpoint::Credentials);
        }
        http_url(text)?;
        Ok(Self(text.to_owned()))
    }
}

fn http_url(text: &str) -> Result<Url, NotAnEndpoint> {
    let url = Url::parse(text).map_err(|_| NotAnEndpoint::NoAddress)?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() { Ok(url) } else { Err(NotAnEndpoint::NoAddress) }
}
