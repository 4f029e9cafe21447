//! What can be wrong with what was written into a field, and the calendar to choose a day in.

use jiff::civil::{Date, Weekday};

use crate::desktop::language::names::Names;
use crate::rules::{Criterion, Priority, Rule};

/// What can be wrong with a field.
#[derive(Debug)]
pub(in crate::desktop) struct FieldTexts {
    pub missing: &'static str,
    pub choose: &'static str,
    pub date_placeholder: &'static str,
    pub not_a_date: &'static str,
    pub no_such_date: &'static str,
    pub no_fagsystem: &'static str,
    pub comma: &'static str,
    pub ends_before_start: &'static str,
    pub not_a_priority: &'static str,
    /// The rule that has the number already.
    pub priority_taken: fn(Priority, &Criterion, value: &str) -> String,
    /// The free numbers next to it.
    pub free_number: fn(Priority) -> String,
    pub free_numbers: fn(lower: Priority, higher: Priority) -> String,
    pub calendar: &'static str,
    pub not_a_cvr: &'static str,
    pub not_a_number: fn(classification: &'static str) -> String,
    pub backwards: &'static str,
}

/// The words of a calendar.
#[derive(Debug)]
pub(in crate::desktop) struct CalendarTexts {
    pub months: [&'static str; 12],
    /// From Monday, two letters each.
    pub weekdays: [&'static str; 7],
    /// From Monday, in full.
    pub weekday_names: [&'static str; 7],
    /// The heading of the column of week numbers.
    pub week: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub today: &'static str,
}

impl FieldTexts {
    /// That a number belongs to another rule, with the free numbers next to it.
    pub fn priority_taken(&self, names: Names<'_>, by: &Rule, free: &[Priority]) -> String {
        let value = names.value(&by.criterion).unwrap_or_default();
        let taken = (self.priority_taken)(by.priority, &by.criterion, &value);
        match free {
            [] => taken,
            [one] => format!("{taken}. {}", (self.free_number)(*one)),
            [lower, higher, ..] => format!("{taken}. {}", (self.free_numbers)(*lower, *higher)),
        }
    }
}

impl CalendarTexts {
    pub fn weekday(&self, weekday: Weekday) -> &'static str {
        self.weekday_names[usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
    }

    pub fn month(&self, day: Date) -> &'static str {
        self.months[usize::from(day.month().unsigned_abs()) - 1]
    }
}
