use crate::desktop::language::CalendarTexts;
use crate::desktop::language::input::{ChoiceTexts, InputTexts};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub(super) const INPUT: InputTexts = InputTexts {
    choices: ChoiceTexts {
        nothing_fits: |written| format!("Nothing fits “{written}”"),
        refused: |written, fitting| match fitting {
            0 => format!("There is no “{written}”"),
            1 => format!("“{written}” is not chosen"),
            _ => format!("“{written}” fits {fitting}"),
        },
    },
    day: |day| {
        let CalendarTexts { months, .. } = &super::TEXTS.calendar;
        let weekday = WEEKDAYS[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())];
        let month = months[usize::from(day.month().unsigned_abs()) - 1];
        format!("{weekday} {} {month} {}", day.day(), day.year())
    },
    lacking: |fields| format!("Missing or to be corrected: {}", fields.join(", ").to_lowercase()),
    show_only: |value| format!("Show only: {value}"),
    filter_by_value: "Filter by a value of the row",
    no_row: "Choose a row of the list first.",
    kept_filters: "Filters from last time",
    reset: "Reset",
};
