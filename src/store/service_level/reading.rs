use std::time::Duration;

use jiff::Timestamp;

use super::router_spans::router_spans;
use super::windows::service_windows;
use crate::rules::FagsystemId;
use crate::service_level::{
    AnswerTimes, ClassTally, FagsystemTries, HourOfTries, Part, Promise, RouterAccount, RouterEvent, RouterTimes,
    ServiceWindow, Span, TryAccount, TryTally,
};
use crate::store::engine::{self, Connection, Row, params};
use crate::store::time::{nanoseconds, timestamp};
use crate::store::{Store, StoreError};

/// A query for what the journal's hours say of fagsystems, in the columns of `past_hours`; an hour has a row for each outcome.
pub(in crate::store) const HOURS_IN_SHORT: &str = "
    SELECT hour, authority, fagsystem, answered * messages AS answered, failed * (messages - not_tried) AS unanswered,
           failed * not_tried + refused * messages AS not_tried, answered * within_100 AS within_100,
           answered * within_300 AS within_300, answered * within_1000 AS within_1000,
           answered * within_1500 AS within_1500, answered * within_4000 AS within_4000,
           answered * slowest_us AS slowest_us, simple, simple_in_time, medium, medium_in_time, complex, complex_in_time
    FROM (SELECT *, CASE WHEN outcome IN ('accepteret', 'fagsystem.afvist') THEN 1 ELSE 0 END AS answered,
                 CASE WHEN outcome IN ('fagsystem.utilgaengeligt', 'uvist') THEN 1 ELSE 0 END AS failed,
                 CASE WHEN outcome = 'router.optaget' THEN 1 ELSE 0 END AS refused
          FROM hours) AS told";

/// How far the service agreement was kept in a part of time.
#[derive(Debug, Clone, PartialEq)]
pub struct PartLevels {
    /// The part.
    pub part: Part,
    /// The router, in the order of [`Promise::ALL`].
    pub router: [RouterAccount; 2],
    /// What else there was of the router in it than that it could take mail; empty unless asked for.
    pub events: Vec<RouterEvent>,
    /// Each fagsystem that any message was for.
    pub fagsystems: FagsystemTries,
}

/// The router alone, in the month that is running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RouterLevels {
    /// The month.
    pub part: Part,
    /// In the order of [`Promise::ALL`].
    pub accounts: [RouterAccount; 2],
}

impl Store {
    /// How far the service agreement was kept in each of those parts, which are in the order of time, up to `now`. `has_events`
    /// says whether to tell what else there was of the router. Read on a connection of its own, all of it of one moment.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn service_levels(
        &self,
        parts: &[Part],
        has_events: bool,
        now: Timestamp,
    ) -> Result<Vec<PartLevels>, StoreError> {
        let own = self.snapshot()?;
        let connection = own.connection();
        read_levels(&connection, parts, has_events, now)
    }

    /// The router in the month that `now` lies in.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn router_levels(&self, now: Timestamp) -> Result<RouterLevels, StoreError> {
        let part = Part::month(crate::clock::day_of(now));
        let connection = self.connection();
        let times: RouterTimes = router_spans(&connection, part.span())?.into_iter().collect();
        let windows = ServiceWindow::of_router(&service_windows(&connection)?);
        let accounts = Promise::ALL.map(|promise| RouterAccount::count(part, promise, &times, &windows, now));
        Ok(RouterLevels { part, accounts })
    }
}

/// See [`Store::service_levels`].
pub(in crate::store) fn read_levels(
    connection: &Connection,
    parts: &[Part],
    has_events: bool,
    now: Timestamp,
) -> Result<Vec<PartLevels>, StoreError> {
    let Some(whole) = around(parts) else { return Ok(Vec::new()) };
    let windows = service_windows(connection)?;
    let times: RouterTimes = router_spans(connection, whole)?.into_iter().collect();
    let of_router = ServiceWindow::of_router(&windows);
    let mut tally = TryTally::new(parts, &windows);
    add_hours(connection, whole, &mut tally)?;
    let levels = parts.iter().zip(tally.into_parts()).map(|(part, fagsystems)| PartLevels {
        part: *part,
        router: Promise::ALL.map(|promise| RouterAccount::count(*part, promise, &times, &of_router, now)),
        events: if has_events { times.events(*part, &of_router, now) } else { Vec::new() },
        fagsystems,
    });
    Ok(levels.collect())
}

/// From the beginning of the first part to the end of the last.
fn around(parts: &[Part]) -> Option<Span> {
    let (first, last) = (parts.first()?, parts.last()?);
    Some(Span::new(first.span().begin, last.span().end))
}

fn add_hours(connection: &Connection, within: Span, tally: &mut TryTally<'_>) -> Result<(), StoreError> {
    let query = format!(
        "SELECT * FROM past_hours WHERE hour >= ?1 AND hour < ?2
         UNION ALL SELECT * FROM ({HOURS_IN_SHORT} WHERE hour >= ?1 AND hour < ?2 AND fagsystem <> '') AS lately
         ORDER BY hour"
    );
    let mut statement = connection.prepare(&query)?;
    let mut rows = statement.query(params![nanoseconds(within.begin), nanoseconds(within.end)])?;
    while let Some(row) = rows.next()? {
        let answered = whole(&row, 3)?;
        let account = TryAccount {
            answered,
            unanswered: whole(&row, 4)?,
            not_tried: whole(&row, 5)?,
            in_windows: 0,
            times: times_of(&row, answered, 6)?,
        };
        add(&row, account, tally)?;
    }
    Ok(())
}

fn add(row: &Row<'_>, account: TryAccount, tally: &mut TryTally<'_>) -> engine::Result<()> {
    let text = |column: usize| row.get_ref(column).map(|value| value.as_str().unwrap_or_default());
    if let (Ok(authority), Some(fagsystem)) = (text(1)?.parse(), FagsystemId::new(text(2)?)) {
        tally.add(&HourOfTries { hour: timestamp(row.get(0)?), authority, fagsystem: &fagsystem, account });
    }
    Ok(())
}

/// The times of that many answers, from that column on.
fn times_of(row: &Row<'_>, count: u64, first: usize) -> engine::Result<AnswerTimes> {
    let mut times = AnswerTimes { count, ..AnswerTimes::default() };
    for (within, column) in times.within.iter_mut().zip(first..) {
        *within = whole(row, column)?;
    }
    let slowest = first + times.within.len();
    times.slowest = Duration::from_micros(whole(row, slowest)?);
    for (class, column) in times.classes.iter_mut().zip((slowest + 1..).step_by(2)) {
        *class = ClassTally { answered: whole(row, column)?, in_time: whole(row, column + 1)? };
    }
    Ok(times)
}

fn whole(row: &Row<'_>, column: usize) -> engine::Result<u64> {
    Ok(u64::try_from(row.get::<i64>(column)?).unwrap_or_default())
}
