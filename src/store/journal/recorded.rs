//! What the journal says of the calls of some days, row by row, for who makes a journal for teaching from it.

use std::time::Duration;

use super::facts::{FACTS, read_facts};
use super::{DaySpan, JournalEntry, Outcome, Timing};
use crate::reasons::Reason;
use crate::rules::{CriterionKind, FagsystemId, Priority};
use crate::store::engine::{self, Row, named_params};
use crate::store::time::timestamp;
use crate::store::{PublicationNumber, Routed, Store, StoreError};

/// The columns before the facts.
const COLUMNS: &str = "number, received_at, message_uuid, bytes, authority, fagsystem, publication, priority, element, \
                       outcome, reason, answer_status, answer_code, answer_us, total_us, repeats, follows, differs_from";
const FIRST_FACT: usize = 18;

/// A row of the journal, with its number.
#[derive(Debug, Clone)]
pub struct RecordedCall {
    /// Its number.
    pub number: i64,
    /// What the journal says of it. Digests, transmission ids and refused callers are left out; so is what took less than the
    /// whole, but for the fagsystem's answer.
    pub entry: JournalEntry,
}

/// The calls of some days.
#[derive(Debug, Clone, Default)]
pub struct RecordedCalls {
    /// In the order of time.
    pub calls: Vec<RecordedCall>,
    /// How many earlier ones were left out, as there were too many.
    pub left_out: u64,
}

impl Store {
    /// What the journal says of the calls of those days that have an outcome: the newest, at most that many.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn recorded_calls(&self, span: DaySpan, most: usize) -> Result<RecordedCalls, StoreError> {
        // One moment for all of it, on a connection of its own, so that nobody waits.
        let own = self.snapshot()?;
        let connection = own.connection();
        let (from, before) = span.times();
        let within = "FROM journal INDEXED BY journal_by_arrival WHERE received_at >= :from AND received_at < :before \
                      AND outcome <> :under_way";
        let parameters = named_params! {":from": from, ":before": before, ":under_way": Outcome::UnderWay.code()};
        let all: i64 = connection.query_row(&format!("SELECT count(*) {within}"), parameters, |row| row.get(0))?;
        let query = format!("SELECT {COLUMNS}, {FACTS} {within} ORDER BY received_at DESC, number DESC LIMIT :most");
        let mut statement = connection.prepare(&query)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement.query_map(
            named_params! {
                ":from": from, ":before": before, ":under_way": Outcome::UnderWay.code(), ":most": most,
            },
            recorded_call,
        )?;
        let mut calls = rows.collect::<engine::Result<Vec<_>>>()?;
        calls.reverse();
        Ok(RecordedCalls { calls, left_out: (all - most).max(0).unsigned_abs() })
    }
}

fn recorded_call(row: &Row<'_>) -> engine::Result<RecordedCall> {
    let text = |column: usize| row.get::<Option<String>>(column);
    let micros = |column: usize| -> engine::Result<Option<Duration>> {
        let micros: Option<i64> = row.get(column)?;
        Ok(micros.map(|micros| Duration::from_micros(u64::try_from(micros).unwrap_or_default())))
    };
    let (authority, fagsystem) = (text(4)?.and_then(|cvr| cvr.parse().ok()), text(5)?);
    let (publication, priority) = (row.get::<Option<i64>>(6)?, row.get::<Option<u32>>(7)?);
    let element = text(8)?.and_then(|word| CriterionKind::from_word(&word));
    let routed = authority.zip(fagsystem.and_then(|id| FagsystemId::new(&id))).map(|(authority, fagsystem)| Routed {
        publication: PublicationNumber(publication.unwrap_or_default()),
        authority,
        fagsystem,
        priority: priority.and_then(Priority::new),
        element,
    });
    let outcome = text(9)?.and_then(|code| Outcome::from_code(&code)).unwrap_or(Outcome::BrokenOff);
    let entry = JournalEntry {
        message_uuid: text(2)?,
        bytes: u64::try_from(row.get::<i64>(3)?).unwrap_or_default(),
        facts: read_facts(row, FIRST_FACT)?,
        routed,
        reason: text(10)?.and_then(|code| Reason::from_code(&code)),
        answer: (row.get(11)?, text(12)?),
        timing: Timing { answer: micros(13)?, total: micros(14)?.unwrap_or_default(), ..Timing::default() },
        repeats: row.get(15)?,
        follows: row.get(16)?,
        differs_from: row.get(17)?,
        ..JournalEntry::new(timestamp(row.get(1)?), outcome)
    };
    Ok(RecordedCall { number: row.get(0)?, entry })
}
