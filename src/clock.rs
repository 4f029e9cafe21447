//! What day it is in Denmark, whatever the machine's clock zone. The one place that asks.

use jiff::civil::{Date, DateTime};
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

/// The moment when that day begins in Denmark.
#[must_use]
pub fn beginning_of(day: Date) -> Timestamp {
    let begins = day.to_zoned(copenhagen()).map(|beginning| beginning.timestamp());
    begins.unwrap_or(if day < Date::ZERO { Timestamp::MIN } else { Timestamp::MAX })
}

/// The zone is bundled with the program, so it is found on every machine.
fn copenhagen() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").unwrap_or(TimeZone::UTC)
}
