use std::time::{Duration, Instant};

/// However few connections the system gives, so many are held.
const LEAST: usize = 8;
/// How long the system must give connections before more are held again.
const RECOVERY: Duration = Duration::from_secs(2);

/// How many connections are held: fewer for a while when the system has refused one, for want of file descriptors, say,
/// since deliveries need their part of them. It grows back to the full number.
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

    /// How many there may be now.
    pub fn now(&mut self) -> usize {
        while self.now < self.most && self.changed.elapsed() >= RECOVERY {
            self.now = (self.now + self.now / 4 + 1).min(self.most);
            self.changed += RECOVERY;
        }
        self.now
    }

    /// The system has refused one while there were so many; says whether fewer are held from now on.
    pub fn shrink(&mut self, open: usize) -> bool {
        self.changed = Instant::now();
        let fewer = (open * 3 / 4).max(LEAST);
        let shrinks = fewer < self.now;
        self.now = self.now.min(fewer);
        shrinks
    }
}
