//! Whoever the program deals with: Digital Post, which calls it, fagsystems, which it calls, and whoever starts it.

mod caller;
mod configuration;
mod fagsystem;
mod message;
mod program;
mod receipt;
mod router;
#[cfg(unix)]
pub mod server;
mod versions;

use std::future::Future;
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

pub use caller::{Answer, Call, Form, case, header};
pub use configuration::{AUTHORITY, configuration, fagsystem_entry, rule, small_town};
pub use fagsystem::{Connection, Fagsystem, Gate, NobodyThere, Request, State};
pub use message::Memo;
pub use program::{Running, postfordeler, postfordeler_reading};
pub use receipt::{Expected, assert_receipt};
pub use router::{JournalRow, Router, database_with_arrivals, publish, settled_database};
pub use versions::{database_of, turn_back};

/// How long a condition may take to come true. Only a failing test waits this long, so it is generous: the machine may
/// be busy.
pub const TIMEOUT: Duration = Duration::from_mins(1);

/// Runs a future of the program's library to its end.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
    RUNTIME.block_on(future)
}

/// Waits until `look` finds something, and returns it.
pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < TIMEOUT, "waited in vain: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}
