//! Which one router runs on a data directory.

mod commits;
mod directory_lock;
mod lock;
mod running;

pub(super) use self::commits::{Commits, MARKER};
pub(super) use self::directory_lock::{DirectoryLock, LOCK_FILE};
pub use self::lock::RouterLock;
pub use self::running::{Program, RouterNow, RunningRouter};
