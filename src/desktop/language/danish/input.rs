use crate::desktop::language::CalendarTexts;
use crate::desktop::language::input::{ChoiceTexts, InputTexts};

const WEEKDAYS: [&str; 7] = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];

pub(super) const INPUT: InputTexts = InputTexts {
    choices: ChoiceTexts {
        nothing_fits: |written| format!("Intet passer på »{written}«"),
        refused: |written, fitting| match fitting {
            0 => format!("»{written}« findes ikke"),
            1 => format!("»{written}« er ikke valgt"),
            _ => format!("»{written}« passer på {fitting}"),
        },
    },
    day: |day| {
        let CalendarTexts { months, .. } = &super::TEXTS.calendar;
        let weekday = WEEKDAYS[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())];
        let month = months[usize::from(day.month().unsigned_abs()) - 1];
        format!("{weekday} {}. {} {}", day.day(), month.to_lowercase(), day.year())
    },
    lacking: |fields| format!("Mangler eller skal rettes: {}", fields.join(", ").to_lowercase()),
    show_only: |value| format!("Vis kun: {value}"),
    filter_by_value: "Filtrér på en værdi i rækken",
    no_row: "Vælg først en række i listen.",
    kept_filters: "Filtre fra sidst",
    reset: "Nulstil",
};
