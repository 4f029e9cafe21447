use std::fmt::{self, Write};

use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// By which a caller shows that it may deliver: 256 random bits, as 64 hexadecimal digits. It is shown once and never
/// kept.
#[derive(Clone)]
pub struct ApiKey(String);

impl ApiKey {
    /// A new key; `None` when the system has no random numbers to give.
    #[must_use]
    pub fn random() -> Option<Self> {
        let mut bits = [0; 32];
        SystemRandom::new().fill(&mut bits).ok()?;
        Some(Self(hexadecimal(&bits)))
    }

    /// The key itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What may be kept of it.
    #[must_use]
    pub fn hash(&self) -> ApiKeyHash {
        ApiKeyHash::of(&self.0)
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

/// What is kept of an API key: its SHA-256, as hexadecimal digits. Nobody finds the key by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct ApiKeyHash(String);

/// The text was no hash of an API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the hash of an API key has 64 hexadecimal digits, in small letters")]
pub struct NotAnApiKeyHash;

impl TryFrom<String> for ApiKeyHash {
    type Error = NotAnApiKeyHash;

    fn try_from(text: String) -> Result<Self, NotAnApiKeyHash> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let is_hash = text.len() == 64 && text.bytes().all(is_digit);
        if is_hash { Ok(Self(text)) } else { Err(NotAnApiKeyHash) }
    }
}

impl ApiKeyHash {
    fn of(key: &str) -> Self {
        Self(hexadecimal(digest(&SHA256, key.as_bytes()).as_ref()))
    }

    /// Whether that is the key. It takes as long whatever the key is.
    #[must_use]
    pub fn is_of(&self, key: &str) -> bool {
        self.0.as_bytes().ct_eq(Self::of(key).0.as_bytes()).into()
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
