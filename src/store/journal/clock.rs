use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::store::engine::{self, Connection, OptionalExtension, TransactionBehavior, params};
use crate::store::time::{nanoseconds, timestamp};
use crate::store::{Store, StoreError};

/// How far a clock may jump ahead and still be believed: a machine may have been off that long, or asleep. If it was wrong
/// after all, the shortest retention of the journal, 14 days, still covers the seven in which Digital Post sends a message
/// again.
const MAX_LEEWAY: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How much leeway there is again after a second in which the router ran: all of it after six hours. So a clock that is
/// wrong at each of many starts is not believed each time.
const LEEWAY_PER_SECOND: i32 = 28;
/// How far a clock may be set back and still be believed.
const MAX_STEP_BACK: SignedDuration = SignedDuration::from_hours(24);

/// The machine's clock shows a time that is hardly right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockDoubt {
    /// What the clock showed at the last check.
    pub shown: Timestamp,
    /// What it would show had it gone on as before, leaving out the time in which no router ran.
    pub expected: Timestamp,
}

/// What is known of the clock.
struct ClockState {
    seen: Timestamp,
    leeway: SignedDuration,
    doubted: Option<Timestamp>,
}

impl Store {
    /// Records what a router's clock shows, and returns the doubt when there is one. `passed` is the time since the last
    /// check by the monotonic clock; zero when the router has just started.
    ///
    /// A clock that jumps ahead by more than a week, or back by more than a day, is doubted until it is right again, or
    /// somebody [confirms](Store::confirm_clock) it. Meanwhile nothing is deleted from the journal.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn look_at_clock(&self, now: Timestamp, passed: Duration) -> Result<Option<ClockDoubt>, StoreError> {
        let mut connection = self.journal()?;
        // A transaction that reads first and then writes would fail at once if another program has written meanwhile.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let passed = SignedDuration::try_from(passed).unwrap_or(SignedDuration::MAX);
        let ClockState { seen, leeway, doubted } = clock_state(&transaction, now)?;
        let expected = seen.saturating_add(passed).unwrap_or(Timestamp::MAX);
        let ahead = now.duration_since(expected);
        let doubt = (ahead > leeway || -ahead > MAX_STEP_BACK).then_some(ClockDoubt { shown: now, expected });
        let (seen, used) = match doubt {
            Some(_) => (expected, SignedDuration::ZERO),
            None => (now, ahead.max(SignedDuration::ZERO)),
        };
        let regained = passed.checked_mul(LEEWAY_PER_SECOND).unwrap_or(MAX_LEEWAY).min(MAX_LEEWAY);
        let leeway = (leeway - used).saturating_add(regained).min(MAX_LEEWAY);
        transaction.execute(
            "UPDATE router_state SET clock_seen = ?1, clock_leeway = ?2, clock_doubted = ?3",
            params![nanoseconds(seen), leeway.as_secs(), doubt.map(|doubt| nanoseconds(doubt.shown))],
        )?;
        if doubt.is_none() && doubted.is_some() {
            age_anew(&transaction, now)?;
        }
        self.place.commit(transaction)?;
        Ok(doubt)
    }

    /// The doubt about the router's clock, if there is one.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn clock_doubt(&self) -> Result<Option<ClockDoubt>, StoreError> {
        Ok(doubt(&self.connection())?)
    }

    /// Believes the clock, because somebody has confirmed that it is right now. The rows of the journal count as if they had
    /// just come: when they really came is unknown.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn confirm_clock(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut connection = self.journal()?;
        let transaction = connection.transaction()?;
        transaction.execute(
            "UPDATE router_state SET clock_seen = ?1, clock_leeway = ?2, clock_doubted = NULL",
            params![nanoseconds(now), MAX_LEEWAY.as_secs()],
        )?;
        age_anew(&transaction, now)?;
        self.place.commit(transaction)
    }
}

pub(super) fn doubt(connection: &Connection) -> engine::Result<Option<ClockDoubt>> {
    let query = "SELECT clock_doubted, clock_seen FROM router_state WHERE clock_doubted IS NOT NULL";
    let read = |row: &engine::Row<'_>| Ok((moment(row, 0)?, moment(row, 1)?));
    let found = connection.query_row(query, [], read).optional()?;
    Ok(found.and_then(|(shown, expected)| Some(ClockDoubt { shown: shown?, expected: expected? })))
}

/// What is known of the clock. If no router has checked it yet, it is taken to have been right when the newest message came.
fn clock_state(connection: &Connection, now: Timestamp) -> engine::Result<ClockState> {
    let query = "SELECT clock_seen, clock_leeway, clock_doubted FROM router_state";
    let read = |row: &engine::Row<'_>| Ok((moment(row, 0)?, row.get::<i64>(1)?, moment(row, 2)?));
    let (seen, leeway, doubted) = connection.query_row(query, [], read)?;
    let newest = "SELECT max(received_at) FROM journal WHERE received_at <= ?1";
    let seen = match seen {
        Some(seen) => Some(seen),
        None => connection.query_row(newest, [nanoseconds(now)], |row| moment(row, 0))?,
    };
    Ok(ClockState { seen: seen.unwrap_or(now), leeway: SignedDuration::from_secs(leeway), doubted })
}

fn age_anew(connection: &Connection, now: Timestamp) -> engine::Result<()> {
    let rows = "UPDATE router_state SET aged_anew_at = ?1, aged_anew_to = (SELECT max(number) FROM journal)";
    connection.execute(rows, [nanoseconds(now)])?;
    Ok(())
}

fn moment(row: &engine::Row<'_>, column: usize) -> engine::Result<Option<Timestamp>> {
    Ok(row.get::<Option<i64>>(column)?.map(timestamp))
}
