//! Guards in English.

use super::grammar::counted;
use crate::desktop::language::texts::guards::{GuardChangeTexts, GuardTexts};

pub(super) const TEXTS: GuardTexts = GuardTexts {
    title: "Guards",
    broken: counted("1 guard broken", |count| format!("{count} guards broken")),
    held: |held, all| format!("{held} of {all} hold"),
    must: |fagsystem| format!("Must go to {fagsystem}"),
    by_rule: |when, fagsystem, rule| format!("Would go to {fagsystem} {when}, by rule {rule}"),
    by_default: |when, fagsystem| format!("Would go to {fagsystem} {when}, as the default recipient"),
    refused: |when| format!("Would be refused {when}: the recipient is none of the authorities"),
    from: |day| format!("from {day}"),
    on: |day| format!("on {day}"),
    see: "See the message",
    remove: "Remove the guard",
    blocked: counted("A guard is broken. Mend the rules, or write why it may be broken.", |count| {
        format!("{count} guards are broken. Mend the rules, or write why they may be broken.")
    }),
    overrule: "Publish although a guard is broken, because:",
    why: "Reason",
    why_example: "E.g. cash benefits move to KY2",
    why_missing: "Write why the guard may be broken. This is shown under Publications.",
    despite_names: |names, why| format!("Despite broken guards ({names}): {why}"),
    and_more: |more| format!("and {more} more"),
    keep: "Keep this",
    keep_hint: |keep, day| match day {
        None => format!("{keep}: make a guard of a message that the rule decides today"),
        Some(day) => format!("{keep}: make a guard, tried on {day}, of a message that the rule decides on that day"),
    },
    decides_nothing: |day| {
        let when = day.map_or_else(|| "today".to_owned(), |day| format!("on {day}"));
        format!("The rule decides no message {when}, so there is nothing to keep.")
    },
    from_today: counted("Seen from today, 1 guard is broken. That is what counts when you publish.", |count| {
        format!("Seen from today, {count} guards are broken. That is what counts when you publish.")
    })
    .or_none("Seen from today, no guard is broken. That is what counts when you publish."),
    named: |about, fagsystem| format!("{about} to {fagsystem}"),
    needed: counted("1 guard requires it.", |count| format!("{count} guards require it.")),
};

pub(super) const CHANGES: GuardChangeTexts = GuardChangeTexts {
    added: |name, fagsystem, day| match day {
        None => format!("New guard “{name}”: must go to {fagsystem}"),
        Some(day) => format!("New guard “{name}”: must go to {fagsystem} on {day}"),
    },
    removed: |name| format!("The guard “{name}” is removed"),
    changed: |name, changes| format!("The guard “{name}” {changes}"),
    fagsystem: |it| format!("must now go to {} instead of {}", it.after, it.before),
    day: |day| format!("is now tried on {day} alone"),
    every_day: "is now tried on every day",
    message: "is now another message",
};
