//! Turns of calls that bring the same message.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OwnedMutexGuard;

use crate::memo::MessageUuid;

type Line = Arc<tokio::sync::Mutex<()>>;

/// Lets calls with the same message go one after the other, so that each sees in the journal what became of the one
/// before.
#[derive(Debug, Clone, Default)]
pub struct Turns(Arc<Mutex<HashMap<MessageUuid, Line>>>);

/// A call's turn with its message. It ends when this is dropped.
#[derive(Debug)]
pub struct Turn {
    turns: Turns,
    message: MessageUuid,
    line: Option<Line>,
    guard: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    /// Waits until no other call has that message.
    pub async fn wait_for(&self, message: MessageUuid) -> Turn {
        let line = Arc::clone(self.lines().entry(message).or_default());
        let mut turn = Turn { turns: self.clone(), message, line: Some(Arc::clone(&line)), guard: None };
        turn.guard = Some(line.lock_owned().await);
        turn
    }

    /// Whether no call has a message or waits for one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines().is_empty()
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<MessageUuid, Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.guard = None;
        let turns = self.turns.clone();
        let mut lines = turns.lines();
        // Left while nobody else can leave or come, so that the last one sees that it is the last.
        self.line = None;
        if lines.get(&self.message).is_some_and(|line| Arc::strong_count(line) == 1) {
            lines.remove(&self.message);
        }
    }
}
