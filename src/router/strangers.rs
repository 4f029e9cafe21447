use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Of how many refused callers a minute the journal tells; the rest are counted only.
const MOST_A_MINUTE: u32 = 60;

/// Keeps those who may not deliver from filling the journal, and the disk, with refusals.
#[derive(Debug, Default)]
pub(super) struct Strangers(Mutex<Option<Minute>>);

#[derive(Debug, Clone, Copy)]
struct Minute {
    since: Instant,
    told: u32,
}

impl Strangers {
    /// Whether the journal tells of one more.
    pub fn may_be_told(&self) -> bool {
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let current = minute.filter(|minute| now.duration_since(minute.since) < Duration::from_mins(1));
        let current = current.unwrap_or(Minute { since: now, told: 0 });
        let may_be_told = current.told < MOST_A_MINUTE;
        *minute = Some(Minute { told: current.told + u32::from(may_be_told), ..current });
        may_be_told
    }
}
