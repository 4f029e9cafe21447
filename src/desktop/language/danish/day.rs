//! Looking at the rules of another day, in Danish.

use super::grammar::counted;
use crate::desktop::language::texts::day::DayTexts;

pub(super) const TEXTS: DayTexts = DayTexts {
    today: "I dag",
    today_mark: "i dag",
    as_of: |day| format!("pr. {day}"),
    look_elsewhere: "Se en anden dag",
    look_at: |day| format!("Se reglerne {day}"),
    back: "Tilbage til i dag",
    next: "Næste ændring",
    previous: "Forrige ændring",
    next_is: |day| format!("Næste ændring: {day} (Alt+→)"),
    previous_is: |day| format!("Forrige ændring: {day} (Alt+←)"),
    no_next: "Ingen regel begynder eller slutter senere",
    no_previous: "Ingen regel begynder eller slutter tidligere",
    coming: |day, distance| format!("Du ser reglerne, som de gælder {day} ({distance})"),
    past: |day| format!("Du ser reglerne af i dag for {day}, ikke dem, der gjaldt dengang"),
    tomorrow: "i morgen",
    in_days: counted("om 1 dag", |days| format!("om {days} dage")),
    in_years: counted("om mere end 1 år", |years| format!("om mere end {years} år")),
    day: "Dag",
    about: "Reglerne vises, som de gælder den dag, overalt i vinduet. Post, tal og udgivelser er fra i dag.",
    changes: "Kommende ændringer",
    no_changes: "Ingen regel begynder eller slutter senere.",
    begin: counted("1 regel begynder", |count| format!("{count} regler begynder")),
    end: counted("1 er slut", |count| format!("{count} er slut")),
    end_alone: counted("1 regel er slut", |count| format!("{count} regler er slut")),
    published_alone: |change| format!("{change} (kun i udgivelsen)"),
    nothing_changes: "intet ændrer sig",
    valid_until: |last| format!("Gælder kun til {last}"),
    publishing: |day| {
        format!(
            "Når du udgiver, gælder reglerne straks, hver efter sine egne datoer. Virkningen herunder er vist fra {day}, ikke fra \
             i dag."
        )
    },
};
