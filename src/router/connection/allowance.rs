use std::time::{Duration, Instant};

/// The smallest number of connections allowed, however few the system gives.
const MIN_CONNECTIONS: usize = 8;
/// How long the system must have given connections without an error before the allowance grows again.
const RECOVERY: Duration = Duration::from_secs(2);

/// How many connections are allowed. Fewer for a while after the system has refused one (for want of file descriptors, say),
/// because deliveries need their share of them; then it grows back to the full number.
#[derive(Debug)]
pub(in crate::router) struct Allowance {
    most: usize,
    now: usize,
    changed: Instant,
}

impl Allowance {
    pub fn new(most: usize) -> Self {
        Self { most, now: most, changed: Instant::now() }
    }

    /// How many connections are allowed now.
    pub fn now(&mut self) -> usize {
        while self.now < self.most && self.changed.elapsed() >= RECOVERY {
            self.now = (self.now + self.now / 4 + 1).min(self.most);
            self.changed += RECOVERY;
        }
        self.now
    }

    /// Lowers the allowance because the system refused a connection while `open` were open. Returns whether it is lower now.
    pub fn shrink(&mut self, open: usize) -> bool {
        self.changed = Instant::now();
        let fewer = (open * 3 / 4).max(MIN_CONNECTIONS);
        let shrinks = fewer < self.now;
        self.now = self.now.min(fewer);
        shrinks
    }
}
