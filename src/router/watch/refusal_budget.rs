use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

/// Of how many refusals of a kind journal and log tell in a minute; the rest are counted only.
const MOST_A_MINUTE: u32 = 60;
/// How often the log says how many have only been counted.
const INTERVAL: Duration = Duration::from_secs(10);

/// Keeps callers from filling journal, log and disk with what is refused. Each kind has its own share, so that junk of
/// one kind does not hide another.
#[derive(Debug, Default)]
pub(in crate::router) struct RefusalBudget(Mutex<BTreeMap<&'static str, Minute>>);

#[derive(Debug, Clone, Copy)]
struct Minute {
    since: Instant,
    reported: u32,
    /// Since the log last said how many.
    left_out: u64,
}

impl Minute {
    fn is_over(&self) -> bool {
        self.since.elapsed() >= Duration::from_mins(1)
    }
}

impl RefusalBudget {
    /// Whether journal and log tell of one more of that kind.
    pub fn allows(&self, kind: &'static str) -> bool {
        let mut kinds = self.kinds();
        let fresh = || Minute { since: Instant::now(), reported: 0, left_out: 0 };
        let minute = kinds.entry(kind).or_insert_with(fresh);
        if minute.is_over() {
            *minute = Minute { left_out: minute.left_out, ..fresh() };
        }
        let is_admitted = minute.reported < MOST_A_MINUTE;
        if is_admitted {
            minute.reported += 1;
        } else {
            minute.left_out += 1;
        }
        is_admitted
    }

    /// Has the log say now and then how many were left out, until told to stop; then of the last ones too.
    pub async fn tell(self: Arc<Self>, stop: CancellationToken) {
        while stop.run_until_cancelled(tokio::time::sleep(INTERVAL)).await.is_some() {
            self.tell_left_out(Minute::is_over);
        }
    }

    /// Has the log say how many were left out that it has not told of yet.
    pub fn tell_rest(&self) {
        self.tell_left_out(|_| true);
    }

    fn tell_left_out(&self, is_due: impl Fn(&Minute) -> bool) {
        for (kind, minute) in self.kinds().iter_mut() {
            if minute.left_out > 0 && is_due(minute) {
                let count = std::mem::take(&mut minute.left_out);
                tracing::warn!(kind, count, "more were refused: they are counted, and not told of one by one");
            }
        }
    }

    fn kinds(&self) -> MutexGuard<'_, BTreeMap<&'static str, Minute>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
