//! How Danish writes numbers and lists.

use crate::desktop::language::grammar::{Counted, Grammar, RuleList};

pub(super) const GRAMMAR: &Grammar = &Grammar { thousands: '.', decimal: ',', percent: " %", and: "og" };

pub(super) const fn counted(one: &'static str, many: fn(&str) -> String) -> Counted {
    Counted::new(GRAMMAR, one, many)
}

pub(super) const RULES: Counted = counted("1 regel", |count| format!("{count} regler"));
pub(super) const FAGSYSTEMS: Counted = counted("1 fagsystem", |count| format!("{count} fagsystemer"));
pub(super) const CONTACT_POINTS: Counted = counted("1 kontaktpunkt", |count| format!("{count} kontaktpunkter"));
pub(super) const MESSAGES: Counted = counted("1 meddelelse", |count| format!("{count} meddelelser"));

/// "Regel 10" or "Reglerne 10, 20 og 30".
pub(super) const RULE_LIST: RuleList = RuleList {
    grammar: GRAMMAR,
    one: |rule| format!("Regel {rule}"),
    several: |rules| format!("Reglerne {rules}"),
    many: RULES,
};
