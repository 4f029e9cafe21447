//! Which router delivers a message, where several share a database.
//!
//! A router claims a message's UUID before it writes the message's row, and gives the claim back with the outcome. Claims are rows of
//! a table whose key is the UUID, so that there is one at most. A claim is a lease that is renewed while its router can reach the
//! database; all times are the server's. Once it has lapsed, the message's row says that its outcome is unknown, so that only the same
//! fagsystem may get the message; and its router finds the claim gone, and tells nobody that the message was accepted.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::ended::EndedCall;
use super::heartbeat::Heartbeats;
use super::hours::HourlyCounts;
use super::{JournalError, Outcome};
use crate::reasons::Reason;
use crate::store::engine::{self, Connection, OptionalExtension, Rows, params};

/// How long a claim lasts if it is not renewed.
const LEASE: Duration = Duration::from_secs(30);
/// How often claims are renewed.
const RENEWAL: Duration = Duration::from_secs(5);
/// How soon that is tried again where it fails.
const RETRY: Duration = Duration::from_secs(1);
/// No delivery takes longer. A claim that is older was forgotten by whoever had it, and is to lapse.
const LONGEST_DELIVERY: Duration = Duration::from_hours(2);
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

    /// Takes note of a renewal that was begun then, and whether it found all claims.
    fn renew(&self, begun: Instant, is_whole: bool) {
        let mut renewals = self.lock();
        if !is_whole || begun.saturating_duration_since(renewals.last) + MARGIN >= LEASE {
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
    /// The numbers of the rows of what this router is delivering. It renews no other claims: one that it does not know of, because
    /// the commit was never confirmed, is to lapse.
    held: BTreeMap<i64, Instant>,
    /// How often it has said that it runs, as of the last commit that was confirmed.
    confirmed: Option<i64>,
    /// How many calls have ended since it began: how many fagsystems accepted, and how many came to another end.
    answered: (i64, i64),
    /// What has been ended in the transaction that is under way.
    ended: RefCell<Lapsed>,
}

/// How many claims have lapsed and were ended, by the routers that had held them.
pub(in crate::store) type Lapsed = BTreeMap<String, u64>;

/// A renewal of all claims, which is the router's heartbeat too.
#[derive(Debug, Clone, Copy)]
pub(super) struct Renewal {
    begun: Instant,
    round_trip: Duration,
    leases: usize,
    /// How many it should have been.
    held: usize,
    heartbeats: Option<i64>,
}

impl Claims {
    pub fn of(router: String) -> Self {
        let heartbeats = Heartbeats::of(router.clone());
        let (lease, renew_at) = (Lease::begin(), Instant::now());
        Self {
            router,
            lease,
            renew_at,
            heartbeats,
            held: BTreeMap::new(),
            confirmed: None,
            answered: (0, 0),
            ended: RefCell::default(),
        }
    }

    pub fn heartbeats(&self) -> Heartbeats {
        self.heartbeats.clone()
    }

    /// Why the last renewal failed. Until one succeeds, the server may not keep what it commits, or not have the claims.
    pub fn doubt(&self) -> Option<JournalError> {
        self.heartbeats.last().error
    }

    /// Takes note that this router delivers the message of that row.
    pub fn hold(&mut self, number: i64) {
        self.held.insert(number, Instant::now());
    }

    /// Takes note that it does not any more.
    pub fn let_go(&mut self, number: i64) {
        self.held.remove(&number);
    }

    /// Counts a call that has ended.
    pub fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Accepted => self.answered.0 += 1,
            _ => self.answered.1 += 1,
        }
    }

    /// Takes note that a transaction begins, whatever became of the one before.
    pub fn note_begin(&self) {
        self.ended.take();
    }

    /// Takes note that it has been committed.
    pub fn note_commit(&self) {
        let lapsed = self.ended.take();
        report_lapsed(&lapsed);
        self.heartbeats.ended(lapsed.values().sum());
    }

    pub fn lease(&self) -> Lease {
        self.lease.clone()
    }

    /// When they are to be renewed.
    pub fn renew_at(&self) -> Instant {
        self.renew_at
    }

    /// Claims messages, and returns the number that each one's row is to have; `None` while another router delivers it. The
    /// messageUUIDs are in order, and no two are the same.
    pub fn take(&self, connection: &Connection, message_uuids: &[&str]) -> engine::Result<Vec<Option<i64>>> {
        let mut taken = self.take_free(connection, message_uuids)?;
        for (message_uuid, number) in message_uuids.iter().zip(&mut taken) {
            if number.is_some() {
                continue;
            }
            let lapsed = end_lapsed(connection, Some(message_uuid), None)?;
            if !lapsed.is_empty() {
                self.add_ended(lapsed);
                *number = self.take_free(connection, &[message_uuid])?.pop().flatten();
            }
        }
        Ok(taken)
    }

    fn take_free(&self, connection: &Connection, message_uuids: &[&str]) -> engine::Result<Vec<Option<i64>>> {
        let mut take = connection.many(
            "INSERT INTO claims (message_uuid, router, number, lease_ends)
             VALUES (lower(?1), ?2, nextval('journal_number_seq'), now() + make_interval(secs => ?3::bigint))
             ON CONFLICT (message_uuid) DO NOTHING RETURNING number",
        )?;
        for message_uuid in message_uuids {
            take.add(params![message_uuid, self.router, lease_seconds()])?;
        }
        let number = |mut rows: Rows<'_>| rows.next()?.map(|row| row.get(0)).transpose();
        take.query()?.into_iter().map(number).collect()
    }

    /// Gives claims back, each by its messageUUID and the number of its row. Returns which of them were still this router's.
    pub fn give_back(&self, connection: &Connection, claims: &[(&str, i64)]) -> engine::Result<Vec<bool>> {
        let mut give_back =
            connection.many("DELETE FROM claims WHERE message_uuid = lower(?1) AND router = ?2 AND number = ?3")?;
        for (message_uuid, number) in claims {
            give_back.add(params![message_uuid, self.router, number])?;
        }
        Ok(give_back.execute()?.into_iter().map(|ended| ended > 0).collect())
    }

    /// Renews those that are held, and ends those that have lapsed. Where that fails, it is tried again soon.
    /// `begun` is from before the transaction began, whose time is the server's.
    pub fn renew(&mut self, connection: &Connection, begun: Instant) -> Result<Renewal, JournalError> {
        self.renew_at = begun + RENEWAL;
        let asked = Instant::now();
        connection.look_over()?;
        let round_trip = asked.elapsed();
        self.held.retain(|_, since| since.elapsed() < LONGEST_DELIVERY);
        let held: Vec<_> = self.held.keys().map(i64::to_string).collect();
        let renew = "UPDATE claims SET lease_ends = now() + make_interval(secs => ?2::bigint)
                     WHERE router = ?1 AND number = ANY (string_to_array(?3, ',')::bigint[])";
        let values = params![self.router, lease_seconds(), held.join(",")];
        let leases = connection.prepare_cached(renew)?.execute(values)?;
        let seen = "UPDATE routers SET seen_at = now(), accepted = ?2, not_accepted = ?3, heartbeats = heartbeats + 1
                    WHERE name = ?1 RETURNING heartbeats";
        let values = params![self.router, self.answered.0, self.answered.1];
        let heartbeats: Option<i64> =
            connection.prepare_cached(seen)?.query_row(values, |row| row.get(0)).optional()?;
        if self.confirmed.is_some_and(|confirmed| heartbeats.is_none_or(|now| now <= confirmed)) {
            return Err(JournalError::CommitsLost);
        }
        self.add_ended(end_lapsed(connection, None, None)?);
        Ok(Renewal { begun, round_trip, leases, held: held.len(), heartbeats })
    }

    /// Takes note that a renewal has been committed.
    pub fn note_renewal(&mut self, renewal: Renewal) {
        // One that somebody else has ended no longer counts, nor do those that may have been ended with it.
        self.lease.renew(renewal.begun, renewal.leases >= renewal.held);
        self.confirmed = renewal.heartbeats.or(self.confirmed);
        self.note_commit();
        self.heartbeats.succeeded(renewal.round_trip, u64::try_from(renewal.leases).unwrap_or(u64::MAX));
    }

    /// Takes note that one has failed.
    pub fn note_failed_renewal(&mut self, error: JournalError) {
        self.renew_at = Instant::now() + RETRY;
        self.heartbeats.failed(error);
    }

    fn add_ended(&self, lapsed: Lapsed) {
        let mut ended = self.ended.borrow_mut();
        for (router, claims) in lapsed {
            *ended.entry(router).or_default() += claims;
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
