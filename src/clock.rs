//! The time, and the day and hour in Denmark whatever the machine's time zone. Nothing else in the program converts zones.

use std::fmt;
use std::sync::Arc;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, Zoned};

/// Where a router has the time from: the machine's clock, unless a test says otherwise.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock that shows what the function returns.
    pub fn by(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl Default for Clock {
    /// The machine's.
    fn default() -> Self {
        Self::by(Timestamp::now)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// Today in Denmark.
#[must_use]
pub fn today() -> Date {
    day_of(Timestamp::now())
}

/// The day in Denmark at that moment. A message is decided, and its decision explained, by the day on which it arrived.
#[must_use]
pub fn day_of(moment: Timestamp) -> Date {
    in_denmark(moment).date()
}

/// The date and time of day in Denmark at that moment.
#[must_use]
pub fn in_denmark(moment: Timestamp) -> DateTime {
    Zoned::new(moment, copenhagen()).datetime()
}

/// How many hours the clock in Denmark is ahead of UTC at that moment: 1 in winter, 2 in summer.
#[must_use]
pub fn hours_ahead_of_utc(moment: Timestamp) -> i32 {
    copenhagen().to_offset(moment).seconds() / 3600
}

/// When that day begins in Denmark.
#[must_use]
pub fn midnight(day: Date) -> Timestamp {
    moment(day.to_datetime(Time::midnight()))
}

/// When clocks in Denmark show that. When they are put back they show an hour twice, and the first counts; what they skip when
/// they are put forward counts as an hour later.
#[must_use]
pub fn moment(shown: DateTime) -> Timestamp {
    copenhagen().to_ambiguous_timestamp(shown).compatible().unwrap_or_default()
}

/// How often clocks in Denmark show something: what they skip when they are put forward never, and the hour for which they
/// are put back twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Showing {
    /// Once, as nearly always.
    Once,
    /// Twice, an hour apart.
    Twice,
    /// Never.
    Never,
}

/// How often clocks in Denmark show that.
#[must_use]
pub fn showing(shown: DateTime) -> Showing {
    match copenhagen().to_ambiguous_timestamp(shown).offset() {
        AmbiguousOffset::Unambiguous { .. } => Showing::Once,
        AmbiguousOffset::Fold { .. } => Showing::Twice,
        AmbiguousOffset::Gap { .. } => Showing::Never,
    }
}

/// The zone is bundled with the program, so it is found on every machine.
fn copenhagen() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").unwrap_or(TimeZone::UTC)
}
