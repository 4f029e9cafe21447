//! When mail comes: by the hour and the day of the week, in Denmark.

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::chance::Chance;
use crate::clock;
use crate::service_level::holiday;

/// How many messages come on a working day of average size.
const ON_A_WORKING_DAY: u32 = 190;
/// In percent of that, from Monday on; a holiday is a Sunday.
const BY_WEEKDAY: [u32; 7] = [118, 106, 100, 98, 84, 16, 14];
/// How many come in each hour of a working day, compared with the others.
const WORKING_DAY: [u32; 24] =
    [6, 5, 9, 8, 10, 14, 22, 55, 110, 130, 128, 118, 88, 98, 92, 72, 50, 40, 34, 34, 36, 30, 20, 10];
/// And of another day.
const OTHER_DAY: [u32; 24] =
    [12, 10, 14, 12, 8, 6, 6, 8, 14, 26, 36, 40, 36, 34, 36, 34, 36, 36, 38, 44, 46, 38, 28, 18];

/// Whether it is a working day, as far as mail is concerned.
pub(super) fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && holiday(day).is_none()
}

/// Whether so few people are awake that most mail comes from systems that send by themselves.
pub(super) fn is_night(moment: Timestamp) -> bool {
    clock::in_denmark(moment).hour() < 6
}

/// When the messages of a day come, in any order.
pub(super) fn moments(day: Date, chance: &mut Chance) -> Vec<Timestamp> {
    const SPREAD: u32 = 12;
    let is_working_day = is_working_day(day);
    let is_holiday = !is_working_day && day.weekday() != Weekday::Saturday;
    let weekday = if is_holiday { Weekday::Sunday } else { day.weekday() };
    let share = BY_WEEKDAY[usize::from(weekday.to_monday_zero_offset().unsigned_abs())];
    let percent = share * (100 - SPREAD + chance.below(2 * SPREAD + 1)) / 100;
    let hours = if is_working_day { &WORKING_DAY } else { &OTHER_DAY };
    let count = ON_A_WORKING_DAY * percent / 100;
    (0..count).filter_map(|_| moment(day, hours, chance)).collect()
}

fn moment(day: Date, hours: &[u32; 24], chance: &mut Chance) -> Option<Timestamp> {
    let hour = chance.weighted((0..).zip(hours).map(|(hour, weight)| (*weight, hour)))?;
    let seconds = i64::from(hour * 3600 + chance.below(3600));
    let nanoseconds = chance.below(1_000_000_000);
    let shown = day.at(0, 0, 0, 0).checked_add(seconds.seconds()).ok()?;
    Some(clock::moment(shown) + SignedDuration::from_nanos(nanoseconds.into()))
}
