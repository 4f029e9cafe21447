//! How English writes numbers and lists.

use crate::desktop::language::grammar::{Counted, Grammar, RuleList};

pub(super) const GRAMMAR: &Grammar = &Grammar { thousands: ',', decimal: '.', percent: "%", and: "and" };

pub(super) const fn counted(one: &'static str, many: fn(&str) -> String) -> Counted {
    Counted::new(GRAMMAR, one, many)
}

pub(super) const RULES: Counted = counted("1 rule", |count| format!("{count} rules"));
pub(super) const FAGSYSTEMS: Counted = counted("1 business system", |count| format!("{count} business systems"));
pub(super) const CONTACT_POINTS: Counted = counted("1 contact point", |count| format!("{count} contact points"));
pub(super) const MESSAGES: Counted = counted("1 message", |count| format!("{count} messages"));

/// "Rule 10" or "Rules 10, 20 and 30".
pub(super) const RULE_LIST: RuleList = RuleList {
    grammar: GRAMMAR,
    one: |rule| format!("Rule {rule}"),
    several: |rules| format!("Rules {rules}"),
    many: RULES,
};
