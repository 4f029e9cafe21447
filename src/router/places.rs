use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::metrics::{Metrics, OneMore};
use crate::rules::{Cvr, FagsystemId};
use crate::store::{Routed, Settings};

/// How many messages may be under way, in all and to each fagsystem. Nobody waits for a place: what finds none is refused
/// at once, for Digital Post sends it again, and a queue would only hide that there are too many.
#[derive(Debug)]
pub(super) struct Places {
    all: Arc<Semaphore>,
    to_each: usize,
    to_fagsystems: Mutex<HashMap<(Cvr, FagsystemId), Arc<Semaphore>>>,
    metrics: Arc<Metrics>,
}

/// A message's place, given up when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    _permit: OwnedSemaphorePermit,
    _counted: OneMore,
}

impl Places {
    pub fn new(settings: &Settings, metrics: Arc<Metrics>) -> Self {
        Self {
            all: Arc::new(Semaphore::new(settings.most_under_way.into())),
            to_each: settings.most_per_fagsystem.into(),
            to_fagsystems: Mutex::default(),
            metrics,
        }
    }

    /// A place among all messages; `None` when they are too many.
    pub fn take(&self) -> Option<Place> {
        let permit = Arc::clone(&self.all).try_acquire_owned().ok()?;
        Some(Place { _permit: permit, _counted: self.metrics.message_under_way() })
    }

    /// A place among those on their way to a fagsystem; `None` when they are too many.
    pub fn take_to(&self, routed: &Routed) -> Option<Place> {
        let mut to_fagsystems = self.to_fagsystems.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (routed.authority, routed.fagsystem.clone());
        let places = to_fagsystems.entry(key).or_insert_with(|| Arc::new(Semaphore::new(self.to_each)));
        let permit = Arc::clone(places).try_acquire_owned().ok()?;
        Some(Place {
            _permit: permit,
            _counted: self.metrics.message_under_way_to(routed.authority, &routed.fagsystem),
        })
    }
}
