//! The proof, in Danish.

use super::grammar::{GRAMMAR, counted};
use crate::desktop::language::texts::proof::ProofTexts;

pub(super) const TEXTS: ProofTexts = ProofTexts {
    grammar: GRAMMAR,
    title: "Bevis",
    about: |day| format!("for alle tænkelige meddelelser, fra {} og frem", day.unwrap_or("i dag")),
    working_out: "Regner det ud …",
    contradiction: "Kan ikke regnes ud, så længe reglerne modsiger hinanden.",
    behind: |newest| format!("Regnes ud, når ændringerne er flyttet over på udgivelse {newest}."),
    kinds: counted("1 slags post skifter fagsystem, intet andet.", |count| {
        format!("{count} slags post skifter fagsystem, intet andet.")
    }),
    nothing: "Ingen meddelelse skifter fagsystem, på nogen dag.",
    nothing_else: "Intet andet skifter fagsystem, på nogen dag.",
    cut_off: "Næsten alt skifter fagsystem. Her er kun begyndelsen.",
    mail: |which, from_whom| format!("Post {which}{from_whom}"),
    rest: "Post, som ingen regel tager",
    refused: "afvises",
    stays: |group, fagsystem, by| {
        format!(
            "Nævner posten kontaktgruppen {group}, som kontaktpunktet er i, går den som før til {fagsystem} ({by})."
        )
    },
    example: "Se et eksempel",
    always: "fra i dag",
    seen_from: |day, words| format!("Fra og med {day}: {words}"),
    more: counted("1 til", |count| format!("{count} til")),
    way: |from, to| format!("{from} → {to}"),
    rule: |rule| format!("regel {rule}"),
    default: "opsamlingssystem",
    and_more: |count| format!("og {count} til"),
};
