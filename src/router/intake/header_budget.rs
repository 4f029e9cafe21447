use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many bytes of its header every message may hold. Real headers have a few kilobytes.
const FREE_BYTES: usize = 64 * 1024;
/// How many bytes all headers together may hold on top of that. With the free part of 512 messages and as much read ahead,
/// this stays well below the 512 MiB that the service's unit allows.
const SHARED_BYTES: usize = 32 * 1024 * 1024;
/// The budget is handed out in steps of this many bytes.
const STEP_BYTES: usize = 64 * 1024;

/// Limits the memory for headers. A header is held whole until it is complete and its fagsystem is known.
#[derive(Debug)]
pub(in crate::router) struct HeaderBudget(Arc<Semaphore>);

/// The part of a header that has come; its memory is given back when this is dropped.
#[derive(Debug)]
pub(in crate::router) struct HeldHeader {
    bytes: Vec<u8>,
    budget: Arc<Semaphore>,
    permit: Option<OwnedSemaphorePermit>,
    allowed: usize,
}

/// A message's share of the budget, for as long as its header is held as bytes.
#[derive(Debug)]
pub(in crate::router) struct HeaderPart {
    _permit: Option<OwnedSemaphorePermit>,
}

/// Other headers use the whole budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many long headers are being read already")]
pub(in crate::router) struct BudgetSpent;

impl HeaderBudget {
    pub fn new() -> Self {
        Self(Arc::new(Semaphore::new(SHARED_BYTES / STEP_BYTES)))
    }

    pub fn begin(&self) -> HeldHeader {
        HeldHeader { bytes: Vec::new(), budget: Arc::clone(&self.0), permit: None, allowed: FREE_BYTES }
    }
}

impl HeldHeader {
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Holds more bytes. The memory grows by what is needed rather than doubling.
    pub fn hold(&mut self, more: &[u8]) -> Result<(), BudgetSpent> {
        let wanted = self.bytes.len() + more.len();
        while self.allowed < wanted {
            let permit = Arc::clone(&self.budget).try_acquire_owned().map_err(|_| BudgetSpent)?;
            match &mut self.permit {
                Some(held) => held.merge(permit),
                none => *none = Some(permit),
            }
            self.allowed += STEP_BYTES;
        }
        if self.bytes.capacity() < wanted {
            let room = wanted.next_multiple_of(STEP_BYTES / 4);
            self.bytes.reserve_exact(room - self.bytes.len());
        }
        self.bytes.extend_from_slice(more);
        Ok(())
    }

    /// The bytes, and their share of the budget.
    pub fn into_parts(self) -> (Vec<u8>, HeaderPart) {
        (self.bytes, HeaderPart { _permit: self.permit })
    }
}
