//! Which one router runs on a data directory.

mod lock;
mod running;

pub use self::lock::RouterLock;
pub(super) use self::lock::{Commits, Held, LOCK_FILE, MARKER};
pub use self::running::{Program, RouterNow, RunningRouter};
