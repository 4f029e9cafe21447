use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use super::arrivals::{COLUMNS, RecentRows, move_into_journal};
use super::claims::{Claims, Lease};
use super::command::{Entered, JournalCommand, Work, Written};
use super::earlier::EarlierRows;
use super::ended::EndedCall;
use super::heartbeat::Heartbeats;
use super::hours::HourlyCounts;
use super::row_writing::{CONCLUDE_MOVED, conclude_in, enter_after, facts_digest, with_outcome, with_row};
use super::shared::SharedJournal;
use super::{Digest, DigestKey, JournalEntry, JournalError, Outcome};
use crate::store::engine::{self, Connection, TransactionBehavior};
use crate::store::router_lock::Commits;
use crate::store::{Store, StoreError};

/// How long rows stand among the arrivals at least, and no more than three times as long, unless another program moves them first.
/// Nearly every message has ended by then: what has been moved before its end costs more.
const MOVE_AFTER: Duration = Duration::from_millis(500);
/// How many rows are moved at a time. A message that comes meanwhile waits for them; each takes some 20 microseconds.
const ROWS_PER_MOVE: i64 = 64;
/// How long a server may take to answer. Messages wait meanwhile, and claims are not renewed.
const LONGEST_ANSWER: Duration = Duration::from_secs(10);
/// The most rows among the arrivals. Beyond, nothing is written before some of them have been moved.
const MAX_ARRIVALS: usize = 16_384;

/// What the journal's thread writes with.
pub(super) struct Writer {
    store: Store,
    key: DigestKey,
    commits: Commits,
    recent: RecentRows,
    /// When rows are to be moved from the arrivals into the journal; `None`: there are none.
    move_at: Option<Instant>,
    ripening: Ripening,
    /// Where other routers may share the database.
    claims: Option<Claims>,
    /// Outcomes that could not be written yet and go into the next commit.
    unwritten: Vec<(i64, Box<JournalEntry>)>,
}

/// Which rows have stood among the arrivals for long enough, and are moved evenly over the time until others have: messages
/// would wait for all of them at once.
struct Ripening {
    /// Those up to this number have.
    ripe: i64,
    /// Those up to this number will have, the next time.
    next: i64,
    /// The next time.
    ends: Instant,
}

impl Ripening {
    fn is_ripe(&self, number: i64) -> bool {
        number <= self.ripe
    }

    /// Begins the next span of time, in which everything up to that number ripens.
    fn advance(&mut self, newest: i64, now: Instant) {
        self.ripe = std::mem::replace(&mut self.next, newest);
        self.ends = now + MOVE_AFTER;
    }

    /// When to move the next rows, of which this is the first.
    fn move_at(&self, oldest: i64, now: Instant) -> Instant {
        let left = self.ends.saturating_duration_since(now);
        let moves = (self.ripe - oldest) / ROWS_PER_MOVE + 1;
        if self.is_ripe(oldest) { now + left / u32::try_from(moves).unwrap_or(u32::MAX) } else { self.ends }
    }
}

impl Writer {
    pub fn new(store: &Store, key: DigestKey) -> Result<Self, StoreError> {
        let (store, commits) = (store.reopen()?, Commits::of(store));
        let claims = store.router_name().map(|name| Claims::of(name.to_owned()));
        if claims.is_some() {
            store.connection().limit_waiting(LONGEST_ANSWER);
        }
        let recent = RecentRows::of(&store.connection())?;
        let move_at = (!recent.is_empty()).then(Instant::now);
        let next = recent.span().map_or(0, |(_, newest)| newest);
        let ripening = Ripening { ripe: 0, next, ends: Instant::now() };
        Ok(Self { store, key, commits, recent, move_at, ripening, claims, unwritten: Vec::new() })
    }

    /// What says whether this router's claims hold; `None` where no other can deliver its messages.
    pub fn lease(&self) -> Option<Lease> {
        self.claims.as_ref().map(Claims::lease)
    }

    /// What is learnt of the database where several routers share it; `None` where this one has it alone.
    pub fn heartbeats(&self) -> Option<Heartbeats> {
        self.claims.as_ref().map(Claims::heartbeats)
    }

    /// When there is something to do that nobody asks for.
    pub fn next_chore(&self) -> Option<Instant> {
        self.claims.as_ref().map_or(self.move_at, |claims| Some(claims.renew_at()))
    }

    /// Does it, if it is time.
    pub fn do_chores(&mut self) {
        self.renew_claims();
        self.move_some();
    }

    fn renew_claims(&mut self) {
        let Some(claims) = self.claims.as_mut().filter(|claims| claims.renew_at() <= Instant::now()) else { return };
        let connection = self.store.connection();
        claims.note_begin();
        let begun = Instant::now();
        let renewed = connection.begin(TransactionBehavior::Deferred).map_err(JournalError::from);
        let renewed = renewed.and_then(|transaction| {
            let renewal = claims.renew(&transaction, begun)?;
            transaction.commit()?;
            Ok(renewal)
        });
        match renewed {
            Ok(renewal) => claims.note_renewal(renewal),
            Err(error) => {
                tracing::debug!(%error, "the claims on messages under way cannot be renewed yet");
                claims.note_failed_renewal(error);
            }
        }
    }

    /// Moves some rows from the arrivals into the journal, if it is time. Those that cannot be moved now are on disk where they
    /// are, and are moved later.
    fn move_some(&mut self) {
        let now = Instant::now();
        if self.move_at.is_none_or(|at| at > now) {
            return;
        }
        let Some((oldest, newest)) = self.recent.span() else {
            self.move_at = None;
            return;
        };
        if !self.ripening.is_ripe(oldest) && self.ripening.ends <= now {
            self.ripening.advance(newest, now);
        }
        let moved = if self.ripening.is_ripe(oldest) { self.move_rows(self.ripening.ripe) } else { Ok(()) };
        self.move_at = match moved {
            Ok(()) => self.recent.span().map(|(oldest, _)| self.ripening.move_at(oldest, now)),
            Err(error) => {
                tracing::debug!(%error, "rows cannot be moved into the journal yet");
                Some(now + MOVE_AFTER)
            }
        };
    }

    fn move_rows(&mut self, up_to: i64) -> Result<(), JournalError> {
        let connection = &*self.store.connection();
        let transaction = connection.begin(TransactionBehavior::Immediate)?;
        move_into_journal(connection, up_to, ROWS_PER_MOVE)?;
        self.store.place.check()?;
        transaction.commit()?;
        self.recent.forget_moved(connection)?;
        Ok(())
    }

    /// Writes in one commit, and answers each caller once that is on disk.
    pub fn execute(&mut self, commands: Vec<JournalCommand>) {
        let written = self.write(&commands);
        let is_one_of_many = commands.len() > 1 && matches!(written, Err(JournalError::Refused(_)));
        if is_one_of_many {
            // An error of one must not fail the others.
            for command in commands {
                self.execute(vec![command]);
            }
            return;
        }
        match written {
            Ok(results) => {
                self.note_whose_they_are(&commands, &results);
                self.unwritten.clear();
                if self.move_at.is_none() && !self.recent.is_empty() {
                    self.move_at = Some(Instant::now() + MOVE_AFTER);
                }
                for (command, entered) in commands.into_iter().zip(results) {
                    // Nobody delivers what nobody is told of.
                    if let (Err(Ok(Entered::Written(number))), Some(claims)) =
                        (command.answer.send(entered), &mut self.claims)
                    {
                        claims.let_go(number);
                    }
                }
            }
            Err(error) => {
                for JournalCommand { work, answer } in commands {
                    if let Work::Conclude(number, entry) = work {
                        self.unwritten.push((number, entry));
                    }
                    let _ = answer.send(Err(error.clone()));
                }
            }
        }
    }

    fn write(&mut self, commands: &[JournalCommand]) -> Result<Vec<Written>, JournalError> {
        if self.claims.is_some() {
            return self.write_among_others(commands);
        }
        if self.recent.len() >= MAX_ARRIVALS {
            self.move_rows(i64::MAX)?;
        }
        let connection = &*self.store.connection();
        let transaction = connection.begin(TransactionBehavior::Immediate)?;
        let mut hours = HourlyCounts::default();
        for (number, entry) in &self.unwritten {
            conclude(connection, *number, entry, &mut self.recent, &mut hours)?;
        }
        let results = commands.iter().map(|command| match &command.work {
            Work::Record(entry) => record(connection, entry, &self.key, &mut self.recent).map(Entered::Written),
            Work::Enter(entry) => enter(connection, entry, &self.key, &mut self.recent),
            Work::Conclude(number, entry) => {
                conclude(connection, *number, entry, &mut self.recent, &mut hours).map(|()| Entered::Written(*number))
            }
            Work::Probe => probe(connection).map(Entered::Written),
        });
        let results = results.map(|entered| entered.map(Ok)).collect::<engine::Result<_>>()?;
        hours.write(connection)?;
        let commits = count_commit(connection)?;
        // Checked before the commit, so that it can be rolled back. Otherwise a moved file would have rows whose callers
        // were answered that nothing was written.
        self.store.place.check()?;
        transaction.commit()?;
        self.commits.record(commits);
        Ok(results)
    }
}

impl Writer {
    /// Takes note of which messages this router delivers after a commit, and which no more.
    fn note_whose_they_are(&mut self, commands: &[JournalCommand], results: &[Written]) {
        let Some(claims) = &mut self.claims else { return };
        for (number, _) in &self.unwritten {
            claims.let_go(*number);
        }
        for (command, written) in commands.iter().zip(results) {
            match (&command.work, written) {
                (Work::Enter(entry), Ok(Entered::Written(number))) if entry.outcome == Outcome::UnderWay => {
                    claims.hold(*number);
                }
                (Work::Enter(entry) | Work::Record(entry), Ok(Entered::Written(_))) => claims.count(entry.outcome),
                (Work::Conclude(number, entry), _) => {
                    claims.let_go(*number);
                    claims.count(entry.outcome);
                }
                _ => {}
            }
        }
    }

    /// The same, where other routers write into the database at the same time.
    fn write_among_others(&mut self, commands: &[JournalCommand]) -> Result<Vec<Written>, JournalError> {
        let Some(claims) = &self.claims else { return Ok(Vec::new()) };
        let connection = &*self.store.connection();
        claims.note_begin();
        let transaction = connection.begin(TransactionBehavior::Deferred)?;
        let mut shared = SharedJournal::new(connection, claims, &self.key);
        let (doubt, mut results) = (claims.doubt(), BTreeMap::<usize, Written>::new());
        let (mut entered, mut recorded, mut concluded) = (Vec::new(), Vec::new(), Vec::new());
        for (at, command) in commands.iter().enumerate() {
            match &command.work {
                Work::Enter(entry) => match &doubt {
                    None => entered.push((at, &**entry)),
                    Some(doubt) => results.extend([(at, Err(doubt.clone()))]),
                },
                Work::Record(entry) => recorded.push((at, &**entry)),
                Work::Conclude(number, entry) => concluded.push((at, *number, &**entry)),
                Work::Probe => results.extend([(at, Ok(Entered::Written(probe(connection)?)))]),
            }
        }
        // Claims are taken before any is given back, so that no two routers wait for each other.
        results.extend(shared.enter(entered)?);
        let unwritten = self.unwritten.iter().map(|(number, entry)| (0, *number, &**entry)).collect();
        // Nobody waits for the results any more.
        let _ = shared.conclude(unwritten)?;
        results.extend(shared.record(recorded)?);
        results.extend(shared.conclude(concluded)?);
        shared.count()?;
        transaction.commit()?;
        claims.note_commit();
        Ok(results.into_values().collect())
    }
}

impl Drop for Writer {
    /// Leaves nothing among the arrivals, if that can be.
    fn drop(&mut self) {
        while !self.recent.is_empty() && self.move_rows(i64::MAX).is_ok() {}
    }
}

/// Writes a row that already has its outcome, regardless of earlier rows. Returns its number.
pub(super) fn record(
    connection: &Connection,
    entry: &JournalEntry,
    key: &DigestKey,
    recent: &mut RecentRows,
) -> engine::Result<i64> {
    let facts = facts_digest(entry, key);
    let earlier_rows = EarlierRows::of(connection, entry, facts.as_ref(), recent)?;
    insert(connection, entry, key, facts.as_ref(), !earlier_rows.is_known, recent)
}

fn enter(
    connection: &Connection,
    entry: &JournalEntry,
    key: &DigestKey,
    recent: &mut RecentRows,
) -> engine::Result<Entered> {
    let facts = facts_digest(entry, key);
    let earlier_rows = EarlierRows::of(connection, entry, facts.as_ref(), recent)?;
    enter_after(earlier_rows, entry, |is_first| insert(connection, entry, key, facts.as_ref(), is_first, recent))
}

fn insert(
    connection: &Connection,
    entry: &JournalEntry,
    key: &DigestKey,
    facts_digest: Option<&Digest>,
    is_first: bool,
    recent: &mut RecentRows,
) -> engine::Result<i64> {
    let ended = (entry.outcome != Outcome::UnderWay).then(|| recent.next_end());
    let number = with_row(entry, key, facts_digest, is_first, ended, |values| connection.insert(&INSERT, values))?;
    recent.note(entry.message_uuid.as_deref(), number);
    Ok(number)
}

/// With the number after the last one that any row has had.
static INSERT: LazyLock<String> = LazyLock::new(|| {
    let parameters: Vec<_> = (1..=COLUMNS.split(", ").count()).map(|number| format!("?{number}")).collect();
    format!(
        "INSERT INTO arrivals ({COLUMNS}, ended)
         VALUES (1 + max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'journal'), 0),
                         coalesce((SELECT max(number) FROM arrivals), 0)),
                 {})",
        parameters.join(", ")
    )
});

fn conclude(
    connection: &Connection,
    number: i64,
    entry: &JournalEntry,
    recent: &mut RecentRows,
    hours: &mut HourlyCounts,
) -> engine::Result<()> {
    with_outcome(number, entry, recent.next_end(), |values| {
        if connection.prepare_cached(&CONCLUDE_ARRIVAL)?.execute(values)? == 0 {
            // It was moved while it was under way, and is counted here.
            connection.prepare_cached(&CONCLUDE_MOVED)?.execute(&values[..values.len() - 1])?;
            hours.count(&EndedCall::of(entry));
        }
        Ok(())
    })
}

static CONCLUDE_ARRIVAL: LazyLock<String> = LazyLock::new(|| conclude_in("arrivals", "ended = ?13, "));
pub(super) fn count_commit(connection: &Connection) -> engine::Result<i64> {
    connection.prepare_cached("UPDATE router_state SET commits = commits + 1")?.execute([])?;
    // To have it returned by the update would cost ten times as much: SQLite makes a table for that.
    connection.prepare_cached("SELECT commits FROM router_state")?.query_row([], |row| row.get(0))
}

/// Writes as much as for a message, into the table and each index: on a full disk there may still be room for less.
fn probe(connection: &Connection) -> engine::Result<i64> {
    let row = "INSERT INTO journal (received_at, message_uuid, bytes, sender_cvr, recipient_cvr, contact_point_id,
                                    contact_group, kle, form, authority, fagsystem, outcome, total_us, is_first,
                                    transmission_id)
               VALUES (0, '', 0, '', '', '', '', '', '', '', '', ?1, 0, false, '')";
    let number = connection.insert(row, [Outcome::UnderWay.code()])?;
    connection.execute("DELETE FROM journal WHERE number = ?1", [number])?;
    Ok(number)
}
