use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::{Promise, Span, Spans};
use crate::clock;

/// Whole days in Denmark, one after the other, for which figures are counted: a month, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    first: Date,
    /// The day after the last one.
    end: Date,
}

impl Part {
    /// One day.
    #[must_use]
    pub fn day(day: Date) -> Self {
        Self { first: day, end: day.saturating_add(1.day()) }
    }

    /// The month that a day lies in.
    #[must_use]
    pub fn month(day: Date) -> Self {
        Self { first: day.first_of_month(), end: day.last_of_month().saturating_add(1.day()) }
    }

    /// That many months, the last one being that of `day`, the earliest first.
    #[must_use]
    pub fn months(day: Date, count: i32) -> Vec<Self> {
        (0..count).rev().map(|ago| Self::month(day.first_of_month().saturating_sub(ago.months()))).collect()
    }

    /// Its days, each a part of its own.
    #[must_use]
    pub fn days(self) -> Vec<Self> {
        self.dates().map(Self::day).collect()
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// Its days.
    pub fn dates(self) -> impl Iterator<Item = Date> {
        self.first.series(1.day()).take_while(move |day| *day < self.end)
    }

    /// From midnight to midnight in Denmark. A day on which clocks change has 23 hours or 25.
    #[must_use]
    pub fn span(self) -> Span {
        Span::new(clock::midnight(self.first), clock::midnight(self.end))
    }

    /// The time in it for which that promise is given.
    #[must_use]
    pub fn time_of(self, promise: Promise) -> Spans {
        let working = self.dates().filter_map(Promise::working_hours).collect();
        match promise {
            Promise::WorkingHours => working,
            Promise::OtherTimes => Spans::from(self.span()).without(&working),
        }
    }

    /// Whether a moment lies in it.
    #[must_use]
    pub fn contains(self, moment: Timestamp) -> bool {
        let span = self.span();
        span.begin <= moment && moment < span.end
    }
}
