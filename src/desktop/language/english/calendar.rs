//! Months and weekdays in English.

use crate::desktop::language::texts::fields::CalendarTexts;

pub(super) const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub(super) const CALENDAR: CalendarTexts = CalendarTexts {
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    weekdays: ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
    weekday_names: WEEKDAYS,
    week: "Wk",
    previous: "Previous month (Page Up)",
    next: "Next month (Page Down)",
    today: "Today",
};
