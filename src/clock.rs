//! What day it is in Denmark, whatever the machine's clock zone. The one place that asks.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Today in Denmark.
#[must_use]
pub fn today() -> Date {
    in_denmark(Timestamp::now()).date()
}

/// The date and time of day in Denmark at that moment.
#[must_use]
pub fn in_denmark(moment: Timestamp) -> DateTime {
    Zoned::new(moment, copenhagen()).datetime()
}

/// When that day begins in Denmark.
#[must_use]
pub fn midnight(day: Date) -> Timestamp {
    copenhagen().to_ambiguous_timestamp(day.to_datetime(Time::midnight())).compatible().unwrap_or_default()
}

/// The zone is bundled with the program, so it is found on every machine.
fn copenhagen() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").unwrap_or(TimeZone::UTC)
}
