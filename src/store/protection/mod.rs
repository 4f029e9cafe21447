//! Who may deliver: the router's certificate, which client certificates it accepts, and API keys.

mod api_key;
mod api_keys;
mod choice;

pub use self::api_key::{ApiKey, ApiKeyEntry, ApiKeyHash, ApiKeyHashError, ApiKeys, KeyNameError};
pub use self::api_keys::{ApiKeyUses, ApiKeysError};
pub use self::choice::{CertificateChoice, Protection};
