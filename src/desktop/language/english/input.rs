use crate::desktop::language::texts::input::{ChoiceTexts, InputTexts};

pub(super) const TEXTS: InputTexts = InputTexts {
    choices: ChoiceTexts {
        nothing_fits: |written| format!("Nothing matches “{written}”"),
        refused: |written, fitting| match fitting {
            0 => format!("There is no “{written}”"),
            1 => format!("“{written}” is not chosen"),
            _ => format!("“{written}” matches {fitting}"),
        },
    },
    day: |weekday, day, month, year| format!("{weekday} {day} {month} {year}"),
    lacking: |fields| format!("Missing or incorrect: {fields}"),
    show_only: |value| format!("Show only: {value}"),
    filter_by_value: "Filter by a value in the row",
    no_row: "Choose a row in the list first.",
    kept_filters: "Filters from last time",
    reset: "Reset",
};
