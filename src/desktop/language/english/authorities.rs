//! *Myndigheder* in English.

use super::grammar::{CONTACT_POINTS, FAGSYSTEMS, GRAMMAR, RULES, counted};
use crate::desktop::language::texts::authorities::AuthorityTexts;

pub(super) const TEXTS: AuthorityTexts = AuthorityTexts {
    title: "Authorities",
    own: "Own authorities",
    known: "Known authorities",
    count: counted("1 authority", |count| format!("{count} authorities")),
    new: "New authority",
    cvr: "CVR no.",
    more: "Other CVR nos.",
    more_hint: "Other numbers at which it receives mail, separated by commas.",
    fagsystems: "Business systems",
    contact_points: "Contact points",
    shown: "Shown",
    overtaken: "The authority has been changed or deleted elsewhere since you opened it.",
    not_cvrs: |text| format!("“{text}” is not a CVR number: it has eight digits"),
    twice: |cvr| format!("{cvr} is listed twice"),
    taken: |cvr, by| format!("{cvr} belongs to {by}"),
    check_digit: |cvr| format!("{cvr}: the check digit is wrong. Is the number right?"),
    other_cvr: |cvr| {
        format!(
            "The authority gets a new number: the draft deletes it under {cvr} and adds it under the new one. Unless {cvr} is \
             among the other numbers, mail to it is no longer received, and rules that name it name the new one instead."
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
    rules: RULES,
    fagsystem_count: FAGSYSTEMS,
    point_count: CONTACT_POINTS,
    is_shown: "This is the one that the other screens show",
    show: "Show it on the other screens",
    delete: "Delete authority …",
    deletes: |authority, [rules, fagsystems, points]| {
        format!(
            "Delete {}? Its {rules}, {fagsystems} and {points} go with it. Once the draft is published, mail to {} is refused.",
            authority.name, authority.cvr
        )
    },
    delete_indeed: "Delete the authority",
    keep: "Keep it",
    last: "The only authority cannot be deleted.",
    grammar: GRAMMAR,
    known_count: counted("1 known authority", |count| format!("{count} known authorities")),
    known_count_of: |shown, all| format!("{shown} of {all}"),
    new_known: "New known authority",
    about_known: "Senders that count as authorities in rules that look at who is writing.",
    search: "Name or CVR number",
    import: "Import a list (CSV, Excel) …",
    check: "Check",
    odd_check_digit: "Wrong check digit",
    no_name: "no name",
    none_known: "There are no known authorities. Senders on this list count as authorities in rules. Add them one by one, or \
                 import a list.",
    none_found: "No known authority has that in its name or CVR number.",
    known_already: "The number is already on the list",
    is_own: |name| format!("This is {name}, which already counts"),
    remove: "Remove from the list",
};
