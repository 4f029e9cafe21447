//! The proof, in English.

use super::grammar::{GRAMMAR, counted};
use crate::desktop::language::texts::proof::ProofTexts;

pub(super) const TEXTS: ProofTexts = ProofTexts {
    grammar: GRAMMAR,
    title: "Proof",
    about: |day| format!("for all possible messages, from {} on", day.unwrap_or("today")),
    working_out: "Working it out …",
    contradiction: "Cannot be worked out while the rules contradict each other.",
    behind: |newest| format!("Worked out once the changes are carried over to publication {newest}."),
    kinds: counted("1 kind of mail changes receiver, and nothing else.", |count| {
        format!("{count} kinds of mail change receiver, and nothing else.")
    }),
    nothing: "No message changes receiver, on any day.",
    nothing_else: "Nothing else changes receiver, on any day.",
    cut_off: "Nearly everything changes receiver. Only the beginning is shown.",
    mail: |which, from_whom| format!("Mail {which}{from_whom}"),
    rest: "Mail that no rule takes",
    refused: "refused",
    stays: |group, fagsystem, by| {
        format!(
            "If it names the contact group {group}, which the contact point is in, it goes to {fagsystem} as before ({by})."
        )
    },
    example: "See an example",
    always: "from today on",
    seen_from: |day, words| format!("From {day} on: {words}"),
    more: counted("1 more", |count| format!("{count} more")),
    way: |from, to| format!("{from} → {to}"),
    rule: |rule| format!("rule {rule}"),
    default: "default recipient",
    and_more: |count| format!("and {count} more"),
};
