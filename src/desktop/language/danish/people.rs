//! Who works on a database on a server, in Danish.

use super::grammar::GRAMMAR;
use crate::desktop::language::texts::people::PeopleTexts;

pub(super) const TEXTS: PeopleTexts = PeopleTexts {
    only_reads: "Du har læseadgang: Du kan se og prøve alt, men intet ændre.",
    may_not_edit: "Intet er ændret: Du har læseadgang. Den, der driver databasen, kan give dig rollen postfordeler_editor.",
    others: |windows| {
        let windows: Vec<_> = windows.iter().map(|window| format!("{} ({})", window.user, window.machine)).collect();
        format!("Kladden er også åben hos {}", GRAMMAR.joined(&windows))
    },
};
