use std::thread;
use std::time::{Duration, Instant, SystemTime};

use jiff::{SignedDuration, Timestamp};

use super::hours::shorten_hours;
use crate::store::database::forget_copies;
use crate::store::engine::{self, Connection, OptionalExtension};
use crate::store::time::{DAY, HOUR, begin_of, nanoseconds, timestamp};
use crate::store::{Guard, RouterSettings, Store, StoreError};

/// Rows are deleted this many at a time, so that no message waits for it.
const ROWS_PER_DELETION: i64 = 1_000;
/// The shortest pause between two deletions, in which others can write.
const MIN_PAUSE: Duration = Duration::from_millis(10);
/// Rule hits are shown for this many days.
const MIN_HIT_DAYS: u16 = 30;

impl Store {
    /// Deletes what is older than the [retention](RouterSettings::retention_days), and returns the number of rows. A message
    /// of unknown outcome stays, however old it is, because only its fagsystem may get it if it comes again. A row after one
    /// that is young enough stays too: its time was wrong. A copy that an upgrade made before that goes with the rows, since it
    /// holds them too. Works on a connection of its own, with pauses for others to
    /// write.
    ///
    /// # Errors
    ///
    /// The database refuses; what was deleted until then stays deleted.
    pub fn prune_journal(&self, now: Timestamp) -> Result<u64, StoreError> {
        let own = self.reopen()?;
        let settings = own.settings()?;
        if settings.damaged.contains(Guard::Retention) {
            return Err(StoreError::Guards(settings.damaged));
        }
        let days = settings.retention_days.max(RouterSettings::MIN_RETENTION_DAYS);
        let connection = own.journal()?;
        let before = days_before(now, days);
        let aged_anew = aged_anew(&connection, before)?;
        let mut forgotten = 0;
        loop {
            let begun = Instant::now();
            let deleted = delete_some(&connection, before, now, aged_anew)?;
            forgotten += deleted as u64;
            if deleted == 0 {
                break;
            }
            thread::sleep(begun.elapsed().max(MIN_PAUSE));
        }
        if aged_anew > 0 {
            return Ok(forgotten);
        }
        forget_copies(self.directory(), SystemTime::from(timestamp(before)));
        shorten_hours(&connection, begin_of(HOUR, before))?;
        let counted = days_before(now, days.max(MIN_HIT_DAYS));
        connection.execute("DELETE FROM hits WHERE day < ?1", [begin_of(DAY, counted)])?;
        Ok(forgotten)
    }
}

/// The time that many days before `now`, as the database stores it.
fn days_before(now: Timestamp, days: u16) -> i64 {
    let then = now.saturating_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN);
    nanoseconds(then)
}

/// The highest number of the rows that count as having come after that time, since their own times cannot be trusted.
fn aged_anew(connection: &Connection, before: i64) -> engine::Result<i64> {
    let query = "SELECT CASE WHEN aged_anew_at >= ?1 THEN aged_anew_to ELSE 0 END FROM router_state";
    Ok(connection.query_row(query, [before], |row| row.get::<Option<i64>>(0))?.unwrap_or_default())
}

/// The number of the first row that is young enough, not counting those from the future. Rows are numbered in the order in
/// which they came, whatever the clock showed.
fn first_young(connection: &Connection, before: i64, now: Timestamp) -> engine::Result<i64> {
    let query = "SELECT number FROM journal NOT INDEXED
                 WHERE received_at >= ?1 AND received_at <= ?2 ORDER BY number LIMIT 1";
    let first = connection.prepare_cached(query)?.query_row([before, nanoseconds(now)], |row| row.get(0)).optional()?;
    Ok(first.unwrap_or(i64::MAX))
}

fn delete_some(connection: &Connection, before: i64, now: Timestamp, aged_anew: i64) -> engine::Result<usize> {
    let first_young = first_young(connection, before, now)?;
    let mut statement = connection.prepare_cached(
        "DELETE FROM journal WHERE number IN (
             SELECT number FROM journal INDEXED BY journal_by_arrival
             WHERE received_at < ?1 AND outcome NOT IN ('uvist', 'undervejs')
                   AND number > ?3 AND number < ?4
             LIMIT ?2
         )",
    )?;
    statement.execute(engine::params![before, ROWS_PER_DELETION, aged_anew, first_young])
}
