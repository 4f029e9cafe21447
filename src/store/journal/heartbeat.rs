//! What a router learns of a shared database from its heartbeats, for whoever asks how it is without waiting for the database.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::JournalError;

/// How a router among several stands with the database that they share, as of its last heartbeat. There is one every five seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heartbeat {
    /// The router's name among the others.
    pub router: String,
    /// How long the database took to answer a question that costs it nothing. `None`: before the first heartbeat, and while the
    /// last one has failed.
    pub round_trip: Option<Duration>,
    /// Why the last one failed.
    pub error: Option<JournalError>,
    /// How many leases on messages under way the router held in the database.
    pub leases: u64,
    /// How many leases this router has ended since it was started because they had lapsed, whichever router had held them.
    pub lapsed: u64,
}

/// The last heartbeat, kept up to date by the journal's thread. Copies show the same.
#[derive(Debug, Clone)]
pub struct Heartbeats(Arc<Mutex<Heartbeat>>);

impl Heartbeats {
    pub(super) fn of(router: String) -> Self {
        Self(Arc::new(Mutex::new(Heartbeat { router, round_trip: None, error: None, leases: 0, lapsed: 0 })))
    }

    /// The last one. Never waits for the database.
    #[must_use]
    pub fn last(&self) -> Heartbeat {
        self.lock().clone()
    }

    pub(super) fn succeeded(&self, round_trip: Duration, leases: u64) {
        let mut last = self.lock();
        (last.round_trip, last.error, last.leases) = (Some(round_trip), None, leases);
    }

    pub(super) fn failed(&self, error: JournalError) {
        let mut last = self.lock();
        (last.round_trip, last.error) = (None, Some(error));
    }

    /// Counts leases that have lapsed and were ended here.
    pub(crate) fn ended(&self, lapsed: u64) {
        self.lock().lapsed += lapsed;
    }

    fn lock(&self) -> MutexGuard<'_, Heartbeat> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
