use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::router::watch::metrics::{Metrics, OneMore};
use crate::rules::{Cvr, FagsystemId};
use crate::store::{Routed, Settings};

/// So long a call has its place for itself while its header comes. Then it gives it up to another that finds none.
const UNDISTURBED: Duration = Duration::from_secs(1);

/// How many messages may be under way, in all and to each fagsystem. Nobody waits for a place: what finds none is refused
/// at once, for Digital Post sends it again, and a queue would only hide that there are too many.
///
/// A call whose header is long in coming, or that has been refused while its rest still comes, gives up its place to one
/// that finds none. So does one, however new, of an address that has more than half of all places in this way, to one of
/// another address. Nothing has been done with its message then, and it is sent again.
#[derive(Debug)]
pub(in crate::router) struct Places {
    all: Arc<Semaphore>,
    most: usize,
    to_each: usize,
    to_fagsystems: Mutex<HashMap<(Cvr, FagsystemId), Arc<Semaphore>>>,
    taken: Mutex<Vec<Arc<Taken>>>,
    metrics: Arc<Metrics>,
}

/// A message's place among all, given up when this is dropped.
#[derive(Debug)]
pub(in crate::router) struct Place {
    places: Arc<Places>,
    taken: Arc<Taken>,
    _counted: OneMore,
}

/// A message's place among those on their way to a fagsystem, given up when this is dropped.
#[derive(Debug)]
pub(in crate::router) struct PlaceTo {
    _permit: OwnedSemaphorePermit,
    _counted: OneMore,
}

/// A place as those see it who look for one.
#[derive(Debug)]
struct Taken {
    from: IpAddr,
    since: Instant,
    hold: Mutex<Hold>,
    given_up: CancellationToken,
}

#[derive(Debug)]
enum Hold {
    /// Others may have the place.
    Loose(OwnedSemaphorePermit),
    /// Nobody may take it away: the message is on its way.
    Firm(OwnedSemaphorePermit),
    GivenUp,
}

impl Places {
    pub fn new(settings: &Settings, metrics: Arc<Metrics>) -> Arc<Self> {
        let most = settings.most_under_way.into();
        Arc::new(Self {
            all: Arc::new(Semaphore::new(most)),
            most,
            to_each: settings.most_per_fagsystem.into(),
            to_fagsystems: Mutex::default(),
            taken: Mutex::default(),
            metrics,
        })
    }

    /// Whether a call from that address would find a place now.
    pub fn has_room(&self, from: IpAddr) -> bool {
        self.all.available_permits() > 0 || self.to_give_up(&self.taken(), from).is_some()
    }

    /// A place among all messages; `None` when they are too many.
    pub fn take(self: &Arc<Self>, from: IpAddr) -> Option<Place> {
        let mut all = self.taken();
        let permit = match Arc::clone(&self.all).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => self.to_give_up(&all, from)?.give_up()?,
        };
        let hold = Mutex::new(Hold::Loose(permit));
        let taken = Arc::new(Taken { from, since: Instant::now(), hold, given_up: CancellationToken::new() });
        all.push(Arc::clone(&taken));
        Some(Place { places: Arc::clone(self), taken, _counted: self.metrics.message_under_way() })
    }

    /// A place among those on their way to a fagsystem; `None` when they are too many.
    pub fn take_to(&self, routed: &Routed) -> Option<PlaceTo> {
        let mut to_fagsystems = self.to_fagsystems.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (routed.authority, routed.fagsystem.clone());
        let places = to_fagsystems.entry(key).or_insert_with(|| Arc::new(Semaphore::new(self.to_each)));
        let permit = Arc::clone(places).try_acquire_owned().ok()?;
        Some(PlaceTo {
            _permit: permit,
            _counted: self.metrics.message_under_way_to(routed.authority, &routed.fagsystem),
        })
    }

    /// The place that is given up to a call from that address: one of the address that holds most of them loosely, and
    /// of those the oldest.
    fn to_give_up<'a>(&self, taken: &'a [Arc<Taken>], from: IpAddr) -> Option<&'a Arc<Taken>> {
        let mut loose: HashMap<IpAddr, (usize, &Arc<Taken>)> = HashMap::new();
        for place in taken.iter().filter(|place| place.is_loose()) {
            let of_address = loose.entry(place.from).or_insert((0, place));
            of_address.0 += 1;
            if place.since < of_address.1.since {
                of_address.1 = place;
            }
        }
        let is_old = |place: &Taken| place.since.elapsed() >= UNDISTURBED;
        let may_go = |count: usize, place: &Taken| is_old(place) || (place.from != from && count > self.most / 2);
        let candidates = loose.into_values().filter(|(count, oldest)| may_go(*count, oldest));
        candidates.max_by_key(|(count, oldest)| (*count, std::cmp::Reverse(oldest.since))).map(|(_, oldest)| oldest)
    }

    fn taken(&self) -> MutexGuard<'_, Vec<Arc<Taken>>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn is_loose(&self) -> bool {
        matches!(*self.hold(), Hold::Loose(_))
    }

    fn give_up(&self) -> Option<OwnedSemaphorePermit> {
        let mut hold = self.hold();
        match std::mem::replace(&mut *hold, Hold::GivenUp) {
            Hold::Loose(permit) => {
                self.given_up.cancel();
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

impl Place {
    /// The message is on its way: from now on nobody takes the place away. `false` when somebody has.
    pub fn keep(&self) -> bool {
        let mut hold = self.taken.hold();
        *hold = match std::mem::replace(&mut *hold, Hold::GivenUp) {
            Hold::Loose(permit) | Hold::Firm(permit) => Hold::Firm(permit),
            Hold::GivenUp => return false,
        };
        true
    }

    /// The message goes nowhere any more: another may have the place. Waits until one has it.
    pub async fn until_wanted(&self) {
        {
            let mut hold = self.taken.hold();
            *hold = match std::mem::replace(&mut *hold, Hold::GivenUp) {
                Hold::Firm(permit) => Hold::Loose(permit),
                other => other,
            };
        }
        self.until_given_up().await;
    }

    /// Waits until it has been given up to another.
    pub async fn until_given_up(&self) {
        self.taken.given_up.cancelled().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken().retain(|taken| !Arc::ptr_eq(taken, &self.taken));
        *self.taken.hold() = Hold::GivenUp;
    }
}
