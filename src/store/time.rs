//! Times as the database keeps them: whole nanoseconds since 1970 (UTC), so that they compare and sort as numbers and no
//! digit that a clock shows is lost.
//!
//! 64 bits of nanoseconds reach from 1677 to 2262. A time outside the years 1678 to 2261 is a clock that is wrong beyond
//! use, and is stored as the nearest time within them. Migration 011 converts text in the same way.

use jiff::Timestamp;

const NANOSECONDS: i64 = 1_000_000_000;
/// 1678-01-01T00:00:00Z: a whole day, so that the day and the hour of a time are in range too.
const EARLIEST: i64 = -9_214_560_000 * NANOSECONDS;
/// The last nanosecond of 2261.
const LATEST: i64 = 9_214_646_400 * NANOSECONDS - 1;

pub(super) const HOUR: i64 = 3_600 * NANOSECONDS;
pub(super) const DAY: i64 = 24 * HOUR;

/// The number that the database keeps for a time.
pub(super) fn nanoseconds(time: Timestamp) -> i64 {
    let clamped = time.as_nanosecond().clamp(EARLIEST.into(), LATEST.into());
    i64::try_from(clamped).unwrap_or_default()
}

/// The time that the database keeps as that number.
pub(super) fn timestamp(nanoseconds: i64) -> Timestamp {
    Timestamp::from_nanosecond(nanoseconds.into()).unwrap_or_default()
}

/// When the whole part of a time began, such as its [`HOUR`] or its [`DAY`] in UTC.
pub(super) fn begin_of(part: i64, nanoseconds: i64) -> i64 {
    nanoseconds - nanoseconds.rem_euclid(part)
}
