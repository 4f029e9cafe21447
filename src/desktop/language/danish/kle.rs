//! *KLE-plan* in Danish.

use super::grammar::{GRAMMAR, counted};
use crate::desktop::language::texts::kle::KleTexts;
use crate::exchange::{KleFlaw, KlePlanError};

pub(super) const TEXTS: KleTexts = KleTexts {
    title: "KLE-plan",
    grammar: GRAMMAR,
    plan_of: |day, numbers| format!("KL's plan af {day} · {numbers} numre"),
    plan_without_day: |numbers| format!("KL's plan · {numbers} numre"),
    main_groups_alone: |numbers| format!("Kun de {numbers} hovedgrupper · hent KL's plan for at få resten"),
    fetch: "Hent KLE-plan …",
    forget: "Brug kun de indbyggede hovedgrupper igen",
    in_use: |plan| format!("Nu gælder: {plan}"),
    search: "Søg et ord eller nummer",
    unfold_all: "Fold alt ud",
    fold_all: "Fold alt sammen",
    found: counted("1 nummer fundet", |count| format!("{count} numre fundet")).or_none("Intet fundet"),
    none_found: "Ingen numre og titler passer til søgningen.",
    show_all: "Vis hele planen",
    number_and_title: "Nummer og titel",
    taken_by: |is_today| if is_today { "Regel i dag" } else { "Regel den dag" },
    taken: |priority, fagsystem| format!("{priority} → {fagsystem}"),
    segment_alone: |segment| format!("kun {}", segment.to_lowercase()),
    others: counted("1 til", |count| format!("{count} til")),
    in_part: counted("En del af det: 1 regel", |count| format!("Dele af det: {count} regler")),
    nobody: "Opsamlingssystemet",
    rules: "Regler for nummeret",
    decides: |day| format!("Bestemmer {}", day.unwrap_or("i dag")),
    since: |date| format!("fra {date}"),
    only_part: |interval| format!("Tager kun en del: {interval}"),
    goes_to_default: |fagsystem| {
        format!(
            "Ingen KLE-regel tager nummeret. Det, ingen anden regel tager, går til opsamlingssystemet, {fagsystem}."
        )
    },
    rest_goes_to_default: |fagsystem, day| {
        let when = day.unwrap_or("i dag");
        format!("Ingen regel tager hele nummeret {when}: resten går til opsamlingssystemet, {fagsystem}.")
    },
    more_rules: counted("og 1 regel til", |count| format!("og {count} regler til")),
    carried: counted("1 af de sidste 30 dages meddelelser havde nummeret.", |count| {
        format!("{count} af de sidste 30 dages meddelelser havde nummeret.")
    })
    .or_none("Ingen af de sidste 30 dages meddelelser havde nummeret."),
    new_rule: "Ny regel for nummeret",
    sheet_title: "KLE-titel",
    error,
    flaw,
};

fn error(error: KlePlanError) -> &'static str {
    match error {
        KlePlanError::NotAPlan => {
            "Filen er ikke en KLE-plan. Hent KL's emneplan som XML; den har elementerne Hovedgruppe, Gruppe og Emne."
        }
        KlePlanError::NoNumbers => "Filen har intet KLE-nummer, der kan bruges.",
        KlePlanError::TooLarge => "Filen er større end 32 MB; så stor er ingen KLE-plan.",
        KlePlanError::UnknownEncoding => "Filen har en tegnkodning, som programmet ikke kender. Gem den i UTF-8.",
        KlePlanError::Stopped(_) => "Læsningen blev stoppet.",
    }
}

fn flaw(flaw: &KleFlaw) -> String {
    match flaw {
        KleFlaw::NoNumber => "Her står intet nummer".to_owned(),
        KleFlaw::NotANumber(text) => format!("»{text}« er ikke et nummer på det niveau"),
        KleFlaw::NoTitle(number) => format!("{number} har ingen titel"),
        KleFlaw::Unreadable(number) => format!("Titlen på {number} kan ikke læses: filen er ikke UTF-8 her"),
        KleFlaw::Repeated(number) => format!("{number} står der to gange; det første gælder"),
        KleFlaw::Outside { number, within } => format!("{number} står i {within}, hvor det ikke hører til"),
        KleFlaw::StrayEnd => "Her slutter et element, der ikke er begyndt".to_owned(),
        KleFlaw::BrokenOff => "Herfra er filen ødelagt eller skåret af; det, der står før, er læst".to_owned(),
    }
}
