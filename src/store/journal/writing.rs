use std::time::Duration;

use rusqlite::{Transaction, TransactionBehavior, params};

use super::command::{Entered, JournalCommand, Work};
use super::earlier::{EarlierDelivery, EarlierRows};
use super::entry::{stored, stored_code};
use super::hours::HourlyCounts;
use super::post_type::post_type_word;
use super::{Digest, DigestKey, JournalEntry, JournalError, Outcome};
use crate::reasons::Reason;
use crate::rules::{CriterionKind, Priority, Sender};
use crate::store::router_lock::Commits;
use crate::store::time::nanoseconds;
use crate::store::{Store, StoreError};

/// What the journal's thread writes with.
pub(super) struct Writer {
    store: Store,
    key: DigestKey,
    commits: Commits,
    /// Outcomes that could not be written yet and go into the next commit.
    unwritten: Vec<(i64, Box<JournalEntry>)>,
}

impl Writer {
    pub fn new(store: &Store, key: DigestKey) -> Result<Self, StoreError> {
        Ok(Self { store: store.reopen()?, key, commits: Commits::of(store), unwritten: Vec::new() })
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
        let place = self.store.file.clone();
        // Immediate, because a transaction that has read before another program wrote can no longer write.
        let connection = self.store.connection_mut();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut hours = HourlyCounts::default();
        for (number, entry) in &self.unwritten {
            conclude(&transaction, *number, entry, &mut hours)?;
        }
        let results = commands.iter().map(|command| match &command.work {
            Work::Record(entry) => record(&transaction, entry, &self.key, &mut hours),
            Work::Enter(entry) => enter(&transaction, entry, &self.key, &mut hours),
            Work::Conclude(number, entry) => {
                conclude(&transaction, *number, entry, &mut hours).map(|()| Entered::Written(*number))
            }
            Work::Probe => probe(&transaction).map(Entered::Written),
        });
        let results = results.collect::<rusqlite::Result<_>>()?;
        hours.write(&transaction)?;
        let commits = count_commit(&transaction)?;
        // Checked before the commit, so that it can be rolled back. Otherwise a moved file would have rows whose callers
        // were answered that nothing was written.
        place.check()?;
        transaction.commit()?;
        self.commits.record(commits);
        Ok(results)
    }
}

/// Writes a row that already has its outcome, regardless of earlier rows.
pub(super) fn record(
    transaction: &Transaction<'_>,
    entry: &JournalEntry,
    key: &DigestKey,
    hours: &mut HourlyCounts,
) -> rusqlite::Result<Entered> {
    let earlier_rows = EarlierRows::of(transaction, entry, key)?;
    insert(transaction, entry, key, !earlier_rows.is_known, hours).map(Entered::Written)
}

fn enter(
    transaction: &Transaction<'_>,
    entry: &JournalEntry,
    key: &DigestKey,
    hours: &mut HourlyCounts,
) -> rusqlite::Result<Entered> {
    let earlier_rows = EarlierRows::of(transaction, entry, key)?;
    if let Some(other) = earlier_rows.other_message() {
        return Ok(Entered::Reused(other));
    }
    let binding = earlier_rows.binding().map(|earlier| earlier.number);
    if binding.is_none() && entry.is_left_out {
        return Ok(Entered::LeftOut);
    }
    if binding.is_none() || binding == entry.follows {
        return insert(transaction, entry, key, !earlier_rows.is_known, hours).map(Entered::Written);
    }
    Ok(match (earlier_rows.accepted.first(), earlier_rows.unknown) {
        (Some(first), _) => recognise(entry, first.clone(), earlier_rows.accepted, earlier_rows.has_differed),
        (None, Some(unknown)) => Entered::Bound(unknown),
        (None, None) => unreachable!("one of them is binding"),
    })
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
    transaction: &Transaction<'_>,
    entry: &JournalEntry,
    key: &DigestKey,
    is_first: bool,
    hours: &mut HourlyCounts,
) -> rusqlite::Result<i64> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO journal (received_at, message_uuid, bytes, sender_kind, sender_cvr, authority, recipient_cvr,
                              contact_point, contact_point_id, contact_group, kle, form, post_type, publication,
                              fagsystem, priority, element, outcome, reason, answer_status, answer_code, header_us,
                              whole_us, answer_us, total_us, repeats, follows, is_first,
                              facts_digest, digest, differs_from, caller, transmission_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
                 ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33)",
    )?;
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
        facts.map(|facts| key.facts(facts)).as_ref().map(Digest::as_bytes),
        entry.digest.as_ref().map(Digest::as_bytes),
        entry.differs_from,
        entry.refused.as_ref().and_then(|refused| refused.caller.as_deref()),
        entry.transmission_id.map(|id| id.to_string()),
    ])?;
    hours.count(entry);
    Ok(transaction.last_insert_rowid())
}

fn conclude(
    transaction: &Transaction<'_>,
    number: i64,
    entry: &JournalEntry,
    hours: &mut HourlyCounts,
) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(
        "UPDATE journal
         SET bytes = ?2, outcome = ?3, reason = ?4, answer_status = ?5, answer_code = ?6, whole_us = ?7,
             answer_us = ?8, total_us = ?9, repeats = ?10, digest = ?11, differs_from = ?12
         WHERE number = ?1",
    )?;
    statement.execute(params![
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
    ])?;
    hours.count(entry);
    Ok(())
}

pub(super) fn count_commit(transaction: &Transaction<'_>) -> rusqlite::Result<i64> {
    let count = "UPDATE router_state SET commits = commits + 1 RETURNING commits";
    transaction.prepare_cached(count)?.query_row([], |row| row.get(0))
}

/// Writes as much as for a message, into the table and each index: on a full disk there may still be room for less.
fn probe(transaction: &Transaction<'_>) -> rusqlite::Result<i64> {
    let row = "INSERT INTO journal (received_at, message_uuid, bytes, sender_cvr, recipient_cvr, contact_point_id,
                                    contact_group, kle, form, authority, fagsystem, outcome, total_us, is_first,
                                    transmission_id)
               VALUES (0, '', 0, '', '', '', '', '', '', '', '', ?1, 0, 0, '')";
    transaction.execute(row, [Outcome::UnderWay.code()])?;
    let number = transaction.last_insert_rowid();
    transaction.execute("DELETE FROM journal WHERE number = ?1", [number])?;
    Ok(number)
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
