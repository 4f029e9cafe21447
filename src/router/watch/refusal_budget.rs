use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

/// How many refusals of a kind are reported in journal and log per minute. The others are only counted.
const MAX_PER_MINUTE: u32 = 60;
/// How often the log says how many were only counted.
const INTERVAL: Duration = Duration::from_secs(10);

/// Keeps callers from filling journal, log and disk with refusals. Each kind has its own budget, so that junk of one kind
/// does not hide another.
#[derive(Debug, Default)]
pub(in crate::router) struct RefusalBudget(Mutex<BTreeMap<&'static str, Minute>>);

#[derive(Debug, Clone, Copy)]
struct Minute {
    since: Instant,
    reported: u32,
    /// Refusals that were only counted, since the log last said so.
    left_out: u64,
}

impl Minute {
    fn is_over(&self) -> bool {
        self.since.elapsed() >= Duration::from_mins(1)
    }
}

impl RefusalBudget {
    /// Whether one more refusal of that kind is reported.
    pub fn allows(&self, kind: &'static str) -> bool {
        let mut kinds = self.kinds();
        let fresh = || Minute { since: Instant::now(), reported: 0, left_out: 0 };
        let minute = kinds.entry(kind).or_insert_with(fresh);
        if minute.is_over() {
            *minute = Minute { left_out: minute.left_out, ..fresh() };
        }
        let is_admitted = minute.reported < MAX_PER_MINUTE;
        if is_admitted {
            minute.reported += 1;
        } else {
            minute.left_out += 1;
        }
        is_admitted
    }

    /// Logs now and then how many refusals were only counted, until `stop`.
    pub async fn report(self: Arc<Self>, stop: CancellationToken) {
        while stop.run_until_cancelled(tokio::time::sleep(INTERVAL)).await.is_some() {
            self.report_omitted(Minute::is_over);
        }
    }

    /// Logs how many refusals were only counted since it was last said.
    pub fn report_rest(&self) {
        self.report_omitted(|_| true);
    }

    fn report_omitted(&self, is_due: impl Fn(&Minute) -> bool) {
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
