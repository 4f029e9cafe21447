use std::time::Duration;

use jiff::Timestamp;

use super::Outcome;
use crate::reasons::Reason;
use crate::rules::{CriterionKind, Cvr, FagsystemId, Priority, SenderKind};
use crate::store::engine::{self, OptionalExtension, Row};
use crate::store::time::timestamp;
use crate::store::{PublicationNumber, Store, StoreError};

/// A row of the journal as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// Its number: later messages have higher ones.
    pub number: i64,
    /// When the call came.
    pub received_at: Timestamp,
    /// As the message writes it.
    pub message_uuid: Option<String>,
    /// How many bytes of it came.
    pub bytes: u64,
    /// How segments saw the sender.
    pub sender: Option<SenderKind>,
    /// The contact point it was addressed to.
    pub contact_point: Option<String>,
    /// The KLE number.
    pub kle: Option<String>,
    /// The authority's first CVR number.
    pub authority: Option<Cvr>,
    /// The fagsystem's id.
    pub fagsystem: Option<FagsystemId>,
    /// The publication that decided.
    pub publication: Option<PublicationNumber>,
    /// The deciding rule's priority; `None` with a fagsystem: the default recipient.
    pub priority: Option<Priority>,
    /// What the deciding rule looks at.
    pub element: Option<CriterionKind>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, if the fagsystem did not get it or gave no proper answer.
    pub reason: Option<Reason>,
    /// The row whose acceptance this call was answered with, without a delivery.
    pub repeats: Option<i64>,
    /// From the call until the outcome.
    pub total: Duration,
}

/// The columns that a [`JournalRow`] is read from.
pub(in crate::store) const ROW: &str = "number, received_at, message_uuid, bytes, sender_kind, contact_point_id, kle, \
                                        authority, fagsystem, priority, outcome, total_us, reason, repeats, publication, \
                                        element";

impl Store {
    /// The journal's newest rows, at most that many, the newest first.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn newest_journal_rows(&self, most: usize) -> Result<Vec<JournalRow>, StoreError> {
        let connection = self.journal()?;
        let query = format!("SELECT {ROW} FROM journal ORDER BY number DESC LIMIT ?1");
        let mut statement = connection.prepare_cached(&query)?;
        let rows = statement.query_map([i64::try_from(most).unwrap_or(i64::MAX)], journal_row)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The rows with those numbers, in that order. Those that are no longer there are left out.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn journal_rows(&self, numbers: &[i64]) -> Result<Vec<JournalRow>, StoreError> {
        let connection = self.journal()?;
        let mut statement = connection.prepare_cached(&format!("SELECT {ROW} FROM journal WHERE number = ?1"))?;
        let rows = numbers.iter().map(|number| statement.query_row([number], journal_row).optional());
        Ok(rows.filter_map(Result::transpose).collect::<engine::Result<_>>()?)
    }
}

pub(in crate::store) fn journal_row(row: &Row<'_>) -> engine::Result<JournalRow> {
    let text = |column: usize| row.get::<Option<String>>(column);
    let sender = text(4)?;
    Ok(JournalRow {
        number: row.get(0)?,
        received_at: timestamp(row.get(1)?),
        message_uuid: text(2)?,
        bytes: u64::try_from(row.get::<i64>(3)?).unwrap_or_default(),
        sender: sender.and_then(|word| SenderKind::from_word(&word)),
        contact_point: text(5)?,
        kle: text(6)?,
        authority: text(7)?.and_then(|cvr| cvr.parse().ok()),
        fagsystem: text(8)?.and_then(|id| FagsystemId::new(&id)),
        priority: row.get::<Option<u32>>(9)?.and_then(Priority::new),
        reason: text(12)?.and_then(|code| Reason::from_code(&code)),
        repeats: row.get(13)?,
        publication: row.get::<Option<i64>>(14)?.map(PublicationNumber),
        element: text(15)?.and_then(|word| CriterionKind::from_word(&word)),
        outcome: text(10)?.and_then(|code| Outcome::from_code(&code)).unwrap_or(Outcome::BrokenOff),
        total: Duration::from_micros(u64::try_from(row.get::<i64>(11)?).unwrap_or_default()),
    })
}
