//! Days on a line: where each is, and which of them are marked on the axis.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Days are counted from this one.
const ZERO: Date = date(2000, 1, 1);
/// More marks than this are never made: nobody could tell them apart.
const MOST_MARKS: usize = 400;

/// The number of a day.
pub fn number(day: Date) -> i32 {
    (day - ZERO).get_days()
}

/// The day with that number; the first or the last that there is where there is none.
pub fn day_of(number: i32) -> Date {
    ZERO.saturating_add(number.days())
}

/// Which days are in sight, and how wide each is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The number of the day at the left edge, with what of it is over there.
    pub start: f64,
    /// The width of a day, in logical pixels.
    pub per_day: f64,
}

impl Scale {
    /// Where a day begins, in logical pixels from the left edge.
    #[expect(clippy::cast_possible_truncation, reason = "places on a screen")]
    pub fn x(self, day: Date) -> f32 {
        ((f64::from(number(day)) - self.start) * self.per_day).clamp(-1e6, 1e6) as f32
    }

    /// Where a day ends.
    pub fn end(self, day: Date) -> f32 {
        day.tomorrow().map_or(1e6, |next| self.x(next))
    }

    /// The day whose beginning is nearest to a place.
    #[expect(clippy::cast_possible_truncation, reason = "days of this world")]
    pub fn nearest(self, x: f32) -> Date {
        day_of((self.start + f64::from(x) / self.per_day).round() as i32)
    }

    /// The day at a place.
    #[expect(clippy::cast_possible_truncation, reason = "days of this world")]
    pub fn day_at(self, x: f32) -> Date {
        day_of((self.start + f64::from(x) / self.per_day).floor() as i32)
    }

    /// How the axis is divided: in large, and in small.
    pub fn divisions(self) -> (Option<Division>, Division) {
        match self.per_day {
            20.0.. => (Some(Division::Month), Division::Day),
            1.1.. => (Some(Division::Year), Division::Month),
            0.5.. => (Some(Division::Year), Division::Quarter),
            0.11.. => (None, Division::Year),
            _ => (None, Division::Decade),
        }
    }
}

/// What the axis is divided into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Division {
    Day,
    Month,
    Quarter,
    Year,
    Decade,
}

impl Division {
    /// The first day of the division that a day is in.
    pub fn begin(self, day: Date) -> Date {
        let (year, month) = (day.year(), day.month());
        let (year, month, day) = match self {
            Self::Day => (year, month, day.day()),
            Self::Month => (year, month, 1),
            Self::Quarter => (year, (month - 1) / 3 * 3 + 1, 1),
            Self::Year => (year, 1, 1),
            Self::Decade => (year - year.rem_euclid(10), 1, 1),
        };
        Date::new(year, month, day).unwrap_or(Date::MIN)
    }

    /// The first day of the next one.
    pub fn next(self, day: Date) -> Date {
        let span = match self {
            Self::Day => 1.day(),
            Self::Month => 1.month(),
            Self::Quarter => 3.months(),
            Self::Year => 1.year(),
            Self::Decade => 10.years(),
        };
        day.saturating_add(span)
    }

    /// The first days of the divisions from the one that a day is in through another day.
    pub fn marks(self, first: Date, last: Date) -> Vec<Date> {
        let marks = std::iter::successors(Some(self.begin(first)), |day| Some(self.next(*day)).filter(|it| it > day));
        marks.take_while(|day| *day <= last).take(MOST_MARKS).collect()
    }
}
