//! One lock for each message, so that calls which bring the same message are handled one after the other.

use std::collections::HashMap;
use std::hash::Hash;

use crate::router::sync::{Arc, AsyncMutex, Mutex, MutexGuard, OwnedMutexGuard, PoisonError};

type SharedLock = Arc<AsyncMutex<()>>;

/// Lets calls with the same message go one after the other, so that each sees in the journal what became of the one
/// before. Calls get the lock in the order in which they asked for it.
#[derive(Debug)]
pub struct MessageLocks<Id>(Arc<Mutex<HashMap<Id, SharedLock>>>);

/// The lock of one message, released when this is dropped.
#[derive(Debug)]
pub struct MessageLock<Id: Copy + Eq + Hash> {
    locks: MessageLocks<Id>,
    message: Id,
    shared: Option<SharedLock>,
    guard: Option<OwnedMutexGuard<()>>,
}

impl<Id> Default for MessageLocks<Id> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(HashMap::new())))
    }
}

impl<Id> Clone for MessageLocks<Id> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<Id: Copy + Eq + Hash> MessageLocks<Id> {
    /// Waits until no other call holds the lock of that message.
    pub async fn lock(&self, message: Id) -> MessageLock<Id> {
        let shared = Arc::clone(self.map().entry(message).or_insert_with(|| Arc::new(AsyncMutex::new(()))));
        // Made before waiting: a call that is dropped while it waits tidies up after itself too.
        let mut lock = MessageLock { locks: self.clone(), message, shared: Some(Arc::clone(&shared)), guard: None };
        lock.guard = Some(shared.lock_owned().await);
        lock
    }

    /// Whether no call holds a lock or waits for one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.map().is_empty()
    }

    fn map(&self) -> MutexGuard<'_, HashMap<Id, SharedLock>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<Id: Copy + Eq + Hash> Drop for MessageLock<Id> {
    fn drop(&mut self) {
        self.guard = None;
        let locks = self.locks.clone();
        let mut map = locks.map();
        // Counted while the map is locked, so that of two calls that leave at once the last one sees that it is the last.
        self.shared = None;
        if map.get(&self.message).is_some_and(|shared| Arc::strong_count(shared) == 1) {
            map.remove(&self.message);
        }
    }
}
