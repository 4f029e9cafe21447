use crate::desktop::language::format::date_text;
use crate::desktop::language::grouped;
use crate::desktop::language::kle::KleTexts;
use crate::exchange::{KleFlaw, KlePlanError};
use crate::rules::KlePlan;

pub(super) const TEXTS: KleTexts = KleTexts {
    title: "KLE-plan",
    plan,
    fetch: "Hent KLE-plan …",
    forget: "Brug kun de indbyggede hovedgrupper igen",
    counts: |it| format!("Nu gælder: {}", plan(it)),
    search: "Søg et ord eller nummer",
    unfold_all: "Fold alt ud",
    fold_all: "Fold alt sammen",
    found: |count| match count {
        0 => "Intet fundet".to_owned(),
        1 => "1 nummer fundet".to_owned(),
        count => format!("{} numre fundet", number(count)),
    },
    none_found: "Ingen numre og titler passer til søgningen.",
    show_all: "Vis hele planen",
    number_and_title: "Nummer og titel",
    taken_by: "Regel i dag",
    taken: |priority, fagsystem| format!("{priority} → {fagsystem}"),
    segment_alone: |segment| format!("kun {}", segment.to_lowercase()),
    others: |count| format!("{} til", number(count)),
    in_part: |count| match count {
        1 => "En del af det: 1 regel".to_owned(),
        count => format!("Dele af det: {} regler", number(count)),
    },
    nobody: "Opsamlingssystemet",
    rules: "Regler for nummeret",
    decides: "Bestemmer i dag",
    since: |date| format!("fra {date}"),
    only_part: |interval| format!("Tager kun en del: {interval}"),
    goes_to_default: |fagsystem| {
        format!(
            "Ingen KLE-regel tager nummeret. Det, ingen anden regel tager, går til opsamlingssystemet, {fagsystem}."
        )
    },
    rest_goes_to_default: |fagsystem| {
        format!("Ingen regel tager hele nummeret i dag: resten går til opsamlingssystemet, {fagsystem}.")
    },
    more_rules: |count| {
        if count == 1 { "og 1 regel til".to_owned() } else { format!("og {} regler til", number(count)) }
    },
    carried: |count| match count {
        0 => "Ingen af de sidste 30 dages meddelelser havde nummeret.".to_owned(),
        1 => "1 af de sidste 30 dages meddelelser havde nummeret.".to_owned(),
        count => format!("{} af de sidste 30 dages meddelelser havde nummeret.", grouped(count, '.')),
    },
    new_rule: "Ny regel for nummeret",
    sheet_title: "KLE-titel",
    error,
    flaw,
};

fn number(number: usize) -> String {
    grouped(number as u64, '.')
}

fn plan(plan: &KlePlan) -> String {
    let count = number(plan.len());
    match plan.published {
        Some(day) => format!("KL's plan af {} · {count} numre", date_text(day)),
        None if plan.has_main_groups_alone() => {
            format!("Kun de {count} hovedgrupper · hent KL's plan for at få resten")
        }
        None => format!("KL's plan · {count} numre"),
    }
}

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
