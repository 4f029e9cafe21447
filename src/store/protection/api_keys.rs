use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{ApiKey, ApiKeyEntry, ApiKeys, KeyNameError};
use crate::store::engine::{self, Connection, OptionalExtension, TransactionBehavior, params};
use crate::store::{DamagedGuards, Guard, Store, StoreError};

/// When keys were used last, by their ids.
pub type ApiKeyUses = BTreeMap<String, Timestamp>;

/// Why the keys stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum ApiKeysError {
    /// The store refuses, or the stored keys are damaged.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No key of that name can be made.
    #[error(transparent)]
    Name(#[from] KeyNameError),
    /// No key is called so.
    #[error("no key is called '{0}'; see 'postfordeler api-key --list'")]
    NoSuchKey(String),
}

impl From<engine::Error> for ApiKeysError {
    fn from(error: engine::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// The keys of which one is demanded; `None` when none is.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or the stored keys are damaged: [`StoreError::Guards`].
    pub fn api_keys(&self) -> Result<Option<ApiKeys>, StoreError> {
        read(&self.connection())
    }

    /// Requires one of those keys from now on, or none, whatever was required before.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn replace_api_keys(&self, keys: Option<&ApiKeys>) -> Result<(), StoreError> {
        self.change_api_keys(|_| Ok((keys.cloned(), ())))
    }

    /// Adds a key.
    ///
    /// # Errors
    ///
    /// [`ApiKeysError`].
    pub fn add_api_key(
        &self,
        key: &ApiKey,
        name: Option<&str>,
        made: Timestamp,
    ) -> Result<(ApiKeyEntry, ApiKeys), ApiKeysError> {
        self.change_api_keys(|kept| {
            let mut keys = kept?.unwrap_or_default();
            let added = keys.add(key, name, made)?.clone();
            Ok((Some(keys.clone()), (added, keys)))
        })
    }

    /// Revokes the key with that name or id. Where it was the last, a key is still required, and everybody is refused.
    ///
    /// # Errors
    ///
    /// [`ApiKeysError`].
    pub fn revoke_api_key(&self, name: &str) -> Result<(ApiKeyEntry, ApiKeys), ApiKeysError> {
        self.change_api_keys(|kept| {
            let mut keys = kept?.unwrap_or_default();
            let revoked = keys.revoke(name).ok_or_else(|| ApiKeysError::NoSuchKey(name.trim().to_owned()))?;
            Ok((Some(keys.clone()), (revoked, keys)))
        })
    }

    /// In one transaction, so that nobody else changes the keys meanwhile.
    fn change_api_keys<T, E: From<StoreError>>(
        &self,
        change: impl FnOnce(Result<Option<ApiKeys>, StoreError>) -> Result<(Option<ApiKeys>, T), E>,
    ) -> Result<T, E> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = transaction.map_err(StoreError::from)?;
        let (keys, result) = change(read(&transaction))?;
        let value = serde_json::to_string(&keys).map_err(|error| self.damaged(error.to_string()))?;
        let write = "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2";
        transaction.execute(write, [Guard::ApiKey.key(), &value]).map_err(StoreError::from)?;
        let is_kept = |id: &str| keys.iter().flat_map(ApiKeys::iter).any(|key| key.id() == id);
        for id in uses(&transaction)?.into_keys().filter(|id| !is_kept(id)) {
            transaction.execute("DELETE FROM api_key_uses WHERE id = ?1", [id]).map_err(StoreError::from)?;
        }
        self.place.commit(transaction)?;
        Ok(result)
    }

    /// When the keys were used last, to the minute.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn api_key_uses(&self) -> Result<ApiKeyUses, StoreError> {
        uses(&self.connection())
    }

    /// Records when keys were used.
    ///
    /// # Errors
    ///
    /// The database cannot be written.
    pub(crate) fn note_api_key_uses(&self, used: &ApiKeyUses) -> Result<(), StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let kept = read(&transaction)?;
        for key in kept.iter().flat_map(ApiKeys::iter) {
            let Some(last_used) = used.get(key.id()) else { continue };
            transaction.execute(
                "INSERT INTO api_key_uses (id, last_used) VALUES (?1, ?2)
                 ON CONFLICT (id) DO UPDATE SET last_used = ?2",
                params![key.id(), last_used.to_string()],
            )?;
        }
        self.place.commit(transaction)
    }
}

fn read(connection: &Connection) -> Result<Option<ApiKeys>, StoreError> {
    let value = "SELECT value FROM settings WHERE key = ?1";
    let value = connection.query_row(value, [Guard::ApiKey.key()], |row| {
        // What is no text cannot be read either.
        Ok(row.get_ref(0)?.as_str().unwrap_or_default().to_owned())
    });
    match value.optional()? {
        None => Ok(None),
        Some(value) => serde_json::from_str(&value).map_err(|_| StoreError::Guards(DamagedGuards::only(Guard::ApiKey))),
    }
}

fn uses(connection: &Connection) -> Result<ApiKeyUses, StoreError> {
    let mut statement = connection.prepare("SELECT id, last_used FROM api_key_uses")?;
    let rows = statement.query_map([], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))?;
    let rows: Vec<_> = rows.collect::<engine::Result<_>>()?;
    Ok(rows.into_iter().filter_map(|(id, last_used)| Some((id, last_used.parse().ok()?))).collect())
}
