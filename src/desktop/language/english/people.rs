//! Who works on a database on a server, in English.

use super::grammar::GRAMMAR;
use crate::desktop::language::texts::people::PeopleTexts;

pub(super) const TEXTS: PeopleTexts = PeopleTexts {
    only_reads: "You may read: you can see and try everything, and change nothing.",
    may_not_edit: "Nothing was changed: you may only read. Whoever runs the database can give you the role postfordeler_editor.",
    others: |windows| {
        let windows: Vec<_> = windows.iter().map(|window| format!("{} ({})", window.user, window.machine)).collect();
        format!("The draft is also open with {}", GRAMMAR.joined(&windows))
    },
};
