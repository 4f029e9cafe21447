//! Only one router runs on a data directory: two could deliver the same message to two fagsystems.
//!
//! A router takes the [`RouterLock`]: a lock of the operating system (`directory_lock`), which ends with the program,
//! however that ends. It then records in the database which program it is (`running`). While it runs, a file holds the
//! number of the journal's commits (`commits`), which shows after a crash whether a write-ahead log was lost. Where the database is on
//! a server, it says of every router that shares it how it is (`sharing`).

mod commits;
mod directory_lock;
mod lock;
mod program;
mod running;
mod sharing;

pub(super) use self::commits::{Commits, MARKER};
pub(super) use self::directory_lock::{DirectoryLock, LOCK_FILE};
pub use self::lock::RouterLock;
pub use self::program::{Program, RouterNow, RunningRouter};
pub use self::sharing::{RouterLife, SharingRouter};
