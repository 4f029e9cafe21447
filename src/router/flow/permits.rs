//! Permits for a number of calls at a time, which a call can lose to another one until its message leaves.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use crate::router::sync::{
    Arc, CancellationToken, Instant, Mutex, MutexGuard, OwnedSemaphorePermit, PoisonError, Semaphore,
};

/// How long a call may read its header before its permit can go to a call that finds none.
const UNDISTURBED: Duration = Duration::from_secs(1);

/// A fixed number of permits. Nobody queues for one.
///
/// Until a message leaves for its fagsystem its permit can be revoked in favour of a new call: when its header is slow to
/// arrive, when it has been refused and its remaining bytes are only being discarded, or, however new, when its address
/// holds more than half of all permits in this way and the new call is from another. Nothing has been done with the
/// message by then, and it is sent again.
#[derive(Debug)]
pub(in crate::router) struct Permits {
    free: Arc<Semaphore>,
    max: usize,
    holders: Mutex<Vec<Arc<Holder>>>,
}

/// One of the permits, given back when this is dropped.
#[derive(Debug)]
pub(in crate::router) struct Permit {
    permits: Arc<Permits>,
    holder: Arc<Holder>,
}

/// A permit as calls see it that look for one to revoke.
#[derive(Debug)]
struct Holder {
    from: IpAddr,
    since: Instant,
    hold: Mutex<Hold>,
    revoked: CancellationToken,
}

#[derive(Debug)]
enum Hold {
    /// Another call may take the permit over.
    Revocable(OwnedSemaphorePermit),
    /// The message is on its way, and keeps its permit.
    Pinned(OwnedSemaphorePermit),
    /// Another call has taken it over, or it has been given back.
    Revoked,
}

impl Permits {
    pub fn new(max: usize) -> Arc<Self> {
        Arc::new(Self { free: Arc::new(Semaphore::new(max)), max, holders: Mutex::new(Vec::new()) })
    }

    /// Whether a call from that address would get a permit now.
    pub fn has_room(&self, from: IpAddr) -> bool {
        self.free.available_permits() > 0 || self.revocable_for(&self.holders(), from).is_some()
    }

    /// A permit for a call from that address; `None` when all are held and none can be revoked.
    pub fn try_acquire(self: &Arc<Self>, from: IpAddr) -> Option<Permit> {
        let mut holders = self.holders();
        let permit = match Arc::clone(&self.free).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => self.revocable_for(&holders, from)?.revoke()?,
        };
        let hold = Mutex::new(Hold::Revocable(permit));
        let holder = Arc::new(Holder { from, since: Instant::now(), hold, revoked: CancellationToken::new() });
        holders.push(Arc::clone(&holder));
        Some(Permit { permits: Arc::clone(self), holder })
    }

    /// The permit that a call from that address may take over: the oldest of the address that holds most revocable ones.
    fn revocable_for<'a>(&self, holders: &'a [Arc<Holder>], from: IpAddr) -> Option<&'a Arc<Holder>> {
        let mut by_address: HashMap<IpAddr, (usize, &Arc<Holder>)> = HashMap::new();
        for holder in holders.iter().filter(|holder| holder.is_revocable()) {
            let (count, oldest) = by_address.entry(holder.from).or_insert((0, holder));
            *count += 1;
            if holder.since < oldest.since {
                *oldest = holder;
            }
        }
        let is_slow = |holder: &Holder| holder.since.elapsed() >= UNDISTURBED;
        let may_go = |count: usize, holder: &Holder| is_slow(holder) || (holder.from != from && count > self.max / 2);
        let candidates = by_address.into_values().filter(|(count, oldest)| may_go(*count, oldest));
        candidates.max_by_key(|(count, oldest)| (*count, Reverse(oldest.since))).map(|(_, oldest)| oldest)
    }

    fn holders(&self) -> MutexGuard<'_, Vec<Arc<Holder>>> {
        self.holders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Holder {
    fn is_revocable(&self) -> bool {
        matches!(*self.hold(), Hold::Revocable(_))
    }

    fn revoke(&self) -> Option<OwnedSemaphorePermit> {
        let mut hold = self.hold();
        match std::mem::replace(&mut *hold, Hold::Revoked) {
            Hold::Revocable(permit) => {
                self.revoked.cancel();
                Some(permit)
            }
            other => {
                *hold = other;
                None
            }
        }
    }

    fn hold(&self) -> MutexGuard<'_, Hold> {
        self.hold.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit {
    /// Keeps the permit from being revoked, because the message leaves for its fagsystem; `false` when it has been revoked
    /// already.
    pub fn pin(&self) -> bool {
        let mut hold = self.holder.hold();
        *hold = match std::mem::replace(&mut *hold, Hold::Revoked) {
            Hold::Revocable(permit) | Hold::Pinned(permit) => Hold::Pinned(permit),
            Hold::Revoked => return false,
        };
        true
    }

    /// Lets the permit be revoked again, because the message goes no further, and waits until it has been.
    pub async fn unpin_until_revoked(&self) {
        {
            let mut hold = self.holder.hold();
            *hold = match std::mem::replace(&mut *hold, Hold::Revoked) {
                Hold::Pinned(permit) => Hold::Revocable(permit),
                other => other,
            };
        }
        self.revoked().await;
    }

    /// Waits until another call has taken the permit over.
    pub async fn revoked(&self) {
        self.holder.revoked.cancelled().await;
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.permits.holders().retain(|holder| !Arc::ptr_eq(holder, &self.holder));
        *self.holder.hold() = Hold::Revoked;
    }
}
