//! The day that people want to look at, and the choice of it while it is open. `looking` carries it out.

use jiff::civil::Date;

use crate::desktop::language::format::date_text;
use crate::desktop::model::days_of_change::DaysOfChange;
use crate::desktop::widget::Calendar;

/// The field that a day is typed into.
pub(super) const DAY_FIELD: &str = "looked-at-day";

/// The day that people want to look at, and how they choose it.
#[derive(Debug, Default)]
pub(super) struct Looking {
    /// `None` for today. It is shown once the analysis of it is there.
    pub wanted: Option<Date>,
    /// Whether the analysis of a day is being worked out.
    pub is_under_way: bool,
    pub days: DaysOfChange,
    pub chooser: Option<DayChooser>,
}

impl Looking {
    /// The day that is wanted now, before it is shown.
    pub fn wanted_or(&self, today: Date) -> Date {
        self.wanted.unwrap_or(today)
    }

    /// A day that was another one may be today now.
    pub fn day_passed(&mut self, today: Date) {
        self.wanted = self.wanted.filter(|day| *day != today);
    }
}

/// The choice of a day while it is open.
#[derive(Debug)]
pub(super) struct DayChooser {
    pub calendar: Calendar,
    pub text: String,
    pub was_tried: bool,
}

impl DayChooser {
    pub fn at(day: Date) -> Self {
        Self { calendar: Calendar::at(day), text: date_text(day), was_tried: false }
    }

    pub fn write(&mut self, text: String) {
        (self.text, self.was_tried) = (text, false);
    }

    /// Follows the day that was chosen in another way.
    pub fn follow(&mut self, day: Date) {
        *self = Self::at(day);
    }
}
