use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan};

use super::Counts;
use crate::clock;

/// How far back an overview looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OverviewPeriod {
    /// This hour and the 23 before it, hour by hour.
    #[default]
    Day,
    /// Today and the six days before it, each in eighths of three hours.
    Week,
    /// Today and the 29 days before it, day by day.
    Month,
}

/// A part of a period, with what came in it. It begins and ends with an hour in Denmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// When it begins.
    pub begin: Timestamp,
    /// When it ends: the next slot begins then.
    pub end: Timestamp,
    /// What came in it.
    pub counts: Counts,
}

impl OverviewPeriod {
    /// Every period, the shortest first.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// The empty parts of the period that ends with the hour, or the day, that `now` lies in.
    ///
    /// Clocks in Denmark are always whole hours from UTC, so that every slot is made of whole hours of both. A day of
    /// which the clocks are changed has 23 hours or 25.
    pub(super) fn slots(self, now: Timestamp) -> Vec<Slot> {
        let this_hour = Timestamp::from_second(now.as_second() - now.as_second().rem_euclid(3600)).unwrap_or(now);
        let today = clock::in_denmark(now).date();
        let (begin, end) = match self {
            Self::Day => (this_hour - 23.hours(), this_hour + 1.hour()),
            Self::Week => (clock::midnight(today - 6.days()), clock::midnight(today + 1.day())),
            Self::Month => (clock::midnight(today - 29.days()), clock::midnight(today + 1.day())),
        };
        let mut slots: Vec<Slot> = Vec::new();
        let mut last_part = None;
        let mut hour = begin;
        while hour < end {
            let next = hour + 1.hour();
            let part = self.part_of(clock::in_denmark(hour));
            match slots.last_mut() {
                // When the clocks are put back the same hour comes twice; each counts for itself.
                Some(slot) if self != Self::Day && Some(part) == last_part => slot.end = next,
                _ => slots.push(Slot { begin: hour, end: next, counts: Counts::default() }),
            }
            last_part = Some(part);
            hour = next;
        }
        slots
    }

    fn part_of(self, hour: DateTime) -> (jiff::civil::Date, i8) {
        let part = match self {
            Self::Day => hour.hour(),
            Self::Week => hour.hour() / 3,
            Self::Month => 0,
        };
        (hour.date(), part)
    }
}
