use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::fagsystem::Endpoint;

/// How a fagsystem knows that it is the router that delivers (*adgang*). The secret itself is never part of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(tag = "type")]
pub enum Access {
    /// It takes messages from whoever reaches it.
    #[default]
    #[serde(rename = "ingen")]
    Open,
    /// By a secret value in a header of each request.
    #[serde(rename = "header")]
    Header {
        /// The header's name.
        #[serde(rename = "navn")]
        name: HeaderName,
    },
    /// By the router's certificate, with which it opens the connection.
    #[serde(rename = "klientcertifikat")]
    ClientCertificate,
}

impl Access {
    /// Whether anybody gets in, so that no secret is needed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::Open
    }

    /// Whether nobody on the way to that address can read the secret, and it can be shown there at all. A certificate
    /// always needs `https`; a header may also go over `http` within this machine.
    #[must_use]
    pub fn is_safe_at(&self, endpoint: &Endpoint) -> bool {
        match self {
            Self::Open => true,
            Self::Header { .. } => endpoint.is_encrypted() || endpoint.is_loopback(),
            Self::ClientCertificate => endpoint.is_encrypted(),
        }
    }
}

/// What a header is called that holds a secret: letters, digits and the signs that RFC 9110 (5.1) allows, at most 64. No
/// header that the router sets itself, or that concerns the connection alone.
///
/// Two names are equal when they are written alike, though for HTTP case does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeaderName(String);

/// The text cannot be the name of a header that holds a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAHeaderName {
    /// It is empty, too long, or has signs that a name cannot have.
    #[error("a header's name has 1 to 64 letters, digits or hyphens")]
    Unwritable,
    /// It has another meaning.
    #[error("this header has a meaning of its own in HTTP; choose another, such as X-Api-Key or Authorization")]
    Taken,
}

impl HeaderName {
    /// The name that is used when none is given.
    pub const USUAL: &str = "X-Api-Key";

    /// The name as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for HeaderName {
    fn default() -> Self {
        Self(Self::USUAL.to_owned())
    }
}

impl fmt::Display for HeaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for HeaderName {
    type Err = NotAHeaderName;

    fn from_str(text: &str) -> Result<Self, NotAHeaderName> {
        const MOST_LETTERS: usize = 64;
        const TAKEN: [&str; 16] = [
            "accept",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "x-message-uuid",
            "x-transmission-id",
        ];
        let text = text.trim();
        let may_stand = |letter: u8| letter.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&letter);
        if text.is_empty() || text.len() > MOST_LETTERS || !text.bytes().all(may_stand) {
            return Err(NotAHeaderName::Unwritable);
        }
        if TAKEN.iter().any(|taken| taken.eq_ignore_ascii_case(text)) {
            return Err(NotAHeaderName::Taken);
        }
        Ok(Self(text.to_owned()))
    }
}
