use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::endpoint::Endpoint;

/// How a fagsystem authenticates the router (*adgang*). The secret itself is stored elsewhere and never part of a rule book.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(tag = "type")]
pub enum Access {
    /// Not at all: it accepts messages from anybody who can reach it.
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
    /// By the router's client certificate, presented when the TLS connection is opened.
    #[serde(rename = "klientcertifikat")]
    ClientCertificate,
}

impl Access {
    /// Whether no secret is needed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::Open
    }

    /// Whether the secret can be sent to that address without anybody on the way reading it. A certificate needs `https`; a
    /// header may also go over `http` within this machine.
    #[must_use]
    pub fn is_safe_at(&self, endpoint: &Endpoint) -> bool {
        match self {
            Self::Open => true,
            Self::Header { .. } => endpoint.is_encrypted() || endpoint.is_loopback(),
            Self::ClientCertificate => endpoint.is_encrypted(),
        }
    }
}

/// The name of an HTTP header that holds a secret: 1 to 64 letters, digits and the signs that RFC 9110 allows in a token
/// (5.6.2). Headers that the router sets itself or that control the connection are excluded.
///
/// Comparison is by case, unlike HTTP's own, so that a change of case is a change to a rule book.
///
/// ```
/// use postfordeler::rules::{HeaderName, NotAHeaderName};
/// assert_eq!("X-Api-Key".parse::<HeaderName>().unwrap(), HeaderName::default());
/// assert_eq!("content-length".parse::<HeaderName>(), Err(NotAHeaderName::Taken));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeaderName(String);

/// Why a text cannot name a header that holds a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAHeaderName {
    /// It is empty, too long, or has characters that HTTP does not allow in names.
    #[error("a header's name has 1 to 64 letters, digits or hyphens")]
    Unwritable,
    /// HTTP or the router gives that header another meaning.
    #[error("this header has a meaning of its own in HTTP; choose another, such as X-Api-Key or Authorization")]
    Taken,
}

impl HeaderName {
    /// The name used when none is given.
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
        const MAX_LENGTH: usize = 64;
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
        let is_allowed = |letter: u8| letter.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&letter);
        if text.is_empty() || text.len() > MAX_LENGTH || !text.bytes().all(is_allowed) {
            return Err(NotAHeaderName::Unwritable);
        }
        if TAKEN.iter().any(|name| name.eq_ignore_ascii_case(text)) {
            return Err(NotAHeaderName::Taken);
        }
        Ok(Self(text.to_owned()))
    }
}
