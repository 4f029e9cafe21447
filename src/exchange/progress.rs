use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// How far long work has come, to be looked at from elsewhere, and whether it is to stop.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    all: AtomicU64,
    is_stopped: AtomicBool,
}

/// The work was asked to stop, and left nothing behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it was stopped")]
pub struct Stopped;

impl Progress {
    /// Says how much there is to do: rows, bytes, whatever is counted.
    pub fn expect(&self, all: u64) {
        self.all.store(all, Ordering::Relaxed);
    }

    /// Says how much has been done.
    ///
    /// # Errors
    ///
    /// The work is to stop.
    pub fn reach(&self, done: u64) -> Result<(), Stopped> {
        self.done.store(done, Ordering::Relaxed);
        self.go_on()
    }

    /// Goes on, unless the work is to stop.
    pub(super) fn go_on(&self) -> Result<(), Stopped> {
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }

    /// How much has been done.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// How much there is to do; `None` while that is not known.
    #[must_use]
    pub fn all(&self) -> Option<u64> {
        Some(self.all.load(Ordering::Relaxed)).filter(|all| *all > 0)
    }

    /// The work is to end without a result.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Whether it is to end.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }
}
