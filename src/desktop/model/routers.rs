//! The routers that share the database on a server, as the window last saw them.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::store::{PublicationNumber, RouterLife, SharingRouter};

/// A publication is in force everywhere within a second. A router that follows an older one for longer than this has fallen behind.
const BEHIND_AFTER: Duration = Duration::from_secs(3);

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Routers {
    /// `None` while the database cannot be read.
    seen: Option<Vec<SharingRouter>>,
    /// Since when the window has seen routers follow an older publication than the newest, by their names.
    behind_since: HashMap<String, Instant>,
    /// Those that have fallen behind.
    behind: Vec<String>,
    newest: Option<PublicationNumber>,
}

/// How many routers are how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RouterCounts {
    pub running: u64,
    pub silent: u64,
    pub ended: u64,
}

/// Something about a router that a person has to act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouterTrouble {
    /// It has not said for a while that it runs: since when.
    Silent { since: Timestamp, under_way: u64 },
    /// It follows that publication, or none, while a newer one is in force.
    Behind { follows: Option<PublicationNumber>, newest: PublicationNumber },
}

impl Routers {
    /// Takes over what was seen; `None`: the database could not be read.
    pub fn see(&mut self, seen: Option<Vec<SharingRouter>>) {
        self.seen = seen;
        if let Some(seen) = &mut self.seen {
            seen.sort_by_key(|router| match router.life {
                RouterLife::Silent { .. } => 0,
                RouterLife::Runs => 1,
                RouterLife::Ended { .. } => 2,
            });
        }
    }

    /// Compares what they follow with the publication that is the newest now.
    pub fn compare(&mut self, newest: Option<PublicationNumber>, now: Instant) {
        self.newest = newest;
        let older = |router: &&SharingRouter| follows_older(router, newest);
        let behind = self.seen.iter().flatten().filter(older).map(|router| router.name.clone());
        let before = std::mem::take(&mut self.behind_since);
        self.behind_since = behind
            .map(|name| {
                let since = before.get(&name).copied().unwrap_or(now);
                (name, since)
            })
            .collect();
        let is_long = |since: Instant| now.saturating_duration_since(since) >= BEHIND_AFTER;
        self.behind =
            self.behind_since.iter().filter(|(_, since)| is_long(**since)).map(|(name, _)| name.clone()).collect();
    }

    /// All of them, the silent ones first and those that have ended last; `None` while the database cannot be read.
    pub fn all(&self) -> Option<&[SharingRouter]> {
        self.seen.as_deref()
    }

    /// The newest publication, which all are to follow.
    pub fn newest(&self) -> Option<PublicationNumber> {
        self.newest
    }

    pub fn counts(&self) -> RouterCounts {
        let mut counts = RouterCounts::default();
        for router in self.seen.iter().flatten() {
            *match router.life {
                RouterLife::Runs => &mut counts.running,
                RouterLife::Silent { .. } => &mut counts.silent,
                RouterLife::Ended { .. } => &mut counts.ended,
            } += 1;
        }
        counts
    }

    /// How many run besides the one of this data directory.
    pub fn others_running(&self) -> u64 {
        let runs = |router: &&SharingRouter| !router.is_own && router.life == RouterLife::Runs;
        self.seen.iter().flatten().filter(runs).map(|_| 1).sum()
    }

    /// Whether a router follows an older publication for longer than it takes to notice a new one.
    pub fn is_behind(&self, router: &SharingRouter) -> bool {
        self.behind.contains(&router.name)
    }

    /// Whether one follows an older publication that may still notice the new one.
    pub fn waits(&self) -> bool {
        self.behind.len() < self.behind_since.len()
    }

    /// What needs a person, each with the name of its router.
    pub fn troubles(&self) -> Vec<(&str, RouterTrouble)> {
        let trouble = |router: &SharingRouter| match (router.life, &router.says, self.newest) {
            (RouterLife::Silent { since }, ..) => Some(RouterTrouble::Silent { since, under_way: router.under_way }),
            (RouterLife::Runs, Some(says), Some(newest)) if self.is_behind(router) => {
                Some(RouterTrouble::Behind { follows: says.publication, newest })
            }
            _ => None,
        };
        self.seen.iter().flatten().filter_map(|router| Some((router.name.as_str(), trouble(router)?))).collect()
    }
}

/// Whether it runs, takes messages, and follows an older publication than that.
fn follows_older(router: &SharingRouter, newest: Option<PublicationNumber>) -> bool {
    let receives = router.says.filter(|says| router.life == RouterLife::Runs && says.address.is_some());
    receives.is_some_and(|says| says.publication < newest)
}
