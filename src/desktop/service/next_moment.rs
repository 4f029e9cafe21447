use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// The second at which something on the shown screen is due to change with time alone.
#[derive(Debug)]
pub(super) struct NextMoment(AtomicI64);

impl Default for NextMoment {
    fn default() -> Self {
        Self(AtomicI64::new(i64::MAX))
    }
}

impl NextMoment {
    pub fn set(&self, at: Option<Timestamp>) {
        // Not before.
        let second = |at: Timestamp| at.as_second() + i64::from(at.subsec_nanosecond() > 0);
        self.0.store(at.map_or(i64::MAX, second), Ordering::Relaxed);
    }

    pub fn has_come(&self, now: Timestamp) -> bool {
        self.0.load(Ordering::Relaxed) <= now.as_second()
    }
}
