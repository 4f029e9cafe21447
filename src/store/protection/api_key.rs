use std::fmt::{self, Write};

use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// The key with which a caller shows that it may deliver: 256 random bits, as 64 hexadecimal digits. It is shown once and
/// never stored.
#[derive(Clone)]
pub struct ApiKey(String);

impl ApiKey {
    /// A new key; `None` if the system's random number generator fails.
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

    /// What may be stored of it.
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

/// What is stored of an API key: its SHA-256, as hexadecimal digits. The key cannot be found from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct ApiKeyHash(String);

/// The text was no hash of an API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the hash of an API key has 64 hexadecimal digits, in small letters")]
pub struct ApiKeyHashError;

impl TryFrom<String> for ApiKeyHash {
    type Error = ApiKeyHashError;

    fn try_from(text: String) -> Result<Self, ApiKeyHashError> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let is_hash = text.len() == 64 && text.bytes().all(is_digit);
        if is_hash { Ok(Self(text)) } else { Err(ApiKeyHashError) }
    }
}

impl ApiKeyHash {
    fn of(key: &str) -> Self {
        Self(hexadecimal(digest(&SHA256, key.as_bytes()).as_ref()))
    }

    /// Whether that is the key, in constant time.
    #[must_use]
    pub fn is_of(&self, key: &str) -> bool {
        self.0.as_bytes().ct_eq(Self::of(key).0.as_bytes()).into()
    }
}

/// The keys of which those who deliver must present one. Several may be valid at a time, so that one can be replaced without
/// refusing anybody meanwhile. With none left, everybody is refused.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "StoredApiKeys", into = "StoredApiKeys")]
pub struct ApiKeys(Vec<ApiKeyEntry>);

/// What is stored of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiKeyEntry {
    /// Its name, which no other key has.
    pub name: String,
    hash: ApiKeyHash,
    /// When it was made; `None` for one of a version that did not store it.
    pub made: Option<Timestamp>,
}

impl ApiKeyEntry {
    /// The name of the one key that versions without names allowed.
    const FIRST: &str = "first";

    /// Identifies it where its name is not enough: the first digits of its hash.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.hash.0[..8]
    }

    fn is_called(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.to_lowercase() || self.id() == name
    }
}

/// Why a key is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyNameError {
    /// The name is blank or too long, or has characters that do not fit on a line.
    #[error("a key's name has 1 to {most} letters, digits and signs on one line", most = ApiKeys::MAX_NAME_CHARACTERS)]
    Unwritable,
    /// Another key has that name.
    #[error("there is a key of that name already; give this one another name, or revoke that one first")]
    Taken,
    /// There are already as many keys as allowed.
    #[error("there are {most} keys already; revoke those that nobody uses", most = ApiKeys::MAX)]
    TooMany,
}

impl ApiKeys {
    /// The most keys that may be valid at a time.
    pub const MAX: usize = 50;
    /// The most characters of a name.
    pub const MAX_NAME_CHARACTERS: usize = 60;

    /// That key alone.
    #[must_use]
    pub fn only(key: &ApiKey, made: Timestamp) -> Self {
        Self(vec![ApiKeyEntry { name: ApiKeyEntry::FIRST.to_owned(), hash: key.hash(), made: Some(made) }])
    }

    /// Each of them, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &ApiKeyEntry> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key that was presented, if it is one of them. Takes the same time whichever it is, and if it is none.
    #[must_use]
    pub fn find(&self, shown: &str) -> Option<&ApiKeyEntry> {
        let hash = ApiKeyHash::of(shown);
        let mut found = None;
        for kept in &self.0 {
            if bool::from(kept.hash.0.as_bytes().ct_eq(hash.0.as_bytes())) {
                found = Some(kept);
            }
        }
        found
    }

    /// Adds a key under that name, or under one that is free.
    ///
    /// # Errors
    ///
    /// The name is invalid or in use, or there are too many keys.
    pub fn add(&mut self, key: &ApiKey, name: Option<&str>, made: Timestamp) -> Result<&ApiKeyEntry, KeyNameError> {
        let name = name.map_or_else(|| self.free_name(), |name| name.trim().to_owned());
        if !is_name(&name) {
            return Err(KeyNameError::Unwritable);
        }
        if self.0.len() >= Self::MAX {
            return Err(KeyNameError::TooMany);
        }
        if self.0.iter().any(|kept| kept.is_called(&name)) {
            return Err(KeyNameError::Taken);
        }
        self.0.push(ApiKeyEntry { name, hash: key.hash(), made: Some(made) });
        Ok(&self.0[self.0.len() - 1])
    }

    /// Revokes the key with that name or id.
    pub fn revoke(&mut self, name: &str) -> Option<ApiKeyEntry> {
        let at = self.0.iter().position(|kept| kept.is_called(name.trim()))?;
        Some(self.0.remove(at))
    }

    fn free_name(&self) -> String {
        let names = std::iter::once(ApiKeyEntry::FIRST.to_owned()).chain((2..).map(|number| format!("key-{number}")));
        let mut free = names.filter(|name| !self.0.iter().any(|kept| kept.is_called(name)));
        free.next().unwrap_or_default()
    }
}

impl From<ApiKeyHash> for ApiKeys {
    fn from(hash: ApiKeyHash) -> Self {
        Self(vec![ApiKeyEntry { name: ApiKeyEntry::FIRST.to_owned(), hash, made: None }])
    }
}

/// As keys are stored. Versions that allowed one key stored its hash alone.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum StoredApiKeys {
    One(ApiKeyHash),
    Several(SeveralKeys),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeveralKeys {
    keys: Vec<ApiKeyEntry>,
}

impl From<ApiKeys> for StoredApiKeys {
    fn from(keys: ApiKeys) -> Self {
        Self::Several(SeveralKeys { keys: keys.0 })
    }
}

impl TryFrom<StoredApiKeys> for ApiKeys {
    type Error = KeyNameError;

    fn try_from(kept: StoredApiKeys) -> Result<Self, KeyNameError> {
        let keys = match kept {
            StoredApiKeys::One(hash) => return Ok(hash.into()),
            StoredApiKeys::Several(SeveralKeys { keys }) => Self(keys),
        };
        if keys.len() > Self::MAX {
            return Err(KeyNameError::TooMany);
        }
        for (at, key) in keys.0.iter().enumerate() {
            if !is_name(&key.name) {
                return Err(KeyNameError::Unwritable);
            }
            if keys.0[..at].iter().any(|other| other.is_called(&key.name)) {
                return Err(KeyNameError::Taken);
            }
        }
        Ok(keys)
    }
}

fn is_name(name: &str) -> bool {
    let count = name.chars().count();
    (1..=ApiKeys::MAX_NAME_CHARACTERS).contains(&count) && name.trim() == name && !name.chars().any(char::is_control)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
