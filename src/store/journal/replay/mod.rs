//! Where messages went, and where they would go by other rules. `remembering` decides what is said for the first time;
//! `later_rows` tell where messages went that were not accepted at once.

mod columns;
mod later_rows;
mod remembering;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use self::columns::{IS_FIRST, SENDER_KIND};
use self::later_rows::LaterRows;
use self::remembering::Remembering;
use super::facts::FACTS;
use crate::clock;
use crate::exchange::{Progress, Stopped};
use crate::rules::{Distributor, Replay, Replaying};
use crate::store::engine::ValueRef;
use crate::store::engine::{self, Connection};
use crate::store::publications::listed_authorities;
use crate::store::time::nanoseconds;
use crate::store::{Store, StoreError};

/// After how many rows the progress is told, and asked whether to stop.
const STEP: u64 = 4_096;
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
    pub(in crate::store) fn times(self) -> (i64, i64) {
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
        let replaying = Remembering::new(rules, replaying, listed_authorities(&connection)?);
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
    By(engine::Error),
}

impl From<Stopped> for Broken {
    fn from(_: Stopped) -> Self {
        Self::Off
    }
}

impl From<engine::Error> for Broken {
    fn from(error: engine::Error) -> Self {
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
    fn of(connection: &Connection, span: DaySpan) -> engine::Result<Option<Self>> {
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
        let mut rows = statement.query_many([self.lowest, self.highest, from, before])?;
        let mut done = 0;
        while let Some(row) = rows.next()? {
            done += 1;
            if done % STEP == 0 {
                progress.reach(done)?;
            }
            let is_first: bool = row.get(IS_FIRST)?;
            if is_first && row.get_ref(SENDER_KIND)? != ValueRef::Null {
                replaying.count(&row, &mut later_rows)?;
            }
        }
        progress.reach(done)?;
        Ok(replaying.finish())
    }
}
