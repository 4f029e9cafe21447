use std::sync::LazyLock;

use super::arrivals::RecentRows;
use super::entry::MAX_TEXT;
use super::facts::{FACTS, read_facts};
use super::{Digest, JournalEntry, Outcome, Routed};
use crate::reasons::Reason;
use crate::rules::{Caseless, CriterionKind, Facts, FagsystemId, Priority};
use crate::store::PublicationNumber;
use crate::store::engine::{self, Connection, Row, Rows, params};

/// How the journal marks a text that it has left out. The text is unknown, so it may equal any other.
const LEFT_OUT: &str = "(udeladt";

/// What an earlier row says of the same message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierDelivery {
    /// The row's number.
    pub number: i64,
    /// Where the message was sent.
    pub routed: Routed,
    /// How many bytes of it came.
    pub bytes: u64,
    /// The digest of them; `None` when the message was not whole, or came before digests were made with the present key.
    pub digest: Option<Digest>,
}

impl EarlierDelivery {
    /// Whether a message with that digest and that many bytes is the same one. Where the row has no digest, the size decides.
    #[must_use]
    pub fn is_same(&self, digest: Digest, bytes: u64) -> bool {
        self.digest.map_or(self.bytes == bytes, |known| known == digest)
    }
}

/// What the rows with a messageUUID say together.
///
/// Rows of messages that never reached a fagsystem do not count: a malformed, interrupted or refused message must never keep
/// the right one from being delivered.
#[derive(Debug, Default)]
pub(super) struct EarlierRows {
    /// The rows of what fagsystems accepted, with the same facts, the first one first.
    pub accepted: Vec<EarlierDelivery>,
    /// The first row with the same facts whose fagsystem may have the message or not.
    pub unknown: Option<EarlierDelivery>,
    /// Whether other content came with the same facts, and was not delivered.
    pub has_differed: bool,
    /// Whether its header has been read before.
    pub is_known: bool,
    has_same_facts: bool,
    /// The first row of a message with other facts.
    other_facts: Option<i64>,
}

impl EarlierRows {
    pub fn of(
        connection: &Connection,
        entry: &JournalEntry,
        facts_digest: Option<&Digest>,
        recent: &RecentRows,
    ) -> engine::Result<Self> {
        let mut earlier_rows = Self::default();
        let Some(message_uuid) = &entry.message_uuid else { return Ok(earlier_rows) };
        let facts = entry.facts.as_ref().map(|(facts, _)| facts).zip(facts_digest);
        let mut moved = connection.prepare_cached(&MOVED_ROWS)?;
        earlier_rows.take_in(&mut moved.query([message_uuid])?, facts)?;
        for number in recent.numbers(message_uuid) {
            let mut arrival = connection.prepare_cached(&RECENT_ROW)?;
            earlier_rows.take_in(&mut arrival.query(params![message_uuid, number])?, facts)?;
        }
        Ok(earlier_rows)
    }

    /// What is in the journal alone, for each of those entries.
    pub fn in_journal(
        connection: &Connection,
        entries: &[(&JournalEntry, Option<Digest>)],
    ) -> engine::Result<Vec<Self>> {
        let mut query = connection.many(&MOVED_ROWS)?;
        for (entry, _) in entries {
            query.add([&entry.message_uuid])?;
        }
        let of_entry = |((entry, digest), mut rows): (&(&JournalEntry, Option<Digest>), Rows<'_>)| {
            let mut earlier_rows = Self::default();
            let facts = entry.facts.as_ref().map(|(facts, _)| facts).zip(digest.as_ref());
            earlier_rows.take_in(&mut rows, facts)?;
            Ok(earlier_rows)
        };
        entries.iter().zip(query.query()?).map(of_entry).collect()
    }

    /// Takes in what those rows say to a message with those facts.
    fn take_in(&mut self, rows: &mut Rows<'_>, facts: Option<(&Facts, &Digest)>) -> engine::Result<()> {
        while let Some(row) = rows.next()? {
            let kept = read_facts(&row, FIRST_FACT)?.map(|(facts, _)| facts);
            self.is_known |= kept.is_some();
            let is_same = match (facts, &kept) {
                (Some((facts, digest)), Some(kept)) => match digest_at(&row, 6)? {
                    Some(known) => known == *digest,
                    None => may_be(kept, facts),
                },
                _ => true,
            };
            self.consider(&row, is_same)?;
        }
        Ok(())
    }

    /// The row of another message: one with other facts, where there is none with the same.
    pub fn other_message(&self) -> Option<i64> {
        self.other_facts.filter(|_| !self.has_same_facts)
    }

    /// The row whose fagsystem is the only one that may get a message with the same facts.
    pub fn binding(&self) -> Option<&EarlierDelivery> {
        self.accepted.first().or(self.unknown.as_ref())
    }

    fn consider(&mut self, row: &Row<'_>, is_same: bool) -> engine::Result<()> {
        let outcome = Outcome::from_code(row.get_ref(1)?.as_str().unwrap_or_default());
        let only_repeats: bool = row.get(2)?;
        let came_to_a_fagsystem = matches!(
            outcome,
            Some(Outcome::Accepted | Outcome::Rejected | Outcome::Unavailable | Outcome::UnderWay | Outcome::Unknown)
        );
        if only_repeats || !came_to_a_fagsystem {
            return Ok(());
        }
        if !is_same {
            self.other_facts = self.other_facts.or(Some(row.get(0)?));
            return Ok(());
        }
        self.has_same_facts = true;
        self.has_differed |= row.get_ref(3)?.as_str() == Ok(Reason::OtherContent.code());
        match outcome {
            Some(Outcome::Accepted) => self.accepted.extend(earlier(row)?),
            Some(Outcome::UnderWay | Outcome::Unknown) if self.unknown.is_none() => self.unknown = earlier(row)?,
            _ => {}
        }
        Ok(())
    }
}

/// The column of a row's first fact.
const FIRST_FACT: usize = 12;
static MOVED_ROWS: LazyLock<String> = LazyLock::new(|| rows("journal", "true ORDER BY number"));
static RECENT_ROW: LazyLock<String> = LazyLock::new(|| rows("arrivals", "number = ?2"));

/// The rows with a messageUUID in a table, of which that is so.
fn rows(table: &str, condition: &str) -> String {
    format!(
        "SELECT number, outcome, repeats IS NOT NULL, reason, bytes, digest, facts_digest, publication, authority, fagsystem,
                priority, element, {FACTS}
         FROM {table} WHERE message_uuid = ?1 COLLATE NOCASE AND {condition}"
    )
}

fn digest_at(row: &Row<'_>, column: usize) -> engine::Result<Option<Digest>> {
    Ok(row.get_ref(column)?.as_blob().ok().and_then(Digest::from_bytes))
}

fn earlier(row: &Row<'_>) -> engine::Result<Option<EarlierDelivery>> {
    let text = |column: usize| row.get_ref(column).map(|value| value.as_str().ok());
    let publication = row.get::<Option<i64>>(7)?;
    let authority = text(8)?.and_then(|cvr| cvr.parse().ok());
    let fagsystem = text(9)?.and_then(FagsystemId::new);
    let (Some(publication), Some(authority), Some(fagsystem)) = (publication, authority, fagsystem) else {
        return Ok(None);
    };
    let priority = row.get::<Option<u32>>(10)?.and_then(Priority::new);
    let element = text(11)?.and_then(CriterionKind::from_word);
    let routed = Routed { publication: PublicationNumber(publication), authority, fagsystem, priority, element };
    let bytes = u64::try_from(row.get::<i64>(4)?).unwrap_or_default();
    Ok(Some(EarlierDelivery { number: row.get(0)?, routed, bytes, digest: digest_at(row, 5)? }))
}

/// Whether a message with those facts can be the one of that row, where there is no digest to compare.
fn may_be(kept: &Facts, facts: &Facts) -> bool {
    let id_and_group = |facts: &Facts| {
        let point = facts.contact_point.clone();
        let (id, group) = point.map(|point| (point.id, point.group)).unwrap_or_default();
        [id, group].map(|text| text.filter(|text| !text.is_empty()))
    };
    kept.recipient == facts.recipient
        && kept.sender == facts.sender
        && kept.post_type == facts.post_type
        && kept.kle == facts.kle
        && kept.form == facts.form
        && std::iter::zip(id_and_group(kept), id_and_group(facts)).all(|texts| match texts {
            (Some(kept), Some(text)) => {
                kept.as_str().contains(LEFT_OUT) || kept == Caseless::new(&plain(text.as_str()))
            }
            (None, None) => true,
            _ => false,
        })
}

/// A text as it is stored where nothing is left out.
fn plain(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(MAX_TEXT).collect()
}
