use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};
use tokio::sync::oneshot;

use super::{PublicationNumber, Store, StoreError};
use crate::memo::MemoError;
use crate::rules::{Cvr, Facts, FagsystemId, PostType, Priority, Sender, SenderKind, without_cpr};

/// The most characters that are kept of a text.
const MAX_TEXT: usize = 256;

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The fagsystem accepted it.
    Accepted,
    /// The fagsystem rejected it.
    Rejected,
    /// The fagsystem was paused, unreachable, too slow or unwell.
    Unavailable,
    /// It is no proper MeMo message.
    Invalid,
    /// It is a NemSMS.
    NemSms,
    /// It is larger than 99.5 MiB.
    TooLarge,
    /// The recipient is none of our authorities.
    UnknownRecipient,
    /// The caller may not deliver here.
    NotAllowed,
    /// The caller broke off before the message was whole.
    BrokenOff,
}

impl From<&MemoError> for Outcome {
    fn from(error: &MemoError) -> Self {
        match error {
            MemoError::NemSms => Self::NemSms,
            MemoError::TooLarge => Self::TooLarge,
            _ => Self::Invalid,
        }
    }
}

impl Outcome {
    const ALL: [(Self, &'static str); 9] = [
        (Self::Accepted, "accepteret"),
        (Self::Rejected, "fagsystem.afvist"),
        (Self::Unavailable, "fagsystem.utilgaengeligt"),
        (Self::Invalid, "memo.ugyldig"),
        (Self::NemSms, "memo.type"),
        (Self::TooLarge, "memo.for_stor"),
        (Self::UnknownRecipient, "modtager.ukendt"),
        (Self::NotAllowed, "afsender.ikke_godkendt"),
        (Self::BrokenOff, "afbrudt"),
    ];

    /// The word for it in journal and receipts; of a refusal, the receipt's error code.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(outcome, _)| *outcome == self).map_or("", |(_, code)| code)
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(outcome, _)| *outcome)
    }
}

/// A message's story as it goes into the journal.
#[derive(Debug, Clone)]
pub struct JournalEntry {
    /// When the call came.
    pub received_at: Timestamp,
    /// As the message writes it; `None` when its header could not be read.
    pub message_uuid: Option<String>,
    /// How many bytes of it came.
    pub bytes: u64,
    /// What rules could look at, and how the sender was seen.
    pub facts: Option<(Facts, SenderKind)>,
    /// Where it was sent.
    pub routed: Option<Routed>,
    /// What became of it.
    pub outcome: Outcome,
    /// The fagsystem's HTTP status and its own error code.
    pub answer: (Option<u16>, Option<String>),
    /// How long it took.
    pub timing: Timing,
}

/// Where a message was sent, and on what ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    /// The publication that decided.
    pub publication: PublicationNumber,
    /// The authority's first CVR number.
    pub authority: Cvr,
    /// The fagsystem's id.
    pub fagsystem: FagsystemId,
    /// The deciding rule; `None` for the default recipient.
    pub priority: Option<Priority>,
}

/// How long the parts of a message's way took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timing {
    /// From the call until the header was read.
    pub header: Option<Duration>,
    /// From the last byte until the fagsystem's answer.
    pub answer: Option<Duration>,
    /// From the call until the outcome.
    pub total: Duration,
}

/// A message's story as the journal tells it.
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
    /// The deciding rule's priority; `None` with a fagsystem: the default recipient.
    pub priority: Option<Priority>,
    /// What became of it.
    pub outcome: Outcome,
    /// From the call until the outcome.
    pub total: Duration,
}

/// Writes entries on a thread of its own; entries that come together share one commit.
#[derive(Debug, Clone)]
pub struct Journal {
    entries: mpsc::Sender<(JournalEntry, oneshot::Sender<Result<(), String>>)>,
}

impl Journal {
    /// Starts the thread. It ends with the last handle.
    ///
    /// # Errors
    ///
    /// The database cannot be opened any more, or the system has no thread to give.
    pub fn start(store: &Store) -> Result<Self, StoreError> {
        let own = store.reopen()?;
        let (entries, incoming) = mpsc::channel::<(JournalEntry, oneshot::Sender<_>)>();
        let work = move || {
            while let Ok(first) = incoming.recv() {
                let batch: Vec<_> = std::iter::once(first).chain(incoming.try_iter()).collect();
                let written = write(&mut own.connection(), batch.iter().map(|(entry, _)| entry));
                let written = written.map_err(|error| error.to_string());
                for (_, done) in batch {
                    let _ = done.send(written.clone());
                }
            }
        };
        thread::Builder::new().name("journal".to_owned()).spawn(work).map_err(StoreError::NoThread)?;
        Ok(Self { entries })
    }

    /// Writes an entry; done when it is on disk.
    ///
    /// # Errors
    ///
    /// What the database said.
    pub async fn record(&self, entry: JournalEntry) -> Result<(), String> {
        let (done, written) = oneshot::channel();
        let gone = || "the journal's thread has ended".to_owned();
        self.entries.send((entry, done)).map_err(|_| gone())?;
        written.await.unwrap_or_else(|_| Err(gone()))
    }
}

fn write<'a>(connection: &mut Connection, entries: impl Iterator<Item = &'a JournalEntry>) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for entry in entries {
        insert(&transaction, entry)?;
    }
    transaction.commit()
}

fn insert(connection: &Connection, entry: &JournalEntry) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO journal (received_at, message_uuid, bytes, sender_kind, sender_cvr, authority, recipient_cvr,
                              contact_point, contact_point_id, contact_group, kle, form, post_type, publication,
                              fagsystem, priority, outcome, answer_status, answer_code, header_us, answer_us, total_us,
                              is_first)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
                 NOT EXISTS (SELECT 1 FROM journal WHERE message_uuid = ?2))",
    )?;
    let facts = entry.facts.as_ref().map(|(facts, _)| facts);
    let routed = entry.routed.as_ref();
    let point = facts.and_then(|facts| facts.contact_point.as_ref());
    let sender_cvr = facts.and_then(|facts| match facts.sender {
        Sender::Organisation(cvr) => cvr,
        Sender::Person | Sender::Other => None,
    });
    let micros = |duration: Duration| i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
    statement.execute(params![
        entry.received_at.to_string(),
        entry.message_uuid,
        i64::try_from(entry.bytes).unwrap_or(i64::MAX),
        entry.facts.as_ref().map(|(_, sender)| sender.word()),
        sender_cvr.map(|cvr| cvr.to_string()),
        routed.map(|routed| routed.authority.to_string()),
        facts.and_then(|facts| facts.recipient).map(|cvr| cvr.to_string()),
        facts.map(|facts| facts.contact_point.is_some()),
        point.and_then(|point| point.id.as_ref()).map(|id| kept(id.as_str())),
        point.and_then(|point| point.group.as_ref()).map(|group| kept(group.as_str())),
        facts.and_then(|facts| facts.kle).map(|kle| kle.to_string()),
        facts.and_then(|facts| facts.form).map(|form| form.to_string()),
        facts.map(|facts| post_type_word(facts.post_type)),
        routed.map(|routed| routed.publication.get()),
        routed.map(|routed| routed.fagsystem.as_str()),
        routed.and_then(|routed| routed.priority).map(Priority::get),
        entry.outcome.code(),
        entry.answer.0,
        entry.answer.1.as_deref().map(kept),
        entry.timing.header.map(micros),
        entry.timing.answer.map(micros),
        micros(entry.timing.total),
    ])?;
    Ok(())
}

/// What is kept of a text that others wrote: nothing that looks like a CPR number, and not more than a contact point
/// may have by the schemas.
fn kept(text: &str) -> String {
    without_cpr(text).chars().take(MAX_TEXT).collect()
}

const POST_TYPES: [(Option<PostType>, &str); 4] = [
    (Some(PostType::Authority), "myndighedspost"),
    (Some(PostType::Company), "virksomhedspost"),
    (Some(PostType::Unspecified), "ikkeAngivet"),
    (None, "anden"),
];

fn post_type_word(post_type: Option<PostType>) -> &'static str {
    POST_TYPES.iter().find(|(known, _)| *known == post_type).map_or("", |(_, word)| word)
}

pub(super) fn post_type_from_word(word: &str) -> Option<PostType> {
    POST_TYPES.iter().find(|(_, known)| *known == word).and_then(|(post_type, _)| *post_type)
}

impl Store {
    /// The journal's newest entries, the newest first, at most so many.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn newest_journal_rows(&self, most: usize) -> Result<Vec<JournalRow>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT number, received_at, message_uuid, bytes, sender_kind, contact_point_id, kle, authority, fagsystem,
                    priority, outcome, total_us
             FROM journal ORDER BY number DESC LIMIT ?1",
        )?;
        let rows = statement.query_map([i64::try_from(most).unwrap_or(i64::MAX)], journal_row)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn journal_row(row: &Row<'_>) -> rusqlite::Result<JournalRow> {
    let text = |column: usize| row.get::<_, Option<String>>(column);
    let sender = text(4)?;
    Ok(JournalRow {
        number: row.get(0)?,
        received_at: row.get::<_, String>(1)?.parse().unwrap_or_default(),
        message_uuid: text(2)?,
        bytes: u64::try_from(row.get::<_, i64>(3)?).unwrap_or_default(),
        sender: sender.and_then(|word| SenderKind::from_word(&word)),
        contact_point: text(5)?,
        kle: text(6)?,
        authority: text(7)?.and_then(|cvr| cvr.parse().ok()),
        fagsystem: text(8)?.and_then(|id| FagsystemId::new(&id)),
        priority: row.get::<_, Option<u32>>(9)?.and_then(Priority::new),
        outcome: text(10)?.and_then(|code| Outcome::from_code(&code)).unwrap_or(Outcome::BrokenOff),
        total: Duration::from_micros(u64::try_from(row.get::<_, i64>(11)?).unwrap_or_default()),
    })
}
