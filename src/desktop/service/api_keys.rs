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
    /// When they were used last.
    pub uses: ApiKeyUses,
}

/// What is to be done about API keys.
#[derive(Debug)]
pub enum ApiKeyCommand {
    /// Have that one count too, under that name.
    Add(ApiKey, Option<String>),
    /// Have the key of that id count no more.
    Revoke(String),
    /// Demand none.
    RemoveAll,
}

impl SavedApiKeys {
    /// `None` when what is kept of them is damaged.
    pub fn find(store: &Store) -> Result<Option<Self>, StoreError> {
        match store.api_keys() {
            Ok(keys) => Ok(Some(Self { keys, uses: store.api_key_uses()? })),
            Err(StoreError::Guards(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Services {
    /// Changes which API keys count. A router that runs goes by it at once.
    pub async fn change_api_keys(self: Arc<Self>, edit: ApiKeyCommand, now: Timestamp) -> Result<SavedApiKeys, Error> {
        self.with_store(move |store| {
            match edit {
                ApiKeyCommand::Add(key, name) => add(store, &key, name.as_deref(), now)?,
                ApiKeyCommand::Revoke(id) => drop(store.revoke_api_key(&id)?),
                ApiKeyCommand::RemoveAll => store.replace_api_keys(None)?,
            }
            SavedApiKeys::find(store)?.ok_or(Error::Lost)
        })
        .await
    }
}

/// Where what is kept is damaged, the new key takes its place.
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
