//! Which router delivers a message, where several share a database.
//!
//! A router claims a message's UUID before it writes the message's row, and gives the claim back with the outcome. Claims are rows of
//! a table whose key is the UUID, so that there is one at most. A claim is a lease that is renewed while its router can reach the
//! database; all times are the server's. Once it has lapsed, the message's row says that its outcome is unknown, so that only the same
//! fagsystem may get the message; and its router finds the claim gone, and tells nobody that the message was accepted.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::ended::EndedCall;
use super::heartbeat::Heartbeats;
use super::hours::HourlyCounts;
use super::{JournalEntry, Outcome};
use crate::reasons::Reason;
use crate::store::engine::{self, Connection, OptionalExtension, params};

/// How long a claim lasts if it is not renewed.
const LEASE: Duration = Duration::from_secs(30);
/// How often claims are renewed.
const RENEWAL: Duration = Duration::from_secs(5);
/// How long before its end a lease no longer counts here: what is sent then could arrive after it.
const MARGIN: Duration = Duration::from_secs(10);

/// The lease as the server adds it to its time.
fn lease_seconds() -> i64 {
    LEASE.as_secs().cast_signed()
}

/// When this router's claims were last renewed.
#[derive(Debug, Clone)]
pub(super) struct Lease(Arc<Mutex<Renewals>>);

#[derive(Debug)]
struct Renewals {
    last: Instant,
    /// The last one that came too late: what was claimed before it may have lapsed before it came.
    late: Option<Instant>,
}

impl Lease {
    fn begin() -> Self {
        Self(Arc::new(Mutex::new(Renewals { last: Instant::now(), late: None })))
    }

    /// Takes note of a renewal that was begun then.
    fn renew(&self, begun: Instant) {
        let mut renewals = self.lock();
        if begun.saturating_duration_since(renewals.last) + MARGIN >= LEASE {
            renewals.late = Some(begun);
        }
        renewals.last = begun;
    }

    /// Whether a claim that was made then surely holds.
    fn holds(&self, claimed: Instant) -> bool {
        let renewals = self.lock();
        let is_whole = renewals.late.is_none_or(|late| claimed >= late);
        is_whole && claimed.max(renewals.last).elapsed() + MARGIN < LEASE
    }

    fn lock(&self) -> MutexGuard<'_, Renewals> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The claim on a message that is under way, as the router knows it. Where no other router can deliver the message, it always holds.
#[derive(Debug, Clone)]
pub struct Claim {
    begun: Instant,
    lease: Option<Lease>,
}

impl Claim {
    pub(super) fn begin(lease: Option<Lease>) -> Self {
        Self { begun: Instant::now(), lease }
    }

    /// One of a message that no other router can deliver.
    #[must_use]
    pub fn alone() -> Self {
        Self::begin(None)
    }

    /// Whether no other router can have taken the message over yet. Once it does not, the message must not be sent whole.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.lease.as_ref().is_none_or(|lease| lease.holds(self.begun))
    }
}

/// The claims of one router.
#[derive(Debug)]
pub(super) struct Claims {
    router: String,
    lease: Lease,
    renew_at: Instant,
    heartbeats: Heartbeats,
    /// The numbers of the rows whose claims this router surely holds. Others in its name are left from a commit of which nobody knows
    /// whether it came through, and are to lapse.
    held: BTreeSet<i64>,
    /// What the transaction that is under way changes.
    changes: RefCell<Changes>,
}

#[derive(Debug, Default)]
struct Changes {
    taken: Vec<i64>,
    returned: Vec<i64>,
    ended: Lapsed,
}

/// How many claims have lapsed and were ended, by the routers that had held them.
pub(in crate::store) type Lapsed = BTreeMap<String, u64>;

/// A renewal of all claims, which is the router's heartbeat too.
#[derive(Debug, Clone, Copy)]
pub(super) struct Renewal {
    begun: Instant,
    round_trip: Duration,
    leases: usize,
}

impl Claims {
    pub fn of(router: String) -> Self {
        let heartbeats = Heartbeats::of(router.clone());
        let (held, changes) = (BTreeSet::new(), RefCell::default());
        Self { router, lease: Lease::begin(), renew_at: Instant::now(), heartbeats, held, changes }
    }

    pub fn heartbeats(&self) -> Heartbeats {
        self.heartbeats.clone()
    }

    /// Takes note that a transaction begins, whatever became of the one before.
    pub fn note_begin(&self) {
        self.changes.take();
    }

    /// Takes note that it has been committed.
    pub fn note_commit(&mut self) {
        let Changes { taken, returned, ended } = self.changes.take();
        self.held.extend(taken);
        for number in returned {
            self.held.remove(&number);
        }
        report_lapsed(&ended);
        self.heartbeats.ended(ended.values().sum());
    }

    pub fn lease(&self) -> Lease {
        self.lease.clone()
    }

    /// When they are to be renewed.
    pub fn renew_at(&self) -> Instant {
        self.renew_at
    }

    /// Claims a message, and returns the number that its row is to have; `None` while another router delivers it.
    pub fn take(&self, connection: &Connection, message_uuid: &str) -> engine::Result<Option<i64>> {
        let take = "INSERT INTO claims (message_uuid, router, number, lease_ends)
                    VALUES (lower(?1), ?2, nextval('journal_number_seq'), now() + make_interval(secs => ?3::bigint))
                    ON CONFLICT (message_uuid) DO NOTHING RETURNING number";
        let values = params![message_uuid, self.router, lease_seconds()];
        let take = || -> engine::Result<Option<i64>> {
            let taken = connection.prepare_cached(take)?.query_row(values, |row| row.get(0)).optional()?;
            self.changes.borrow_mut().taken.extend(taken);
            Ok(taken)
        };
        if let Some(number) = take()? {
            return Ok(Some(number));
        }
        let lapsed = end_lapsed(connection, Some(message_uuid), None)?;
        if lapsed.is_empty() {
            return Ok(None);
        }
        self.add_ended(lapsed);
        take()
    }

    /// Gives a claim back for which nothing is under way.
    pub fn give_back(&self, connection: &Connection, message_uuid: &str, number: i64) -> engine::Result<bool> {
        self.changes.borrow_mut().returned.push(number);
        let give_back = "DELETE FROM claims WHERE message_uuid = lower(?1) AND router = ?2 AND number = ?3";
        Ok(connection.prepare_cached(give_back)?.execute(params![message_uuid, self.router, number])? > 0)
    }

    /// Whether the outcome of the row with that number is this router's to write, and the claim given back with it.
    pub fn may_conclude(&self, connection: &Connection, number: i64, entry: &JournalEntry) -> engine::Result<bool> {
        let Some(message_uuid) = &entry.message_uuid else { return Ok(true) };
        if self.give_back(connection, message_uuid, number)? {
            return Ok(true);
        }
        // The commit of an earlier attempt may have come through although the connection broke.
        let query = "SELECT outcome FROM journal WHERE number = ?1";
        let outcome: Option<String> = connection.query_row(query, [number], |row| row.get(0)).optional()?;
        Ok(outcome.as_deref() == Some(entry.outcome.code()))
    }

    /// Renews all of them that it surely holds, and ends those that have lapsed. Where that fails, it is tried again soon.
    pub fn renew(&mut self, connection: &Connection) -> engine::Result<Renewal> {
        let begun = Instant::now();
        self.renew_at = begun + RENEWAL;
        connection.execute_batch("SELECT 1")?;
        let round_trip = begun.elapsed();
        let renew = "UPDATE claims SET lease_ends = now() + make_interval(secs => ?2::bigint)
                     WHERE router = ?1 AND number = ANY (string_to_array(?3::text, ',')::bigint[])";
        let held: Vec<_> = self.held.iter().map(i64::to_string).collect();
        let leases =
            connection.prepare_cached(renew)?.execute(params![self.router, lease_seconds(), held.join(",")])?;
        let seen = "UPDATE routers SET seen_at = now() WHERE name = ?1";
        connection.prepare_cached(seen)?.execute([&self.router])?;
        self.add_ended(end_lapsed(connection, None, None)?);
        Ok(Renewal { begun, round_trip, leases })
    }

    /// Takes note that a renewal has been committed.
    pub fn note_renewal(&mut self, renewal: Renewal) {
        self.lease.renew(renewal.begun);
        self.note_commit();
        self.heartbeats.succeeded(renewal.round_trip, u64::try_from(renewal.leases).unwrap_or(u64::MAX));
    }

    /// Takes note that one has failed.
    pub fn note_failed_renewal(&self) {
        self.heartbeats.failed();
    }

    fn add_ended(&self, lapsed: Lapsed) {
        let mut changes = self.changes.borrow_mut();
        for (router, claims) in lapsed {
            *changes.ended.entry(router).or_default() += claims;
        }
    }
}

/// Says in the log whose claims have lapsed and were ended.
pub(in crate::store) fn report_lapsed(lapsed: &Lapsed) {
    for (router, messages) in lapsed {
        tracing::warn!(
            router,
            messages,
            "a router has left messages under way; whether they were received is unknown, and they go to the same fagsystem alone"
        );
    }
}

/// Ends claims that have lapsed, of one message or all, and those that the router of that name has left: whether their fagsystems have
/// the messages is unknown, and no router will find out. Returns how many there were.
pub(in crate::store) fn end_lapsed(
    connection: &Connection,
    message_uuid: Option<&str>,
    left_by: Option<&str>,
) -> engine::Result<Lapsed> {
    // Those that another router is ending, or concluding after all, are left to that one.
    let mut lapsed = connection.prepare_cached(
        "DELETE FROM claims WHERE message_uuid IN (
             SELECT message_uuid FROM claims
             WHERE (lease_ends < now() OR router = ?2::text) AND (?1::text IS NULL OR message_uuid = lower(?1::text))
             ORDER BY message_uuid FOR UPDATE SKIP LOCKED
         ) RETURNING number, router",
    )?;
    let ended = lapsed.query_map([message_uuid, left_by], |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?)))?;
    let ended: Vec<_> = ended.collect::<engine::Result<_>>()?;
    let (mut hours, mut of_routers) = (HourlyCounts::default(), Lapsed::new());
    for (number, router) in ended {
        *of_routers.entry(router).or_default() += 1;
        let columns = EndedCall::COLUMNS;
        let end = format!(
            "UPDATE journal SET outcome = ?2, reason = ?3 WHERE number = ?1 AND outcome = ?4 RETURNING {columns}"
        );
        let values = params![number, Outcome::Unknown.code(), Reason::Ended.code(), Outcome::UnderWay.code()];
        if let Some(Some(call)) = connection.prepare_cached(&end)?.query_row(values, EndedCall::read).optional()? {
            hours.count(&call);
        }
    }
    hours.write(connection)?;
    Ok(of_routers)
}
