//! The API keys that senders of messages must show.

use std::sync::Arc;

use jiff::Timestamp;

use super::services::Services;
use crate::desktop::model::error::Error;
use crate::store::{ApiKey, ApiKeyUses, ApiKeys, ApiKeysError, Guard, Store, StoreError};

/// The API keys as the store has them.
#[derive(Debug, Clone)]
pub struct SavedApiKeys {
    /// `None`: no key is demanded.
    pub keys: Option<ApiKeys>,
    /// When each was last used.
    pub uses: ApiKeyUses,
}

/// A change of the API keys.
#[derive(Debug)]
pub enum ApiKeyCommand {
    /// Accept this key too, under that name.
    Add(ApiKey, Option<String>),
    /// No longer accept the key with that id.
    Revoke(String),
    /// No longer demand any key.
    RemoveAll,
}

impl SavedApiKeys {
    /// `None` when the stored keys are damaged.
    pub(super) fn find(store: &Store) -> Result<Option<Self>, StoreError> {
        match store.api_keys() {
            Ok(keys) => Ok(Some(Self { keys, uses: store.api_key_uses()? })),
            Err(StoreError::Guards(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Services {
    /// Changes which API keys are accepted, and returns all keys. A router that runs follows at once.
    pub async fn change_api_keys(
        self: Arc<Self>,
        command: ApiKeyCommand,
        now: Timestamp,
    ) -> Result<SavedApiKeys, Error> {
        self.with_store(move |store| {
            match command {
                ApiKeyCommand::Add(key, name) => add(store, &key, name.as_deref(), now)?,
                ApiKeyCommand::Revoke(id) => drop(store.revoke_api_key(&id)?),
                ApiKeyCommand::RemoveAll => store.replace_api_keys(None)?,
            }
            SavedApiKeys::find(store)?.ok_or(Error::Lost)
        })
        .await
    }
}

/// Where the stored keys are damaged, the new key replaces them all.
fn add(store: &Store, key: &ApiKey, name: Option<&str>, now: Timestamp) -> Result<(), ApiKeysError> {
    match store.add_api_key(key, name, now) {
        Err(ApiKeysError::Store(StoreError::Guards(damaged))) if damaged.contains(Guard::ApiKey) => {
            let mut keys = ApiKeys::default();
            keys.add(key, name, now)?;
            Ok(store.replace_api_keys(Some(&keys))?)
        }
        added => added.map(drop),
    }
}
