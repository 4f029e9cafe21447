//! The primitives that the router's own structures are built on.
//!
//! Those structures take them from here, so that the model tests in `tests/model` can include their source with loom's in
//! the place of these and try every order of events.

pub(super) use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(super) use tokio::sync::{Mutex as AsyncMutex, Notify, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
pub(super) use tokio::time::{Instant, timeout};
pub(super) use tokio_util::sync::CancellationToken;
