//! Months and weekdays in Danish.

use crate::desktop::language::texts::fields::CalendarTexts;

pub(super) const WEEKDAYS: [&str; 7] = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];

pub(super) const CALENDAR: CalendarTexts = CalendarTexts {
    months: [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ],
    weekdays: ["ma", "ti", "on", "to", "fr", "lø", "sø"],
    weekday_names: WEEKDAYS,
    week: "Uge",
    previous: "Forrige måned (Page Up)",
    next: "Næste måned (Page Down)",
    today: "I dag",
};
