use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// So much of its header every message may hold; real headers are some kilobytes.
const FREE: usize = 64 * 1024;
/// So much all headers together may hold besides, wherever they come from: with the free parts of 512 messages and as
/// much read ahead, well below the 512 MiB that the service's unit allows.
const TOGETHER: usize = 32 * 1024 * 1024;
/// What is asked for at a time.
const STEP: usize = 64 * 1024;

/// Keeps the headers that are held at a time within bounds. A header is held whole until it has closed and its fagsystem
/// is known.
#[derive(Debug)]
pub(in crate::router) struct HeaderBudget(Arc<Semaphore>);

/// What a message holds of its header; given back when it is dropped.
#[derive(Debug)]
pub(in crate::router) struct HeldHeader {
    bytes: Vec<u8>,
    budget: Arc<Semaphore>,
    permit: Option<OwnedSemaphorePermit>,
    allowed: usize,
}

/// The message's part of the budget, for as long as its header is held as bytes.
#[derive(Debug)]
pub(in crate::router) struct HeaderPart {
    _permit: Option<OwnedSemaphorePermit>,
}

/// The headers of other messages take all that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many long headers are being read already")]
pub(in crate::router) struct BudgetSpent;

impl HeaderBudget {
    pub fn new() -> Self {
        Self(Arc::new(Semaphore::new(TOGETHER / STEP)))
    }

    pub fn begin(&self) -> HeldHeader {
        HeldHeader { bytes: Vec::new(), budget: Arc::clone(&self.0), permit: None, allowed: FREE }
    }
}

impl HeldHeader {
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Holds more. Its memory grows by what it needs, and not to the double each time.
    pub fn hold(&mut self, more: &[u8]) -> Result<(), BudgetSpent> {
        let wanted = self.bytes.len() + more.len();
        while self.allowed < wanted {
            let permit = Arc::clone(&self.budget).try_acquire_owned().map_err(|_| BudgetSpent)?;
            match &mut self.permit {
                Some(held) => held.merge(permit),
                none => *none = Some(permit),
            }
            self.allowed += STEP;
        }
        if self.bytes.capacity() < wanted {
            let room = wanted.next_multiple_of(STEP / 4);
            self.bytes.reserve_exact(room - self.bytes.len());
        }
        self.bytes.extend_from_slice(more);
        Ok(())
    }

    /// What is held, and its part of the budget.
    pub fn into_parts(self) -> (Vec<u8>, HeaderPart) {
        (self.bytes, HeaderPart { _permit: self.permit })
    }
}
