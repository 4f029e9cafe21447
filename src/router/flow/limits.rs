//! How many messages may be under way at a time, in all and to each fagsystem.

use std::collections::HashMap;
use std::net::IpAddr;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::permits::{Permit, Permits};
use crate::router::watch::metrics::{GaugeGuard, Metrics};
use crate::rules::{Cvr, FagsystemId};
use crate::store::{Routed, RouterSettings};

/// Limits how many messages are under way, in all and to each fagsystem. Nobody queues: a call that finds no permit is
/// refused at once, because Digital Post sends it again and a queue would only hide the overload.
#[derive(Debug)]
pub(in crate::router) struct ConcurrencyLimits {
    all: Arc<Permits>,
    max_per_fagsystem: usize,
    to_fagsystems: Mutex<HashMap<(Cvr, FagsystemId), Arc<Semaphore>>>,
    metrics: Arc<Metrics>,
}

/// Permission for one message to be under way, given back when this is dropped.
#[derive(Debug)]
pub(in crate::router) struct MessagePermit {
    permit: Permit,
    _counted: GaugeGuard,
}

/// Permission for one message to be on its way to a fagsystem, given back when this is dropped.
#[derive(Debug)]
pub(in crate::router) struct FagsystemPermit {
    _permit: OwnedSemaphorePermit,
    _counted: GaugeGuard,
}

impl ConcurrencyLimits {
    pub fn new(settings: &RouterSettings, metrics: Arc<Metrics>) -> Self {
        Self {
            all: Permits::new(settings.most_under_way.into()),
            max_per_fagsystem: settings.most_per_fagsystem.into(),
            to_fagsystems: Mutex::default(),
            metrics,
        }
    }

    /// Whether a call from that address would get a permit now.
    pub fn has_room(&self, from: IpAddr) -> bool {
        self.all.has_room(from)
    }

    /// A permit for a call from that address; `None` when too many messages are under way.
    pub fn try_acquire(&self, from: IpAddr) -> Option<MessagePermit> {
        let permit = self.all.try_acquire(from)?;
        Some(MessagePermit { permit, _counted: self.metrics.message_under_way() })
    }

    /// A permit for a message to that fagsystem; `None` when too many are on their way to it.
    pub fn try_acquire_for(&self, routed: &Routed) -> Option<FagsystemPermit> {
        let mut to_fagsystems = self.to_fagsystems.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (routed.authority, routed.fagsystem.clone());
        let free = to_fagsystems.entry(key).or_insert_with(|| Arc::new(Semaphore::new(self.max_per_fagsystem)));
        let permit = Arc::clone(free).try_acquire_owned().ok()?;
        let counted = self.metrics.message_under_way_to(routed.authority, &routed.fagsystem);
        Some(FagsystemPermit { _permit: permit, _counted: counted })
    }
}

impl Deref for MessagePermit {
    type Target = Permit;

    fn deref(&self) -> &Permit {
        &self.permit
    }
}
