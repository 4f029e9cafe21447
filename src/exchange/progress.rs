use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// The progress of long work, for another thread to watch and to stop.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    all: AtomicU64,
    is_stopped: AtomicBool,
}

/// The work was stopped and has changed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it was stopped")]
pub struct Stopped;

impl Progress {
    /// Sets how much there is to do, in any unit: rows, bytes.
    pub fn expect(&self, all: u64) {
        self.all.store(all, Ordering::Relaxed);
    }

    /// Sets how much has been done.
    ///
    /// # Errors
    ///
    /// [`Stopped`]: somebody called [`stop`](Self::stop).
    pub fn reach(&self, done: u64) -> Result<(), Stopped> {
        self.done.store(done, Ordering::Relaxed);
        self.go_on()
    }

    /// Fails if the work has been stopped.
    pub(super) fn go_on(&self) -> Result<(), Stopped> {
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }

    /// How much has been done, in the unit of [`expect`](Self::expect).
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// How much there is to do; `None` until it is known.
    #[must_use]
    pub fn all(&self) -> Option<u64> {
        Some(self.all.load(Ordering::Relaxed)).filter(|all| *all > 0)
    }

    /// Makes the work end without a result at its next step.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// Whether [`stop`](Self::stop) was called.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }
}
