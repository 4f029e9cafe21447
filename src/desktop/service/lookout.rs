//! Looks at the data once a second, and as soon as the system tells of a write, away from the window: the window is drawn anew after
//! each message, and so is told only when there is something for it to see.

use std::net::SocketAddr;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Instant;

use futures_util::Stream;
use futures_util::stream::poll_fn;
use jiff::Timestamp;
use tokio::sync::mpsc::channel;
use tokio::sync::mpsc::error::TrySendError;

use super::polling::Cursor;
use super::services::Services;
use crate::desktop::model::error::Error;
use crate::router::{Hindrance, NotReady, RouterCertificate};
use crate::store::{OtherWindow, RouterNow, SharingRouter};

/// Looks whether a window has something to see.
#[derive(Debug)]
pub struct Lookout {
    services: Weak<Services>,
    now: fn() -> Timestamp,
    /// What there was at the last look; `None` before the first, and after one that failed.
    seen: Option<Seen>,
}

/// What a window shows and is not told of otherwise.
#[derive(Debug, PartialEq)]
struct Seen {
    beginnings: Option<i64>,
    cursor: Cursor,
    router: Option<RouterNow>,
    routers: Option<Vec<SharingRouter>>,
    others: Vec<OtherWindow>,
    refusal: Option<NotReady>,
    certificate: Option<RouterCertificate>,
    hindrances: Option<Arc<Vec<Hindrance>>>,
    practice: Option<(SocketAddr, u64)>,
    traffic: u64,
    /// By the clock: the day, the newest hour of a chart and what is over change with it.
    minute: i64,
}

impl Lookout {
    fn new(services: &Arc<Services>, now: fn() -> Timestamp) -> Self {
        Self { services: Arc::downgrade(services), now, seen: None }
    }

    /// Whether there is something that the window has not been told of; `None` once it has left these data. At the first look there
    /// is. Asking the same again does not.
    pub fn has_news(&mut self) -> Option<bool> {
        let services = self.services.upgrade()?;
        let now = (self.now)();
        let is_due = services.next_moment.has_come(now);
        // What cannot be read is news, for the window has to say so.
        let seen = services.see(now).ok();
        let has_news = is_due || seen.is_none() || seen != self.seen;
        self.seen = seen;
        Some(has_news)
    }
}

impl Services {
    /// What looks at these data for a window.
    pub fn lookout(self: &Arc<Self>, now: fn() -> Timestamp) -> Lookout {
        Lookout::new(self, now)
    }

    /// Says when the window has something to see because time has passed, besides each whole minute.
    pub fn set_next_moment(&self, at: Option<Timestamp>) {
        self.next_moment.set(at);
    }

    /// The moments at which the window has something to see. A thread looks for them until nobody listens.
    pub fn news(self: &Arc<Self>, now: fn() -> Timestamp) -> impl Stream<Item = Instant> + use<> {
        let (mut lookout, mut watch) = (self.lookout(now), self.store.watch());
        // One is enough: whoever is told looks at everything.
        let (sender, mut receiver) = channel(1);
        let look = move || {
            while let Some(has_news) = lookout.has_news() {
                let is_over = if has_news {
                    matches!(sender.try_send(Instant::now()), Err(TrySendError::Closed(_)))
                } else {
                    sender.is_closed()
                };
                if is_over {
                    return;
                }
                watch.wait();
            }
        };
        if let Err(error) = thread::Builder::new().name("lookout".to_owned()).spawn(look) {
            tracing::error!(%error, "the window does not see what other programs write");
        }
        poll_fn(move |context| receiver.poll_recv(context))
    }

    fn see(&self, now: Timestamp) -> Result<Seen, Error> {
        Ok(Seen {
            beginnings: self.store.training_beginnings()?,
            cursor: Cursor::of(&self.store)?,
            router: self.router_now(),
            routers: self.sharing_routers(),
            others: self.store.other_windows()?,
            refusal: self.router_refusal(),
            certificate: self.router_certificate(),
            hindrances: self.hindrances(),
            practice: self.practice_address().zip(self.practice_version()),
            traffic: self.traffic_version(),
            minute: now.as_second().div_euclid(60),
        })
    }
}
