use crate::desktop::language::texts::input::{ChoiceTexts, InputTexts};

pub(super) const TEXTS: InputTexts = InputTexts {
    choices: ChoiceTexts {
        nothing_fits: |written| format!("Intet passer på »{written}«"),
        refused: |written, fitting| match fitting {
            0 => format!("»{written}« findes ikke"),
            1 => format!("»{written}« er ikke valgt"),
            _ => format!("»{written}« passer på {fitting}"),
        },
    },
    day: |weekday, day, month, year| format!("{weekday} {day}. {month} {year}"),
    lacking: |fields| format!("Mangler eller skal rettes: {fields}"),
    show_only: |value| format!("Vis kun: {value}"),
    filter_by_value: "Filtrér på en værdi i rækken",
    no_row: "Vælg først en række i listen.",
    kept_filters: "Filtre fra sidst",
    reset: "Nulstil",
};
