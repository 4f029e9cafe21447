//! *Myndigheder* in English.

use super::counted;
use crate::desktop::language::authorities::AuthorityTexts;
use crate::rules::Authority;

pub(super) const TEXTS: AuthorityTexts = AuthorityTexts {
    title: "Authorities",
    own: "Own authorities",
    known: "Known authorities",
    count: |count| if count == 1 { "1 authority".to_owned() } else { format!("{count} authorities") },
    new: "New authority",
    cvr: "CVR no.",
    more: "Further CVR nos.",
    more_hint: "Other numbers at which it receives mail, separated by commas.",
    fagsystems: "Business systems",
    contact_points: "Contact points",
    shown: "Shown",
    overtaken: "The authority has been changed or deleted elsewhere since you opened it.",
    not_cvrs: |text| format!("“{text}” is no CVR number: those have eight digits"),
    twice: |cvr| format!("{cvr} is here twice"),
    taken: |cvr, by| format!("{cvr} belongs to {by}"),
    check_digit: |cvr| format!("{cvr}: the check digit does not fit. Is it written right?"),
    other_cvr: |cvr| {
        format!(
            "The authority changes its number: the draft deletes it as {cvr} and adds it under the new one. Unless {cvr} is \
             among the further numbers, mail to it is no longer received, and rules that name it name the new one instead."
        )
    },
    keys_stay: |count, cvr| match count {
        1 => format!("1 business system has a key saved under {cvr}. It must be saved again under the new number."),
        _ => {
            format!(
                "{count} business systems have keys saved under {cvr}. They must be saved again under the new number."
            )
        }
    },
    default: "Business system",
    default_hint: "Gets the mail that no rule takes.",
    first_fagsystem: "First business system",
    contents: "Contents",
    holds: |authority| {
        let (rules, fagsystems, points) = parts(authority);
        format!("{rules} · {fagsystems} · {points}")
    },
    is_shown: "The other screens show this one",
    show: "Show it on the other screens",
    delete: "Delete authority …",
    deletes: |authority| {
        let (rules, fagsystems, points) = parts(authority);
        format!(
            "Delete {}? With it go {rules}, {fagsystems} and {points}. Once that is published, mail to {} is refused.",
            authority.name, authority.cvr
        )
    },
    delete_indeed: "Delete the authority",
    keep: "Keep it",
    last: "The only authority cannot be deleted.",
    count_known: |shown, all| {
        let all_words = if all == 1 { "1 known authority".to_owned() } else { format!("{all} known authorities") };
        if shown == all { all_words } else { format!("{shown} of {all_words}") }
    },
    new_known: "New known authority",
    about_known: "Senders that count as the segment authority where a rule looks at who writes.",
    search: "Name or CVR number",
    import: "Read a list (CSV, Excel) …",
    check: "Check",
    odd_check_digit: "Check digit does not fit",
    no_name: "no name",
    none_known: "There are no known authorities. Senders on this list count as the segment authority. Add them one by one, or \
                 read a list.",
    none_found: "No known authority has that in its name or CVR number.",
    known_already: "The number is on the list already",
    is_own: |name| format!("This is {name}, which counts already"),
    remove: "Remove from the list",
};

fn parts(authority: &Authority) -> (String, String, String) {
    (
        counted(authority.rules.len() as u64, "rule"),
        counted(authority.fagsystems.len() as u64, "business system"),
        counted(authority.contact_points.len() as u64, "contact point"),
    )
}
