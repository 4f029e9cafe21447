use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, Statement, params};

use super::Outcome;
use super::facts::{FACTS, read_facts};
use crate::clock;
use crate::exchange::{Progress, Stopped};
use crate::rules::{Cvr, Distributor, Facts, FagsystemId, Place, Receiver, Replay, Replaying};
use crate::store::time::nanoseconds;
use crate::store::{Store, StoreError};

/// After how many rows the progress is told, and asked whether to stop.
const STEP: u64 = 4_096;
/// Up to how many bytes of what messages say, with the place that each was decided to have, are remembered: some 200,000
/// different ones. The others are decided again each time.
const MAX_REMEMBERED: usize = 32 * 1024 * 1024;
/// About what one takes beside its own bytes.
const EACH_TAKES: usize = 64;
/// From how many times as many rows as came within the span they are looked up one by one, and the others not passed over.
const FAR_APART: i64 = 8;

/// Whole days in Denmark, the first and the last both inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySpan {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl DaySpan {
    /// That many days, of which `today` is the last; at least one.
    #[must_use]
    pub fn last(days: u16, today: Date) -> Self {
        Self { from: today.saturating_sub(i32::from(days.max(1) - 1).days()), to: today }
    }

    /// From when until before when, as the database keeps times.
    fn times(self) -> (i64, i64) {
        // No time in the database is outside these years; a clock in Denmark cannot show all days of the calendar.
        let within = |day: Date| day.clamp(date(1678, 1, 1), date(2262, 1, 2));
        let begin_of = |day| nanoseconds(clock::midnight(within(day)));
        (begin_of(self.from), begin_of(self.to.saturating_add(1.day())))
    }
}

/// Which messages are replayed, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplayQuestion {
    /// When they came.
    pub span: DaySpan,
    /// The day on which they come now.
    pub day: Date,
    /// How many messages of each rule in each flow between different receivers are listed, the newest first.
    pub most_listed: usize,
}

impl Store {
    /// Where the messages that came in that span would go by those rules, beside where the journal says that they went. The
    /// messages that are listed go by their rows' numbers.
    ///
    /// Each message counts once, as it first came, however often it came. Where that row does not say that a fagsystem accepted it,
    /// later rows tell where it went in the end: the accepted one, else the newest that was sent to a fagsystem. Left out are
    /// messages whose header could not be read. The facts are known as far as the journal stores them; see
    /// [`traffic`](Self::traffic).
    ///
    /// The progress counts the journal's rows of the span. `None` when it was stopped.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn replay(
        &self,
        rules: &Distributor,
        question: &ReplayQuestion,
        progress: &Progress,
    ) -> Result<Option<Replay>, StoreError> {
        // A connection of its own, so that reading a long journal makes nobody wait, and one moment for all of it.
        let own = self.snapshot()?;
        let connection = own.connection();
        let replaying = Replaying::new(rules, question.day, question.most_listed);
        let Some(rows) = SpanRows::of(&connection, question.span)? else { return Ok(Some(replaying.finish())) };
        progress.expect(rows.count.unsigned_abs());
        let replaying = Remembering { replaying, places: HashMap::new(), bytes: 0, key: Vec::new() };
        match rows.count_into(&connection, replaying, progress) {
            Ok(replay) => Ok(Some(replay)),
            Err(Broken::Off) => Ok(None),
            Err(Broken::By(error)) => Err(error.into()),
        }
    }
}

/// Why a replay has no result.
enum Broken {
    /// It was stopped.
    Off,
    By(rusqlite::Error),
}

impl From<Stopped> for Broken {
    fn from(_: Stopped) -> Self {
        Self::Off
    }
}

impl From<rusqlite::Error> for Broken {
    fn from(error: rusqlite::Error) -> Self {
        Self::By(error)
    }
}

/// The rows of a span: the lowest and the highest number, and how many there are.
struct SpanRows {
    span: DaySpan,
    lowest: i64,
    highest: i64,
    count: i64,
}

impl SpanRows {
    /// `None` when nothing came.
    fn of(connection: &Connection, span: DaySpan) -> rusqlite::Result<Option<Self>> {
        let (from, before) = span.times();
        // Only the index is read, in which each entry has the row's number.
        let query = "SELECT min(number), max(number), count(*) FROM journal INDEXED BY journal_by_arrival
                     WHERE received_at >= ?1 AND received_at < ?2";
        connection.query_row(query, [from, before], |row| {
            let (lowest, highest): (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
            let count = row.get(2)?;
            Ok(lowest.zip(highest).map(|(lowest, highest)| Self { span, lowest, highest, count }))
        })
    }

    /// The query for the rows, in the order of their numbers.
    fn query(&self) -> String {
        // Rows are numbered nearly as they come, so reading those between the lowest and the highest is quicker than looking each up
        // in the index, unless a clock was wrong.
        let are_dense = self.highest - self.lowest < self.count.saturating_mul(FAR_APART);
        let way = if are_dense { "NOT INDEXED" } else { "INDEXED BY journal_by_arrival" };
        format!(
            "SELECT number, is_first, outcome, message_uuid, authority, fagsystem, {FACTS} FROM journal {way}
             WHERE number >= ?1 AND number <= ?2 AND received_at >= ?3 AND received_at < ?4 ORDER BY number"
        )
    }

    fn count_into(
        &self,
        connection: &Connection,
        mut replaying: Remembering<'_>,
        progress: &Progress,
    ) -> Result<Replay, Broken> {
        let (from, before) = self.span.times();
        let mut statement = connection.prepare(&self.query())?;
        let mut later_rows = LaterRows::of(connection)?;
        let mut rows = statement.query([self.lowest, self.highest, from, before])?;
        let mut done = 0;
        while let Some(row) = rows.next()? {
            done += 1;
            if done % STEP == 0 {
                progress.reach(done)?;
            }
            let is_first: bool = row.get(IS_FIRST)?;
            if is_first && row.get_ref(FIRST_FACT)? != ValueRef::Null {
                replaying.count(row, &mut later_rows)?;
            }
        }
        progress.reach(done)?;
        Ok(replaying.replaying.finish())
    }
}

const NUMBER: usize = 0;
const IS_FIRST: usize = 1;
const OUTCOME: usize = 2;
const MESSAGE_UUID: usize = 3;
const AUTHORITY: usize = 4;
const FAGSYSTEM: usize = 5;
/// The sender's kind, without which a header could not be read.
const FIRST_FACT: usize = 6;
const AFTER_FACTS: usize = FIRST_FACT + 9;

/// A replay that remembers the places of what messages said and where they went: most say what others have said.
struct Remembering<'a> {
    replaying: Replaying<'a>,
    /// By the columns of a row, one after the other.
    places: HashMap<Box<[u8]>, Option<Place>>,
    bytes: usize,
    /// Of the row that is being counted; kept, so that a row takes no memory of its own.
    key: Vec<u8>,
}

impl Remembering<'_> {
    fn count(&mut self, row: &Row<'_>, later_rows: &mut LaterRows<'_>) -> rusqlite::Result<()> {
        let is_accepted = row.get_ref(OUTCOME)?.as_str() == Ok(Outcome::Accepted.code());
        let later = if is_accepted { None } else { later_rows.end_of(row)? };
        let (authority, fagsystem) = match &later {
            Some((authority, fagsystem)) => (ValueRef::from(authority.as_str()), ValueRef::from(fagsystem.as_str())),
            None => (row.get_ref(AUTHORITY)?, row.get_ref(FAGSYSTEM)?),
        };
        self.key.clear();
        append(&mut self.key, authority);
        append(&mut self.key, fagsystem);
        for column in FIRST_FACT..AFTER_FACTS {
            append(&mut self.key, row.get_ref(column)?);
        }
        let place = match self.places.get(self.key.as_slice()) {
            Some(known) => *known,
            None => {
                let from = receiver(authority, fagsystem);
                let place = read_facts(row, FIRST_FACT)?.map(|(facts, _)| self.decide(&facts, from));
                self.remember(place);
                place
            }
        };
        if let Some(place) = place {
            self.replaying.count(place, row.get(NUMBER)?);
        }
        Ok(())
    }

    fn decide(&mut self, facts: &Facts, from: Option<Receiver>) -> Place {
        self.replaying.place(facts, from)
    }

    fn remember(&mut self, place: Option<Place>) {
        let bytes = self.bytes + self.key.len() + EACH_TAKES;
        if bytes <= MAX_REMEMBERED {
            self.bytes = bytes;
            self.places.insert(self.key.as_slice().into(), place);
        }
    }
}

/// Appends a column so that no two rows whose columns differ become the same bytes.
fn append(key: &mut Vec<u8>, value: ValueRef<'_>) {
    match value {
        ValueRef::Null => key.push(0),
        ValueRef::Integer(number) => {
            key.push(1);
            key.extend(number.to_le_bytes());
        }
        ValueRef::Real(number) => {
            key.push(2);
            key.extend(number.to_le_bytes());
        }
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
            key.push(3);
            key.extend(bytes.len().to_le_bytes());
            key.extend(bytes);
        }
    }
}

fn receiver(authority: ValueRef<'_>, fagsystem: ValueRef<'_>) -> Option<Receiver> {
    let authority: Cvr = authority.as_str().ok()?.parse().ok()?;
    Some(Receiver { authority, fagsystem: FagsystemId::new(fagsystem.as_str().ok()?)? })
}

/// Finds where messages went in the end that were not accepted when they first came.
struct LaterRows<'a>(Statement<'a>);

impl<'a> LaterRows<'a> {
    fn of(connection: &'a Connection) -> rusqlite::Result<Self> {
        // Those of another message with the same messageUUID say nothing of this one.
        let query = "SELECT authority, fagsystem FROM journal INDEXED BY journal_by_message
                     WHERE message_uuid = ?1 COLLATE NOCASE AND number > ?2 AND fagsystem IS NOT NULL
                           AND authority IS NOT NULL AND differs_from IS NULL
                     ORDER BY outcome = ?3 DESC, number DESC LIMIT 1";
        connection.prepare(query).map(Self)
    }

    /// The authority and the fagsystem; `None` when no later row was sent anywhere.
    fn end_of(&mut self, first: &Row<'_>) -> rusqlite::Result<Option<(String, String)>> {
        let ValueRef::Text(message_uuid) = first.get_ref(MESSAGE_UUID)? else { return Ok(None) };
        let Ok(message_uuid) = std::str::from_utf8(message_uuid) else { return Ok(None) };
        let number: i64 = first.get(NUMBER)?;
        let question = params![message_uuid, number, Outcome::Accepted.code()];
        self.0.query_row(question, |row| Ok((row.get(0)?, row.get(1)?))).optional()
    }
}
