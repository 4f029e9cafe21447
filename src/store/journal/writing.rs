use std::sync::LazyLock;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use super::arrivals::{COLUMNS, RecentRows, move_into_journal};
use super::command::{Entered, JournalCommand, Work};
use super::earlier::{EarlierDelivery, EarlierRows};
use super::ended::EndedCall;
use super::entry::{stored, stored_code};
use super::hours::HourlyCounts;
use super::post_type::post_type_word;
use super::{Digest, DigestKey, JournalEntry, JournalError, Outcome};
use crate::reasons::Reason;
use crate::rules::{CriterionKind, Priority, Sender};
use crate::store::router_lock::Commits;
use crate::store::time::nanoseconds;
use crate::store::{Store, StoreError};

/// How long rows stand among the arrivals at least, and no more than three times as long, unless another program moves them first.
/// Nearly every message has ended by then: what has been moved before its end costs more.
const MOVE_AFTER: Duration = Duration::from_millis(500);
/// How many rows are moved at a time. A message that comes meanwhile waits for them; each takes some 20 microseconds.
const ROWS_PER_MOVE: i64 = 64;
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
        let recent = RecentRows::of(&store.connection())?;
        let move_at = (!recent.is_empty()).then(Instant::now);
        let next = recent.span().map_or(0, |(_, newest)| newest);
        let ripening = Ripening { ripe: 0, next, ends: Instant::now() };
        Ok(Self { store, key, commits, recent, move_at, ripening, unwritten: Vec::new() })
    }

    /// When rows are to be moved from the arrivals into the journal; `None`: there are none.
    pub fn move_at(&self) -> Option<Instant> {
        self.move_at
    }

    /// Moves some rows from the arrivals into the journal, if it is time. Those that cannot be moved now are on disk where they
    /// are, and are moved later.
    pub fn move_some(&mut self) {
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
        let transaction = Writing::begin(connection)?;
        move_into_journal(connection, up_to, ROWS_PER_MOVE)?;
        self.store.file.check()?;
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
                self.unwritten.clear();
                if self.move_at.is_none() && !self.recent.is_empty() {
                    self.move_at = Some(Instant::now() + MOVE_AFTER);
                }
                for (command, entered) in commands.into_iter().zip(results) {
                    let _ = command.answer.send(Ok(entered));
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

    fn write(&mut self, commands: &[JournalCommand]) -> Result<Vec<Entered>, JournalError> {
        if self.recent.len() >= MAX_ARRIVALS {
            self.move_rows(i64::MAX)?;
        }
        let connection = &*self.store.connection();
        let transaction = Writing::begin(connection)?;
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
        let results = results.collect::<rusqlite::Result<_>>()?;
        hours.write(connection)?;
        let commits = count_commit(connection)?;
        // Checked before the commit, so that it can be rolled back. Otherwise a moved file would have rows whose callers
        // were answered that nothing was written.
        self.store.file.check()?;
        transaction.commit()?;
        self.commits.record(commits);
        Ok(results)
    }
}

impl Drop for Writer {
    /// Leaves nothing among the arrivals, if that can be.
    fn drop(&mut self) {
        while !self.recent.is_empty() && self.move_rows(i64::MAX).is_ok() {}
    }
}

/// A transaction whose beginning and end are parsed once. It is rolled back unless it is committed.
struct Writing<'a>(&'a Connection);

impl<'a> Writing<'a> {
    /// Immediate, because a transaction that has read before another program wrote can no longer write.
    fn begin(connection: &'a Connection) -> rusqlite::Result<Self> {
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        Ok(Self(connection))
    }

    fn commit(self) -> rusqlite::Result<()> {
        self.0.prepare_cached("COMMIT")?.execute([]).map(|_| ())
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        if !self.0.is_autocommit() {
            let _ = self.0.execute_batch("ROLLBACK");
        }
    }
}

/// Writes a row that already has its outcome, regardless of earlier rows. Returns its number.
pub(super) fn record(
    connection: &Connection,
    entry: &JournalEntry,
    key: &DigestKey,
    recent: &mut RecentRows,
) -> rusqlite::Result<i64> {
    let facts = facts_digest(entry, key);
    let earlier_rows = EarlierRows::of(connection, entry, facts.as_ref(), recent)?;
    insert(connection, entry, key, facts.as_ref(), !earlier_rows.is_known, recent)
}

fn enter(
    connection: &Connection,
    entry: &JournalEntry,
    key: &DigestKey,
    recent: &mut RecentRows,
) -> rusqlite::Result<Entered> {
    let facts = facts_digest(entry, key);
    let earlier_rows = EarlierRows::of(connection, entry, facts.as_ref(), recent)?;
    if let Some(other) = earlier_rows.other_message() {
        return Ok(Entered::Reused(other));
    }
    let binding = earlier_rows.binding().map(|earlier| earlier.number);
    if binding.is_none() && entry.is_left_out {
        return Ok(Entered::LeftOut);
    }
    if binding.is_none() || binding == entry.follows {
        let is_first = !earlier_rows.is_known;
        return insert(connection, entry, key, facts.as_ref(), is_first, recent).map(Entered::Written);
    }
    Ok(match (earlier_rows.accepted.first(), earlier_rows.unknown) {
        (Some(first), _) => recognise(entry, first.clone(), earlier_rows.accepted, earlier_rows.has_differed),
        (None, Some(unknown)) => Entered::Bound(unknown),
        (None, None) => unreachable!("one of them is binding"),
    })
}

fn facts_digest(entry: &JournalEntry, key: &DigestKey) -> Option<Digest> {
    entry.facts.as_ref().map(|(facts, _)| key.facts(facts))
}

/// How the message relates to accepted ones with the same facts.
fn recognise(
    entry: &JournalEntry,
    first: EarlierDelivery,
    accepted: Vec<EarlierDelivery>,
    has_differed: bool,
) -> Entered {
    match (entry.digest, entry.announced) {
        (Some(digest), _) => match accepted.into_iter().find(|earlier| earlier.is_same(digest, entry.bytes)) {
            Some(same) => Entered::Accepted(same),
            None => Entered::Differs(first),
        },
        (None, Some(length)) if accepted.iter().all(|earlier| earlier.bytes != length) => Entered::Differs(first),
        (None, _) => Entered::Undecided { accepted, has_differed },
    }
}

fn insert(
    connection: &Connection,
    entry: &JournalEntry,
    key: &DigestKey,
    facts_digest: Option<&Digest>,
    is_first: bool,
    recent: &mut RecentRows,
) -> rusqlite::Result<i64> {
    let mut statement = connection.prepare_cached(&INSERT)?;
    let facts = entry.facts.as_ref().map(|(facts, _)| facts);
    let routed = entry.routed.as_ref();
    let point = facts.and_then(|facts| facts.contact_point.as_ref());
    let sender_cvr = facts.and_then(|facts| match facts.sender {
        Sender::Organisation(cvr) => cvr,
        Sender::Person | Sender::Other => None,
    });
    statement.execute(params![
        nanoseconds(entry.received_at),
        entry.message_uuid,
        i64::try_from(entry.bytes).unwrap_or(i64::MAX),
        entry.facts.as_ref().map(|(_, sender)| sender.word()),
        sender_cvr.map(|cvr| cvr.to_string()),
        routed.map(|routed| routed.authority.to_string()),
        facts.and_then(|facts| facts.recipient).map(|cvr| cvr.to_string()),
        facts.map(|facts| facts.contact_point.is_some()),
        point.and_then(|point| point.id.as_ref()).map(|id| stored(id, entry.own_names.contact_point, key)),
        point.and_then(|point| point.group.as_ref()).map(|group| stored(group, entry.own_names.contact_group, key)),
        facts.and_then(|facts| facts.kle).map(|kle| kle.to_string()),
        facts.and_then(|facts| facts.form).map(|form| form.to_string()),
        facts.map(|facts| post_type_word(facts.post_type)),
        routed.map(|routed| routed.publication.get()),
        routed.map(|routed| routed.fagsystem.as_str()),
        routed.and_then(|routed| routed.priority).map(Priority::get),
        routed.and_then(|routed| routed.element).map(CriterionKind::word),
        entry.outcome.code(),
        entry.reason_code(),
        entry.answer.0,
        entry.answer.1.as_deref().map(stored_code),
        entry.timing.header.map(micros),
        entry.timing.whole.map(micros),
        entry.timing.answer.map(micros),
        micros(entry.timing.total),
        entry.repeats,
        entry.follows,
        is_first,
        facts_digest.map(Digest::as_bytes),
        entry.digest.as_ref().map(Digest::as_bytes),
        entry.differs_from,
        entry.refused.as_ref().and_then(|refused| refused.caller.as_deref()),
        entry.transmission_id.map(|id| id.to_string()),
        (entry.outcome != Outcome::UnderWay).then(|| recent.next_end()),
    ])?;
    let number = connection.last_insert_rowid();
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
) -> rusqlite::Result<()> {
    let values = params![
        number,
        i64::try_from(entry.bytes).unwrap_or(i64::MAX),
        entry.outcome.code(),
        entry.reason.map(Reason::code),
        entry.answer.0,
        entry.answer.1.as_deref().map(stored_code),
        entry.timing.whole.map(micros),
        entry.timing.answer.map(micros),
        micros(entry.timing.total),
        entry.repeats,
        entry.digest.as_ref().map(Digest::as_bytes),
        entry.differs_from,
        recent.next_end(),
    ];
    if connection.prepare_cached(&CONCLUDE_ARRIVAL)?.execute(values)? == 0 {
        // It was moved while it was under way, and is counted here.
        connection.prepare_cached(&CONCLUDE_MOVED)?.execute(&values[..values.len() - 1])?;
        hours.count(&EndedCall::of(entry));
    }
    Ok(())
}

static CONCLUDE_ARRIVAL: LazyLock<String> = LazyLock::new(|| conclude_in("arrivals", "ended = ?13, "));
static CONCLUDE_MOVED: LazyLock<String> = LazyLock::new(|| conclude_in("journal", ""));

fn conclude_in(table: &str, also: &str) -> String {
    format!(
        "UPDATE {table}
         SET {also}bytes = ?2, outcome = ?3, reason = ?4, answer_status = ?5, answer_code = ?6, whole_us = ?7,
             answer_us = ?8, total_us = ?9, repeats = ?10, digest = ?11, differs_from = ?12
         WHERE number = ?1"
    )
}

pub(super) fn count_commit(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("UPDATE router_state SET commits = commits + 1")?.execute([])?;
    // To have it returned by the update would cost ten times as much: SQLite makes a table for that.
    connection.prepare_cached("SELECT commits FROM router_state")?.query_row([], |row| row.get(0))
}

/// Writes as much as for a message, into the table and each index: on a full disk there may still be room for less.
fn probe(connection: &Connection) -> rusqlite::Result<i64> {
    let row = "INSERT INTO journal (received_at, message_uuid, bytes, sender_cvr, recipient_cvr, contact_point_id,
                                    contact_group, kle, form, authority, fagsystem, outcome, total_us, is_first,
                                    transmission_id)
               VALUES (0, '', 0, '', '', '', '', '', '', '', '', ?1, 0, 0, '')";
    connection.execute(row, [Outcome::UnderWay.code()])?;
    let number = connection.last_insert_rowid();
    connection.execute("DELETE FROM journal WHERE number = ?1", [number])?;
    Ok(number)
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
