//! How a row is written, wherever it stands first.

use std::sync::LazyLock;
use std::time::Duration;

use super::command::Entered;
use super::earlier::{EarlierDelivery, EarlierRows};
use super::entry::{stored, stored_code};
use super::post_type::post_type_word;
use super::{Digest, DigestKey, JournalEntry};
use crate::reasons::Reason;
use crate::rules::{CriterionKind, Priority, Sender};
use crate::store::engine::{self, ToSql, params};
use crate::store::time::nanoseconds;

/// Enters a message's row by `insert`, which is told whether the message is new, unless what earlier rows say forbids it.
pub(super) fn enter_after(
    earlier_rows: EarlierRows,
    entry: &JournalEntry,
    insert: impl FnOnce(bool) -> engine::Result<i64>,
) -> engine::Result<Entered> {
    if let Some(other) = earlier_rows.other_message() {
        return Ok(Entered::Reused(other));
    }
    let binding = earlier_rows.binding().map(|earlier| earlier.number);
    if binding.is_none() && entry.is_left_out {
        return Ok(Entered::LeftOut);
    }
    if binding.is_none() || binding == entry.follows {
        return insert(!earlier_rows.is_known).map(Entered::Written);
    }
    Ok(match (earlier_rows.accepted.first(), earlier_rows.unknown) {
        (Some(first), _) => recognise(entry, first.clone(), earlier_rows.accepted, earlier_rows.has_differed),
        (None, Some(unknown)) => Entered::Bound(unknown),
        (None, None) => unreachable!("one of them is binding"),
    })
}

pub(super) fn facts_digest(entry: &JournalEntry, key: &DigestKey) -> Option<Digest> {
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

/// Writes with a row's values: those of [`COLUMNS`] without the number, and one more.
pub(super) fn with_row<T>(
    entry: &JournalEntry,
    key: &DigestKey,
    facts_digest: Option<&Digest>,
    is_first: bool,
    last: Option<i64>,
    write: impl FnOnce(&[&dyn ToSql]) -> engine::Result<T>,
) -> engine::Result<T> {
    let facts = entry.facts.as_ref().map(|(facts, _)| facts);
    let routed = entry.routed.as_ref();
    let point = facts.and_then(|facts| facts.contact_point.as_ref());
    let sender_cvr = facts.and_then(|facts| match facts.sender {
        Sender::Organisation(cvr) => cvr,
        Sender::Person | Sender::Other => None,
    });
    write(params![
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
        last,
    ])
}

/// Writes with what a call's end says of its row; the place among those that ended is the last.
pub(super) fn with_outcome<T>(
    number: i64,
    entry: &JournalEntry,
    ended: i64,
    write: impl FnOnce(&[&dyn ToSql]) -> engine::Result<T>,
) -> engine::Result<T> {
    write(params![
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
        ended,
    ])
}

pub(super) static CONCLUDE_MOVED: LazyLock<String> = LazyLock::new(|| conclude_in("journal", ""));

pub(super) fn conclude_in(table: &str, also: &str) -> String {
    format!(
        "UPDATE {table}
         SET {also}bytes = ?2, outcome = ?3, reason = ?4, answer_status = ?5, answer_code = ?6, whole_us = ?7,
             answer_us = ?8, total_us = ?9, repeats = ?10, digest = ?11, differs_from = ?12
         WHERE number = ?1"
    )
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
