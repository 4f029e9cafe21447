//! The overview: what came and its outcome, slot by slot, and how each fagsystem is doing.

mod after_publishing;
mod counts;
mod delivery_record;
mod period;
mod usual_hour;

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp, ToSpan};

pub use after_publishing::{AfterPublishing, AuthorityMail, BeforeAndAfter, FagsystemMail};
pub use counts::{Answers, Counts, OutcomeGroup};
pub use delivery_record::{DeliveryFailure, DeliveryRecord, Urgency};
pub use period::{OverviewPeriod, Slot};
pub use usual_hour::UsualHour;

use self::usual_hour::UsualHours;
use super::clock::{self, ClockDoubt};
use super::entry::Outcome;
use crate::clock::day_of;
use crate::rules::{Cvr, FagsystemId};
use crate::service_level::Part;
use crate::store::engine::{self, Connection, Row, params};
use crate::store::service_level::read_levels;
use crate::store::time::nanoseconds;
use crate::store::{PartLevels, PublicationEntry, RecordedReview, Store, StoreError};

/// Messages of unknown outcome are counted for this many hours: Digital Post resends none after that.
const UNKNOWN_HOURS: i64 = 7 * 24;

/// What came within a period, and what is open now.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// How far back it looks.
    pub period: OverviewPeriod,
    /// The parts of the period, the oldest first.
    pub slots: Vec<Slot>,
    /// Everything that came within the period and has an outcome. Acceptances that were only repeated are left out.
    pub total: Counts,
    /// The start of the period, seven days, in which messages that need a person are counted.
    pub open_since: Timestamp,
    /// How many messageUUIDs of the last seven days were used for more than one message.
    pub shared_uuids: u64,
    /// The doubt about the router's clock, if there is one.
    pub clock_doubt: Option<ClockDoubt>,
    /// How far the service agreement is kept in this month, whichever the period.
    pub levels: Option<Box<PartLevels>>,
    /// The publications of the period, the newest first.
    pub publications: Vec<PublicationEntry>,
    /// How mail goes since the newest publication; `None` a day after it, and after the
    /// very first.
    pub after_publishing: Option<AfterPublishing>,
    /// In how many weeks, of those that are looked back, the journal knows this hour of this weekday.
    pub usual_weeks: u64,
    /// The newest review of each authority that has any.
    pub last_reviews: Vec<RecordedReview>,
    fagsystems: HashMap<(Cvr, FagsystemId), FagsystemFigures>,
}

/// What a fagsystem got within the period, and how it is doing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FagsystemFigures {
    /// What was sent to it within the period and has an outcome.
    pub total: Counts,
    /// How many of that came in each slot of the period; empty when there was nothing.
    pub by_slot: Vec<u64>,
    /// What it accepted last, and what it has not accepted since, whenever that was.
    pub record: DeliveryRecord,
    /// How many messages are on their way to it now.
    pub under_way: u64,
    /// How many messages of the last seven days it may have received, and has not accepted since.
    pub unknown: u64,
    /// What came for it in this hour of the weekday, in all of the [weeks](Overview::usual_weeks) that are known.
    pub usual: UsualHour,
}

impl Overview {
    /// What a fagsystem got; all zero for one that never got anything.
    #[must_use]
    pub fn fagsystem(&self, authority: Cvr, id: &FagsystemId) -> FagsystemFigures {
        self.fagsystems.get(&(authority, id.clone())).cloned().unwrap_or_default()
    }

    /// Every fagsystem that ever got anything, the same ones in the same order.
    pub fn fagsystems(&self) -> impl Iterator<Item = (Cvr, &FagsystemId, &FagsystemFigures)> {
        let mut all: Vec<_> =
            self.fagsystems.iter().map(|((authority, id), figures)| (*authority, id, figures)).collect();
        all.sort_by_key(|(authority, id, _)| (*authority, id.as_str().to_owned()));
        all.into_iter()
    }

    /// Whether no message ever came.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total.messages() == 0 && self.fagsystems.is_empty()
    }

    /// How many messages are on their way to a fagsystem now.
    #[must_use]
    pub fn under_way(&self) -> u64 {
        self.fagsystems.values().map(|figures| figures.under_way).sum()
    }

    /// When one of the times that it tells of, of what a fagsystem accepted or did not, is a whole number of minutes ago next:
    /// what is said of how long ago that was is true until then. `None` when no fagsystem ever got anything.
    #[must_use]
    pub fn next_minute(&self, now: Timestamp) -> Option<Timestamp> {
        let records = self.fagsystems.values().map(|figures| &figures.record);
        let times = records.flat_map(|record| {
            [record.last_accepted, record.failing_since, record.last_failure.map(|failure| failure.at)]
        });
        let nexts = times.flatten().filter_map(|time| {
            let past = now.duration_since(time).as_millis().rem_euclid(60_000);
            now.checked_add(SignedDuration::from_millis(60_000 - i64::try_from(past).unwrap_or_default())).ok()
        });
        nexts.min()
    }

    /// When the newest slot ends.
    #[must_use]
    pub fn ends(&self) -> Timestamp {
        self.slots.last().map_or(Timestamp::MIN, |slot| slot.end)
    }

    /// Whether that moment is within the newest slot: otherwise another overview is due, whether or not anything has come. That
    /// is also so when the clock has been set back.
    #[must_use]
    pub fn is_of(&self, now: Timestamp) -> bool {
        self.slots.last().is_some_and(|slot| slot.begin <= now && now < slot.end)
    }
}

impl Store {
    /// What came within the period that ends at `now`, and what is open. Read on a connection of its own, all of it of one
    /// moment.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn overview(&self, period: OverviewPeriod, now: Timestamp) -> Result<Overview, StoreError> {
        let own = self.snapshot()?;
        let mut publications = own.publications()?;
        let last_reviews = own.last_reviews()?;
        let connection = own.connection();
        let since = now - UNKNOWN_HOURS.hours();
        let after_publishing = AfterPublishing::read(&connection, &publications, now)?;
        let mut overview = Overview {
            period,
            open_since: since,
            slots: period.slots(now),
            total: Counts::default(),
            shared_uuids: 0,
            clock_doubt: clock::doubt(&connection)?,
            levels: read_levels(&connection, &[Part::month(day_of(now))], false, now)?.pop().map(Box::new),
            publications: Vec::new(),
            after_publishing,
            usual_weeks: 0,
            last_reviews,
            fagsystems: HashMap::new(),
        };
        overview.count_hours(&connection)?;
        overview.read_standings(&connection)?;
        overview.count_open(&connection, since)?;
        overview.count_shared_uuids(&connection, since)?;
        overview.read_usual_hours(&connection, now)?;
        let begin = overview.slots.first().map_or(now, |slot| slot.begin);
        publications.retain(|publication| (begin..overview.ends()).contains(&publication.published_at));
        overview.publications = publications;
        Ok(overview)
    }
}

impl Overview {
    fn count_hours(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let Some(begin) = self.slots.first().map(|slot| slot.begin) else { return Ok(()) };
        let ends: Vec<_> = self.slots.iter().map(|slot| nanoseconds(slot.end)).collect();
        let mut statement = connection.prepare(
            "SELECT hour, authority, fagsystem, outcome, by_default, messages, within_100, within_300, within_1000,
                    within_1500, within_4000, slowest_us
             FROM hours WHERE hour >= ?1 AND hour < ?2 ORDER BY hour",
        )?;
        let mut rows = statement.query(params![nanoseconds(begin), ends.last()])?;
        let mut at = 0;
        while let Some(row) = rows.next()? {
            let hour: i64 = row.get(0)?;
            while at + 1 < ends.len() && hour >= ends[at] {
                at += 1;
            }
            let Some(outcome) = Outcome::from_code(row.get_ref(3)?.as_str().unwrap_or_default()) else { continue };
            let to = receiver(&row, 1)?;
            let counts = Counts::of_row(&row, outcome, to.is_some())?;
            self.slots[at].counts.add(&counts);
            self.total.add(&counts);
            let Some(to) = to else { continue };
            let figures = self.fagsystems.entry(to).or_default();
            figures.total.add(&counts);
            figures.by_slot.resize(self.slots.len(), 0);
            figures.by_slot[at] += counts.messages();
        }
        Ok(())
    }

    fn read_standings(&mut self, connection: &Connection) -> Result<(), StoreError> {
        for (to, record) in delivery_records(connection)? {
            self.fagsystems.entry(to).or_default().record = record;
        }
        Ok(())
    }

    /// Counts messages under way and of unknown outcome. There are few of either, and the index of messages that were not
    /// accepted finds them; SQLite does not choose it by itself.
    fn count_open(&mut self, connection: &Connection, since: Timestamp) -> Result<(), StoreError> {
        let mut statement = connection.prepare(
            "SELECT authority, fagsystem, count(*) FROM journal
             WHERE outcome = 'undervejs' AND outcome <> 'accepteret' AND fagsystem IS NOT NULL
             GROUP BY authority, fagsystem",
        )?;
        self.take_counts(statement.query([])?, |figures| &mut figures.under_way)?;
        let mut statement = connection.prepare(
            "SELECT authority, fagsystem, count(DISTINCT message_uuid COLLATE NOCASE) FROM journal
             WHERE outcome = 'uvist' AND outcome <> 'accepteret' AND fagsystem IS NOT NULL
                   AND received_at >= ?1
                   AND NOT EXISTS (SELECT 1 FROM journal AS other
                                   WHERE other.message_uuid = journal.message_uuid COLLATE NOCASE
                                         AND other.outcome = 'accepteret'
                                         AND (other.digest = journal.digest OR other.digest IS NULL
                                              OR journal.digest IS NULL))
             GROUP BY authority, fagsystem",
        )?;
        self.take_counts(statement.query([nanoseconds(since)])?, |figures| &mut figures.unknown)
    }

    fn read_usual_hours(&mut self, connection: &Connection, now: Timestamp) -> Result<(), StoreError> {
        let usual = UsualHours::read(connection, now)?;
        self.usual_weeks = usual.weeks;
        for (to, usual) in usual.fagsystems {
            self.fagsystems.entry(to).or_default().usual = usual;
        }
        Ok(())
    }

    fn count_shared_uuids(&mut self, connection: &Connection, since: Timestamp) -> Result<(), StoreError> {
        self.shared_uuids = connection.query_row(
            "SELECT count(DISTINCT message_uuid COLLATE NOCASE) FROM journal
             WHERE differs_from IS NOT NULL AND received_at >= ?1",
            [nanoseconds(since)],
            |row| counts::whole(row, 0),
        )?;
        Ok(())
    }

    fn take_counts(
        &mut self,
        mut rows: engine::Rows<'_>,
        place: impl Fn(&mut FagsystemFigures) -> &mut u64,
    ) -> Result<(), StoreError> {
        while let Some(row) = rows.next()? {
            if let Some(to) = receiver(&row, 0)? {
                *place(self.fagsystems.entry(to).or_default()) = counts::whole(&row, 2)?;
            }
        }
        Ok(())
    }
}

impl Store {
    /// The record of each fagsystem that anything was ever sent to.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn delivery_records(&self) -> Result<HashMap<(Cvr, FagsystemId), DeliveryRecord>, StoreError> {
        delivery_records(&*self.journal()?)
    }
}

fn delivery_records(connection: &Connection) -> Result<HashMap<(Cvr, FagsystemId), DeliveryRecord>, StoreError> {
    let mut statement = connection.prepare(
        "SELECT authority, fagsystem, last_accepted, failures, first_failure, last_failure, last_outcome, last_reason
         FROM standings",
    )?;
    let (mut rows, mut records) = (statement.query([])?, HashMap::new());
    while let Some(row) = rows.next()? {
        if let Some(to) = receiver(&row, 0)? {
            records.insert(to, DeliveryRecord::of_row(&row)?);
        }
    }
    Ok(records)
}

/// The fagsystem that a row is of, by its authority in that column and its id in the next.
fn receiver(row: &Row<'_>, column: usize) -> engine::Result<Option<(Cvr, FagsystemId)>> {
    let text = |column: usize| row.get_ref(column).map(|value| value.as_str().unwrap_or_default());
    let authority = text(column)?.parse().ok();
    let fagsystem = FagsystemId::new(text(column + 1)?);
    Ok(authority.zip(fagsystem))
}
