use std::time::Duration;

use jiff::Timestamp;

use crate::rules::{CriterionKind, FagsystemId, Priority};
use crate::store::engine::{self, OptionalExtension, Row, ToSql, params};
use crate::store::journal::facts::{FACTS, read_facts};
use crate::store::journal::row::{ROW, journal_row};
use crate::store::time::timestamp;
use crate::store::{
    JournalEntry, JournalRow, Outcome, OwnNames, PublicationNumber, Reason, RefusedCaller, Routed, Store, StoreError,
    Timing,
};

/// At most this many rows of the same message are shown, the last ones.
const MAX_TRIES: i64 = 500;
/// Where the facts begin among the columns of a whole row.
const FIRST_FACT: usize = 22;

/// A row of the journal in full, and every call with the same message.
#[derive(Debug, Clone)]
pub struct MessageDetails {
    /// The row's number.
    pub number: i64,
    /// All that is stored of it.
    pub entry: JournalEntry,
    /// Rows of the same message in the order in which they came: the newest, this one, and the one that was accepted.
    pub tries: Vec<JournalRow>,
    /// How many rows of the same message there are in all.
    pub came: u64,
    /// When the first of them came.
    pub first_came_at: Timestamp,
}

/// The columns that a whole row is read from, its number first.
pub(super) fn entry_columns() -> String {
    format!(
        "number, received_at, message_uuid, bytes, publication, authority, fagsystem, priority, element, outcome, reason, \
         repeats, follows, answer_status, answer_code, header_us, whole_us, answer_us, total_us, \
         differs_from, caller, transmission_id, {FACTS}"
    )
}

impl Store {
    /// All that is stored of the row with that number; `None` when there is no such row.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn message_details(&self, number: i64) -> Result<Option<MessageDetails>, StoreError> {
        let own = self.snapshot()?;
        let connection = own.connection();
        let row = format!("SELECT {} FROM journal WHERE number = ?1", entry_columns());
        let Some(entry) = connection.query_row(&row, [number], journal_entry).optional()? else { return Ok(None) };
        let (which, key): (_, &dyn ToSql) = match &entry.message_uuid {
            Some(uuid) => ("message_uuid = ?1 COLLATE NOCASE", uuid),
            None => ("number = ?1", &number),
        };
        let all = format!("SELECT count(*), min(received_at) FROM journal WHERE {which}");
        let (came, first): (i64, i64) = connection.query_row(&all, [key], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows = format!(
            "SELECT {ROW} FROM journal
             WHERE number = ?2 OR number IN (SELECT number FROM journal WHERE {which} ORDER BY number DESC LIMIT {MAX_TRIES})
                   OR number = (SELECT min(number) FROM journal
                                WHERE {which} AND outcome = ?3 AND repeats IS NULL)
             ORDER BY number"
        );
        let mut statement = connection.prepare(&rows)?;
        let tries = statement.query_map(params![key, number, Outcome::Accepted.code()], journal_row)?;
        let tries: Vec<_> = tries.collect::<engine::Result<_>>()?;
        let (came, first_came_at) = (u64::try_from(came).unwrap_or_default(), timestamp(first));
        Ok(Some(MessageDetails { number, entry, tries, came, first_came_at }))
    }
}

pub(super) fn journal_entry(row: &Row<'_>) -> engine::Result<JournalEntry> {
    let text = |column: usize| row.get::<Option<String>>(column);
    let micros = |column: usize| row.get::<Option<i64>>(column).map(|micros| micros.map(duration));
    let publication = row.get::<Option<i64>>(4)?.map(PublicationNumber);
    let authority = text(5)?.and_then(|cvr| cvr.parse().ok());
    let fagsystem = text(6)?.and_then(|id| FagsystemId::new(&id));
    let priority = row.get::<Option<u32>>(7)?.and_then(Priority::new);
    let element = text(8)?.and_then(|word| CriterionKind::from_word(&word));
    let routed = publication.zip(authority).zip(fagsystem);
    let routed = routed.map(|((publication, authority), fagsystem)| Routed {
        publication,
        authority,
        fagsystem,
        priority,
        element,
    });
    let outcome = text(9)?.and_then(|code| Outcome::from_code(&code)).unwrap_or(Outcome::BrokenOff);
    Ok(JournalEntry {
        received_at: timestamp(row.get(1)?),
        message_uuid: text(2)?,
        transmission_id: text(21)?.and_then(|id| id.parse().ok()),
        bytes: u64::try_from(row.get::<i64>(3)?).unwrap_or_default(),
        announced: None,
        digest: None,
        facts: read_facts(row, FIRST_FACT)?,
        own_names: OwnNames::default(),
        routed,
        outcome,
        reason: text(10)?.and_then(|code| Reason::from_code(&code)),
        refused: refused(outcome, text(10)?, text(20)?),
        repeats: row.get(11)?,
        follows: row.get(12)?,
        differs_from: row.get(19)?,
        answer: (row.get(13)?, text(14)?),
        timing: Timing {
            header: micros(15)?,
            whole: micros(16)?,
            answer: micros(17)?,
            total: micros(18)?.unwrap_or_default(),
        },
        is_left_out: false,
    })
}

/// What is stored of a caller that may not deliver; `None` in rows of versions that did not store it.
fn refused(outcome: Outcome, reason: Option<String>, caller: Option<String>) -> Option<RefusedCaller> {
    let may_be = matches!(outcome, Outcome::NotAllowed | Outcome::Invalid);
    let reason = reason.filter(|_| may_be && caller.is_some())?;
    Some(RefusedCaller { reason: reason.into(), caller })
}

fn duration(micros: i64) -> Duration {
    Duration::from_micros(u64::try_from(micros).unwrap_or_default())
}
