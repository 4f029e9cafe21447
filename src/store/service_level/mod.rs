//! What the service agreement is counted from: when a router ran (`router_spans`), which `windows` of service were entered, and
//! what the journal's hours say of fagsystems. `reading` counts all of it for the months or days that are asked for.

mod reading;
mod router_spans;
mod windows;

pub(super) use self::reading::{HOURS_IN_SHORT, read_levels};
pub use self::reading::{PartLevels, RouterLevels};

use jiff::{SignedDuration, Timestamp};

use super::time::nanoseconds;
use super::{Store, StoreError};

/// How long what the service agreement is counted from is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(3 * 366 * 24);

impl Store {
    /// Deletes what the service agreement was counted from more than three years ago.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn prune_service_levels(&self, now: Timestamp) -> Result<(), StoreError> {
        let before = nanoseconds(now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN));
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        transaction.execute("DELETE FROM past_hours WHERE hour < ?1", [before])?;
        transaction.execute(r#"DELETE FROM router_spans WHERE "end" < ?1"#, [before])?;
        transaction.execute(r#"DELETE FROM service_windows WHERE "end" < ?1"#, [before])?;
        self.place.commit(transaction)
    }
}
