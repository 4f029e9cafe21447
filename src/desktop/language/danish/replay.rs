//! Where past messages would go by the draft, in Danish.

use super::grammar::counted;
use crate::desktop::language::texts::replay::ReplayTexts;

pub(super) const TEXTS: ReplayTexts = ReplayTexts {
    title: "Afspil",
    messages: counted("1 meddelelse", |count| format!("{count} meddelelser")),
    last_days: |days| format!("fra de sidste {days} dage"),
    between: |from, to| format!("fra {from} til {to}"),
    as_if_they_came: "som om de kom",
    today: "i dag",
    more_days: "flere dage",
    days: |days| format!("{days} dage"),
    other_days: "andre dage",
    not_a_span: "Skriv den første og den sidste dag.",
    progress: |done, all| format!("{done} af {all} …"),
    beginning: "Læser journalen …",
    nothing_came: "Journalen har ingen meddelelser fra de dage at afspille.",
    nothing_moves: "Ingen meddelelser ville skifte fagsystem",
    moves: counted("1 meddelelse ville skifte fagsystem", |count| {
        format!("{count} meddelelser ville skifte fagsystem")
    }),
    how_it_is_read: "Til venstre, hvor posten gik hen; til højre, hvor den ville gå hen efter kladden. Det stribede skifter fagsystem.",
    as_before: "som før",
    refused: "afvist",
    others: |count| format!("{count} andre"),
    rule: |priority| format!("Regel {priority}"),
    by_default: "Opsamlingssystem: ingen regel passer",
    no_authority: "Modtageren er ingen af myndighederne",
    newest: |shown, all| format!("De nyeste {shown} af {all}"),
    show_message: "Vis i Meddelelser",
    no_uuid: "uden messageUUID",
};
