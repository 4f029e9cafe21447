//! One message whose way is shown on *Kort*, in Danish.

use crate::desktop::language::texts::trace::TraceTexts;

pub(super) const TEXTS: TraceTexts = TraceTexts {
    show: "Vis på kortet",
    message: |what, writer, day| match day {
        Some(day) => format!("{what} fra {writer}, som kommer {day}"),
        None => format!("{what} fra {writer}"),
    },
    by_rule: |message, rule, looks_at, fagsystem| {
        format!("{message}: regel {rule} ({looks_at}) giver den til {fagsystem}.")
    },
    by_default: |message, fagsystem| {
        format!("{message}: ingen regel tager den, så den går til opsamlingssystemet {fagsystem}.")
    },
    undecided: "De regler, der gælder, afgør ikke, hvor den går hen.",
    right: "Det er dér, den hører til.",
    held: |fagsystem| {
        format!("Det er dér, den hører til, men {fagsystem} er sat på pause, så den bliver hos Digital Post.")
    },
    belongs_to: |fagsystem| format!("Den hører til i {fagsystem}."),
    taken_from: |rule, fagsystem, by| {
        format!("Regel {rule} ville give den til {fagsystem}, men regel {by} kommer før den.")
    },
    no_rule: |fagsystem| format!("Ingen af de regler, der passer på den, giver den til {fagsystem}."),
    by_draft: |fagsystem, rule| match rule {
        Some(rule) => format!("Kladden giver den til {fagsystem} (regel {rule}), når den er udgivet."),
        None => format!("Efter kladden går den til opsamlingssystemet {fagsystem}, når den er udgivet."),
    },
    bundled: |numbers| format!("Kortet viser reglen sammen med andre ({numbers})."),
    look_into: "Se dem hver for sig",
    its_way: "Sådan går den",
    its_place: "Hertil hører den",
    back_to_lesson: "Tilbage til opgaven",
    leave: "Vis hele kortet",
};
